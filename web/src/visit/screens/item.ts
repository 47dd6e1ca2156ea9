import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Choice } from '../../api/types';
import { sayMoment } from '../../words/dates';
import { arrival } from './arrival';
import { button, heading } from './parts';
import type { Scene, Screen } from './screen';

/** One question: first what follows from a "no", then the answers. The press that answers leads on. */
export function item(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { visit, step, choices } = state;
  const asked = step.at === 'item' ? visit?.items[step.index] : undefined;
  if (visit === null || step.at !== 'item' || asked === undefined) {
    return html``;
  }
  const { index, answered } = step;
  const opposable = asked.choices.includes('object');
  const chosen = choices.get(asked.id);
  // Each question is a new screen: nothing that was opened or pointed at on the one before stays so.
  const screen = html`
    ${index === 0 ? arrival(scene) : before(scene, index - 1)}
    <p class="step">${say('item-step', { index: index + 1, count: visit.items.length })}</p>
    ${heading(asked.text, index > 0 || flow.pile.number > 1 ? 'before' : undefined)}
    ${asked.earlierNo === undefined
      ? nothing
      : html`<p class="card" data-earlier-no=${asked.earlierNo.state}>
          ${say(`item-earlier-${asked.earlierNo.state}`, { date: sayMoment(asked.earlierNo.at, visit.language) })} ${say('item-earlier-stays')}
        </p>`}
    ${asked.consequenceIfRefused === ''
      ? nothing
      : html`<div class="card consequence">
          <h2>${say(opposable ? 'item-consequence-object' : 'item-consequence')}</h2>
          <p>${asked.consequenceIfRefused}</p>
        </div>`}
    ${asked.validUntil === undefined ? nothing : html`<p>${say('item-until', { date: sayMoment(asked.validUntil, visit.language) })}</p>`}
    <details class="card notice">
      <summary>${say('item-notice')}</summary>
      <h2>${asked.notice.title}</h2>
      ${asked.notice.text.split(/\n+/).map((paragraph) => html`<p>${paragraph}</p>`)}
    </details>
    <div class="answers" role="group" aria-labelledby="choose">
      <p class="choose" id="choose">${say('item-choose')}</p>
      ${asked.choices.map((choice) => answer(scene, index, choice, choice === chosen))}
    </div>
    <p class="unseen" role="status">${toldOf(scene)}</p>
    <div class="two">
      ${chosen === undefined || answered === true ? nothing : button(say('item-keep'), () => flow.goOn(), 'continue')}
      ${button(say('back'), () => (index === 0 ? flow.go({ at: 'welcome' }) : flow.toItem(index - 1)), 'back')}
    </div>
  `;
  return html`${keyed(asked.id, screen)}`;
}

function answer({ say, flow }: Scene, index: number, choice: Choice, chosen: boolean): Screen {
  return html`<button type="button" class="answer" data-choice=${choice} aria-pressed=${chosen} @click=${() => flow.choose(index, choice)}>
    <span class="chosen" aria-hidden="true"></span><span>${say(`choice-${choice}`)}</span>
  </button>`;
}

/** What was answered a moment ago, where it can be taken back. */
function before({ say, state, flow }: Scene, index: number): Screen {
  const asked = state.visit?.items[index];
  const choice = asked === undefined ? undefined : state.choices.get(asked.id);
  if (asked === undefined || choice === undefined) {
    return html``;
  }
  return html`<div class="before">
    <p id="before">${say('item-before', { index: index + 1, answer: say(`choice-${choice}`) })}</p>
    <button type="button" class="small" data-act="take-back" aria-label=${`${say('change')}: ${asked.text}`} @click=${() => flow.toItem(index)}>
      ${say('change')}
    </button>
  </div>`;
}

/** What was answered a moment ago, to be heard; empty while nothing was. */
export function toldOf({ say, state }: Scene): string {
  const { visit, step, choices } = state;
  const asked = step.at === 'item' && step.answered === true ? visit?.items[step.index] : undefined;
  const choice = asked === undefined ? undefined : choices.get(asked.id);
  return choice === undefined ? '' : `${say('item-answered', { answer: say(`choice-${choice}`) })}`;
}
