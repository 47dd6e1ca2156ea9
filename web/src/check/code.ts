/** A verification code as people write it: groups, dashes, either case. Null when the text cannot be one. */
export function readCode(text: string): string | null {
  const plain = bare(text);
  return /^[2-9A-HJ-NP-Z]{8,64}$/.test(plain) ? text.trim().toUpperCase() : null;
}

/** Whether two ways of writing mean one code. */
export function sameCode(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

function bare(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '');
}
