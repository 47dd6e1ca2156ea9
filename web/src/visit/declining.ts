import type { Answer } from '../api/types';
import { notesOf } from './notes';
import type { Moves } from './moves';
import type { VisitSource } from './source';
import type { State, Step } from './state';

/** What declining needs of the way it is a part of. */
interface Around {
  /** The paper is done. */
  finished: (change: Partial<State> & { step: Step }) => Promise<void>;
  /** From the greeting to the questions, or to the paper when they were answered before. */
  begin: () => void;
  /** Back to the paper before this one, where "no" or "later" was said to it. */
  before: (() => Promise<void>) | null;
}

/**
 * "I won't sign" and "I want time to think": as much a decision as signing, and as short. Nobody is asked whether they are sure. Who
 * slipped takes it back on the screen that follows, and with the next thing that the person does it stands.
 */
export class Declining {
  readonly #moves: Moves;
  readonly #source: VisitSource | null;
  readonly #around: Around;

  constructor(moves: Moves, source: VisitSource | null, around: Around) {
    this.#moves = moves;
    this.#source = source;
    this.#around = around;
  }

  /** Whether the paper before this one can be gone back to, as if "no" or "later" had not been said to it. */
  get canTakeBackBefore(): boolean {
    return this.#around.before !== null;
  }

  answer(answer: Answer): void {
    const { step: from, notes } = this.#moves.state;
    const once = this.#source?.answer(answer, notesOf(notes));
    if (once !== undefined) {
      this.#moves.attempt({ at: 'working', words: 'sending' }, async () => {
        await once.attempt();
        await this.#around.finished({ step: { at: 'answered', answer, from } });
      });
    }
  }

  /** To where it was said, with what was drawn there; after the page came back, to the paper anew, or to the greeting. */
  takeBack(): void {
    const { step } = this.#moves.state;
    if (step.at !== 'answered') {
      return;
    }
    this.#moves.attempt({ at: 'working', words: 'reading-loading' }, async (source) => {
      await source.takeBack();
      this.#moves.set({ over: false });
      if (step.from === null && this.#moves.state.choices.size > 0) {
        this.#around.begin();
      } else {
        this.#moves.move(() => ({ step: step.from ?? { at: 'welcome' } }));
      }
    });
  }

  takeBackBefore(): void {
    const { before } = this.#around;
    if (before !== null) {
      this.#moves.attempt({ at: 'working', words: 'reading-loading' }, before);
    }
  }
}
