import { Client, type Sending } from '../api/client';
import { Failure } from '../api/failure';
import type { Act, Answer, Choice, CopyKind, FrozenDocument, Method } from '../api/types';
import { digest, sameDocument } from '../crypto/digests';
import { Ink } from '../ink/ink';
import type { TextSize } from '../ui/text_size';
import type { Language } from '../words/words';
import { actByButton, actByInk, meaningOf } from './act';
import { kStart, type State, type Step } from './state';

/** Requests in these states have nothing left to decide. */
const kOver = new Set(['signed', 'signed_with_reservation', 'refused', 'unable_to_sign', 'cancelled', 'repudiated']);

/**
 * The way of one visit: what a person does, what follows from it. Every change goes through `#set`, which draws the page anew.
 * What is sent is prepared once and kept until it is answered, so that trying again after a lost answer repeats the same act and
 * cannot make a second one.
 */
export class Flow {
  #state: State = kStart;
  readonly #client: Client | null;
  readonly #changed: (state: State) => void;
  /** The paper on its way, nothing chosen on it. */
  #blank: Promise<ArrayBuffer> | null = null;
  #fills = true;

  constructor(capability: string | null, changed: (state: State) => void) {
    this.#client = capability === null ? null : new Client(capability);
    this.#changed = changed;
  }

  get state(): State {
    return this.#state;
  }

  /** Ends what is under way and forgets everything. */
  abandon(): void {
    this.#client?.leave();
    this.#blank = null;
    void this.#state.paper?.loadingTask.destroy();
    this.#state = kStart;
  }

  start(): void {
    this.#attempt({ at: 'opening' }, async (client) => {
      const visit = await client.visit();
      if (kOver.has(visit.state)) {
        throw new Failure('used');
      }
      const frozen = visit.frozen ?? null;
      const choices = new Map(frozen?.choices.map(({ item, choice }) => [item, choice]));
      this.#set({ visit, frozen, choices, step: { at: 'welcome' } });
      // While the person reads the first screens, what later ones need arrives. A failure here shows there.
      this.#blank = visit.paper === undefined ? null : client.paper();
      this.#blank?.catch(() => (this.#blank = null));
      void Promise.allSettled([import('../paper/open'), import('../paper/paper'), import('../crypto/envelope')]);
    });
  }

  /** Moves to a screen that needs nothing from the service. */
  go(step: Step): void {
    this.#set({ step });
  }

  /** From the first screen: to the questions, or to the paper when they were answered before. */
  begin(): void {
    if (this.#state.frozen === null) {
      this.toItem(0);
    } else {
      this.#openPaper();
    }
  }

  /** To the first question, or past all of them. */
  toItem(index: number): void {
    const count = this.#state.visit?.items.length ?? 0;
    this.#set({ step: index < count ? { at: 'item', index, missing: false } : { at: 'review' } });
  }

  choose(item: string, choice: Choice): void {
    const choices = new Map(this.#state.choices).set(item, choice);
    const { step } = this.#state;
    this.#set({ choices, step: step.at === 'item' ? { ...step, missing: false } : step });
  }

  /** Goes on from a question; stays, and says so, when it has no answer. */
  answerItem(index: number): void {
    const item = this.#state.visit?.items[index];
    if (item !== undefined && !this.#state.choices.has(item.id)) {
      this.#set({ step: { at: 'item', index, missing: true } });
      return;
    }
    this.toItem(index + 1);
  }

  /**
   * Puts the answers into the paper, has them frozen, then checks and opens it. The page makes the frozen octets by itself from the
   * paper that came while the person answered; where it has none, it fetches what the service made.
   */
  freeze(): void {
    const choices = [...this.#state.choices].map(([item, choice]) => ({ item, choice }));
    this.#attempt({ at: 'working', words: 'preparing' }, async (client) => {
      const made = await this.#fillIn(client);
      const shown = made === null ? undefined : await digest(made);
      const frozen = await client.sendChoices(client.prepareChoices(choices, shown?.sha256)).catch((fault: unknown) => {
        // Whatever this page makes is not what the service makes: it takes the service's from now on.
        this.#fills = !(fault instanceof Failure && fault.reference.code === 'visit.other-bytes');
        throw fault;
      });
      this.#set({ frozen });
      this.#openPaper(made);
    });
  }

  setTextSize(textSize: TextSize): void {
    this.#set({ textSize });
  }

  setLanguage(language: Language): void {
    this.#set({ language });
  }

  setAsText(asText: boolean): void {
    this.#set({ asText });
  }

  chooseMethod(method: Method): void {
    this.#set({ method, step: { at: 'method', missing: false } });
  }

  /** To the surface or the button; stays, and says so, when no way of signing was chosen. */
  toSigning(): void {
    const { method } = this.#state;
    if (method === null) {
      this.#set({ step: { at: 'method', missing: true } });
    } else if (method === 'button') {
      this.#set({ ink: null, step: { at: 'button' } });
    } else {
      this.#set({ ink: new Ink({ dynamics: method === 'drawn-with-dynamics' }), strokes: 0, step: { at: 'ink', missing: false } });
    }
  }

  /** Something was drawn or taken back. */
  drew(): void {
    const { step, ink } = this.#state;
    this.#set({ strokes: ink?.drawing.lines.length ?? 0, step: step.at === 'ink' ? { at: 'ink', missing: false } : step });
  }

  signByButton(): void {
    const { shown, visit, choices } = this.#state;
    if (shown !== null && visit !== null) {
      this.#sign(Promise.resolve(actByButton(shown, meaningOf(visit, choices))));
    }
  }

  signByInk(): void {
    const { shown, visit, choices, ink } = this.#state;
    if (ink === null || ink.drawing.isEmpty) {
      this.#set({ step: { at: 'ink', missing: true } });
    } else if (shown !== null && visit !== null) {
      this.#sign(actByInk(shown, meaningOf(visit, choices), ink, visit));
    }
  }

  answer(answer: Answer): void {
    const sending = this.#client?.prepareAnswer(answer);
    if (sending !== undefined) {
      this.#attempt({ at: 'working', words: 'sending' }, async (client) => {
        await client.sendAnswer(sending);
        this.#set({ over: true, step: { at: 'answered', answer } });
      });
    }
  }

  /** Records what the person takes along, and fetches the slip that they take now. */
  chooseCopy(kind: CopyKind, from: Step): void {
    const sending = this.#client?.prepareCopy(kind);
    if (sending !== undefined) {
      this.#attempt({ at: 'working', words: 'copying' }, async (client) => {
        const copy = await client.sendCopy(sending);
        if (copy.slip === undefined) {
          this.#set({ step: { at: 'end', copy: kind } });
          return;
        }
        const slip = kind === 'printed' ? await this.#openSlip(client, copy.slip.code) : null;
        this.#set({ step: { at: 'copy', copy, slip, from } });
      });
    }
  }

  /** The document could be opened but not drawn. */
  unreadable(): void {
    this.#set({ step: { at: 'problem', failure: new Failure('unreadable'), retry: null } });
  }

  /** The paper with the answers in it; null where the document takes none, or what came is not what was announced. */
  async #fillIn(client: Client): Promise<ArrayBuffer | null> {
    const { visit, choices } = this.#state;
    if (visit?.paper === undefined || !this.#fills) {
      return null;
    }
    try {
      this.#blank ??= client.paper();
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

  async #openSlip(client: Client, code: string) {
    const buffer = await client.slip(code);
    const [{ openPaper }, { drawSheet }] = await Promise.all([import('../paper/open'), import('./slip_sheet'), import('../paper/paper')]);
    try {
      const paper = await openPaper(buffer);
      return { paper, sheet: await drawSheet(paper) };
    } catch {
      throw new Failure('unreadable');
    }
  }

  #openPaper(made: ArrayBuffer | null = null): void {
    this.#attempt({ at: 'working', words: 'reading-loading' }, async (client) => {
      const frozen = this.#state.frozen as FrozenDocument;
      const text = this.#readingView(client);
      const buffer = made ?? (await client.document());
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
      this.#set({ shown, paper, reading: await text, step: { at: 'reading' } });
    });
  }

  /** The paper's own text; without it, the words of the PDF stand in. */
  async #readingView(client: Client): Promise<HTMLElement | null> {
    if (this.#state.visit?.reading !== true) {
      return null;
    }
    try {
      const [html, { readingView }] = await Promise.all([client.readingView(), import('../paper/reading_view')]);
      return readingView(html);
    } catch {
      return null;
    }
  }

  #sign(making: Promise<Act>): void {
    let sending: Sending | undefined;
    this.#attempt({ at: 'working', words: 'sending' }, async (client) => {
      sending ??= client.prepareAct(await making);
      this.#set({ over: true, step: { at: 'done', sealed: await client.sendAct(sending) } });
    });
  }

  /** Does something that may fail; a failure becomes a screen whose way out repeats it. */
  #attempt(meanwhile: Step, work: (client: Client) => Promise<void>): void {
    const client = this.#client;
    const run = (): void => {
      this.#set({ step: meanwhile });
      const working = client === null ? Promise.reject(new Failure('link')) : work(client);
      working.catch((fault: unknown) => {
        const failure = fault instanceof Failure ? fault : new Failure('server');
        this.#set({ step: { at: 'problem', failure, retry: this.#wayOut(failure, run) } });
      });
    };
    run();
  }

  #wayOut(failure: Failure, again: () => void): (() => void) | null {
    switch (failure.kind) {
      case 'offline':
      case 'busy':
      case 'server':
        return again;
      case 'custody':
        return () => this.#set({ method: null, ink: null, step: { at: 'method', missing: false } });
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

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed(this.#state);
  }
}

