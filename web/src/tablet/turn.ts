import { Failure } from '../api/failure';
import type { CopyKind, Visit } from '../api/types';
import { Flow, type InPile } from '../visit/flow';
import { kNoNotes, type NotesDraft } from '../visit/notes';
import type { IdentityKind, Outcome } from './captured_act';
import type { Own } from './names';
import { OfflineSource } from './offline';
import type { PackageRequest } from './package';
import type { Change, Vault } from './store/vault';

/** How it stands with a person who has, or had, the tablet. */
export interface TurnRecord {
  /** Which of their papers they are at. */
  current: number;
  /** How many they have. */
  papers: number;
  identity: IdentityKind;
  /** RFC 3339, by the tablet's clock. */
  handedOver: string;
  /** What the professional noted before. */
  notes?: NotesDraft;
  /** What they take along; null until they said. */
  copy: CopyKind | null;
}

/** What one person does from hand-over until the tablet goes back: their papers, one after the other. Knows of nobody else. */
export class Turn {
  readonly #vault: Vault;
  readonly #own: Own;
  readonly #changed: (flow: Flow) => void;
  #requests: (PackageRequest | undefined)[] = [];
  #record: TurnRecord = { current: 0, papers: 0, identity: 'none', handedOver: '', copy: null };
  #flow: Flow | null = null;

  private constructor(vault: Vault, own: Own, changed: (flow: Flow) => void) {
    this.#vault = vault;
    this.#own = own;
    this.#changed = changed;
  }

  /** Goes on where the person was. */
  static async begin(vault: Vault, own: Own, changed: (flow: Flow) => void): Promise<Turn> {
    const turn = new Turn(vault, own, changed);
    const record = await vault.get<TurnRecord>(own.turn);
    if (record === undefined) {
      throw new Failure('storage', { code: 'tablet.value-missing' });
    }
    const requests = await Promise.all(Array.from({ length: record.papers }, (_, at) => vault.get<PackageRequest>(own.request(at))));
    // A paper that was sent while the tablet was back is not here any more.
    const current = requests.findIndex((request, at) => at >= record.current && request !== undefined);
    turn.#requests = requests;
    turn.#record = { ...record, current };
    await turn.#open();
    return turn;
  }

  /** Forgets the person. */
  end(): void {
    this.#flow?.abandon();
    this.#flow = null;
    this.#requests = [];
  }

  async #open(): Promise<void> {
    const request = this.#requests[this.#record.current];
    const pile = await this.#pile();
    this.#flow?.abandon();
    if (request === undefined) {
      throw new Failure('storage', { code: 'tablet.value-missing' });
    }
    const flow: Flow = new Flow(
      new OfflineSource(this.#vault, this.#own, this.#record.current, this.#visitOf(request), this.#record.notes ?? kNoNotes, {
        slips: this.#requests.flatMap((one) => (one?.slip ? [{ ...one.slip, title: one.discreet ? '' : one.title }] : [])),
        tookCopy: (kind) => this.#keep({ copy: kind }),
      }),
      () => this.#changed(flow),
      pile,
    );
    this.#flow = flow;
    flow.start();
  }

  /** Where the current paper lies; what became of the one before is what is on the disk. */
  async #pile(): Promise<InPile> {
    const at = this.#record.current;
    const [request, outcome] = [this.#requests[at - 1], at === 0 ? undefined : await this.#vault.get<Outcome>(this.#own.outcome(at - 1))];
    return {
      number: at + 1,
      count: this.#record.papers,
      before: request === undefined || outcome === undefined ? null : { title: request.title, answer: outcome.answer, verificationCode: outcome.verificationCode },
      next: this.#requests[at + 1] === undefined ? null : () => this.#next(),
      takeBack: request === undefined || outcome === undefined || outcome.answer === 'signed' ? null : () => this.#takeBack(),
    };
  }

  /** To the paper before, without what was said of it. */
  async #takeBack(): Promise<void> {
    const current = this.#record.current - 1;
    await this.#keep({ current }, [{ name: this.#own.outcome(current), gone: true }]);
    await this.#open();
  }

  async #next(): Promise<void> {
    await this.#keep({ current: this.#record.current + 1 });
    await this.#open();
  }

  /** Both at once: a page that dies in between is at one paper or the other, with what belongs to it. */
  async #keep(change: Partial<TurnRecord>, beside: readonly Change[] = []): Promise<void> {
    const record = { ...this.#record, ...change };
    await this.#vault.write([{ name: this.#own.turn, value: record }, ...beside]);
    this.#record = record;
  }

  /** The request as the person meets it: who checked who they are is what was said at hand-over. */
  #visitOf({ professional, ...request }: PackageRequest): Visit {
    const checkedIdentity = this.#record.identity !== 'none';
    return { ...request, state: 'presented', ...(professional === undefined ? {} : { professional: { ...professional, checkedIdentity } }) };
  }
}
