import { fingerprintIn } from '../crypto/certificate_file';
import { dayBegins, type Device, type Ending, type NewOfficial, type Official, type Registers } from './registers';
import type { State } from './state';

/** What can be done about tablets and officials. */
export interface RegisterActions {
  devices(): void;
  moreDevices(): void;
  askEnd(device: Device): void;
  end(device: Device, reason: Ending | null): void;
  officials(): void;
  moreOfficials(): void;
  beginOfficial(): void;
  /** The days as they were typed; the file, where a certificate is bound. */
  addOfficial(wanted: NewOfficial, certificate: File | null): void;
  askOfficialEnd(official: Official): void;
  endOfficial(official: Official, reason: string): void;
}

/** What the page lends them. */
export interface Page {
  state: () => State;
  set: (part: Partial<State>) => void;
  attempt: (work: () => Promise<void>) => void;
  /** Behind what is under way: a register that was asked for while another list is read is shown, not forgotten. */
  follow: (work: () => Promise<void>) => void;
}

export class Keeping {
  readonly actions: RegisterActions;
  readonly #registers: Registers;
  readonly #page: Page;

  constructor(registers: Registers, page: Page) {
    this.#registers = registers;
    this.#page = page;
    const { attempt, follow, set } = page;
    this.actions = {
      devices: () => follow(() => this.openDevices()),
      moreDevices: () => attempt(() => this.#fetchDevices()),
      askEnd: (device) => set({ step: { at: 'ending', device }, trouble: null, news: null }),
      end: (device, reason) => {
        if (reason === null) {
          set({ trouble: 'devices-reason-missing' });
          return;
        }
        attempt(async () => {
          await registers.send(registers.prepareEnd(device, reason));
          await this.openDevices('devices-ended');
        });
      },
      officials: () => follow(() => this.openOfficials()),
      moreOfficials: () => attempt(() => this.#fetchOfficials()),
      beginOfficial: () => set({ step: { at: 'new-official' }, trouble: null, news: null }),
      addOfficial: (wanted, certificate) => attempt(() => this.#add(wanted, certificate)),
      askOfficialEnd: (official) => set({ step: { at: 'official-ending', official }, trouble: null, news: null }),
      endOfficial: (official, reason) =>
        attempt(async () => {
          await registers.send(registers.prepareWithdrawal(official, reason));
          await this.openOfficials('accounts-done');
        }),
    };
  }

  async openDevices(news: string | null = null): Promise<void> {
    this.#page.set({ step: { at: 'devices' }, devices: { list: null, next: null } });
    await this.#fetchDevices();
    this.#page.set({ news });
  }

  async openOfficials(news: string | null = null): Promise<void> {
    this.#page.set({ step: { at: 'officials' }, officials: { list: null, next: null } });
    await this.#fetchOfficials();
    this.#page.set({ news });
  }

  async #fetchDevices(): Promise<void> {
    const { list, next } = this.#page.state().devices;
    const part = await this.#registers.devices(next);
    this.#page.set({ devices: { list: [...(list ?? []), ...part.list], next: part.next } });
  }

  async #fetchOfficials(): Promise<void> {
    const { list, next } = this.#page.state().officials;
    const part = await this.#registers.officials(next);
    this.#page.set({ officials: { list: [...(list ?? []), ...part.list], next: part.next } });
  }

  async #add(wanted: NewOfficial, certificate: File | null): Promise<void> {
    const fingerprint = certificate === null ? undefined : await fingerprintIn(certificate);
    if (fingerprint === null) {
      this.#page.set({ trouble: 'officials-certificate-wrong' });
      return;
    }
    const term = { since: dayBegins(wanted.since), until: dayBegins(wanted.until, 1) };
    const bound = fingerprint === undefined ? {} : { certificate: fingerprint };
    await this.#registers.send(this.#registers.prepareOfficial({ ...wanted, ...term, ...bound }));
    await this.openOfficials('accounts-done');
  }
}
