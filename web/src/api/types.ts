import type { FillInRecipe } from '../paper/fill_in';
import type { Notes } from '../visit/notes';

/** What the service says about a visit: one person, one document, its items. */
export interface Visit {
  id: string;
  state: string;
  title: string;
  language: string;
  personName: string;
  /** Who signs for the person; null or absent: they themselves. */
  representative?: { name: string; capacity: 'parent' | 'guardian' | 'curator' } | null;
  organisation: string;
  /** Who accompanies the person; `checkedIdentity`: they saw for themselves who the person is. */
  professional?: { name: string; checkedIdentity: boolean };
  /** The paper that waits for the choices, and how they are put into it; until they are made, where the document takes them. */
  paper?: { sha256: string; length: number; pages: number; verificationCode: string; fillIn: FillInRecipe };
  /** Whether the document's text can be had as such. */
  reading?: boolean;
  /** The paper and its choices, once they were made: a link that is opened again goes on from there. */
  frozen?: FrozenDocument & { choices: { item: string; choice: Choice }[] };
  items: Item[];
  methods: Method[];
  /** With 'official': who could sign for the person, by name. */
  officials?: string[];
  /** The person consented that an official signs; until that happened they may choose otherwise. */
  onBehalf?: boolean;
  /** What the signature may say; absent: what follows from the answers. */
  meanings?: Meaning[];
  /** How the person is spoken to; formal when it is absent. */
  address?: 'formal' | 'familiar';
  /** Who can open what a hand gives, and on what ground it may be recorded at all. */
  custody?: { recipients: CustodyRecipient[]; assessment?: string; approval?: string };
  nonce: string;
}

export interface Item {
  id: string;
  text: string;
  consequenceIfRefused: string;
  /** RFC 3339: when what is granted ends by itself. */
  validUntil?: string;
  /** What the person who is asked said to exactly this before, and when: it may stay so. */
  earlierNo?: { state: 'withdrawn' | 'refused' | 'opposed'; at: string };
  notice: Notice;
  choices: Choice[];
  /** Where the decision stands on paper, and in which words, by the state of its field ("Off": not decided yet). */
  printed?: { field: string; words: Record<string, string> };
}

export interface Notice {
  title: string;
  text: string;
  sha256: string;
}

export type Choice = 'grant' | 'refuse' | 'defer' | 'informed' | 'object';
export type Method = 'drawn' | 'button' | 'official' | 'witnesses' | 'drawn-with-dynamics';
export type Meaning = 'agree' | 'agree-with-reservation' | 'informed' | 'received' | 'disagree';
export type Answer = 'refused' | 'deferred';
export type CopyKind = 'printed' | 'phone' | 'post' | 'none';

/** What the person takes along; with a slip where they take it now. */
export interface Copy {
  kind: CopyKind;
  slip?: { id: string; code: string; link: string; expiresAt: string; qr: string[] };
}

export interface CustodyRecipient {
  role: 'custodian' | 'reserve';
  name: string;
  certificate: string;
}

/** The final text, laid out with the person's choices and unchangeable from now on. */
export interface FrozenDocument {
  sha256: string;
  sha512: string;
  length: number;
  pages: number;
  verificationCode: string;
}

/** Ink as a picture, 1-bit. */
export interface Picture {
  width: number;
  height: number;
  bits: string;
}

/** The record of an act in front of two witnesses. */
export interface Diligence {
  /** Why the person can neither draw nor press. */
  reason: string;
  witnesses: { name: string; identity: 'id-seen' | 'known'; adult: true; answer: 'drawn' | 'button'; picture?: Picture }[];
}

export interface Act {
  shown: { sha256: string; sha512: string; length: number };
  method: Method;
  meaning: Meaning;
  /** The person's own words, with a reservation. */
  reservation?: string;
  picture?: Picture;
  diligence?: Diligence;
  envelope?: string;
  capture?: { pointerType: string };
  notes?: Notes;
}

export interface Sealed {
  documentId: string;
  verificationCode: string;
  length: number;
  sha256: string;
  time: 'tsa' | 'pending';
  logIndex: number;
}
