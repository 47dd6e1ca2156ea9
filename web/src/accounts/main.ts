import { SessionClient, type Once } from '../api/session';
import { quickExit } from '../ui/exit';
import { LoginWatch } from '../ui/login_watch';
import { Stage } from '../ui/stage';
import { languageOf, wordsIn } from '../words/words';
import { Accounts, type Account } from './api';
import { Keeping } from './keeping';
import { Registers } from './registers';
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

const stage = new Stage();

/** Nothing of anybody stays on the screen, or in memory, behind the end of a login. */
function forget(step: Step): void {
  watch.stop();
  client.forget();
  set({ ...kNothing, step });
}

const exit = quickExit(() => {
  client.leave();
  forget({ at: 'left' });
});

const watch = new LoginWatch({
  idleSeconds: () => state.session?.idleSeconds ?? null,
  isBusy: () => state.busy,
  began: () => set({ busy: true, trouble: null, news: null }),
  failed: (fault) => set({ trouble: troubleOf(fault) }),
  rested: () => set({ busy: false }),
  over: () => forget({ at: 'login', over: true }),
});
const attempt = (work: () => Promise<void>): void => watch.attempt(work);
const follow = (work: () => Promise<void>): void => watch.follow(work);

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

async function change(prepared: Once): Promise<void> {
  const { account, letter } = await accounts.send(prepared);
  if (letter === undefined) {
    open(account, 'accounts-done');
  } else {
    set({ step: { at: 'letter', account, letter } });
  }
}

const keeping = new Keeping(new Registers(client), { state: () => state, set, attempt, follow });

const actions: Actions = {
  ...keeping.actions,
  list: () => follow(openList),
  more: () => attempt(fetchMore),
  show: (group) =>
    follow(() => {
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
  watch.restart();
  if (session.role?.role === 'administrator') {
    await openList();
  } else if (session.role?.role === 'manager') {
    await keeping.openOfficials();
  } else {
    set({ step: { at: 'nobody' } });
  }
}

show();
attempt(begin);
