import { html } from 'lit';
import { kPageZoom } from '../../ui/text_size';
import type { Printed } from '../../paper/paper';
import { toNotes } from './notes';
import { decide, heading } from './parts';
import type { Scene, Screen } from './screen';

export function reading(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { paper, frozen, visit, reading } = state;
  if (paper === null || frozen === null || visit === null) {
    return html``;
  }
  const printed: Printed = new Map(visit.items.flatMap(({ printed: one }) => (one === undefined ? [] : [[one.field, one.words]])));
  return html`
    ${heading(say('reading-heading'))}
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
    <h2>${say('reading-decide')}</h2>
    ${decide(scene, () => flow.toSign())}
  `;
}
