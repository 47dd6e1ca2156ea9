import { encode } from 'uqr';
import { Failure } from '../api/failure';
import type { Act, Answer, Choice, CopyKind, FrozenDocument, Visit } from '../api/types';
import { sameDocument, type Shown } from '../crypto/digests';
import type { Notes, NotesDraft } from '../visit/notes';
import type { Progress } from '../visit/progress';
import type { CopyMade, Keeper, Kept, Once, VisitSource } from '../visit/source';
import type { Outcome } from './captured_act';
import type { Own } from './names';
import type { Vault } from './store/vault';

/** What the person may take along from this visit, and who writes down what they took. */
export interface Copies {
  slips: { title: string; code: string; link: string }[];
  tookCopy: (kind: CopyKind) => Promise<void>;
}

/** One document of one person out of what the tablet carries. What is done is on the disk, under the person's key, when it returns. */
export class OfflineSource implements VisitSource {
  readonly keeper: Keeper;
  readonly noted: NotesDraft;
  readonly #vault: Vault;
  readonly #own: Own;
  readonly #index: number;
  readonly #visit: Visit;
  readonly #copies: Copies;

  constructor(vault: Vault, own: Own, index: number, visit: Visit, noted: NotesDraft, copies: Copies) {
    this.noted = noted;
    this.#vault = vault;
    this.#own = own;
    this.#index = index;
    this.#visit = visit;
    this.#copies = copies;
    this.keeper = {
      saved: () => this.#saved(),
      save: (progress) => this.#vault.write([{ name: this.#own.progress(this.#index), value: progress }]),
    };
  }

  visit(): Promise<Visit> {
    return Promise.resolve(this.#visit);
  }

  async paper(): Promise<ArrayBuffer> {
    const octets = await this.#vault.octets(this.#own.paper(this.#index));
    if (octets === undefined) {
      throw new Failure('storage', { code: 'tablet.value-missing' });
    }
    return octets;
  }

  /** Made anew from the paper and the answers; a paper that was frozen before the visit is carried as it is. */
  async document(): Promise<ArrayBuffer> {
    const paper = await this.paper();
    const recipe = this.#visit.paper?.fillIn;
    if (recipe === undefined) {
      return paper;
    }
    const progress = await this.keeper.saved();
    const { fillIn } = await import('../paper/fill_in');
    return fillIn(paper, recipe, new Map(progress?.choices ?? [])).catch(() => {
      throw new Failure('unreadable');
    });
  }

  async readingView(): Promise<string> {
    const html = await this.#vault.get<string>(this.#own.reading(this.#index));
    if (html === undefined) {
      throw new Failure('unreadable');
    }
    return html;
  }

  freeze(_: readonly { item: string; choice: Choice }[], made: Shown | null): Promise<FrozenDocument> {
    const { paper } = this.#visit;
    if (paper === undefined || made === null) {
      return Promise.reject(new Failure('unreadable'));
    }
    return Promise.resolve({ ...made, pages: paper.pages, verificationCode: paper.verificationCode });
  }

  act(act: Act): Once<Kept> {
    return {
      attempt: async () => {
        const progress = await this.keeper.saved();
        const { frozen } = progress ?? {};
        if (!frozen || !sameDocument(act.shown, frozen)) {
          throw new Failure('digest');
        }
        const chosen = new Map(progress?.choices);
        const choices = this.#visit.items.flatMap(({ id }) => {
          const choice = chosen.get(id);
          return choice === undefined ? [] : [{ item: id, choice }];
        });
        const { notes = null, ...rest } = act;
        const outcome = await this.#finish({ answer: 'signed', choices, act: rest, notes, verificationCode: frozen.verificationCode });
        return { place: 'tablet', verificationCode: outcome.verificationCode };
      },
    };
  }

  /** An official needs the network: no package offers one. */
  onBehalf(): Once<void> {
    return { attempt: () => Promise.reject(new Failure('refused')) };
  }

  answer(answer: Answer, notes: Notes | null): Once<void> {
    return {
      attempt: async () => {
        await this.#finish({ answer, choices: [], act: null, notes, verificationCode: '' });
      },
    };
  }

  /** What was said becomes an act when the tablet goes back: until then it lies here alone. What was signed stays. */
  async takeBack(): Promise<void> {
    const name = this.#own.outcome(this.#index);
    const outcome = await this.#vault.get<Outcome>(name);
    if (outcome !== undefined && outcome.answer !== 'signed') {
      await this.#vault.write([{ name, gone: true }]);
    }
  }

  /** It is on the disk, and stands unless it is taken back. */
  settle(): Promise<void> {
    return Promise.resolve();
  }

  copy(kind: CopyKind): Once<CopyMade> {
    return {
      attempt: async () => {
        await this.#copies.tookCopy(kind);
        const slips = kind === 'printed' || kind === 'phone' ? this.#copies.slips : [];
        return { kind, slips: slips.map((slip) => ({ ...slip, qr: matrix(slip.link) })), paper: null };
      },
    };
  }

  /** Nothing is under way that could be ended. */
  leave(): void {}

  /** Where the person was. Once there is an outcome, it is what counts: nobody signs twice. */
  async #saved(): Promise<Progress | null> {
    const [progress, outcome] = await Promise.all([
      this.#vault.get<Progress>(this.#own.progress(this.#index)),
      this.#vault.get<Outcome>(this.#own.outcome(this.#index)),
    ]);
    if (progress === undefined || outcome === undefined || ['done', 'answered', 'copy', 'end'].includes(progress.place.at)) {
      return progress ?? null;
    }
    return { ...progress, place: outcome.answer === 'signed' ? { at: 'done' } : { at: 'answered', answer: outcome.answer } };
  }

  /** The whole outcome in one write; one that is there already stays what it is. */
  async #finish(made: Omit<Outcome, 'captured'>): Promise<Outcome> {
    const name = this.#own.outcome(this.#index);
    const before = await this.#vault.get<Outcome>(name);
    const outcome = before ?? { ...made, captured: new Date().toISOString() };
    if (before === undefined) {
      await this.#vault.write([{ name, value: outcome }]);
    }
    return outcome;
  }
}

function matrix(link: string): string[] {
  return encode(link, { ecc: 'M', border: 0 }).data.map((row) => row.map((dark) => (dark ? '1' : '0')).join(''));
}
