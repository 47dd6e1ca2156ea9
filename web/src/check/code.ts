/** Digits and letters that no hand confuses: no 0, 1, I or O. */
const kAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const kLength = 27;
/** The groups in which a code is printed. */
const kGroups = [5, 5, 5, 4, 4, 4] as const;

/** What is wrong with a code: not all of it is there (or more than it), or it was copied wrongly. */
export type CodeFault = 'incomplete' | 'mistyped';

/**
 * A verification code as people write it: groups, dashes, spaces, either case. Answers with its printed form, or with what is
 * wrong with it.
 */
export function readCode(text: string): { code: string } | { fault: CodeFault } {
  const plain = bare(text);
  if (plain.length !== kLength || [...plain].some((sign) => !kAlphabet.includes(sign))) {
    return { fault: 'incomplete' };
  }
  if (checkCharacter(plain.slice(0, -1)) !== plain.at(-1)) {
    return { fault: 'mistyped' };
  }
  let at = 0;
  return { code: kGroups.map((length) => plain.slice(at, (at += length))).join('-') };
}

/** The check character of a text over the alphabet: ISO/IEC 7064 section 9, hybrid system MOD 33,32. */
export function checkCharacter(text: string): string {
  const modulus = kAlphabet.length;
  let product: number = modulus;
  for (const sign of text) {
    const sum = (product + kAlphabet.indexOf(sign)) % modulus || modulus;
    product = (2 * sum) % (modulus + 1);
  }
  return kAlphabet.charAt((modulus + 1 - product) % modulus);
}

/** Whether two ways of writing mean one code. */
export function sameCode(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

function bare(text: string): string {
  return text.toUpperCase().replaceAll(/[\s\p{Pd}]/gu, '');
}
