import type { Act, Choice, Meaning, Visit } from '../api/types';
import { Failure } from '../api/failure';
import type { Shown } from '../crypto/digests';
import { toBase64 } from '../crypto/encodings';
import type { Ink } from '../ink/ink';
import { pack } from '../ink/packing';
import { draw } from '../ink/raster';
import { writeRecord } from '../ink/record';
import { kUsableHertz } from '../ink/series';
import type { Notes } from './notes';
import { diligenceOf, type DiligenceDraft } from './witnesses';

/** What the person says by signing, and their own words where they sign with a reservation. */
export interface Said {
  meaning: Meaning;
  reservation?: string;
  /** Of the conversation, where some were made. */
  notes?: Notes;
}

/**
 * What signing means here: what the person chose, where there was a choice; the one thing that was offered; or else, where every
 * item was only to be informed of, that they are.
 */
export function meaningOf(visit: Visit, choices: ReadonlyMap<string, Choice>, chosen: Meaning | null = null): Meaning {
  const [only] = visit.meanings ?? [];
  if (only !== undefined) {
    return chosen ?? only;
  }
  const made = visit.items.map((item) => choices.get(item.id));
  return made.length > 0 && made.every((choice) => choice === 'informed' || choice === 'object') ? 'informed' : 'agree';
}

/** The act of someone who confirms with a button. */
export function actByButton(shown: Shown, said: Said): Act {
  return { shown, method: 'button', ...said };
}

/** What an official is to sign for someone. */
export function actByOfficial(shown: Shown, said: Said): Act {
  return { shown, method: 'official', ...said };
}

/** The act of someone who said it in front of two witnesses. */
export async function actByWitnesses(shown: Shown, said: Said, diligence: DiligenceDraft, inks: readonly [Ink, Ink]): Promise<Act> {
  return { shown, method: 'witnesses', ...said, diligence: await diligenceOf(diligence, inks) };
}

/** The act of someone who drew: the picture, and the sealed series only if they chose to give it. */
export async function actByInk(shown: Shown, said: Said, ink: Ink, visit: Visit): Promise<Act> {
  const act: Act = {
    shown,
    method: 'drawn',
    ...said,
    picture: await pack(draw(ink.drawing.lines)),
    capture: { pointerType: ink.pointerType },
  };
  if (ink.series !== null) {
    return { ...act, method: 'drawn-with-dynamics', envelope: await envelopeOf(ink, shown, visit) };
  }
  return act;
}

async function envelopeOf(ink: Ink, shown: Shown, visit: Visit): Promise<string> {
  const { series, surface } = ink;
  const rate = series?.quality().rateHz ?? null;
  if (series === null || visit.custody === undefined || (rate !== null && rate < kUsableHertz)) {
    throw new Failure('custody');
  }
  const record = writeRecord(
    series,
    { documentSha256: shown.sha256, nonce: visit.nonce },
    { ...surface, devicePixelRatio },
  );
  try {
    const { seal } = await import('../crypto/envelope');
    return toBase64(await seal(record, visit.custody.recipients));
  } catch {
    throw new Failure('custody');
  }
}
