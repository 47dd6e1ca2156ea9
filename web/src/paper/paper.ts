import { LitElement, html } from 'lit';
import { AnnotationMode, type PDFDocumentProxy, type PDFPageProxy, type RenderTask } from 'pdfjs-dist';
import type { Say } from '../words/words';
import { blocksOf, type Block, type FieldWords } from './structure';

/** By a field's name, the words of each of its states. */
export type Printed = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** What stands in the fields of a page. */
async function fieldsOf(page: PDFPageProxy, printed: Printed): Promise<FieldWords[]> {
  if (printed.size === 0) {
    return [];
  }
  const annotations = (await page.getAnnotations()) as { id: string; fieldName?: string; fieldValue?: unknown }[];
  return annotations.flatMap(({ id, fieldName, fieldValue }) => {
    const words = printed.get(fieldName ?? '')?.[typeof fieldValue === 'string' ? fieldValue : 'Off'];
    return words === undefined ? [] : [{ id, words }];
  });
}

/** No canvas of more pixels than this: small tablets give up far earlier than they say. */
const kMaxPixels = 12_000_000;

/** `<segell-page>`: one page of a document, drawn when it comes near the window; its words stand beside it for those who listen. */
export class PaperPage extends LitElement {
  static override properties = {
    paper: { attribute: false },
    number: { type: Number },
    zoom: { type: Number },
    asText: { type: Boolean },
    say: { attribute: false },
    printed: { attribute: false },
    words: { state: true },
  };
  declare paper: PDFDocumentProxy;
  declare number: number;
  declare zoom: number;
  declare asText: boolean;
  declare say: Say;
  declare printed: Printed;
  declare words: Block[];

  #page: PDFPageProxy | null = null;
  #task: RenderTask | null = null;
  #drawnWidth = 0;
  #near = false;
  #watch = new IntersectionObserver((entries) => this.#seen(entries.some((entry) => entry.isIntersecting)), {
    rootMargin: '100%',
  });
  #resize = new ResizeObserver(() => void this.#draw());

  constructor() {
    super();
    this.number = 1;
    this.zoom = 1;
    this.asText = false;
    this.printed = new Map();
    this.words = [];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const label = this.say('reading-page', { page: this.number, pages: this.paper.numPages });
    return html`
      <section class="page" aria-label=${label}>
        <div class="page-scroll" ?hidden=${this.asText} tabindex=${this.zoom > 1 ? 0 : -1} role="group" aria-label=${label}>
          <canvas aria-hidden="true"></canvas>
        </div>
        <div class=${this.asText ? 'page-text' : 'page-text unseen'}>${this.#pieces()}</div>
        <p class="page-number" aria-hidden="true">${label}</p>
      </section>
    `;
  }

  protected override async firstUpdated(): Promise<void> {
    this.#page = await this.paper.getPage(this.number);
    const [tree, { items }, fields] = await Promise.all([
      this.#page.getStructTree(),
      this.#page.getTextContent({ includeMarkedContent: true }),
      fieldsOf(this.#page, this.printed),
    ]);
    this.words = blocksOf(tree, items, fields);
    this.#fit();
    this.#watch.observe(this);
    const scroll = this.querySelector('.page-scroll');
    if (scroll !== null) {
      this.#resize.observe(scroll);
    }
  }

  protected override updated(): void {
    void this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
    this.#resize.disconnect();
    this.#task?.cancel();
  }

  /** The words as pieces; a heading is never deeper than the one above it allows. */
  #pieces() {
    let titled = false;
    return this.words.map(({ kind, parts }) => {
      const text = parts.map(({ text: part, head }) => (head ? html`<b>${part}</b> ` : html`<span>${part}</span> `));
      if (kind === 'row') {
        return html`<p class="row">${text}</p>`;
      }
      if (kind === 'text') {
        return html`<p>${text}</p>`;
      }
      const top = kind === 'title' || !titled;
      titled = true;
      return top ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`;
    });
  }

  #seen(near: boolean): void {
    this.#near = near;
    void this.#draw();
  }

  /** Gives the page its place on the screen before it is drawn, so that nothing jumps. Returns its width in CSS pixels. */
  #fit(): number {
    const canvas = this.querySelector('canvas');
    const scroll = this.querySelector<HTMLElement>('.page-scroll');
    if (this.#page === null || canvas === null || scroll === null || scroll.clientWidth === 0) {
      return 0;
    }
    const sheet = this.#page.getViewport({ scale: 1 });
    const width = Math.floor(scroll.clientWidth * this.zoom);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${Math.round((width * sheet.height) / sheet.width)}px`;
    return width;
  }

  async #draw(): Promise<void> {
    const width = this.#fit();
    const canvas = this.querySelector('canvas');
    if (!this.#near || width === 0 || width === this.#drawnWidth || this.#page === null || canvas === null) {
      return;
    }
    this.#drawnWidth = width;
    this.#task?.cancel();
    const sheet = this.#page.getViewport({ scale: 1 });
    const wanted = (width / sheet.width) * devicePixelRatio;
    const scale = Math.min(wanted, Math.sqrt(kMaxPixels / (sheet.width * sheet.height)));
    const viewport = this.#page.getViewport({ scale });
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    this.#task = this.#page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE });
    try {
      await this.#task.promise;
      canvas.dataset['drawn'] = String(this.number);
    } catch (fault) {
      if (!(fault instanceof Error && fault.name === 'RenderingCancelledException')) {
        this.dispatchEvent(new CustomEvent('unreadable', { bubbles: true }));
      }
    }
  }
}

customElements.define('segell-page', PaperPage);
