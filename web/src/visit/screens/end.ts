import { html, nothing } from 'lit';
import { offerCopy } from './copy';
import { heading } from './parts';
import type { Scene, Screen } from './screen';

/** Sealed, or received while the timestamp is on its way. */
export function done(scene: Scene): Screen {
  const { say, state } = scene;
  const { step, visit, choices } = state;
  if (step.at !== 'done' || visit === null) {
    return html``;
  }
  const words = step.sealed.time === 'pending' ? 'done-pending' : 'done-sealed';
  const granted = visit.items.some((item) => choices.get(item.id) === 'grant');
  return html`
    ${heading(say(words))}
    <p>${say(`${words}-text`)}</p>
    <div class="card">
      <h2>${say('done-kept')}</h2>
      <p class="paper-title">${visit.title}</p>
      <p class="code"><span>${say('done-code')}</span> <b>${step.sealed.verificationCode}</b></p>
    </div>
    ${granted ? html`<p>${say('done-withdraw')}</p>` : nothing}
    ${offerCopy(scene)}
  `;
}

/** The person said no, or later. */
export function answered(scene: Scene): Screen {
  const { say, state } = scene;
  const { step } = state;
  if (step.at !== 'answered') {
    return html``;
  }
  return html`
    ${heading(say(`answered-${step.answer}`))}
    <p>${say(`answered-${step.answer}-text`)}</p>
    ${offerCopy(scene)}
  `;
}
