import { once, type Once, type Part, type SessionClient } from '../api/session';
import type { IdentifierType, Person } from './api';

export type ProtectionKind = 'excluded-person' | 'address' | 'confidential';

/** What is to be kept from others about a person, and why. */
export type Wanted =
  | { kind: 'excluded-person'; reason: string; login: string }
  | { kind: 'excluded-person'; reason: string; identifier: { type: IdentifierType; value: string } }
  | { kind: 'address'; reason: string; address: string }
  /** The person's own matter: no representative gets to see that paper. */
  | { kind: 'confidential'; reason: string; document: string };

/** A protection, for those who are told that there is one. */
export interface Protection {
  id: string;
  personName: string | null;
  kind: ProtectionKind;
  state: 'set' | 'removal-asked' | 'removed';
  setAt: string;
  setBy: string | null;
  reason: string | null;
  excluded: { login?: string; identifier?: { type: IdentifierType; value: string }; person?: string } | null;
  address: string | null;
  /** The paper that is the person's own matter. */
  documentId?: string | null;
  /** What stands on papers in the place of the address. */
  token: string | null;
  /** `own`: whoever looks asked for it, so that somebody else confirms. */
  removal: { at: string; role: string; reason: string; own: boolean } | null;
}

/** Protections, in the name of whoever is logged in. */
export class Protections {
  readonly #client: SessionClient;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  list(cursor: string | null): Promise<Part<Protection>> {
    return this.#client.part('protections', 'protections', cursor);
  }

  prepare({ id }: Person, wanted: Wanted): Once {
    return once(`persons/${id}/protections`, wanted);
  }

  prepareRemoval({ id }: Protection, reason: string): Once {
    return once(`protections/${id}/removal`, { reason });
  }

  send(sending: Once): Promise<unknown> {
    return this.#client.send(sending);
  }
}
