import { Failure } from '../api/failure';
import type { Answer, Choice, CopyKind, FrozenDocument, Meaning, Visit } from '../api/types';
import { digest } from '../crypto/digests';
import type { TextSize } from '../ui/text_size';
import type { Language } from '../words/words';
import { Declining } from './declining';
import { kNoNotes, type NotesDraft, type NotesGap } from './notes';
import { Moves } from './moves';
import { openSlip, Papers } from './papers';
import { needsPaper, type Place, type Progress } from './progress';
import { stepAt } from './resume';
import { Signing } from './signing';
import type { VisitSource } from './source';
import type { State, Step } from './state';
import { surface } from './ways';
import { kNoDiligence } from './witnesses';

/** Requests in these states have nothing left to decide. */
const kOver = new Set(['signed', 'signed_with_reservation', 'refused', 'unable_to_sign', 'cancelled', 'repudiated']);
/** How long an answer is seen where it was given before the next question comes, which says it once more. */
const kSeenMilliseconds = 300;

/** Where a paper lies among those that a person has in one visit. */
export interface InPile {
  number: number;
  count: number;
  /** What became of the one before. */
  before: { title: string; answer: Answer | 'signed'; verificationCode: string } | null;
  /** Leads to the one after; null when there is none. */
  next: (() => Promise<void>) | null;
  /** Back to the one before, as if "no" or "later" had not been said; null where neither was. */
  takeBack: (() => Promise<void>) | null;
}

const kAlone: InPile = { number: 1, count: 1, before: null, next: null, takeBack: null };

/**
 * The way of one visit: what a person does, what follows from it. An answer leads on by itself, and what was signed leads to the next
 * paper: a tap is a decision, or a look at something.
 */
export class Flow {
  /** Signing, which is more than one thing. */
  readonly signing: Signing;
  /** Saying no, or later. */
  readonly declining: Declining;
  /** Which of the person's papers this is. */
  readonly pile: InPile;
  readonly #moves: Moves;
  readonly #source: VisitSource | null;
  readonly #papers: Papers | null;
  #going: ReturnType<typeof setTimeout> | undefined;
  /** What follows the last answer, begun while that is seen. */
  #ahead: Promise<Partial<State> | null> | null = null;

  constructor(source: VisitSource | null, changed: (state: State) => void, pile: InPile = kAlone) {
    this.#source = source;
    this.pile = pile;
    this.#moves = new Moves(source, changed, (failure, again) => this.#wayOut(failure, again));
    this.#papers = source === null ? null : new Papers(source);
    this.signing = new Signing(this.#moves, {
      fix: (from) => this.#fix(from),
      finished: (change) => this.#finished(change),
    });
    this.declining = new Declining(this.#moves, source, {
      finished: (change) => this.#finished(change),
      begin: () => this.begin(),
      before: pile.takeBack,
    });
  }

  get state(): State {
    return this.#moves.state;
  }

  /** Ends what is under way and forgets everything. */
  abandon(): void {
    this.#stay();
    this.#source?.leave();
    this.#papers?.forget();
    void this.state.paper?.loadingTask.destroy();
    this.#moves.leave();
  }

  /** The page is left: nobody sees what comes of it any more. */
  leave(): void {
    this.#source?.leave();
  }

  start(): void {
    this.#moves.attempt({ at: 'opening' }, async (source) => {
      const visit = await source.visit();
      if (kOver.has(visit.state)) {
        throw new Failure('used');
      }
      const frozen = visit.frozen ?? null;
      const before = (await source.keeper?.saved()) ?? null;
      this.#papers?.fetchAhead(visit);
      this.#moves.set({ visit, fixed: frozen !== null });
      if (before !== null) {
        await this.#resume(before);
        return;
      }
      const choices = new Map(frozen?.choices.map(({ item, choice }) => [item, choice]));
      this.#moves.set({ frozen, choices, notes: source.noted });
      // Whoever comes from another paper has been greeted.
      if (this.pile.number === 1) {
        this.#moves.move(() => ({ step: { at: 'welcome' } }));
      } else {
        this.begin();
      }
    });
  }

  /** Moves to a screen that needs nothing from the service. */
  go(step: Step): void {
    this.#stay();
    this.#moves.move(() => ({ step }));
  }

  /** From the first screen: to the questions, or to the paper when they were answered before. */
  begin(): void {
    if (this.state.fixed) {
      this.#openPaper({ at: 'reading', missing: null });
    } else {
      this.#goOn();
    }
  }

  toItem(index: number): void {
    this.go({ at: 'item', index });
  }

  /** An answer; the next question, or the paper, follows by itself. A second press of a hand that trembles is no other answer. */
  choose(index: number, choice: Choice): void {
    const { visit, step } = this.state;
    const item = visit?.items[index];
    if (item === undefined || step.at !== 'item' || step.answered === true) {
      return;
    }
    this.#moves.set({ step: { ...step, answered: true } });
    this.#moves.move(({ choices }) => ({ choices: new Map(choices).set(item.id, choice), step: { at: 'item', index, answered: true } }));
    const all = new Map(this.state.choices).set(item.id, choice);
    if (visit?.items.every(({ id }) => all.has(id)) === true) {
      this.#ahead = this.#make(all);
      this.#ahead.catch(() => {}); // told where it is awaited
    }
    this.#going = setTimeout(() => this.goOn(), kSeenMilliseconds);
  }

  /** On from a question whose answer stays what it is. */
  goOn(): void {
    clearTimeout(this.#going);
    this.#goOn();
  }

  /**
   * Has the answers frozen by the service, then fetches, checks and opens what it made: where this page cannot make the paper, or what
   * it made is not the same.
   */
  freeze(): void {
    this.#moves.attempt({ at: 'working', words: 'preparing' }, async (source) => {
      const made = await this.#papers?.filledIn(this.#visit(), this.state.choices) ?? null;
      const frozen = await this.#send(source, made === null ? null : await digest(made));
      this.#moves.set({ frozen, fixed: true });
      this.#openPaper({ at: 'reading', missing: null }, made);
    });
  }

  setTextSize(textSize: TextSize): void {
    this.#moves.set({ textSize });
  }

  setLanguage(language: Language): void {
    this.#moves.set({ language });
  }

  setAsText(asText: boolean): void {
    this.#moves.move(() => ({ asText }));
  }

  /** To what was asked and who helped. */
  openNotes(): void {
    this.#moves.move(({ step }) => ({ step: { at: 'notes', missing: null, from: step } }));
  }

  /** At once, so that no letter is lost; kept when a field is left. */
  setNotes(notes: NotesDraft): void {
    const { step } = this.state;
    this.#moves.set({ notes, step: step.at === 'notes' ? { ...step, missing: null } : step });
  }

  /** Back to where the person was; stays, and says so, when the notes are not whole. */
  leaveNotes(gap: NotesGap | null): void {
    this.#moves.move(({ step }) => (step.at !== 'notes' ? {} : { step: gap === null ? step.from : { ...step, missing: gap } }));
  }

  chooseMeaning(meaning: Meaning): void {
    this.#moves.move(() => ({ meaning, step: { at: 'reading', missing: null } }));
  }

  /** At once, so that no letter is lost; kept when the field is left. */
  setReservation(reservation: string): void {
    this.#moves.set({ reservation, step: { at: 'reading', missing: null } });
  }

  /** A field was left: what is in it is kept. */
  keep(): void {
    this.#moves.move(() => ({}));
  }

  /** Records what the person takes along, and shows the slip that they take now. */
  chooseCopy(kind: CopyKind, from: Step): void {
    const once = this.#source?.copy(kind);
    if (once !== undefined) {
      this.#moves.attempt({ at: 'working', words: 'copying' }, async (source) => {
        await source.settle();
        this.#moves.set({ ink: null, strokes: 0 });
        const made = await once.attempt();
        if (made.slips.length === 0) {
          this.#moves.move(() => ({ step: { at: 'end', copy: kind } }));
          return;
        }
        const slip = made.paper === null ? null : await openSlip(made.paper);
        this.#moves.move(() => ({ step: { at: 'copy', made: { ...made, paper: null }, slip, from } }));
      });
    }
  }

  /** The document could be opened but not drawn. */
  unreadable(): void {
    this.#moves.set({ step: { at: 'problem', failure: new Failure('unreadable'), retry: null } });
  }

  /** Whoever goes elsewhere goes on from there. */
  #stay(): void {
    clearTimeout(this.#going);
    void this.#ahead?.then((made) => made?.paper?.loadingTask.destroy()).catch(() => {});
    this.#ahead = null;
  }

  #visit(): Visit {
    return this.state.visit as Visit;
  }

  /** To the first question without an answer; after all of them, to the paper. */
  #goOn(): void {
    const { visit, choices } = this.state;
    const index = visit?.items.findIndex(({ id }) => !choices.has(id)) ?? -1;
    if (index >= 0) {
      this.toItem(index);
    } else {
      this.#prepare();
    }
  }

  /**
   * Shows the paper with the answers in it, to be reviewed and read: the very octets that will be frozen. Where this page cannot make
   * them the service must, and the person is asked before, since from then on the answers stay.
   */
  #prepare(): void {
    let ahead = this.#ahead;
    this.#ahead = null;
    this.#moves.attempt({ at: 'working', words: 'preparing' }, async () => {
      const made = await (ahead ?? this.#make(this.state.choices)).finally(() => (ahead = null));
      const { paper: old } = this.state;
      if (made !== null) {
        this.#moves.move(({ dynamics }) => ({ ...made, ...surface(dynamics), step: { at: 'reading', missing: null } }));
        void old?.loadingTask.destroy();
      } else if (this.#visit().items.length > 0) {
        this.#moves.move(() => ({ step: { at: 'review' } }));
      } else {
        this.freeze();
      }
    });
  }

  /** The paper with answers in it, opened; null where this page cannot make it. */
  async #make(choices: State['choices']): Promise<Partial<State> | null> {
    const visit = this.#visit();
    const made = (await this.#papers?.filledIn(visit, choices)) ?? null;
    if (made === null || visit.paper === undefined) {
      return null;
    }
    const { pages, verificationCode } = visit.paper;
    const frozen = { ...(await digest(made)), pages, verificationCode };
    return { frozen, ...(await this.#papers?.open(visit, choices, frozen, made)) };
  }

  /** Before anything is signed: the choices are the service's, and the paper that was shown is what it froze. */
  async #fix(source: VisitSource): Promise<void> {
    const { fixed, shown } = this.state;
    if (!fixed && shown !== null) {
      await this.#send(source, shown);
      this.#moves.set({ fixed: source.keeper === null });
    }
  }

  async #send(source: VisitSource, made: Parameters<VisitSource['freeze']>[1]): Promise<FrozenDocument> {
    const choices = [...this.state.choices].map(([item, choice]) => ({ item, choice }));
    return source.freeze(choices, made).catch((fault: unknown) => {
      if (fault instanceof Failure && fault.reference.code === 'visit.other-bytes') {
        this.#papers?.distrust();
      }
      throw fault;
    });
  }

  /** This paper is done: on to the next one, which says so; after the last one a screen of its own. */
  async #finished(change: Partial<State> & { step: Step }): Promise<void> {
    if (this.pile.next !== null) {
      await this.pile.next();
    } else {
      this.#moves.move(() => ({ over: true, ...change }));
    }
  }

  /** The same screen, with all that was answered; what was half drawn is not there. */
  async #resume({ place, choices, frozen, meaning = null, reservation = '', dynamics, asText, notes = kNoNotes, diligence = kNoDiligence }: Progress): Promise<void> {
    const at = (where: Place): Step => stepAt(where, frozen?.verificationCode ?? '');
    this.#moves.set({ choices: new Map(choices), frozen, meaning, reservation, dynamics, asText, notes, diligence });
    if (needsPaper(place)) {
      this.#openPaper(at(place));
    } else if (place.at === 'copy') {
      this.#moves.set({ over: true });
      this.chooseCopy(place.kind, at(place.from));
    } else if ((place.at === 'done' || place.at === 'answered') && this.pile.next !== null) {
      await this.pile.next();
    } else {
      this.#moves.set({ over: ['done', 'answered', 'end'].includes(place.at), step: at(place) });
    }
  }

  /** Fetches, checks and opens the frozen paper, then shows `then`; `made`: the octets where they are at hand. */
  #openPaper(then: Step, made: ArrayBuffer | null = null): void {
    this.#moves.attempt({ at: 'working', words: 'reading-loading' }, async () => {
      const { frozen, choices, paper: old } = this.state;
      const at = made;
      made = null; // it is handed over below: another try fetches it
      const opened = await this.#papers?.open(this.#visit(), choices, frozen as FrozenDocument, at);
      this.#moves.move(({ dynamics }) => ({ ...opened, ...surface(dynamics), step: then }));
      void old?.loadingTask.destroy();
    });
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
        return () => this.#moves.move(() => ({ dynamics: false, ...surface(false), step: { at: 'reading', missing: null } }));
      case 'witness':
        return () => this.signing.toWitness();
      case 'frozen':
        return () => this.#moves.set({ step: { at: 'review' } });
      case 'stale':
      case 'digest':
        return () => this.freeze();
      case 'link':
      case 'expired':
      case 'not-representing':
      case 'used':
      case 'unreadable':
      case 'refused':
        return null;
    }
  }
}
