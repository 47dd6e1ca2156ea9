import type { Place } from './progress';
import type { Step } from './state';

/** The step of a place; `code`: the paper's verification code, where there is one. */
export function stepAt(place: Place, code: string): Step {
  switch (place.at) {
    case 'item':
      return { at: 'item', index: place.index };
    case 'reading':
      return { at: 'reading', missing: null, again: place.drawn };
    case 'diligence':
      return { at: 'diligence', missing: false };
    case 'notes':
      return { at: 'notes', missing: null, from: stepAt(place.from, code) };
    case 'done':
      return { at: 'done', kept: { place: 'tablet', verificationCode: code } };
    case 'copy':
      return stepAt(place.from, code);
    case 'answered':
      return { at: 'answered', answer: place.answer, from: null };
    case 'end':
      return place;
    case 'welcome':
    case 'review':
      return { at: place.at };
  }
}
