import { render } from 'lit';
import { quickExit } from '../ui/exit';
import { LeaveGuard } from '../ui/leave_guard';
import { languageOf, wordsIn, type Language } from '../words/words';
import { takeCapability } from './capability';
import { Flow } from './flow';
import { nameOf, type State } from './state';
import { page } from './view';

let flow: Flow;
let lastScreen = '';

const leaving = new LeaveGuard();
const exit = quickExit(() => {
  leaving.guard(false);
  flow.abandon();
});

function show(state: State): void {
  const root = document.getElementById('page');
  if (root === null) {
    return;
  }
  leaving.guard(hasUnsent(state));
  const language = languageIn(state);
  const say = wordsIn(language);
  document.documentElement.lang = language;
  document.documentElement.dataset['size'] = state.textSize;
  document.title = say('page-title');
  render(page({ say, state, flow, language }, exit.leave), root);
  const screen = nameOf(state.step);
  if (screen !== lastScreen) {
    lastScreen = screen;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('[data-screen-heading]')?.focus({ preventScroll: true });
  }
}

/** Whether something that the person did is known to this page only: answers before the paper, or an act under way. */
function hasUnsent({ choices, frozen, strokes, step, over }: State): boolean {
  const sending = step.at === 'working' && step.words !== 'reading-loading';
  return !over && (sending || strokes > 0 || (frozen === null && choices.size > 0));
}

/** The visit's language; while there is no visit, the one chosen here, or the browser's. */
function languageIn({ visit, language }: State): Language {
  return visit === null ? (language ?? languageOf(...navigator.languages)) : languageOf(visit.language);
}

function open(): void {
  flow = new Flow(takeCapability(window.location, window.history), show);
  flow.start();
}

// Another link opened in the same tab changes the fragment only.
window.addEventListener('hashchange', () => {
  if (window.location.hash.startsWith('#sgv_')) {
    flow.abandon();
    open();
  }
});
open();
