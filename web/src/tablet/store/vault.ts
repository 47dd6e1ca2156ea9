import { Failure } from '../../api/failure';
import { kDurable, type Database, type SealedValue } from './database';

/** One change: a value as JSON, octets as they are, or its end. */
export type Change = { name: string; value: unknown } | { name: string; octets: ArrayBuffer } | { name: string; gone: true };

/**
 * The part of the tablet's store that one key opens. Every value is AES-256-GCM under that key with an initialisation vector of its
 * own, and bound to its name, so that none can be put in the place of another.
 */
export class Vault {
  readonly #database: Database;
  readonly #key: CryptoKey;

  constructor(database: Database, key: CryptoKey) {
    this.#database = database;
    this.#key = key;
  }

  /** A value; undefined where there is none. Throws a Failure where it cannot be opened. */
  async get<T>(name: string): Promise<T | undefined> {
    const octets = await this.octets(name);
    return octets === undefined ? undefined : (JSON.parse(new TextDecoder().decode(octets)) as T);
  }

  async octets(name: string): Promise<ArrayBuffer | undefined> {
    const kept = await keeping(() => this.#database.get('sealed', name));
    return kept === undefined ? undefined : this.#open(name, kept);
  }

  /** Names that begin so, in order. Names hold Segell's own ids only. */
  names(start: string): Promise<string[]> {
    return keeping(() => this.#database.getAllKeys('sealed', IDBKeyRange.bound(start, `${start}\uffff`)));
  }

  /** All of them or none; on the disk when it returns. */
  async write(changes: readonly Change[]): Promise<void> {
    const sealed = await Promise.all(changes.map((change) => this.#seal(change)));
    await keeping(async () => {
      const transaction = this.#database.transaction('sealed', 'readwrite', kDurable);
      const writing = sealed.map(({ name, value }) => (value === null ? transaction.store.delete(name) : transaction.store.put(value, name)));
      await Promise.all([...writing, transaction.done]);
    });
  }

  /** A vault within this one, under a key of its own that only this one opens; made where it is not there yet. */
  async inner(name: string): Promise<Vault> {
    let octets = await this.octets(name);
    if (octets === undefined) {
      octets = crypto.getRandomValues(new Uint8Array(32)).buffer;
      await this.write([{ name, octets }]);
    }
    const key = await crypto.subtle.importKey('raw', octets, 'AES-GCM', false, ['encrypt', 'decrypt']);
    return new Vault(this.#database, key);
  }

  async #seal(change: Change): Promise<{ name: string; value: SealedValue | null }> {
    const { name } = change;
    if ('gone' in change) {
      return { name, value: null };
    }
    const plain = 'octets' in change ? change.octets : new TextEncoder().encode(JSON.stringify(change.value));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const octets = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: named(name) }, this.#key, plain));
    return { name, value: { iv, octets } };
  }

  async #open(name: string, { iv, octets }: SealedValue): Promise<ArrayBuffer> {
    try {
      return await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: named(name) }, this.#key, octets);
    } catch {
      throw new Failure('storage', { code: 'tablet.value-damaged' });
    }
  }
}

function named(name: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`segell.tablet/1 ${name}`);
}

/** Whatever the browser's store rejects with (full, closed, gone) means the same to a person: it is not kept. */
async function keeping<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    throw new Failure('storage', { code: fault instanceof DOMException ? `tablet.${fault.name}` : 'tablet.store' });
  }
}
