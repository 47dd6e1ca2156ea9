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

/** Below this rate an expert can do little with a series. */
export const kUsableHertz = 50;

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

/** The drawing surface at the moment of an event, in CSS pixels of the window. */
export interface SurfaceBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What an expert must know to weigh a series. */
export interface Quality {
  /** Median rate within lines, in samples a second; null when there are too few samples to tell. */
  rateHz: number | null;
  samples: number;
  pressure: boolean;
  coalescedEvents: boolean;
  /** Lines that the system interrupted (pointercancel); their samples are kept. */
  cancelledLines: number[];
  /** Lines that the person took back; their samples are gone. */
  undoneLines: number;
  /** Size of the surface from a given sample on: more than one when the tablet was turned. */
  surfaces: { fromSample: number; width: number; height: number }[];
}

/**
 * How a signature was made, sample by sample and never smoothed. Exists only while a person signs who chose to give it, and
 * leaves the page only inside the custody envelope.
 */
export class Series {
  #samples: Sample[] = [];
  #start: number | null = null;
  #pointerTypes = new Set<string>();
  #cancelled: number[] = [];
  #undone = 0;
  #surfaces: Quality['surfaces'] = [];
  #coalesced = false;

  /** Adds an event of a line, or of the air with `kInAir`. */
  add(line: number, event: PenEvent, box: SurfaceBox): void {
    this.#start ??= event.timeStamp;
    const last = this.#surfaces.at(-1);
    if (last === undefined || last.width !== box.width || last.height !== box.height) {
      this.#surfaces.push({ fromSample: this.#samples.length, width: box.width, height: box.height });
    }
    if (line !== kInAir) {
      this.#pointerTypes.add(event.pointerType);
    }
    this.#samples.push([
      line,
      Math.round((event.timeStamp - this.#start) * 1000),
      thousandths(event.clientX - box.left),
      thousandths(event.clientY - box.top),
      event.pressure,
      event.tiltX,
      event.tiltY,
      event.twist,
      event.buttons,
    ]);
  }

  /** The browser handed over several samples in one event. */
  noteCoalesced(): void {
    this.#coalesced = true;
  }

  noteCancelled(line: number): void {
    this.#cancelled.push(line);
  }

  /** Forgets a line that was taken back, and what the pen did in the air after it began. */
  undo(line: number): void {
    const first = this.#samples.findIndex((sample) => sample[0] === line);
    if (first >= 0) {
      this.#samples.length = first;
      this.#surfaces = this.#surfaces.filter((surface) => surface.fromSample < first);
      this.#cancelled = this.#cancelled.filter((cancelled) => cancelled !== line);
      this.#undone += 1;
    }
  }

  clear(): void {
    this.#undone += new Set(this.#samples.map((sample) => sample[0]).filter((line) => line !== kInAir)).size;
    this.#samples = [];
    this.#surfaces = [];
    this.#cancelled = [];
    this.#start = null;
  }

  /** The samples. Pressure is null throughout when the device only pretends to measure it. */
  samples(): Sample[] {
    const real = this.#hasPressure();
    return this.#samples.map((sample) => (real ? [...sample] : (sample.with(4, null) as Sample)));
  }

  get pointerType(): string {
    return [...this.#pointerTypes].join('+') || 'unknown';
  }

  quality(): Quality {
    return {
      rateHz: this.#rate(),
      samples: this.#samples.length,
      pressure: this.#hasPressure(),
      coalescedEvents: this.#coalesced,
      cancelledLines: this.#cancelled,
      undoneLines: this.#undone,
      surfaces: this.#surfaces,
    };
  }

  /** A device without a sensor reports 0, 0.5 or 1 throughout (Pointer Events, 4.1). */
  #hasPressure(): boolean {
    const seen = new Set(this.#samples.filter((sample) => sample[8] !== 0).map((sample) => sample[4]));
    const [only] = seen;
    return seen.size > 1 || (seen.size === 1 && only !== 0 && only !== 0.5 && only !== 1);
  }

  #rate(): number | null {
    const gaps: number[] = [];
    for (let at = 1; at < this.#samples.length; at += 1) {
      const [line, now] = this.#samples[at] as Sample;
      const [lineBefore, before] = this.#samples[at - 1] as Sample;
      if (line !== kInAir && line === lineBefore && now > before) {
        gaps.push(now - before);
      }
    }
    gaps.sort((one, other) => one - other);
    const median = gaps[gaps.length >> 1];
    return median === undefined ? null : Math.round(1e6 / median);
  }
}

/** A thousandth of a pixel is far finer than any digitiser; the rest is noise of binary fractions. */
function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}
