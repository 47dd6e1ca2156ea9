// Files that LibreOffice and TCPDF sign. For the long form: Debian's libreoffice-writer-nogui, python3-uno, php-cli and php-tcpdf.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adopt } from '../adopt.mjs';
import { formPaper, Paper, plainPaper } from '../paper.mjs';

const script = (name) => fileURLToPath(new URL(`../programs/${name}`, import.meta.url));
const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });

/** An NSS database that holds the seal and trusts its root: LibreOffice offers no other certificate. */
function database(folder, pki) {
  mkdirSync(folder);
  const at = ['-d', `sql:${folder}`];
  run('certutil', '-N', ...at, '--empty-password');
  run('pk12util', '-i', join(pki, 'seal-rsa.p12'), '-W', 'segell', '-K', '', ...at);
  run('certutil', '-A', '-n', 'root', '-t', 'CT,C,C', '-i', join(pki, 'root.pem'), ...at);
  return folder;
}

function makeAll(pki, existing) {
  const folder = mkdtempSync(join(tmpdir(), 'segell-programs-'));
  try {
    const at = (name) => join(folder, `${name}.pdf`);
    for (const [name, octets] of Object.entries(existing)) writeFileSync(at(name), octets);
    run('/usr/bin/python3', script('office.py'), database(join(folder, 'nss'), pki), folder, ...Object.keys(existing).map(at));
    run('php', script('tcpdf.php'), pki, folder);
    const names = [...Object.keys(existing), 'export', 'export-form', 'export-archive', 'tcpdf-approval', 'tcpdf-bookmarks', 'tcpdf-form', 'tcpdf-certified'];
    return new Map(names.map((name) => [name, readFileSync(at(name))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export default ({ sign, pki, identity, PASSED, FORMAT }) => {
  const existing = { 'office-existing': plainPaper().octets, 'office-form': formPaper().octets, 'office-second': sign(plainPaper(), { identity: identity('seal-p256') }).octets };
  let all;
  const made = (name) => (all ??= makeAll(pki, existing)).get(name);
  const as = (name) => () => new Paper(made(name).toString('latin1'), {});
  const then = (name, more) => async () => {
    const { paper, page, save } = await adopt(made(name));
    return sign(paper, { page, save, field: 'Here', ...more });
  };
  return [
    ['LibreOffice: export signed', as('export'), PASSED, 'legal', { count: 1, coverage: 'whole-file' }],
    ['LibreOffice: export of a form signed', as('export-form'), PASSED, 'legal', { count: 1, coverage: 'whole-file' }],
    ['LibreOffice: PDF/A signed', as('export-archive'), PASSED, 'legal', { count: 1, coverage: 'whole-file' }],
    ['LibreOffice: an existing file signed', as('office-existing'), PASSED, 'legal', { count: 1, coverage: 'whole-file' }],
    ['LibreOffice: an existing form signed', as('office-form'), PASSED, 'legal', { count: 1, coverage: 'whole-file' }],
    ['LibreOffice: a file signed here signed again', as('office-second'), PASSED, 'legal', { count: 2, modification: 'permitted' }],
    ['LibreOffice: export signed, then signed here', then('export'), PASSED, 'legal', { count: 2, modification: 'permitted' }],
    ['LibreOffice: form signed, then a visible signature here', then('export-form', { rect: '300 50 400 90' }), PASSED, 'legal', { count: 2, modification: 'permitted' }],
    ['TCPDF: approved', as('tcpdf-approval'), PASSED, 'legal', { count: 1, coverage: 'whole-file' }],
    ['TCPDF: approved, visible, with bookmarks', as('tcpdf-bookmarks'), PASSED, 'legal', { count: 1, coverage: 'whole-file' }],
    ['TCPDF: form certified with P 2', as('tcpdf-form'), PASSED, 'legal', { count: 1, coverage: 'whole-file' }],
    ['TCPDF: certified with P 1', as('tcpdf-certified'), PASSED, 'legal', { count: 1, coverage: 'whole-file' }],
    ['TCPDF: approved, then signed here', then('tcpdf-approval'), PASSED, 'legal', { count: 2, modification: 'permitted' }],
    ['TCPDF: certified with P 1, then signed here', then('tcpdf-certified'), FORMAT, 'P 1 permits no signature'],
  ].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
