import { once, type Once, type Part, type SessionClient } from '../api/session';
import type { Meaning, Method } from '../api/types';
import type { Notes } from '../visit/notes';
import type { Basis, BirthDateSeen } from './representations';
import { paperLanguage, type Language } from '../words/words';

/** Where a request stands, in the order in which the list offers them. */
export const kStates = [
  'created', 'presented', 'deferred', 'waiting', 'signed', 'signed_with_reservation', 'refused', 'expired', 'cancelled', 'repudiated',
] as const;
export type RequestState = (typeof kStates)[number];

/** Somebody was asked to sign something. */
export interface Asked {
  id: string;
  state: RequestState;
  title: string;
  language: string;
  documentId: string;
  /** Neutral: what the file is called when it is kept. */
  name: string;
  personId: string;
  personName: string;
  /** Who signs for them. */
  representative?: { id: string; name: string | null; basis: Basis } | null;
  createdAt: string;
  expiresAt: string;
  /** What is to be signed first. */
  after: { state: RequestState } | null;
  meaning: Meaning | null;
  /** The person's words beside a signature with reservation. */
  reservation: string | null;
  /** Somebody else signed: by which act the signature counts for nothing, and since when. */
  void: { act: string; at: string } | null;
  /** The person consented that an official signs for them; `toSign`: where the register binds the official to a certificate. */
  onBehalf: { at: string; meaning: Meaning; reservation: string | null; may: boolean; why: string | null; toSign: string | null } | null;
}

export type Address = 'formal' | 'familiar';
export const kIdentifiers = ['DNI', 'NIE', 'PASSPORT', 'TSI_CIP', 'PROVISIONAL'] as const;
export type IdentifierType = (typeof kIdentifiers)[number];

/** Somebody whom the professional works with. */
export interface Person {
  id: string;
  name: string;
  /** Its last characters, to tell people of one name apart. */
  identifier: { type: IdentifierType; end: string } | null;
  language: 'ca' | 'es' | 'en' | null;
  address: Address | null;
}

export type Search = { name: string } | { identifier: { type: IdentifierType; value: string } };

export interface NewPerson {
  name: string;
  identifier?: { type: IdentifierType; value: string };
  language: 'ca' | 'es' | 'en';
  address: Address;
  birthDate?: string;
  birthDateSeen?: BirthDateSeen;
}

export interface Template {
  key: string;
  languages: string[];
  fields: { name: string; type: 'text' | 'list' | 'date' | 'money' | 'person' | 'code'; required: boolean }[];
  /** `needs`: the fields without which an item cannot be asked; a code that such a field says is null. */
  items: { name: string; basis: string; purpose: string | null; category: string | null; recipient: string | null; needs: string[] }[];
  signers: { name: string; required: boolean; capacities: string[]; meanings: Meaning[] }[];
}

/** What can be made here, and what this organisation always says in a field. */
export interface Templates {
  templates: Template[];
  defaults: Record<string, string>;
}

export interface NewDocument {
  language: string;
  fields: Record<string, unknown>;
  items: { item: string; validUntil: string }[];
  /** `personId`: what is kept from others about them is covered on the paper. */
  signers: { signer: string; name: string; personId?: string }[];
}

export interface NewRequest {
  documentId: string;
  personId: string;
  title: string;
  language: 'ca' | 'es' | 'en';
  capacity: string;
  /** The power by which somebody signs for the person. */
  representationId?: string;
  otherHolder?: 'sole' | 'declared' | 'signed';
  address: Address;
  identityEvidence: { kind: 'id-seen' | 'known' | 'none'; level: number };
  professional: { name: string };
  signer?: string;
  after?: string;
  /** The request of this person whose signature is void. */
  insteadOf?: string;
  discreet: boolean;
  items: [];
  methods: Method[];
  meanings?: Meaning[];
  expiresAt: string;
}

/** The tablet's link of a request, shown once. */
export interface Link {
  id: string;
  state: RequestState;
  link: string;
  expiresAt: string;
}

/** What a professional asks for, in the name of their login. */
export class Desk {
  readonly #client: SessionClient;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  asked(state: RequestState | null, cursor: string | null): Promise<Part<Asked>> {
    return this.#client.part('signature-requests', 'requests', cursor, state === null ? '' : `state=${state}`);
  }

  /** An identifier goes in the body: addresses are written down in many places. */
  async find(search: Search): Promise<{ persons: Person[]; more: boolean }> {
    return (await this.#client.call('POST', 'persons/search', search)) as { persons: Person[]; more: boolean };
  }

  async templates(): Promise<Templates> {
    return (await this.#client.call('GET', 'templates')) as Templates;
  }

  content(document: string): Promise<ArrayBuffer> {
    return this.#client.content(document);
  }

  /** What is void on a document, sealed as a page of its own. */
  voidRecord(document: string, language: Language): Promise<ArrayBuffer> {
    return this.#client.octets(`documents/${document}/void-record?language=${paperLanguage(language)}`);
  }

  notes(document: string): Promise<Notes[]> {
    return this.#client.notes(document);
  }

  preparePerson(person: NewPerson): Once {
    return once('persons', person);
  }

  prepareCancelling({ id }: Asked): Once {
    return once(`signature-requests/${id}/cancellation`, {});
  }

  prepareSigningFor({ id }: Asked, signed: { certificate: string; signature: string } | null): Once {
    return once(`signature-requests/${id}/official-act`, signed ?? {});
  }

  prepareLink({ id }: Asked, expiresAt: string): Once {
    return once(`signature-requests/${id}/link`, { expiresAt });
  }

  async store(pdf: Blob, key: string): Promise<string> {
    return ((await this.#client.store(pdf, key)) as { document: { id: string } }).document.id;
  }

  send(sending: Once): Promise<unknown> {
    return this.#client.send(sending);
  }
}
