import { toBase64, toBase64Url } from '../crypto/encodings';
import { kDurable, type Database } from './store/database';

/** What enrolling says of the device's key, and that whoever says it holds the key. */
export interface KeyProof {
  /** SubjectPublicKeyInfo (RFC 5280), base64. */
  publicKey: string;
  /** ECDSA with SHA-256 over "segell.device/1\n" and `publicKey`: r and s of 32 octets each, base64url. */
  proof: string;
}

/** The device's pair: made once, in the browser, which never gives the private half out. */
export async function deviceKeys(database: Database): Promise<CryptoKeyPair> {
  const kept = await database.get('keys', 'device');
  if (kept !== undefined) {
    return kept;
  }
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const transaction = database.transaction('keys', 'readwrite', kDurable);
  await Promise.all([transaction.store.add(pair, 'device'), transaction.done]);
  return pair;
}

export async function proofOf({ publicKey, privateKey }: CryptoKeyPair): Promise<KeyProof> {
  const spki = toBase64(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)));
  const said = new TextEncoder().encode(`segell.device/1\n${spki}`);
  const proof = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, said);
  return { publicKey: spki, proof: toBase64Url(new Uint8Array(proof)) };
}
