import { html, nothing } from 'lit';
import { button, heading } from './parts';
import type { Scene, Screen } from './screen';

/** Something is under way: says what, moves nothing. */
export function waiting({ say, state }: Scene): Screen {
  const words = state.step.at === 'working' ? state.step.words : 'opening';
  return html`<div class="waiting" aria-busy="true">${heading(say(words))}<span class="dots" aria-hidden="true"></span></div>`;
}

/** Something went wrong: what happened, and the way out. */
export function problem({ say, state, flow }: Scene): Screen {
  const { step } = state;
  if (step.at !== 'problem') {
    return html``;
  }
  const { failure, retry } = step;
  const { code, requestId } = failure.reference;
  const reference = [code, requestId].filter((part) => part !== undefined).join(' · ');
  return html`
    ${heading(say(`problem-${failure.kind}`))}
    <p>${say(`problem-${failure.kind}-text`)}</p>
    ${retry === null ? nothing : html`<div class="two">${button(say(wayOut(failure.kind)), retry, 'retry')}</div>`}
    ${failure.kind === 'frozen'
      ? html`<div class="two">
          ${button(say('defer'), () => flow.declining.answer('deferred'), 'defer')}
        </div>`
      : nothing}
    ${reference === '' ? nothing : html`<p class="reference">${say('problem-reference')} <b>${reference}</b></p>`}
  `;
}

function wayOut(kind: string): string {
  return { custody: 'ink-other-way', frozen: 'change', witness: 'witness-other' }[kind] ?? 'try-again';
}
