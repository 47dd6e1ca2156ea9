import { once, type Once, type Part, type SessionClient } from '../api/session';
import type { CodeNames } from '../words/code_names';
import type { Asked, Person } from './api';

/** Somebody said that another person signed; nobody's name or words are in the list. */
export interface WrongSigner {
  id: string;
  state: 'raised' | 'rejected' | 'confirmed';
  raisedAt: string;
  /** Whoever looks said it, so that somebody else decides. */
  own: boolean;
  incident: { state: IncidentState; dueAt: string } | null;
}

export type IncidentState = 'open' | 'reported' | 'not-needed';

/** Who got something on a void signature, and is to be told. */
export interface Recipient {
  recipient: string;
  recipientNames: CodeNames;
  count: number;
  last: string;
  told: { at: string } | null;
}

/** What was done on a signature while it counted. */
export interface Use {
  at: string;
  what: string;
  by: { role: string; organisation: string };
}

export interface OpenWrongSigner extends Omit<WrongSigner, 'incident'> {
  requestId: string;
  personId: string;
  personName: string | null;
  title: string | null;
  documentName: string;
  seen: string | null;
  /** Who signed instead; without a name for whom may not know of that person, null where nobody was named. */
  signer: { name: string | null } | null;
  decided: { at: string; answer: 'confirmed' | 'rejected'; reason: string } | null;
  void: { act: string; at: string } | null;
  uses: Use[];
  recipients: Recipient[];
  complete: boolean | null;
  envelope: { erasedAt: string } | null;
  replacement: string | null;
  incident:
    | { state: IncidentState; dueAt: string; awareAt: string; shownAt: string; ended: { at: string; answer: IncidentState; reason: string } | null }
    | null;
  mayDecide: boolean;
  mayEnd: boolean;
}

/** What is being said of a signed paper, before it is sent. */
export interface Saying {
  asked: Asked;
  /** Whom a search found; null before it. */
  found: Person[] | null;
}

/** Signatures of somebody else, in the name of whoever is logged in. */
export class WrongSigners {
  readonly #client: SessionClient;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  list(cursor: string | null): Promise<Part<WrongSigner>> {
    return this.#client.part('misattributions', 'misattributions', cursor);
  }

  /** Its words: that they were read stands on the page of the person who was asked. */
  async one(id: string): Promise<OpenWrongSigner> {
    return ((await this.#client.call('GET', `misattributions/${id}`)) as { misattribution: OpenWrongSigner }).misattribution;
  }

  prepare({ id }: Asked, seen: string, signer: string | null): Once {
    return once(`signature-requests/${id}/misattributions`, signer === null ? { seen } : { seen, signerPersonId: signer });
  }

  prepareDecision({ id }: OpenWrongSigner, answer: 'confirmed' | 'rejected', reason: string): Once {
    return once(`misattributions/${id}/decision`, { answer, reason });
  }

  prepareTold({ id }: OpenWrongSigner, { recipient }: Recipient): Once {
    return once(`misattributions/${id}/told-recipients`, { recipient });
  }

  prepareEnd({ id }: OpenWrongSigner, answer: 'reported' | 'not-needed', reason: string): Once {
    return once(`misattributions/${id}/incident-end`, { answer, reason });
  }

  send(sending: Once): Promise<unknown> {
    return this.#client.send(sending);
  }
}

/** How many whole hours are left until then; below zero: the time is over. */
export function hoursLeft(dueAt: string, now = Date.now()): number {
  return Math.floor((Date.parse(dueAt) - now) / 3_600_000);
}
