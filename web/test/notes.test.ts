import { describe, expect, it } from 'vitest';
import { gapIn, isEmpty, kNoNotes, notesOf, type NotesDraft } from '../src/visit/notes';

const whole: NotesDraft = {
  questions: [{ asked: ' Qui ho veurà? ', answered: ' ' }],
  interpreter: { name: 'Intèrpreta Inventada', language: 'amazic', presence: 'video' },
  supportPerson: { name: 'Veí Fictici ', relation: 'veí' },
  spokeAlone: 'no',
};

describe('notes of a conversation', () => {
  it('are none until something is noted', () => {
    expect([isEmpty(kNoNotes), gapIn(kNoNotes), notesOf(kNoNotes)]).toEqual([true, null, null]);
    expect(isEmpty({ ...kNoNotes, questions: [{ asked: '', answered: '' }] })).toBe(false);
  });

  it('are sent whole, without the blanks at their ends', () => {
    expect(notesOf(whole)).toEqual({
      questions: [{ asked: 'Qui ho veurà?', answered: '' }],
      interpreter: { name: 'Intèrpreta Inventada', language: 'amazic', presence: 'video' },
      supportPerson: { name: 'Veí Fictici', relation: 'veí' },
      spokeAlone: 'no',
    });
    expect(notesOf({ ...kNoNotes, spokeAlone: 'yes' })).toEqual({ questions: [], spokeAlone: 'yes' });
  });

  it('name the first gap, and are not sent with one', () => {
    const cases: [Partial<NotesDraft>, string][] = [
      [{ questions: [{ asked: ' ', answered: 'x' }] }, 'question'],
      [{ interpreter: { name: 'x', language: '', presence: 'here' } }, 'interpreter'],
      [{ interpreter: { name: 'x', language: 'y', presence: null } }, 'interpreter'],
      [{ supportPerson: { name: '', relation: 'veí' } }, 'support'],
      [{ spokeAlone: null }, 'alone'],
    ];
    for (const [part, gap] of cases) {
      expect([gapIn({ ...whole, ...part }), notesOf({ ...whole, ...part })]).toEqual([gap, null]);
    }
  });
});
