import type { Asked, Person } from './api';
import { behind } from './parts_of_lists';
import type { Protection, Protections, Wanted } from './protect';
import { kNothing } from './state';
import type { Page } from './visiting';

/** What can be done about protections. */
export interface ProtectingActions {
  /** `wanted`: null where something is missing; `asked`: the paper that it is about. */
  protect(person: Person, wanted: Wanted | null, asked?: Asked): void;
  confirmProtect(): void;
  protections(): void;
  moreProtections(): void;
  unprotect(protection: Protection): void;
  confirmUnprotect(protection: Protection, reason: string): void;
}

/** From a wish over its confirmation to the list, and by two people out of it again. */
export class Protecting {
  readonly actions: ProtectingActions;
  readonly #protections: Protections;
  readonly #page: Page;

  /** `done`: where it goes on once something is protected, with the news of it. */
  constructor(protections: Protections, page: Page, done: (news: string) => Promise<void>) {
    this.#protections = protections;
    this.#page = page;
    const { attempt } = page;
    this.actions = {
      protect: (person, wanted, asked) => {
        if (wanted === null) {
          page.say(asked === undefined ? 'desk-protect-missing' : 'desk-protect-no-reason');
          return;
        }
        page.set({ step: { at: 'protect-sure', person, wanted, asked: asked ?? null, sending: protections.prepare(person, wanted) }, trouble: null });
      },
      confirmProtect: () => {
        const { step } = page.state();
        if (step.at === 'protect-sure') {
          attempt(async () => {
            await protections.send(step.sending);
            page.set({ found: null });
            await done(step.wanted.kind === 'confidential' ? 'desk-confided' : 'desk-protected');
          });
        }
      },
      protections: () => attempt(() => this.#open()),
      moreProtections: () => attempt(() => this.#fetch()),
      unprotect: (one) => page.set({ step: { at: 'unprotecting', one }, trouble: null, news: null }),
      confirmUnprotect: (one, reason) => {
        if (reason === '') {
          page.say('desk-protect-no-reason');
          return;
        }
        attempt(async () => {
          await protections.send(protections.prepareRemoval(one, reason));
          await this.#open(one.state === 'set' ? 'desk-unprotect-asked' : 'desk-unprotected');
        });
      },
    };
  }

  async #open(news: string | null = null): Promise<void> {
    this.#page.set({ step: { at: 'protections' }, protections: kNothing.protections });
    await this.#fetch();
    this.#page.set({ news });
  }

  async #fetch(): Promise<void> {
    this.#page.set({ protections: await behind(this.#page.state().protections, (cursor) => this.#protections.list(cursor)) });
  }
}
