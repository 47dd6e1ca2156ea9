// Judges samples of every attack class, and of their legal twins, with `segell verify`. What makes them links nothing of what judges them.
//   node run.mjs SEGELL PKI_DIR [WORD]     WORD: only samples whose class or name holds it
//   SEGELL_SAMPLES=DIR                     keeps the files there
//   SEGELL_LONG=1                          files that PDFBox, iText, LibreOffice and TCPDF make, too
// Each sample states the verdict that it must get, and why: `expect` is INDICATION[/SUB-INDICATION], several with a bar between them. integrity, coverage, modification
// and field are the first signature's.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeSamples } from './samples.mjs';

const [segell, pki, word] = process.argv.slice(2);
const kept = process.env.SEGELL_SAMPLES;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'segell-attacks-'));
after(() => kept ?? rmSync(folder, { recursive: true }));

const samples = await writeSamples(pki, folder, word);
const judged = spawnSync(segell, ['verify', '--json', '--trust', join(pki, 'anchors'), ...samples.map(({ file }) => file)], { encoding: 'utf8', maxBuffer: 1 << 28 });
const verdicts = judged.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));

const matches = (verdict, wanted) => wanted.split('|').some((one) => {
  const [indication, sub] = one.split('/');
  return verdict.indication === indication && (sub === undefined || verdict.subIndication === sub);
});

test('every sample has a verdict', () => {
  assert.equal(judged.signal, null);
  assert.equal(verdicts.length, samples.length, judged.stderr);
});

samples.forEach(({ group, name, expect, why, count, ...wanted }, index) => {
  test(`${group}: ${name} → ${expect} (${why})`, () => {
    const verdict = verdicts[index];
    const [first = {}] = verdict.signatures;
    const told = `${verdict.indication}/${verdict.subIndication ?? ''}: ${verdict.summary}\n${verdict.signatures.flatMap((one) => one.checks).concat(verdict.checks)
      .filter(({ status }) => status !== 'pass').map(({ id, status, detail }) => `  ${id} ${status}: ${detail}`).join('\n')}\n  ${first.coverage} ${first.modification} ${(first.changes ?? []).join('; ')}`;
    assert.ok(matches(verdict, expect), `expected ${expect}, got ${told}`);
    if (count !== undefined) assert.equal(verdict.signatures.length, count, told);
    for (const key of ['integrity', 'coverage', 'modification', 'field', 'type', 'level']) {
      if (wanted[key] !== undefined) assert.ok(wanted[key].split('|').includes(first[key]), `${key}: expected ${wanted[key]}, got ${first[key]}\n${told}`);
    }
    if (wanted.basis !== undefined) assert.ok(wanted.basis.split('|').includes(first.timeBasis), `timeBasis ${first.timeBasis}\n${told}`);
  });
});
