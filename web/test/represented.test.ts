import { describe, expect, it } from 'vitest';
import type { Visit } from '../src/api/types';
import { forWhom, signerName } from '../src/visit/represented';
import { statement } from '../src/visit/screens/parts';
import type { Scene } from '../src/visit/screens/screen';
import { kStart } from '../src/visit/state';
import { gapOfWitness, kNoDiligence, withWitness } from '../src/visit/witnesses';
import { wordsIn } from '../src/words/words';

/** What people read: without the marks that keep names of another direction apart. */
const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');
const visitOf = (change: Partial<Visit>): Visit => ({ personName: 'Nil Inventat', title: 'Colònies', items: [], ...change }) as unknown as Visit;
const laia = visitOf({ representative: { name: 'Laia Inventada', capacity: 'parent' } });

describe('a visit of somebody who signs for another', () => {
  it('speaks to whoever signs, about whom they sign for', () => {
    const say = wordsIn('ca');
    expect(signerName(laia)).toBe('Laia Inventada');
    expect(plain(forWhom(say, laia, 'welcome-for') ?? '')).toBe('Avui signeu per a Nil Inventat, com a mare o pare.');
    expect(plain(forWhom(wordsIn('ca', 'familiar'), laia, 'welcome-for') ?? '')).toBe('Avui signes per a Nil Inventat, com a mare o pare.');
    for (const own of [visitOf({}), visitOf({ representative: null })]) {
      expect([signerName(own), forWhom(say, own, 'welcome-for')]).toEqual(['Nil Inventat', null]);
    }
  });

  it.each(['ca', 'es', 'en'] as const)('says in what is signed (%s) for whom it is, and as what', (language) => {
    for (const capacity of ['parent', 'guardian', 'curator'] as const) {
      const visit = visitOf({ representative: { name: 'Laia Inventada', capacity } });
      const said = plain(statement({ say: wordsIn(language), language, state: { ...kStart, visit } } as Scene));
      expect(said, capacity).toMatch(/^\S+.* Nil Inventat.*\. .*Colònies/);
    }
    const own = plain(statement({ say: wordsIn(language), language, state: { ...kStart, visit: visitOf({}) } } as Scene));
    expect(own).not.toContain('Nil');
  });

  it('has neither of the two as a witness', () => {
    const witness = (name: string) => withWitness(kNoDiligence, 0, { name, identity: 'known', adult: true });
    const signers = [signerName(laia), laia.personName];
    expect(['laia inventada', 'NIL INVENTAT', 'Veí Fictici'].map((name) => gapOfWitness(witness(name), 0, signers, 'Marta'))).toEqual(['signer', 'signer', null]);
  });
});
