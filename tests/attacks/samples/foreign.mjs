// Files of foreign writers, signed here; and files that foreign programs signed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { adopt } from '../adopt.mjs';
import { Paper, plainPaper, stream } from '../paper.mjs';

const libreOffice = new URL('../../../service/segelld/demo/informacio-i-decisions.pdf', import.meta.url);

const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });

/** Gives `make` a folder that is gone afterwards. */
function inFolder(make) {
  const folder = mkdtempSync(join(tmpdir(), 'segell-foreign-'));
  try {
    return make((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const through = (program, ...args) => () => inFolder((at) => {
  writeFileSync(at('in.pdf'), readFileSync(libreOffice));
  run(program, ...args.map((word) => (word.endsWith('.pdf') ? at(word) : word)));
  return readFileSync(at('out.pdf'));
});

const writers = {
  LibreOffice: () => readFileSync(libreOffice),
  'qpdf, linearized': through('qpdf', '--linearize', 'in.pdf', 'out.pdf'),
  'qpdf, object streams': through('qpdf', '--object-streams=generate', 'in.pdf', 'out.pdf'),
  'qpdf, linearized object streams': through('qpdf', '--linearize', '--object-streams=generate', 'in.pdf', 'out.pdf'),
  'qpdf, in plain words': through('qpdf', '--qdf', 'in.pdf', 'out.pdf'),
  'mutool': through('mutool', 'clean', '-gggg', 'in.pdf', 'out.pdf'),
  'mutool, linearized': through('mutool', 'clean', '-l', 'in.pdf', 'out.pdf'),
  pdftocairo: through('pdftocairo', '-pdf', 'in.pdf', 'out.pdf'),
  'pdf-lib': async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText('made by pdf-lib', { x: 50, y: 500, font: await pdf.embedFont(StandardFonts.Helvetica) });
    return Buffer.from(await pdf.save());
  },
  'pdf-lib, no object streams': async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText('made by pdf-lib', { x: 50, y: 500, font: await pdf.embedFont(StandardFonts.Helvetica) });
    return Buffer.from(await pdf.save({ useObjectStreams: false }));
  },
};

/** An NSS database that holds the seal, for pdfsig. */
function database(at, pki) {
  run('certutil', '-N', '-d', `sql:${at('.')}`, '--empty-password');
  run('pk12util', '-i', join(pki, 'seal-rsa.p12'), '-W', 'segell', '-K', '', '-d', `sql:${at('.')}`);
  const list = run('certutil', '-K', '-d', `sql:${at('.')}`).toString();
  return /rsa\s+[0-9a-f]+\s+(?:NSS Certificate DB:)?(.+?)\s*$/m.exec(list)[1];
}

/** A page with an empty signature field, number 6. */
function paperWithField() {
  const plain = plainPaper();
  return plain.save({ 1: plain.objects[1].replace(/ >>$/, ' /AcroForm 7 0 R >>'), 4: plain.objects[4].replace(/ >>$/, ' /Annots [6 0 R] >>'), 7: '<< /Fields [6 0 R] >>',
    6: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Foreign) /P 4 0 R /Rect [72 100 272 150] /F 4 >>' });
}

const byPdfsig = (pki, ...words) => () => inFolder((at) => {
  const nick = database(at, pki);
  writeFileSync(at('in.pdf'), words.includes('-sign') ? paperWithField().octets : readFileSync(libreOffice));
  run('pdfsig', '-nssdir', `sql:${at('.')}`, '-nss-pwd', '', '-nick', nick, ...words, at('in.pdf'), at('out.pdf'));
  return readFileSync(at('out.pdf'));
});

const byMutool = (pki) => () => inFolder((at) => {
  writeFileSync(at('in.pdf'), paperWithField().octets);
  run('mutool', 'sign', '-s', join(pki, 'seal-rsa.p12'), '-P', 'segell', '-o', at('out.pdf'), at('in.pdf'), '6');
  return readFileSync(at('out.pdf'));
});

export default ({ sign, pki, PASSED, CONSTRAINTS, FAILED }) => {
  const written = Object.entries(writers).flatMap(([writer, write]) => {
    let known;
    const base = () => (known ??= Promise.resolve(write()).then(adopt));
    const signed = async (more = {}) => {
      const { paper, page, save } = await base();
      return sign(paper, { page, save, ...more });
    };
    const again = async (paper, more = {}) => {
      const { page, save } = await base();
      return sign(paper, { page, save, ...more });
    };
    return [
      [`${writer}: one approval`, () => signed(), PASSED, 'legal', { coverage: 'whole-file', count: 1 }],
      [`${writer}: two approvals and a document timestamp`, async () => again(await again(await signed(), { field: 'Second' }), { field: 'Timestamp', timestamp: true }), PASSED, 'legal', { count: 3, modification: 'permitted' }],
      [`${writer}: certified, then an approval`, async () => again(await signed({ docmdp: 2 }), { field: 'Second' }), PASSED, 'legal', { count: 2 }],
      [`${writer}: page replaced afterwards`, async () => {
        const { page, save } = await base();
        const paper = await signed();
        return paper.save({ [page]: paper.objects[page].replace(/\/Contents (\[[^\]]*\]|\d+ 0 R)/, `/Contents ${paper.size} 0 R`), [paper.size]: stream('0 0 99 99 re f') }, save);
      }, CONSTRAINTS, 'what was signed is no longer shown', { modification: 'suspicious' }],
      [`${writer}: octet flipped`, async () => {
        const paper = await signed();
        const middle = Math.floor((await base()).paper.text.length / 2);
        const flipped = String.fromCharCode(paper.text.charCodeAt(middle) ^ 1);
        return new Paper(paper.text.slice(0, middle) + flipped + paper.text.slice(middle + 1), {});
      }, FAILED, 'the digest says so', {}],
    ];
  });
  const signers = { 'pdfsig -add-signature': byPdfsig(pki, '-add-signature', '-new-signature-field-name', 'Foreign'), 'pdfsig -sign -etsi': byPdfsig(pki, '-sign', 'Foreign', '-etsi'), 'pdfsig -sign': byPdfsig(pki, '-sign', 'Foreign'), 'mutool sign': byMutool(pki) };
  const signed = Object.entries(signers).flatMap(([signer, make]) => {
    let known;
    const octets = () => (known ??= make());
    // MuPDF puts the signer's certificate alone into its message
    const [verdict, reason] = signer.startsWith('mutool') ? ['INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND', 'intact, and its issuer is not in the file'] : [PASSED, 'legal'];
    return [
      [`signed by ${signer}`, () => new Paper(octets().toString('latin1'), {}), verdict, reason, { coverage: 'whole-file', integrity: 'intact' }],
      [`signed by ${signer}, then here`, async () => { const { paper, page, save } = await adopt(octets()); return sign(paper, { page, save, field: 'Second' }); }, verdict, reason, { count: 2, modification: 'permitted' }],
      [`signed by ${signer}, octets appended`, () => new Paper(`${octets().toString('latin1')}junk`, {}), FAILED, 'no revision', { coverage: 'anomalous' }],
    ];
  });
  return [...written, ...signed].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
