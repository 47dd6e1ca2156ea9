import { html, nothing } from 'lit';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { TaskPart } from './answering';
import { reviewLine } from './reviews_view';
import type { State } from './state';
import { daysLeft, type Correction, type Feedback, type OpenCorrection, type OpenFeedback } from './tasks';
import { area, form, text, trouble, type Scene } from './view';

/** Whether this login prepares requests too; the data protection officer's answers alone, a manager's decides alone. */
export function asksForSignatures({ session }: State): boolean {
  const role = session?.role?.role;
  return role !== 'dpo' && role !== 'manager';
}

/** The parts of the work that there are for this login. */
export function halves(scene: Scene, here: 'list' | 'visits' | 'tasks' | 'protections' | 'wrong'): Screen {
  const { say, state, actions } = scene;
  const role = state.session?.role?.role;
  const half = (name: typeof here, act: () => void): Screen => html`<button
    type="button"
    class="small"
    data-act=${`show-${name}`}
    aria-current=${name === here ? 'page' : nothing}
    @click=${act}
  >
    ${say(`desk-part-${name}`)}
  </button>`;
  return html`<nav class="parts" aria-label=${say('desk-heading')}>
    ${asksForSignatures(state) ? html`${half('list', () => actions.list())} ${half('visits', () => actions.visits())}` : nothing}
    ${role === 'manager' ? nothing : half('tasks', () => actions.tasks())}
    ${role === 'referent' || role === 'dpo' ? half('protections', () => actions.protections()) : nothing}
    ${half('wrong', () => actions.wrong())}
  </nav>`;
}

function term({ say, state }: Scene, { state: stands, dueAt }: { state: string; dueAt: string }): Screen {
  if (stands !== 'open') {
    return html``;
  }
  const days = daysLeft(dueAt);
  const date = moment(dueAt, state.language, false);
  return html`${days < 0 ? html`<strong>${say('desk-task-late', { date })}</strong>` : say('desk-task-due', { date, days })}`;
}

/** The heading of a list and its end, where there is more of it. */
function part(scene: Scene, name: TaskPart, cards: Screen[]): Screen {
  const { say, state, actions } = scene;
  const { next } = name === 'corrections' ? state.tasks : state[name];
  return html`
    <section class="group">
      <h2>${say(`desk-${name}`)}</h2>
      ${cards.length === 0 ? html`<p>${say('desk-tasks-none')}</p>` : html`<ul class="things">${cards}</ul>`}
      ${next === null ? nothing : html`<div class="two">${small(say('mine-more'), () => actions.moreTasks(name), 'more')}</div>`}
    </section>
  `;
}

function said(scene: Scene, one: Feedback): Screen {
  const { say, state, actions } = scene;
  const date = moment(one.receivedAt, state.language, false);
  return html`
    <li class="card" data-feedback=${one.id} data-state=${one.state}>
      <p><strong>${say(`desk-feedback-${one.state}`)}</strong> ${say('desk-asked', { date })} ${term(scene, one)}</p>
      <div class="row-of">
        ${small(say('desk-task-open'), () => actions.openFeedback(one), 'open-feedback', `${say('desk-task-open')}: ${say('desk-feedback')}, ${date}`)}
      </div>
    </li>
  `;
}

export function feedback(scene: Scene, one: OpenFeedback): Screen {
  const { say, state, actions } = scene;
  const { language } = state;
  return html`
    ${heading(say('desk-feedback'))}
    <p>
      <strong>${say(`desk-feedback-${one.state}`)}</strong> ${say('desk-asked', { date: moment(one.receivedAt, language, false) })} ${term(scene, one)}
    </p>
    ${one.page === null ? nothing : html`<p>${say(`accessibility-page-${one.page}`)}</p>`}
    <p class="said">${one.text}</p>
    <p>${say(`desk-feedback-way-${one.way}`)}</p>
    ${one.contact === null ? nothing : html`<p class="said">${one.contact}</p>`}
    ${one.answer === null
      ? form(
          'note',
          (given) => actions.note(one, text(given, 'words').trim()),
          html`
            ${area(scene, { name: 'words', label: say('desk-feedback-words'), hint: say('desk-feedback-hint'), rows: 4, max: 2000 })}
            ${trouble(scene)}
            <div class="two">
              <button type="submit" class="big" data-act="send" ?disabled=${state.busy}>${say('desk-feedback-save')}</button>
              ${button(say('back'), () => actions.tasks(), 'back')}
            </div>
          `,
        )
      : html`
          <p>${say('mine-answered', { date: moment(one.answer.at, language, false) })}</p>
          <p class="said">${one.answer.text}</p>
          ${trouble(scene)}
          <div class="two">${button(say('back'), () => actions.tasks(), 'back')}</div>
        `}
  `;
}

function outline(scene: Scene, one: Correction): Screen {
  const { say, state, actions } = scene;
  const date = moment(one.askedAt, state.language, false);
  return html`
    <li class="card" data-correction=${one.id} data-state=${one.state}>
      <p><strong>${say(`desk-correction-${one.state}`)}</strong> ${say('desk-asked', { date })} ${term(scene, one)}</p>
      <div class="row-of">${small(say('desk-task-open'), () => actions.openTask(one), 'open', `${say('desk-task-open')}: ${say('desk-correction')}, ${date}`)}</div>
    </li>
  `;
}

export function tasks(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { list } = state.tasks;
  const opinions = state.feedback.list;
  const reviews = state.reviews.list;
  return html`
    <p class="step">${state.session?.role?.organisation ?? nothing}</p>
    ${heading(say('desk-tasks'))} ${halves(scene, 'tasks')}
    <p role="status">${state.news === null ? nothing : say(state.news)}</p>
    ${trouble(scene)}
    ${list === null || opinions === null
      ? state.busy
        ? html`<p role="status">${say('opening')}</p>`
        : html`<div class="two">${small(say('try-again'), () => actions.tasks(), 'again')}</div>`
      : html`${reviews === null
            ? nothing
            : part(
                scene,
                'reviews',
                reviews.map((one) => reviewLine(scene, one)),
              )}
          <p>${say('desk-tasks-text')}</p>
          ${part(
            scene,
            'corrections',
            list.map((one) => outline(scene, one)),
          )}
          ${part(
            scene,
            'feedback',
            opinions.map((one) => said(scene, one)),
          )}`}
    <div class="two">
      <a class="small link" href="/login" data-act="login-page">${say('mine-login-page')}</a>
      ${small(say('login-out'), () => actions.logOut(), 'out')}
    </div>
  `;
}

function answering(scene: Scene, one: OpenCorrection): Screen {
  const { say, state, actions } = scene;
  return html`
    <p>${say('desk-answer-text')}</p>
    ${form(
      'answer',
      (given) => {
        const answer = text(given, 'answer');
        actions.answer(one, answer === 'accepted' || answer === 'refused' ? answer : null, text(given, 'words').trim());
      },
      html`
        <fieldset class="field">
          <legend>${say('desk-answer')}</legend>
          ${(['accepted', 'refused'] as const).map(
            (answer) => html`<label class="tick"><input type="radio" name="answer" value=${answer} /><span>${say(`desk-answer-${answer}`)}</span></label>`,
          )}
        </fieldset>
        ${area(scene, { name: 'words', label: say('desk-answer-words'), hint: say('desk-answer-hint'), rows: 6, max: 2000 })}
        ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="send" ?disabled=${state.busy}>${say('desk-answer-send')}</button>
          ${button(say('back'), () => actions.tasks(), 'back')}
        </div>
      `,
    )}
  `;
}

export function correction(scene: Scene, one: OpenCorrection): Screen {
  const { say, state, actions } = scene;
  const { language } = state;
  return html`
    ${heading(say('desk-correction'))}
    <p><strong>${one.personName ?? say('desk-somebody')}</strong></p>
    <p>
      <strong>${say(`desk-correction-${one.state}`)}</strong>
      ${say('desk-task-asked', { date: moment(one.askedAt, language, false), channel: say(`mine-channel-${one.channel}`) })} ${term(scene, one)}
    </p>
    <p class="said">${one.text}</p>
    ${one.answer === null
      ? answering(scene, one)
      : html`
          <p>${say('mine-answered', { date: moment(one.answer.at, language, false) })}</p>
          <p class="said">${one.answer.text}</p>
          ${trouble(scene)}
          <div class="two">${button(say('back'), () => actions.tasks(), 'back')}</div>
        `}
  `;
}
