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

/** The way to the accessibility statement, at the foot of every page. Which page it was is told by its name alone. */
export function footer(say: Say, page: string): TemplateResult {
  return html`<footer><a href=${`/accessibility#${page}`} data-act="accessibility">${say('accessibility-link')}</a></footer>`;
}

/** Skips without touching the address. */
export function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('[data-screen-heading]')?.focus();
}
