import { Drawing } from './drawing';
import { Series } from './series';

/**
 * One signature in the making. It outlives the surface it is drawn on, so that looking at another screen loses nothing. The series
 * exists only when the person chose to give it.
 */
export class Ink {
  readonly drawing = new Drawing();
  readonly series: Series | null;
  /** Pen, touch or mouse: what drew last. */
  pointerType = 'none';
  /** Size of the surface at the last sample, in CSS pixels. */
  surface = { width: 0, height: 0 };

  constructor(kind: { dynamics: boolean }) {
    this.series = kind.dynamics ? new Series() : null;
  }

  undo(): void {
    const line = this.drawing.undo();
    this.series?.undo(line);
  }

  /** Takes back a line that was a resting hand: nobody drew it, so nobody took it back. */
  rejectHand(): void {
    const line = this.drawing.undo();
    this.series?.forget(line);
  }

  clear(): void {
    this.drawing.clear();
    this.series?.clear();
  }
}
