import { once, type Once, type Part, type SessionClient } from '../api/session';

export const kEndings = ['lost', 'stolen', 'broken', 'retired'] as const;
export type Ending = (typeof kEndings)[number];

/** A tablet that takes papers to where no network is. */
export interface Device {
  id: string;
  label: string;
  state: 'active' | 'revoked';
  enrolledAt: string;
  /** Null for a program. */
  enrolledBy: string | null;
  /** Papers that left on it and of which nothing came. */
  outstanding: number;
  revokedAt?: string;
  reason?: Ending;
}

/** Somebody who may sign on behalf of people, as long as the entry lets them. */
export interface Official {
  id: string;
  state: 'registered' | 'withdrawn';
  /** Null where the login is closed. */
  account: string | null;
  name: string;
  resolution: string;
  since: string;
  /** Exclusive. */
  until: string;
  /** Empty: every procedure. */
  procedures: string[];
  certificate: string | null;
  withdrawnAt?: string;
  reason?: string;
}

export interface NewOfficial {
  account: string;
  resolution: string;
  since: string;
  until: string;
  procedures: string[];
  certificate?: string;
}

/** Whether an entry lets somebody sign, and if not, why. */
export function standsAt({ state, since, until }: Official, now = Date.now()): 'registered' | 'withdrawn' | 'later' | 'over' {
  if (state === 'withdrawn') {
    return 'withdrawn';
  }
  return Date.parse(since) > now ? 'later' : Date.parse(until) <= now ? 'over' : 'registered';
}

/** The beginning of a day where the page is read, `after` days later; empty for what is no day. */
export function dayBegins(day: string, after = 0): string {
  const begins = new Date(`${day}T00:00:00`);
  if (Number.isNaN(begins.getTime())) {
    return '';
  }
  begins.setDate(begins.getDate() + after);
  return `${begins.toISOString().slice(0, 19)}Z`;
}

/** What else an organisation keeps beside its logins: the tablets that are enrolled, and who may sign on behalf of people. */
export class Registers {
  readonly #client: SessionClient;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  devices(cursor: string | null): Promise<Part<Device>> {
    return this.#client.part('devices', 'devices', cursor);
  }

  prepareEnd({ id }: Device, reason: Ending): Once {
    return once(`devices/${id}/revocation`, { reason });
  }

  officials(cursor: string | null): Promise<Part<Official>> {
    return this.#client.part('officials', 'officials', cursor);
  }

  prepareOfficial(wanted: NewOfficial): Once {
    return once('officials', wanted);
  }

  prepareWithdrawal({ id }: Official, reason: string): Once {
    return once(`officials/${id}/withdrawal`, { reason });
  }

  send(sending: Once): Promise<unknown> {
    return this.#client.send(sending);
  }
}
