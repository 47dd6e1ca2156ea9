// Containers with ZIP64 fields, descriptors of eight octets and ZIP64 ends, which many writers make for small files too: as they are they pass, and
// what contradicts itself does not.
//   node zip64.test.mjs SEGELL PKI_DIR     SEGELL_LONG=1: what Info-ZIP, libarchive, 7-Zip and Java write, and a file above 4 GiB, too
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { Maker } from './make.mjs';
import { LARGE, LARGE_DIGEST, writeLarge } from './large.mjs';
import { byOtherPrograms } from './writers.mjs';
import { ALL, wideField, zip } from './zip.mjs';

const [segell, pki] = process.argv.slice(2);
const maker = new Maker(pki);
after(() => maker.end());

let files;
maker.extended({ 'informe.txt': 'Informe d\'exemple\n', 'buit.txt': '', 'gran.bin': Buffer.alloc(70_000) }, { change: (all) => { files = all; return all; } });
const lengthOf = ({ content }) => Buffer.byteLength(content);

/** The container with every file but the mimetype (which must be plain) written in another way; `only` one of them. */
const packed = (how, around = {}, only) => zip(files.map((file) => (file.name === 'mimetype' || (only && file.name !== only) ? file : { ...file, ...how(file) })), around);
const hidden = { packed: ALL, size: ALL };
const both = ({ size, packed: stored }) => wideField(size, stored);

// --- as writers write: what each of them puts into its headers was read off its files

const honest = {
  'Python 3.11.4 and later, 7-Zip from a pipe': packed(() => ({ deflate: true, local: hidden, extra: both })),
  'Python before 3.11.4, which gives the sizes twice': packed(() => ({ deflate: true, extra: both })),
  'Python and 7-Zip into a pipe': packed(() => ({ deflate: true, descriptor: 'wide', local: hidden, extra: wideField(0, 0) })),
  'Python before 3.11.4 into a pipe': packed(() => ({ deflate: true, descriptor: 'wide', extra: wideField(0, 0) })),
  'Info-ZIP and libarchive into a pipe, which know the size': packed((file) => ({ deflate: true, descriptor: true, local: { size: lengthOf(file) } })),
  'libarchive into a pipe, stored': packed((file) => ({ descriptor: true, local: { packed: lengthOf(file), size: lengthOf(file) } })),
  'libarchive with zip64': packed((file) => ({ deflate: true, descriptor: 'wide', local: hidden, extra: wideField(lengthOf(file), 0) }), { end64: {} }),
  'Info-ZIP from a pipe': packed(() => ({ local: hidden, extra: both }), { end64: {} }),
  'Info-ZIP with -fz': packed((file) => ({ size: ALL, local: hidden, extra: both, centralExtra: ({ size }) => wideField(size), described: { size: lengthOf(file) } }),
    { end64: {}, end: { begin: ALL } }),
  'Java\'s zip file system with a ZIP64 end': packed(() => ({ deflate: true, descriptor: true }), { end64: {} }),
  'Go, which says where a file begins twice': packed(() => ({ ...hidden, local: hidden, extra: both, centralExtra: ({ size, packed: stored, header }) => wideField(size, stored, header) })),
  'everything in eight octets': packed(() => ({ ...hidden, headerAt: ALL, volume: 0xffff, local: hidden, extra: both,
    centralExtra: ({ size, packed: stored, header }) => wideField(size, stored, header, Buffer.alloc(4)) }), { end64: {}, end: { volume: 0xffff, count: 0xffff, size: ALL, begin: ALL } }),
  'a descriptor without its mark': packed(() => ({ deflate: true, descriptor: 'wide', local: hidden, extra: wideField(0, 0), described: { mark: '' } })),
  'other fields around it': packed(() => ({ local: hidden, extra: (of) => Buffer.concat([Buffer.from('UT\x05\x00\x01\x00\x00\x00\x00'), both(of), Buffer.from('ux\x00\x00')]) })),
};

// --- contradictions: TOTAL-FAILED

const one = (how, around) => packed(how, around, 'informe.txt');
const streamed = { descriptor: 'wide', local: hidden, extra: wideField(0, 0) };
const hostile = {
  'a wide descriptor without the field': one(() => ({ descriptor: 'wide' })),
  'a narrow descriptor with the field': one(() => ({ ...streamed, descriptor: true })),
  'a descriptor with another size': one((file) => ({ ...streamed, described: { size: lengthOf(file) + 1 } })),
  'a descriptor with another stored size': one((file) => ({ ...streamed, described: { packed: lengthOf(file) - 1 } })),
  'a descriptor with a size above four octets': one((file) => ({ ...streamed, described: { size: 2 ** 32 + lengthOf(file) } })),
  'a descriptor with another check sum': one(() => ({ ...streamed, described: { crc: 7 } })),
  'no descriptor behind a header that leaves it all to one': one(() => ({ local: { ...hidden, crc: 0 }, extra: wideField(0, 0) })),
  'no field behind a header that points to it': one(() => ({ local: hidden })),
  'the field with another size': one(() => ({ local: hidden, extra: ({ size, packed: stored }) => wideField(size + 1, stored) })),
  'the field with another stored size': one(() => ({ local: hidden, extra: ({ size, packed: stored }) => wideField(size, stored - 1) })),
  'the field with sizes turned around': one(() => ({ deflate: true, local: hidden, extra: ({ size, packed: stored }) => wideField(stored, size) })),
  'the field beside sizes that differ': one(() => ({ extra: ({ size, packed: stored }) => wideField(size, stored + 2 ** 32) })),
  'sizes in the header that differ from the field': one((file) => ({ local: { size: lengthOf(file) - 1 }, extra: both })),
  'one size in the header that differs': one((file) => ({ local: { size: ALL, packed: lengthOf(file) - 1 }, extra: both })),
  'the field empty': one(() => ({ extra: wideField() })),
  'the field too short': one(() => ({ local: hidden, extra: ({ size }) => wideField(size) })),
  'the field too short by an octet': one(() => ({ local: hidden, extra: ({ size }) => wideField(size, Buffer.alloc(7)) })),
  'the field too long': one(() => ({ local: hidden, extra: ({ size, packed: stored }) => wideField(size, stored, 0) })),
  'the field twice': one(() => ({ local: hidden, extra: (of) => Buffer.concat([both(of), both(of)]) })),
  'the field twice, with another size': one(() => ({ local: hidden, extra: (of) => Buffer.concat([both(of), wideField(1, 1)]) })),
  'a device': one(() => ({ externals: 0o20666 * 65536 })),
  'the field cut off': one(() => ({ local: hidden, extra: Buffer.from([1, 0, 16, 0, 1, 0]) })),
  'the directory\'s field with another size': one(() => ({ centralExtra: ({ size }) => wideField(size + 1) })),
  'the directory\'s field with another place': one(() => ({ centralExtra: ({ size, packed: stored, header }) => wideField(size, stored, header + 1) })),
  'the directory\'s field too short': one(() => ({ ...hidden, local: hidden, extra: both, centralExtra: ({ size }) => wideField(size) })),
  'the directory\'s field too long': one(() => ({ ...hidden, local: hidden, extra: both, centralExtra: ({ size, packed: stored }) => wideField(size, stored, Buffer.alloc(3)) })),
  'the directory\'s field twice': one(() => ({ ...hidden, local: hidden, extra: both, centralExtra: (of) => Buffer.concat([both(of), both(of)]) })),
  'the directory\'s field absent': one(() => ({ ...hidden, local: hidden, extra: both })),
  'the directory\'s field that leads elsewhere': one(() => ({ headerAt: ALL, centralExtra: ({ header }) => wideField(header + 8) })),
  'the directory\'s field that leads out of the file': one(() => ({ headerAt: ALL, centralExtra: wideField(2n ** 64n - 1n) })),
  'the directory\'s field with a size out of the file': one(() => ({ ...hidden, local: hidden, extra: both, centralExtra: wideField(2n ** 64n - 1n, 2n ** 64n - 1n) })),
  'an end with fewer files': packed(() => ({}), { end64: {}, end: { count: 3 } }),
  'an end with another directory': packed(() => ({}), { end64: {}, end: { begin: 0 } }),
  'an end with another length': packed(() => ({}), { end64: {}, end: { size: 46 } }),
  'a ZIP64 end with fewer files': packed(() => ({}), { end64: { total: 3, here: 3 }, end: { count: 0xffff } }),
  'a ZIP64 end with another directory': packed(() => ({}), { end64: { begin: 1 }, end: { begin: ALL } }),
  'a ZIP64 end whose directory leads out of the file': packed(() => ({}), { end64: { begin: 2n ** 64n - 1n }, end: { begin: ALL } }),
  'a ZIP64 end with another length': packed(() => ({}), { end64: { size: 46 }, end: { size: ALL } }),
  'a ZIP64 end that says to be shorter': packed(() => ({}), { end64: { length: 40 } }),
  'a ZIP64 end with octets behind it': packed(() => ({}), { end64: { more: 'hidden octets' } }),
  'a locator that leads elsewhere': packed(() => ({}), { end64: { at: 0 } }),
  'a locator that leads out of the file': packed(() => ({}), { end64: { at: 2n ** 64n - 1n } }),
  'octets before the ZIP64 end': packed(() => ({}), { end64: {}, count: 6, beforeDirectory: 'hidden octets' }),
};

// --- what cannot be read: INDETERMINATE

const open = {
  'an end that points to a ZIP64 end that is not there': packed(() => ({}), { end: { begin: ALL } }),
  'a ZIP64 end with data of its own': packed(() => ({}), { end64: { more: 'data', length: 48 } }),
  'a ZIP64 end of several parts': packed(() => ({}), { end64: { volumes: 2 } }),
  'a ZIP64 end on another part': packed(() => ({}), { end64: { volume: 1 }, end: { volume: 0xffff } }),
  'more files here than altogether': packed(() => ({}), { end64: { here: 2 } }),
  'more files than are read': packed(() => ({}), { end64: { total: 2n ** 40n, here: 2n ** 40n }, end: { count: 0xffff } }),
  'a pipe, as 7-Zip calls what came from one': one(() => ({ externals: 0o010600 * 65536 })),
  'a socket, as it says where that was the pipe': one(() => ({ externals: 0o140777 * 65536 })),
  'a file on another part': one(() => ({ volume: 0xffff, centralExtra: wideField(Buffer.from([1, 0, 0, 0])) })),
};

if (process.env.SEGELL_LONG) {
  mkdirSync(maker.at('others'));
  Object.assign(honest, byOtherPrograms(maker.at('others'), files.filter(({ name }) => name !== 'mimetype')));
  open['7z from pipes'] = honest['7z from pipes'];
  delete honest['7z from pipes'];
}

test('every container has its verdict', async (t) => {
  const all = Object.entries({ honest, hostile, open }).flatMap(([kind, cases]) => Object.entries(cases).map(([words, octets]) => ({ kind, words, octets })));
  all.forEach((one, i) => maker.write(`${i}.asice`, one.octets));
  const { stdout, stderr } = spawnSync(segell, ['verify', '--json', '--trust', `${pki}/anchors`, ...all.map((_, i) => maker.at(`${i}.asice`))], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const verdicts = stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(verdicts.length, all.length, stderr);
  for (const [i, { kind, words }] of all.entries())
    await t.test(`${kind}: ${words}`, () => assert.equal(verdicts[i].indication, { honest: 'TOTAL-PASSED', hostile: 'TOTAL-FAILED', open: 'INDETERMINATE' }[kind], JSON.stringify(verdicts[i], null, 1)));
});

// --- Python's own writer, every octet of what it adds

const PYTHON = "import sys,zipfile\nclass Pipe:\n  def __init__(s,f): s.write=f.write;s.flush=f.flush\na=zipfile.ZipFile(sys.argv[1])\nf=open(sys.argv[2],'wb')\nhow=sys.argv[3]\n"
  + "b=zipfile.ZipFile(Pipe(f) if how=='pipe' else f,'w')\nif how=='wide': zipfile.ZIP64_LIMIT=64\nfor i in a.infolist():\n  h=b.open(zipfile.ZipInfo(i.filename),'w',force_zip64=i.filename!='mimetype')\n"
  + "  h.write(a.read(i));h.close()\nb.close();f.close()\n";
const HOWS = { pipe: 'into a pipe', file: 'into a file', wide: 'as if every number were large' };
for (const [how, words] of Object.entries(HOWS)) {
  test(`what Python writes ${words} passes, and no octet of its ZIP64 records and descriptors may differ`, () => {
    const container = maker.at(`${how}.asice`);
    execFileSync('/usr/bin/python3', ['-c', PYTHON, maker.write('plain.asice', zip(files)), container, how]);
    const octets = readFileSync(container), places = [];
    const take = (from, length, but = () => false) => {
      assert.ok(from > 0, how);
      for (let at = from; at < from + length; at += 1) if (!but(at - from)) places.push(at);
    };
    const directory = octets.indexOf('PK\x01\x02'), field = octets.indexOf(Buffer.from([1, 0, 16, 0]));
    // where the header gives the sizes too, a field of another name is one more that nobody reads
    take(field, 20, (at) => how !== 'pipe' && at < 2);
    if (how === 'pipe') take(octets.indexOf('PK\x07\x08', field), 24);
    if (how === 'wide') {
      take(octets.lastIndexOf(Buffer.from([1, 0, 24, 0])), 28);  // the directory's, with sizes and place
      take(octets.indexOf('PK\x06\x06', directory), 76, (at) => at >= 12 && at < 16);  // but what version made it
    }
    const changed = places.map((at) => {
      const copy = Buffer.from(octets);
      copy[at] ^= 1 << (at % 8);
      return maker.write(`${how}-${at}.asice`, copy);
    });
    const { stdout } = spawnSync(segell, ['verify', '--json', '--trust', `${pki}/anchors`, container, ...changed], { encoding: 'utf8', maxBuffer: 1 << 26 });
    const [whole, ...others] = stdout.trimEnd().split('\n').map((line) => JSON.parse(line).indication);
    assert.equal(whole, 'TOTAL-PASSED', stdout);
    assert.deepEqual(places.filter((_, i) => others[i] === 'TOTAL-PASSED'), []);
  });
}

// --- what the form is for

if (process.env.SEGELL_LONG)
  test('a file above 4 GiB, as Python and as Java and Go stream it; and one whose descriptor tells the lower half of its size', () => {
    const manifest = maker.manifest('META-INF/signature001.p7s', { 'gran.bin': { digest: LARGE_DIGEST } });
    const rest = [{ name: 'META-INF/ASiCManifest001.xml', content: manifest }, { name: 'META-INF/signature001.p7s', content: maker.cades(manifest) }];
    for (const [options, wanted] of [[{ field: true }, 0], [{}, 0], [{ said: LARGE - 2 ** 32 }, 1]]) {
      writeLarge(maker.at('large.asice'), 'gran.bin', rest, options);
      assert.equal(spawnSync(segell, ['verify', '--quiet', '--trust', `${pki}/anchors`, maker.at('large.asice')]).status, wanted, JSON.stringify(options));
    }
  });
