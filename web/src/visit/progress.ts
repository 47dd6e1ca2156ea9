import type { Answer, Choice, CopyKind, FrozenDocument, Meaning, Method } from '../api/types';
import type { State, Step } from './state';

/**
 * Where a person is, as it can be written down and read again. What was drawn is never part of it: half a signature is no
 * signature, so whoever was interrupted on the surface finds it empty.
 */
export interface Progress {
  place: Place;
  choices: [item: string, choice: Choice][];
  frozen: FrozenDocument | null;
  /** Absent where nothing was to be chosen. */
  meaning?: Meaning | null;
  reservation?: string;
  method: Method | null;
  asText: boolean;
}

/** A step that a person can stand on. What only passes (waiting, a problem) is none. */
export type Place =
  | { at: 'welcome' | 'review' | 'reading' | 'meaning' | 'method' | 'ink' | 'button' }
  | { at: 'item'; index: number }
  | { at: 'leaving'; answer: Answer; from: Place }
  | { at: 'done' }
  | { at: 'answered'; answer: Answer }
  | { at: 'copy'; kind: CopyKind; from: Place }
  | { at: 'end'; copy: CopyKind };

/** Null for a step that nobody stands on. */
export function placeOf(step: Step): Place | null {
  switch (step.at) {
    case 'item':
      return { at: 'item', index: step.index };
    case 'leaving':
      return { at: 'leaving', answer: step.answer, from: placeOf(step.from) ?? { at: 'welcome' } };
    case 'answered':
      return { at: 'answered', answer: step.answer };
    case 'end':
      return { at: 'end', copy: step.copy };
    case 'copy':
      return { at: 'copy', kind: step.made.kind, from: placeOf(step.from) ?? { at: 'done' } };
    case 'welcome':
    case 'review':
    case 'reading':
    case 'meaning':
    case 'method':
    case 'ink':
    case 'button':
    case 'done':
      return { at: step.at };
    case 'opening':
    case 'working':
    case 'problem':
      return null;
  }
}

export function progressOf(state: State): Progress | null {
  const place = placeOf(state.step);
  return place === null
    ? null
    : {
        place,
        choices: [...state.choices],
        frozen: state.frozen,
        ...(state.meaning === null ? {} : { meaning: state.meaning, reservation: state.reservation }),
        method: state.method,
        asText: state.asText,
      };
}

/** Whether the paper must be open for a person to stand there. */
export function needsPaper(place: Place): boolean {
  return place.at === 'leaving' ? needsPaper(place.from) : ['reading', 'meaning', 'method', 'ink', 'button'].includes(place.at);
}
