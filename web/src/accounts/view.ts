import { html, nothing } from 'lit';
import type { Role } from '../api/session';
import { frame, languages, sizes } from '../ui/frame';
import type { TextSize } from '../ui/text_size';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Language, Say } from '../words/words';
import { account, changing, letter, withdrawing } from './account_view';
import type { Account, AccountRole, Change, Group, NewAccount, RoleOrder } from './api';
import { devices, ending } from './devices_view';
import type { RegisterActions } from './keeping';
import { list, newAccount } from './list_view';
import { newOfficial, officialEnding, officials } from './officials_view';
import type { State } from './state';

export interface Actions extends RegisterActions {
  list(): void;
  more(): void;
  show(group: Group): void;
  open(account: Account): void;
  begin(): void;
  chooseRole(role: Role): void;
  add(account: NewAccount): void;
  give(account: Account, role: RoleOrder): void;
  ask(account: Account, change: Change): void;
  askWithdrawal(account: Account, role: AccountRole): void;
  confirm(): void;
  logOut(): void;
  setTextSize(size: TextSize): void;
  setLanguage(language: Language): void;
  retry(): void;
  leave(): void;
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
      page: 'accounts',
      at: state.step.at,
      busy: state.busy,
      tools: [
        sizes(say, state.textSize, (size) => actions.setTextSize(size)),
        languages(say, state.language, (chosen) => actions.setLanguage(chosen)),
      ],
      leave: actions.leave,
    },
    screen(scene),
  );
}

/** What went wrong, announced. */
export function trouble({ say, state }: Scene): Screen {
  return html`<p class="complaint" role="alert" id="trouble">${state.trouble === null ? nothing : say(state.trouble)}</p>`;
}

function elsewhere({ say }: Scene, words: string, link: string): Screen {
  return html`
    ${heading(say('accounts-heading'))}
    <p>${say(words)}</p>
    <div class="two"><a class="big link" href="/login" data-act="login-page">${say(link)}</a></div>
  `;
}

function screen(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { step } = state;
  switch (step.at) {
    case 'opening':
      return html`<div class="waiting" aria-busy=${state.busy}>
        ${heading(say('opening'))}<span class="dots" aria-hidden="true"></span>${trouble(scene)}
        ${state.busy ? nothing : button(say('try-again'), () => actions.retry(), 'retry')}
      </div>`;
    case 'login':
      return elsewhere(scene, step.over ? 'login-over' : 'accounts-login', 'login-go');
    case 'nobody':
      return elsewhere(scene, 'accounts-nobody', 'mine-login-page');
    case 'list':
      return list(scene);
    case 'new':
      return newAccount(scene, step.role);
    case 'account':
      return account(scene, step);
    case 'changing':
      return changing(scene, step);
    case 'withdrawing':
      return withdrawing(scene, step);
    case 'letter':
      return letter(scene, step);
    case 'devices':
      return devices(scene);
    case 'ending':
      return ending(scene, step.device);
    case 'officials':
      return officials(scene);
    case 'new-official':
      return newOfficial(scene);
    case 'official-ending':
      return officialEnding(scene, step.official);
    case 'left':
      return html`
        ${heading(say('login-left'))}
        <p>${say('login-left-text')}</p>
      `;
  }
}
