import type { Act, Answer, Choice, Copy, CopyKind, FrozenDocument, Sealed, Visit } from './types';
import type { Notes } from '../visit/notes';
import { Calls } from './calls';

/** Something to be sent once: sending it again after a lost answer, with the same key and the same octets, does no harm. */
export interface Sending {
  readonly path: string;
  readonly key: string;
  readonly body: string;
}

/** Talks to the service in the name of one visit. The capability lives in this object and nowhere else. */
export class Client {
  readonly #calls: Calls;

  constructor(capability: string) {
    this.#calls = new Calls(capability);
  }

  /** Ends all that is under way: the person left. `last`: is sent yet, though nobody waits for what comes of it. */
  leave(last: Sending | null = null): void {
    this.#calls.leave();
    if (last !== null) {
      this.#calls.sendLast(last.path, last);
    }
  }

  async visit(): Promise<Visit> {
    return ((await this.#calls.json('GET', 'visit')) as { request: Visit }).request;
  }

  /** The frozen octets. Their digest is the caller's to check. */
  document(): Promise<ArrayBuffer> {
    return this.#calls.octets('GET', 'visit/document');
  }

  /** The octets that wait for the choices. */
  paper(): Promise<ArrayBuffer> {
    return this.#calls.octets('GET', 'visit/paper');
  }

  /** The document's text, where it has one of its own: an HTML fragment. */
  readingView(): Promise<string> {
    return this.#calls.text('GET', 'visit/reading-view');
  }

  /** `sha256`: of the paper as it was filled in here. */
  prepareChoices(choices: readonly { item: string; choice: Choice }[], sha256?: string): Sending {
    return sending('visit/choices', sha256 === undefined ? { choices } : { choices, sha256 });
  }

  prepareAct(act: Act): Sending {
    return sending('visit/act', act);
  }

  /** That an official signs this for the person, who says so expressly. */
  prepareOnBehalf(act: Act): Sending {
    return sending('visit/on-behalf', { ...act, consent: true });
  }

  async sendOnBehalf(consent: Sending): Promise<void> {
    await this.#send(consent);
  }

  prepareAnswer(answer: Answer, notes: Notes | null): Sending {
    return sending('visit/answer', notes === null ? { answer } : { answer, notes });
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
  slip(code: string): Promise<ArrayBuffer> {
    return this.#calls.octets('POST', 'slip/paper', { body: JSON.stringify({ code }) });
  }

  #send({ path, key, body }: Sending): Promise<unknown> {
    return this.#calls.json('POST', path, { body, key });
  }
}

function sending(path: string, body: unknown): Sending {
  return { path, key: crypto.randomUUID(), body: JSON.stringify(body) };
}
