import { Failure, failureOf } from './failure';

/** What somebody who logged in may be here. */
export type Role = 'citizen' | 'representative' | 'professional' | 'referent' | 'manager' | 'auditor' | 'dpo' | 'administrator';

export interface HeldRole {
  id: string;
  role: Role;
  organisation: string;
  /** Whose matters it is about. */
  personName?: string;
}

/** A login that goes on. */
export interface Session {
  /** What is still to do before anything else: nothing, to show the second factor, or to set one up. */
  step: 'open' | 'second-factor' | 'enrol';
  level: 'low' | 'substantial' | 'high';
  name: string;
  role: HeldRole | null;
  roles: HeldRole[];
  secondFactor: boolean;
  csrf: string;
  expiresAt: string;
  idleSeconds: number;
}

/** What comes back where a login begins or goes on. */
export interface Grant {
  session: Session;
  /** Only where a second factor was set up, and only once. */
  recoveryCodes?: string[];
}

/** The service asks for patience after too many failed attempts. */
export class Wait extends Failure {
  constructor(readonly seconds: number) {
    super('busy');
  }
}

const kMilliseconds = 30_000;

/**
 * Calls the service in the name of whoever is logged in. The cookie is the browser's and out of reach; what a change needs beside
 * it comes with the session and lives in this object.
 */
export class SessionClient {
  #csrf = '';
  #handedOver = false;

  /** Who is logged in; null for nobody, and while the tablet is in another person's hands. */
  async current(): Promise<Session | null> {
    try {
      return this.#keep((await this.call('GET', 'session')) as Grant).session;
    } catch (fault) {
      const code = fault instanceof Failure ? fault.reference.code : undefined;
      this.#handedOver = code === 'http.not-found';
      if (this.#handedOver || code === 'auth.no-session') {
        return null;
      }
      throw fault;
    }
  }

  /** Whether current() found a session that was handed over. */
  get handedOver(): boolean {
    return this.#handedOver;
  }

  /** Gives the tablet to a person: until it is taken back this session calls nothing. */
  async handOver(): Promise<void> {
    await this.call('POST', 'session/hand-over', {});
    this.#csrf = '';
  }

  /** `proof`: a code of the second factor where the login has one, else its password. */
  async takeBack(proof: string): Promise<Grant> {
    return this.#begin('session/return', { proof: proof.normalize('NFC') });
  }

  async logIn(name: string, password: string): Promise<Grant> {
    return this.#begin('session', { name, password: password.normalize('NFC') });
  }

  async activate(name: string, code: string, password: string): Promise<Grant> {
    return this.#begin('activation', { name, code, password: password.normalize('NFC') });
  }

  /** What the identity provider is called at which one may log in too; null where there is none. */
  async provider(): Promise<string | null> {
    return ((await this.call('GET', 'logins')) as { oidc: { name: string } | null }).oidc?.name ?? null;
  }

  /** Where the browser goes to log in there. */
  async beginAtProvider(): Promise<string> {
    return ((await this.call('POST', 'session/oidc', {})) as { address: string }).address;
  }

  async passSecondFactor(code: string): Promise<Grant> {
    return this.#begin('session/second-factor', { code });
  }

  async beginAuthenticator(): Promise<{ secret: string; uri: string }> {
    return (await this.call('POST', 'session/authenticator', {})) as { secret: string; uri: string };
  }

  async confirmAuthenticator(code: string): Promise<Grant> {
    return this.#begin('session/authenticator/confirmation', { code });
  }

  async chooseRole(id: string): Promise<Grant> {
    return this.#begin('session/role', { id });
  }

  async changePassword(current: string, wanted: string): Promise<Grant> {
    return this.#begin('session/password', { current: current.normalize('NFC'), wanted: wanted.normalize('NFC') });
  }

  async end(everywhere: boolean): Promise<void> {
    await this.call('POST', 'session/end', { everywhere });
    this.#csrf = '';
  }

  /** Ends the session without waiting: the page is on its way out. */
  leave(): void {
    if (this.#csrf !== '') {
      void fetch('/api/v1/session/end', {
        method: 'POST',
        body: '{"everywhere":false}',
        headers: { 'Content-Type': 'application/json', 'X-Segell-CSRF': this.#csrf },
        credentials: 'same-origin',
        referrerPolicy: 'no-referrer',
        keepalive: true,
      }).catch(() => {});
      this.#csrf = '';
    }
  }

  /** Any call of the API below /api/v1; its JSON. Throws a Failure, or a Wait. */
  async call(method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> {
    let response: Response;
    try {
      response = await fetch(`/api/v1/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(method === 'POST' && this.#csrf !== '' ? { 'X-Segell-CSRF': this.#csrf } : {}),
        },
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(kMilliseconds),
      });
    } catch {
      throw new Failure('offline');
    }
    const answer: unknown = await response.json().catch(() => ({}));
    if (response.status === 429) {
      throw new Wait(Number(response.headers.get('Retry-After')) || 1);
    }
    if (!response.ok) {
      throw failureOf(response.status, typeof answer === 'object' && answer !== null ? answer : {});
    }
    return answer;
  }

  async #begin(path: string, body: unknown): Promise<Grant> {
    return this.#keep((await this.call('POST', path, body)) as Grant);
  }

  #keep(grant: Grant): Grant {
    this.#csrf = grant.session.csrf;
    return grant;
  }
}
