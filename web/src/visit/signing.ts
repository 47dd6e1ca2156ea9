import type { Act, Visit } from '../api/types';
import { actByButton, actByInk, actByOfficial, actByWitnesses, meaningOf, type Said } from './act';
import { notesOf } from './notes';
import type { Moves } from './moves';
import { signerName } from './represented';
import type { Kept, Once, VisitSource } from './source';
import type { State, Step } from './state';
import { draws, missingIn, surface, wayOf, witnessing } from './ways';
import { gapOfWitness, isWitnessed, withWitness, type WitnessDraft } from './witnesses';

/** What signing needs of the way it is a part of. */
interface Around {
  /** Has the service hold the choices and the paper that was shown, where it does not yet. */
  fix: (source: VisitSource) => Promise<void>;
  /** The paper is done. */
  finished: (change: Partial<State> & { step: Step }) => Promise<void>;
}

/**
 * From the paper to the act: by hand or with the button, in front of witnesses, or through an official. What is sent is prepared once
 * and held until it is answered, so that trying again after a lost answer repeats the same act and cannot make a second one.
 */
export class Signing {
  readonly #moves: Moves;
  readonly #around: Around;

  constructor(moves: Moves, around: Around) {
    this.#moves = moves;
    this.#around = around;
  }

  get #state(): State {
    return this.#moves.state;
  }

  /** Whether the person gives how they draw, too: a decision of its own, and what was drawn before it is not taken along. */
  giveDynamics(dynamics: boolean): void {
    this.#moves.move(() => ({ dynamics, ...surface(dynamics), step: { at: 'reading', missing: null } }));
  }

  /** Something was drawn or taken back. What is above the surface stays as it was: nothing may move it under a pen. */
  drew(): void {
    const { step, ink, strokes } = this.#state;
    const drawn = ink?.drawing.lines.length ?? 0;
    this.#moves.set({ strokes: drawn, step: step.at === 'reading' ? { ...step, missing: null } : step });
    if ((drawn > 0) !== (strokes > 0)) {
      this.#moves.move(() => ({}));
    }
  }

  /** "I sign": by what is on the surface, or with the button. Stays, and says so, when something is missing. */
  sign(): void {
    const { shown, visit, step, ink } = this.#state;
    if (shown === null || visit === null || step.at !== 'reading') {
      return;
    }
    const way = wayOf(this.#state);
    const missing = missingIn(this.#state) ?? (way !== null ? null : draws(this.#state) ? 'ink' : 'way');
    if (missing !== null) {
      this.#moves.set({ step: { ...step, missing } });
    } else if (way === 'button') {
      this.#send(() => Promise.resolve(actByButton(shown, this.#said(visit))));
    } else if (ink !== null) {
      this.#send(() => actByInk(shown, this.#said(visit), ink, visit));
    }
  }

  /** To others who sign or bear witness; stays, and says so, when what signing says is missing. */
  toOthers(where: 'on-behalf' | 'diligence'): void {
    const missing = missingIn(this.#state);
    this.#moves.move(({ step }) => ({
      step: missing !== null && step.at === 'reading' ? { ...step, missing } : where === 'diligence' ? { at: where, missing: false } : { at: where },
    }));
  }

  /** Back to the paper, with an empty surface. */
  toPaper(): void {
    this.#moves.move(({ dynamics }) => ({ ...surface(dynamics), step: { at: 'reading', missing: null } }));
  }

  /** The person says that an official signs for them. */
  consentOnBehalf(): void {
    const { shown, visit } = this.#state;
    if (shown === null || visit === null) {
      return;
    }
    const act = actByOfficial(shown, this.#said(visit));
    let once: Once<void> | undefined;
    this.#moves.attempt({ at: 'working', words: 'sending' }, async (source) => {
      await this.#around.fix(source);
      once ??= source.onBehalf(act);
      await once.attempt();
      this.#moves.move(() => ({ over: true, step: { at: 'consented' } }));
    });
  }

  /** At once, so that no letter is lost; kept when the field is left. */
  setReason(reason: string): void {
    const { diligence } = this.#state;
    this.#moves.set({ diligence: { ...diligence, reason }, step: { at: 'diligence', missing: false } });
  }

  setWitness(part: Partial<WitnessDraft>): void {
    const { diligence, step } = this.#state;
    if (step.at === 'witness') {
      this.#moves.set({ diligence: withWitness(diligence, step.index, part), step: { ...step, gap: null } });
    }
  }

  /** To the first witness; stays, and says so, while nobody said why the person can do neither. */
  toWitness(): void {
    this.#moves.move(({ diligence }) => (isWitnessed(diligence) ? witnessing(0, null) : { step: { at: 'diligence', missing: true } }));
  }

  /** The witness on the screen confirms: on to the second one, or it is signed. */
  confirmWitness(): void {
    const { shown, visit, step, ink, firstInk, diligence } = this.#state;
    if (step.at !== 'witness' || shown === null || visit === null || ink === null) {
      return;
    }
    const gap = gapOfWitness(diligence, step.index, [signerName(visit), visit.personName], visit.professional?.name ?? '');
    if (gap !== null) {
      this.#moves.set({ step: { ...step, gap } });
    } else if (step.index === 0 || firstInk === null) {
      this.#moves.move(() => witnessing(1, ink));
    } else {
      this.#send(() => actByWitnesses(shown, this.#said(visit), diligence, [firstInk, ink]));
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

  #send(make: () => Promise<Act>): void {
    const making = make();
    making.catch(() => {}); // told below, where it is awaited
    let once: Once<Kept> | undefined;
    this.#moves.attempt({ at: 'working', words: 'sending' }, async (source) => {
      const act = await making;
      await this.#around.fix(source);
      once ??= source.act(act);
      const kept = await once.attempt();
      await this.#around.finished({ ink: null, firstInk: null, strokes: 0, step: { at: 'done', kept } });
    });
  }
}
