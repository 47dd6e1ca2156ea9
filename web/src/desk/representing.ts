import type { Desk, Person } from './api';
import { startOf } from './draft';
import type { BirthDate, NewObjection, NewRepresentation, Objection, ObjectionEnd, Representation, Representations, Settable } from './representations';
import type { Panel } from './state';
import type { Page } from './visiting';

type Prepared = Parameters<Representations['send']>[0];

/** What can be done about who decides for somebody. */
export interface RepresentingActions {
  /** `back`: where it was asked from. */
  openDeciders(person: Person, back: Panel['back']): void;
  leaveDeciders(panel: Panel): void;
  saveBirthDate(panel: Panel, said: BirthDate | null): void;
  lookForRepresentative(panel: Panel): void;
  represent(panel: Panel, wanted: NewRepresentation): void;
  changePower(panel: Panel, one: Representation, state: Settable | null, reason: string): void;
  /** What can be objected to is named as papers made here name it. */
  startObjecting(panel: Panel, one: Representation): void;
  object(panel: Panel, one: Representation, said: NewObjection, message: File | null): void;
  endObjection(panel: Panel, one: Objection, end: Omit<ObjectionEnd, 'by'> & { by: ObjectionEnd['by'] | null }, message: File | null): void;
}

/** From the panel of a person to what is changed there, and back to the panel as it stands then. */
export class Representing {
  readonly actions: RepresentingActions;
  readonly #desk: Desk;
  readonly #register: Representations;
  readonly #page: Page;
  /** The messages that were stored, with the key of each: trying again after a lost answer stores none twice. */
  readonly #stored = new Map<File, string>();

  /** `leave`: back to where the panel was opened from. */
  constructor(desk: Desk, register: Representations, page: Page, leave: (back: Panel['back']) => void) {
    this.#desk = desk;
    this.#register = register;
    this.#page = page;
    this.actions = {
      openDeciders: (person, back) => page.attempt(() => this.#open(person, back)),
      leaveDeciders: ({ back }) => leave(back),
      saveBirthDate: (panel, said) => {
        if (said === null) {
          page.say('desk-birth-date-missing');
          return;
        }
        this.#save(panel, async () => register.prepareBirthDate(panel.person, said), 'desk-saved');
      },
      lookForRepresentative: (panel) => page.set({ step: { at: 'representative', panel }, found: null, trouble: null, news: null }),
      represent: (panel, wanted) => {
        if (wanted.evidence.reference === '') {
          page.say('desk-evidence-missing');
          return;
        }
        this.#save(panel, async () => register.prepare(panel.person, wanted), wanted.evidence.seen ? 'desk-represented' : 'desk-represented-pending');
      },
      changePower: (panel, one, state, reason) => {
        if (state === null || reason === '') {
          page.say(state === null ? 'desk-choice-missing' : 'desk-protect-no-reason');
          return;
        }
        this.#save(panel, async () => register.prepareState(one, state, reason), 'desk-saved');
      },
      startObjecting: (panel, one) =>
        page.attempt(async () => {
          page.set({ templates: page.state().templates ?? (await desk.templates()) });
          page.set({ step: { at: 'objecting', panel, one }, trouble: null, news: null });
        }),
      object: (panel, one, said, message) => {
        if (said.reason === '' || said.receivedAt === '') {
          page.say(said.reason === '' ? 'desk-protect-no-reason' : 'desk-objection-when-missing');
          return;
        }
        const received = { ...said, receivedAt: startOf(said.receivedAt) };
        this.#save(panel, async () => register.prepareObjection(one, { ...received, ...(await this.#kept(message)) }), 'desk-objected');
      },
      endObjection: (panel, one, { by, reason }, message) => {
        if (by === null || reason === '') {
          page.say(by === null ? 'desk-choice-missing' : 'desk-protect-no-reason');
          return;
        }
        this.#save(panel, async () => register.prepareObjectionEnd(one, { by, reason, ...(await this.#kept(message)) }), 'desk-saved');
      },
    };
  }

  async #open(person: Person, back: Panel['back'], news: string | null = null): Promise<void> {
    const deciders = await this.#register.of(person);
    this.#page.set({ step: { at: 'deciders', panel: { person, deciders, back } }, found: null, trouble: null });
    this.#page.set({ news });
  }

  #save({ person, back }: Panel, prepare: () => Promise<Prepared>, news: string): void {
    this.#page.attempt(async () => {
      await this.#register.send(await prepare());
      await this.#open(person, back, news);
    });
  }

  async #kept(message: File | null): Promise<{ documentId?: string }> {
    if (message === null) {
      return {};
    }
    const key = this.#stored.get(message) ?? crypto.randomUUID();
    this.#stored.set(message, key);
    return { documentId: await this.#desk.store(message, key) };
  }
}
