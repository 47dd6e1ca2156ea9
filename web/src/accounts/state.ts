import type { Once, Role, Session } from '../api/session';
import type { TextSize } from '../ui/text_size';
import type { Language } from '../words/words';
import type { Account, AccountRole, Change, Group, Letter } from './api';
import type { Device, Official } from './registers';

export type Step =
  | { at: 'opening' }
  /** Nobody is logged in; `over`: somebody was. */
  | { at: 'login'; over: boolean }
  /** Logged in as somebody who has no such page. */
  | { at: 'nobody' }
  | { at: 'list' }
  | { at: 'new'; role: Role }
  | { at: 'account'; account: Account; role: Role }
  | { at: 'changing'; account: Account; change: Change; sending: Once }
  | { at: 'withdrawing'; account: Account; role: AccountRole; sending: Once }
  | { at: 'letter'; account: Account; letter: Letter }
  | { at: 'devices' }
  | { at: 'ending'; device: Device }
  | { at: 'officials' }
  | { at: 'new-official' }
  | { at: 'official-ending'; official: Official }
  | { at: 'left' };

export interface State {
  step: Step;
  session: Session | null;
  /** As far as it was fetched; null before the first answer. */
  list: Account[] | null;
  next: string | null;
  group: Group;
  devices: { list: Device[] | null; next: string | null };
  officials: { list: Official[] | null; next: string | null };
  /** What went wrong: the id of its words. */
  trouble: string | null;
  /** What just happened: the id of its words. */
  news: string | null;
  busy: boolean;
  textSize: TextSize;
  language: Language;
}

/** Nothing of anybody: before a login, and behind its end. */
export const kNothing = {
  session: null,
  list: null,
  next: null,
  group: 'staff',
  devices: { list: null, next: null },
  officials: { list: null, next: null },
  trouble: null,
  news: null,
  busy: false,
} satisfies Partial<State>;
