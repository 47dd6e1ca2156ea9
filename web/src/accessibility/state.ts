import type { TextSize } from '../ui/text_size';
import type { Language } from '../words/words';
import type { PageName } from '../ui/frame';
import type { Organisation, Received } from './api';

export type Step = { at: 'statement' } | { at: 'form' } | { at: 'sent'; received: Received };

export interface State {
  step: Step;
  /** Null until it is known, or where it cannot be. */
  organisation: Organisation | null;
  /** The page that somebody came from. */
  from: PageName | null;
  /** What went wrong at the last attempt: the id of its words. */
  trouble: string | null;
  busy: boolean;
  textSize: TextSize;
  language: Language;
}
