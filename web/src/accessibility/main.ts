import { Failure } from '../api/failure';
import { quickExit } from '../ui/exit';
import { kPages } from '../ui/frame';
import { Stage } from '../ui/stage';
import { languageOf, wordsIn } from '../words/words';
import { describe, send } from './api';
import type { State } from './state';
import { page, type Actions } from './view';

const stage = new Stage();
let state: State = {
  step: { at: 'statement' },
  organisation: null,
  from: kPages.find((one) => one === window.location.hash.slice(1)) ?? null,
  trouble: null,
  busy: false,
  textSize: 'normal',
  language: languageOf(...navigator.languages),
};
const exit = quickExit(() => {});

const kWords: Readonly<Record<string, string>> = {
  'feedback.bad-text': 'accessibility-text-missing',
  'feedback.bad-contact': 'accessibility-where-missing',
  'feedback.full': 'accessibility-full',
};

function troubleOf(fault: unknown): string {
  if (!(fault instanceof Failure)) {
    return 'login-server';
  }
  const known = kWords[fault.reference.code ?? ''];
  return known ?? (fault.kind === 'offline' || fault.kind === 'busy' ? `login-${fault.kind}` : 'login-server');
}

const actions: Actions = {
  go: (step) => set({ step, trouble: null }),
  send: (feedback) => {
    if (state.busy) {
      return;
    }
    if (feedback.text === '') {
      set({ trouble: 'accessibility-text-missing' });
      return;
    }
    if (feedback.way !== 'none' && feedback.contact === undefined) {
      set({ trouble: 'accessibility-where-missing' });
      return;
    }
    set({ busy: true, trouble: null });
    send(feedback).then(
      (received) => set({ busy: false, step: { at: 'sent', received } }),
      (fault: unknown) => set({ busy: false, trouble: troubleOf(fault) }),
    );
  },
  setTextSize: (textSize) => set({ textSize }),
  setLanguage: (language) => set({ language }),
  leave: exit.leave,
};

function set(change: Partial<State>): void {
  state = { ...state, ...change };
  show();
}

function show(): void {
  const say = wordsIn(state.language);
  stage.show({
    name: state.step.at,
    language: state.language,
    textSize: state.textSize,
    title: String(say('accessibility-title')),
    content: page({ say, state, actions }),
  });
}

show();
// Without a name the statement still says everything else.
describe().then(
  (organisation) => set({ organisation }),
  () => {},
);
