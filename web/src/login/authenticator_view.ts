import { html } from 'lit';
import { aside, field, form } from '../ui/form';
import { qr } from '../ui/qr';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Scene } from './view';

export function enrol(scene: Scene, { secret, uri }: { secret: string; uri: string }): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('login-enrol-heading'))}
    <p>${say('login-enrol-text')}</p>
    <ol class="steps">
      <li>${say('login-enrol-program')}</li>
      <li>
        ${say('login-enrol-scan')} <div class="qr">${qr(uri)}</div>
        <p>${say('login-enrol-type')}</p>
        <p class="secret"><code>${secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
        <p><a href=${uri}>${say('login-enrol-here')}</a></p>
      </li>
      <li>${say('login-enrol-code')}</li>
    </ol>
    ${form(
      scene,
      (value) => actions.confirmAuthenticator(value('code')),
      field(scene, { name: 'code', label: say('login-enrol-digits'), autocomplete: 'one-time-code', code: true }),
      say('login-enrol-done'),
    )}
    <div class="two">
      ${state.session?.step === 'open'
        ? aside(say('back'), () => actions.go({ at: 'inside' }), 'back')
        : aside(say('login-stop'), () => actions.logOut(false), 'stop')}
    </div>
  `;
}

export function recovery({ say, actions }: Scene, codes: string[]): Screen {
  return html`
    ${heading(say('login-recovery-heading'))}
    <p>${say('login-recovery-text')}</p>
    <ul class="codes">
      ${codes.map((code) => html`<li><code>${code}</code></li>`)}
    </ul>
    <p>${say('login-recovery-once')}</p>
    <div class="two">${button(say('login-recovery-done'), () => actions.go({ at: 'inside' }), 'continue')}</div>
  `;
}
