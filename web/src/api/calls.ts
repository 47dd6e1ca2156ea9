import { Failure, failureOf } from './failure';

const kAnswerMilliseconds = 30_000;
const kDocumentMilliseconds = 180_000;

/** What goes along with a call: JSON as text, and the key by which the service knows a repetition. */
export interface Sent {
  body?: string;
  key?: string;
}

/** Calls of the API below /api/v1 in the name of one capability, which lives in this object and nowhere else. All throw a Failure. */
export class Calls {
  readonly #capability: string;
  readonly #gone = new AbortController();

  constructor(capability: string) {
    this.#capability = capability;
  }

  /** Ends all that is under way. */
  leave(): void {
    this.#gone.abort();
  }

  /** A call that outlives its page: of what becomes of it nobody is told. */
  sendLast(path: string, sent: Sent): void {
    void fetch(`/api/v1/${path}`, { ...this.#request('POST', sent), keepalive: true }).catch(() => {});
  }

  async json(method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<unknown> {
    const response = await this.#fetch(method, path, sent, kAnswerMilliseconds);
    return arriving(response.json());
  }

  async text(method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<string> {
    const response = await this.#fetch(method, path, sent, kAnswerMilliseconds);
    return arriving(response.text());
  }

  async octets(method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<ArrayBuffer> {
    const response = await this.#fetch(method, path, sent, kDocumentMilliseconds);
    return arriving(response.arrayBuffer());
  }

  #request(method: 'GET' | 'POST', { body, key }: Sent): RequestInit {
    return {
      method,
      ...(body === undefined ? {} : { body }),
      headers: {
        Authorization: `Bearer ${this.#capability}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    };
  }

  async #fetch(method: 'GET' | 'POST', path: string, sent: Sent, deadline: number): Promise<Response> {
    const signal = AbortSignal.any([this.#gone.signal, AbortSignal.timeout(deadline)]);
    const response = await arriving(fetch(`/api/v1/${path}`, { ...this.#request(method, sent), signal }));
    if (!response.ok) {
      const problem: unknown = await response.json().catch(() => ({}));
      throw failureOf(response.status, typeof problem === 'object' && problem !== null ? problem : {});
    }
    return response;
  }
}

/** Whatever a promise of the network rejects with means the same to a person: it did not arrive. */
async function arriving<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch {
    throw new Failure('offline');
  }
}
