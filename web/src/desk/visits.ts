import { once, type Once, type Part, type SessionClient } from '../api/session';
import type { Asked, RequestState } from './api';

/** A tablet that this login enrolled. */
export interface Tablet {
  id: string;
  label: string;
  state: 'active' | 'revoked';
}

/** A paper of a visit, and what came of it. */
export interface CarriedPaper {
  request: string;
  title: string;
  language: string;
  personName: string | null;
  requestState: RequestState;
  /** Before the tablet took it the visit's own state. */
  state: VisitState | 'waiting' | 'received' | 'sealed' | 'recorded' | 'set-aside' | 'unfulfilled';
  /** The same person was asked anew about the same document. */
  newer: string | null;
  answer: 'signed' | 'refused' | 'deferred' | null;
  reason: string | null;
  flags: string[];
}

export type VisitState = 'prepared' | 'withdrawn' | 'expired' | 'revoked' | 'on-device' | 'received' | 'done';

/** A visit that this login prepared. */
export interface PreparedVisit {
  id: string;
  deviceLabel: string;
  state: VisitState;
  createdAt: string;
  expiresAt: string;
  papers: CarriedPaper[];
}

/** What a visit would carry: of each paper why it cannot be carried, or what is to be known before. */
export interface Preview {
  refused: string | null;
  expiresAt: string;
  papers: PreviewedPaper[];
}

export interface PreviewedPaper {
  request: string;
  refused: string | null;
  title?: string;
  language?: string;
  personName?: string | null;
  holdsUntil?: string;
  notes?: string[];
}

/** A visit that is being put together, in memory and nowhere else. */
export interface Composing {
  /** Requests that people may answer now, as far as they were fetched. */
  candidates: Asked[];
  next: string | null;
  tablets: Tablet[];
  /** Requests, in the order in which the tablet will show them. */
  chosen: string[];
  tablet: string;
  days: number;
}

export interface NewVisit {
  device: string;
  requests: string[];
  expiresAt: string;
}

export const kVisitDays = [1, 2, 3, 7, 14, 30] as const;
export const kMostPapers = 20;
/** What came to its end: nothing of it is to be prepared again. */
const kSettled: ReadonlySet<CarriedPaper['state']> = new Set(['sealed', 'recorded']);
/** Never on a tablet, and never again to be. */
const kLeftBehind: ReadonlySet<VisitState> = new Set(['withdrawn', 'expired', 'revoked']);

/** The papers of each person together, people in the order in which they first come. */
export function byPerson(candidates: readonly Asked[]): { personId: string; name: string; papers: Asked[] }[] {
  const people = new Map<string, { personId: string; name: string; papers: Asked[] }>();
  for (const one of candidates) {
    const known = people.get(one.personId) ?? { personId: one.personId, name: one.personName, papers: [] };
    known.papers.push(one);
    people.set(one.personId, known);
  }
  return [...people.values()];
}

/** With those papers, or without them; what was chosen before keeps its place. */
export function withPapers(chosen: readonly string[], papers: readonly string[], wanted: boolean): string[] {
  const others = chosen.filter((id) => wanted || !papers.includes(id));
  return wanted ? [...others, ...papers.filter((id) => !others.includes(id))] : others;
}

/** One place up or down. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const changed = [...list];
  const [one] = changed.splice(at, 1);
  if (one !== undefined) {
    changed.splice(at + by, 0, one);
  }
  return changed;
}

/** Whether somebody else than this visit ended the request, and none took its place: it cannot be carried again. */
export function isOver({ state, requestState, newer }: CarriedPaper): boolean {
  const open = requestState === 'created' || requestState === 'presented' || requestState === 'deferred';
  return !open && newer === null && !kSettled.has(state);
}

/** Whether a paper has to be looked at again: it will not come, was put aside, or another one took its place. */
function isStale(paper: CarriedPaper): boolean {
  const { state, newer } = paper;
  return state === 'set-aside' || state === 'unfulfilled' || (!kSettled.has(state) && newer !== null) || isOver(paper);
}

/** The requests of a visit that is to be prepared again; none where nothing is left of it that could be carried. */
export function againOf({ state, papers }: PreparedVisit): string[] {
  if (!kLeftBehind.has(state) && !papers.some(isStale)) {
    return [];
  }
  // What is on a tablet, or on its way from there, stays there.
  const left = papers.filter((paper) => kLeftBehind.has(state) || isStale(paper) || paper.state === 'prepared');
  return left.filter((paper) => !isOver(paper)).map(({ newer, request }) => newer ?? request);
}

/** The visits of whoever is logged in, and what can be taken along. */
export class Visits {
  readonly #client: SessionClient;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  /** With names: that they were shown stands on each person's page. */
  list(cursor: string | null): Promise<Part<PreparedVisit>> {
    return this.#client.part('visits', 'visits', cursor, 'with=papers');
  }

  candidates(cursor: string | null): Promise<Part<Asked>> {
    return this.#client.part('signature-requests', 'requests', cursor, 'state=open');
  }

  async tablets(): Promise<Tablet[]> {
    const tablets: Tablet[] = [];
    let cursor: string | null = null;
    do {
      const part: Part<Tablet> = await this.#client.part('devices', 'devices', cursor, 'limit=100');
      tablets.push(...part.list.filter(({ state }) => state === 'active'));
      cursor = part.next;
    } while (cursor !== null);
    return tablets;
  }

  async preview(wanted: NewVisit): Promise<Preview> {
    return ((await this.#client.call('POST', 'visits/preview', wanted)) as { visit: Preview }).visit;
  }

  prepare(wanted: NewVisit): Once {
    return once('visits', wanted);
  }

  withdraw({ id }: PreparedVisit): Once {
    return once(`visits/${id}/withdrawal`, {});
  }

  send(sending: Once): Promise<unknown> {
    return this.#client.send(sending);
  }
}
