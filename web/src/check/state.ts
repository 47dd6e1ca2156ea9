import type { Failure } from '../api/failure';
import type { TextSize } from '../ui/text_size';
import type { Language } from '../words/words';
import type { CodeFault } from './code';
import type { CodeVerdict } from './code_check';
import type { Verdict } from './verdict';

export type Step =
  | { at: 'choose'; wrong: boolean }
  | { at: 'working' }
  /** `lone`: the file can be a signature whose content lies beside it, and came alone. */
  | { at: 'verdict'; verdict: Verdict; lone: boolean }
  /** Of the document that is kept under the code, not of a file. */
  | { at: 'code'; verdict: CodeVerdict }
  | { at: 'problem'; failure: Failure; retry: () => void };

export interface State {
  step: Step;
  /** The code of the printed address or from the person's hand, once it can be one. */
  code: string | null;
  /** What was typed that cannot be a code, and why. */
  mistake: { typed: string; fault: CodeFault } | null;
  textSize: TextSize;
  language: Language;
}
