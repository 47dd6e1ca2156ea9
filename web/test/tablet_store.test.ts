import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../src/tablet/store/database';
import { kIterations, Lock } from '../src/tablet/store/lock';
import { Vault } from '../src/tablet/store/vault';

const kPin = 'cirera 58 molí';
let database: Database;
let lock: Lock;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
  lock = new Lock(database, 1000);
});

describe('the lock', () => {
  it('opens with the PIN, whichever way its letters were typed, and with no other', async () => {
    const made = new Vault(database, await lock.make(kPin));
    await made.write([{ name: 'visit/1', value: { name: 'Ramon Exemple' } }]);
    const opened = await lock.open(kPin.normalize('NFD'), 0);
    expect(opened.at).toBe('open');
    expect(opened.at === 'open' && (await new Vault(database, opened.key).get('visit/1'))).toEqual({ name: 'Ramon Exemple' });
    expect(await lock.open('cirera 59 molí', 0)).toEqual({ at: 'wrong', seconds: 0 });
  });

  it('needs the device too: the same record beside another key opens nothing', async () => {
    await lock.make(kPin);
    const record = await database.get('lock', 'lock');
    const pepper = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
    await database.put('lock', { ...record!, pepper: pepper as CryptoKey }, 'lock');
    expect((await lock.open(kPin, 0)).at).toBe('wrong');
  });

  it('stretches the PIN as often as it says, and gives no key out', async () => {
    await new Lock(database).make(kPin);
    const record = await database.get('lock', 'lock');
    expect(record?.iterations).toBe(kIterations);
    expect(kIterations).toBeGreaterThanOrEqual(600_000);
    expect(record?.pepper.extractable).toBe(false);
    const opened = await lock.open(kPin, 0);
    expect(opened.at === 'open' && opened.key.extractable).toBe(false);
  }, 60_000);

  it('makes wrong PINs wait, longer each time; the wait outlives the page and no clock set back makes it endless', async () => {
    await lock.make(kPin);
    const waits: number[] = [];
    let now = 1_000_000;
    for (let tries = 0; tries < 6; tries += 1) {
      const tried = await lock.open('wrong', now);
      expect(tried.at).toBe('wrong');
      const seconds = tried.at === 'open' ? 0 : tried.seconds;
      waits.push(seconds);
      now += seconds * 1000;
    }
    expect(waits).toEqual([0, 0, 0, 15, 30, 60]);
    expect(await new Lock(database).open(kPin, now - 1000)).toEqual({ at: 'wait', seconds: 1 });
    expect(await new Lock(database).open(kPin, 0)).toMatchObject({ at: 'wait', seconds: (now) / 1000 });
    expect((await new Lock(database).open(kPin, now)).at).toBe('open');
    expect(await lock.open('wrong', now), 'the right PIN begins anew').toEqual({ at: 'wrong', seconds: 0 });
  });

  it('takes another PIN only from who knows the one before, and keeps what it locked', async () => {
    await new Vault(database, await lock.make(kPin)).write([{ name: 'a', value: 1 }]);
    expect((await lock.change('wrong', 'altra cosa 77', 0)).at).toBe('wrong');
    expect((await lock.change(kPin, 'altra cosa 77', 0)).at).toBe('open');
    expect((await lock.open(kPin, 0)).at).toBe('wrong');
    const opened = await lock.open('altra cosa 77', 0);
    expect(opened.at === 'open' && (await new Vault(database, opened.key).get('a'))).toBe(1);
  });
});

describe('a vault', () => {
  it('writes nothing that can be read, and nothing twice alike', async () => {
    const vault = new Vault(database, await lock.make(kPin));
    await vault.write([{ name: 'a', value: 'Ramon Exemple' }, { name: 'b', value: 'Ramon Exemple' }]);
    const [one, other] = await database.getAll('sealed');
    expect(new TextDecoder('latin1').decode(one?.octets)).not.toContain('Ramon');
    expect(one?.octets).not.toEqual(other?.octets);
  });

  it('finds a value that was changed, or put in the place of another', async () => {
    const vault = new Vault(database, await lock.make(kPin));
    await vault.write([{ name: 'a', value: 'one' }, { name: 'b', value: 'other' }]);
    const kept = (await database.get('sealed', 'a'))!;
    await database.put('sealed', kept, 'b');
    await expect(vault.get('b')).rejects.toMatchObject({ kind: 'storage', reference: { code: 'tablet.value-damaged' } });
    kept.octets[0]! ^= 1;
    await database.put('sealed', kept, 'a');
    await expect(vault.get('a')).rejects.toMatchObject({ kind: 'storage' });
    expect(await vault.get('c')).toBe(undefined);
  });

  it('writes all or nothing', async () => {
    const vault = new Vault(database, await lock.make(kPin));
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    await expect(vault.write([{ name: 'a', value: 1 }, { name: 'b', value: circle }])).rejects.toThrow();
    expect(await vault.names('')).toEqual([]);
    database.close();
    await expect(vault.write([{ name: 'a', value: 1 }])).rejects.toMatchObject({ kind: 'storage' });
  });

  it('holds vaults that open no other', async () => {
    const vault = new Vault(database, await lock.make(kPin));
    const [ramon, noor] = [await vault.inner('key/1'), await vault.inner('key/2')];
    await ramon.write([{ name: 'own/1', value: 'Ramon Exemple' }]);
    await expect(noor.get('own/1')).rejects.toMatchObject({ kind: 'storage' });
    expect(await (await vault.inner('key/1')).get('own/1')).toBe('Ramon Exemple');
  });
});
