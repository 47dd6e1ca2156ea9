import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { Once, Session } from '../api/session';
import type { TextSize } from '../ui/text_size';
import type { Notes } from '../visit/notes';
import type { Language } from '../words/words';
import type { Access, Correction, Deciders, Ending, Group, Item, Paper } from './api';

export const kSections = ['papers', 'decisions', 'accesses', 'corrections'] as const;
export type Section = (typeof kSections)[number];

export type Step =
  | { at: 'opening' }
  /** Nobody is logged in; `over`: somebody was. */
  | { at: 'login'; over: boolean }
  /** Logged in as somebody who has no such page. */
  | { at: 'nobody' }
  | { at: Section }
  | { at: 'reading'; paper: Paper; pages: PDFDocumentProxy; notes: Notes[] }
  | { at: 'ending'; item: Item; how: Ending; sending: Once }
  /** `decision`: the one that ended it. */
  | { at: 'ended'; item: Item; how: Ending; decision: string }
  | { at: 'asking'; paper: Paper | null }
  | { at: 'asked'; dueAt: string }
  | { at: 'left' };

/** A list as far as it was fetched; null before the first answer. */
export interface Fetched<T> {
  list: T[] | null;
  next: string | null;
}

export interface Lists {
  papers: Fetched<Paper>;
  decisions: Fetched<Group>;
  accesses: Fetched<Access>;
  corrections: Fetched<Correction>;
}

export interface State {
  step: Step;
  session: Session | null;
  lists: Lists;
  /** Who decides, fetched with the decisions. */
  deciders: Deciders | null;
  /** The words of a verdict by paper; 'mine-checking' while it is asked for. */
  verdicts: ReadonlyMap<string, string>;
  /** What went wrong at the last attempt: the id of its words. */
  trouble: string | null;
  busy: boolean;
  asText: boolean;
  textSize: TextSize;
  language: Language;
}

export const kNoLists: Lists = {
  papers: { list: null, next: null },
  decisions: { list: null, next: null },
  accesses: { list: null, next: null },
  corrections: { list: null, next: null },
};
