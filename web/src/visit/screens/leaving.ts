import { html } from 'lit';
import { button, heading } from './parts';
import type { Scene, Screen } from './screen';

/** One question before a "no" or a "later" is sent, because a trembling hand slips. */
export function leaving({ say, state, flow }: Scene): Screen {
  const { step } = state;
  if (step.at !== 'leaving') {
    return html``;
  }
  const { answer, from } = step;
  return html`
    ${heading(say(`leave-${answer}-heading`))}
    <p>${say(`leave-${answer}-text`)}</p>
    <div class="two">
      ${button(say(answer === 'refused' ? 'refuse' : 'defer'), () => flow.answer(answer), 'answer')}
      ${button(say('back'), () => flow.go(from), 'back')}
    </div>
  `;
}
