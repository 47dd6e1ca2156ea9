import type { Session } from '../api/session';
import type { Trouble } from '../ui/form';
import type { TextSize } from '../ui/text_size';
import type { Language } from '../words/words';

export type Step =
  | { at: 'opening' }
  | { at: 'credentials' }
  /** Somebody else held the tablet: the proof of who is here now. */
  | { at: 'return' }
  | { at: 'activation' }
  | { at: 'second-factor' }
  /** A second factor is to be set up: which one? */
  | { at: 'factors' }
  | { at: 'passkey' }
  | { at: 'removing'; id: string; name: string }
  | { at: 'enrol'; secret: string; uri: string }
  | { at: 'recovery'; codes: string[] }
  | { at: 'inside' }
  | { at: 'password' }
  | { at: 'left' }
  | { at: 'problem'; requestId?: string };

export interface State {
  step: Step;
  session: Session | null;
  /** What went wrong at the last attempt. */
  trouble: Trouble | null;
  /** Something that went well, said once. */
  news: string | null;
  busy: boolean;
  /** What the identity provider is called at which one may log in too. */
  provider: string | null;
  /** The password is shown as it is typed. */
  shown: boolean;
  textSize: TextSize;
  language: Language;
}
