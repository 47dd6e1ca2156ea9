// Files that Apache PDFBox 2 and iText 5 make, sign, certify, fill in and extend. For the long form: Debian's libpdfbox2-java, libitext5-java, libbcpkix-java and a JDK.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adopt } from '../adopt.mjs';
import { Paper } from '../paper.mjs';

const jars = ['pdfbox2', 'fontbox2', 'commons-logging', 'itext5', 'bcpkix', 'bcprov', 'bcutil'].map((name) => `/usr/share/java/${name}.jar`);
const sources = ['PdfBox', 'IText'].map((name) => fileURLToPath(new URL(`../java/${name}.java`, import.meta.url)));

// library, verb, from, to, field
const steps = [
  ['PdfBox', 'new', '-', 'pdfbox'], ['PdfBox', 'sign', 'pdfbox', 'pdfbox-signed'], ['PdfBox', 'sign', 'pdfbox-signed', 'pdfbox-twice'], ['PdfBox', 'certify', 'pdfbox', 'pdfbox-certified'],
  ['PdfBox', 'fill', 'pdfbox-certified', 'pdfbox-filled'], ['PdfBox', 'note', 'pdfbox-certified', 'pdfbox-noted'], ['PdfBox', 'sign', 'pdfbox-filled', 'pdfbox-filled-signed'],
  ['PdfBox', 'fill', 'pdfbox-signed', 'pdfbox-signed-filled'],
  ['IText', 'new', '-', 'itext'], ['IText', 'sign', 'itext', 'itext-signed', 'One'], ['IText', 'etsi', 'itext-signed', 'itext-twice', 'Two'], ['IText', 'visible', 'itext', 'itext-visible', 'One'],
  ['IText', 'certify', 'itext', 'itext-certified', 'One'], ['IText', 'fill', 'itext-certified', 'itext-filled'], ['IText', 'note', 'itext-certified', 'itext-noted'],
  ['IText', 'sign', 'itext-filled', 'itext-filled-signed', 'Two'], ['IText', 'fill', 'itext-signed', 'itext-signed-filled'], ['IText', 'evidence', 'itext-signed', 'itext-evidence'],
  ['IText', 'sign', 'pdfbox-signed', 'pdfbox-itext', 'Two'], ['PdfBox', 'sign', 'itext-signed', 'itext-pdfbox'],
  ['PdfBox', 'sign', 'pdfbox-damaged', 'pdfbox-damaged-signed'], ['PdfBox', 'sign', 'pdfbox-damaged-signed', 'pdfbox-damaged-twice'], ['PdfBox', 'fill', 'pdfbox-damaged-signed', 'pdfbox-damaged-filled'],
  ['IText', 'evidence', 'pdfbox-signed', 'pdfbox-evidence'],
];

/** All of them at once: starting Java costs more than signing. */
function makeAll(pki) {
  const folder = mkdtempSync(join(tmpdir(), 'segell-java-'));
  try {
    execFileSync('javac', ['-cp', jars.join(':'), '-d', folder, ...sources], { stdio: 'pipe' });
    const at = (name) => (name === '-' ? '-' : join(folder, `${name}.pdf`));
    for (let first = 0; first < steps.length;) {
      const [library] = steps[first];
      let end = first;
      while (end < steps.length && steps[end][0] === library) end += 1;
      const words = steps.slice(first, end).flatMap(([, verb, from, to, field = '-']) => [verb, at(from), at(to), field]);
      execFileSync('java', ['-cp', [folder, ...jars].join(':'), `-Dpdfbox.fontcache=${folder}`, library, join(pki, 'seal-rsa.p12'), 'segell', ...words], { stdio: 'pipe' });
      // PDFBox repairs what it reads, and appends
      writeFileSync(at('pdfbox-damaged'), readFileSync(at('pdfbox'), 'latin1').replace('xref\n0 ', 'xrff\n0 '), 'latin1');
      first = end;
    }
    return new Map(steps.map(([, , , to]) => [to, readFileSync(at(to))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export default ({ sign, pki, PASSED, CONSTRAINTS }) => {
  let all;
  const made = (name) => (all ??= makeAll(pki)).get(name);
  const as = (name) => () => new Paper(made(name).toString('latin1'), {});
  const then = (name, more) => async () => {
    const { paper, page, save } = await adopt(made(name));
    return sign(paper, { page, save, field: 'Here', ...more });
  };
  const both = ['pdfbox', 'itext'].flatMap((library) => [
    [`${library}: signed`, as(`${library}-signed`), PASSED, 'legal', { coverage: 'whole-file', integrity: 'intact', count: 1 }],
    [`${library}: signed twice`, as(`${library}-twice`), PASSED, 'legal', { count: 2, modification: 'permitted' }],
    [`${library}: signed, evidence added by iText`, as(`${library}-evidence`), PASSED, 'legal', { modification: 'permitted' }],
    [`${library}: signed, filled in`, as(`${library}-signed-filled`), CONSTRAINTS, 'policy: after an approval signature filling in is a change'],
    [`${library}: certified, P 3`, as(`${library}-certified`), PASSED, 'legal', { modification: 'none' }],
    [`${library}: certified, filled in`, as(`${library}-filled`), PASSED, 'P 3 permits it', { modification: 'permitted' }],
    [`${library}: certified, annotated`, as(`${library}-noted`), PASSED, 'P 3 permits it', { modification: 'permitted' }],
    [`${library}: certified, filled in, signed`, as(`${library}-filled-signed`), PASSED, 'P 3 permits it', { count: 2 }],
    [`${library}: signed, then signed here`, then(`${library}-signed`), PASSED, 'legal', { count: 2, modification: 'permitted' }],
    [`${library}: signed, then a document timestamp`, then(`${library}-signed`, { timestamp: true }), PASSED, 'legal', { count: 2, modification: 'permitted' }],
    [`${library}: made there, signed here`, then(library), PASSED, 'legal', { count: 1 }],
  ]);
  return [...both,
    ['pdfbox: damaged, signed', as('pdfbox-damaged-signed'), CONSTRAINTS, 'repaired', { coverage: 'whole-file', count: 1 }],
    ['pdfbox: damaged, signed twice', as('pdfbox-damaged-twice'), CONSTRAINTS, 'the damage is signed, and a revision follows', { coverage: 'whole-revision', modification: 'suspicious', count: 2 }],
    ['pdfbox: damaged, signed, filled in', as('pdfbox-damaged-filled'), CONSTRAINTS, 'the same', { coverage: 'whole-revision', modification: 'suspicious', count: 1 }],
    ['itext: visible', as('itext-visible'), PASSED, 'legal', { count: 1 }],
    ['pdfbox: signed, then signed by iText', as('pdfbox-itext'), PASSED, 'legal', { count: 2, modification: 'permitted' }],
    ['itext: signed, then signed by PDFBox', as('itext-pdfbox'), PASSED, 'legal', { count: 2, modification: 'permitted' }],
  ].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
