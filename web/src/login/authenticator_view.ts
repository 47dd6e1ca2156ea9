import { html } from 'lit';
import { encode } from 'uqr';
import { aside, field, form } from '../ui/form';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Scene } from './view';

const kQuiet = 4; // modules around the code, ISO/IEC 18004

/** A QR code as one path; its words are beside it, so that it is hidden from readers. */
function qr(text: string): Screen {
  const { size, data } = encode(text, { ecc: 'M', border: 0 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + kQuiet} ${y + kQuiet}h1v1h-1z`] : []))).join('');
  const side = size + 2 * kQuiet;
  return html`<svg class="qr" viewBox=${`0 0 ${side} ${side}`} aria-hidden="true">
    <rect width=${side} height=${side} fill="#fff"></rect>
    <path d=${path} fill="#000"></path>
  </svg>`;
}

export function enrol(scene: Scene, { secret, uri }: { secret: string; uri: string }): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('login-enrol-heading'))}
    <p>${say('login-enrol-text')}</p>
    <ol class="steps">
      <li>${say('login-enrol-program')}</li>
      <li>
        ${say('login-enrol-scan')} ${qr(uri)}
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
