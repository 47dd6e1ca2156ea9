import type { Act, Answer, Choice, CopyKind, FrozenDocument, Visit } from '../api/types';
import type { Shown } from '../crypto/digests';
import type { Notes, NotesDraft } from './notes';
import type { Progress } from './progress';

/** Something that is done once. Trying it again after a lost answer repeats the same thing and makes no second one. */
export interface Once<T> {
  attempt(): Promise<T>;
}

/** Where a person's act is now. `sealed` and `received` are the service's words; `tablet`: kept here until there is a network. */
export interface Kept {
  place: 'sealed' | 'received' | 'tablet';
  verificationCode: string;
}

/** A slip as a person takes it: its code in writing, and as the modules of a QR code, a row a string. */
export interface SlipMade {
  /** What it is about; empty where that is plain or must not be said. */
  title: string;
  code: string;
  link: string;
  qr: string[];
}

/** What the person takes along: nothing to show yet without slips; `paper`: the slip as a PDF, where there is one. */
export interface CopyMade {
  kind: CopyKind;
  slips: SlipMade[];
  paper: ArrayBuffer | null;
}

/** Remembers where a person is, so that a killed tab or an empty battery loses nothing. */
export interface Keeper {
  /** Where the person was when the page ended; null for one who has not begun. */
  saved(): Promise<Progress | null>;
  /** On disk when it returns: the next screen shows after that. */
  save(progress: Progress): Promise<void>;
}

/**
 * What the way of a visit needs of the world: one person, one document. On line it is the service (`OnlineSource`), off line what a
 * tablet carries. Everything fails with a `Failure`.
 */
export interface VisitSource {
  /** Null where nothing may be kept: the person's steps live in memory alone. */
  readonly keeper: Keeper | null;
  /** What was noted before the person began. */
  readonly noted: NotesDraft;
  visit(): Promise<Visit>;
  /** The octets that wait for the choices. */
  paper(): Promise<ArrayBuffer>;
  /** The frozen octets. Their digest is the caller's to check. */
  document(): Promise<ArrayBuffer>;
  /** The document's text, where it has one of its own: an HTML fragment. */
  readingView(): Promise<string>;
  /** Has the choices frozen; `made`: digests of the paper as it was filled in here, null where it could not be. */
  freeze(choices: readonly { item: string; choice: Choice }[], made: Shown | null): Promise<FrozenDocument>;
  act(act: Act): Once<Kept>;
  /** The person's consent that an official signs for them; only where the service offers one. */
  onBehalf(act: Act): Once<void>;
  /** "No" or "later": kept, so that it can be taken back until the person goes on. */
  answer(answer: Answer, notes: Notes | null): Once<void>;
  /** As if neither had been said. */
  takeBack(): Promise<void>;
  /** The person goes on: what they said stands. Nothing to do where it does, or where nothing was said. */
  settle(): Promise<void>;
  copy(kind: CopyKind): Once<CopyMade>;
  /** Ends all that is under way: the person left, and by that went on. */
  leave(): void;
}
