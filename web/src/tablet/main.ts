import { Failure } from '../api/failure';
import { SessionClient, type Session } from '../api/session';
import { troubleOf as loginTrouble } from '../login/trouble';
import { onThreeEscapes } from '../ui/exit';
import type { Trouble } from '../ui/form';
import { Stage } from '../ui/stage';
import { TapGuard } from '../ui/tap_guard';
import type { Flow } from '../visit/flow';
import { kNoNotes } from '../visit/notes';
import { nameOf } from '../visit/state';
import { page as visitPage } from '../visit/view';
import { languageOf, wordsIn } from '../words/words';
import { Desk } from './api';
import { deviceKeys, proofOf } from './device';
import { fetchVisit } from './fetching';
import { keepPage } from './kept_page';
import { marker } from './marker';
import { kEnrolling } from './names';
import { Shelf } from './shelf';
import type { State, Step } from './state';
import { openDatabase, type Database } from './store/database';
import { kLongestPin, kShortestPin, Lock } from './store/lock';
import { Vault } from './store/vault';
import { Turn } from './turn';
import { Uploader } from './upload';
import { page, type Actions } from './view';

/** A tablet that lies about unlocked locks itself. */
const kIdleMilliseconds = 5 * 60_000;
const kTabMilliseconds = 3_000;

const client = new SessionClient();
const desk = new Desk(client);
const stage = new Stage(new TapGuard());
let database: Database;
let lock: Lock;
let shelf: Shelf | null = null;
let uploader: Uploader | null = null;
let turn: Turn | null = null;
let idle: ReturnType<typeof setTimeout> | undefined;
/** What the PIN leads to while a person has the tablet: back to them, or to the list. */
let wanted: 'person' | 'list' = 'person';

let state: State = {
  step: { at: 'opening' },
  label: '',
  list: [],
  session: null,
  waiting: null,
  persisted: true,
  pageKept: navigator.serviceWorker?.controller != null,
  trouble: null,
  news: null,
  busy: false,
  shown: false,
  textSize: 'normal',
  language: languageOf(...navigator.languages),
};

function set(change: Partial<State>): void {
  state = { ...state, ...change };
  if (turn === null) {
    show();
  }
}

function show(): void {
  const say = wordsIn(state.language);
  const { language, textSize, step } = state;
  stage.show({ name: step.at, language, textSize, title: say('page-title'), content: page({ say, state, actions }) });
}

/** The person's page. What the professional sees is not in memory while it shows. */
function showTurn(flow: Flow): void {
  const of = flow.state;
  const language = of.visit === null ? state.language : languageOf(of.visit.language);
  const say = wordsIn(language, of.visit?.address);
  stage.show({
    name: `turn ${flow.pile.number} ${nameOf(of.step)}`,
    language,
    textSize: of.textSize,
    title: say('page-title'),
    guarded: true,
    content: visitPage({ say, state: of, flow, language, handBack: () => close('list') }, () => close('person')),
  });
}

/** Everything leaves the memory; the PIN is needed again. */
function close(then: 'person' | 'list'): void {
  turn?.end();
  turn = null;
  wanted = then;
  uploader?.stop();
  uploader = null;
  shelf = null;
  clearTimeout(idle);
  client.leave();
  set({ step: { at: 'locked' }, label: '', list: [], session: null, waiting: null, trouble: null, news: null, shown: false, busy: false });
}

function watchIdle(): void {
  clearTimeout(idle);
  if (shelf !== null) {
    idle = setTimeout(() => (state.busy ? watchIdle() : close('person')), kIdleMilliseconds);
  }
}

function troubleOf(fault: unknown): Trouble {
  if (fault instanceof Failure && (fault.kind === 'storage' || fault.kind === 'digest' || fault.kind === 'unreadable')) {
    return { words: fault.reference.code === 'tablet.full' ? 'tablet-full' : `problem-${fault.kind}-text`, minutes: 0 };
  }
  return loginTrouble(fault);
}

/** One attempt at a time; what went wrong is said where the professional is. */
function attempt(work: () => Promise<void>): void {
  if (state.busy) {
    return;
  }
  set({ busy: true, trouble: null, news: null });
  work()
    .catch((fault: unknown) => set({ trouble: troubleOf(fault) }))
    .finally(() => set({ busy: false }));
}

function badPin(pin: string, again: string): Trouble | null {
  if ([...pin].length < kShortestPin || pin.length > kLongestPin || new Set(pin).size < 3) {
    return { words: 'tablet-pin-weak', minutes: 0 };
  }
  return pin === again ? null : { words: 'tablet-pin-differs', minutes: 0 };
}

/** Whether somebody who is logged in may carry visits. */
function isProfessional({ step, role }: Session): boolean {
  return step === 'open' && (role?.role === 'professional' || role?.role === 'referent');
}

async function open(key: CryptoKey): Promise<void> {
  const keys = await deviceKeys(database);
  const opened = new Shelf(new Vault(database, key), keys.privateKey);
  const tablet = await opened.tablet();
  if (tablet === undefined) {
    shelf = opened;
    await toEnrol(true);
    return;
  }
  const has = await opened.turn();
  if (has !== undefined && wanted === 'person' && !(await opened.isFinished(has.visit, has.person))) {
    await begin(opened, has.visit, has.person, null);
    return;
  }
  shelf = opened;
  await opened.takeBack();
  set({ label: tablet.label, step: { at: 'list' }, list: await opened.list(), shown: false });
  watchIdle();
  uploader = new Uploader(opened, () => void refresh());
  void uploader.now();
  void lookForVisits(tablet.device);
}

async function refresh(): Promise<void> {
  if (shelf !== null) {
    set({ list: await shelf.list() });
  }
}

async function lookForVisits(device: string): Promise<void> {
  try {
    const session = await client.current();
    if (session === null || !isProfessional(session) || shelf === null) {
      return;
    }
    const here = new Set((await shelf.visits()).map(({ id }) => id));
    const waiting = (await desk.waiting(device)).filter(({ id }) => !here.has(id));
    if (shelf !== null) {
      set({ session, waiting });
    }
  } catch (fault) {
    if (!(fault instanceof Failure && fault.kind === 'offline')) {
      set({ trouble: troubleOf(fault) });
    }
  }
}

/** From here on the memory holds one person's papers, the key of those, and nothing else. */
async function begin(from: Shelf, visit: string, person: number, said: Parameters<Shelf['handOver']>[2]): Promise<void> {
  const { vault, own } = await from.handOver(visit, person, said);
  uploader?.stop();
  uploader = null;
  shelf = null;
  clearTimeout(idle);
  wanted = 'person';
  state = { ...state, list: [], label: '', session: null, waiting: null, trouble: null, news: null, busy: false, step: { at: 'opening' } };
  client.leave();
  try {
    turn = await Turn.begin(vault, own, showTurn);
  } catch (fault) {
    close('list');
    throw fault;
  }
}

async function toEnrol(hasLock: boolean): Promise<void> {
  // Without a network nobody can log in: the page says what it takes.
  const session = await client.current().catch(() => null);
  set({ step: session === null ? { at: 'login' } : isProfessional(session) ? { at: 'enrol', hasLock } : { at: 'nobody' } });
}

async function enrol(label: string, pin: string): Promise<void> {
  const { step } = state;
  if (step.at === 'enrol' && !step.hasLock) {
    const key = await lock.make(pin);
    marker.set();
    shelf = new Shelf(new Vault(database, key), (await deviceKeys(database)).privateKey);
    set({ step: { at: 'enrol', hasLock: true } });
  }
  if (shelf === null) {
    return;
  }
  const once = await shelf.onceKey(kEnrolling);
  const device = await desk.enrol(label, await proofOf(await deviceKeys(database)), once);
  await shelf.enrolled({ device, label }, kEnrolling);
  set({ persisted: await navigator.storage.persist().catch(() => false), label, step: { at: 'list' }, list: await shelf.list(), shown: false });
  watchIdle();
  uploader = new Uploader(shelf, () => void refresh());
  await lookForVisits(device);
}

async function fetchAll(): Promise<void> {
  for (const { id } of state.waiting ?? []) {
    if (shelf === null) {
      return;
    }
    await fetchVisit(desk, shelf, id);
    set({ list: await shelf.list(), waiting: (state.waiting ?? []).filter((visit) => visit.id !== id) });
  }
  await client.end(false);
  set({ session: null, waiting: null, news: 'tablet-fetched' });
}

const actions: Actions = {
  enrol: (label, pin, again) => {
    const { step } = state;
    const bad = step.at === 'enrol' && step.hasLock ? null : badPin(pin, again);
    if (bad !== null || label.trim() === '') {
      set({ trouble: bad ?? { words: 'tablet-label-missing', minutes: 0 } });
    } else {
      attempt(() => enrol(label.trim(), pin));
    }
  },
  unlock: (pin) =>
    attempt(async () => {
      const opened = await lock.open(pin, Date.now());
      if (opened.at === 'open') {
        await open(opened.key);
      } else {
        set({ trouble: pinTrouble(opened) });
      }
    }),
  changePin: (old, pin, again) => {
    const bad = badPin(pin, again);
    if (bad !== null) {
      set({ trouble: bad });
      return;
    }
    attempt(async () => {
      const changed = await lock.change(old, pin, Date.now());
      set(changed.at === 'open' ? { step: { at: 'list' }, news: 'tablet-pin-changed', shown: false } : { trouble: pinTrouble(changed) });
    });
  },
  lock: () => close('person'),
  go: (step: Step) => set({ step, trouble: null, news: null, shown: false }),
  fetchAll: () => attempt(fetchAll),
  endSession: () =>
    attempt(async () => {
      await client.end(false);
      set({ session: null, waiting: null });
    }),
  tryAgain: () =>
    attempt(async () => {
      await shelf?.tryAgain();
      await refresh();
      void uploader?.now();
    }),
  remove: (visit) =>
    attempt(async () => {
      await shelf?.remove(visit);
      set({ step: { at: 'list' } });
      await refresh();
    }),
  choosePerson: (visit, person) =>
    attempt(async () => {
      const name = state.list.find((one) => one.visit.id === visit)?.people[person]?.name ?? '';
      if (shelf !== null && (await shelf.wasHandedOver(visit, person))) {
        await begin(shelf, visit, person, null);
      } else {
        set({ step: { at: 'identity', visit, person, name, identity: null, notes: kNoNotes, missing: false } });
      }
    }),
  chooseIdentity: (identity) => {
    const { step } = state;
    if (step.at === 'identity') {
      set({ step: { ...step, identity, missing: false } });
    }
  },
  handOver: () => {
    const { step } = state;
    if (step.at !== 'identity') {
      return;
    }
    if (step.identity === null) {
      set({ step: { ...step, missing: true } });
      return;
    }
    const { visit, person, identity, notes } = step;
    attempt(async () => {
      if (shelf !== null) {
        await begin(shelf, visit, person, { identity, notes });
      }
    });
  },
  startOver: () => {
    marker.clear();
    window.location.reload();
  },
  reload: () => window.location.reload(),
  showSecrets: (shown) => set({ shown }),
  setTextSize: (textSize) => set({ textSize }),
  setLanguage: (language) => set({ language }),
};

function pinTrouble({ at, seconds }: { at: 'wrong' | 'wait'; seconds: number }): Trouble {
  const minutes = Math.ceil(seconds / 60);
  return { words: at === 'wait' ? 'tablet-pin-wait' : minutes > 0 ? 'tablet-pin-wrong-wait' : 'tablet-pin-wrong', minutes };
}

/** Only one tab may hold the store: two would give one counter twice. Another tab that ends gives it free. */
function takeStore(): Promise<boolean> {
  return new Promise((taken) => {
    navigator.locks
      .request('segell-tablet', { signal: AbortSignal.timeout(kTabMilliseconds) }, () => {
        taken(true);
        return new Promise<never>(() => {});
      })
      .catch(() => taken(false));
  });
}

async function start(): Promise<void> {
  if (!isSecureContext || !('serviceWorker' in navigator) || !('indexedDB' in window) || !('locks' in navigator)) {
    set({ step: { at: 'unsupported' } });
    return;
  }
  if (!(await takeStore())) {
    set({ step: { at: 'elsewhere' } });
    return;
  }
  void keepPage((pageKept) => set({ pageKept }));
  database = await openDatabase();
  lock = new Lock(database);
  set({ persisted: await navigator.storage.persisted().catch(() => false) });
  if (await lock.exists()) {
    set({ step: { at: 'locked' } });
  } else if (marker.isSet) {
    set({ step: { at: 'lost' } });
  } else {
    await toEnrol(false);
  }
}

onThreeEscapes(() => {
  if (shelf !== null || turn !== null) {
    close('person');
  }
});
window.addEventListener('online', () => void uploader?.now());
for (const kind of ['pointerdown', 'keydown'] as const) {
  window.addEventListener(kind, watchIdle);
}
// A page that the browser kept whole for "back" begins again, behind the PIN.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) {
    window.location.reload();
  }
});
show();
start().catch((fault: unknown) => set({ step: { at: 'problem', code: fault instanceof Failure ? (fault.reference.code ?? fault.kind) : null } }));
