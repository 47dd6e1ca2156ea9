import { html, nothing } from 'lit';
import { aside, field, form, trouble } from '../ui/form';
import { moment } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { knowsPasskeys } from './passkeys';
import type { Step } from './state';
import type { Scene } from './view';

function stopOrBack({ state, actions, say }: Scene): Screen {
  return html`<div class="two">
    ${state.session?.step === 'open'
      ? aside(say('back'), () => actions.go({ at: 'inside' }), 'back')
      : aside(say('login-stop'), () => actions.logOut(false), 'stop')}
  </div>`;
}

/** Two ways of the same worth. */
export function factors(scene: Scene): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say('login-enrol-heading'))}
    <p>${say('login-factors-text')}</p>
    <div class="two">
      ${button(say('login-factors-passkey'), () => actions.go({ at: 'passkey' }), 'passkey')}
      ${button(say('login-factors-authenticator'), () => actions.beginAuthenticator(), 'authenticator')}
    </div>
    <p>${say('login-passkey-what')}</p>
    ${trouble(scene)} ${stopOrBack(scene)}
  `;
}

export function passkey(scene: Scene): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say('login-passkey-heading'))}
    <p>${say('login-passkey-what')}</p>
    ${form(
      scene,
      (value) => actions.addPasskey(value('passkey').trim()),
      field(scene, { name: 'passkey', label: say('login-passkey-name'), hint: say('login-passkey-name-hint'), autocomplete: 'off' }),
      say('login-passkey-make'),
    )}
    ${stopOrBack(scene)}
  `;
}

export function removing(scene: Scene, { id, name }: Step & { at: 'removing' }): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('login-passkey-remove-heading', { name }))}
    <p>${say('login-passkey-remove-text')}</p>
    ${trouble(scene)}
    <div class="two">
      <button type="button" class="big" data-act="confirm" ?disabled=${state.busy} @click=${() => actions.removePasskey(id)}>
        ${say('login-passkey-remove')}
      </button>
      ${button(say('back'), () => actions.go({ at: 'inside' }), 'back')}
    </div>
  `;
}

/** The passkeys of whoever is inside. */
export function passkeys({ say, state, actions }: Scene): Screen {
  const { session } = state;
  if (session === null || (session.passkeys.length === 0 && !session.passkeysOffered)) {
    return html``;
  }
  const remove = say('login-passkey-remove');
  return html`
    <h3>${say('login-passkeys')}</h3>
    <ul class="things">
      ${session.passkeys.map(
        ({ id, name, createdAt }) => html`<li class="card" data-passkey=${name}>
          <p><strong>${name}</strong> ${say('accounts-since', { date: moment(createdAt, state.language, false) })}</p>
          <button
            type="button"
            class="small"
            data-act="remove-passkey"
            aria-label=${`${remove}: ${name}`}
            @click=${() => actions.go({ at: 'removing', id, name })}
          >
            ${remove}
          </button>
        </li>`,
      )}
    </ul>
    ${session.passkeysOffered && knowsPasskeys() ? aside(say('login-passkey-add'), () => actions.go({ at: 'passkey' }), 'add-passkey') : nothing}
  `;
}
