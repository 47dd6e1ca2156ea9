import { once, type Once, type Part, type SessionClient } from '../api/session';
import type { CodeNames } from '../words/code_names';

/** Somebody asked to have something put right; nobody's words are in the list. */
export interface Correction {
  id: string;
  state: 'open' | 'accepted' | 'refused';
  askedAt: string;
  /** The law's term: one month (GDPR article 12.3). */
  dueAt: string;
}

export interface OpenCorrection extends Correction {
  personName: string | null;
  channel: 'phone' | 'counter' | 'letter' | 'web';
  documentId: string | null;
  text: string;
  answer: { text: string; at: string; by: string } | null;
}

/** What somebody said of the pages; who, nobody knows. */
export interface Feedback {
  id: string;
  state: 'open' | 'answered';
  receivedAt: string;
  /** Twenty working days (Real Decreto 1112/2018). */
  dueAt: string;
}

export interface OpenFeedback extends Feedback {
  page: string | null;
  text: string;
  way: 'none' | 'phone' | 'post';
  contact: string | null;
  answer: { text: string; at: string; by: string } | null;
}

/** A use of somebody's data that ended: its recipient is to be told. */
export interface EndedUse {
  purpose: string;
  purposeNames: CodeNames;
  category: string;
  categoryNames: CodeNames;
  recipient: string;
  recipientNames: CodeNames;
}

/** Something that somebody is to look at: who decides changed by itself or was objected to, or a "no" ended a use. */
export interface Review {
  id: string;
  kind: 'turned-14' | 'turned-18' | 'objection' | 'recipient-notice';
  personId: string;
  personName: string | null;
  since: string;
  state: 'open' | 'answered';
  /** Of `recipient-notice` alone. */
  uses: EndedUse[] | null;
  /** Up to where it was read: an answer says so, since more may be added meanwhile. */
  logIndex: number;
}

/** What people wait for an answer to, in the name of whoever is logged in. */
export class Tasks {
  readonly #client: SessionClient;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  corrections(cursor: string | null): Promise<Part<Correction>> {
    return this.#client.part('corrections', 'corrections', cursor);
  }

  /** Its words: that they were read stands on the person's page. */
  async correction(id: string): Promise<OpenCorrection> {
    return ((await this.#client.call('GET', `corrections/${id}`)) as { correction: OpenCorrection }).correction;
  }

  prepareAnswer({ id }: Correction, answer: 'accepted' | 'refused', text: string): Once {
    return once(`corrections/${id}/answer`, { answer, text });
  }

  feedback(cursor: string | null): Promise<Part<Feedback>> {
    return this.#client.part('feedback', 'feedback', cursor);
  }

  async oneFeedback(id: string): Promise<OpenFeedback> {
    return ((await this.#client.call('GET', `feedback/${id}`)) as { feedback: OpenFeedback }).feedback;
  }

  prepareNote({ id }: Feedback, text: string): Once {
    return once(`feedback/${id}/answer`, { text });
  }

  reviews(cursor: string | null): Promise<Part<Review>> {
    return this.#client.part('reviews', 'reviews', cursor);
  }

  prepareReview({ id, logIndex }: Review, text: string): Once {
    return once(`reviews/${id}/answer`, { text, seen: logIndex });
  }

  send(sending: Once): Promise<unknown> {
    return this.#client.send(sending);
  }
}

/** How many whole days are left until then; below zero: the term is over. */
export function daysLeft(dueAt: string, now = Date.now()): number {
  return Math.floor((Date.parse(dueAt) - now) / 86_400_000);
}
