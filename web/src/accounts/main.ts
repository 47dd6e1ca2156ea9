import { SessionClient, type Once } from '../api/session';
import { isGone } from '../desk/trouble';
import { quickExit } from '../ui/exit';
import { Stage } from '../ui/stage';
import { languageOf, wordsIn } from '../words/words';
import { Accounts, type Account } from './api';
import { kNothing, type State, type Step } from './state';
import { troubleOf } from './trouble';
import { page, type Actions } from './view';

const client = new SessionClient();
const accounts = new Accounts(client);
let state: State = {
  ...kNothing,
  step: { at: 'opening' },
  textSize: 'normal',
  language: languageOf(...navigator.languages),
};
let idle: ReturnType<typeof setTimeout> | undefined;
/** What was sent last: kept while it says the same, so that a lost answer makes nothing twice. */
let sent: { said: string; sending: Once } | null = null;

const stage = new Stage();

/** Nothing of anybody stays on the screen, or in memory, behind the end of a login. */
function forget(step: Step): void {
  clearTimeout(idle);
  sent = null;
  set({ ...kNothing, step });
}

const exit = quickExit(() => {
  client.leave();
  forget({ at: 'left' });
});

/** The service ends a login that does nothing; the page goes dark with it. */
function watchIdle(): void {
  clearTimeout(idle);
  if (state.session !== null) {
    idle = setTimeout(() => forget({ at: 'login', over: true }), state.session.idleSeconds * 1000);
  }
}

function attempt(work: () => Promise<void>): void {
  if (state.busy) {
    return;
  }
  set({ busy: true, trouble: null, news: null });
  watchIdle();
  work()
    .catch((fault: unknown) => (isGone(fault) ? forget({ at: 'login', over: true }) : set({ trouble: troubleOf(fault) })))
    .finally(() => set({ busy: false }));
}

/** The list as it stands now, from its beginning. */
async function openList(): Promise<void> {
  set({ step: { at: 'list' }, list: null, next: null });
  await fetchMore();
}

async function fetchMore(): Promise<void> {
  const part = await accounts.list(state.group, state.next);
  set({ list: [...(state.list ?? []), ...part.list], next: part.next });
}

function open(account: Account, news: string | null = null): void {
  set({ step: { at: 'account', account, role: 'professional' }, trouble: null, news });
}

/** The same wish is sent with the same key until it was answered. */
async function send(prepared: Once): ReturnType<Accounts['send']> {
  const said = JSON.stringify([prepared.path, prepared.body]);
  sent = sent?.said === said ? sent : { said, sending: prepared };
  const answer = await accounts.send(sent.sending);
  sent = null;
  return answer;
}

async function change(prepared: Once): Promise<void> {
  const { account, letter } = await send(prepared);
  if (letter === undefined) {
    open(account, 'accounts-done');
  } else {
    set({ step: { at: 'letter', account, letter } });
  }
}

const actions: Actions = {
  list: () => attempt(openList),
  more: () => attempt(fetchMore),
  show: (group) =>
    attempt(() => {
      set({ group });
      return openList();
    }),
  open: (account) => open(account),
  begin: () => set({ step: { at: 'new', role: 'professional' }, trouble: null, news: null }),
  chooseRole: (role) => {
    const { step } = state;
    if (step.at === 'new' || step.at === 'account') {
      set({ step: { ...step, role } });
    }
  },
  add: (account) => attempt(() => change(accounts.prepareNew(account))),
  give: (account, role) => attempt(() => change(accounts.prepareRole(account, role))),
  ask: (account, what) =>
    set({
      step: { at: 'changing', account, change: what, sending: accounts.prepareChange(account, what, state.language) },
      trouble: null,
      news: null,
    }),
  askWithdrawal: (account, role) =>
    set({ step: { at: 'withdrawing', account, role, sending: accounts.prepareWithdrawal(account, role) }, trouble: null, news: null }),
  confirm: () => {
    const { step } = state;
    if (step.at === 'changing' || step.at === 'withdrawing') {
      attempt(() => change(step.sending));
    }
  },
  logOut: () =>
    attempt(async () => {
      await client.end(false);
      forget({ at: 'left' });
    }),
  setTextSize: (textSize) => set({ textSize }),
  setLanguage: (language) => set({ language }),
  retry: () => window.location.reload(),
  leave: exit.leave,
};

function set(part: Partial<State>): void {
  state = { ...state, ...part };
  show();
}

function show(): void {
  const words = wordsIn(state.language);
  stage.show({
    name: state.step.at,
    language: state.language,
    textSize: state.textSize,
    title: words('desk-title'),
    content: page({ say: words, state, actions }),
  });
}

async function begin(): Promise<void> {
  const session = await client.current();
  if (session === null || session.step !== 'open') {
    set({ step: { at: 'login', over: false } });
    return;
  }
  set({ session });
  watchIdle();
  if (session.role?.role !== 'administrator') {
    set({ step: { at: 'nobody' } });
    return;
  }
  await openList();
}

// A page that the browser kept whole for "back" begins again: the login may be over.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) {
    window.location.reload();
  }
});
show();
attempt(begin);
