import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../src/api/failure';
import type { Act } from '../src/api/types';
import { fromBase64 } from '../src/crypto/encodings';
import { digest } from '../src/crypto/digests';
import { fillIn, type FillInRecipe } from '../src/paper/fill_in';
import type { ActState } from '../src/tablet/api';
import { deviceKeys, proofOf } from '../src/tablet/device';
import { Own } from '../src/tablet/names';
import { OfflineSource } from '../src/tablet/offline';
import { readPackage, type PackageRequest, type VisitPackage } from '../src/tablet/package';
import { Shelf } from '../src/tablet/shelf';
import { Turn, type TurnRecord } from '../src/tablet/turn';
import { openDatabase, type Database } from '../src/tablet/store/database';
import { Vault } from '../src/tablet/store/vault';
import { Uploader } from '../src/tablet/upload';
import type { Flow } from '../src/visit/flow';
import { kNoNotes, type Notes } from '../src/visit/notes';
import type { Progress } from '../src/visit/progress';

const vectors = JSON.parse(readFileSync(new URL('../../tests/vectors/fill-in/vectors.json', import.meta.url), 'utf8')) as {
  paper: string;
  recipe: FillInRecipe;
};
const paper = fromBase64(vectors.paper).buffer;
const kChoices: Progress['choices'] = [['item-a', 'grant'], ['item-b', 'informed']];
/** A busy machine takes a while. */
const kPatience = { timeout: 10_000 };
const notice = { title: 'T', text: 'T', sha256: '00' };

const request = (at: number, person: string): PackageRequest => ({
  id: `q${at}`, state: 'created', title: `Paper ${at}`, language: 'ca', personName: 'Ramon Exemple', person, organisation: '', methods: ['button'], reading: false,
  items: [
    { id: 'item-a', text: 'A', consequenceIfRefused: '', notice, choices: ['grant', 'refuse', 'defer'] },
    { id: 'item-b', text: 'B', consequenceIfRefused: '', notice, choices: ['informed', 'object'] },
  ],
  paper: { sha256: vectors.recipe.base.sha256, length: paper.byteLength, pages: 1, verificationCode: 'SGLL', fillIn: vectors.recipe },
  nonce: `nonce-${at}`, nonceExpiresAt: '2027-01-01T00:00:00Z', slip: { code: `S${at}`, link: `https://segell.example/slip#S${at}` }, discreet: false,
});
const carried = (): VisitPackage => ({
  schema: 'segell.visit-package/1', capability: 'sgp_abcdefghijklmnop',
  visit: { id: 'v1', device: 'd1', issuedAt: '2026-01-01T00:00:00Z', expiresAt: '2027-01-01T00:00:00Z', organisation: 'Vilaexemple' },
  // Two people who bear one name.
  requests: [request(0, 'p0'), request(1, 'p0'), request(2, 'p1')],
});

let database: Database;
let keys: CryptoKeyPair;
let shelf: Shelf;
let vault: Vault;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
  keys = await deviceKeys(database);
  vault = new Vault(database, await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']));
  shelf = new Shelf(vault, keys.privateKey);
  await shelf.enrolled({ device: 'd1', label: 'Tauleta 7' }, 'enrolling');
  await shelf.add(carried(), new Map(['q0', 'q1', 'q2'].map((id) => [id, { paper, reading: null }])));
});

/** What the page has when it opens a paper of a person's. */
async function sourceOf(person: number, at: number): Promise<OfflineSource> {
  const { vault: inner, own } = await shelf.handOver('v1', person, { identity: 'id-seen', notes: kNoNotes });
  return new OfflineSource(inner, own, at, (await inner.get<PackageRequest>(own.request(at)))!, kNoNotes, { slips: [], tookCopy: async () => {} });
}

async function sign(source: OfflineSource, notes?: Notes): Promise<Act> {
  const made = await fillIn(await source.paper(), vectors.recipe, new Map(kChoices));
  const shown = await digest(made);
  const frozen = await source.freeze(kChoices.map(([item, choice]) => ({ item, choice })), shown);
  await source.keeper.save({ place: { at: 'reading', drawn: false }, choices: kChoices, frozen, dynamics: false, asText: false });
  const act: Act = { shown, method: 'button', meaning: 'agree', ...(notes === undefined ? {} : { notes }) };
  await source.act(act).attempt();
  return act;
}

describe('a package', () => {
  it('is refused where something of it is missing', () => {
    expect(readPackage({ package: carried() }).visit.id).toBe('v1');
    const { capability: _, ...without } = carried();
    for (const bad of [null, 'text', [], {}, without, { ...carried(), schema: 'segell.visit-package/2' }, { ...carried(), requests: [] }, { ...carried(), requests: [{}] }, { ...carried(), requests: [request(0, 'p'), request(0, 'p')] }]) {
      expect(() => readPackage(bad)).toThrow(Failure);
    }
  });

  it('is told apart by person, not by name', async () => {
    expect((await shelf.list())[0]?.people.map(({ papers }) => papers.length)).toEqual([2, 1]);
  });
});

describe('somebody who signs for another', () => {
  it('has the tablet in a turn of their own, under their own name', async () => {
    const forP0 = { ...request(3, 'p0'), representative: { name: 'Laia Inventada', capacity: 'parent' as const } };
    const visit = { ...carried().visit, id: 'v2' };
    await shelf.add({ ...carried(), visit, requests: [request(4, 'p0'), forP0] }, new Map(['q3', 'q4'].map((id) => [id, { paper, reading: null }])));
    const people = (await shelf.list()).find((one) => one.visit.id === 'v2')?.people;
    expect(people?.map(({ name, representing, papers }) => [name, representing, papers.length])).toEqual([
      ['Ramon Exemple', null, 1], ['Laia Inventada', 'Ramon Exemple', 1],
    ]);
  });
});

describe('the device', () => {
  it('proves that it holds the key that it names', async () => {
    const { publicKey, proof } = await proofOf(keys);
    const spki = await crypto.subtle.importKey('spki', fromBase64(publicKey), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    const signature = fromBase64(proof.replaceAll('-', '+').replaceAll('_', '/'));
    expect(signature).toHaveLength(64);
    expect(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, spki, signature, new TextEncoder().encode(`segell.device/1\n${publicKey}`))).toBe(true);
    expect((await deviceKeys(database)).privateKey.extractable, 'the same pair, and its private half stays').toBe(false);
  });
});

describe('a person’s act', () => {
  it('is whole or not at all: an outcome that was written is what counts, and a second one changes nothing', async () => {
    const source = await sourceOf(0, 0);
    await sign(source);
    // The page died before it wrote that the person is at the end.
    const again = await sourceOf(0, 0);
    expect((await again.keeper.saved())?.place).toEqual({ at: 'done' });
    await again.answer('refused', null).attempt();
    expect((await again.keeper.saved())?.place).toEqual({ at: 'done' });
    await shelf.takeBack();
    expect((await shelf.acts()).map(({ body }) => (JSON.parse(body) as { act: { answer: string } }).act.answer)).toEqual(['signed']);
  });

  it('is not taken for octets other than those that were frozen', async () => {
    const source = await sourceOf(0, 0);
    const act = await sign(source).then(async () => sourceOf(0, 1)).then(async (other) => {
      await other.keeper.save({ place: { at: 'reading', drawn: false }, choices: kChoices, frozen: null, dynamics: false, asText: false });
      return other.act({ shown: { sha256: '00', sha512: '00', length: 1 }, method: 'button', meaning: 'agree' });
    });
    await expect(act.attempt()).rejects.toMatchObject({ kind: 'digest' });
  });

  it('becomes one captured act, however often it is collected, with a counter of its own', async () => {
    await sign(await sourceOf(0, 0));
    await (await sourceOf(1, 0)).answer('deferred', null).attempt();
    await Promise.all([shelf.collect()]);
    await shelf.takeBack();
    const acts = (await shelf.acts()).map(({ body }) => (JSON.parse(body) as { act: Record<string, unknown> }).act);
    expect(acts.map(({ counter }) => counter)).toEqual([1, 2]);
    expect(acts.map(({ request: of, answer }) => [of, answer])).toEqual([['q0', 'signed'], ['q2', 'deferred']]);
    expect(Object.keys(acts[1]!).sort()).toEqual(['answer', 'copy', 'counter', 'device', 'identity', 'nonce', 'notes', 'request', 'schema', 'times', 'visit']);
    expect(acts[0]).toMatchObject({ choices: [{ item: 'item-a', choice: 'grant' }, { item: 'item-b', choice: 'informed' }], identity: { kind: 'id-seen' }, method: 'button' });
  });

  it('is none after a no that was taken back; what was signed is not taken back', async () => {
    const source = await sourceOf(0, 0);
    await source.answer('refused', null).attempt();
    await source.takeBack();
    await shelf.takeBack();
    expect(await shelf.acts()).toEqual([]);
    await sign(await sourceOf(0, 0));
    await (await sourceOf(0, 0)).takeBack();
    await shelf.takeBack();
    expect(await shelf.acts()).toHaveLength(1);
  });

  it('leads back to the paper before, as if nothing had been said to it', async () => {
    await (await sourceOf(0, 0)).answer('refused', null).attempt();
    const { vault: inner, own } = await shelf.handOver('v1', 0, null);
    await inner.write([{ name: own.turn, value: { ...(await inner.get<TurnRecord>(own.turn))!, current: 1 } }]);
    let standing: Flow | undefined;
    const turn = await Turn.begin(inner, own, (flow) => (standing = flow));
    await vi.waitFor(() => expect(standing?.state.step.at).toBe('item'), kPatience);
    expect(standing?.pile.before?.answer).toBe('refused');
    standing?.declining.takeBackBefore();
    await vi.waitFor(() => expect(standing?.state.step.at).toBe('welcome'), kPatience);
    expect(standing?.pile.number).toBe(1);
    expect(await inner.get(own.outcome(0))).toBeUndefined();
    turn.end();
  });

  it('takes along what was noted, whatever the answer', async () => {
    const notes: Notes = { questions: [{ asked: 'Qui?', answered: '' }], spokeAlone: 'not-possible' };
    await sign(await sourceOf(0, 0), notes);
    await (await sourceOf(1, 0)).answer('refused', notes).attempt();
    await shelf.takeBack();
    const acts = (await shelf.acts()).map(({ body }) => (JSON.parse(body) as { act: Record<string, unknown> }).act);
    expect(acts.map(({ answer, notes: noted }) => [answer, noted])).toEqual([['signed', notes], ['refused', notes]]);
  });

  it('begins with what the professional noted before the tablet was the person’s', async () => {
    const notes = { ...kNoNotes, spokeAlone: 'yes' as const };
    await shelf.handOver('v1', 0, { identity: 'known', notes });
    const turn = await Turn.begin((await shelf.handOver('v1', 0, null)).vault, new Own('v1', 0), () => {});
    turn.end();
    const { vault: inner, own } = await shelf.handOver('v1', 0, null);
    expect((await inner.get<TurnRecord>(own.turn))?.notes).toEqual(notes);
  });

  it('is signed in its canonical form', async () => {
    await sign(await sourceOf(0, 0));
    await shelf.takeBack();
    const body = (await shelf.acts())[0]!.body;
    const form = /^\{"act":(.*),"signature":"([A-Za-z0-9_-]{86})"\}$/.exec(body)!;
    const names = [...form[1]!.matchAll(/[{,]"([a-zA-Z0-9]+)":/g)].map((match) => match[1]);
    expect(names.slice(0, 3)).toEqual(['answer', 'choices', 'choice']);
    expect(form[1]).not.toMatch(/\s"|:\s/);
    const signature = fromBase64(form[2]!.replaceAll('-', '+').replaceAll('_', '/'));
    expect(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, keys.publicKey, signature, new TextEncoder().encode(form[1]))).toBe(true);
  });
});

describe('sending', () => {
  const started = async (send: (nonce: string) => Promise<ActState>, states: ActState[] = []) => {
    for (const [person, at] of [[0, 0], [0, 1], [1, 0]] as const) {
      await sign(await sourceOf(person, at));
    }
    await shelf.takeBack();
    const waits: number[] = [];
    let later: (() => Promise<void>) | null = null;
    const tries: string[] = [];
    const uploader = new Uploader(shelf, () => {}, {
      client: () => ({ send: (nonce) => (tries.push(nonce), send(nonce)), states: async () => states, leave: () => {} }),
      later: (work, milliseconds) => {
        waits.push(milliseconds);
        later = work;
        return () => (later = null);
      },
    });
    await uploader.now();
    return { uploader, tries, waits, goOn: async () => later?.() };
  };
  const received = async (nonce: string): Promise<ActState> => ({ request: '', nonce, state: 'received' });

  it('waits longer each time while nothing answers, and loses nothing', async () => {
    const { waits, goOn, tries } = await started(() => Promise.reject(new Failure('offline')));
    for (let at = 0; at < 6; at += 1) {
      await goOn();
    }
    expect(waits).toEqual([2000, 4000, 8000, 16000, 32000, 60000, 60000]);
    expect(tries.length).toBe(21);
    expect((await shelf.acts()).every(({ state, body }) => state === 'tablet' && body !== '')).toBe(true);
  });

  it('takes no login page of some network for an answer', async () => {
    await started(() => Promise.reject(new Failure('link')));
    expect((await shelf.acts()).map(({ state }) => state)).toEqual(['tablet', 'tablet', 'tablet']);
  });

  it('keeps what the service refused, with its reason, and sends the others', async () => {
    const { uploader } = await started((nonce) => (nonce === 'nonce-1' ? Promise.reject(new Failure('link', { code: 'device.revoked' })) : received(nonce)));
    expect((await shelf.list())[0]?.people.flatMap(({ papers }) => papers.map(({ state, reason }) => [state, reason]))).toEqual([
      ['received', null], ['refused', 'device.revoked'], ['received', null],
    ]);
    await shelf.remove('v1');
    expect((await shelf.visits()).length, 'a visit with an act that is only here stays').toBe(1);
    await shelf.tryAgain();
    await uploader.now();
    expect((await shelf.acts()).find(({ nonce }) => nonce === 'nonce-1')?.state).toBe('refused');
  });

  it('lets what was sent go from the tablet, and asks until it is known what became of it', async () => {
    const { waits } = await started(received, [{ request: '', nonce: 'nonce-0', state: 'sealed' }, { request: '', nonce: 'nonce-1', state: 'set-aside', reason: 'act.stale' }]);
    expect((await shelf.acts()).map(({ state, reason }) => [state, reason])).toEqual([['sealed', null], ['set-aside', 'act.stale'], ['received', null]]);
    expect(waits).toEqual([2000]);
    expect((await vault.names('own/v1/0/')).filter((name) => name.includes('paper'))).toEqual([]);
  });
});

describe('a store with holes', () => {
  it('says which paper is lost', async () => {
    await database.delete('sealed', 'own/v1/0/1/paper');
    expect((await shelf.list())[0]?.people[0]?.papers.map(({ state }) => state)).toEqual(['waiting', 'lost']);
  });
});
