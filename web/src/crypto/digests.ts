import { toHex } from './encodings';

/** What the person was shown, as the act names it. */
export interface Shown {
  sha256: string;
  sha512: string;
  length: number;
}

/** Both digests and the length of a buffer. */
export async function digest(buffer: ArrayBuffer): Promise<Shown> {
  const [sha256, sha512] = await Promise.all([
    crypto.subtle.digest('SHA-256', buffer),
    crypto.subtle.digest('SHA-512', buffer),
  ]);
  return { sha256: toHex(new Uint8Array(sha256)), sha512: toHex(new Uint8Array(sha512)), length: buffer.byteLength };
}

/** Whether two documents are the same one, octet for octet. */
export function sameDocument(one: Shown, other: Shown): boolean {
  return one.sha256 === other.sha256 && one.sha512 === other.sha512 && one.length === other.length;
}
