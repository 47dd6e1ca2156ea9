import type { Quality, Sample, Series } from './series';

/** What a custody envelope holds (`segell.ink/1`). */
export interface InkRecord {
  schema: 'segell.ink/1';
  document: { sha256: string };
  nonce: string;
  surface: { width: number; height: number; devicePixelRatio: number };
  pointerType: string;
  quality: Quality;
  points: Sample[];
}

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
    pointerType: series.pointerType,
    quality: series.quality(),
    points: series.samples(),
  };
  return new Uint8Array(new TextEncoder().encode(JSON.stringify(record)));
}
