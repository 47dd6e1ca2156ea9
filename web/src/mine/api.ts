import { once, type Once, type Part, type SessionClient } from '../api/session';
import type { Verdict } from '../check/verdict';
import type { Age, Basis } from '../desk/representations';
import type { Notes } from '../visit/notes';
import type { CodeNames } from '../words/code_names';
import { paperLanguage, type Language } from '../words/words';

/** One of the papers that the person was asked to decide about. */
export interface Paper {
  id: string;
  /** Neutral: what the file is called when it is kept. */
  name: string;
  /** Null where whoever looks is not told. */
  title: string | null;
  language: string;
  state: 'waiting' | 'created' | 'presented' | 'deferred' | 'signed' | 'signed_with_reservation' | 'refused' | 'cancelled' | 'expired' | 'repudiated';
  askedAt: string;
  sealedAt: string | null;
  /** Somebody else signed: by which act the signature counts for nothing, and since when. */
  void: { act: string; at: string } | null;
}

export type DecisionKind = 'inform' | 'grant' | 'refuse' | 'defer' | 'withdraw' | 'object' | 'withdraw-objection' | 'expire' | 'entered-in-error';
/** How a person ends what was decided. */
export type Ending = 'withdraw' | 'object';

/** What a code is called where people read it; null where it has no name. */

export interface Item {
  category: string;
  categoryNames: CodeNames;
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
  /** Of a use that ended: since when its recipient is to be told, or when somebody noted that it was. */
  recipientNotice: { state: 'open' | 'answered'; at: string } | null;
  /** Newest first. */
  decisions: Decision[];
}

export interface Decision {
  id: string;
  kind: DecisionKind;
  channel: string;
  at: string;
  validUntil: string | null;
  inError: boolean;
  /** Who decided for the person; null: they themselves. A name is null once whoever bore it was erased. */
  representative: { name: string | null; basis: Basis } | null;
}

/** Who decides about the person's data, today. */
export interface Deciders {
  age: Age;
  /** Empty for whoever represents the person: others are not theirs to see. */
  representatives: { name: string; basis: Basis }[];
}

export interface Group {
  purpose: string;
  purposeNames: CodeNames;
  recipient: string;
  recipientNames: CodeNames;
  items: Item[];
}

export interface Access {
  at: string;
  what: 'document' | 'evidence' | 'envelope' | 'visit' | 'question' | 'correction' | 'slip' | 'slip-paper' | 'check' | 'list' | 'search' | 'receipt' | 'protection' | 'login' | 'notes' | 'misattribution' | 'wrong-signer' | 'attempt' | 'void-record' | 'represented' | 'review';
  by: { role: string; organisation: string };
  why: string;
  document: { id: string; name: string } | null;
  question: {
    purpose: string;
    purposeNames: CodeNames;
    category: string;
    categoryNames: CodeNames;
    recipient: string;
    recipientNames: CodeNames;
    permitted: boolean;
    reason: string | null;
  } | null;
  logIndex: number;
}

export interface Correction {
  id: string;
  state: 'open' | 'accepted' | 'refused';
  askedAt: string;
  dueAt: string;
  documentId: string | null;
  text: string;
  /** `complaint`: of a refusal, to whom one may complain. */
  answer: { text: string; at: string; by: string; complaint?: { officer: string | null; authority: string | null } } | null;
}

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

  async deciders(): Promise<Deciders> {
    return (await this.#client.call('GET', 'mine/representatives')) as Deciders;
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

  content(paper: string): Promise<ArrayBuffer> {
    return this.#client.content(paper);
  }

  receipt(decision: string, language: Language): Promise<ArrayBuffer> {
    return this.#client.octets(`mine/decisions/${decision}/receipt?language=${paperLanguage(language)}`);
  }

  /** What is void on it, sealed as a page of its own. */
  voidRecord(paper: string, language: Language): Promise<ArrayBuffer> {
    return this.#client.octets(`documents/${paper}/void-record?language=${paperLanguage(language)}`);
  }

  notes(paper: string): Promise<Notes[]> {
    return this.#client.notes(paper);
  }

  prepareEnding(decision: string, how: Ending): Once {
    return once(`mine/decisions/${decision}/${how === 'withdraw' ? 'withdrawal' : 'objection'}`, {});
  }

  prepareCorrection(text: string, paper: string | null): Once {
    return once('mine/corrections', paper === null ? { text } : { text, documentId: paper });
  }

  send(sending: Once): Promise<unknown> {
    return this.#client.send(sending);
  }

  #part<T>(path: string, member: string, cursor: string | null): Promise<Part<T>> {
    return this.#client.part(`mine/${path}`, member, cursor);
  }
}
