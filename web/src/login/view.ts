import { html } from 'lit';
import { trouble } from '../ui/form';
import { frame, languages, sizes } from '../ui/frame';
import type { TextSize } from '../ui/text_size';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Language, Say } from '../words/words';
import { enrol, recovery } from './authenticator_view';
import { activation, credentials, password, secondFactor, takeBack } from './forms';
import { inside } from './inside_view';
import { factors, passkey, removing } from './passkey_view';
import type { State, Step } from './state';

export interface Actions {
  go(step: Step): void;
  logIn(name: string, password: string): void;
  logInAtProvider(): void;
  activate(name: string, code: string, password: string): void;
  passSecondFactor(code: string): void;
  takeBack(proof: string): void;
  beginAuthenticator(): void;
  confirmAuthenticator(code: string): void;
  addPasskey(name: string): void;
  removePasskey(id: string): void;
  passPasskey(back: boolean): void;
  chooseRole(id: string): void;
  changePassword(current: string, wanted: string): void;
  logOut(everywhere: boolean): void;
  showPassword(shown: boolean): void;
  setTextSize(size: TextSize): void;
  setLanguage(language: Language): void;
  retry(): void;
}

export interface Scene {
  say: Say;
  state: State;
  actions: Actions;
}

export function page(scene: Scene): Screen {
  const { say, state, actions } = scene;
  return frame(
    {
      say,
      page: 'login',
      at: state.step.at,
      busy: state.busy,
      from: say('login-title'),
      tools: [
        sizes(say, state.textSize, (size) => actions.setTextSize(size)),
        languages(say, state.language, (chosen) => actions.setLanguage(chosen)),
      ],
    },
    screen(scene),
  );
}

function screen(scene: Scene): Screen {
  const { say, state, actions } = scene;
  switch (state.step.at) {
    case 'opening':
      return html`<div class="waiting" aria-busy="true">
        ${heading(say('opening'))}<span class="dots" aria-hidden="true"></span>${trouble(scene)}
      </div>`;
    case 'credentials':
      return credentials(scene);
    case 'return':
      return takeBack(scene);
    case 'activation':
      return activation(scene);
    case 'second-factor':
      return secondFactor(scene);
    case 'factors':
      return factors(scene);
    case 'passkey':
      return passkey(scene);
    case 'removing':
      return removing(scene, state.step);
    case 'enrol':
      return enrol(scene, state.step);
    case 'recovery':
      return recovery(scene, state.step.codes);
    case 'inside':
      return inside(scene);
    case 'password':
      return password(scene);
    case 'left':
      return html`
        ${heading(say('login-left'))}
        <p>${say('login-left-text')}</p>
        <div class="two">${button(say('login-again'), () => actions.go({ at: 'credentials' }), 'again')}</div>
      `;
    case 'problem':
      return html`
        ${heading(say('problem-server'))}
        <p>${say('login-server')}</p>
        <div class="two">${button(say('try-again'), () => actions.retry(), 'retry')}</div>
      `;
  }
}
