import { LitElement, html } from 'lit';
import { kInkWidthDots, kSurface, type Line, type Place } from './geometry';
import { Ink } from './ink';
import { Ownership } from './ownership';
import { kInAir, type SurfaceBox } from './series';

/**
 * `<segell-ink>`: paper to sign on. What is drawn goes into `ink`: places, and samples only where the ink has a series because the
 * person chose to give it. Fires `ink` whenever something was drawn or taken back.
 */
export class InkSurface extends LitElement {
  static override properties = { label: { type: String }, ink: { attribute: false } };
  declare label: string;
  declare ink: Ink;

  #ownership = new Ownership();
  #line = kInAir;
  #canvas: HTMLCanvasElement | null = null;
  #watch = new ResizeObserver(() => this.#redraw());

  constructor() {
    super();
    this.label = '';
    this.ink = new Ink({ dynamics: false });
  }

  undo(): void {
    this.ink.undo();
    this.#changed();
  }

  clear(): void {
    this.ink.clear();
    this.#changed();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }

  protected override firstUpdated(): void {
    const canvas = this.querySelector('canvas');
    if (canvas === null) {
      return;
    }
    this.#canvas = canvas;
    observe(this.#watch, canvas);
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => this.#up(event));
    canvas.addEventListener('pointercancel', (event) => this.#cancel(event));
    canvas.addEventListener('lostpointercapture', (event) => this.#cancel(event));
    canvas.addEventListener('contextrestored', () => this.#redraw());
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    // Handwriting recognition of some tablets swallows the first strokes unless touch is refused here too.
    for (const kind of ['touchstart', 'touchmove'] as const) {
      canvas.addEventListener(kind, (event) => event.preventDefault(), { passive: false });
    }
  }

  /** Another ink is another signature: what was drawn before is not its. */
  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('ink')) {
      this.#line = kInAir;
      this.#redraw();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  #down(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) {
      return;
    }
    const answer = this.#ownership.take(event);
    if (answer === 'ignored') {
      return;
    }
    if (answer === 'draws-instead-of-hand') {
      this.ink.rejectHand();
    }
    event.preventDefault();
    this.#canvas?.setPointerCapture(event.pointerId);
    const box = this.#measure();
    this.ink.pointerType = event.pointerType;
    this.#line = this.ink.drawing.begin(place(event, box));
    this.ink.series?.add(this.#line, event, box);
    this.#changed();
  }

  #move(event: PointerEvent): void {
    const draws = this.#ownership.holds(event);
    if (event.pointerType === 'pen' && !draws) {
      this.#ownership.penIsNear();
    }
    const inAir = event.pointerType === 'pen' && event.buttons === 0 && !this.#ownership.taken;
    if (!draws && !(inAir && this.ink.series !== null)) {
      return;
    }
    const box = this.#measure();
    const events = samplesOf(event);
    if (events.length > 1) {
      this.ink.series?.noteCoalesced();
    }
    const drawn: Place[] = [];
    for (const sample of events) {
      if (draws) {
        const here = place(sample, box);
        this.ink.drawing.extend(here);
        drawn.push(here);
      }
      this.ink.series?.add(draws ? this.#line : kInAir, sample, box);
    }
    if (drawn.length > 0) {
      this.#paint([(this.ink.drawing.lines.at(-1) ?? []).slice(-drawn.length - 1)]);
    }
  }

  #up(event: PointerEvent): void {
    if (this.#ownership.holds(event)) {
      this.ink.series?.add(this.#line, event, this.#measure());
      this.#tell();
    }
    this.#ownership.release(event);
  }

  /** The system took the pointer away (a call, a gesture, another element): what was drawn stays. */
  #cancel(event: PointerEvent): void {
    if (this.#ownership.holds(event)) {
      this.ink.series?.noteCancelled(this.#line);
    }
    this.#ownership.release(event);
  }

  /** Where the surface lies now; the ink remembers its size. */
  #measure(): SurfaceBox {
    const { left, top, width, height } = this.#canvas?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    this.ink.surface = { width, height };
    return { left, top, width, height, devicePixelRatio, zoom: visualViewport?.scale ?? 1 };
  }

  #changed(): void {
    this.#redraw();
    this.#tell();
  }

  #tell(): void {
    this.dispatchEvent(new CustomEvent('ink', { bubbles: true }));
  }

  /** Fits the canvas to its place on the screen and draws all lines anew: turning the tablet loses nothing. */
  #redraw(): void {
    const canvas = this.#canvas;
    if (canvas === null) {
      return;
    }
    const box = canvas.getBoundingClientRect();
    canvas.width = Math.max(1, Math.round(box.width * devicePixelRatio));
    canvas.height = Math.max(1, Math.round(box.height * devicePixelRatio));
    this.#paint(this.ink.drawing.lines);
  }

  #paint(lines: readonly Line[]): void {
    const context = this.#canvas?.getContext('2d');
    if (!context || this.#canvas === null) {
      return;
    }
    const scale = this.#canvas.width;
    context.lineWidth = (kInkWidthDots / kSurface.widthDots) * scale;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = getComputedStyle(this.#canvas).color;
    for (const line of lines) {
      context.beginPath();
      line.forEach(({ x, y }, index) => {
        if (index === 0) {
          context.moveTo(x * scale, y * scale);
        }
        context.lineTo(x * scale, y * scale);
      });
      context.stroke();
    }
  }
}

/** In dots of the screen where the browser can: zoom may change them and leave the CSS pixels alone. */
function observe(watch: ResizeObserver, canvas: Element): void {
  try {
    watch.observe(canvas, { box: 'device-pixel-content-box' });
  } catch {
    watch.observe(canvas);
  }
}

/** The samples of an event, each with its own time. Some browsers leave the list empty, and have none where the page came without TLS:
 * then the event itself is all there is. */
function samplesOf(event: PointerEvent): readonly PointerEvent[] {
  const coalesced = (event as Partial<PointerEvent>).getCoalescedEvents?.call(event) ?? [];
  return coalesced.length > 0 ? coalesced : [event];
}

/** Where an event lies on the surface. */
function place(event: PointerEvent, box: SurfaceBox): Place {
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.width };
}

customElements.define('segell-ink', InkSurface);
