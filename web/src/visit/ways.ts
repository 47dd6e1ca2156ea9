import type { Method } from '../api/types';
import { Ink } from '../ink/ink';
import type { State } from './state';

type Change = Partial<State>;

/** Where a way of signing leads. */
export function wayOf(method: Method): Change {
  switch (method) {
    case 'button':
      return { ink: null, step: { at: 'button' } };
    case 'official':
      return { ink: null, step: { at: 'on-behalf' } };
    case 'witnesses':
      return { ink: null, step: { at: 'diligence', missing: false } };
    case 'drawn':
    case 'drawn-with-dynamics':
      return surface(method);
  }
}

/** A witness is asked; `firstInk`: what the one before drew. */
export function witnessing(index: 0 | 1, firstInk: Ink | null): Change {
  return { ink: new Ink({ dynamics: false }), firstInk, strokes: 0, step: { at: 'witness', index, gap: null } };
}

/** An empty surface to sign on. */
export function surface(method: Method, again = false): Change {
  return { ink: new Ink({ dynamics: method === 'drawn-with-dynamics' }), strokes: 0, step: { at: 'ink', missing: false, again } };
}
