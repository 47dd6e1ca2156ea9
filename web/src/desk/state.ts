import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { Once, Session } from '../api/session';
import type { TextSize } from '../ui/text_size';
import type { Notes } from '../visit/notes';
import type { Language } from '../words/words';
import type { Asked, Link, Person, RequestState, Templates } from './api';
import { kEmptyDraft, type Draft } from './draft';
import type { Made } from './making';
import type { Protection, Wanted } from './protect';
import type { Composing, PreparedVisit, Preview } from './visits';
import type { Deciders, Objection, Representation } from './representations';
import type { Correction, Feedback, OpenCorrection, OpenFeedback, Review } from './tasks';
import type { OpenWrongSigner, Saying, WrongSigner } from './wrong';

export type Step =
  | { at: 'opening' }
  /** Nobody is logged in; `over`: somebody was. */
  | { at: 'login'; over: boolean }
  /** Logged in as somebody who has no such page. */
  | { at: 'nobody' }
  | { at: 'list' }
  | { at: 'who' }
  /** `panel`: whom the newcomer is to represent; else they are to sign. */
  | { at: 'newcomer'; panel?: Panel }
  | { at: 'paper' }
  | { at: 'fields' }
  | { at: 'who-signs' }
  | { at: 'ways' }
  | { at: 'made'; made: Made[] }
  | { at: 'link'; asked: Asked; link: Link }
  | { at: 'cancelling'; asked: Asked; sending: Once }
  /** `sheets`: what goes to the printer, once it was asked for. */
  | { at: 'reading'; asked: Asked; pages: PDFDocumentProxy; notes: Notes[]; sheets: HTMLCanvasElement[] }
  | { at: 'tasks' }
  | { at: 'correction'; one: OpenCorrection }
  | { at: 'feedback'; one: OpenFeedback }
  | { at: 'review'; one: Review }
  | { at: 'deciders'; panel: Panel }
  | { at: 'birth-date'; panel: Panel }
  | { at: 'representative'; panel: Panel }
  | { at: 'represent'; panel: Panel; representative: Person }
  | { at: 'power-state'; panel: Panel; one: Representation }
  | { at: 'objecting'; panel: Panel; one: Representation }
  /** `name`: of whoever objected. */
  | { at: 'objection-end'; panel: Panel; one: Objection; name: string }
  | { at: 'protecting'; person: Person }
  /** `asked`: the paper that it is about, where it is about one. */
  | { at: 'protect-sure'; person: Person; wanted: Wanted; asked: Asked | null; sending: Once }
  | { at: 'confiding'; asked: Asked }
  | { at: 'protections' }
  | { at: 'unprotecting'; one: Protection }
  | { at: 'visits' }
  | { at: 'compose' }
  | { at: 'compose-sure'; preview: Preview }
  | { at: 'saying-wrong'; saying: Saying }
  | { at: 'wrong' }
  | { at: 'wrong-one'; one: OpenWrongSigner }
  | { at: 'left' };

/** Who decides for a person, as it stood when it was fetched; `back`: from where it was opened. */
export interface Panel {
  person: Person;
  deciders: Deciders;
  back: 'who' | 'who-signs' | 'tasks';
}

/** What went wrong: the id of its words, and what they name. */
export interface Trouble {
  words: string;
  about: string;
}

export interface State {
  step: Step;
  session: Session | null;
  /** As far as it was fetched; null before the first answer. */
  list: Asked[] | null;
  next: string | null;
  filter: RequestState | null;
  /** What people wait for an answer to. */
  tasks: { list: Correction[] | null; next: string | null };
  feedback: { list: Feedback[] | null; next: string | null };
  /** What changed by itself of who decides; null for whoever looks at none. */
  reviews: { list: Review[] | null; next: string | null };
  /** What is kept from others, for who is told of it. */
  protections: { list: Protection[] | null; next: string | null };
  visits: { list: PreparedVisit[] | null; next: string | null };
  /** A visit that is being put together; null while none is. */
  composing: Composing | null;
  /** Signatures that are said to be of somebody else. */
  wrong: { list: WrongSigner[] | null; next: string | null };
  draft: Draft;
  found: { persons: Person[]; more: boolean } | null;
  templates: Templates | null;
  trouble: Trouble | null;
  /** What just happened: the id of its words. */
  news: string | null;
  busy: boolean;
  asText: boolean;
  textSize: TextSize;
  language: Language;
}

/** Nothing of anybody: before a login, and behind its end. */
export const kNothing = {
  session: null,
  list: null,
  next: null,
  filter: null,
  tasks: { list: null, next: null },
  feedback: { list: null, next: null },
  reviews: { list: null, next: null },
  protections: { list: null, next: null },
  visits: { list: null, next: null },
  composing: null,
  wrong: { list: null, next: null },
  draft: kEmptyDraft,
  found: null,
  templates: null,
  trouble: null,
  news: null,
  busy: false,
} satisfies Partial<State>;
