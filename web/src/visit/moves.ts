import { Failure } from '../api/failure';
import { progressOf } from './progress';
import type { VisitSource } from './source';
import { kStart, type State, type Step } from './state';

export type Change = Partial<State>;

/**
 * How the state of a visit changes, and that nothing of it is lost. What shows at once goes through `set`; what a person did goes
 * through `move`, which has it kept before the next screen shows, where it is kept at all. What may fail is an `attempt`.
 */
export class Moves {
  #state: State = kStart;
  readonly #source: VisitSource | null;
  readonly #changed: (state: State) => void;
  readonly #wayOut: (failure: Failure, again: () => void) => (() => void) | null;
  /** What the person did before and is being kept. */
  #keeping: Promise<void> = Promise.resolve();
  #left = false;

  /** `wayOut`: what a problem's button does; `again` repeats what failed. Null where nothing helps. */
  constructor(
    source: VisitSource | null,
    changed: (state: State) => void,
    wayOut: (failure: Failure, again: () => void) => (() => void) | null,
  ) {
    this.#source = source;
    this.#changed = changed;
    this.#wayOut = wayOut;
  }

  get state(): State {
    return this.#state;
  }

  /** Nothing is shown any more of a visit that was left. */
  leave(): void {
    this.#left = true;
    this.#state = kStart;
  }

  set(change: Change): void {
    if (!this.#left) {
      this.#state = { ...this.#state, ...change };
      this.#changed(this.#state);
    }
  }

  /**
   * Makes a change that the person should find again. Changes follow one another: each sees what the one before it made. Where
   * nothing is kept, that is at once.
   */
  move(change: (state: State) => Change): void {
    const keeper = this.#source?.keeper ?? null;
    if (keeper === null) {
      this.set(change(this.#state));
      return;
    }
    const move = async (): Promise<void> => {
      const made = change(this.#state);
      const progress = progressOf({ ...this.#state, ...made });
      if (progress !== null) {
        await keeper.save(progress);
      }
      this.set(made);
    };
    this.#keeping = this.#keeping.then(move).catch((fault: unknown) => this.fail(fault, () => this.move(change)));
  }

  /** Does something that may fail; a failure becomes a screen whose way out repeats it. */
  attempt(meanwhile: Step, work: (source: VisitSource) => Promise<void>): void {
    const source = this.#source;
    const run = (): void => {
      this.set({ step: meanwhile });
      const working = source === null ? Promise.reject(new Failure('link')) : this.#keeping.then(() => work(source));
      working.catch((fault: unknown) => this.fail(fault, run));
    };
    run();
  }

  fail(fault: unknown, again: () => void): void {
    const failure = fault instanceof Failure ? fault : new Failure('server');
    this.set({ step: { at: 'problem', failure, retry: this.#wayOut(failure, again) } });
  }
}
