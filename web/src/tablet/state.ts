import type { Session } from '../api/session';
import type { Trouble } from '../ui/form';
import type { TextSize } from '../ui/text_size';
import type { NotesDraft, NotesGap } from '../visit/notes';
import type { Language } from '../words/words';
import type { WaitingVisit } from './api';
import type { IdentityKind } from './captured_act';
import type { OnList } from './shelf';

/** The tablet is about to be given to a person. */
export interface Handing {
  at: 'identity';
  visit: string;
  person: number;
  name: string;
  identity: IdentityKind | null;
  notes: NotesDraft;
  missing: boolean;
}

/** Where the professional is. While a person has the tablet, the page is theirs (turn.ts) and this is forgotten. */
export type Step =
  | { at: 'opening' }
  /** Another tab has the tablet's store. */
  | { at: 'elsewhere' }
  /** This browser, or this address, cannot keep anything safely. */
  | { at: 'unsupported' }
  /** The browser deleted what was kept. */
  | { at: 'lost' }
  /** To enrol a tablet somebody must be logged in; `nobody`: as a professional. */
  | { at: 'login' | 'nobody' }
  /** `hasLock`: a PIN was set, and enrolling was interrupted. */
  | { at: 'enrol'; hasLock: boolean }
  | { at: 'locked' }
  | { at: 'list' }
  | Handing
  /** What was asked and who helped, before the tablet is the person's. */
  | { at: 'notes'; handing: Handing; missing: NotesGap | null }
  | { at: 'removing'; visit: string }
  | { at: 'pin' }
  | { at: 'problem'; code: string | null };

export interface State {
  step: Step;
  label: string;
  list: OnList[];
  /** Somebody is logged in, only to fetch; null when nobody is. */
  session: Session | null;
  /** Visits at the service that are not here yet; null while that is not known. */
  waiting: WaitingVisit[] | null;
  /** Whether the browser promised not to delete what is kept, and whether the page opens without a network. */
  persisted: boolean;
  pageKept: boolean;
  trouble: Trouble | null;
  news: string | null;
  busy: boolean;
  shown: boolean;
  textSize: TextSize;
  language: Language;
}
