import { Failure } from '../api/failure';
import { SessionClient, type Part } from '../api/session';
import { headline } from '../check/verdict';
import { quickExit } from '../ui/exit';
import { LoginWatch } from '../ui/login_watch';
import { save } from '../ui/save';
import { Stage } from '../ui/stage';
import { languageOf, wordsIn } from '../words/words';
import { Mine, type Paper } from './api';
import { kNoLists, type Lists, type Section, type State, type Step } from './state';
import { troubleOf } from './trouble';
import { page, type Actions } from './view';

const client = new SessionClient();
const mine = new Mine(client);
let state: State = {
  step: { at: 'opening' },
  session: null,
  lists: kNoLists,
  deciders: null,
  verdicts: new Map(),
  trouble: null,
  busy: false,
  asText: false,
  textSize: 'normal',
  language: languageOf(...navigator.languages),
};

const stage = new Stage();

/** Nothing of a person stays on the screen, or in memory, behind the end of their login. */
function forget(step: Step): void {
  watch.stop();
  client.forget();
  set({ step, session: null, lists: kNoLists, deciders: null, verdicts: new Map(), trouble: null, busy: false });
}

const exit = quickExit(() => {
  client.leave();
  forget({ at: 'left' });
});

const watch = new LoginWatch({
  idleSeconds: () => state.session?.idleSeconds ?? null,
  isBusy: () => state.busy,
  began: () => set({ busy: true, trouble: null }),
  failed: (fault) => set({ trouble: troubleOf(fault) }),
  rested: () => set({ busy: false }),
  over: () => forget({ at: 'login', over: true }),
});
const attempt = (work: () => Promise<void>): void => watch.attempt(work);

const kFetch: { [S in Section]: (cursor: string | null) => Promise<Part<unknown>> } = {
  papers: (cursor) => mine.papers(cursor),
  decisions: (cursor) => mine.groups(cursor),
  accesses: (cursor) => mine.accesses(cursor),
  corrections: (cursor) => mine.corrections(cursor),
};

/** The next part of a list, behind what is there; `anew` begins it again. */
async function fetchMore(section: Section, anew = false): Promise<void> {
  const before = anew ? kNoLists[section] : state.lists[section];
  let { next } = before;
  let list: unknown[] = before.list ?? [];
  // A part may be empty while more follow.
  do {
    const part = await kFetch[section](next);
    list = [...list, ...part.list];
    next = part.next;
  } while (next !== null && list.length === (before.list ?? []).length);
  set({ lists: { ...state.lists, [section]: { list, next } } as Lists });
  if (section === 'papers') {
    void checkPapers();
  }
}

/** What can be said of each signed paper, one after the other. */
async function checkPapers(): Promise<void> {
  for (const { id, sealedAt } of state.lists.papers.list ?? []) {
    if (sealedAt === null || state.verdicts.has(id)) {
      continue;
    }
    say(id, 'mine-checking');
    const words = await mine.verdict(id).then(headline, () => 'mine-not-checked');
    if (state.session === null) {
      return;
    }
    say(id, words);
  }
}

function say(paper: string, words: string): void {
  set({ verdicts: new Map([...state.verdicts, [paper, words]]) });
}

async function goTo(section: Section, anew = false): Promise<void> {
  set({ step: { at: section } });
  if (anew || state.lists[section].list === null) {
    if (section === 'decisions') {
      set({ deciders: await mine.deciders() });
    }
    await fetchMore(section, anew);
  }
}

async function read(paper: Paper): Promise<void> {
  const [octets, notes, { openPaper }] = await Promise.all([
    mine.content(paper.id),
    mine.notes(paper.id),
    import('../paper/open'),
    import('../paper/paper'),
  ]);
  const pages = await openPaper(octets).catch(() => {
    throw new Failure('unreadable');
  });
  set({ step: { at: 'reading', paper, pages, notes } });
}

const actions: Actions = {
  show: (section) => attempt(() => goTo(section, section === 'accesses')),
  more: (section) => attempt(() => fetchMore(section)),
  read: (paper) => attempt(() => read(paper)),
  download: (paper) => attempt(async () => save(paper.name, new Blob([await mine.content(paper.id)], { type: 'application/pdf' }))),
  unreadable: () => attempt(async () => goTo('papers').then(() => Promise.reject(new Failure('unreadable')))),
  setAsText: (asText) => set({ asText }),
  end: (item, how) => {
    const [decision] = item.decisions;
    if (decision !== undefined) {
      set({ step: { at: 'ending', item, how, sending: mine.prepareEnding(decision.id, how) }, trouble: null });
    }
  },
  confirmEnd: () => {
    const { step } = state;
    if (step.at === 'ending') {
      attempt(async () => {
        const { decision } = (await mine.send(step.sending)) as { decision: { id: string } };
        set({ step: { at: 'ended', item: step.item, how: step.how, decision: decision.id }, lists: { ...state.lists, decisions: kNoLists.decisions } });
      });
    }
  },
  receipt: (decision) =>
    attempt(async () => {
      const octets = await mine.receipt(decision, state.language);
      save(`receipt-${decision.slice(-4).toUpperCase()}.pdf`, new Blob([octets], { type: 'application/pdf' }));
    }),
  voidRecord: ({ id, name }) =>
    attempt(async () => save(name.replace('document-', 'record-'), new Blob([await mine.voidRecord(id, state.language)], { type: 'application/pdf' }))),
  ask: (paper) => set({ step: { at: 'asking', paper }, trouble: null }),
  sendCorrection: (text, paper) => {
    if (text.trim() === '') {
      set({ trouble: 'mine-ask-empty' });
      return;
    }
    attempt(async () => {
      const { correction } = (await mine.send(mine.prepareCorrection(text, paper))) as { correction: { dueAt: string } };
      set({ step: { at: 'asked', dueAt: correction.dueAt }, lists: { ...state.lists, corrections: kNoLists.corrections } });
    });
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
function set(change: Partial<State>): void {
  state = { ...state, ...change };
  show();
}

function show(): void {
  const words = wordsIn(state.language);
  stage.show({
    name: state.step.at,
    language: state.language,
    textSize: state.textSize,
    title: words('mine-title'),
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
  if (session.role?.role !== 'citizen' && session.role?.role !== 'representative') {
    set({ step: { at: 'nobody' } });
    return;
  }
  await goTo('papers');
}

show();
attempt(begin);
