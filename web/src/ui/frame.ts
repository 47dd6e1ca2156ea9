import { html, nothing, type TemplateResult } from 'lit';
import { isPartial, kLanguages, type Language, type Say } from '../words/words';
import { kTextSizes, kTextSizeSigns, type TextSize } from './text_size';

/** The three sizes of text, at the top of every page. */
export function sizes(say: Say, chosen: TextSize, choose: (size: TextSize) => void): TemplateResult {
  return html`
    <div class="sizes" role="group" aria-label=${say('text-size')}>
      ${kTextSizes.map(
        (size) => html`<button
          type="button"
          class=${`small size-${size}`}
          aria-pressed=${chosen === size}
          aria-label=${`${kTextSizeSigns[size]}: ${say(`text-size-${size}`)}`}
          data-act=${`size-${size}`}
          @click=${() => choose(size)}
        >
          <span aria-hidden="true">${kTextSizeSigns[size]}</span>
        </button>`,
      )}
    </div>
  `;
}

/** The languages, for a page that does not know yet whom it speaks to. */
export function languages(say: Say, chosen: Language, choose: (language: Language) => void): TemplateResult {
  return html`
    <div class="languages" role="group" aria-label=${say('language')}>
      ${(Object.entries(kLanguages) as [Language, string][]).map(
        ([language, name]) => html`<button
          type="button"
          class="small"
          lang=${language}
          aria-pressed=${chosen === language}
          data-act=${`language-${language}`}
          @click=${() => choose(language)}
        >
          ${name}
        </button>`,
      )}
    </div>
    ${isPartial(chosen)
      ? html`<p class="partial" lang="ca">Traducció a l’aranès a mitges i sense revisar per cap parlant natiu. El que porta la marca «ca» és en català.</p>`
      : nothing}
  `;
}

/** The pages about which something may be said: their names, never an address. */
export const kPages = ['visit', 'tablet', 'slip', 'mine', 'desk', 'accounts', 'check', 'login'] as const;
export type PageName = (typeof kPages)[number];

/** What stands around the screen of every page. */
export interface Frame {
  say: Say;
  /** What its foot says of where somebody was; null on the accessibility statement itself, which has none. */
  page: PageName | null;
  /** The name of the screen. */
  at: string;
  /** Whether the page waits for an answer; left out where it has a screen for that. */
  busy?: boolean;
  /** Beside the ways of reading: where one is. */
  from?: string;
  /** The sizes, the languages where they can be chosen, and what else there is above the screen. */
  tools: (TemplateResult | typeof nothing)[];
  /** Where a quick way out is needed. */
  leave?: () => void;
}

export function frame({ say, page, at, busy, from, tools, leave }: Frame, screen: TemplateResult): TemplateResult {
  return html`
    <a class="skip" href="#content" @click=${skip}>${say('skip')}</a>
    <header>
      <p class="from">${from ?? ''}</p>
      ${tools}
      ${leave === undefined
        ? nothing
        : html`<button type="button" class="small exit" data-act="exit" title=${say('quick-exit-hint')} @click=${leave}>
            ${say('quick-exit')}
          </button>`}
    </header>
    <main id="content" data-at=${at} aria-busy=${busy ?? nothing}>${screen}</main>
    ${page === null
      ? nothing
      : html`<footer><a href=${`/accessibility#${page}`} data-act="accessibility">${say('accessibility-link')}</a></footer>`}
  `;
}

/** Skips without touching the address. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('[data-screen-heading]')?.focus();
}
