import type { Method } from '../api/types';
import { Ink } from '../ink/ink';
import type { Change } from './moves';
import type { Missing, State } from './state';

/** A witness is asked; `firstInk`: what the one before drew. */
export function witnessing(index: 0 | 1, firstInk: Ink | null): Change {
  return { ink: new Ink({ dynamics: false }), firstInk, strokes: 0, step: { at: 'witness', index, gap: null } };
}

/** An empty surface to sign on. */
export function surface(dynamics: boolean): Change {
  return { ink: new Ink({ dynamics }), firstInk: null, strokes: 0 };
}

/** Whether there is a surface to sign on. */
export function draws({ visit, dynamics }: State): boolean {
  return dynamics || (visit?.methods.includes('drawn') ?? false);
}

/** Whether what signing says is the person's to choose. */
export function choosesMeaning({ visit }: State): boolean {
  return (visit?.meanings?.length ?? 0) > 1;
}

/**
 * How the paper would be signed as things stand: what was drawn says it; an empty surface leaves the button, where there is one. Whoever
 * gives how they draw has drawing in mind: for them an empty surface is a mistake and no answer.
 */
export function wayOf(state: State): Extract<Method, 'drawn' | 'drawn-with-dynamics' | 'button'> | null {
  if (draws(state) && state.strokes > 0) {
    return state.dynamics ? 'drawn-with-dynamics' : 'drawn';
  }
  return !state.dynamics && (state.visit?.methods.includes('button') ?? false) ? 'button' : null;
}

/** What is missing before the paper can be signed in that way, or in front of others; null for nothing. */
export function missingIn(state: State): Missing | null {
  if (choosesMeaning(state) && state.meaning === null) {
    return 'meaning';
  }
  return state.meaning === 'agree-with-reservation' && state.reservation.trim() === '' ? 'reservation' : null;
}
