import { render } from 'lit';
import { Failure } from '../api/failure';
import { SessionClient, type Grant, type Session } from '../api/session';
import { languageOf, wordsIn } from '../words/words';
import type { State, Step } from './state';
import { isOver, troubleOf } from './trouble';
import { knowsPasskeys, makePasskey, usePasskey, type Creation, type Request } from './passkeys';
import { page, type Actions } from './view';

const client = new SessionClient();
let state: State = {
  step: { at: 'opening' },
  session: null,
  trouble: null,
  news: null,
  busy: false,
  provider: null,
  shown: false,
  textSize: 'normal',
  language: languageOf(...navigator.languages),
};
let lastScreen = '';

/** Where a login stands: what it has still to do, or inside. */
function stepOf({ step }: Session): Step {
  switch (step) {
    case 'second-factor':
      return { at: 'second-factor' };
    case 'enrol':
      return { at: 'opening' };
    case 'open':
      return { at: 'inside' };
  }
}

/** One attempt at a time; what went wrong is said where the person is. */
function attempt(work: () => Promise<void>): void {
  if (state.busy) {
    return;
  }
  set({ busy: true, trouble: null, news: null });
  work()
    .catch((fault: unknown) => {
      const trouble = troubleOf(fault);
      set(isOver(fault) ? { step: { at: 'credentials' }, session: null, trouble } : { trouble });
    })
    .finally(() => set({ busy: false }));
}

async function goOn({ session, recoveryCodes }: Grant): Promise<void> {
  const codes = recoveryCodes;
  set({ session, shown: false, step: codes === undefined ? stepOf(session) : { at: 'recovery', codes } });
  if (codes === undefined && session.step === 'enrol') {
    await choose();
  }
}

/** The service tells no more than that a second factor failed, or that nothing is there; the page knows what was shown. */
function ofPasskey(fault: unknown): unknown {
  const code = fault instanceof Failure ? fault.reference.code : undefined;
  const known = code === 'second-factor.failed' ? 'passkey.refused' : code === 'http.not-found' ? 'passkey.unknown' : null;
  return known === null ? fault : new Failure('refused', { code: known });
}

/** Where a second factor must be set up: which one, when there is a choice. */
async function choose(): Promise<void> {
  if (state.session?.passkeysOffered === true && knowsPasskeys()) {
    set({ step: { at: 'factors' } });
  } else {
    await enrol();
  }
}

async function enrol(): Promise<void> {
  set({ step: { at: 'enrol', ...(await client.beginAuthenticator()) } });
}

const actions: Actions = {
  go: (step) => set({ step, trouble: null, news: null, shown: false }),
  logIn: (name, password) => attempt(async () => goOn(await client.logIn(name, password))),
  logInAtProvider: () => attempt(async () => window.location.assign(await client.beginAtProvider())),
  activate: (name, code, password) => attempt(async () => goOn(await client.activate(name, code, password))),
  passSecondFactor: (code) => attempt(async () => goOn(await client.passSecondFactor(code))),
  takeBack: (proof) => attempt(async () => goOn(await client.takeBack(proof))),
  beginAuthenticator: () => attempt(enrol),
  confirmAuthenticator: (code) => attempt(async () => goOn(await client.confirmAuthenticator(code))),
  addPasskey: (name) =>
    attempt(async () => {
      const made = await makePasskey((await client.beginPasskey()) as Creation);
      await goOn(await client.addPasskey(name, made));
      set({ news: 'login-passkey-added' });
    }),
  removePasskey: (id) =>
    attempt(async () => {
      await goOn(await client.removePasskey(id));
      set({ news: 'login-passkey-removed' });
    }),
  passPasskey: (back) =>
    attempt(async () => {
      const asked = await client.askForPasskey(back).catch((fault: unknown) => Promise.reject(ofPasskey(fault)));
      const proof = await usePasskey(asked as Request);
      await goOn(await client.passPasskey(back, proof).catch((fault: unknown) => Promise.reject(ofPasskey(fault))));
    }),
  chooseRole: (id) => attempt(async () => goOn(await client.chooseRole(id))),
  changePassword: (current, wanted) =>
    attempt(async () => {
      await goOn(await client.changePassword(current, wanted));
      set({ news: 'login-password-changed' });
    }),
  logOut: (everywhere) =>
    attempt(async () => {
      await client.end(everywhere);
      set({ session: null, step: { at: 'left' } });
    }),
  showPassword: (shown) => set({ shown }),
  setTextSize: (textSize) => set({ textSize }),
  setLanguage: (language) => set({ language }),
  retry: () => window.location.reload(),
};

function set(change: Partial<State>): void {
  state = { ...state, ...change };
  show();
}

function show(): void {
  const root = document.getElementById('page');
  if (root === null) {
    return;
  }
  const say = wordsIn(state.language);
  document.documentElement.lang = state.language;
  document.documentElement.dataset['size'] = state.textSize;
  document.title = say('login-title');
  render(page({ say, state, actions }), root);
  if (state.step.at !== lastScreen) {
    lastScreen = state.step.at;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('[data-screen-heading]')?.focus({ preventScroll: true });
  }
}

async function begin(): Promise<void> {
  try {
    const session = await client.current();
    if (client.handedOver) {
      set({ step: { at: 'return' } });
    } else if (session === null) {
      const returned = window.location.hash.slice(1);
      window.history.replaceState(null, '', window.location.pathname);
      set({
        step: { at: 'credentials' },
        provider: await client.provider(),
        trouble: returned.startsWith('oidc.') ? troubleOf(new Failure('refused', { code: returned })) : null,
      });
    } else {
      await goOn({ session });
    }
  } catch {
    set({ step: { at: 'problem' } });
  }
}

show();
void begin();
