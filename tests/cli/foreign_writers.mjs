// Seals files of foreign writers twice each and lets outside programs judge the results.
//   node foreign_writers.mjs SEGELL PKI_DIR SOURCE_DIR
// Writers: LibreOffice (the demo document), qpdf (linearized; object streams), mutool, poppler's pdftocairo, Chromium, pdf-lib.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { degrees, PDFDocument, StandardFonts } from 'pdf-lib';

const [segell, pki, source] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'segell-foreign-'));
after(() => rmSync(work, { recursive: true, force: true }));
const libreOffice = join(source, 'service/segelld/demo/informacio-i-decisions.pdf');
const at = name => join(work, name);
const run = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const writers = {
  'LibreOffice': file => writeFileSync(file, readFileSync(libreOffice)),
  'qpdf, linearized': file => run('qpdf', '--linearize', libreOffice, file),
  'qpdf, object streams': file => run('qpdf', '--object-streams=generate', libreOffice, file),
  'mutool': file => run('mutool', 'clean', '-gggg', libreOffice, file),
  'pdftocairo': file => run('pdftocairo', '-pdf', libreOffice, file),
  'Chromium': file => {
    writeFileSync(at('page.html'), '<!DOCTYPE html><html lang="ca"><title>Prova</title><p style="font-family:Noto Sans">Pàgina inventada.</p>');
    run('chromium-headless-shell', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
      `--user-data-dir=${at('profile')}`, `--print-to-pdf=${file}`, `file://${at('page.html')}`);
  },
  'pdf-lib, rotated pages': async file => {
    const pdf = await PDFDocument.create();
    const font = await pdf.embedFont(StandardFonts.Helvetica);
    for (const angle of [0, 90, 180, 270]) {
      const page = pdf.addPage([400, 600]);
      page.setRotation(degrees(angle));
      page.drawText(`rotated ${angle}`, { x: 50, y: 300, font });
    }
    writeFileSync(file, await pdf.save());
  },
};

const seal = (key, from, to) => run(segell, 'seal', '--key', `${pki}/${key}.key`, '--cert', `${pki}/${key}.pem`,
  '--chain', `${pki}/issuing.pem`, '-o', to, from);

for (const [writer, write] of Object.entries(writers)) {
  test(`${writer}: two seals, both valid and the first unmodified`, async () => {
    const name = writer.replace(/\W+/g, '-');
    const [plain, once, twice] = ['plain', 'once', 'twice'].map(stage => at(`${name}-${stage}.pdf`));
    await write(plain);
    seal('seal-rsa', plain, once);
    assert.match(run('pdfsig', '-nocert', once), /Total document signed[\s\S]*Signature is Valid/);
    seal('seal-p256', once, twice);
    const words = run('pdfsig', '-nocert', twice);
    assert.equal(words.match(/Signature is Valid/g)?.length, 2, words);
    assert.match(words.split('Signature #2')[1], /Total document signed/);
    assert.equal(spawnSync('qpdf', ['--check', twice]).status, 0);

    const judged = spawnSync(segell, ['verify', '--json', '--trust', `${pki}/anchors`, twice], { encoding: 'utf8' });
    const verdict = JSON.parse(judged.stdout);
    assert.equal(judged.status, 0, judged.stdout);
    assert.deepEqual(verdict.signatures.map(s => [s.integrity, s.coverage, s.modification]),
      [['intact', 'whole-revision', verdict.signatures[0].modification], ['intact', 'whole-file', 'none']]);
    assert.ok(['none', 'permitted'].includes(verdict.signatures[0].modification));
    assert.ok(readFileSync(twice).subarray(0, readFileSync(plain).length).equals(readFileSync(plain)), 'the document was rewritten');

    const flipped = readFileSync(twice);
    flipped[Math.floor(readFileSync(plain).length / 2)] ^= 1;
    writeFileSync(at('flipped.pdf'), flipped);
    assert.equal(spawnSync(segell, ['verify', '--trust', `${pki}/anchors`, at('flipped.pdf')]).status, 1);
  });
}
