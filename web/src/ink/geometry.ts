/** A place on the drawing surface as shares of its width: x from 0 to 1, y from 0 to `kSurface.height / kSurface.width`. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** One uninterrupted line of the pen. Nothing but places: no times, no pressure. */
export type Line = readonly Place[];

/** What a person may draw on: 80 mm × 30 mm, and the same in dots of 600 dpi. */
export const kSurface = { widthMillimetres: 80, heightMillimetres: 30, widthDots: 1890, heightDots: 709 } as const;

/** Width of the ink line, in dots: 0.64 mm at 600 dpi. */
export const kInkWidthDots = 15;
