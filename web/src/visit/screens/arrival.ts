import { html, nothing } from 'lit';
import type { Scene, Screen } from './screen';

/** On the first screen of a later paper: what became of the one before, and which this one is. */
export function arrival({ say, state, flow }: Scene): Screen {
  const { number, count, before } = flow.pile;
  if (number === 1 || state.visit === null) {
    return html``;
  }
  return html`<div class="before arrival" id="before">
    ${before === null
      ? nothing
      : html`<p>
          ${say(`before-${before.answer}`, { title: before.title })}
          ${before.answer === 'signed' ? html`<span class="code"><span>${say('done-code')}</span> <b>${before.verificationCode}</b></span>` : nothing}
        </p>
        ${!flow.declining.canTakeBackBefore
          ? nothing
          : html`<button type="button" class="small" data-act="undo" aria-label=${`${say('undo')}: ${say(`before-${before.answer}`, { title: before.title })}`} @click=${() => flow.declining.takeBackBefore()}>
              ${say('undo')}
            </button>`}`}
    <p><strong>${say('next-paper', { index: number, count, title: state.visit.title })}</strong></p>
  </div>`;
}
