import { once, oncePut, type Once, type SessionClient } from '../api/session';
import type { CodeNames } from '../words/code_names';
import type { Person } from './api';

/** Where a power to decide for somebody comes from. */
export const kBases = ['parental-authority', 'judgment', 'public-guardianship', 'power'] as const;
export type Basis = (typeof kBases)[number];

/** What it was read from. */
export const kEvidence = ['family-book', 'register', 'judgment', 'resolution', 'power'] as const;
export type EvidenceKind = (typeof kEvidence)[number];

/** The states of the register Representa: only a valid one may act. */
export type PowerState = 'valida' | 'pendent-validacio' | 'pendent-signatura' | 'denegada' | 'expirada' | 'renunciada' | 'revocada' | 'anulada';

/** What the birth date says of somebody today. */
export type Age = 'under-14' | '14-17' | 'adult' | 'unknown';

/** What a birth date was read from. */
export const kBirthDateSeen = ['id-document', 'family-book', 'register', 'declared'] as const;
export type BirthDateSeen = (typeof kBirthDateSeen)[number];

/** Somebody may decide for somebody else. */
export interface Representation {
  id: string;
  representativeId: string | null;
  representativeName: string | null;
  basis: Basis;
  /** Of parental authority: whether somebody else has it too. */
  holds: 'sole' | 'joint' | null;
  /** Codes of purposes; none: for everything. */
  scope: string[];
  /** What they are called, in their order. */
  scopeNames: CodeNames[];
  from: string;
  until: string | null;
  /** Null once the representative was erased. */
  evidence: { kind: EvidenceKind; reference: string | null; seenAt: string | null } | null;
  state: PowerState;
  /** A protection keeps the person from them. */
  excluded: boolean;
}

/** What is meant; an empty part: any. */
export interface Scope {
  purpose: string;
  category: string;
  recipient: string;
}

/** The same with what its parts are called. */
export interface NamedScope extends Scope {
  purposeNames: CodeNames;
  categoryNames: CodeNames;
  recipientNames: CodeNames;
}

/** How somebody says that they object. */
export const kObjectionChannels = ['email', 'letter', 'counter', 'phone'] as const;
type ObjectionChannel = (typeof kObjectionChannels)[number];

/** One holder of parental authority is against what another one allows. */
export interface Objection {
  id: string;
  representationId: string;
  scope: NamedScope;
  from: string;
  until: string | null;
  /** What was said, and how; null once whoever said it was erased. */
  evidence: { channel: ObjectionChannel; receivedAt: string; reason: string; documentId: string | null } | null;
  state: 'live' | 'ended';
}

/** Who decides for a person, as the register says. */
export interface Deciders {
  person: { id: string; name: string | null; age: Age; birthDate: string | null; birthDateSeen: BirthDateSeen | null };
  representations: Representation[];
  objections: Objection[];
}

export interface BirthDate {
  birthDate: string;
  seen: BirthDateSeen;
  reason?: string;
}

export interface NewRepresentation {
  representativeId: string;
  basis: Basis;
  holds?: 'sole' | 'joint';
  scope: string[];
  from?: string;
  until?: string;
  evidence: { kind: EvidenceKind; reference: string; seen: boolean };
}

export type Settable = Extract<PowerState, 'valida' | 'denegada' | 'renunciada' | 'revocada' | 'anulada'>;

export interface NewObjection {
  scope: Partial<Scope>;
  channel: ObjectionChannel;
  receivedAt: string;
  documentId?: string;
  reason: string;
}

export interface ObjectionEnd {
  by: 'holder' | 'judgment';
  reason: string;
  documentId?: string;
}

/** The register of who decides for whom, in the name of whoever is logged in. */
export class Representations {
  readonly #client: SessionClient;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  /** That it was looked at stands on the person's page. */
  async of({ id }: { id: string }): Promise<Deciders> {
    return (await this.#client.call('GET', `persons/${id}/representations`)) as Deciders;
  }

  prepareBirthDate({ id }: Person, said: BirthDate): Once {
    return oncePut(`persons/${id}/birth-date`, said);
  }

  prepare({ id }: Person, wanted: NewRepresentation): Once {
    return once(`persons/${id}/representations`, wanted);
  }

  prepareState({ id }: Representation, state: Settable, reason: string): Once {
    return once(`representations/${id}/state`, { state, reason });
  }

  prepareObjection({ id }: Representation, said: NewObjection): Once {
    return once(`representations/${id}/objections`, said);
  }

  prepareObjectionEnd({ id }: Objection, end: ObjectionEnd): Once {
    return once(`objections/${id}/end`, end);
  }

  send(sending: Once): Promise<unknown> {
    return this.#client.send(sending);
  }
}

/** What may become of a power from the state in which it is; nothing where that is its end. */
export function statesAfter(state: PowerState): Settable[] {
  switch (state) {
    case 'pendent-validacio':
    case 'pendent-signatura':
      return ['valida', 'denegada', 'anulada'];
    case 'valida':
      return ['renunciada', 'revocada', 'anulada'];
    case 'expirada':
    case 'renunciada':
    case 'revocada':
      return ['anulada'];
    case 'denegada':
    case 'anulada':
      return [];
  }
}

/** Lines of codes, as they are typed: one a line, or with commas between. */
export function codesIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((code) => code !== ''))];
}
