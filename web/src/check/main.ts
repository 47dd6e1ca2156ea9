import { render } from 'lit';
import { Failure } from '../api/failure';
import { languageOf, wordsIn } from '../words/words';
import { readCode } from './code';
import { checkCode } from './code_check';
import { orderOf } from './order';
import type { State, Step } from './state';
import { judge } from './verdict';
import { page, type Actions } from './view';

let state: State = {
  step: { at: 'choose', wrong: false },
  code: codeOf(window.location),
  mistake: null,
  textSize: 'normal',
  language: languageOf(...navigator.languages),
};
let lastScreen = 'choose';
/** Counts what was asked for, so that a late answer does not take the place of a newer one. */
let asked = 0;
/** Of what was asked for last. */
let stopper = new AbortController();

function codeOf(location: Location): string | null {
  try {
    const read = readCode(decodeURIComponent(location.hash.slice(1)));
    return 'code' in read ? read.code : null;
  } catch {
    return null;
  }
}

const actions: Actions = {
  check(files) {
    const turn = ++asked;
    // what cannot be read is a folder, or went away
    orderOf(files).catch(() => null).then((order) => {
      if (turn !== asked) {
        return;
      }
      if (order === null) {
        set({ step: { at: 'choose', wrong: true } });
        return;
      }
      const lone = order.detachable && order.content === null;
      attempt(async (stop) => ({ at: 'verdict', verdict: await judge(order, stop), lone }));
    });
  },
  checkCode() {
    const { code } = state;
    if (code !== null) {
      attempt(async () => ({ at: 'code', verdict: await checkCode(code) }));
    }
  },
  again() {
    asked += 1;
    stopper.abort();
    set({ step: { at: 'choose', wrong: false } });
  },
  typeCode(typed) {
    const read = readCode(typed);
    if (typed.trim() === '') {
      set({ code: null, mistake: null });
    } else if ('code' in read) {
      set({ code: read.code, mistake: null });
    } else {
      set({ code: null, mistake: { typed, fault: read.fault } });
    }
  },
  setTextSize(textSize) {
    set({ textSize });
  },
  setLanguage(language) {
    set({ language });
  },
};

/** Asks for a verdict; a failure becomes a screen whose way out asks again. */
function attempt(ask: (stop: AbortSignal) => Promise<Step>): void {
  const turn = ++asked;
  stopper = new AbortController();
  set({ step: { at: 'working' } });
  ask(stopper.signal).then(
    (step) => turn === asked && set({ step }),
    (fault: unknown) => {
      const failure = fault instanceof Failure ? fault : new Failure('server');
      if (turn === asked) {
        set({ step: { at: 'problem', failure, retry: () => attempt(ask) } });
      }
    },
  );
}

function set(change: Partial<State>): void {
  state = { ...state, ...change };
  show();
}

function show(): void {
  const root = document.getElementById('page');
  if (root === null) {
    return;
  }
  const { language } = state;
  const say = wordsIn(language);
  document.documentElement.lang = language;
  document.documentElement.dataset['size'] = state.textSize;
  document.title = say('check-title');
  render(page({ say, state, language, actions }), root);
  if (state.step.at !== lastScreen) {
    lastScreen = state.step.at;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('[data-screen-heading]')?.focus({ preventScroll: true });
  }
}

// A file that misses its place must not be opened by the browser in place of this page.
for (const kind of ['dragover', 'drop'] as const) {
  window.addEventListener(kind, (event) => {
    event.preventDefault();
    if (kind === 'drop' && state.step.at !== 'working' && event.dataTransfer !== null && event.dataTransfer.files.length > 0) {
      actions.check([...event.dataTransfer.files]);
    }
  });
}
window.addEventListener('hashchange', () => set({ code: codeOf(window.location), mistake: null }));
show();
