import { Client, type Sending } from '../api/client';
import type { Act, Answer, Choice, CopyKind, FrozenDocument, Visit } from '../api/types';
import type { Shown } from '../crypto/digests';
import { kNoNotes, type Notes } from './notes';
import type { CopyMade, Kept, Once, VisitSource } from './source';

/** A visit at the service, in the name of its link's capability. */
export class OnlineSource implements VisitSource {
  /** Nothing of a person is written down in a browser that only lent them its screen. */
  readonly keeper = null;
  readonly noted = kNoNotes;
  readonly #client: Client;
  /** What the person said and can take back still: the service does not know of it. */
  #said: Sending | null = null;

  constructor(capability: string) {
    this.#client = new Client(capability);
  }

  visit(): Promise<Visit> {
    return this.#client.visit();
  }

  paper(): Promise<ArrayBuffer> {
    return this.#client.paper();
  }

  document(): Promise<ArrayBuffer> {
    return this.#client.document();
  }

  readingView(): Promise<string> {
    return this.#client.readingView();
  }

  freeze(choices: readonly { item: string; choice: Choice }[], made: Shown | null): Promise<FrozenDocument> {
    return this.#client.sendChoices(this.#client.prepareChoices(choices, made?.sha256));
  }

  act(act: Act): Once<Kept> {
    const sending = this.#client.prepareAct(act);
    return {
      attempt: async () => {
        const { time, verificationCode } = await this.#client.sendAct(sending);
        return { place: time === 'pending' ? 'received' : 'sealed', verificationCode };
      },
    };
  }

  onBehalf(act: Act): Once<void> {
    const sending = this.#client.prepareOnBehalf(act);
    return { attempt: () => this.#client.sendOnBehalf(sending) };
  }

  answer(answer: Answer, notes: Notes | null): Once<void> {
    const sending = this.#client.prepareAnswer(answer, notes);
    return {
      attempt: async () => {
        this.#said = sending;
      },
    };
  }

  async takeBack(): Promise<void> {
    this.#said = null;
  }

  async settle(): Promise<void> {
    if (this.#said !== null) {
      await this.#client.sendAnswer(this.#said);
      this.#said = null;
    }
  }

  copy(kind: CopyKind): Once<CopyMade> {
    const sending = this.#client.prepareCopy(kind);
    return {
      attempt: async () => {
        const { slip } = await this.#client.sendCopy(sending);
        const paper = kind === 'printed' && slip !== undefined ? await this.#client.slip(slip.code) : null;
        return { kind, slips: slip === undefined ? [] : [{ title: '', ...slip }], paper };
      },
    };
  }

  /** A call that was sent twice is one, by its key: the page may have been settling it when it was left. */
  leave(): void {
    this.#client.leave(this.#said);
  }
}
