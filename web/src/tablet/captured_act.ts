import canonicalize from 'canonicalize';
import type { Act, Answer, Choice, CopyKind } from '../api/types';
import { toBase64Url } from '../crypto/encodings';
import type { Notes } from '../visit/notes';

export type IdentityKind = 'id-seen' | 'known' | 'none';

/** What a person did with one document, as the tablet keeps it until it becomes a captured act. */
export interface Outcome {
  answer: 'signed' | Answer;
  choices: { item: string; choice: Choice }[];
  /** Only of one who signed. */
  act: Act | null;
  verificationCode: string;
  /** Of the conversation; none were made. */
  notes: Notes | null;
  /** RFC 3339, by the tablet's clock: a claim. */
  captured: string;
}

/** What a person did while nobody listened (`segell.captured-act/1`), as the device signs it. */
export interface CapturedAct extends Omit<Partial<Act>, 'notes'> {
  schema: 'segell.captured-act/1';
  visit: string;
  device: string;
  request: string;
  nonce: string;
  /** Of the device: grows by one an act. */
  counter: number;
  times: { handedOver: string; captured: string };
  identity: { kind: IdentityKind } | null;
  answer: 'signed' | Answer;
  /** Only with "signed": whoever says no or later has decided nothing. */
  choices?: { item: string; choice: Choice }[];
  copy: { kind: CopyKind; code?: string } | null;
  notes: Notes | null;
}

/** Where the act belongs, and what else the tablet knows of it. */
export interface Circumstances {
  visit: string;
  device: string;
  request: string;
  nonce: string;
  counter: number;
  handedOver: string;
  identity: IdentityKind;
  copy: { kind: CopyKind; code?: string } | null;
}

export function captured({ handedOver, identity, copy, ...where }: Circumstances, outcome: Outcome): CapturedAct {
  return {
    schema: 'segell.captured-act/1',
    ...where,
    times: { handedOver, captured: outcome.captured },
    identity: { kind: identity },
    answer: outcome.answer,
    ...(outcome.act === null ? {} : { choices: outcome.choices, ...outcome.act }),
    copy,
    notes: outcome.notes ?? null,
  };
}

/**
 * The octets to send: the act in its canonical form (RFC 8785), the device's signature over exactly that form beside it
 * (ECDSA P-256 with SHA-256, r and s of 32 octets each).
 */
export async function signed(act: CapturedAct, key: CryptoKey): Promise<string> {
  const form = canonicalize(act);
  if (form === undefined) {
    throw new Error('an act is an object');
  }
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new TextEncoder().encode(form));
  return `{"act":${form},"signature":"${toBase64Url(new Uint8Array(signature))}"}`;
}
