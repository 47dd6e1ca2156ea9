// CAdES files and ASiC containers: what outside programs made, what Segell makes, and what somebody made to deceive.
//   node containers.test.mjs SEGELL PKI_DIR
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Maker } from './make.mjs';
import { zip } from './zip.mjs';

const [segell, pki] = process.argv.slice(2);
const maker = new Maker(pki);
after(() => maker.end());

const TEXT = Buffer.from('Informe d\'exemple\n');
const OTHER = Buffer.from('Un altre full\n');
const PASSED = 'TOTAL-PASSED', FAILED = 'TOTAL-FAILED', OPEN = 'INDETERMINATE', NONE = 'NO-SIGNATURE';
const EXIT = { [PASSED]: 0, [FAILED]: 1, ERROR: 2, [OPEN]: 3, [NONE]: 4 };

/** name → [octets, expected verdict, further conditions on the verdict, what lies beside it] */
const samples = new Map();
const sample = (name, octets, expected, also = () => {}, beside) => {
  assert.ok(!samples.has(name), name);
  samples.set(name, { octets, expected, also, beside });
};
const says = (words) => (verdict) => assert.match(JSON.stringify(verdict), words);
const first = (verdict) => verdict.signatures[0];

// --- CAdES

const der = maker.cades(TEXT);
const enveloping = maker.cades(TEXT, ['seal-rsa'], ['-cades', '-nodetach']);
sample('detached.p7s', der, PASSED, (verdict) => {
  assert.equal(first(verdict).level, 'B-B');
  assert.equal(first(verdict).integrity, 'intact');
  assert.equal(first(verdict).coverage, 'whole-file');
  assert.ok(first(verdict).claimedTime, 'signing-time');
}, TEXT);
sample('detached-alone.p7s', der, `${OPEN}/SIGNED_DATA_NOT_FOUND`, (verdict) => assert.equal(first(verdict).integrity, 'unverifiable'));
sample('detached-changed.p7s', der, `${FAILED}/HASH_FAILURE`, (verdict) => assert.equal(first(verdict).integrity, 'broken'), OTHER);
sample('pem.p7s', maker.cades(TEXT, ['seal-rsa'], ['-cades'], 'PEM'), PASSED, undefined, TEXT);
sample('p256.p7s', maker.cades(TEXT, ['seal-p256']), PASSED, undefined, TEXT);
sample('two-signers.p7s', maker.cades(TEXT, ['seal-rsa', 'seal-p256']), PASSED, (verdict) => assert.equal(verdict.signatures.length, 2), TEXT);
sample('two-signers-one-expired.p7s', maker.cades(TEXT, ['seal-rsa', 'seal-expired']), `${OPEN}/OUT_OF_BOUNDS_NO_POE`,
  (verdict) => assert.deepEqual(verdict.signatures.map((one) => one.indication).sort(), [OPEN, PASSED]), TEXT);
sample('key-id.p7s', maker.cades(TEXT, ['seal-rsa'], ['-cades', '-keyid']), PASSED, undefined, TEXT);
sample('plain-cms.p7s', maker.cades(TEXT, ['seal-rsa'], []), PASSED, (verdict) => assert.equal(first(verdict).level, 'none'), TEXT);
sample('without-attributes.p7s', maker.cades(TEXT, ['seal-rsa'], ['-noattr']), PASSED, (verdict) => assert.equal(first(verdict).level, 'none'), TEXT);
sample('without-attributes-changed.p7s', maker.cades(TEXT, ['seal-rsa'], ['-noattr']), FAILED, undefined, OTHER);
sample('revoked.p7s', maker.cades(TEXT, ['seal-revoked']), `${OPEN}/REVOKED_NO_POE`, undefined, TEXT);
sample('unknown.p7s', maker.cades(TEXT, ['seal-unknown-ca']), `${OPEN}/NO_CERTIFICATE_CHAIN_FOUND`, undefined, TEXT);
sample('without-certificate.p7s', maker.cades(TEXT, ['seal-rsa'], ['-cades', '-nocerts']), `${OPEN}/NO_SIGNING_CERTIFICATE_FOUND`, undefined, TEXT);
sample('enveloping.p7m', enveloping, PASSED);
sample('streamed.p7m', maker.cades(Buffer.alloc(300_000, 'Full de mostra. '), ['seal-rsa'], ['-cades', '-nodetach', '-stream', '-indef']), PASSED);
sample('enveloping-changed.p7m', Buffer.from(enveloping.toString('latin1').replace('Informe', 'informe'), 'latin1'), `${FAILED}/HASH_FAILURE`);
sample('empty-content.p7m', maker.cades(Buffer.alloc(0), ['seal-rsa'], ['-cades', '-nodetach']), PASSED);
sample('cut-short.p7m', enveloping.subarray(0, enveloping.length - 9), `${FAILED}/FORMAT_FAILURE`);
sample('with-a-tail.p7m', Buffer.concat([enveloping, Buffer.from('tail')]), `${FAILED}/FORMAT_FAILURE`, says(/octets follow/));
sample('with-an-end-of-line.p7m', Buffer.concat([enveloping, Buffer.from('\n')]), PASSED);
sample('not-signed.p7m', maker.openssl('cms', '-encrypt', '-binary', '-aes256', '-outform', 'DER', '-in', maker.write('plain', TEXT), `${pki}/seal-rsa.pem`), NONE);
sample('certificates-only.p7m', maker.openssl('crl2pkcs7', '-nocrl', '-outform', 'DER', '-certfile', `${pki}/root.pem`), NONE);
sample('broken-armour.p7s', Buffer.from('-----BEGIN CMS-----\nMIIB\n'), `${FAILED}/FORMAT_FAILURE`);
sample('foreign.p7s', Buffer.from('no signature at all'), NONE);
sample('empty.p7s', Buffer.alloc(0), NONE);
const token = maker.token(TEXT);
sample('token.tst', token, PASSED, (verdict) => {
  assert.equal(first(verdict).type, 'document-timestamp');
  assert.equal(first(verdict).timeBasis, 'tsa');
}, TEXT);
sample('token-changed.tst', token, `${FAILED}/HASH_FAILURE`, undefined, OTHER);
sample('token-alone.tst', token, `${OPEN}/SIGNED_DATA_NOT_FOUND`);

// --- legal containers

const two = { 'informe.txt': TEXT, 'annexos/full 2.txt': OTHER };
const good = (options) => maker.extended(two, options);
sample('extended.asice', good(), PASSED, (verdict) => {
  assert.equal(first(verdict).field, 'META-INF/signature001.p7s');
  assert.equal(first(verdict).coverage, 'whole-file');
  assert.equal(first(verdict).modification, 'none');
  assert.equal(first(verdict).level, 'B-B');
});
sample('deflated.asice', good({ change: (files) => files.map((file, i) => (i ? { ...file, deflate: true } : file)) }), PASSED);
sample('descriptors.asice', good({ change: (files) => files.map((file, i) => (i ? { ...file, deflate: true, descriptor: true } : file)) }), PASSED);
sample('extra-fields.asice', good({ change: (files) => files.map((file, i) => (i ? { ...file, extra: 'UT\x05\x00\x01\x00\x00\x00\x00' } : file)) }), PASSED);
sample('comment.asice', good({ around: { comment: 'mimetype=application/vnd.etsi.asic-e+zip' } }), PASSED);
const tells = (words) => (verdict) => assert.ok(verdict.checks.some(({ id, status, detail }) => id === 'container.unsigned' && status === 'warn'
  && words.test(detail)), JSON.stringify(verdict.checks));
const tellsNothing = (verdict) => assert.ok(!verdict.checks.some(({ id }) => id === 'container.unsigned'), JSON.stringify(verdict.checks));
sample('nothing-unsigned.asice', good({ around: { comment: 'mimetype=application/vnd.etsi.asic-e+zip' } }), PASSED, tellsNothing);
sample('words-in-the-comment.asice', good({ around: { comment: 'Signat per tothom' } }), PASSED, tells(/archive has a comment/));
sample('comment-of-a-file.asice', good({ change: (files) => files.map((file, i) => (i === 1 ? { ...file, comment: 'versió aprovada' } : file)) }), PASSED, tells(/"informe.txt" has a comment/));
sample('not-marked-as-utf8.asice', maker.extended({ 'acció.txt': TEXT }, { change: (files) => files.map((file, i) => (i === 1 ? { ...file, flags: 0 } : file)) }), PASSED,
  tells(/"acció.txt" is not marked as UTF-8/));
sample('another-type.asice', good({ change: ([head, ...rest]) => [{ ...head, content: 'application/epub+zip' }, ...rest] }), PASSED, tells(/of the type "application\/epub\+zip"/));
sample('another-type-in-the-comment.asice', good({ around: { comment: 'mimetype=application/epub+zip' } }), PASSED, tells(/archive has a comment/));
sample('extended-that-says-simple.asice', maker.extended({ 'informe.txt': TEXT }, { change: ([head, ...rest]) => [{ ...head, content: 'application/vnd.etsi.asic-s+zip' }, ...rest] }),
  PASSED, tells(/simple form, and it is not/));
sample('simple-name.asics', maker.simple('Informe.TXT', TEXT), PASSED, tells(/the name of the file "Informe.TXT" is not signed/));
sample('folder-entries.asice', good({ change: (files) => [...files, { name: 'annexos/' }] }), PASSED);
sample('without-mimetype.asice', good({ change: (files) => files.slice(1) }), PASSED);
sample('another-name.zip', good(), PASSED);
sample('manifest-of-another-format.asice', good({ change: (files) => [...files, { name: 'META-INF/manifest.xml', content: '<m/>' }] }), PASSED);
sample('unicode.asice', maker.extended({ 'sol·licitud Àngels.txt': TEXT, 'sollicitud Angels.txt': OTHER }), PASSED);
sample('sha512.asice', good({ manifest: { algorithm: 'http://www.w3.org/2001/04/xmlenc#sha512', hash: 'sha512' } }), PASSED);
for (const space of ['http://uri.etsi.org/02918/v1.1.1#', 'http://uri.etsi.org/2918/v1.2.1#'])
  sample(`namespace-${encodeURIComponent(space)}.asice`, good({ manifest: { space } }), PASSED);
sample('namespace-to-come.asice', good({ manifest: { space: 'http://uri.etsi.org/02918/v9.9.9#' } }), OPEN, says(/of a form that is not known/));
sample('namespace-of-nobody.asice', good({ manifest: { space: 'urn:x' }, change: (files) => files.map((file) => (file.name.endsWith('.xml')
  ? { ...file, content: file.content.replaceAll('ASiCManifest', 'Manifest') } : file)) }), FAILED);
sample('simple.asics', maker.simple('informe.txt', TEXT), PASSED, (verdict) => assert.equal(first(verdict).coverage, 'whole-file'));
sample('simple-two-signers.asics', maker.simple('informe.txt', TEXT, { identities: ['seal-rsa', 'seal-p256'] }), PASSED,
  (verdict) => assert.equal(verdict.signatures.length, 2));
sample('simple-timestamp.asics', zip([{ name: 'mimetype', content: 'application/vnd.etsi.asic-s+zip' }, { name: 'informe.txt', content: TEXT },
  { name: 'META-INF/timestamp.tst', content: token }]), PASSED, (verdict) => assert.equal(first(verdict).type, 'document-timestamp'));

/** Two signatures: the first over one file, the second over both; and a timestamp over all of them. */
function several({ change = (files) => files } = {}) {
  const one = maker.manifest('META-INF/signature001.p7s', { 'informe.txt': TEXT });
  const both = maker.manifest('META-INF/signature002.p7s', two);
  const signatures = { 'META-INF/signature001.p7s': maker.cades(one), 'META-INF/signature002.p7s': maker.cades(both, ['seal-p256']) };
  const all = maker.manifest('META-INF/timestamp001.tst', { ...two, 'META-INF/ASiCManifest001.xml': one, 'META-INF/ASiCManifest002.xml': both, ...signatures });
  return zip(change([{ name: 'mimetype', content: 'application/vnd.etsi.asic-e+zip' }, ...Object.entries(two).map(([name, content]) => ({ name, content })),
    { name: 'META-INF/ASiCManifest001.xml', content: one }, { name: 'META-INF/ASiCManifest002.xml', content: both },
    ...Object.entries(signatures).map(([name, content]) => ({ name, content })),
    { name: 'META-INF/ASiCArchiveManifest001.xml', content: all }, { name: 'META-INF/timestamp001.tst', content: maker.token(all) }]));
}
sample('several.asice', several(), PASSED, (verdict) => {
  const by = Object.fromEntries(verdict.signatures.map((one) => [one.field, one]));
  assert.equal(verdict.signatures.length, 3);
  assert.equal(by['META-INF/signature001.p7s'].coverage, 'whole-revision');
  assert.equal(by['META-INF/signature002.p7s'].coverage, 'whole-file');
  assert.equal(by['META-INF/signature001.p7s'].timeBasis, 'tsa');
});
sample('several-timestamp-removed.asice', several({ change: (files) => files.slice(0, -1) }), FAILED, says(/timestamp001\.tst.* is missing/));

// --- hostile containers

const hostile = (name, expected, options, words) => sample(name, good(options), expected, words && says(words));
const edit = (name, changes) => ({ change: (files) => files.map((file) => (file.name === name ? { ...file, ...changes } : file)) });
const add = (...more) => ({ change: (files) => [...files, ...more] });
hostile('object-changed.asice', `${FAILED}/HASH_FAILURE`, edit('informe.txt', { content: 'Informe fals' }), /informe\.txt.* is not the one that was signed/);
hostile('object-missing.asice', `${OPEN}/SIGNED_DATA_NOT_FOUND`, { change: (files) => files.filter((file) => file.name !== 'informe.txt') }, /informe\.txt.* is missing/);
hostile('manifest-changed.asice', `${FAILED}/HASH_FAILURE`, { change: (files) => files.map((file) => (file.name.endsWith('.xml')
  ? { ...file, content: maker.manifest('META-INF/signature001.p7s', { ...two, 'informe.txt': 'Informe fals' }) } : file.name === 'informe.txt'
    ? { ...file, content: 'Informe fals' } : file)) });
hostile('manifest-missing.asice', `${OPEN}/SIGNED_DATA_NOT_FOUND`, { change: (files) => files.filter((file) => !file.name.endsWith('.xml')) });
hostile('signature-missing.asice', FAILED, { change: (files) => files.slice(0, -1) }, /signature001\.p7s.* is missing/);
hostile('file-beside.asice', `${OPEN}/SIG_CONSTRAINTS_FAILURE`, add({ name: 'annex.txt', content: 'nobody signed me' }), /annex\.txt.* is not signed by anybody/);
hostile('two-of-one-name.asice', FAILED, add({ name: 'informe.txt', content: 'Informe fals' }), /twice/);
hostile('two-of-one-name-first.asice', FAILED, { change: ([head, ...rest]) => [head, { name: 'informe.txt', content: 'Informe fals' }, ...rest] }, /twice/);
hostile('same-but-capitals.asice', FAILED, add({ name: 'INFORME.txt', content: 'Informe fals' }), /capitals/);
sample('same-but-composed.asice', maker.extended({ 'acció.txt': TEXT, 'accio\u0301.txt': OTHER }), FAILED, says(/composed/));
for (const name of ['../informe.txt', '/informe.txt', 'a/../../informe.txt', 'a\\\\informe.txt', 'C:informe.txt', './informe.txt', 'a//b.txt', 'a\nb.txt', 'bad-\xff'])
  hostile(`name-${encodeURIComponent(name)}.asice`, FAILED, add({ name: name === 'bad-\xff' ? Buffer.from('bad-\xff', 'latin1') : name, content: 'x' }));
hostile('meta-inf-in-small-letters.asice', FAILED, add({ name: 'meta-inf/informe.txt', content: 'x' }));
hostile('link.asice', FAILED, edit('informe.txt', { externals: 0o120777 * 65536 }), /link/);
// hosts other than Unix: Info-ZIP makes links for Atari, BeOS and AtheOS too
for (const host of [0, 5, 16, 30]) hostile(`link-of-host-${host}.asice`, FAILED, edit('informe.txt', { externals: 0o120777 * 65536, madeBy: host * 256 + 20 }), /link/);
hostile('patch.asice', `${OPEN}/SIGNED_DATA_NOT_FOUND`, edit('informe.txt', { flags: 0x20 }));
hostile('unknown-flag.asice', `${OPEN}/SIG_CONSTRAINTS_FAILURE`, edit('informe.txt', { flags: 0x4000 }), /a flag that is not known/);
hostile('encrypted.asice', `${OPEN}/SIGNED_DATA_NOT_FOUND`, edit('informe.txt', { flags: 1 }));
hostile('before.asice', FAILED, { around: { prefix: 'MZ program' } });
hostile('before-counted.asice', FAILED, { change: (files) => files.map((file) => ({ ...file, offsetBy: 0 })), around: { prefix: 'GIF89a' } }, /before the first file/);
hostile('behind.asice', FAILED, { around: { suffix: 'tail' } }, /follow the end/);
hostile('in-between.asice', FAILED, edit('informe.txt', { before: 'hidden octets' }), /belong to no file/);
hostile('before-directory.asice', FAILED, { around: { beforeDirectory: 'APK Sig Block 42' } }, /belong to no file/);
hostile('hidden-file.asice', FAILED, add({ name: 'hidden.txt', content: 'x', hidden: true }), /belong to no file/);
hostile('two-ends.asice', FAILED, { around: { comment: Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]).toString('latin1') } });
hostile('local-name.asice', FAILED, edit('informe.txt', { localName: 'altres_.txt' }), /another name in its own header/);
hostile('local-size.asice', FAILED, edit('informe.txt', { local: { size: 3 } }), /another size/);
hostile('local-crc.asice', FAILED, edit('informe.txt', { local: { crc: 7 } }), /check sum/);
hostile('local-method.asice', FAILED, edit('informe.txt', { local: { method: 8 } }), /packed in another way/);
hostile('wrong-crc.asice', FAILED, edit('informe.txt', { crc: 1 }), /check sum/);
hostile('longer-than-said.asice', FAILED, edit('informe.txt', { deflate: true, size: 4 }));
hostile('second-name.asice', FAILED, edit('informe.txt', { extra: 'up\x0b\x00\x01\x00\x00\x00\x00evil.x' }), /second name/);
hostile('one-over-another.asice', FAILED, { change: (files) => files.map((file, i) => (i === 2 ? { ...file, at: 39 } : file)) });
hostile('more-than-counted.asice', FAILED, { around: { count: 4 } });
hostile('mimetype-last.asice', OPEN, { change: ([head, ...rest]) => [...rest, head] }, /mimetype/);
hostile('mimetype-deflated.asice', OPEN, edit('mimetype', { deflate: true }), /mimetype/);
hostile('mimetype-with-extra.asice', OPEN, edit('mimetype', { extra: 'UT\x05\x00\x01\x00\x00\x00\x00' }), /mimetype/);
hostile('cut-short.asice', FAILED, { around: { suffix: '' } });
samples.get('cut-short.asice').octets = samples.get('cut-short.asice').octets.subarray(0, -40);
hostile('bomb.asice', FAILED, add({ name: 'bomb.bin', content: Buffer.alloc(1), deflate: true, size: 0x7fffffff }));
samples.get('bomb.asice').expected = OPEN;
hostile('weak-digest.asice', FAILED, { manifest: { algorithm: 'http://www.w3.org/2001/04/xmldsig-more#md5', hash: 'md5' } });
samples.get('weak-digest.asice').expected = `${OPEN}/CRYPTO_CONSTRAINTS_FAILURE_NO_POE`;
hostile('entities.asice', FAILED, { manifest: { head: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>' } }, /document type/);
hostile('critical-extension.asice', OPEN, { manifest: { more: '<a:ASiCManifestExtensions><a:Extension Critical="true"/></a:ASiCManifestExtensions>' } });
hostile('twice-in-the-manifest.asice', FAILED, { manifest: { more: maker.manifest('x', { 'informe.txt': TEXT }).match(/<a:DataObjectReference.*<\/a:DataObjectReference>/)[0] } });
hostile('two-manifests.asice', FAILED, add({ name: 'META-INF/ASiCManifest002.xml', content: maker.manifest('META-INF/signature001.p7s', { 'informe.txt': 'x' }) }), /several manifests/);
hostile('content-inside.asice', FAILED, { more: ['-cades', '-nodetach'] });
hostile('plain-cms.asice', `${OPEN}/SIG_CONSTRAINTS_FAILURE`, { more: [] });
sample('outside-the-container.asice', zip([{ name: 'informe.txt', content: TEXT }, { name: 'META-INF/ASiCManifest001.xml',
  content: maker.manifest('META-INF/signature001.p7s', { x: TEXT }).replace('URI="x"', 'URI="https://example.org/x"') },
{ name: 'META-INF/signature001.p7s', content: der }]), FAILED);
sample('simple-changed.asics', maker.simple('informe.txt', TEXT, edit('informe.txt', { content: OTHER })), `${FAILED}/HASH_FAILURE`);
sample('simple-two-files.asics', maker.simple('informe.txt', TEXT, add({ name: 'annex.txt', content: OTHER })), FAILED);
sample('xades.asice', zip([{ name: 'mimetype', content: 'application/vnd.etsi.asic-e+zip' }, { name: 'informe.txt', content: TEXT },
  { name: 'META-INF/signatures0.xml', content: '<asic:XAdESSignatures/>' }]), OPEN, says(/not read by this program/));
sample('plain.zip', zip([{ name: 'informe.txt', content: TEXT }]), NONE);
sample('empty.zip', zip([]), NONE);
sample('unsigned.asice', zip([{ name: 'mimetype', content: 'application/vnd.etsi.asic-e+zip' }, { name: 'informe.txt', content: TEXT }]), NONE);
sample('only-a-header.zip', Buffer.from('PK\x03\x04'), NONE);

// a timestamp is not a signature: anybody gets one over anything
const stampedFiles = (covers, files, { signs = true } = {}) => {
  const stamped = maker.manifest('META-INF/timestamp001.tst', covers);
  return zip([{ name: 'mimetype', content: 'application/vnd.etsi.asic-e+zip' }, ...Object.entries(files).map(([name, content]) => ({ name, content })),
    ...(signs ? [{ name: 'META-INF/ASiCManifest001.xml', content: signedOnce }, { name: 'META-INF/signature001.p7s', content: signatureOnce }] : []),
    { name: 'META-INF/ASiCManifest002.xml', content: stamped }, { name: 'META-INF/timestamp001.tst', content: maker.token(stamped) }]);
};
const signedOnce = maker.manifest('META-INF/signature001.p7s', { 'informe.txt': TEXT }), signatureOnce = maker.cades(signedOnce);
const beside = { 'informe.txt': TEXT, 'annex.txt': OTHER };
const loose = `${OPEN}/SIG_CONSTRAINTS_FAILURE`;
sample('beside-timestamped-alone.asice', stampedFiles({ 'annex.txt': OTHER }, beside), loose, says(/annex\.txt.* is timestamped, and not signed by anybody/));
sample('beside-timestamped-with-the-signed.asice', stampedFiles({ ...beside, 'META-INF/signature001.p7s': signatureOnce }, beside), loose, says(/annex\.txt.* is timestamped, and not signed by anybody/));
sample('signed-and-timestamped.asice', stampedFiles({ 'informe.txt': TEXT, 'META-INF/signature001.p7s': signatureOnce }, { 'informe.txt': TEXT }), PASSED);
sample('timestamped-alone.asice', stampedFiles(beside, beside, { signs: false }), PASSED);

// extensions that must be understood, wherever they stand (EN 319 162-1 A.4)
const ownExtension = (critical) => ({ manifest: {}, change: (files) => {
  const listing = files.find(({ name }) => name.endsWith('.xml')).content.replace('</a:DataObjectReference>',
    `<a:DataObjectReferenceExtensions><a:Extension Critical="${critical}"/></a:DataObjectReferenceExtensions></a:DataObjectReference>`);
  return files.map((file) => (file.name.endsWith('.xml') ? { ...file, content: listing } : file.name.endsWith('.p7s') ? { ...file, content: maker.cades(listing) } : file));
} });
hostile('critical-extension-of-a-file.asice', loose, ownExtension('true'), /extension that must be understood/);
hostile('critical-extension-of-a-file-with-spaces.asice', loose, ownExtension(' 1 '), /extension that must be understood/);
hostile('critical-extension-with-spaces.asice', loose, { manifest: { more: '<a:ASiCManifestExtensions><a:Extension Critical=" true "/></a:ASiCManifestExtensions>' } }, /extension that must be understood/);
hostile('extension-of-a-file.asice', PASSED, ownExtension('false'));

// names that Windows makes one of, and files that are folders too
for (const [name, other] of [['dot', 'informe.txt.'], ['dots', 'informe.txt...'], ['blank', 'informe.txt '], ['folder-blank', 'annexos /full 2.txt']])
  sample(`same-but-for-a-${name}.asice`, maker.extended({ ...two, [other]: OTHER }), FAILED, says(/the same name where .* dots at the end do not count/));
sample('dots-inside.asice', maker.extended({ 'informe..txt': TEXT, 'informe.txt': OTHER, '.informe': TEXT }), PASSED);
hostile('file-and-folder.asice', FAILED, add({ name: 'informe.txt/' }), /the same name/);

// --- the verdicts, by one process

test('every file has its verdict', async (t) => {
  for (const [name, { octets, beside }] of samples) {
    writeFileSync(maker.at(name), octets);
    if (beside) writeFileSync(maker.at(name.replace(/\.(p7s|tst)$/, '')), beside);
  }
  const began = Date.now();
  const { stdout, stderr } = spawnSync(segell, ['verify', '--json', '--trust', `${pki}/anchors`, '--trust', `${pki}/issuing.crl.pem`, '--trust',
    `${pki}/root.crl.pem`, ...[...samples.keys()].map((name) => maker.at(name))], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.ok(Date.now() - began < 30_000, 'no file takes long, on a busy machine either');
  const verdicts = stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(verdicts.length, samples.size, stderr);
  for (const [index, [name, { expected, also }]] of [...samples.entries()].entries()) {
    await t.test(`${name}: ${expected}`, () => {
      const verdict = verdicts[index];
      const [indication, reason] = expected.split('/');
      assert.equal(verdict.indication, indication, JSON.stringify(verdict, null, 1));
      if (reason) assert.equal(verdict.subIndication, reason, JSON.stringify(verdict, null, 1));
      assert.equal(verdict.exit, EXIT[indication]);
      also(verdict);
    });
  }
});

test('a timestamp proves nothing once its authority has expired, and proves itself least of all', () => {
  for (const name of ['token.tst', 'simple-timestamp.asics']) {
    const { stdout } = spawnSync(segell, ['verify', '--json', '--trust', `${pki}/anchors`, '--at', '2090-01-01T00:00:00Z', maker.at(name)], { encoding: 'utf8' });
    const verdict = JSON.parse(stdout);
    assert.equal(verdict.indication, OPEN, stdout);
    assert.equal(verdict.subIndication, 'OUT_OF_BOUNDS_NO_POE');
    assert.equal(first(verdict).timeBasis, 'none');
  }
});

// --- what Segell makes, by outside programs

const seal = (output, inputs, more = []) => spawnSync(segell, ['seal', '--key', `${pki}/seal-rsa.key`, '--cert', `${pki}/seal-rsa.pem`, '--chain',
  `${pki}/issuing.pem`, ...more, '-o', maker.at(output), ...inputs], { encoding: 'utf8' });
const verify = (name, more = []) => spawnSync(segell, ['verify', '--quiet', '--trust', `${pki}/anchors`, ...more, maker.at(name)], { encoding: 'utf8' });
const cmsVerify = (...words) => execFileSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-CAfile', `${pki}/root.pem`, '-purpose', 'any', '-cades',
  ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
/** The files of an archive, by Python's reader, which checks every CRC. */
const unpack = (name) => JSON.parse(execFileSync('/usr/bin/python3', ['-c', 'import base64,json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n'
  + 'print(json.dumps([[i.filename,base64.b64encode(z.read(i)).decode(),i.compress_type] for i in z.infolist()]))', maker.at(name)], { encoding: 'utf8' }));

test('a detached and an enveloping signature, by openssl and by Segell', () => {
  const input = maker.write('carta.txt', TEXT);
  const made = seal('carta.txt.p7s', [input]);
  assert.equal(made.status, 0, made.stderr);
  assert.match(made.stdout, /sealed as CAdES beside its content, B-B, no timestamp/);
  cmsVerify('-in', maker.at('carta.txt.p7s'), '-content', input, '-out', '/dev/null');
  assert.equal(verify('carta.txt.p7s').status, 0);
  const attributes = execFileSync('openssl', ['cms', '-cmsout', '-print', '-noout', '-inform', 'DER', '-in', maker.at('carta.txt.p7s')], { encoding: 'utf8' });
  for (const attribute of ['contentType', 'messageDigest', 'signingTime', 'id-smime-aa-signingCertificateV2']) assert.ok(attributes.includes(attribute), attribute);
  writeFileSync(input, OTHER);
  assert.equal(verify('carta.txt.p7s').status, 1);
  assert.equal(verify('carta.txt.p7s', ['--content', maker.write('elsewhere.txt', TEXT)]).status, 0);
  assert.equal(seal('carta.p7m', [maker.write('carta.txt', TEXT)]).status, 0);
  assert.deepEqual(cmsVerify('-in', maker.at('carta.p7m')), TEXT);
  assert.equal(verify('carta.p7m').status, 0);
  assert.equal(verify('carta.p7m', ['--content', maker.write('elsewhere.txt', OTHER)]).status, 3);
});

test('containers, by a foreign reader, openssl and Segell', () => {
  const inputs = [maker.write('informe.txt', TEXT), maker.write('foto Àngels.bin', Buffer.alloc(70_000, 'x'))];
  const made = seal('informe.asice', inputs);
  assert.equal(made.status, 0, made.stderr);
  assert.equal(verify('informe.asice').status, 0);
  const files = unpack('informe.asice');
  assert.deepEqual(files.map(([name]) => name), ['mimetype', 'informe.txt', 'foto Àngels.bin', 'META-INF/ASiCManifest001.xml', 'META-INF/signature001.p7s']);
  assert.equal(readFileSync(maker.at('informe.asice')).toString('latin1', 30, 69), 'mimetypeapplication/vnd.etsi.asic-e+zip');
  const content = (name) => Buffer.from(files.find(([own]) => own === name)[1], 'base64');
  cmsVerify('-in', maker.write('s', content('META-INF/signature001.p7s')), '-content', maker.write('m', content('META-INF/ASiCManifest001.xml')), '-out', '/dev/null');
  assert.deepEqual(content('informe.txt'), TEXT);
  assert.equal(seal('informe.asics', [inputs[0]]).status, 0);
  assert.equal(verify('informe.asics').status, 0);
  const simple = unpack('informe.asics');
  cmsVerify('-in', maker.write('s', Buffer.from(simple[2][1], 'base64')), '-content', inputs[0], '-out', '/dev/null');
  // what is no PDF becomes a container, whatever the output is called
  assert.match(seal('informe.out', [inputs[0]]).stdout, /sealed as ASiC-E/);
});

test('with a time-stamping authority they are B-T', async (t) => {
  const authority = spawn('node', [fileURLToPath(new URL('../support/tsa.mjs', import.meta.url)), pki, maker.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => authority.kill());
  const port = await new Promise((resolve) => { authority.stdout.on('data', (words) => resolve(/port (\d+)/.exec(words)[1])); });
  const input = maker.write('informe.txt', TEXT);
  const level = (path) => ['--level', 'B-T', '--tsa', `http://127.0.0.1:${port}/${path}`, '--tsa-trust', `${pki}/root.pem`];
  for (const output of ['informe.txt.p7s', 'temps.asice']) {
    const made = seal(output, [input], level('good'));
    assert.match(made.stdout, /B-T, time 20/, made.stderr);
    const verdict = JSON.parse(spawnSync(segell, ['verify', '--json', '--trust', `${pki}/anchors`, maker.at(output)], { encoding: 'utf8' }).stdout);
    assert.equal(verdict.indication, PASSED, JSON.stringify(verdict));
    assert.equal(first(verdict).level, 'B-T');
    assert.equal(first(verdict).timeBasis, 'tsa');
  }
  const refused = seal('cap.asice', [input], level('wrong-imprint'));
  assert.equal(refused.status, 2);
  assert.equal(spawnSync('ls', [maker.at('cap.asice')]).status, 2);
});

test('what cannot be sealed is refused with the way out, and nothing is written', () => {
  const input = maker.write('informe.txt', TEXT);
  for (const [output, inputs, more, words] of [
    ['a.asics', [input, maker.write('b.txt', TEXT)], [], /several files go into a container of the extended form/],
    ['a.asice', [input, input], [], /twice/],
    ['a.asice', [maker.write('mimetype', TEXT)], [], /cannot have the name "mimetype"/],
    ['a.asice', [input], ['--format', 'zip'], /--format is one of/],
    ['a.asice', [input], ['--reason', 'x'], /for PDF/],
    ['a.pdf', [input], [], /PDF/]]) {
    const refused = seal(output, inputs, more);
    assert.equal(refused.status, 2, refused.stdout);
    assert.match(refused.stderr, words);
    assert.equal(spawnSync('ls', [maker.at(output)]).status, 2);
  }
});
