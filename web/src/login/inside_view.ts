import { html, nothing } from 'lit';
import type { HeldRole } from '../api/session';
import { aside, trouble } from '../ui/form';
import { heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { passkeys } from './passkey_view';
import type { Scene } from './view';

/** What somebody is here, and for whom. */
function roleWords({ say }: Scene, { role, organisation, personName }: HeldRole): string {
  return personName === undefined
    ? say('login-role-at', { role: say(`role-${role}`), organisation })
    : say('login-role-for', { role: say(`role-${role}`), name: personName, organisation });
}

export function inside(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { session } = state;
  if (session === null) {
    return html``;
  }
  const others = session.roles.filter(({ id }) => id !== session.role?.id);
  return html`
    ${heading(say('login-inside', { name: session.name }))}
    <p role="status">${state.news === null ? nothing : say(state.news)}</p>
    <p>${session.role === null ? say('login-no-role') : roleWords(scene, session.role)}</p>
    ${session.role?.role === 'citizen' || session.role?.role === 'representative'
      ? html`<div class="two"><a class="big link" href="/mine" data-act="mine">${say('mine-heading')}</a></div>`
      : nothing}
    ${session.role?.role === 'dpo' ? html`<div class="two"><a class="big link" href="/desk" data-act="desk">${say('desk-heading')}</a></div>` : nothing}
    ${session.role?.role === 'professional' || session.role?.role === 'referent'
      ? html`<div class="two">
          <a class="big link" href="/desk" data-act="desk">${say('desk-heading')}</a>
          <a class="big link" href="/tablet" data-act="tablet">${say('tablet-heading')}</a>
        </div>`
      : nothing}
    ${session.role?.role === 'administrator'
      ? html`<div class="two"><a class="big link" href="/accounts" data-act="accounts">${say('accounts-heading')}</a></div>`
      : nothing}
    ${others.length === 0
      ? nothing
      : html`<div class="card">
          <h2>${say('login-roles')}</h2>
          ${others.map((held) => aside(roleWords(scene, held), () => actions.chooseRole(held.id), 'role'))}
        </div>`}
    <div class="card">
      <h2>${say('login-safety')}</h2>
      <p>${say(session.secondFactor ? (session.factors.includes('authenticator') ? 'login-factor-there' : 'login-passkey-there') : 'login-factor-missing')}</p>
      ${session.factors.includes('authenticator') ? nothing : aside(say('login-factor-set-up'), () => actions.beginAuthenticator(), 'enrol')}
      ${passkeys(scene)}
      ${aside(say('login-change-password'), () => actions.go({ at: 'password' }), 'password')}
    </div>
    ${trouble(scene)}
    <div class="two">
      ${aside(say('login-out'), () => actions.logOut(false), 'out')}
      ${aside(say('login-out-everywhere'), () => actions.logOut(true), 'out-everywhere')}
    </div>
  `;
}
