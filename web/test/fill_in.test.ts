import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64, toHex } from '../src/crypto/encodings';
import { fillIn, FillInFault, type FillInRecipe, type FillInSlot } from '../src/paper/fill_in';

interface Vectors {
  paper: string;
  recipe: FillInRecipe;
  cases: { choices: Record<string, string>; append: string; sha256: string }[];
}

const vectors = JSON.parse(readFileSync(new URL('../../tests/vectors/fill-in/vectors.json', import.meta.url), 'utf8')) as Vectors;
const paper = fromBase64(vectors.paper).buffer;
const good = new Map(Object.entries(vectors.cases[0]?.choices ?? {}));

const faultOf = async (recipe: FillInRecipe, choices = good, base = paper): Promise<unknown> => fillIn(base, recipe, choices).catch((fault: unknown) => fault);

describe('filling a paper in', () => {
  it('makes the octets that the service makes', async () => {
    expect(vectors.cases).toHaveLength(6);
    for (const { choices, append, sha256 } of vectors.cases) {
      const whole = await fillIn(paper, vectors.recipe, new Map(Object.entries(choices)));
      expect(toBase64(new Uint8Array(whole).subarray(paper.byteLength))).toBe(append);
      expect(toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', whole)))).toBe(sha256);
    }
  });

  it('leaves the paper as it was', async () => {
    await fillIn(paper, vectors.recipe, good);
    expect(toBase64(new Uint8Array(paper))).toBe(vectors.paper);
  });

  it('refuses another paper', async () => {
    const other = paper.slice(0);
    new Uint8Array(other)[10] = 0;
    expect(await faultOf(vectors.recipe, good, other)).toBeInstanceOf(FillInFault);
    expect(await faultOf(vectors.recipe, good, paper.slice(1))).toBeInstanceOf(FillInFault);
  });

  it('refuses choices that are missing, too many or not offered', async () => {
    expect(await faultOf(vectors.recipe, new Map([['item-a', 'grant']]))).toBeInstanceOf(FillInFault);
    expect(await faultOf(vectors.recipe, new Map([...good, ['item-c', 'grant']]))).toBeInstanceOf(FillInFault);
    expect(await faultOf(vectors.recipe, new Map([...good, ['item-a', 'object']]))).toBeInstanceOf(FillInFault);
    expect(await faultOf(vectors.recipe, new Map([...good, ['item-a', 'constructor']]))).toBeInstanceOf(FillInFault);
  });

  it('refuses a recipe that is none', async () => {
    const [first, second] = vectors.recipe.slots as [FillInSlot, FillInSlot];
    const broken: Partial<FillInRecipe>[] = [
      { schema: 'segell.fill-in/2' },
      { width: 0 },
      { width: 33 },
      { width: 17 },
      { width: 1.5 },
      { append: '%' },
      { append: '' },
      { slots: [second, first] },
      { slots: [first, { ...second, at: first.at }] },
      { slots: [first, { ...second, at: [0, 1] }] },
      { slots: [first, { ...second, at: [second.at[0] ?? 0, 1e9] }] },
      { slots: [first, { ...second, choices: {} }] },
      { slots: [first, { ...second, choices: { informed: 'a>>b' } }] },
      { slots: [first] },
    ];
    for (const change of broken) {
      expect(await faultOf({ ...vectors.recipe, ...change }), JSON.stringify(change)).toBeInstanceOf(FillInFault);
    }
  });
});
