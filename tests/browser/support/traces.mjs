// Looks for traces of how a pen moved: in octets, whatever the encoding somebody may have chosen for them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Four samples in a row are looked for: short enough to be found anywhere, long enough never to be there by chance. */
const kRun = 4;

/**
 * What recorded samples could look like if they had leaked: the columns that are none of a picture's business (time, pressure,
 * tilts) as JSON, as text between other marks, and as binary numbers of the usual widths, both byte orders.
 */
export function needlesOf(samples) {
  const columns = { times: 1, pressure: 4, tiltX: 5, tiltY: 6, twist: 7 };
  const needles = [{ what: 'whole samples', octets: Buffer.from(JSON.stringify(samples.slice(8, 8 + 2)).slice(1, -1)) }];
  for (const [what, column] of Object.entries(columns)) {
    const run = samples.slice(8, 8 + kRun).map((sample) => sample[column]);
    for (const mark of [',', ', ', ' ', ';', '\n']) {
      needles.push({ what: `${what} as text`, octets: Buffer.from(run.join(mark)) });
    }
    for (const [kind, width] of Object.entries({ FloatLE: 4, FloatBE: 4, DoubleLE: 8, DoubleBE: 8, Int32LE: 4, Int32BE: 4, Int16LE: 2, Int16BE: 2 })) {
      const whole = kind.startsWith('Int');
      if (whole && run.some((value) => !Number.isInteger(value) || Math.abs(value) >= 2 ** (8 * width - 1))) {
        continue;
      }
      const octets = Buffer.alloc(width * kRun);
      run.forEach((value, at) => octets[`write${kind}`](value, at * width));
      needles.push({ what: `${what} as ${kind}`, octets });
    }
    if (what === 'pressure') {
      for (const scale of [255, 1023, 1024, 4095, 65535]) {
        const octets = Buffer.alloc(2 * kRun);
        run.forEach((value, at) => octets.writeUInt16LE(Math.round(value * scale), 2 * at));
        needles.push({ what: `pressure of ${scale} steps`, octets }, { what: `pressure of ${scale} steps`, octets: Buffer.from(octets).swap16() });
      }
    }
  }
  // A run that is the same number four times over could stand anywhere.
  return needles.filter(({ octets }) => new Set(octets).size > 3);
}

/** The needles that some octets hold, in clear or as base64. */
export function tracesIn(octets, needles) {
  const found = needles.filter((needle) => octets.includes(needle.octets)).map(({ what }) => what);
  const base64 = octets.toString('latin1').match(/[A-Za-z0-9+/_-]{24,}={0,2}/g) ?? [];
  for (const text of base64.slice(0, 10_000)) {
    const inner = Buffer.from(text, 'base64');
    found.push(...needles.filter((needle) => inner.includes(needle.octets)).map(({ what }) => `${what}, in base64`));
  }
  return [...new Set(found)];
}

/** Every file below a folder. */
export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name)).map((path) => ({ path, octets: readFileSync(path) }));
}
