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

  async #fetch(method: 'GET' | 'POST', path: string, { body, key }: Sent, deadline: number): Promise<Response> {
    const response = await arriving(
      fetch(`/api/v1/${path}`, {
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
        signal: AbortSignal.any([this.#gone.signal, AbortSignal.timeout(deadline)]),
      }),
    );
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
