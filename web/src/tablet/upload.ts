import { Failure } from '../api/failure';
import { PackageClient, type ActState } from './api';
import type { Shelf, StoredAct, StoredVisit } from './shelf';

const kFirstWait = 2_000;
const kLongestWait = 60_000;

/** What the uploader is told from outside, so that tests need no clock. */
export interface Surroundings {
  client: (capability: string) => Pick<PackageClient, 'send' | 'states' | 'leave'>;
  later: (work: () => Promise<void>, milliseconds: number) => () => void;
}

export const kBrowser: Surroundings = {
  client: (capability) => new PackageClient(capability),
  later: (work, milliseconds) => {
    const timer = setTimeout(() => void work(), milliseconds);
    return () => clearTimeout(timer);
  },
};

/**
 * Sends the acts that the tablet keeps, each until the service has it, then asks what became of them. Nothing here can make an act
 * twice: its nonce is its key. Waits grow while nothing answers.
 */
export class Uploader {
  readonly #shelf: Shelf;
  readonly #changed: () => void;
  readonly #around: Surroundings;
  #wait = kFirstWait;
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #client: Pick<PackageClient, 'leave'> | null = null;

  constructor(shelf: Shelf, changed: () => void, around = kBrowser) {
    this.#shelf = shelf;
    this.#changed = changed;
    this.#around = around;
  }

  /** Tries now: something new is to be sent, or the network is back. */
  now(): Promise<void> {
    this.#wait = kFirstWait;
    this.#again = true;
    return this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#client?.leave();
  }

  #run(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    this.#running ??= this.#rounds().finally(() => (this.#running = null));
    return this.#running;
  }

  async #rounds(): Promise<void> {
    let left = true;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      left = await this.#round().catch(() => true);
    }
    if (left && !this.#stopped) {
      this.#cancel = this.#around.later(() => {
        this.#again = true;
        return this.#run();
      }, this.#wait);
      this.#wait = Math.min(kLongestWait, this.#wait * 2);
    }
  }

  /** One try at everything; whether something is left that time may bring. */
  async #round(): Promise<boolean> {
    let left = false;
    const visits = await this.#shelf.visits();
    for (const visit of visits) {
      const open = (await this.#shelf.acts()).filter((act) => act.visit === visit.id && (act.state === 'tablet' || act.state === 'received'));
      if (open.length > 0 && !this.#stopped) {
        left = (await this.#settle(visit, open)) || left;
      }
    }
    return left;
  }

  async #settle(visit: StoredVisit, open: readonly StoredAct[]): Promise<boolean> {
    const client = this.#around.client(visit.capability);
    this.#client = client;
    let left = false;
    for (const act of open.filter(({ state }) => state === 'tablet')) {
      left = !(await this.#send(client, act)) || left;
    }
    const states = await client.states().catch((): ActState[] => []);
    for (const act of (await this.#shelf.acts()).filter(({ visit: id, state }) => id === visit.id && state === 'received')) {
      const now = states.find(({ nonce }) => nonce === act.nonce);
      if (now !== undefined && now.state !== act.state) {
        await this.#shelf.arrived(act, now);
        this.#changed();
      }
      left = left || now === undefined || now.state === 'received';
    }
    return left;
  }

  /** Whether nothing more is to be tried with this act for now. */
  async #send(client: Pick<PackageClient, 'send'>, act: StoredAct): Promise<boolean> {
    try {
      await this.#shelf.arrived(act, await client.send(act.nonce, act.body));
    } catch (fault) {
      const code = fault instanceof Failure ? fault.reference.code : undefined;
      // What a proxy or a login page of some network says is no answer of the service: that one names its reason.
      if (!(fault instanceof Failure) || code === undefined || ['offline', 'busy', 'server', 'storage'].includes(fault.kind)) {
        return false;
      }
      await this.#shelf.refused(act, code);
    }
    this.#changed();
    return true;
  }
}
