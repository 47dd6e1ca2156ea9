import type { Failure } from '../api/failure';
import type { CodeFault } from '../check/code';
import type { TextSize } from '../ui/text_size';
import type { Language } from '../words/words';
import type { Slip } from './slip';

export type Step =
  | { at: 'code'; mistake: { typed: string; fault: CodeFault } | null }
  | { at: 'working' }
  /** `asking`: the lines that the person is about to take back, before they say so. */
  | { at: 'slip'; slip: Slip; asking: readonly string[] | null }
  | { at: 'done'; slip: Slip; taken: readonly string[]; time: string }
  | { at: 'problem'; failure: Failure; retry: () => void };

/** Everything the page knows, in memory and nowhere else: a reload forgets the code too. */
export interface State {
  step: Step;
  code: string | null;
  /** The paper: on its way, kept, or not to be had. */
  saving: 'working' | 'done' | 'failed' | null;
  textSize: TextSize;
  /** The one that the person chose, else the slip's, else the browser's. */
  language: Language;
  languageChosen: boolean;
}
