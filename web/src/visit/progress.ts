import type { Answer, Choice, CopyKind, FrozenDocument, Meaning } from '../api/types';
import { isEmpty, type NotesDraft } from './notes';
import type { State, Step } from './state';
import { isWitnessed, type DiligenceDraft } from './witnesses';

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
  dynamics: boolean;
  asText: boolean;
  /** Absent where nothing was noted. */
  notes?: NotesDraft;
  /** Absent where nobody was asked to bear witness. */
  diligence?: DiligenceDraft;
}

/** A step that a person can stand on. What only passes (waiting, a problem) is none. */
export type Place =
  | { at: 'welcome' | 'review' | 'diligence' }
  | { at: 'item'; index: number }
  /** `drawn`: something was on the surface. */
  | { at: 'reading'; drawn: boolean }
  | { at: 'notes'; from: Place }
  | { at: 'done' }
  | { at: 'answered'; answer: Answer }
  | { at: 'copy'; kind: CopyKind; from: Place }
  | { at: 'end'; copy: CopyKind };

/** Null for a step that nobody stands on; `drawn`: whether something is on the surface. */
export function placeOf(step: Step, drawn: boolean): Place | null {
  switch (step.at) {
    case 'item':
      return { at: 'item', index: step.index };
    case 'reading':
      return { at: 'reading', drawn };
    case 'witness':
      // What the witnesses confirmed is not kept half done: they are asked again.
      return { at: 'diligence' };
    case 'notes':
      return { at: 'notes', from: placeOf(step.from, drawn) ?? { at: 'welcome' } };
    case 'answered':
      return { at: 'answered', answer: step.answer };
    case 'end':
      return { at: 'end', copy: step.copy };
    case 'copy':
      return { at: 'copy', kind: step.made.kind, from: placeOf(step.from, false) ?? { at: 'done' } };
    case 'welcome':
    case 'review':
    case 'diligence':
    case 'done':
      return { at: step.at };
    // An official needs the network: whoever is on this way is not kept there.
    case 'on-behalf':
    case 'consented':
      return { at: 'reading', drawn: false };
    case 'opening':
    case 'working':
    case 'problem':
      return null;
  }
}

export function progressOf(state: State): Progress | null {
  const place = placeOf(state.step, state.strokes > 0);
  return place === null
    ? null
    : {
        place,
        choices: [...state.choices],
        frozen: state.frozen,
        ...(state.meaning === null ? {} : { meaning: state.meaning, reservation: state.reservation }),
        dynamics: state.dynamics,
        asText: state.asText,
        ...(isEmpty(state.notes) ? {} : { notes: state.notes }),
        ...(isWitnessed(state.diligence) ? { diligence: state.diligence } : {}),
      };
}

/** Whether the paper must be open for a person to stand there. */
export function needsPaper(place: Place): boolean {
  return place.at === 'notes' ? needsPaper(place.from) : ['reading', 'diligence'].includes(place.at);
}
