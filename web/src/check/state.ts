import type { Failure } from '../api/failure';
import type { TextSize } from '../ui/text_size';
import type { Verdict } from './verdict';

export type Step =
  | { at: 'choose'; wrong: boolean }
  | { at: 'working' }
  | { at: 'verdict'; verdict: Verdict }
  | { at: 'problem'; failure: Failure; retry: () => void };

export interface State {
  step: Step;
  /** The code of the printed address, if it had one. */
  code: string | null;
  textSize: TextSize;
}
