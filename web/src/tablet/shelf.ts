import { Failure } from '../api/failure';
import { isEmpty, type NotesDraft } from '../visit/notes';
import type { Progress } from '../visit/progress';
import { signerName } from '../visit/represented';
import type { ActState } from './api';
import { captured, signed, type IdentityKind, type Outcome } from './captured_act';
import type { VisitPackage } from './package';
import { kActs, kCounter, kTablet, kTurn, kVisits, keyName, actName, fetchName, Own, visitName } from './names';
import type { TurnRecord } from './turn';
import type { Change, Vault } from './store/vault';

/** A visit on this tablet: who, which papers, what is needed to send. Papers and answers lie under each person's own key. */
export interface StoredVisit {
  id: string;
  organisation: string;
  capability: string;
  issuedAt: string;
  expiresAt: string;
  people: StoredPerson[];
}

export interface StoredPerson {
  /** Who gets the tablet. */
  name: string;
  /** For whom they sign; null or absent: for themselves. */
  representing?: string | null;
  requests: StoredRequest[];
}

export interface StoredRequest {
  id: string;
  nonce: string;
  title: string;
  /** The code of the slip that the person may take along. */
  slip: string | null;
}

/** An act that left the person's hands. `tablet`: kept here; `refused`: the service did not take it, and it is kept here all the same. */
export interface StoredAct {
  visit: string;
  nonce: string;
  body: string;
  state: 'tablet' | 'refused' | 'received' | 'sealed' | 'recorded' | 'set-aside';
  /** The service's reason for a refusal or for setting aside. */
  reason: string | null;
  flags: string[];
}

/** How it stands with one paper on the work list. `lost`: the browser deleted it. */
export type PaperState = 'waiting' | 'begun' | 'lost' | StoredAct['state'];

export interface OnList {
  visit: StoredVisit;
  people: { name: string; representing: string | null; papers: { title: string; state: PaperState; reason: string | null; flags: string[] }[] }[];
}

/** What the professional says when a person gets the tablet for the first time. */
export interface HandingOver {
  identity: IdentityKind;
  notes: NotesDraft;
}

export interface Enrolled {
  device: string;
  label: string;
}

/** All that the tablet carries, behind the PIN: visits, and the acts that wait to be sent. */
export class Shelf {
  readonly #vault: Vault;
  readonly #key: CryptoKey;

  /** `key`: the device's, to sign with. */
  constructor(vault: Vault, key: CryptoKey) {
    this.#vault = vault;
    this.#key = key;
  }

  tablet(): Promise<Enrolled | undefined> {
    return this.#vault.get<Enrolled>(kTablet);
  }

  /** A value that must be the same when something is tried again after the page ended: made once, kept until `forget`. */
  async onceKey(name: string): Promise<string> {
    const kept = await this.#vault.get<string>(name);
    const key = kept ?? crypto.randomUUID();
    if (kept === undefined) {
      await this.#vault.write([{ name, value: key }]);
    }
    return key;
  }

  async enrolled(tablet: Enrolled, once: string): Promise<void> {
    await this.#vault.write([{ name: kTablet, value: tablet }, { name: once, gone: true }]);
  }

  async visits(): Promise<StoredVisit[]> {
    const names = await this.#vault.names(kVisits);
    const kept = await Promise.all(names.map((name) => this.#vault.get<StoredVisit>(name)));
    return kept.filter((visit) => visit !== undefined);
  }

  /**
   * Keeps a package and its papers, all of it or nothing. People are told apart by the service's word, else by name; whoever signs for
   * one of them has the tablet in a turn of their own.
   */
  async add(carried: VisitPackage, papers: ReadonlyMap<string, { paper: ArrayBuffer; reading: string | null }>): Promise<void> {
    const { visit, capability, requests } = carried;
    const groups = new Map<string, typeof requests>();
    for (const request of requests) {
      const who = JSON.stringify([request.person ?? request.personName, request.representative?.name ?? null]);
      groups.set(who, [...(groups.get(who) ?? []), request]);
    }
    const people: StoredPerson[] = [];
    for (const [index, group] of [...groups.values()].entries()) {
      const own = new Own(visit.id, index);
      const inner = await this.#vault.inner(keyName(visit.id, index));
      await inner.write(
        group.flatMap((request, at): Change[] => {
          const { paper, reading } = papers.get(request.id) ?? { paper: new ArrayBuffer(0), reading: null };
          return [
            { name: own.request(at), value: { ...request, organisation: visit.organisation } },
            { name: own.paper(at), octets: paper },
            ...(reading === null ? [] : [{ name: own.reading(at), value: reading }]),
          ];
        }),
      );
      people.push({
        name: group[0] === undefined ? '' : signerName(group[0]),
        representing: group[0]?.representative ? group[0].personName : null,
        requests: group.map(({ id, nonce, title, slip }) => ({ id, nonce, title, slip: slip?.code ?? null })),
      });
    }
    const { id, organisation, issuedAt, expiresAt } = visit;
    // What makes it a visit of this tablet comes last: before it, the rest is nobody's and is written over by the next try.
    await this.#vault.write([
      { name: visitName(id), value: { id, organisation, capability, issuedAt, expiresAt, people } satisfies StoredVisit },
      { name: fetchName(id), gone: true },
    ]);
  }

  /** Gives the tablet to a person, for the first time or again: the vault that opens what is theirs, and nothing else. */
  async handOver(visit: string, person: number, said: HandingOver | null): Promise<{ vault: Vault; own: Own }> {
    const own = new Own(visit, person);
    const vault = await this.#vault.inner(keyName(visit, person));
    const before = await vault.get<TurnRecord>(own.turn);
    const papers = (await this.#vault.get<StoredVisit>(visitName(visit)))?.people[person]?.requests.length ?? 0;
    if (before === undefined) {
      const turn: TurnRecord = {
        current: 0,
        papers,
        identity: said?.identity ?? 'none',
        handedOver: new Date().toISOString(),
        ...(said === null || isEmpty(said.notes) ? {} : { notes: said.notes }),
        copy: null,
      };
      await vault.write([{ name: own.turn, value: turn }]);
    }
    await this.#vault.write([{ name: kTurn, value: { visit, person } }]);
    return { vault, own };
  }

  /** Who has the tablet; undefined for nobody. */
  turn(): Promise<{ visit: string; person: number } | undefined> {
    return this.#vault.get(kTurn);
  }

  /** Whether a person was handed the tablet before. */
  async wasHandedOver(visit: string, person: number): Promise<boolean> {
    const own = new Own(visit, person);
    return (await this.#vault.names(own.turn)).length > 0;
  }

  /** Whether a person has nothing left to do, what they take along included. */
  async isFinished(visit: string, person: number): Promise<boolean> {
    const own = new Own(visit, person);
    const inner = await this.#vault.inner(keyName(visit, person));
    const turn = await inner.get<TurnRecord>(own.turn);
    const last = turn === undefined ? undefined : await inner.get<Progress>(own.progress(turn.papers - 1));
    return turn === undefined || last?.place.at === 'end';
  }

  /** Takes the tablet back. What the person finished becomes acts, each once, signed by the device. */
  async takeBack(): Promise<void> {
    await this.collect();
    await this.#vault.write([{ name: kTurn, gone: true }]);
  }

  /** Makes acts of all that people finished; where it was interrupted, the next time goes on. */
  async collect(): Promise<void> {
    const tablet = await this.tablet();
    if (tablet === undefined) {
      return;
    }
    for (const visit of await this.visits()) {
      for (const [index, person] of visit.people.entries()) {
        await this.#collectFrom(tablet.device, visit, person, new Own(visit.id, index), keyName(visit.id, index));
      }
    }
  }

  async #collectFrom(device: string, visit: StoredVisit, person: StoredPerson, own: Own, key: string): Promise<void> {
    const there = new Set(await this.#vault.names(own.start));
    const acts = new Set(await this.#vault.names(kActs));
    const finished = person.requests.flatMap((request, at) => (there.has(own.outcome(at)) && !acts.has(actName(request.nonce)) ? [{ request, at }] : []));
    if (finished.length === 0) {
      return;
    }
    const inner = await this.#vault.inner(key);
    const turn = await inner.get<TurnRecord>(own.turn);
    for (const { request, at } of finished) {
      const outcome = await inner.get<Outcome>(own.outcome(at));
      if (outcome === undefined || turn === undefined) {
        throw new Failure('storage', { code: 'tablet.value-missing' });
      }
      const { handedOver, identity, copy } = turn;
      const counter = ((await this.#vault.get<number>(kCounter)) ?? 0) + 1;
      const taken = copy === 'printed' || copy === 'phone' ? (request.slip === null ? null : { kind: copy, code: request.slip }) : copy === null ? null : { kind: copy };
      const act = captured({ visit: visit.id, device, request: request.id, nonce: request.nonce, counter, handedOver, identity, copy: taken }, outcome);
      const kept: StoredAct = { visit: visit.id, nonce: request.nonce, body: await signed(act, this.#key), state: 'tablet', reason: null, flags: [] };
      // The act and the counter that it used are written together: no counter is used twice.
      await this.#vault.write([{ name: actName(request.nonce), value: kept }, { name: kCounter, value: counter }]);
    }
  }

  async acts(): Promise<StoredAct[]> {
    const names = await this.#vault.names(kActs);
    const kept = await Promise.all(names.map((name) => this.#vault.get<StoredAct>(name)));
    return kept.filter((act) => act !== undefined);
  }

  /** The service has the act: what it was made from leaves the tablet, the act's state stays. */
  async arrived(act: StoredAct, { state, reason, flags }: Pick<ActState, 'state' | 'reason' | 'flags'>): Promise<void> {
    if (state === 'waiting' || state === 'unfulfilled') {
      return;
    }
    const changes: Change[] = [{ name: actName(act.nonce), value: { ...act, body: '', state, reason: reason ?? null, flags: flags ?? [] } }];
    for (const visit of await this.visits()) {
      for (const [index, person] of visit.people.entries()) {
        const at = person.requests.findIndex(({ nonce }) => nonce === act.nonce);
        if (visit.id === act.visit && at >= 0) {
          changes.push(...new Own(visit.id, index).all(at).map((name) => ({ name, gone: true }) as const));
        }
      }
    }
    await this.#vault.write(changes);
  }

  async refused(act: StoredAct, reason: string): Promise<void> {
    await this.#vault.write([{ name: actName(act.nonce), value: { ...act, state: 'refused', reason } }]);
  }

  /** Acts that were refused are to be sent once more. */
  async tryAgain(): Promise<void> {
    const refused = (await this.acts()).filter(({ state }) => state === 'refused');
    await this.#vault.write(refused.map((act) => ({ name: actName(act.nonce), value: { ...act, state: 'tablet', reason: null } })));
  }

  /** What the professional sees. */
  async list(): Promise<OnList[]> {
    const acts = new Map((await this.acts()).map((act) => [act.nonce, act]));
    const names = new Set(await this.#vault.names('own/'));
    return (await this.visits()).map((visit) => ({
      visit,
      people: visit.people.map(({ name, representing = null, requests }, index) => ({
        name,
        representing,
        papers: requests.map(({ title, nonce }, at) => {
          const act = acts.get(nonce);
          const own = new Own(visit.id, index);
          const here = names.has(own.request(at)) && names.has(own.paper(at));
          const state: PaperState = act?.state ?? (!here ? 'lost' : names.has(own.progress(at)) ? 'begun' : 'waiting');
          return { title, state, reason: act?.reason ?? null, flags: act?.flags ?? [] };
        }),
      })),
    }));
  }

  /** Takes a visit off the tablet, with all that is of it. Acts that the service does not have are never taken away. */
  async remove(id: string): Promise<void> {
    const visit = (await this.visits()).find((one) => one.id === id);
    const acts = (await this.acts()).filter((act) => act.visit === id);
    if (visit === undefined || acts.some(({ state }) => state === 'tablet' || state === 'refused')) {
      return;
    }
    const names = [
      visitName(id),
      ...acts.map(({ nonce }) => actName(nonce)),
      ...visit.people.map((_, index) => keyName(id, index)),
      ...(await this.#vault.names(`own/${id}/`)),
    ];
    await this.#vault.write(names.map((name) => ({ name, gone: true })));
  }
}
