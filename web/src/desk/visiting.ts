import { inDays } from './draft';
import type { State } from './state';
import { kMostPapers, moved, withPapers, type Composing, type NewVisit, type PreparedVisit, type Preview, type Visits } from './visits';

/** What can be done about visits. */
export interface VisitActions {
  visits(): void;
  moreVisits(): void;
  /** A new visit, or on with the one that is being put together; `chosen`: with these papers. */
  compose(chosen?: readonly string[]): void;
  moreCandidates(): void;
  take(requests: readonly string[], wanted: boolean): void;
  preview(tablet: string, days: number): void;
  move(at: number, by: -1 | 1): void;
  drop(request: string): void;
  prepareVisit(): void;
  withdraw(visit: PreparedVisit): void;
}

/** What the page lends them. */
export interface Page {
  state: () => State;
  set: (part: Partial<State>) => void;
  say: (words: string, about?: string) => void;
  attempt: (work: () => Promise<void>) => void;
}

/** How many parts of the list are looked through for papers that are to be chosen from the beginning. */
const kMostParts = 20;

export class Visiting {
  readonly actions: VisitActions;
  readonly #visits: Visits;
  readonly #page: Page;

  constructor(visits: Visits, page: Page) {
    this.#visits = visits;
    this.#page = page;
    const { attempt } = page;
    this.actions = {
      visits: () => attempt(() => this.openList()),
      moreVisits: () => attempt(() => this.#fetchVisits()),
      compose: (chosen) => attempt(() => this.compose(chosen ?? [])),
      moreCandidates: () => attempt(() => this.#fetchCandidates()),
      take: (requests, wanted) => this.#change(({ chosen }) => ({ chosen: withPapers(chosen, requests, wanted) })),
      preview: (tablet, days) => this.#preview(tablet, days),
      move: (at, by) => this.#move(at, by),
      drop: (request) => this.#drop(request),
      prepareVisit: () => this.#prepare(),
      withdraw: (visit) =>
        attempt(async () => {
          await visits.send(visits.withdraw(visit));
          await this.openList('desk-visit-withdrawn');
        }),
    };
  }

  async openList(news: string | null = null): Promise<void> {
    this.#page.set({ step: { at: 'visits' }, visits: { list: null, next: null }, composing: null });
    await this.#fetchVisits();
    this.#page.set({ news });
  }

  /** On with what was begun, and with those papers; what cannot be carried any more is left out, and said. */
  async compose(chosen: readonly string[]): Promise<void> {
    const before = this.#page.state().composing;
    const tablets = await this.#visits.tablets();
    const wanted = withPapers(before?.chosen ?? [], chosen, true);
    const composing: Composing = {
      candidates: [],
      next: null,
      tablets,
      chosen: [],
      tablet: before?.tablet ?? tablets[0]?.id ?? '',
      days: before?.days ?? 2,
    };
    const is = (id: string): boolean => composing.candidates.some((one) => one.id === id);
    for (let parts = 0; parts < kMostParts && (parts === 0 || (composing.next !== null && !wanted.every(is))); parts += 1) {
      const part = await this.#visits.candidates(composing.next);
      composing.candidates.push(...part.list);
      composing.next = part.next;
    }
    composing.chosen = wanted.filter(is);
    this.#page.set({ step: { at: 'compose' }, composing, trouble: null, news: null });
    if (composing.chosen.length < wanted.length) {
      this.#page.say('desk-visit-left-out', String(wanted.length - composing.chosen.length));
    }
  }

  async #fetchVisits(): Promise<void> {
    const { list, next } = this.#page.state().visits;
    const part = await this.#visits.list(next);
    this.#page.set({ visits: { list: [...(list ?? []), ...part.list], next: part.next } });
  }

  async #fetchCandidates(): Promise<void> {
    const { composing } = this.#page.state();
    if (composing?.next) {
      const part = await this.#visits.candidates(composing.next);
      this.#change(({ candidates }) => ({ candidates: [...candidates, ...part.list], next: part.next }));
    }
  }

  #change(part: (composing: Composing) => Partial<Composing>): void {
    const { composing } = this.#page.state();
    if (composing !== null) {
      this.#page.set({ composing: { ...composing, ...part(composing) }, trouble: null });
    }
  }

  #preview(tablet: string, days: number): void {
    this.#change(() => ({ tablet, days }));
    const { composing } = this.#page.state();
    if (composing === null) {
      return;
    }
    if (composing.chosen.length === 0) {
      this.#page.say('desk-visit-none-chosen');
    } else if (composing.chosen.length > kMostPapers) {
      this.#page.say('desk-visit-too-many', String(kMostPapers));
    } else if (tablet === '') {
      this.#page.say('desk-visit-no-tablet');
    } else {
      const wanted: NewVisit = { device: tablet, requests: composing.chosen, expiresAt: inDays(days) };
      this.#page.attempt(async () => {
        const preview = await this.#visits.preview(wanted);
        this.#page.set({ step: { at: 'compose-sure', preview }, trouble: null });
      });
    }
  }

  /** The paper itself keeps the focus: whoever moves it may want to move it again. */
  #move(at: number, by: -1 | 1): void {
    const { step } = this.#page.state();
    if (step.at === 'compose-sure') {
      const papers = moved(step.preview.papers, at, by);
      this.#keep({ ...step.preview, papers });
      const card = document.querySelector(`li[data-request="${papers[at + by]?.request ?? ''}"]`);
      (card?.querySelector<HTMLElement>(`[data-act="${by < 0 ? 'up' : 'down'}"]`) ?? card?.querySelector<HTMLElement>('button'))?.focus();
    }
  }

  #drop(request: string): void {
    const { step } = this.#page.state();
    if (step.at !== 'compose-sure') {
      return;
    }
    const papers = step.preview.papers.filter((paper) => paper.request !== request);
    this.#keep({ ...step.preview, papers });
    if (papers.length === 0) {
      this.#page.set({ step: { at: 'compose' } });
    } else {
      document.querySelector<HTMLElement>('[data-screen-heading]')?.focus();
    }
  }

  #keep(preview: Preview): void {
    this.#page.set({ step: { at: 'compose-sure', preview } });
    this.#change(() => ({ chosen: preview.papers.map(({ request }) => request) }));
  }

  #prepare(): void {
    const { step, composing } = this.#page.state();
    if (step.at === 'compose-sure' && composing !== null) {
      const { expiresAt } = step.preview;
      const wanted: NewVisit = { device: composing.tablet, requests: composing.chosen, expiresAt };
      this.#page.attempt(async () => {
        await this.#visits.send(this.#visits.prepare(wanted));
        await this.openList('desk-visit-made');
      });
    }
  }
}
