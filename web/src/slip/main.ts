import { render } from 'lit';
import { Failure } from '../api/failure';
import { readCode, type CodeFault } from '../check/code';
import { quickExit } from '../ui/exit';
import { save } from '../ui/save';
import { languageOf, wordsIn } from '../words/words';
import { after, look, paper, withdraw } from './slip';
import type { State, Step } from './state';
import { page, type Actions } from './view';

let state: State = {
  step: { at: 'code', mistake: null },
  code: null,
  saving: null,
  textSize: 'normal',
  language: languageOf(...navigator.languages),
  languageChosen: false,
};
let lastScreen = '';
/** Counts what was asked for, so that an answer which comes after the person left changes nothing. */
let asked = 0;

const exit = quickExit(() => {
  asked += 1;
  state = { ...state, code: null };
});

/**
 * Takes the code out of the address. It stands in the fragment, which never reaches a server; from here on it stands in memory
 * only, so that neither the address bar nor the history of a phone opens the slip again.
 */
function takeFragment(): string {
  const { hash, pathname } = window.location;
  if (hash !== '') {
    window.history.replaceState(null, '', pathname);
  }
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}

const actions: Actions = {
  enter(typed) {
    const read = readCode(typed);
    if ('code' in read) {
      open(read.code);
    } else {
      fault(typed, read.fault);
    }
  },
  ask(lines) {
    const { step } = state;
    if (step.at === 'slip') {
      set({ step: { ...step, asking: lines } });
      const selector = lines === null ? '[data-screen-heading]' : '[data-asking]';
      document.querySelector<HTMLElement>(selector)?.focus();
    }
  },
  take(lines) {
    const { step, code } = state;
    if (step.at === 'slip' && code !== null) {
      attempt(async () => {
        const done = await withdraw(code, lines);
        return { at: 'done', slip: after(step.slip, done), taken: lines, time: done.at };
      });
    }
  },
  save() {
    const { code } = state;
    if (code === null || state.saving === 'working') {
      return;
    }
    const turn = asked;
    set({ saving: 'working' });
    paper(code).then(
      ({ name, file }) => {
        if (turn === asked) {
          save(name, file);
          set({ saving: 'done' });
        }
      },
      () => turn === asked && set({ saving: 'failed' }),
    );
  },
  back() {
    const { step } = state;
    if (step.at === 'done') {
      set({ step: { at: 'slip', slip: step.slip, asking: null } });
    }
  },
  another() {
    set({ step: { at: 'code', mistake: null }, code: null });
  },
  setTextSize(textSize) {
    set({ textSize });
  },
  setLanguage(language) {
    set({ language, languageChosen: true });
  },
};

function fault(typed: string, kind: CodeFault): void {
  set({ step: { at: 'code', mistake: { typed, fault: kind } } });
}

function open(code: string): void {
  set({ code });
  attempt(async () => {
    const slip = await look(code);
    if (!state.languageChosen) {
      set({ language: languageOf(slip.language) });
    }
    return { at: 'slip', slip, asking: null };
  });
}

/** Does something that may fail; a failure becomes a screen whose way out repeats it. */
function attempt(work: () => Promise<Step>): void {
  const turn = ++asked;
  set({ step: { at: 'working' }, saving: null });
  work().then(
    (step) => turn === asked && set({ step }),
    (reason: unknown) => {
      const failure = reason instanceof Failure ? reason : new Failure('server');
      if (turn === asked) {
        set({ step: { at: 'problem', failure, retry: () => attempt(work) } });
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
  const { language, step } = state;
  const say = wordsIn(language);
  document.documentElement.lang = language;
  document.documentElement.dataset['size'] = state.textSize;
  document.title = say('slip-title');
  render(page({ say, state, language, actions }, exit.leave), root);
  if (step.at !== lastScreen) {
    lastScreen = step.at;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('[data-screen-heading]')?.focus({ preventScroll: true });
  }
}

function start(): void {
  const fragment = takeFragment();
  if (fragment === '') {
    show();
  } else {
    actions.enter(fragment);
  }
}

// Another slip scanned into the same tab changes the fragment only.
window.addEventListener('hashchange', () => {
  if (window.location.hash !== '') {
    start();
  }
});
start();
