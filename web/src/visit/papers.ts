import type { PDFDocumentProxy } from 'pdfjs-dist';
import { Failure } from '../api/failure';
import type { Choice, FrozenDocument, Visit } from '../api/types';
import { digest, sameDocument, type Shown } from '../crypto/digests';
import type { VisitSource } from './source';

/** A paper whose octets are those that were announced, opened for drawing. */
export interface Opened {
  shown: Shown;
  paper: PDFDocumentProxy;
  /** The paper's own text, where it has one. */
  reading: HTMLElement | null;
}

/** The octets of one paper of a visit: fetched ahead, filled in here where they can be, checked and opened. */
export class Papers {
  readonly #source: VisitSource;
  /** The paper on its way, nothing chosen on it. */
  #blank: Promise<ArrayBuffer> | null = null;
  #fills = true;

  constructor(source: VisitSource) {
    this.#source = source;
  }

  /** While the person reads the first screens, what later ones need arrives. A failure here shows there. */
  fetchAhead(visit: Visit): void {
    this.#blank = visit.paper === undefined ? null : this.#source.paper();
    this.#blank?.catch(() => (this.#blank = null));
    void Promise.allSettled([import('../paper/open').then(({ prepareToOpen }) => prepareToOpen()), import('../paper/paper'), import('../paper/fill_in'), import('../crypto/envelope')]);
  }

  forget(): void {
    this.#blank = null;
  }

  /** What this page makes is not what the service makes: from now on it takes the service's. */
  distrust(): void {
    this.#fills = false;
  }

  /** The paper with the answers in it; null where the document takes none, or what came is not what was announced. */
  async filledIn(visit: Visit, choices: ReadonlyMap<string, Choice>): Promise<ArrayBuffer | null> {
    if (visit.paper === undefined || !this.#fills) {
      return null;
    }
    try {
      this.#blank ??= this.#source.paper();
      const { fillIn } = await import('../paper/fill_in');
      return await fillIn(await this.#blank, visit.paper.fillIn, choices);
    } catch (fault) {
      this.#blank = null;
      if (fault instanceof Failure && fault.reference.code !== 'visit.no-paper') {
        throw fault;
      }
      return null;
    }
  }

  /** Checks and opens a paper, fetching it where the octets are not at hand (`made`). */
  async open(visit: Visit, choices: ReadonlyMap<string, Choice>, frozen: FrozenDocument, made: ArrayBuffer | null): Promise<Opened> {
    const text = visit.reading === true ? this.#readingView(visit, choices) : null;
    const buffer = made ?? (await this.#source.document());
    const shown = await digest(buffer);
    if (!sameDocument(shown, frozen)) {
      throw new Failure('digest');
    }
    const { openPaper } = await import('../paper/open');
    const paper = await openPaper(buffer).catch(() => {
      throw new Failure('unreadable');
    });
    await import('../paper/paper');
    return { shown, paper, reading: await text };
  }

  /** The paper's own text with the choices in it; without it, the words of the PDF stand in. */
  async #readingView({ items }: Visit, choices: ReadonlyMap<string, Choice>): Promise<HTMLElement | null> {
    const decided = new Map(
      items.flatMap(({ id, printed }) => {
        const words = printed?.words[choices.get(id) ?? 'Off'];
        return printed === undefined || words === undefined ? [] : [[printed.field, words] as const];
      }),
    );
    try {
      const [html, { readingView }] = await Promise.all([this.#source.readingView(), import('../paper/reading_view')]);
      return readingView(html, decided);
    } catch {
      return null;
    }
  }
}

/** A slip as it shows on the screen, and as the sheet for the printer. */
export async function openSlip(buffer: ArrayBuffer): Promise<{ paper: PDFDocumentProxy; sheet: HTMLCanvasElement }> {
  const [{ openPaper }, { drawSheet }] = await Promise.all([import('../paper/open'), import('../ui/sheets'), import('../paper/paper')]);
  try {
    const paper = await openPaper(buffer);
    return { paper, sheet: await drawSheet(paper) };
  } catch {
    throw new Failure('unreadable');
  }
}
