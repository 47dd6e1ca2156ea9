// Runs every row of the table "Outside programs" in docs/validation-notes.md: makes the file, asks Segell, asks the others.
//   node outside_programs.mjs SEGELL PKI_DIR SOURCE_DIR
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const [segell, pki, source] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'segell-outside-'));
after(() => rmSync(work, { recursive: true, force: true }));
const at = (name) => join(work, name);
const python = (...words) => execFileSync('/usr/bin/python3', [join(source, 'tests/support/sign_pdf.py'), ...words]);

python('plain', at('plain.pdf'));

/** A PDF signed by the second maker: `openssl cms` and plain text. */
function sign(identity, { chain = 'issuing', more = [] } = {}) {
  const file = at(`${identity}-${more.join('')}.pdf`);
  python('sign', at('plain.pdf'), file, '--key', `${pki}/${identity}.key`, '--cert', `${pki}/${identity}.pem`,
    ...(chain === null ? [] : ['--chain', `${pki}/${chain}.pem`]), ...more);
  return file;
}

/** The two parts of a signed PDF: what its last ByteRange covers, and the signature, without the zeros behind it. */
function partsOf(file) {
  const octets = readFileSync(file);
  const [, , end, next, rest] = [...octets.toString('latin1').matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/g)].at(-1).map(Number);
  const padded = Buffer.from(octets.subarray(end + 1, next - 1).toString('latin1'), 'hex');
  assert.equal(padded[1], 0x82, 'a length of two octets');
  return {
    content: Buffer.concat([octets.subarray(0, end), octets.subarray(next, next + rest)]),
    cms: padded.subarray(0, 4 + padded.readUInt16BE(2)),
  };
}

/** The same file with SHA-512 named as the signature's digest, where the signature and its attributes used SHA-256. */
function contradict(file) {
  const { cms } = partsOf(file);
  const plainRsa = Buffer.from('06092a864886f70d010101', 'hex'); // rsaEncryption
  const where = cms.lastIndexOf(plainRsa);
  assert.ok(where > cms.length - 600, 'the last of them names the algorithm of the signature');
  const other = Buffer.from(cms);
  other[where + plainRsa.length - 1] = 0x0d; // sha512WithRSAEncryption
  const text = readFileSync(file, 'latin1');
  const changed = at('contradiction.pdf');
  writeFileSync(changed, text.replace(cms.toString('hex'), other.toString('hex')), 'latin1');
  return changed;
}

const cases = {
  'page replaced in a later revision': () => {
    python('update', sign('seal-rsa'), at('replaced.pdf'), 'replace-contents-reference');
    return at('replaced.pdf');
  },
  'content inside a detached signature': () => sign('seal-rsa', { more: ['--cms=-nodetach'] }),
  'digest and signature algorithm contradict each other': () => contradict(sign('seal-rsa')),
  'document timestamp': () => sign('tsa', { more: ['--timestamp'] }),
  'certificate revoked': () => sign('seal-revoked'),
  'certificate expired': () => sign('seal-expired'),
  'certificate of an unknown root': () => sign('seal-unknown-ca', { chain: null }),
};

/** What an outside program says of a file, both streams. */
const outside = {
  'pdfsig -nocert': (file) => {
    const { stdout, stderr } = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' });
    return stdout + stderr;
  },
  'openssl cms -verify -content': (file) => {
    const { content, cms } = partsOf(file);
    writeFileSync(at('content'), content);
    writeFileSync(at('cms'), cms);
    const { stdout, stderr } = spawnSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', at('cms'), '-content', at('content'),
      '-CAfile', `${pki}/root.pem`, '-purpose', 'any', '-out', '/dev/null'], { encoding: 'utf8' });
    return stdout + stderr;
  },
};

const table = readFileSync(join(source, 'docs/validation-notes.md'), 'utf8').split('## Outside programs')[1].split('\n## ')[0];
const rows = [...table.matchAll(/^\| (?!case |---)(.+?) \| (.+?) \| (.+) \|$/gm)].map(([, name, own, others]) => ({ name, own, others }));

test('every row has its case, and every case its row', () => {
  assert.deepEqual(rows.map(({ name }) => name), Object.keys(cases));
});

for (const { name, own, others } of rows) {
  test(`${name}: ${own}; ${others}`, () => {
    const file = cases[name]();
    const { status, stdout } = spawnSync(segell, ['verify', '--json', '--trust', `${pki}/anchors`, file], { encoding: 'utf8' });
    const verdict = JSON.parse(stdout);
    const [, indication, reason] = /^([A-Z-]+)(?:\/([A-Z_]+))?/.exec(own);
    assert.equal(verdict.indication, indication, stdout);
    if (reason !== undefined) {
      assert.equal(verdict.subIndication, reason, stdout);
    }
    if (own.includes('named')) {
      assert.ok(verdict.signatures[0].changes.length > 0, stdout);
    }
    assert.equal(status, { 'TOTAL-PASSED': 0, 'TOTAL-FAILED': 1, INDETERMINATE: 3 }[indication]);
    for (const part of others.split('; ')) {
      const [, program, quotes] = /^`(.+?)`: (.+)$/.exec(part);
      const said = outside[program](file);
      for (const [, words] of quotes.matchAll(/"(.+?)"/g)) {
        assert.ok(said.includes(words), `${program}: ${said}`);
      }
    }
  });
}
