import { once, type Once, type Part, type Role, type SessionClient } from '../api/session';

export const kStaff = ['professional', 'referent', 'manager', 'auditor', 'dpo', 'administrator'] as const satisfies readonly Role[];
export const kRoles = [...kStaff, 'citizen', 'representative'] as const satisfies readonly Role[];
/** Whose logins the list shows. */
export type Group = 'staff' | Role;

export interface AccountRole {
  id: string;
  role: Role;
  /** Whose matters a citizen or representative holds. */
  personId: string | null;
  since: string;
}

/** A login, as an administrator sees it. */
export interface Account {
  id: string;
  /** Null for who logs in at the identity provider alone. */
  name: string | null;
  shownName: string;
  unit: string | null;
  state: 'invited' | 'active' | 'disabled';
  secondFactor: boolean;
  letterUntil: string | null;
  createdAt: string;
  /** The administrator's own, which somebody else changes. */
  isOwn: boolean;
  roles: AccountRole[];
}

export interface RoleOrder {
  role: Role;
  personId?: string;
}

export interface NewAccount {
  name: string;
  shownName: string;
  unit: string;
  roles: RoleOrder[];
  language: 'ca' | 'es' | 'en';
}

/** A letter that waits to be printed. Its code is told to nobody here. */
export interface Letter {
  reference: string;
  validUntil: string;
}

/** What is asked before it happens, because somebody feels it. */
export const kChanges = ['block', 'unblock', 'second-factor-reset', 'session-end', 'letter'] as const;
export type Change = (typeof kChanges)[number];

/** What an administrator asks for, in the name of their login. */
export class Accounts {
  readonly #client: SessionClient;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  list(group: Group, cursor: string | null): Promise<Part<Account>> {
    return this.#client.part('accounts', 'accounts', cursor, `role=${group}`);
  }

  prepareNew(account: NewAccount): Once {
    return once('accounts', account);
  }

  prepareChange({ id }: Account, change: Change, language: string): Once {
    return once(`accounts/${id}/${change}`, change === 'letter' ? { language } : {});
  }

  prepareRole({ id }: Account, role: RoleOrder): Once {
    return once(`accounts/${id}/roles`, role);
  }

  prepareWithdrawal({ id }: Account, role: AccountRole): Once {
    return once(`accounts/${id}/role-withdrawal`, { id: role.id });
  }

  async send(sending: Once): Promise<{ account: Account; letter?: Letter }> {
    return (await this.#client.send(sending)) as { account: Account; letter?: Letter };
  }
}
