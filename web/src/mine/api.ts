import { Failure, failureOf } from '../api/failure';
import type { SessionClient } from '../api/session';
import type { Verdict } from '../check/verdict';

/** One of the papers that the person was asked to decide about. */
export interface Paper {
  id: string;
  /** Neutral: what the file is called when it is kept. */
  name: string;
  /** Null where whoever looks is not told. */
  title: string | null;
  language: string;
  state: 'created' | 'presented' | 'deferred' | 'signed' | 'signed_with_reservation' | 'refused' | 'expired';
  askedAt: string;
  sealedAt: string | null;
}

export type DecisionKind = 'inform' | 'grant' | 'refuse' | 'defer' | 'withdraw' | 'object' | 'withdraw-objection' | 'expire';
/** How a person ends what was decided. */
export type Ending = 'withdraw' | 'object';

export interface Item {
  category: string;
  /** What was asked, in the words of the paper. */
  text: string | null;
  /** Title of the notice that was read. */
  notice: string | null;
  /** In which both are. */
  language: string | null;
  basis: { kind: string; opposable: 'no' | 'art28' | 'art21'; law: string | null };
  /** What an evaluation would answer now. */
  stands: { permitted: boolean; reason: string | null; basis: string | null; until: string | null };
  may: Ending[];
  /** Newest first. */
  decisions: { id: string; kind: DecisionKind; channel: string; at: string; validUntil: string | null }[];
}

export interface Group {
  purpose: string;
  recipient: string;
  items: Item[];
}

export interface Access {
  at: string;
  what: 'document' | 'evidence' | 'envelope' | 'visit' | 'question' | 'correction' | 'slip' | 'slip-paper' | 'check';
  by: { role: string; organisation: string };
  why: string;
  document: { id: string; name: string } | null;
  question: { purpose: string; category: string; recipient: string; permitted: boolean; reason: string | null } | null;
  logIndex: number;
}

export interface Correction {
  id: string;
  state: 'open' | 'accepted' | 'refused';
  askedAt: string;
  dueAt: string;
  documentId: string | null;
  text: string;
  answer: { text: string; at: string; by: string } | null;
}

/** A part of a list, and where it goes on. */
export interface Part<T> {
  list: T[];
  next: string | null;
}

/** Something to be sent once: sent again after a lost answer, with the same key, it does no harm. */
export interface Once {
  path: string;
  key: string;
  body: unknown;
}

const kDocumentMilliseconds = 180_000;

/** A person's own matters, in the name of their login. */
export class Mine {
  readonly #client: SessionClient;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  papers(cursor: string | null): Promise<Part<Paper>> {
    return this.#part('documents', 'documents', cursor);
  }

  groups(cursor: string | null): Promise<Part<Group>> {
    return this.#part('decisions', 'groups', cursor);
  }

  accesses(cursor: string | null): Promise<Part<Access>> {
    return this.#part('accesses', 'accesses', cursor);
  }

  corrections(cursor: string | null): Promise<Part<Correction>> {
    return this.#part('corrections', 'corrections', cursor);
  }

  async verdict(paper: string): Promise<Verdict> {
    return (await this.#client.call('GET', `mine/documents/${paper}/verdict`)) as Verdict;
  }

  /** The octets of a paper. That it was opened is logged before the first one leaves. */
  async content(paper: string): Promise<ArrayBuffer> {
    let response: Response;
    try {
      response = await fetch(`/api/v1/documents/${paper}/content`, {
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(kDocumentMilliseconds),
      });
    } catch {
      throw new Failure('offline');
    }
    if (!response.ok) {
      const problem: unknown = await response.json().catch(() => ({}));
      throw failureOf(response.status, typeof problem === 'object' && problem !== null ? problem : {});
    }
    try {
      return await response.arrayBuffer();
    } catch {
      throw new Failure('offline');
    }
  }

  prepareEnding(decision: string, how: Ending): Once {
    return once(`mine/decisions/${decision}/${how === 'withdraw' ? 'withdrawal' : 'objection'}`, {});
  }

  prepareCorrection(text: string, paper: string | null): Once {
    return once('mine/corrections', paper === null ? { text } : { text, documentId: paper });
  }

  async send({ path, key, body }: Once): Promise<unknown> {
    return this.#client.call('POST', path, body, { 'Idempotency-Key': key });
  }

  async #part<T>(path: string, member: string, cursor: string | null): Promise<Part<T>> {
    const answer = (await this.#client.call('GET', `mine/${path}${cursor === null ? '' : `?cursor=${cursor}`}`)) as Record<string, unknown>;
    return { list: answer[member] as T[], next: answer['next'] as string | null };
  }
}

function once(path: string, body: unknown): Once {
  return { path, key: crypto.randomUUID(), body };
}
