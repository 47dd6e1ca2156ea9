// Every octet of a small container, and of CAdES files, changed by one bit: none passes but those whose change changes nothing that anybody
// reads, and these are counted by name.
//   node mutation.mjs SEGELL PKI_DIR [STEP]     STEP 1 tries every octet
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { Maker } from './make.mjs';

const [segell, pki, step = '7'] = process.argv.slice(2);
const maker = new Maker(pki);
after(() => maker.end());

const LOCAL = [[4, 6, 'version needed'], [10, 14, 'time in a header']];
const CENTRAL = [[4, 8, 'version'], [12, 16, 'time in a header'], [36, 42, 'attributes in a header']];

/** What an octet of an archive says that no reader of its files looks at; undefined for all others. */
function idle(octets) {
  const names = new Map();
  for (const [mark, fields] of [['PK\x03\x04', LOCAL], ['PK\x01\x02', CENTRAL]])
    for (let at = octets.indexOf(mark, 0, 'latin1'); at >= 0; at = octets.indexOf(mark, at + 4, 'latin1'))
      for (const [from, to, name] of fields) for (let i = from; i < to; i += 1) names.set(at + i, name);
  return names;
}

/** SignedData's version: writers of old messages say 1 where RFC 5652 5.1 computes 3, so that any of its values is taken. */
const versionOf = (octets) => octets.indexOf(Buffer.from([0x02, 0x01, 0x01, 0x31])) + 2;

/** Names are compared without regard to capitals (RFC 5280 7.1): the one that the signer is named by may differ so. Certificates and signed
 *  attributes hold names too, but what is signed cannot pass. */
function isCapital(octets, at, mask) {
  const letter = String.fromCharCode(octets[at]);
  return mask === 0x20 && /[A-Za-z]/.test(letter) && octets.subarray(Math.max(0, at - 60), at).includes(Buffer.from([0x55, 0x04]));
}

const subjects = {
  'container.asice': maker.extended({ 'a.txt': 'a' }, { identities: ['seal-p256'] }),
  'enveloping.p7m': maker.cades('a', ['seal-p256'], ['-cades', '-nodetach']),
};

for (const [name, octets] of Object.entries(subjects)) {
  test(`${name}: no octet may differ`, () => {
    const allowed = name.endsWith('.asice') ? idle(octets) : new Map([[versionOf(octets), 'version of the message']]);
    const places = [];
    for (let at = 0; at < octets.length; at += Number(step)) places.push(at);
    const files = places.map((at, i) => {
      const changed = Buffer.from(octets);
      changed[at] ^= 1 << (at % 8);
      writeFileSync(maker.at(`${i}-${name}`), changed);
      return maker.at(`${i}-${name}`);
    });
    const counted = {};
    const passed = [];
    for (let from = 0; from < files.length; from += 500) {
      const { stdout, stderr, signal } = spawnSync(segell, ['verify', '--json', '--trust', `${pki}/root.pem`, ...files.slice(from, from + 500)],
        { encoding: 'utf8', maxBuffer: 1 << 28 });
      assert.equal(signal, null, stderr);
      stdout.trimEnd().split('\n').map((line) => JSON.parse(line)).forEach((verdict, i) => {
        if (verdict.indication !== 'TOTAL-PASSED') return;
        const at = places[from + i];
        const why = allowed.get(at) ?? (isCapital(octets, at, 1 << (at % 8)) ? 'capitals in a name' : undefined);
        if (why) counted[why] = (counted[why] ?? 0) + 1;
        else passed.push(`octet ${at}: ${octets.subarray(Math.max(0, at - 8), at + 9).toString('hex')}`);
      });
    }
    assert.deepEqual(passed, []);
    console.log(`# ${places.length} changes of ${name}; passed, for nobody reads them: ${JSON.stringify(counted)}`);
  });
}
