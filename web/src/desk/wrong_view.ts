import { html, nothing } from 'lit';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { nameOf } from '../words/code_names';
import { halves } from './tasks_view';
import { area, form, input, text, trouble, type Scene } from './view';
import { hoursLeft, type OpenWrongSigner, type Recipient, type Saying, type WrongSigner } from './wrong';

function clock({ say, state }: Scene, incident: WrongSigner['incident']): Screen {
  if (incident === null) {
    return html``;
  }
  if (incident.state !== 'open') {
    return html`${say(`desk-incident-${incident.state}`)}`;
  }
  const hours = hoursLeft(incident.dueAt);
  const date = moment(incident.dueAt, state.language);
  return html`<strong>${say(hours < 0 ? 'desk-incident-late' : 'desk-incident-due', { date, hours })}</strong>`;
}

function outline(scene: Scene, one: WrongSigner): Screen {
  const { say, state, actions } = scene;
  const date = moment(one.raisedAt, state.language, false);
  return html`
    <li class="card" data-wrong=${one.id} data-state=${one.state}>
      <p><strong>${say(`desk-wrong-${one.state}`)}</strong> ${say('desk-wrong-said', { date })} ${clock(scene, one.incident)}</p>
      <div class="row-of">${small(say('desk-task-open'), () => actions.openWrong(one.id), 'open-wrong', `${say('desk-task-open')}: ${say('desk-wrong')}, ${date}`)}</div>
    </li>
  `;
}

export function wrongSigners(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { list, next } = state.wrong;
  return html`
    <p class="step">${state.session?.role?.organisation ?? nothing}</p>
    ${heading(say('desk-wrong-heading'))} ${halves(scene, 'wrong')}
    <p role="status">${state.news === null ? nothing : say(state.news)}</p>
    ${trouble(scene)}
    ${list === null
      ? state.busy
        ? html`<p role="status">${say('opening')}</p>`
        : html`<div class="two">${small(say('try-again'), () => actions.wrong(), 'again')}</div>`
      : list.length === 0
        ? html`<p>${say('desk-wrong-none')}</p>`
        : html`<p>${say('desk-tasks-text')}</p>
            <ul class="things">
              ${list.map((one) => outline(scene, one))}
            </ul>`}
    ${next === null ? nothing : html`<div class="two">${small(say('mine-more'), () => actions.moreWrong(), 'more')}</div>`}
    <div class="two">
      <a class="small link" href="/login" data-act="login-page">${say('mine-login-page')}</a>
      ${small(say('login-out'), () => actions.logOut(), 'out')}
    </div>
  `;
}

/** What was seen, in words; and, once somebody was looked for, who it was. */
export function sayingWrong(scene: Scene, { asked, found }: Saying): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('desk-wrong-say'))}
    <p class="paper-title" lang=${asked.language}>${asked.title}</p>
    <p><strong>${asked.personName}</strong></p>
    <p>${say('desk-wrong-say-text')}</p>
    ${form(
      'wrong',
      (given) => actions.sayWrong(text(given, 'seen').trim(), text(given, 'who').trim(), found === null ? null : text(given, 'signer')),
      html`
        ${area(scene, { name: 'seen', label: say('desk-wrong-seen'), hint: say('desk-wrong-seen-hint'), rows: 4, max: 2000 })}
        ${found === null
          ? input(scene, { name: 'who', label: say('desk-wrong-who'), hint: say('desk-wrong-who-hint'), value: '' })
          : html`<fieldset class="field">
              <legend>${say('desk-wrong-who')}</legend>
              ${found.map(
                (one) => html`<label class="tick"
                  ><input type="radio" name="signer" value=${one.id} /><span>${one.name}${one.identifier === null ? nothing : ` … ${one.identifier.end}`}</span></label
                >`,
              )}
              <label class="tick"><input type="radio" name="signer" value="" checked /><span>${say('desk-wrong-unknown')}</span></label>
            </fieldset>`}
        ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="send" ?disabled=${state.busy}>${say('desk-wrong-send')}</button>
          ${button(say('back'), () => actions.list(), 'back')}
        </div>
      `,
    )}
  `;
}

function recipient(scene: Scene, one: OpenWrongSigner, whom: Recipient): Screen {
  const { say, state, actions } = scene;
  const { language } = state;
  const name = nameOf(language, whom.recipient, whom.recipientNames);
  return html`
    <li data-recipient=${whom.recipient}>
      <strong>${name}</strong> ${say('desk-wrong-got', { times: whom.count, date: moment(whom.last, language) })}
      ${whom.told === null
        ? small(say('desk-wrong-told'), () => actions.toldRecipient(one, whom), 'told', `${say('desk-wrong-told')}: ${name}`)
        : say('desk-wrong-told-at', { date: moment(whom.told.at, language) })}
    </li>
  `;
}

function uses(scene: Scene, one: OpenWrongSigner): Screen {
  const { say, state } = scene;
  return html`
    <h2>${say('desk-wrong-uses')}</h2>
    ${one.recipients.length === 0
      ? html`<p>${say('desk-wrong-no-recipients')}</p>`
      : html`<p>${say('desk-wrong-tell')}</p>
          <ul class="history">
            ${one.recipients.map((whom) => recipient(scene, one, whom))}
          </ul>`}
    ${one.uses.length === 0
      ? nothing
      : html`<details class="notice card">
          <summary>${say('desk-wrong-every-use')}</summary>
          <ul class="history">
            ${one.uses.map(
              ({ at, what, by }) => html`<li>${moment(at, state.language)}: ${say(`mine-by-${by.role}`, { organisation: by.organisation })} ${say(`mine-what-${what}`)}</li>`,
            )}
          </ul>
        </details>`}
    ${one.complete === false ? html`<p><strong>${say('desk-wrong-incomplete')}</strong></p>` : nothing}
  `;
}

/** A yes or no with its reason: the second person's on the signature, or the officer's on the incident. */
function verdictOf(scene: Scene, name: 'decide' | 'end', words: { legend: string; answers: readonly string[]; hint: string }, act: (answer: string, reason: string) => void): Screen {
  const { say, state, actions } = scene;
  return form(
    name,
    (given) => act(text(given, 'answer'), text(given, 'reason').trim()),
    html`
      <fieldset class="field">
        <legend>${say(words.legend)}</legend>
        ${words.answers.map((answer) => html`<label class="tick"><input type="radio" name="answer" value=${answer} /><span>${say(`desk-${name}-${answer}`)}</span></label>`)}
      </fieldset>
      ${area(scene, { name: 'reason', label: say('desk-protect-reason'), hint: say(words.hint), rows: 3, max: 1000 })} ${trouble(scene)}
      <div class="two">
        <button type="submit" class="big" data-act="send" ?disabled=${state.busy}>${say('desk-answer-send')}</button>
        ${button(say('back'), () => actions.wrong(), 'back')}
      </div>
    `,
  );
}

function incident(scene: Scene, one: OpenWrongSigner): Screen {
  const { say, state, actions } = scene;
  const { language } = state;
  if (one.incident === null) {
    return html``;
  }
  const { awareAt, shownAt, ended } = one.incident;
  return html`
    <section class="group" data-incident=${one.incident.state}>
      <h2>${say('desk-incident')}</h2>
      <p>${clock(scene, one.incident)}</p>
      <p>${say('desk-incident-times', { shown: moment(shownAt, language), aware: moment(awareAt, language) })}</p>
      ${ended === null
        ? one.mayEnd
          ? verdictOf(scene, 'end', { legend: 'desk-incident-answer', answers: ['reported', 'not-needed'], hint: 'desk-incident-hint' }, (answer, reason) =>
              actions.endIncident(one, answer === 'reported' || answer === 'not-needed' ? answer : null, reason),
            )
          : html`<p>${say('desk-incident-officer')}</p>`
        : html`<p>${say('mine-answered', { date: moment(ended.at, language, false) })}</p>
            <p class="said">${ended.reason}</p>`}
    </section>
  `;
}

export function wrongSigner(scene: Scene, one: OpenWrongSigner): Screen {
  const { say, state, actions } = scene;
  const { language } = state;
  const role = state.session?.role?.role;
  const asks = role === 'professional' || role === 'referent';
  return html`
    ${heading(say('desk-wrong'))}
    <p>
      <strong>${one.personName ?? say('desk-somebody')}</strong> ${one.title ?? nothing} <span class="file">${one.documentName}</span>
    </p>
    <p><strong>${say(`desk-wrong-${one.state}`)}</strong> ${say('desk-wrong-said', { date: moment(one.raisedAt, language, false) })}</p>
    <p class="said">${one.seen}</p>
    <p>${one.signer === null ? say('desk-wrong-nobody') : say('desk-wrong-signer', { name: one.signer.name ?? say('desk-wrong-hidden') })}</p>
    ${one.decided === null
      ? nothing
      : html`<p>${say(`desk-decided-${one.decided.answer}`, { date: moment(one.decided.at, language) })}</p>
          <p class="said">${one.decided.reason}</p>`}
    ${one.void === null
      ? nothing
      : html`<p data-void=${one.void.act}><strong>${say('void-by', { act: one.void.act, date: moment(one.void.at, language) })}</strong></p>
          ${one.envelope === null ? nothing : html`<p>${say('desk-wrong-envelope')}</p>`} ${uses(scene, one)}`}
    ${one.mayDecide
      ? html`<p>${say('desk-decide-text')}</p>
          ${verdictOf(scene, 'decide', { legend: 'desk-decide', answers: ['confirmed', 'rejected'], hint: 'desk-decide-hint' }, (answer, reason) =>
            actions.decideWrong(one, answer === 'confirmed' || answer === 'rejected' ? answer : null, reason),
          )}`
      : one.state === 'raised'
        ? html`<p>${say(one.own ? 'desk-wrong-other' : 'desk-wrong-waits')}</p>`
        : nothing}
    ${incident(scene, one)} ${one.mayDecide || one.mayEnd ? nothing : trouble(scene)}
    <div class="two">
      ${one.void !== null && asks && one.replacement === null
        ? button(say('desk-wrong-anew'), () => actions.askAnew({ id: one.requestId, personId: one.personId, personName: one.personName ?? '' }), 'anew')
        : nothing}
      ${one.mayDecide || one.mayEnd ? nothing : button(say('back'), () => actions.wrong(), 'back')}
    </div>
  `;
}
