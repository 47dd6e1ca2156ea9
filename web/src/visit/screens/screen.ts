import type { TemplateResult } from 'lit';
import type { Language, Say } from '../../words/words';
import type { Flow } from '../flow';
import type { State } from '../state';

/** What a screen is made from. */
export interface Scene {
  say: Say;
  language: Language;
  state: State;
  flow: Flow;
  /** Gives the tablet back to the professional, where one handed it over. */
  handBack?: () => void;
}

export type Screen = TemplateResult;
