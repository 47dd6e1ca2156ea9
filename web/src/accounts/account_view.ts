import { html, nothing } from 'lit';
import { form } from '../ui/fields';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Account, AccountRole, Change } from './api';
import { orderOf, roleFields } from './list_view';
import type { Step } from './state';
import { trouble, type Scene } from './view';

/** Whether it opens anything, and what is still to come. */
export function standing({ say, state }: Scene, { state: at, letterUntil, secondFactor }: Account): string {
  if (at === 'invited' && letterUntil !== null) {
    return say('accounts-invited-until', { date: moment(letterUntil, state.language) });
  }
  return say(at === 'active' ? (secondFactor ? 'accounts-active-factor' : 'accounts-active') : `accounts-${at}`);
}

/** What can be done with it as it stands. */
function changesOf({ name, state, secondFactor }: Account): Change[] {
  return [
    ...(name === null || state === 'disabled' ? [] : (['letter'] as const)),
    ...(state === 'disabled' ? (['unblock'] as const) : (['block'] as const)),
    ...(secondFactor ? (['second-factor-reset'] as const) : []),
    ...(state === 'active' ? (['session-end'] as const) : []),
  ];
}

function held(scene: Scene, one: Account, role: AccountRole): Screen {
  const { say, state, actions } = scene;
  const words = say(`role-${role.role}`);
  return html`
    <li class="card" data-role=${role.role}>
      <p>
        <strong>${words}</strong> ${role.personId === null ? nothing : html`<code class="id">${role.personId}</code>`}
        ${say('accounts-since', { date: moment(role.since, state.language, false) })}
      </p>
      ${one.isOwn
        ? nothing
        : html`<div class="row-of">
            ${small(say('accounts-withdraw'), () => actions.askWithdrawal(one, role), 'withdraw', `${say('accounts-withdraw')}: ${words}`)}
          </div>`}
    </li>
  `;
}

export function account(scene: Scene, { account: one, role }: Step & { at: 'account' }): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(one.shownName)}
    <p role="status">${state.news === null ? nothing : say(state.news)}</p>
    <p>${one.unit === null ? nothing : html`${one.unit} · `}${one.name ?? say('accounts-provider')}</p>
    <p>${standing(scene, one)}</p>
    ${one.isOwn ? html`<p>${say('accounts-own')}</p>` : nothing} ${trouble(scene)}
    <h2>${say('accounts-roles')}</h2>
    ${one.roles.length === 0
      ? html`<p>${say('accounts-no-role')}</p>`
      : html`<ul class="things">
          ${one.roles.map((each) => held(scene, one, each))}
        </ul>`}
    ${one.isOwn
      ? nothing
      : html`
          ${form(
            'role',
            (given) => actions.give(one, orderOf(given, role)),
            html`${roleFields(scene, role)}
              <button type="submit" class="small" data-act="give" ?disabled=${state.busy}>${say('accounts-give')}</button>`,
          )}
          <h2>${say('login-safety')}</h2>
          <div class="row-of">${changesOf(one).map((change) => small(say(`accounts-${change}`), () => actions.ask(one, change), change))}</div>
        `}
    <div class="two">${button(say('accounts-back'), () => actions.list(), 'back')}</div>
  `;
}

function asked(scene: Scene, one: Account, question: string, text: string, go: string): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(question)}
    <p><strong>${one.shownName}</strong></p>
    <p>${text}</p>
    ${trouble(scene)}
    <div class="two">
      <button type="button" class="big" data-act="confirm" ?disabled=${state.busy} @click=${() => actions.confirm()}>${go}</button>
      ${button(say('back'), () => actions.open(one), 'back')}
    </div>
  `;
}

export function changing(scene: Scene, { account: one, change }: Step & { at: 'changing' }): Screen {
  const { say } = scene;
  return asked(scene, one, say(`accounts-${change}`), say(`accounts-${change}-text`), say(`accounts-${change}-go`));
}

export function withdrawing(scene: Scene, { account: one, role }: Step & { at: 'withdrawing' }): Screen {
  const { say } = scene;
  const words = say(`role-${role.role}`);
  return asked(scene, one, say('accounts-withdraw-heading', { role: words }), say('accounts-withdraw-text'), say('accounts-withdraw'));
}

/** The code is in the letter: not here, and not in anything that this page ever received. */
export function letter({ say, state, actions }: Scene, { account: one, letter: waiting }: Step & { at: 'letter' }): Screen {
  return html`
    ${heading(say('accounts-letter-heading'))}
    <p><strong>${one.shownName}</strong></p>
    <p>${say('accounts-letter-where')}</p>
    <p><code class="id">${waiting.reference}</code></p>
    <p>${say('accounts-letter-valid', { date: moment(waiting.validUntil, state.language) })}</p>
    <p>${say('accounts-letter-closed')}</p>
    <div class="two">${button(say('accounts-back'), () => actions.list(), 'continue')}</div>
  `;
}
