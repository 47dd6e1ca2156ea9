import { describe, expect, it } from 'vitest';
import type { DecisionKind, Item } from '../src/mine/api';
import { basisWords, kForAnother, reasonWords } from '../src/mine/represented';
import { wordsIn } from '../src/words/words';

const laia = { name: 'Laia Inventada', basis: 'parental-authority' } as const;
/** Newest first. */
const itemOf = (reason: string | null, ...decisions: [DecisionKind, boolean][]): Item =>
  ({
    basis: { kind: 'EXPRESS_CONSENT' }, stands: { permitted: reason === null, reason, basis: null, until: null },
    decisions: decisions.map(([kind, represented]) => ({ kind, representative: represented ? laia : null })),
  }) as unknown as Item;

describe('what somebody decided for another', () => {
  it('is told as theirs, and so is why it holds no more', () => {
    expect(basisWords(itemOf(null, ['grant', true]))).toBe('mine-basis-represented');
    expect(reasonWords(itemOf('opposed', ['grant', true]))).toBe('mine-represented-opposed');
    expect(reasonWords(itemOf('capacity_unclear', ['defer', false], ['grant', true]))).toBe('mine-represented-capacity-unclear');
    expect(reasonWords(itemOf('expired', ['grant', true]))).toBe('mine-reason-expired');
  });

  it('is not told of what the person decided since', () => {
    expect(basisWords(itemOf(null, ['grant', false], ['grant', true]))).toBe('mine-basis-express-consent');
    expect(reasonWords(itemOf('opposed', ['object', false], ['grant', true]))).toBe('mine-reason-opposed');
    expect(reasonWords(itemOf(null))).toBe('mine-reason-no-basis');
  });

  it.each(['ca', 'es', 'en'] as const)('has words in %s, with the name of whoever did it', (language) => {
    const say = wordsIn(language);
    for (const kind of kForAnother) {
      expect(say(`mine-represented-${kind}`, { name: 'Laia' }), kind).toContain('Laia');
    }
  });
});
