import { kDurable, type Database, type LockRecord } from './database';

/** A PIN may be words too. Fewer signs are guessed in no time by whoever has the disk and the key beside it. */
export const kShortestPin = 6;
export const kLongestPin = 128;

/**
 * Rounds of PBKDF2 with HMAC-SHA-256, as OWASP asks for (2023). Measured: 0.13 to 0.19 s of one core of a server with SHA instructions,
 * so less than a second or so of a tablet. A person waits that long once, a guesser for every guess: all PINs of six digits are two days
 * of one such core, which is why words are asked for too (docs/tablet.md). The count stands beside the salt, so that it can grow.
 */
export const kIterations = 600_000;

/** After so many wrong PINs each further one must wait. */
const kFree = 4;
const kFirstWait = 15_000;
const kLongestWait = 3_600_000;

const kKeyOctets = 32;
const kPurpose = new TextEncoder().encode('segell.tablet-lock/1');

/** `seconds`: until a PIN can be tried again. */
export type Opened = { at: 'open'; key: CryptoKey } | { at: 'wrong' | 'wait'; seconds: number };

/**
 * The lock before the tablet's store. The data key is wrapped by a key that needs both what the person knows (the PIN, stretched)
 * and what only this device has (an HMAC key that the browser does not give out).
 */
export class Lock {
  readonly #database: Database;
  readonly #iterations: number;

  /** `iterations`: of a PIN that is set from now on; tests of everything else take fewer. */
  constructor(database: Database, iterations = kIterations) {
    this.#database = database;
    this.#iterations = iterations;
  }

  async exists(): Promise<boolean> {
    return (await this.#database.getKey('lock', 'lock')) !== undefined;
  }

  /** Makes the lock and the data key behind it. There must be none yet. */
  async make(pin: string): Promise<CryptoKey> {
    const pepper = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
    const octets = crypto.getRandomValues(new Uint8Array(kKeyOctets));
    const record = await close(pin, pepper, octets, this.#iterations);
    await this.#database.add('lock', record, 'lock');
    return dataKey(octets);
  }

  /** Tries a PIN. The try is counted before it is made, so that ending the page takes none back. `now`: milliseconds. */
  async open(pin: string, now: number): Promise<Opened> {
    const { record, seconds, tries } = await this.#count(now);
    if (!tries) {
      return { at: 'wait', seconds };
    }
    const octets = record === null ? null : await unwrap(record, pin);
    if (record === null || octets === null) {
      return { at: 'wrong', seconds };
    }
    await this.#write({ ...record, failures: 0, notBefore: 0 });
    return { at: 'open', key: await dataKey(octets) };
  }

  /** Gives the store another PIN; false when the old one is wrong. Counts and waits as `open` does. */
  async change(old: string, wanted: string, now: number): Promise<Opened> {
    const opened = await this.open(old, now);
    const record = opened.at === 'open' ? await this.#database.get('lock', 'lock') : undefined;
    const octets = record === undefined ? null : await unwrap(record, old);
    if (record !== undefined && octets !== null) {
      await this.#write(await close(wanted, record.pepper, octets, this.#iterations));
    }
    return opened;
  }

  /** One more try, and how long the one after it must wait. A wait that goes on is not made longer. */
  async #count(now: number): Promise<{ record: LockRecord | null; tries: boolean; seconds: number }> {
    const transaction = this.#database.transaction('lock', 'readwrite', kDurable);
    const record = (await transaction.store.get('lock')) ?? null;
    // A clock that was set back makes no wait longer than the longest.
    let wait = record === null ? 0 : Math.min(record.notBefore - now, kLongestWait);
    const tries = wait <= 0;
    if (record !== null && tries) {
      const failures = record.failures + 1;
      wait = failures < kFree ? 0 : Math.min(kLongestWait, kFirstWait * 2 ** (failures - kFree));
      await transaction.store.put({ ...record, failures, notBefore: now + wait }, 'lock');
    }
    await transaction.done;
    return { record, tries, seconds: Math.ceil(wait / 1000) };
  }

  async #write(record: LockRecord): Promise<void> {
    const transaction = this.#database.transaction('lock', 'readwrite', kDurable);
    await Promise.all([transaction.store.put(record, 'lock'), transaction.done]);
  }
}

async function close(pin: string, pepper: CryptoKey, octets: Uint8Array<ArrayBuffer>, iterations: number): Promise<LockRecord> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await wrappingKey(pin, { salt, iterations, pepper });
  const wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: kPurpose }, key, octets);
  return {
    schema: 'segell.tablet-lock/1', salt, iterations, pepper, wrapped: { iv, octets: new Uint8Array(wrapped) }, failures: 0, notBefore: 0,
  };
}

async function unwrap(record: LockRecord, pin: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const { iv, octets } = record.wrapped;
  const key = await wrappingKey(pin, record);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: kPurpose }, key, octets));
  } catch {
    return null;
  }
}

async function wrappingKey(pin: string, { salt, iterations, pepper }: Pick<LockRecord, 'salt' | 'iterations' | 'pepper'>): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin.normalize('NFKC')), 'PBKDF2', false, ['deriveBits']);
  const stretched = new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, typed, 8 * kKeyOctets));
  const both = new Uint8Array(kPurpose.length + stretched.length);
  both.set(kPurpose);
  both.set(stretched, kPurpose.length);
  return crypto.subtle.importKey('raw', await crypto.subtle.sign('HMAC', pepper, both), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function dataKey(octets: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', octets, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
