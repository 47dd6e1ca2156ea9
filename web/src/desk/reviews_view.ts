import { html } from 'lit';
import { moment, small } from '../ui/parts';
import { nameOf } from '../words/code_names';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { EndedUse, Review } from './tasks';
import { area, form, text, trouble, type Scene } from './view';

/** A review on the list of what waits. */
export function reviewLine(scene: Scene, one: Review): Screen {
  const { say, state, actions } = scene;
  const name = one.personName ?? say('desk-somebody');
  const open = say('desk-task-open');
  return html`
    <li class="card" data-review=${one.kind} data-state=${one.state}>
      <p>
        <strong>${name}</strong> ${say(`desk-review-${one.kind}`)} ${say('desk-review-since', { date: moment(one.since, state.language, false) })}
        ${say(`desk-review-${one.state}`)}
      </p>
      <div class="row-of">${small(open, () => actions.go({ at: 'review', one }), 'open-review', `${open}: ${say(`desk-review-${one.kind}`)} ${name}`)}</div>
    </li>
  `;
}

/** Whom to tell, and of what: the names of codes, in the page's language. */
function ended({ say, state }: Scene, use: EndedUse): Screen {
  const name = (of: 'purpose' | 'category' | 'recipient'): string => nameOf(state.language, use[of], use[`${of}Names`]);
  return html`<li data-use=${use.recipient}>${say('desk-review-use', { recipient: name('recipient'), purpose: name('purpose'), category: name('category') })}</li>`;
}

/** What happened, what is to be looked at, and the words that end it. */
export function review(scene: Scene, one: Review): Screen {
  const { say, state, actions } = scene;
  const name = one.personName ?? say('desk-somebody');
  const person = { id: one.personId, name, identifier: null, language: null, address: null };
  return html`
    ${heading(say(one.uses === null ? 'desk-review' : 'desk-review-recipient-notice-heading'))}
    <p>
      <strong>${name}</strong> ${say(`desk-review-${one.kind}`)} ${say('desk-review-since', { date: moment(one.since, state.language, false) })}
    </p>
    <p>${say(`desk-review-${one.kind}-text`)}</p>
    ${one.uses === null
      ? html`<div class="row-of">${small(say('desk-deciders'), () => actions.openDeciders(person, 'tasks'), 'deciders', `${say('desk-deciders')}: ${name}`)}</div>`
      : html`<ul>
          ${one.uses.map((use) => ended(scene, use))}
        </ul>`}
    ${one.state === 'open'
      ? form(
          'review',
          (given) => actions.answerReview(one, text(given, 'words').trim()),
          html`
            ${area(scene, { name: 'words', label: say('desk-review-words'), hint: say('desk-review-hint'), rows: 4, max: 2000 })} ${trouble(scene)}
            <div class="two">
              <button type="submit" class="big" data-act="send" ?disabled=${state.busy}>${say('desk-feedback-save')}</button>
              ${button(say('back'), () => actions.tasks(), 'back')}
            </div>
          `,
        )
      : html`<p>${say('desk-review-answered')}</p>
          ${trouble(scene)}
          <div class="two">${button(say('back'), () => actions.tasks(), 'back')}</div>`}
  `;
}
