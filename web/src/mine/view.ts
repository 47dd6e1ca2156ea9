import { html, nothing } from 'lit';
import { frame, languages, sizes } from '../ui/frame';
import { small } from '../ui/parts';
import type { TextSize } from '../ui/text_size';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { nameOf, type CodeNames } from '../words/code_names';
import type { Language, Say } from '../words/words';
import { accesses } from './accesses_view';
import type { Ending, Item, Paper } from './api';
import { asked, asking, corrections } from './corrections_view';
import { decisions, ended, ending } from './decisions_view';
import { papers, reading } from './papers_view';
import { kSections, type Section, type State } from './state';

export interface Actions {
  show(section: Section): void;
  more(section: Section): void;
  read(paper: Paper): void;
  download(paper: Paper): void;
  unreadable(): void;
  setAsText(asText: boolean): void;
  end(item: Item, how: Ending): void;
  confirmEnd(): void;
  receipt(decision: string): void;
  voidRecord(paper: Paper): void;
  ask(paper: Paper | null): void;
  sendCorrection(text: string, paper: string | null): void;
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
      page: 'mine',
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

/** The parts of the page, above each of them. */
export function sections(scene: Scene, here: Section): Screen {
  const { say, state, actions } = scene;
  const { role } = state.session ?? {};
  return html`
    <p class="step">${role?.organisation ?? nothing}</p>
    ${heading(say('mine-heading'))}
    ${role?.role === 'representative' && role.personName !== undefined ? html`<p>${say('mine-for', { name: role.personName })}</p>` : nothing}
    <nav class="parts" aria-label=${say('mine-heading')}>
      ${kSections.map(
        (section) => html`<button
          type="button"
          class="small"
          data-act=${`show-${section}`}
          aria-current=${section === here ? 'page' : nothing}
          @click=${() => actions.show(section)}
        >
          ${say(`mine-${section}`)}
        </button>`,
      )}
    </nav>
    ${trouble(scene)}
  `;
}

/** The end of a list: more of it, or nothing at all. */
export function listEnd(scene: Scene, section: Section): Screen {
  const { say, state, actions } = scene;
  const { list, next } = state.lists[section];
  if (list === null) {
    return state.busy ? html`<p role="status">${say('opening')}</p>` : html`<div class="two">${small(say('try-again'), () => actions.more(section), 'again')}</div>`;
  }
  return html`
    ${list.length === 0 ? html`<p>${say(`mine-${section}-none`)}</p>` : nothing}
    ${next === null ? nothing : html`<div class="two">${small(say('mine-more'), () => actions.more(section), 'more')}</div>`}
  `;
}

/** What is the same for everyone: without this page, one is served as well. */
export function foot({ say, actions }: Scene): Screen {
  return html`
    <div class="card">
      <h2>${say('mine-without')}</h2>
      <p>${say('mine-without-text')}</p>
    </div>
    <div class="two">
      <a class="small link" href="/login" data-act="login-page">${say('mine-login-page')}</a>
      ${small(say('login-out'), () => actions.logOut(), 'out')}
    </div>
  `;
}

/** What a code is called in the language of the page; the code itself where it has no name. */
export function named({ state }: Scene, code: string, names: CodeNames): string {
  return nameOf(state.language, code, names);
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
      return html`
        ${heading(say('mine-heading'))}
        <p>${say(step.over ? 'login-over' : 'mine-login')}</p>
        <div class="two"><a class="big link" href="/login" data-act="login-page">${say('login-go')}</a></div>
      `;
    case 'nobody':
      return html`
        ${heading(say('mine-heading'))}
        <p>${say('mine-nobody')}</p>
        <div class="two"><a class="big link" href="/login" data-act="login-page">${say('mine-login-page')}</a></div>
      `;
    case 'papers':
      return papers(scene);
    case 'decisions':
      return decisions(scene);
    case 'accesses':
      return accesses(scene);
    case 'corrections':
      return corrections(scene);
    case 'reading':
      return reading(scene, step);
    case 'ending':
      return ending(scene, step);
    case 'ended':
      return ended(scene, step);
    case 'asking':
      return asking(scene, step.paper);
    case 'asked':
      return asked(scene, step.dueAt);
    case 'left':
      return html`
        ${heading(say('login-left'))}
        <p>${say('login-left-text')}</p>
      `;
  }
}
