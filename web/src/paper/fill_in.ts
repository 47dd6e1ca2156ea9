import { fromBase64, toHex } from '../crypto/encodings';

/**
 * `segell.fill-in/1`: one revision of a document as a function of what a person chooses. The service makes the same octets from the
 * same choices and refuses any other (signer/pdf/fill_in.h).
 */
export interface FillInRecipe {
  readonly schema: string;
  readonly base: { readonly length: number; readonly sha256: string };
  readonly width: number;
  readonly append: string;
  readonly slots: readonly FillInSlot[];
}

export interface FillInSlot {
  readonly item: string;
  readonly at: readonly number[];
  readonly choices: Readonly<Record<string, string>>;
}

/** The recipe, the paper or the choices are not what they should be: nothing was made. */
export class FillInFault extends Error {}

const kAppend = 1 << 20;
const kSlots = 500;
const kChoices = 16;
const kPlaces = 2;
const kLongestName = 32;
const kState = /^[a-z-]{1,32}$/;
const kSlash = 0x2f;
const kSpace = 0x20;

function demand(good: boolean, what: string): asserts good {
  if (!good) {
    throw new FillInFault(what);
  }
}

/** The paper with the choices in it, as a buffer of its own. Reads no PDF: every offset comes with the recipe, and is checked. */
export async function fillIn(paper: ArrayBuffer, recipe: FillInRecipe, choices: ReadonlyMap<string, string>): Promise<ArrayBuffer> {
  demand(recipe.schema === 'segell.fill-in/1', 'another kind of recipe');
  demand(recipe.base.length === paper.byteLength, 'another paper: its length');
  demand(toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', paper))) === recipe.base.sha256, 'another paper: its digest');
  const added = octetsOf(recipe.append);
  demand(Number.isInteger(recipe.width) && recipe.width >= 1 && recipe.width <= kLongestName, 'the width of a place');
  demand(recipe.slots.length <= kSlots && recipe.slots.length === choices.size, 'as many choices as slots');
  let from = 1;
  for (const slot of recipe.slots) {
    from = fillSlot(added, slot, recipe.width, choices, from);
  }
  const whole = new Uint8Array(paper.byteLength + added.length);
  whole.set(new Uint8Array(paper));
  whole.set(added, paper.byteLength);
  return whole.buffer;
}

function octetsOf(base64: string): Uint8Array {
  demand(base64.length <= kAppend * 2, 'too many octets to append');
  try {
    const octets = fromBase64(base64);
    demand(octets.length <= kAppend, 'too many octets to append');
    return octets;
  } catch {
    throw new FillInFault('the octets to append');
  }
}

/** Writes one choice into its places, which must lie behind `from` and be empty; gives where they end. */
function fillSlot(added: Uint8Array, slot: FillInSlot, width: number, choices: ReadonlyMap<string, string>, from: number): number {
  const names = Object.entries(slot.choices);
  demand(names.length >= 1 && names.length <= kChoices && slot.at.length === kPlaces, 'a slot');
  demand(names.every(([, name]) => kState.test(name) && name.length <= width), 'the name of a choice');
  const name = names.find(([choice]) => choice === choices.get(slot.item))?.[1];
  demand(name !== undefined, 'a choice that is not offered');
  for (const at of slot.at) {
    demand(Number.isInteger(at) && at >= from && at + width <= added.length && added[at - 1] === kSlash, 'a place out of order');
    demand(added.subarray(at, at + width).every((octet) => octet === kSpace), 'a place that is not empty');
    added.set(new TextEncoder().encode(name), at);
    from = at + width;
  }
  return from;
}
