import { html, nothing } from 'lit';
import { aside, field, form, showSecrets, trouble, type FormScene } from '../ui/form';
import { frame, languages, sizes } from '../ui/frame';
import type { TextSize } from '../ui/text_size';
import { isEmpty } from '../visit/notes';
import { noting } from '../visit/screens/notes';
import { answers, button, complaint, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Language, Say } from '../words/words';
import type { IdentityKind } from './captured_act';
import { list, removing } from './list_view';
import type { Handing, State, Step } from './state';

export interface Actions {
  enrol(label: string, pin: string, again: string): void;
  unlock(pin: string): void;
  changePin(old: string, pin: string, again: string): void;
  lock(): void;
  go(step: Step): void;
  fetchAll(): void;
  endSession(): void;
  tryAgain(): void;
  remove(visit: string): void;
  /** To a person: asks who checked who they are, when that was not said before. */
  choosePerson(visit: string, person: number): void;
  chooseIdentity(identity: IdentityKind): void;
  handOver(): void;
  startOver(): void;
  reload(): void;
  showSecrets(shown: boolean): void;
  setTextSize(size: TextSize): void;
  setLanguage(language: Language): void;
}

export interface Scene extends FormScene {
  say: Say;
  state: State;
  actions: Actions;
}

export function page(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const open = ['list', 'identity', 'notes', 'removing', 'pin'].includes(state.step.at);
  return frame(
    {
      say,
      page: 'tablet',
      at: state.step.at,
      busy: state.busy,
      from: open ? state.label : '',
      tools: [
        sizes(say, state.textSize, (size) => actions.setTextSize(size)),
        languages(say, state.language, (chosen) => actions.setLanguage(chosen)),
        open ? html`<button type="button" class="small" data-act="lock" @click=${() => actions.lock()}>${say('tablet-lock')}</button>` : nothing,
      ],
    },
    screen(scene),
  );
}

function screen(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { step } = state;
  switch (step.at) {
    case 'opening':
      return html`<div class="waiting" aria-busy="true">${heading(say('opening'))}<span class="dots" aria-hidden="true"></span></div>`;
    case 'elsewhere':
      return told(scene, 'tablet-elsewhere', html`<div class="two">${button(say('try-again'), () => actions.reload(), 'retry')}</div>`);
    case 'unsupported':
      return told(scene, 'tablet-unsupported', nothing);
    case 'lost':
      return told(scene, 'tablet-lost', html`<div class="two">${button(say('tablet-lost-go'), () => actions.startOver(), 'start-over')}</div>`);
    case 'login':
    case 'nobody':
      return told(
        scene,
        step.at === 'login' ? 'tablet-login' : 'tablet-nobody',
        html`<div class="two"><a class="big link" href="/login" data-act="login-page">${say('login-go')}</a></div>`,
      );
    case 'enrol':
      return enrol(scene, step.hasLock);
    case 'locked':
      return locked(scene);
    case 'list':
      return list(scene);
    case 'identity':
      return identity(scene, step);
    case 'notes':
      return notes(scene, step);
    case 'removing':
      return removing(scene, step.visit);
    case 'pin':
      return pin(scene);
    case 'problem':
      return html`
        ${heading(say('problem-storage'))}
        <p>${say('tablet-problem-text')}</p>
        <div class="two">${button(say('try-again'), () => actions.reload(), 'retry')}</div>
        ${step.code === null ? nothing : html`<p class="reference">${say('problem-reference')} <b>${step.code}</b></p>`}
      `;
  }
}

function told({ say }: Scene, words: string, more: Screen | typeof nothing): Screen {
  return html`${heading(say(words))}
    <p>${say(`${words}-text`)}</p>
    ${more}`;
}

function newPin(scene: Scene): Screen {
  const { say } = scene;
  return html`
    ${field(scene, { name: 'new-pin', label: say('tablet-new-pin'), hint: say('tablet-pin-hint'), type: 'password', autocomplete: 'new-password' })}
    ${field(scene, { name: 'again', label: say('tablet-pin-again'), type: 'password', autocomplete: 'new-password' })}
    ${showSecrets(scene, 'tablet-show', (shown) => scene.actions.showSecrets(shown))}
  `;
}

function enrol(scene: Scene, hasLock: boolean): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say('tablet-enrol'))}
    <p>${say('tablet-enrol-text')}</p>
    ${form(
      scene,
      (value) => actions.enrol(value('label'), value('new-pin'), value('again')),
      html`
        ${field(scene, { name: 'label', label: say('tablet-label'), hint: say('tablet-label-hint'), autocomplete: 'off' })}
        ${hasLock ? nothing : newPin(scene)}
      `,
      say('tablet-enrol-go'),
    )}
  `;
}

/** Says nothing of anybody: whoever finds the tablet sees this. */
function locked(scene: Scene): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say('tablet-locked'))}
    <p>${say('tablet-locked-text')}</p>
    ${form(
      scene,
      (value) => actions.unlock(value('pin')),
      html`
        ${field(scene, { name: 'pin', label: say('tablet-pin'), type: 'password', autocomplete: 'current-password' })}
        ${showSecrets(scene, 'tablet-show', (shown) => actions.showSecrets(shown))}
      `,
      say('tablet-unlock'),
    )}
  `;
}

function pin(scene: Scene): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say('tablet-change-pin'))}
    ${form(
      scene,
      (value) => actions.changePin(value('pin'), value('new-pin'), value('again')),
      html`
        ${field(scene, { name: 'pin', label: say('tablet-old-pin'), type: 'password', autocomplete: 'current-password' })} ${newPin(scene)}
      `,
      say('tablet-change-pin'),
    )}
    <div class="two">${aside(say('back'), () => actions.go({ at: 'list' }), 'back')}</div>
  `;
}

const kIdentities: readonly IdentityKind[] = ['id-seen', 'known', 'none'];

function identity(scene: Scene, step: Handing): Screen {
  const { say, actions } = scene;
  const { name, identity: chosen, notes, missing } = step;
  return html`
    ${heading(say('tablet-identity', { name }))}
    ${answers({
      name: 'identity',
      legend: say('tablet-identity-legend'),
      options: kIdentities.map((value) => ({ value, text: say(`tablet-identity-${value}`) })),
      chosen: chosen ?? undefined,
      choose: (value) => actions.chooseIdentity(value),
    })}
    ${complaint(missing, say('tablet-identity-missing'))} ${trouble(scene)}
    <p>${aside(say(isEmpty(notes) ? 'notes-open' : 'notes-made'), () => actions.go({ at: 'notes', handing: step, missing: null }), 'notes')}</p>
    <p>${say('tablet-hand-over-text')}</p>
    <div class="two">
      ${button(say('tablet-hand-over', { name }), () => actions.handOver(), 'continue')}
      ${button(say('back'), () => actions.go({ at: 'list' }), 'back')}
    </div>
  `;
}

/** The same screen that the person has later, before the tablet is theirs. */
function notes({ say, actions }: Scene, { handing, missing }: Step & { at: 'notes' }): Screen {
  return noting({
    say,
    notes: handing.notes,
    missing,
    change: (draft) => actions.go({ at: 'notes', handing: { ...handing, notes: draft }, missing: null }),
    done: (gap) => actions.go(gap === null ? handing : { at: 'notes', handing, missing: gap }),
  });
}
