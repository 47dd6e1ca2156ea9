import type { Act, Answer, Choice, Copy, CopyKind, FrozenDocument, Sealed, Visit } from './types';
import { Failure, failureOf } from './failure';

const kAnswerMilliseconds = 30_000;
const kDocumentMilliseconds = 180_000;

/** Something to be sent once: sending it again after a lost answer, with the same key and the same octets, does no harm. */
export interface Sending {
  readonly path: string;
  readonly key: string;
  readonly body: string;
}

/** Talks to the service in the name of one visit. The capability lives in this object and nowhere else. */
export class Client {
  readonly #capability: string;
  readonly #gone = new AbortController();

  constructor(capability: string) {
    this.#capability = capability;
  }

  /** Ends all that is under way: the person left. */
  leave(): void {
    this.#gone.abort();
  }

  async visit(): Promise<Visit> {
    return ((await this.#json('GET', 'visit')) as { request: Visit }).request;
  }

  /** The frozen octets. Their digest is the caller's to check. */
  async document(): Promise<ArrayBuffer> {
    const response = await this.#fetch('GET', 'visit/document', {}, kDocumentMilliseconds);
    return arriving(response.arrayBuffer());
  }

  /** The octets that wait for the choices. */
  async paper(): Promise<ArrayBuffer> {
    const response = await this.#fetch('GET', 'visit/paper', {}, kDocumentMilliseconds);
    return arriving(response.arrayBuffer());
  }

  /** The document's text, where it has one of its own: an HTML fragment. */
  async readingView(): Promise<string> {
    const response = await this.#fetch('GET', 'visit/reading-view', {}, kAnswerMilliseconds);
    return arriving(response.text());
  }

  /** `sha256`: of the paper as it was filled in here. */
  prepareChoices(choices: { item: string; choice: Choice }[], sha256?: string): Sending {
    return sending('visit/choices', sha256 === undefined ? { choices } : { choices, sha256 });
  }

  prepareAct(act: Act): Sending {
    return sending('visit/act', act);
  }

  prepareAnswer(answer: Answer): Sending {
    return sending('visit/answer', { answer });
  }

  async sendChoices(choices: Sending): Promise<FrozenDocument> {
    return ((await this.#send(choices)) as { document: FrozenDocument }).document;
  }

  async sendAct(act: Sending): Promise<Sealed> {
    return ((await this.#send(act)) as { sealed: Sealed }).sealed;
  }

  async sendAnswer(answer: Sending): Promise<void> {
    await this.#send(answer);
  }

  prepareCopy(copy: CopyKind): Sending {
    return sending('visit/copy', { copy });
  }

  async sendCopy(copy: Sending): Promise<Copy> {
    return ((await this.#send(copy)) as { copy: Copy }).copy;
  }

  /** The slip's paper. Its code opens it, as it will at the person's home. */
  async slip(code: string): Promise<ArrayBuffer> {
    const init = { body: JSON.stringify({ code }), headers: { 'Content-Type': 'application/json' } };
    return arriving((await this.#fetch('POST', 'slip/paper', init, kDocumentMilliseconds)).arrayBuffer());
  }

  #send({ path, key, body }: Sending): Promise<unknown> {
    return this.#json('POST', path, { body, headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key } });
  }

  async #json(method: string, path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await this.#fetch(method, path, init, kAnswerMilliseconds);
    return arriving(response.json());
  }

  async #fetch(method: string, path: string, init: RequestInit, deadline: number): Promise<Response> {
    const response = await arriving(
      fetch(`/api/v1/${path}`, {
        ...init,
        method,
        headers: { ...init.headers, Authorization: `Bearer ${this.#capability}` },
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

function sending(path: string, body: unknown): Sending {
  return { path, key: crypto.randomUUID(), body: JSON.stringify(body) };
}

/** Whatever a promise of the network rejects with means the same to a person: it did not arrive. */
async function arriving<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch {
    throw new Failure('offline');
  }
}
