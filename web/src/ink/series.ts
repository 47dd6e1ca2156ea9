/** One sample: line, microseconds since the first sample, x and y in CSS pixels of the surface, pressure, tilts and twist in degrees,
 * buttons. `kInAir` stands for the line while the pen hovers. */
export type Sample = [
  line: number,
  microseconds: number,
  x: number,
  y: number,
  pressure: number | null,
  tiltX: number,
  tiltY: number,
  twist: number,
  buttons: number,
];

/** Index of the line for samples of a pen in the air. */
export const kInAir = -1;

/** Below this rate an expert can do little with a series, and it is refused. */
export const kUsableHertz = 50;

/** Below this rate quick detail is lost, and whoever holds the tablet is told. */
export const kGoodHertz = 100;

/** A gap this many medians long may hide samples, if the pen moved farther than `kMovedPixels` meanwhile. */
const kGapMedians = 1.75;
const kMovedPixels = 2;

/** What a series is taken from. */
export interface PenEvent {
  readonly timeStamp: number;
  readonly clientX: number;
  readonly clientY: number;
  readonly pressure: number;
  readonly tiltX: number;
  readonly tiltY: number;
  readonly twist: number;
  readonly buttons: number;
  readonly pointerType: string;
}

/** The drawing surface at the moment of an event: its box in CSS pixels of the window, the screen's dots a CSS pixel, and how much
 * larger than usual pinching shows it. */
export interface SurfaceBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
  readonly zoom: number;
}

/** The surface from a given sample on. */
export interface SurfaceFrom {
  fromSample: number;
  width: number;
  height: number;
  devicePixelRatio: number;
  zoom: number;
}

/** What an expert must know to weigh a series. */
export interface Quality {
  /** Median rate within lines, in samples a second; null when there are too few samples to tell. */
  rateHz: number | null;
  samples: number;
  pressure: boolean;
  coalescedEvents: boolean;
  /** Samples that the rate leads one to expect where the pen moved on without any; a pen at rest is no loss. */
  dropped: number;
  /** Lines that the system interrupted (pointercancel); their samples are kept. */
  cancelledLines: number[];
  /** Lines that the person took back; their samples are gone. */
  undoneLines: number;
  /** More than one when the tablet was turned or zoomed. */
  surfaces: SurfaceFrom[];
}

/** A sample with the time and pressure that its event claimed, and what made it. */
interface Raw {
  readonly line: number;
  readonly time: number;
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly tiltX: number;
  readonly tiltY: number;
  readonly twist: number;
  readonly buttons: number;
  readonly pointerType: string;
}

/**
 * How a signature was made, sample by sample and never smoothed. Exists only while a person signs who chose to give it, and
 * leaves the page only inside the custody envelope.
 */
export class Series {
  #raw: Raw[] = [];
  #cancelled: number[] = [];
  #undone = 0;
  #surfaces: SurfaceFrom[] = [];
  #coalesced = false;

  /** Adds an event of a line, or of the air with `kInAir`. */
  add(line: number, event: PenEvent, box: SurfaceBox): void {
    const { width, height, devicePixelRatio, zoom } = box;
    const last = this.#surfaces.at(-1);
    if (last?.width !== width || last.height !== height || last.devicePixelRatio !== devicePixelRatio || last.zoom !== zoom) {
      this.#surfaces.push({ fromSample: this.#raw.length, width, height, devicePixelRatio, zoom });
    }
    const { pressure, tiltX, tiltY, twist, buttons, pointerType } = event;
    this.#raw.push({
      line, time: event.timeStamp, x: thousandths(event.clientX - box.left), y: thousandths(event.clientY - box.top),
      pressure, tiltX, tiltY, twist, buttons, pointerType,
    });
  }

  /** The browser handed over several samples in one event. */
  noteCoalesced(): void {
    this.#coalesced = true;
  }

  noteCancelled(line: number): void {
    this.#cancelled.push(line);
  }

  /** Forgets a line that the person took back, and what the pen did in the air after it began. */
  undo(line: number): void {
    if (this.forget(line)) {
      this.#undone += 1;
    }
  }

  /** Forgets a line that was none, a hand's say, and says whether there was one. */
  forget(line: number): boolean {
    const first = this.#raw.findIndex((sample) => sample.line === line);
    if (first < 0) {
      return false;
    }
    this.#raw.length = first;
    this.#surfaces = this.#surfaces.filter((surface) => surface.fromSample < first);
    this.#cancelled = this.#cancelled.filter((cancelled) => cancelled !== line);
    return true;
  }

  clear(): void {
    this.#undone += new Set(this.#raw.map(({ line }) => line).filter((line) => line !== kInAir)).size;
    this.#raw = [];
    this.#surfaces = [];
    this.#cancelled = [];
  }

  /** The samples. Pressure is null throughout for a kind of pointer that only pretends to measure it. */
  samples(): Sample[] {
    const sensing = this.#sensing();
    const start = this.#raw[0]?.time ?? 0;
    return this.#raw.map(({ line, time, x, y, pressure, tiltX, tiltY, twist, buttons, pointerType }) => [
      line, Math.round((time - start) * 1000), x, y, sensing.has(pointerType) ? pressure : null, tiltX, tiltY, twist, buttons,
    ]);
  }

  /** When the first sample was made, on the page's own clock (milliseconds since it was opened); null before there is one. */
  get start(): number | null {
    return this.#raw[0]?.time ?? null;
  }

  /** Kinds of pointer that drew, joined by "+". */
  get pointerType(): string {
    const drew = this.#raw.filter(({ line }) => line !== kInAir).map(({ pointerType }) => pointerType);
    return [...new Set(drew)].join('+') || 'unknown';
  }

  quality(): Quality {
    const { rateHz, dropped } = this.#gaps();
    return {
      rateHz,
      samples: this.#raw.length,
      pressure: this.#sensing().size > 0,
      coalescedEvents: this.#coalesced,
      dropped,
      cancelledLines: this.#cancelled,
      undoneLines: this.#undone,
      surfaces: this.#surfaces,
    };
  }

  /**
   * Kinds of pointer whose pressure is real. One without a sensor reports nothing but 0, 0.5 and 1 (Pointer Events, 4.1): a mouse
   * 0.5 while a button is down, some pens 0 at first touch and 0.5 from then on.
   */
  #sensing(): Set<string> {
    const felt = this.#raw.filter(({ pressure, buttons }) => buttons !== 0 && pressure !== 0 && pressure !== 0.5 && pressure !== 1);
    return new Set(felt.map(({ pointerType }) => pointerType));
  }

  #gaps(): { rateHz: number | null; dropped: number } {
    const gaps = this.#raw.flatMap((now, at) => {
      const before = this.#raw[at - 1];
      return before !== undefined && now.line !== kInAir && now.line === before.line && now.time > before.time
        ? [{ time: now.time - before.time, moved: Math.hypot(now.x - before.x, now.y - before.y) }]
        : [];
    });
    const times = gaps.map(({ time }) => time).sort((one, other) => one - other);
    const median = times[times.length >> 1];
    if (median === undefined) {
      return { rateHz: null, dropped: 0 };
    }
    const dropped = gaps.filter(({ time, moved }) => time > kGapMedians * median && moved > kMovedPixels)
      .reduce((sum, { time }) => sum + Math.round(time / median) - 1, 0);
    return { rateHz: Math.round(1e3 / median), dropped };
  }
}

/** A thousandth of a pixel is far finer than any digitiser; the rest is noise of binary fractions. */
function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}
