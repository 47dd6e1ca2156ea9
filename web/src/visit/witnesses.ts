import type { Diligence } from '../api/types';
import type { Ink } from '../ink/ink';
import { pack } from '../ink/packing';
import { draw } from '../ink/raster';

/** How it was seen who a witness is. */
export const kSeen = ['id-seen', 'known'] as const;
export type Seen = (typeof kSeen)[number];

/** Somebody who bears witness, as far as they are known. */
export interface WitnessDraft {
  name: string;
  identity: Seen | null;
  adult: boolean;
}

/** The record of an act in front of witnesses, as far as it was made. */
export interface DiligenceDraft {
  reason: string;
  witnesses: [WitnessDraft, WitnessDraft];
}

const kNobody: WitnessDraft = { name: '', identity: null, adult: false };
export const kNoDiligence: DiligenceDraft = { reason: '', witnesses: [kNobody, kNobody] };

export type WitnessGap = 'name' | 'identity' | 'adult' | 'same' | 'signer' | 'professional';

/** Names are told apart without case, accents and how many blanks stand in them, as the service does. */
function folded(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

export function isWitnessed({ reason }: DiligenceDraft): boolean {
  return reason.trim() !== '';
}

/** What keeps somebody from being a witness here; null for nothing. `signers`: whoever signs, and for whom. */
export function gapOfWitness({ witnesses }: DiligenceDraft, index: 0 | 1, signers: readonly string[], professional: string): WitnessGap | null {
  const { name, identity, adult } = witnesses[index];
  const own = folded(name);
  if (own === '') {
    return 'name';
  }
  if (signers.some((signer) => own === folded(signer))) {
    return 'signer';
  }
  if (own === folded(professional)) {
    return 'professional';
  }
  if (index === 1 && own === folded(witnesses[0].name)) {
    return 'same';
  }
  if (identity === null) {
    return 'identity';
  }
  return adult ? null : 'adult';
}

export function withWitness({ reason, witnesses: [first, second] }: DiligenceDraft, index: 0 | 1, part: Partial<WitnessDraft>): DiligenceDraft {
  return { reason, witnesses: index === 0 ? [{ ...first, ...part }, second] : [first, { ...second, ...part }] };
}

/** The diligence to be sent; `inks`: what each witness drew, empty for one who pressed the button. */
export async function diligenceOf({ reason, witnesses }: DiligenceDraft, inks: readonly [Ink, Ink]): Promise<Diligence> {
  const made = witnesses.map(async ({ name, identity }, index) => {
    const ink = inks[index as 0 | 1];
    const who = { name: name.trim(), identity: identity ?? 'known', adult: true as const };
    return ink.drawing.isEmpty
      ? { ...who, answer: 'button' as const }
      : { ...who, answer: 'drawn' as const, picture: await pack(draw(ink.drawing.lines)) };
  });
  return { reason: reason.trim(), witnesses: await Promise.all(made) };
}
