import { html, nothing } from 'lit';
import { aside, field, form, showSecrets } from '../ui/form';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { knowsPasskeys } from './passkeys';
import type { Scene } from './view';

function show(scene: Scene): Screen {
  return showSecrets(scene, 'login-show', (shown) => scene.actions.showPassword(shown));
}

export function credentials(scene: Scene): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('login-heading'))}
    ${form(
      scene,
      (value) => actions.logIn(value('username'), value('password')),
      html`
        ${field(scene, { name: 'username', label: say('login-name'), autocomplete: 'username' })}
        ${field(scene, { name: 'password', label: say('login-password'), type: 'password', autocomplete: 'current-password' })}
        ${show(scene)}
      `,
      say('login-go'),
    )}
    ${state.provider === null
      ? nothing
      : html`<div class="card">
          <h2>${say('login-provider', { name: state.provider })}</h2>
          ${aside(say('login-provider-go', { name: state.provider }), () => actions.logInAtProvider(), 'provider')}
        </div>`}
    <div class="card">
      <h2>${say('login-letter')}</h2>
      <p>${say('login-letter-text')}</p>
      ${aside(say('login-letter-go'), () => actions.go({ at: 'activation' }), 'letter')}
    </div>
    <p>${say('login-forgotten')}</p>
  `;
}

export function activation(scene: Scene): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say('login-letter-heading'))}
    ${form(
      scene,
      (value) => actions.activate(value('username'), value('code'), value('new-password')),
      html`
        ${field(scene, { name: 'username', label: say('login-name'), hint: say('login-name-letter'), autocomplete: 'username' })}
        ${field(scene, { name: 'code', label: say('login-code'), hint: say('login-code-hint'), autocomplete: 'off', code: true })}
        ${field(scene, {
          name: 'new-password', label: say('login-new-password'), hint: say('login-new-password-hint'), type: 'password', autocomplete: 'new-password',
        })}
        ${show(scene)}
      `,
      say('login-letter-done'),
    )}
    <div class="two">${aside(say('back'), () => actions.go({ at: 'credentials' }), 'back')}</div>
  `;
}

/** The way with a passkey, above the one with a code. Who holds the tablet is not told which of them a login has. */
function byPasskey(scene: Scene, offered: boolean, back: boolean): Screen {
  const { say, actions } = scene;
  return offered && knowsPasskeys()
    ? html`<div class="two">${button(say('login-passkey-use'), () => actions.passPasskey(back), 'use-passkey')}</div>`
    : html``;
}

export function secondFactor(scene: Scene): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('login-factor-heading'))}
    ${byPasskey(scene, state.session?.factors.includes('passkey') === true, false)}
    ${state.session?.factors.includes('authenticator') === true ? html`<p>${say('login-factor-text')}</p>` : nothing}
    ${form(
      scene,
      (value) => actions.passSecondFactor(value('code')),
      state.session?.factors.includes('authenticator') === true
        ? field(scene, { name: 'code', label: say('login-factor'), hint: say('login-factor-hint'), autocomplete: 'one-time-code', code: true })
        : field(scene, { name: 'code', label: say('login-recovery'), autocomplete: 'off', code: true }),
      say('login-go'),
    )}
    <div class="two">${aside(say('login-stop'), () => actions.logOut(false), 'stop')}</div>
  `;
}

/** Says nothing of whose login waits: another person may still hold the tablet. */
export function takeBack(scene: Scene): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say('login-return-heading'))} ${byPasskey(scene, true, true)}
    ${form(
      scene,
      (value) => actions.takeBack(value('proof')),
      html`
        ${field(scene, { name: 'proof', label: say('login-return'), hint: say('login-return-hint'), type: 'password', autocomplete: 'off' })}
        ${show(scene)}
      `,
      say('login-return-go'),
    )}
    <div class="two">${aside(say('login-other'), () => actions.go({ at: 'credentials' }), 'other')}</div>
  `;
}

export function password(scene: Scene): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('login-change-password'))}
    ${form(
      scene,
      (value) => actions.changePassword(value('password'), value('new-password')),
      html`
        ${field(scene, { name: 'password', label: say('login-old-password'), type: 'password', autocomplete: 'current-password' })}
        ${field(scene, {
          name: 'new-password', label: say('login-new-password'), hint: say('login-new-password-hint'), type: 'password', autocomplete: 'new-password',
        })}
        ${show(scene)}
      `,
      say('login-change-password'),
    )}
    <div class="two">${aside(say('back'), () => actions.go({ at: state.session === null ? 'credentials' : 'inside' }), 'back')}</div>
  `;
}
