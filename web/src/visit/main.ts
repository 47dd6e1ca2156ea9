import { render } from 'lit';
import { quickExit } from '../ui/exit';
import { languageOf, wordsIn } from '../words/words';
import { takeCapability } from './capability';
import { Flow } from './flow';
import type { State, Step } from './state';
import { page } from './view';

let flow: Flow;
let lastScreen = '';

const exit = quickExit(() => flow.abandon());

function show(state: State): void {
  const root = document.getElementById('page');
  if (root === null) {
    return;
  }
  const language = languageOf(state.visit?.language ?? navigator.language);
  const say = wordsIn(language);
  document.documentElement.lang = language;
  document.documentElement.dataset['size'] = state.textSize;
  document.title = say('page-title');
  render(page({ say, state, flow }, exit.leave), root);
  const screen = nameOf(state.step);
  if (screen !== lastScreen) {
    lastScreen = screen;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('[data-screen-heading]')?.focus({ preventScroll: true });
  }
}

/** Two questions are two screens. */
function nameOf(step: Step): string {
  return step.at === 'item' ? `item ${step.index}` : step.at === 'working' ? `working ${step.words}` : step.at;
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
