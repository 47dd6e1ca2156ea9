import { Calls } from '../api/calls';
import { Failure } from '../api/failure';
import type { SessionClient } from '../api/session';
import type { KeyProof } from './device';
import { readPackage, type VisitPackage } from './package';

/** A visit that waits at the service for its tablet. */
export interface WaitingVisit {
  id: string;
  state: string;
  expiresAt: string;
}

/** Where a visit stands that the tablet may fetch: for the first time, or again because the download broke off. */
const kFetched: ReadonlySet<string> = new Set(['prepared', 'on-device']);

/** What the service says of an act that it has. */
export interface ActState {
  request: string;
  nonce: string;
  /** `recorded`: a "no" or a "later", which leave nothing to seal. `unfulfilled`: nothing came, and nothing can any more. */
  state: 'waiting' | 'received' | 'sealed' | 'recorded' | 'set-aside' | 'unfulfilled';
  reason?: string;
  verificationCode?: string;
  flags?: string[];
}

/** What the professional does with their login before a visit. */
export class Desk {
  readonly #session: SessionClient;

  constructor(session: SessionClient) {
    this.#session = session;
  }

  /** Makes the tablet known; its id. `key` makes trying again harmless. */
  async enrol(label: string, proof: KeyProof, key: string): Promise<string> {
    const answer = await this.#session.call('POST', 'devices', { label, ...proof }, { 'Idempotency-Key': key });
    return (answer as { device: { id: string } }).device.id;
  }

  /** Visits made for this tablet whose time is not over and that were not taken back. */
  async waiting(device: string): Promise<WaitingVisit[]> {
    const found: WaitingVisit[] = [];
    let cursor: string | undefined;
    do {
      const path = cursor === undefined ? 'visits' : `visits?cursor=${encodeURIComponent(cursor)}`;
      const { visits, next } = (await this.#session.call('GET', path)) as { visits: (WaitingVisit & { device: string })[]; next?: string | null };
      found.push(...visits.filter((visit) => visit.device === device && kFetched.has(visit.state) && Date.parse(visit.expiresAt) > Date.now()));
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    return found;
  }

  async fetchPackage(visit: string, key: string): Promise<VisitPackage> {
    return readPackage(await this.#session.call('POST', `visits/${visit}/package`, {}, { 'Idempotency-Key': key }));
  }
}

/** What a package's own capability opens, and nothing else. */
export class PackageClient {
  readonly #calls: Calls;

  constructor(capability: string) {
    this.#calls = new Calls(capability);
  }

  leave(): void {
    this.#calls.leave();
  }

  paper(request: string): Promise<ArrayBuffer> {
    return this.#calls.octets('GET', `package/requests/${request}/paper`);
  }

  readingView(request: string): Promise<string> {
    return this.#calls.text('GET', `package/requests/${request}/reading-view`);
  }

  /** Sends an act. Its nonce is the key: the same act again is the same act. */
  async send(nonce: string, body: string): Promise<ActState> {
    const answer = (await this.#calls.json('POST', 'package/acts', { body, key: nonce })) as { act?: ActState };
    if (answer.act?.nonce !== nonce) {
      throw new Failure('server'); // something else answered in the service's place
    }
    return answer.act;
  }

  async states(): Promise<ActState[]> {
    const answer = (await this.#calls.json('GET', 'package')) as { acts?: ActState[] };
    if (!Array.isArray(answer.acts)) {
      throw new Failure('server');
    }
    return answer.acts;
  }
}
