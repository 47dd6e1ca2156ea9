import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** What is written under a name: AES-GCM, its initialisation vector, and nothing that can be read. */
export interface SealedValue {
  iv: Uint8Array<ArrayBuffer>;
  octets: Uint8Array<ArrayBuffer>;
}

/** What opens the store, all of it useless without the PIN (lock.ts). */
export interface LockRecord {
  schema: 'segell.tablet-lock/1';
  /** Of the PIN. */
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  /** HMAC-SHA-256, not extractable. */
  pepper: CryptoKey;
  /** The data key, wrapped. */
  wrapped: SealedValue;
  /** Wrong PINs since the last right one; written before a PIN is tried. */
  failures: number;
  /** Milliseconds of the tablet's clock: no PIN is tried before. */
  notBefore: number;
}

interface Schema extends DBSchema {
  lock: { key: 'lock'; value: LockRecord };
  /** The device's own pair, ECDSA P-256, its private half not extractable. */
  keys: { key: 'device'; value: CryptoKeyPair };
  sealed: { key: string; value: SealedValue };
}

export type Database = IDBPDatabase<Schema>;

const kName = 'segell-tablet';
const kVersion = 1;

/** Opens the tablet's store, empty where there was none. */
export function openDatabase(): Promise<Database> {
  return openDB<Schema>(kName, kVersion, {
    upgrade(database) {
      database.createObjectStore('lock');
      database.createObjectStore('keys');
      database.createObjectStore('sealed');
    },
  });
}

/** On the disk, not in a buffer, when it is done: a battery may end any moment. */
export const kDurable = { durability: 'strict' } as const;
