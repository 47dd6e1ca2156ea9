import { html, nothing } from 'lit';
import { offerCopy } from './copy';
import type { Kept } from '../source';
import { heading } from './parts';
import type { Scene, Screen } from './screen';

const kWords: Record<Kept['place'], string> = { sealed: 'done-sealed', received: 'done-pending', tablet: 'done-tablet' };

/** After the last paper. Sealed; received while the timestamp is on its way; or kept on this tablet while there is no network. */
export function done(scene: Scene): Screen {
  const { say, state } = scene;
  const { step, visit, choices } = state;
  if (step.at !== 'done' || visit === null) {
    return html``;
  }
  const words = kWords[step.kept.place];
  const granted = visit.items.some((item) => choices.get(item.id) === 'grant');
  return html`
    ${heading(say(words))}
    <p>${say(`${words}-text`)}</p>
    <div class="card">
      <h2>${say('done-kept')}</h2>
      <p class="paper-title">${visit.title}</p>
      <p class="code"><span>${say('done-code')}</span> <b>${step.kept.verificationCode}</b></p>
    </div>
    ${granted ? html`<p>${say('done-withdraw')}</p>` : nothing}
    ${offerCopy(scene)}
  `;
}

/** The person said no, or later, to the last paper: it stands with the next thing that they do, and a slip of the finger is undone. */
export function answered(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { step } = state;
  if (step.at !== 'answered') {
    return html``;
  }
  return html`
    ${heading(say(`answered-${step.answer}`))}
    <div class="before">
      <p>${say(`answered-${step.answer}-text`)}</p>
      <button type="button" class="small" data-act="undo" @click=${() => flow.declining.takeBack()}>${say('undo')}</button>
    </div>
    <p>${say('answered-stands')}</p>
    ${offerCopy(scene)}
  `;
}
