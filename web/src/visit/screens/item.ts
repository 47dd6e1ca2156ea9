import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { answers, button, complaint, heading } from './parts';
import type { Scene, Screen } from './screen';
import { sayMoment } from '../../words/dates';

export function item({ say, state, flow }: Scene): Screen {
  const { visit, step, choices } = state;
  const asked = step.at === 'item' ? visit?.items[step.index] : undefined;
  if (visit === null || step.at !== 'item' || asked === undefined) {
    return html``;
  }
  const opposable = asked.choices.includes('object');
  // Each question is a new screen: nothing that was opened or pointed at on the one before stays so.
  const screen = html`
    <p class="step">${say('item-step', { index: step.index + 1, count: visit.items.length })}</p>
    ${heading(asked.text)}
    ${asked.consequenceIfRefused === ''
      ? nothing
      : html`<div class="card consequence">
          <h2>${say(opposable ? 'item-consequence-object' : 'item-consequence')}</h2>
          <p>${asked.consequenceIfRefused}</p>
        </div>`}
    ${asked.validUntil === undefined ? nothing : html`<p>${say('item-until', { date: day(asked.validUntil, visit.language) })}</p>`}
    <details class="card notice">
      <summary>${say('item-notice')}</summary>
      <h2>${asked.notice.title}</h2>
      ${asked.notice.text.split(/\n+/).map((paragraph) => html`<p>${paragraph}</p>`)}
    </details>
    ${answers({
      name: asked.id,
      legend: say('item-choose'),
      options: asked.choices.map((value) => ({ value, text: say(`choice-${value}`) })),
      chosen: choices.get(asked.id),
      choose: (value) => flow.choose(asked.id, value),
    })}
    ${complaint(step.missing, say('item-missing'))}
    <div class="two">
      ${button(say('continue'), () => flow.answerItem(step.index), 'continue')}
      ${button(say('back'), () => (step.index === 0 ? flow.go({ at: 'welcome' }) : flow.toItem(step.index - 1)), 'back')}
    </div>
  `;
  return html`${keyed(asked.id, screen)}`;
}

/** A day in the words of a language. */
function day(time: string, language: string): string {
  return sayMoment(time, language);
}
