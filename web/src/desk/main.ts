import { Failure } from '../api/failure';
import { SessionClient } from '../api/session';
import { certificateIn } from '../crypto/certificate_file';
import { toBase64 } from '../crypto/encodings';
import { quickExit } from '../ui/exit';
import { LeaveGuard } from '../ui/leave_guard';
import { LoginWatch } from '../ui/login_watch';
import { save } from '../ui/save';
import { Stage } from '../ui/stage';
import { languageOf, paperLanguage, wordsIn } from '../words/words';
import { Answering } from './answering';
import { Desk, type Asked, type Link, type Person } from './api';
import { inDays, kEmptyDraft, kMostSigners, missingFields, missingPlaces, nameOf, placed, signerOf, type Draft, type Paper, type Signer } from './draft';
import { Making } from './making';
import { behind } from './parts_of_lists';
import { Protections } from './protect';
import { Protecting } from './protecting';
import { Representations } from './representations';
import { Representing } from './representing';
import { kNothing, type State, type Step } from './state';
import { Tasks } from './tasks';
import { troubleOf } from './trouble';
import { page, type Actions } from './view';
import { Visiting } from './visiting';
import { Visits } from './visits';
import { Voiding } from './voiding';
import { faultOf, needsAsking, withChosen } from './who_signs';
import { WrongSigners } from './wrong';

const client = new SessionClient();
const desk = new Desk(client);
const register = new Representations(client);
let state: State = {
  ...kNothing,
  step: { at: 'opening' },
  asText: false,
  textSize: 'normal',
  language: languageOf(...navigator.languages),
};
/** What is being made: kept while its draft stays the same, so that a lost answer makes nothing twice. */
let making: Making | null = null;

const stage = new Stage();
const leaving = new LeaveGuard();

/** Nothing of a person stays on the screen, or in memory, behind the end of a login. */
function forget(step: Step): void {
  watch.stop();
  client.forget();
  making = null;
  set({ ...kNothing, step });
}

const exit = quickExit(() => {
  leaving.guard(false);
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

/** The list as it stands now, from its beginning. */
async function openList(news: string | null = null): Promise<void> {
  set({ step: { at: 'list' }, list: null, next: null, composing: null });
  await fetchMore();
  set({ news });
}

async function fetchMore(): Promise<void> {
  set(await behind(state, (cursor) => desk.asked(state.filter, cursor)));
}

const lent = { state: () => state, set, say, attempt };
const visiting = new Visiting(new Visits(client), lent);
const voiding = new Voiding(desk, new WrongSigners(client), lent);
const answering = new Answering(new Tasks(client), lent);
const protecting = new Protecting(new Protections(client), lent, openList);
const representing = new Representing(desk, register, lent, (back) => {
  if (back === 'tasks') {
    attempt(() => answering.openList());
  } else if (back === 'who-signs') {
    attempt(askWhoSigns);
  } else {
    set({ step: { at: 'who' }, trouble: null, news: null });
  }
});

function change(part: Partial<Draft>): void {
  set({ draft: { ...state.draft, ...part }, trouble: null });
}

async function inBase64(file: File): Promise<string> {
  return toBase64(await certificateIn(file));
}

function say(words: string, about = ''): void {
  set({ trouble: { words, about } });
}

function add(person: Person): void {
  const { signers } = state.draft;
  if (signers.some((one) => one.person.id === person.id) || signers.length === kMostSigners) {
    say('desk-already');
    return;
  }
  change({ signers: [...signers, signerOf(person, paperLanguage(state.language))] });
  set({ found: null });
}

async function readPaper(asked: Asked): Promise<Extract<Step, { at: 'reading' }>> {
  const [octets, notes, { openPaper }] = await Promise.all([
    desk.content(asked.documentId),
    desk.notes(asked.documentId),
    import('../paper/open'),
    import('../paper/paper'),
  ]);
  const pages = await openPaper(octets).catch(() => {
    throw new Failure('unreadable');
  });
  return { at: 'reading', asked, pages, notes, sheets: [] };
}

/** The template with what this organisation always says, and what is known of whoever signs. */
function openTemplate(key: string): void {
  const { templates, session, draft } = state;
  const template = templates?.templates.find((one) => one.key === key);
  const [first] = draft.signers;
  if (templates === null || template === undefined || first === undefined) {
    return;
  }
  const kept = draft.paper?.kind === 'template' && draft.paper.template.key === key ? draft.paper.values : {};
  const [givenName = '', surname1 = '', ...rest] = first.person.name.split(' ');
  const values: Record<string, string> = {
    ...templates.defaults,
    professional: session?.name ?? '',
    'person.given_name': givenName,
    'person.surname1': surname1,
    'person.surname2': rest.join(' '),
    ...kept,
  };
  const until = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
  const items = template.items.filter(({ needs }) => needs.every((field) => (values[field] ?? '') !== '')).map(({ name }) => name);
  const paper: Paper = { kind: 'template', template, language: first.language, values, items, until };
  const title = draft.title === '' ? wordsIn(first.language)(`desk-template-${key}`) : draft.title;
  change({ paper, title, signers: placed(draft.signers, paper) });
  set({ step: { at: 'fields' } });
}

/** Who may sign for those whom the paper is about is asked of the register each time: it may have changed. */
async function askWhoSigns(): Promise<void> {
  const { signers, paper } = state.draft;
  const persons = new Map(signers.map(({ person }) => [person.id, person]));
  const deciders = await Promise.all([...persons.values()].map((person) => register.of(person)));
  change({ deciders });
  if (deciders.some(needsAsking)) {
    set({ step: { at: 'who-signs' }, news: null });
  } else {
    toWays(placed(signers, paper));
  }
}

/** On to how it is signed, once every place that must be taken is. */
function toWays(signers: Signer[]): void {
  const { paper } = state.draft;
  change({ signers });
  const [place] = paper === null ? [] : missingPlaces(paper, signers);
  if (place === undefined) {
    set({ step: { at: 'ways' } });
  } else {
    say('desk-place-missing', place);
  }
}

const actions: Actions = {
  ...visiting.actions,
  ...voiding.actions,
  ...answering.actions,
  ...protecting.actions,
  ...representing.actions,
  list: () => attempt(() => openList()),
  more: () => attempt(fetchMore),
  filter: (filter) =>
    watch.follow(() => {
      set({ filter });
      return openList();
    }),
  begin: () => set({ step: { at: 'who' }, draft: kEmptyDraft, found: null, trouble: null, news: null }),
  go: (step) => set({ step, trouble: null, news: null }),
  find: (search) =>
    attempt(async () => {
      set({ found: null });
      set({ found: await desk.find(search) });
    }),
  add,
  remove: (index) => change({ signers: state.draft.signers.filter((_, at) => at !== index) }),
  makePerson: (wanted, panel) =>
    attempt(async () => {
      const made = (await desk.send(desk.preparePerson(wanted))) as { person: { id: string } };
      const { name, language, address } = wanted;
      const person: Person = { id: made.person.id, name, identifier: null, language, address };
      if (panel !== undefined) {
        set({ step: { at: 'represent', panel, representative: person } });
        return;
      }
      set({ step: { at: 'who' } });
      add(person);
    }),
  toPaper: () => {
    if (state.draft.signers.length === 0) {
      say('desk-nobody-chosen');
      return;
    }
    attempt(async () => {
      set({ templates: state.templates ?? (await desk.templates()) });
      set({ step: { at: 'paper' } });
    });
  },
  takeFile: (file, title) => {
    if (file === null) {
      say('desk-file-missing');
    } else if (title.trim() === '') {
      change({ title });
      say('desk-title-missing');
    } else {
      change({ paper: { kind: 'pdf', file }, title });
      attempt(askWhoSigns);
    }
  },
  openTemplate,
  fill: (paper, title) => {
    change({ paper, title });
    const [field] = missingFields(paper);
    if (title.trim() === '') {
      say('desk-title-missing');
    } else if (field !== undefined) {
      say('desk-field-missing', field);
    } else if (paper.items.length > 0 && paper.until === '') {
      say('desk-items-wrong');
    } else {
      attempt(askWhoSigns);
    }
  },
  chooseSigners: (chosen) => {
    const { deciders, paper, signers } = state.draft;
    for (const one of deciders) {
      const choice = chosen.get(one.person.id);
      const fault = choice === undefined ? null : faultOf(one, choice, paper);
      if (fault !== null) {
        say(fault, signers.find(({ person }) => person.id === one.person.id)?.person.name);
        return;
      }
    }
    toWays(withChosen(signers, chosen, deciders, paper));
  },
  make: (draft) => {
    set({ draft, trouble: null });
    if (draft.methods.length === 0) {
      say('desk-methods-missing');
      return;
    }
    const unknown = draft.signers.find(({ identity }) => identity === '');
    if (unknown !== undefined) {
      say('desk-identity-missing', nameOf(unknown));
      return;
    }
    const unasked = draft.signers.find(({ acting, otherHolder }) => acting?.joint === true && otherHolder === '');
    if (unasked !== undefined) {
      say('desk-other-holder-missing', nameOf(unasked));
      return;
    }
    attempt(async () => {
      making = making?.makes(draft) === true ? making : new Making(draft, desk, state.session?.name ?? '');
      const made = await making.run();
      making = null;
      set({ draft: kEmptyDraft, found: null });
      if (state.composing === null) {
        set({ step: { at: 'made', made } });
      } else {
        // Whoever signs later waits for their turn, and can be taken along only then.
        await visiting.compose(made.filter((one) => one.state !== 'waiting').map(({ id }) => id));
      }
    });
  },
  renew: (asked) =>
    attempt(async () => {
      const { request } = (await desk.send(desk.prepareLink(asked, inDays(kEmptyDraft.days)))) as { request: Link };
      set({ step: { at: 'link', asked, link: request } });
    }),
  cancel: (asked) => set({ step: { at: 'cancelling', asked, sending: desk.prepareCancelling(asked) }, trouble: null, news: null }),
  confirmCancel: () => {
    const { step } = state;
    if (step.at === 'cancelling') {
      attempt(async () => {
        await desk.send(step.sending);
        await openList('desk-cancelled');
      });
    }
  },
  read: (asked) => attempt(async () => set({ step: await readPaper(asked) })),
  download: (asked) =>
    attempt(async () => save(asked.name, new Blob([await desk.content(asked.documentId)], { type: 'application/pdf' }))),
  voidRecord: ({ documentId, name }) =>
    attempt(async () => save(name.replace('document-', 'record-'), new Blob([await desk.voidRecord(documentId, state.language)], { type: 'application/pdf' }))),
  print: () => {
    const { step } = state;
    if (step.at === 'reading') {
      attempt(async () => {
        const { drawSheets } = await import('../ui/sheets');
        const sheets = step.sheets.length > 0 ? step.sheets : await drawSheets(step.pages);
        set({ step: { ...step, sheets } });
        window.print();
      });
    }
  },
  saveToSign: ({ name, onBehalf }) => save(name.replace(/\.pdf$/, '.txt'), new Blob([onBehalf?.toSign ?? ''], { type: 'text/plain' })),
  signFor: (asked, certificate, signature) => {
    if (asked.onBehalf?.toSign !== null && (certificate === null || signature === null)) {
      say('desk-files-missing');
      return;
    }
    attempt(async () => {
      const signed = certificate === null || signature === null ? null : { certificate: await inBase64(certificate), signature: await inBase64(signature) };
      await desk.send(desk.prepareSigningFor(asked, signed));
      await openList('desk-signed-for');
    });
  },
  unreadable: () => attempt(async () => openList().then(() => Promise.reject(new Failure('unreadable')))),
  setAsText: (asText) => set({ asText }),
  /** Whoever gets this device finds the professional's login locked: it is taken back with its second factor, or the password. */
  handOver: (link) =>
    attempt(async () => {
      await client.handOver();
      leaving.guard(false);
      forget({ at: 'left' });
      window.location.replace(link);
    }),
  askAnew: ({ id, personId, personName }) => {
    const person: Person = { id: personId, name: personName, identifier: null, language: null, address: null };
    const draft = { ...kEmptyDraft, signers: [signerOf(person, paperLanguage(state.language))], insteadOf: { request: id, person: personId } };
    set({ step: { at: 'who' }, draft, found: null, trouble: null, news: null });
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
  leaving.guard(state.draft.signers.length > 0 || (state.composing?.chosen.length ?? 0) > 0 || state.step.at === 'made' || state.step.at === 'link');
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
  if (session.role?.role === 'dpo') {
    await answering.openList();
    return;
  }
  if (session.role?.role === 'manager') {
    await voiding.openList();
    return;
  }
  if (session.role?.role !== 'professional' && session.role?.role !== 'referent') {
    set({ step: { at: 'nobody' } });
    return;
  }
  await openList();
}

show();
attempt(begin);
