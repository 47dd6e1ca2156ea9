import { Failure } from '../api/failure';
import type { Act, Answer, Choice, CopyKind, FrozenDocument, Meaning, Method, Visit } from '../api/types';
import { digest, sameDocument } from '../crypto/digests';
import type { TextSize } from '../ui/text_size';
import type { Language } from '../words/words';
import { actByButton, actByInk, actByOfficial, actByWitnesses, meaningOf, type Said } from './act';
import { kNoNotes, notesOf, type NotesDraft, type NotesGap } from './notes';
import { needsPaper, progressOf, type Place, type Progress } from './progress';
import { stepAt } from './resume';
import type { Kept, Once, VisitSource } from './source';
import { kStart, type State, type Step } from './state';
import { surface, wayOf, witnessing } from './ways';
import { gapOfWitness, isWitnessed, kNoDiligence, withWitness, type WitnessDraft } from './witnesses';

/** Requests in these states have nothing left to decide. */
const kOver = new Set(['signed', 'signed_with_reservation', 'refused', 'unable_to_sign', 'cancelled', 'repudiated']);

type Change = Partial<State>;

/**
 * The way of one visit: what a person does, what follows from it. Every change goes through `#set`, which draws the page anew; what
 * the person did goes through `#move`, which has it kept before the next screen shows, where it is kept at all.
 * What is sent is prepared once and held until it is answered, so that trying again after a lost answer repeats the same act and
 * cannot make a second one.
 */
export class Flow {
  #state: State = kStart;
  readonly #source: VisitSource | null;
  readonly #changed: (state: State) => void;
  readonly #next: (() => void) | null;
  /** The paper on its way, nothing chosen on it. */
  #blank: Promise<ArrayBuffer> | null = null;
  #fills = true;
  /** What the person did before and is being kept. */
  #keeping: Promise<void> = Promise.resolve();
  #left = false;

  /** `next` leads to the person's next document; null when this is the last one. */
  constructor(source: VisitSource | null, changed: (state: State) => void, next: (() => void) | null = null) {
    this.#source = source;
    this.#changed = changed;
    this.#next = next;
  }

  get state(): State {
    return this.#state;
  }

  /** Whether the person has another document after this one. */
  get hasMore(): boolean {
    return this.#next !== null;
  }

  next(): void {
    this.#next?.();
  }

  /** Ends what is under way and forgets everything. */
  abandon(): void {
    this.#left = true;
    this.#source?.leave();
    this.#blank = null;
    void this.#state.paper?.loadingTask.destroy();
    this.#state = kStart;
  }

  start(): void {
    this.#attempt({ at: 'opening' }, async (source) => {
      const visit = await source.visit();
      if (kOver.has(visit.state)) {
        throw new Failure('used');
      }
      const frozen = visit.frozen ?? null;
      const choices = new Map(frozen?.choices.map(({ item, choice }) => [item, choice]));
      const before = (await source.keeper?.saved()) ?? null;
      // While the person reads the first screens, what later ones need arrives. A failure here shows there.
      this.#blank = visit.paper === undefined ? null : source.paper();
      this.#blank?.catch(() => (this.#blank = null));
      void Promise.allSettled([import('../paper/open'), import('../paper/paper'), import('../paper/fill_in'), import('../crypto/envelope')]);
      if (before === null) {
        this.#move(() => ({ visit, frozen, choices, notes: source.noted, step: { at: 'welcome' } }));
      } else {
        this.#set({ visit });
        this.#resume(before);
      }
    });
  }

  /** Moves to a screen that needs nothing from the service. */
  go(step: Step): void {
    this.#move(() => ({ step }));
  }

  /** From the first screen: to the questions, or to the paper when they were answered before. */
  begin(): void {
    if (this.#state.frozen === null) {
      this.toItem(0);
    } else {
      this.#openPaper({ at: 'reading' });
    }
  }

  /** To a question, or past all of them. */
  toItem(index: number): void {
    this.#move((state) => ({ step: stepOfItem(state, index) }));
  }

  choose(item: string, choice: Choice): void {
    this.#move(({ choices, step }) => ({
      choices: new Map(choices).set(item, choice),
      step: step.at === 'item' ? { ...step, missing: false } : step,
    }));
  }

  /** Goes on from a question; stays, and says so, when it has no answer. */
  answerItem(index: number): void {
    this.#move((state) => {
      const item = state.visit?.items[index];
      const missing = item !== undefined && !state.choices.has(item.id);
      return { step: missing ? { at: 'item', index, missing } : stepOfItem(state, index + 1) };
    });
  }

  /**
   * Puts the answers into the paper, has them frozen, then checks and opens it. The page makes the frozen octets by itself from the
   * paper that came while the person answered; where it has none, it fetches what the service made.
   */
  freeze(): void {
    this.#attempt({ at: 'working', words: 'preparing' }, async (source) => {
      const choices = [...this.#state.choices].map(([item, choice]) => ({ item, choice }));
      const made = await this.#fillIn(source);
      const shown = made === null ? null : await digest(made);
      const frozen = await source.freeze(choices, shown).catch((fault: unknown) => {
        // Whatever this page makes is not what the service makes: it takes the service's from now on.
        this.#fills = !(fault instanceof Failure && fault.reference.code === 'visit.other-bytes');
        throw fault;
      });
      this.#set({ frozen });
      this.#openPaper({ at: 'reading' }, made);
    });
  }

  setTextSize(textSize: TextSize): void {
    this.#set({ textSize });
  }

  setLanguage(language: Language): void {
    this.#set({ language });
  }

  setAsText(asText: boolean): void {
    this.#move(() => ({ asText }));
  }

  /** To what was asked and who helped. */
  openNotes(): void {
    this.#move(({ step }) => ({ step: { at: 'notes', missing: null, from: step } }));
  }

  /** At once, so that no letter is lost; kept when a field is left. */
  setNotes(notes: NotesDraft): void {
    const { step } = this.#state;
    this.#set({ notes, step: step.at === 'notes' ? { ...step, missing: null } : step });
  }

  /** Back to where the person was; stays, and says so, when the notes are not whole. */
  leaveNotes(gap: NotesGap | null): void {
    this.#move(({ step }) => (step.at !== 'notes' ? {} : { step: gap === null ? step.from : { ...step, missing: gap } }));
  }

  /** From the paper to what signing it says, where that is the person's to choose; else to the ways of signing. */
  toSign(): void {
    this.#move(({ visit }) => ({ step: choosesMeaning(visit) ? { at: 'meaning', missing: null } : { at: 'method', missing: false } }));
  }

  /** Back from the ways of signing. */
  beforeMethod(): void {
    this.#move(({ visit }) => ({ step: choosesMeaning(visit) ? { at: 'meaning', missing: null } : { at: 'reading' } }));
  }

  chooseMeaning(meaning: Meaning): void {
    this.#move(() => ({ meaning, step: { at: 'meaning', missing: null } }));
  }

  /** At once, so that no letter is lost; kept when the person goes on, or elsewhere. */
  setReservation(reservation: string): void {
    this.#set({ reservation, step: { at: 'meaning', missing: null } });
  }

  keepReservation(): void {
    this.#move(() => ({}));
  }

  /** To the ways of signing; stays, and says so, when something is missing. */
  toMethod(): void {
    this.#move(({ meaning, reservation }) => {
      const wordless = meaning === 'agree-with-reservation' && reservation.trim() === '';
      const missing = meaning === null ? 'meaning' : wordless ? 'reservation' : null;
      return { step: missing === null ? { at: 'method', missing: false } : { at: 'meaning', missing } };
    });
  }

  chooseMethod(method: Method): void {
    this.#move(() => ({ method, step: { at: 'method', missing: false } }));
  }

  /** To the surface or the button; stays, and says so, when no way of signing was chosen. */
  toSigning(): void {
    this.#move(({ method }) => {
      if (method === null) {
        return { step: { at: 'method', missing: true } };
      }
      return wayOf(method);
    });
  }

  /** Something was drawn or taken back. What is above the surface stays as it was: nothing may move it under a pen. */
  drew(): void {
    const { step, ink } = this.#state;
    this.#set({ strokes: ink?.drawing.lines.length ?? 0, step: step.at === 'ink' ? { ...step, missing: false } : step });
  }

  signByButton(): void {
    const { shown, visit } = this.#state;
    if (shown !== null && visit !== null) {
      this.#sign(Promise.resolve(actByButton(shown, this.#said(visit))));
    }
  }

  signByInk(): void {
    const { shown, visit, ink } = this.#state;
    if (ink === null || ink.drawing.isEmpty) {
      this.#set({ step: { at: 'ink', missing: true } });
    } else if (shown !== null && visit !== null) {
      this.#sign(actByInk(shown, this.#said(visit), ink, visit));
    }
  }

  /** The person says that an official signs for them. */
  consentOnBehalf(): void {
    const { shown, visit } = this.#state;
    const once = shown === null || visit === null ? undefined : this.#source?.onBehalf(actByOfficial(shown, this.#said(visit)));
    if (once !== undefined) {
      this.#attempt({ at: 'working', words: 'sending' }, async () => {
        await once.attempt();
        this.#move(() => ({ over: true, step: { at: 'consented' } }));
      });
    }
  }

  /** At once, so that no letter is lost; kept when the field is left. */
  setReason(reason: string): void {
    const { diligence } = this.#state;
    this.#set({ diligence: { ...diligence, reason }, step: { at: 'diligence', missing: false } });
  }

  setWitness(part: Partial<WitnessDraft>): void {
    const { diligence, step } = this.#state;
    if (step.at === 'witness') {
      this.#set({ diligence: withWitness(diligence, step.index, part), step: { ...step, gap: null } });
    }
  }

  /** A field was left: what is in it is kept. */
  keep(): void {
    this.#move(() => ({}));
  }

  /** To the first witness; stays, and says so, while nobody said why the person can do neither. */
  toWitness(): void {
    this.#move(({ diligence }) =>
      isWitnessed(diligence) ? witnessing(0, null) : { step: { at: 'diligence', missing: true } },
    );
  }

  /** The witness on the screen confirms: on to the second one, or it is signed. */
  confirmWitness(): void {
    const { shown, visit, step, ink, firstInk, diligence } = this.#state;
    if (step.at !== 'witness' || shown === null || visit === null || ink === null) {
      return;
    }
    const gap = gapOfWitness(diligence, step.index, visit.personName, visit.professional?.name ?? '');
    if (gap !== null) {
      this.#set({ step: { ...step, gap } });
    } else if (step.index === 0 || firstInk === null) {
      this.#move(() => witnessing(1, ink));
    } else {
      this.#sign(actByWitnesses(shown, this.#said(visit), diligence, [firstInk, ink]));
    }
  }

  answer(answer: Answer): void {
    const once = this.#source?.answer(answer, notesOf(this.#state.notes));
    if (once !== undefined) {
      this.#attempt({ at: 'working', words: 'sending' }, async () => {
        await once.attempt();
        this.#move(() => ({ over: true, step: { at: 'answered', answer } }));
      });
    }
  }

  /** Records what the person takes along, and shows the slip that they take now. */
  chooseCopy(kind: CopyKind, from: Step): void {
    const once = this.#source?.copy(kind);
    if (once !== undefined) {
      this.#attempt({ at: 'working', words: 'copying' }, async () => {
        const made = await once.attempt();
        if (made.slips.length === 0) {
          this.#move(() => ({ step: { at: 'end', copy: kind } }));
          return;
        }
        const slip = made.paper === null ? null : await this.#openSlip(made.paper);
        this.#move(() => ({ step: { at: 'copy', made: { ...made, paper: null }, slip, from } }));
      });
    }
  }

  /** The document could be opened but not drawn. */
  unreadable(): void {
    this.#set({ step: { at: 'problem', failure: new Failure('unreadable'), retry: null } });
  }

  /** The same screen, with all that was answered; what was half drawn is not there. */
  #resume({ place, choices, frozen, meaning = null, reservation = '', method, asText, notes = kNoNotes, diligence = kNoDiligence }: Progress): void {
    const at = (where: Place): Step => stepAt(where, frozen?.verificationCode ?? '');
    this.#set({ choices: new Map(choices), frozen, meaning, reservation, method, asText, notes, diligence });
    if (needsPaper(place)) {
      this.#openPaper(at(place));
    } else if (place.at === 'copy') {
      this.#set({ over: true });
      this.chooseCopy(place.kind, at(place.from));
    } else {
      this.#set({ over: ['done', 'answered', 'end'].includes(place.at), step: at(place) });
    }
  }

  /** The paper with the answers in it; null where the document takes none, or what came is not what was announced. */
  async #fillIn(source: VisitSource): Promise<ArrayBuffer | null> {
    const { visit, choices } = this.#state;
    if (visit?.paper === undefined || !this.#fills) {
      return null;
    }
    try {
      this.#blank ??= source.paper();
      const { fillIn } = await import('../paper/fill_in');
      return await fillIn(await this.#blank, visit.paper.fillIn, choices);
    } catch (fault) {
      this.#blank = null;
      if (fault instanceof Failure && fault.reference.code !== 'visit.no-paper') {
        throw fault;
      }
      return null;
    }
  }

  async #openSlip(buffer: ArrayBuffer) {
    const [{ openPaper }, { drawSheet }] = await Promise.all([import('../paper/open'), import('../ui/sheets'), import('../paper/paper')]);
    try {
      const paper = await openPaper(buffer);
      return { paper, sheet: await drawSheet(paper) };
    } catch {
      throw new Failure('unreadable');
    }
  }

  /** Fetches, checks and opens the frozen paper, then shows `then`; `made`: the octets where they are at hand. */
  #openPaper(then: Step, made: ArrayBuffer | null = null): void {
    this.#attempt({ at: 'working', words: 'reading-loading' }, async (source) => {
      const frozen = this.#state.frozen as FrozenDocument;
      const text = this.#readingView(source);
      const buffer = made ?? (await source.document());
      made = null; // it is handed over below: another try fetches it
      const shown = await digest(buffer);
      if (!sameDocument(shown, frozen)) {
        throw new Failure('digest');
      }
      const { openPaper } = await import('../paper/open');
      const paper = await openPaper(buffer).catch(() => {
        throw new Failure('unreadable');
      });
      await import('../paper/paper');
      const reading = await text;
      this.#move(({ method }) => ({
        shown,
        paper,
        reading,
        ...(then.at === 'ink' && method !== null ? surface(method, then.again) : { step: then }),
      }));
    });
  }

  /** The paper's own text; without it, the words of the PDF stand in. */
  async #readingView(source: VisitSource): Promise<HTMLElement | null> {
    if (this.#state.visit?.reading !== true) {
      return null;
    }
    try {
      const [html, { readingView }] = await Promise.all([source.readingView(), import('../paper/reading_view')]);
      return readingView(html);
    } catch {
      return null;
    }
  }

  #said(visit: Visit): Said {
    const { choices, meaning, reservation, notes } = this.#state;
    const said = meaningOf(visit, choices, meaning);
    const noted = notesOf(notes);
    return {
      meaning: said,
      ...(said === 'agree-with-reservation' ? { reservation: reservation.trim() } : {}),
      ...(noted === null ? {} : { notes: noted }),
    };
  }

  #sign(making: Promise<Act>): void {
    let once: Once<Kept> | undefined;
    this.#attempt({ at: 'working', words: 'sending' }, async (source) => {
      once ??= source.act(await making);
      const kept = await once.attempt();
      this.#move(() => ({ over: true, ink: null, firstInk: null, strokes: 0, step: { at: 'done', kept } }));
    });
  }

  /** Does something that may fail; a failure becomes a screen whose way out repeats it. */
  #attempt(meanwhile: Step, work: (source: VisitSource) => Promise<void>): void {
    const source = this.#source;
    const run = (): void => {
      this.#set({ step: meanwhile });
      const working = source === null ? Promise.reject(new Failure('link')) : this.#keeping.then(() => work(source));
      working.catch((fault: unknown) => this.#fail(fault, run));
    };
    run();
  }

  /**
   * Makes a change that the person should find again. Changes follow one another: each sees what the one before it made. Where
   * nothing is kept, that is at once.
   */
  #move(change: (state: State) => Change): void {
    const keeper = this.#source?.keeper ?? null;
    if (keeper === null) {
      this.#set(change(this.#state));
      return;
    }
    const move = async (): Promise<void> => {
      const made = change(this.#state);
      const progress = progressOf({ ...this.#state, ...made });
      if (progress !== null) {
        await keeper.save(progress);
      }
      this.#set(made);
    };
    this.#keeping = this.#keeping.then(move).catch((fault: unknown) => this.#fail(fault, () => this.#move(change)));
  }

  #fail(fault: unknown, again: () => void): void {
    const failure = fault instanceof Failure ? fault : new Failure('server');
    this.#set({ step: { at: 'problem', failure, retry: this.#wayOut(failure, again) } });
  }

  #wayOut(failure: Failure, again: () => void): (() => void) | null {
    switch (failure.kind) {
      case 'offline':
      case 'busy':
      case 'server':
      case 'storage':
      case 'not-yet':
        return again;
      case 'custody':
        return () => this.#move(() => ({ method: null, ink: null, step: { at: 'method', missing: false } }));
      case 'frozen':
        return () => this.#set({ step: { at: 'review' } });
      case 'stale':
      case 'digest':
        return () => this.freeze();
      case 'link':
      case 'expired':
      case 'used':
      case 'unreadable':
      case 'refused':
        return null;
    }
  }

  /** Nothing is shown any more of a visit that was left. */
  #set(change: Change): void {
    if (!this.#left) {
      this.#state = { ...this.#state, ...change };
      this.#changed(this.#state);
    }
  }
}

/** Whether what signing says is the person's to choose. */
function choosesMeaning(visit: Visit | null): boolean {
  return (visit?.meanings?.length ?? 0) > 1;
}

function stepOfItem({ visit }: State, index: number): Step {
  return index < (visit?.items.length ?? 0) ? { at: 'item', index, missing: false } : { at: 'review' };
}
