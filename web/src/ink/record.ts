import type { Quality, Sample, Series } from './series';

/** What a custody envelope holds (`segell.ink/1`). */
export interface InkRecord {
  schema: 'segell.ink/1';
  document: { sha256: string };
  nonce: string;
  surface: { width: number; height: number; devicePixelRatio: number };
  /** The first sample, by the tablet's clock. */
  started?: string;
  /** How large a CSS pixel is. Nobody measures the screen: 96 an inch is what CSS says, and the record says that it is only that. */
  calibration: { pixelsPerMillimetre: number; source: 'nominal' };
  pointerType: string;
  quality: Quality;
  points: Sample[];
}

/** CSS pixels a millimetre, by definition of the inch. */
const kNominalPixels = 96 / 25.4;

/** Binds a series to the document that was shown and to the session's nonce, and writes it down. */
export function writeRecord(
  series: Series,
  bound: { documentSha256: string; nonce: string },
  surface: InkRecord['surface'],
): Uint8Array<ArrayBuffer> {
  const record: InkRecord = {
    schema: 'segell.ink/1',
    document: { sha256: bound.documentSha256 },
    nonce: bound.nonce,
    surface,
    ...(series.start === null ? {} : { started: new Date(performance.timeOrigin + series.start).toISOString() }),
    calibration: { pixelsPerMillimetre: kNominalPixels, source: 'nominal' },
    pointerType: series.pointerType,
    quality: series.quality(),
    points: series.samples(),
  };
  return new Uint8Array(new TextEncoder().encode(JSON.stringify(record)));
}
