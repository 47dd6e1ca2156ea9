import type { Part } from '../api/session';
import type { Asked, Desk } from './api';
import { behind } from './parts_of_lists';
import { kNothing } from './state';
import type { Page } from './visiting';
import type { OpenWrongSigner, Recipient, WrongSigner, WrongSigners } from './wrong';

type Prepared = Parameters<WrongSigners['send']>[0];

/** What can be done about signatures of somebody else. */
export interface VoidingActions {
  startSayingWrong(asked: Asked): void;
  /** `signer`: null while nobody was looked for, empty where it is not known. */
  sayWrong(seen: string, who: string, signer: string | null): void;
  wrong(): void;
  moreWrong(): void;
  openWrong(id: string): void;
  decideWrong(one: OpenWrongSigner, answer: 'confirmed' | 'rejected' | null, reason: string): void;
  toldRecipient(one: OpenWrongSigner, whom: Recipient): void;
  endIncident(one: OpenWrongSigner, answer: 'reported' | 'not-needed' | null, reason: string): void;
}

/** From what somebody saw, over the decision of a second person, to the end of the incident. */
export class Voiding {
  readonly actions: VoidingActions;
  readonly #desk: Desk;
  readonly #signers: WrongSigners;
  readonly #page: Page;

  constructor(desk: Desk, signers: WrongSigners, page: Page) {
    this.#desk = desk;
    this.#signers = signers;
    this.#page = page;
    const { attempt } = page;
    this.actions = {
      startSayingWrong: (asked) => page.set({ step: { at: 'saying-wrong', saying: { asked, found: null } }, trouble: null, news: null }),
      sayWrong: (seen, who, signer) => this.#raise(seen, who, signer),
      wrong: () => attempt(() => this.openList()),
      moreWrong: () => attempt(() => this.#fetch()),
      openWrong: (id) => attempt(() => this.#open(id)),
      decideWrong: (one, answer, reason) => this.#judge(one, answer, reason, (said) => signers.prepareDecision(one, said, reason)),
      toldRecipient: (one, whom) => this.#act(one, () => signers.prepareTold(one, whom)),
      endIncident: (one, answer, reason) => this.#judge(one, answer, reason, (said) => signers.prepareEnd(one, said, reason)),
    };
  }

  async openList(news: string | null = null): Promise<void> {
    this.#page.set({ step: { at: 'wrong' }, wrong: kNothing.wrong });
    await this.#fetch();
    this.#page.set({ news });
  }

  async #fetch(): Promise<void> {
    const fetchPart = (cursor: string | null): Promise<Part<WrongSigner>> => this.#signers.list(cursor);
    this.#page.set({ wrong: await behind(this.#page.state().wrong, fetchPart) });
  }

  async #open(id: string): Promise<void> {
    this.#page.set({ step: { at: 'wrong-one', one: await this.#signers.one(id) } });
  }

  /** Looks for whoever is named first: only a person who is known here can be said to have signed. */
  #raise(seen: string, who: string, signer: string | null): void {
    const { step } = this.#page.state();
    if (step.at !== 'saying-wrong') {
      return;
    }
    if (seen === '') {
      this.#page.say('desk-wrong-empty');
      return;
    }
    const { asked } = step.saying;
    this.#page.attempt(async () => {
      if (signer === null && who !== '') {
        const { persons } = await this.#desk.find({ name: who });
        this.#page.set({ step: { at: 'saying-wrong', saying: { asked, found: persons.filter(({ id }) => id !== asked.personId) } } });
        return;
      }
      await this.#signers.send(this.#signers.prepare(asked, seen, signer === null || signer === '' ? null : signer));
      await this.openList('desk-wrong-sent');
    });
  }

  /** What needs an answer and a reason; both are asked for where they are missing. */
  #judge<Answer>(one: OpenWrongSigner, answer: Answer | null, reason: string, prepare: (answer: Answer) => Prepared): void {
    if (answer === null || reason === '') {
      this.#page.say(answer === null ? 'desk-answer-missing' : 'desk-protect-no-reason');
      return;
    }
    this.#act(one, () => prepare(answer));
  }

  #act(one: OpenWrongSigner, prepare: () => Prepared): void {
    this.#page.attempt(async () => {
      await this.#signers.send(prepare());
      await this.#open(one.id);
    });
  }
}
