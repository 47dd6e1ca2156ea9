import type { Notes } from '../visit/notes';
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
  factors: ('authenticator' | 'passkey')[];
  /** Empty before the login is open. */
  passkeys: { id: string; name: string; createdAt: string }[];
  /** Whether browsers offer passkeys at this service's address. */
  passkeysOffered: boolean;
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

/** A part of a list, and where it goes on. */
export interface Part<T> {
  list: T[];
  next: string | null;
}

/** Something to be sent once: sent again with the same key it does no harm. */
export interface Once {
  path: string;
  key: string;
  body: unknown;
  /** POST where it says nothing else. */
  method?: 'PUT';
}

export function once(path: string, body: unknown): Once {
  return { path, key: crypto.randomUUID(), body };
}

/** The same for what is put in the place of something. */
export function oncePut(path: string, body: unknown): Once {
  return { ...once(path, body), method: 'PUT' };
}

type HttpMethod = 'GET' | 'POST' | 'PUT';

const kMilliseconds = 30_000;
const kDocumentMilliseconds = 180_000;

/**
 * Calls the service in the name of whoever is logged in. The cookie is the browser's and out of reach; what a change needs beside
 * it comes with the session and lives in this object.
 */
export class SessionClient {
  #csrf = '';
  #handedOver = false;
  /** The key of each wish, by what it says. */
  readonly #unanswered = new Map<string, string>();

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

  async beginPasskey(): Promise<unknown> {
    return this.call('POST', 'session/passkeys/options', {});
  }

  async addPasskey(name: string, made: object): Promise<Grant> {
    return this.#begin('session/passkeys', { name, ...made });
  }

  async removePasskey(id: string): Promise<Grant> {
    return this.#begin(`session/passkeys/${id}/removal`, {});
  }

  /** `back`: the tablet was handed over, and comes back. */
  async askForPasskey(back: boolean): Promise<unknown> {
    return this.call('POST', `session/${back ? 'return' : 'second-factor'}/passkey/options`, {});
  }

  async passPasskey(back: boolean, proof: object): Promise<Grant> {
    return this.#begin(`session/${back ? 'return' : 'second-factor'}/passkey`, proof);
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
  async call(method: HttpMethod, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> {
    const json = { 'Content-Type': 'application/json' };
    const init = body === undefined ? { headers } : { body: JSON.stringify(body), headers: { ...headers, ...json } };
    const response = await this.#fetch(method, path, init, kMilliseconds);
    return response.json().catch(() => ({}));
  }

  /**
   * Sends a wish. One that says the same and is not answered yet (its answer was lost) goes out again with the key that it had, so that
   * nothing is made twice.
   */
  async send({ path, key, body, method }: Once): Promise<unknown> {
    const wish = JSON.stringify([method ?? 'POST', path, body]);
    const first = this.#unanswered.get(wish) ?? key;
    this.#unanswered.set(wish, first);
    const answer = await this.call(method ?? 'POST', path, body, { 'Idempotency-Key': first });
    this.#unanswered.delete(wish);
    return answer;
  }

  /** Nothing that somebody wished stays here behind the end of their login. */
  forget(): void {
    this.#unanswered.clear();
  }

  /** The part of a list behind a cursor; `more`: further words of the query. */
  async part<T>(path: string, member: string, cursor: string | null, more = ''): Promise<Part<T>> {
    const query = [cursor === null ? '' : `cursor=${cursor}`, more].filter((word) => word !== '').join('&');
    const answer = (await this.call('GET', query === '' ? path : `${path}?${query}`)) as Record<string, unknown>;
    return { list: answer[member] as T[], next: answer['next'] as string | null };
  }

  /** The octets of a document. That it was opened is logged before the first one leaves. */
  content(document: string): Promise<ArrayBuffer> {
    return this.octets(`documents/${document}/content`);
  }

  /** The octets of a file that is no JSON. */
  async octets(path: string): Promise<ArrayBuffer> {
    const response = await this.#fetch('GET', path, {}, kDocumentMilliseconds);
    try {
      return await response.arrayBuffer();
    } catch {
      throw new Failure('offline');
    }
  }

  /** What was noted down while people read a document, as far as whoever is logged in may see it. */
  async notes(document: string): Promise<Notes[]> {
    return ((await this.call('GET', `documents/${document}/notes`)) as { notes: Notes[] }).notes;
  }

  /** Stores a PDF; sent again with the same key it is stored once. */
  async store(pdf: Blob, key: string): Promise<unknown> {
    const headers = { 'Content-Type': 'application/pdf', 'Idempotency-Key': key };
    const response = await this.#fetch('POST', 'documents', { body: pdf, headers }, kDocumentMilliseconds);
    return response.json().catch(() => {
      throw new Failure('offline');
    });
  }

  async #fetch(method: HttpMethod, path: string, init: RequestInit, milliseconds: number): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`/api/v1/${path}`, {
        ...init,
        method,
        headers: { ...init.headers, ...(method !== 'GET' && this.#csrf !== '' ? { 'X-Segell-CSRF': this.#csrf } : {}) },
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(milliseconds),
      });
    } catch {
      throw new Failure('offline');
    }
    if (response.status === 429) {
      throw new Wait(Number(response.headers.get('Retry-After')) || 1);
    }
    if (!response.ok) {
      const problem: unknown = await response.json().catch(() => ({}));
      throw failureOf(response.status, typeof problem === 'object' && problem !== null ? problem : {});
    }
    return response;
  }

  async #begin(path: string, body: unknown): Promise<Grant> {
    return this.#keep((await this.call('POST', path, body)) as Grant);
  }

  #keep(grant: Grant): Grant {
    this.#csrf = grant.session.csrf;
    return grant;
  }
}
