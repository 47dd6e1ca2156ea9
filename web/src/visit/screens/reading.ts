import { html, nothing } from 'lit';
import { kPageZoom } from '../../ui/text_size';
import type { Printed } from '../../paper/paper';
import { arrival } from './arrival';
import { meaning } from './meaning';
import { toNotes } from './notes';
import { decided, heading } from './parts';
import type { Scene, Screen } from './screen';
import { sign } from './sign';

/** The end of a paper on one screen: what was answered, the very paper that says so, and the ways to sign it or not. */
export function reading(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { paper, frozen, visit, reading, step } = state;
  if (paper === null || frozen === null || visit === null || step.at !== 'reading') {
    return html``;
  }
  const printed: Printed = new Map(visit.items.flatMap(({ printed: one }) => (one === undefined ? [] : [[one.field, one.words]])));
  return html`
    ${visit.items.length === 0 ? arrival(scene) : nothing}
    ${heading(say('reading-heading'), visit.items.length === 0 && flow.pile.number > 1 ? 'before' : undefined)}
    ${visit.items.length === 0
      ? nothing
      : html`<h2>${say('review-heading')}</h2>
          ${state.fixed ? decided(scene) : html`<p>${say('review-change')}</p>${decided(scene, (index) => flow.toItem(index))}`}`}
    ${visit.items.length === 0 ? nothing : html`<h2>${say('reading-paper')}</h2>`}
    <p>${say('reading-same')}</p>
    <div class="above-paper">
      <p class="code"><span>${say('reading-code')}</span> <b>${frozen.verificationCode}</b></p>
      <button type="button" class="small" data-act="as-text" @click=${() => flow.setAsText(!state.asText)}>
        ${say(state.asText ? 'reading-as-paper' : 'reading-as-text')}
      </button>
    </div>
    ${state.asText && reading !== null
      ? html`<div class="reading-view">${reading}</div>`
      : html`<div class="pages" lang=${visit.language} @unreadable=${() => flow.unreadable()}>
      ${Array.from(
        { length: paper.numPages },
        (_, index) => html`<segell-page
          .paper=${paper}
          .number=${index + 1}
          .zoom=${kPageZoom[state.textSize]}
          .asText=${state.asText}
          .say=${say}
          .printed=${printed}
        ></segell-page>`,
      )}
    </div>`}
    <p>${toNotes(scene)}</p>
    ${meaning(scene)} ${sign(scene)}
  `;
}
