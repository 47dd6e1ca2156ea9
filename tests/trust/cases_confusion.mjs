// One thing taken for another: a signature over attributes for one over content, values that the key's owner never made, parameters that carry
// more than they say.
import crypto from 'node:crypto';
import { attribute, essV1, essV2, ids, signatureTimestamp, signedData } from './lab/cms.mjs';
import { ctx, ctxPrimitive, int, nothing, octets, oid, seq, setOf, tlv, utf8 } from './lab/der.mjs';
import { digestId, digestOf, digestOids, scheme } from './lab/keys.mjs';
import * as pdf from './lab/pdf.mjs';
import { certificate, profiles } from './lab/x509.mjs';
import { day, from, issuing, plain, root, signed, signer, tsa, until } from './lab/world.mjs';

const passed = 'TOTAL-PASSED';
const format = 'TOTAL-FAILED/FORMAT_FAILURE';
const broken = 'TOTAL-FAILED/SIG_CRYPTO_FAILURE';
const never = 'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE';
const certificates = [signer, issuing];
const report = Buffer.from('Informe de laboratori');
const holder = (commonName, type, more = {}) => certificate({ commonName, type, issuer: issuing, from, until, extensions: profiles.signer(), ...more });
const rsa = holder('Seal of RSA', 'rsa:2048');

// --- attributes for content: a signature value fits both readings (RFC 5652 5.4)

const usual = [attribute(ids.contentType, oid(ids.data)), attribute(ids.messageDigest, octets(digestOf('sha256', report))), essV2(signer)];
const sorted = setOf(...usual);
const unsorted = tlv(0x31, ...[...usual].sort(Buffer.compare).reverse());
const counter = setOf(...usual.slice(1));
const bare = (content, more = {}) => signedData(signer, content, { certificates, omitAttributes: true, detached: false, ...more });
const words = setOf(seq(oid('1.3.6.1.4.1.99999.8'), setOf(utf8('Acta de laboratori'))));
const stripped = (name, content) => [
  { name: `${name}, as the content inside`, why: 'nobody meant to sign that', expect: format, file: bare(content) },
  { name: `${name}, as the content beside`, why: 'nobody meant to sign that', expect: format, file: bare(content, { detached: true }), extra: { '--content': content } },
  { name: `${name}, signed for what they are`, why: 'with attributes of its own the signature says what it is over', expect: passed, file: bare(content, { omitAttributes: false }) },
];
const attributes = [
  ...stripped('the attributes of a signature', sorted), ...stripped('the attributes of a signature, unsorted', unsorted),
  ...stripped('the attributes of a counter-signature', counter),
  { name: 'without attributes over a set of other things', why: 'no attributes of a signature', expect: passed, file: bare(words) },
  { name: 'without attributes over words that begin as a set does', why: 'the digit one has the number of a SET', expect: passed, file: bare(Buffer.from('1. Informe')) },
  { name: 'without attributes over attributes and more', why: 'octets that are no attributes', expect: passed, file: bare(Buffer.concat([sorted, Buffer.from('\n')])) },
];

// --- values

/** A PDF signed with a value that is made by hand of the attributes. */
const handmade = (by, value, more = {}) => pdf.sign(plain, (content) => {
  const set = setOf(attribute(ids.contentType, oid(ids.data)), attribute(ids.messageDigest, octets(digestOf('sha256', content))), essV2(by));
  return signedData(by, content, { certificates: [by, issuing], value: value(set), ...more });
});
const raw = (block) => crypto.privateEncrypt({ key: rsa.pair.privateKey, padding: crypto.constants.RSA_NO_PADDING }, block);
const block = (info, type = 1) => Buffer.concat([Buffer.from([0, type]), Buffer.alloc(253 - info.length, 0xff), Buffer.from([0]), info]);
const info = (set, { hash = 'sha256', parameters = [] } = {}) => seq(seq(oid(digestOids[hash]), ...parameters), octets(digestOf(hash, set)));
const short = (set) => Buffer.concat([Buffer.from('0001ffffffffffffffff00', 'hex'), info(set, { parameters: [nothing()] }), Buffer.alloc(256)]).subarray(0, 256);
const modulus = Buffer.from(rsa.pair.publicKey.export({ format: 'jwk' }).n, 'base64url');
const number = (buffer) => BigInt(`0x${buffer.toString('hex')}`);
const withExponent = (e) => crypto.createPublicKey({ key: { kty: 'RSA', n: modulus.toString('base64url'), e: Buffer.from([e]).toString('base64url') }, format: 'jwk' })
  .export({ type: 'spki', format: 'der' });
/** Keys of the modulus above: of exponent 1, under which a block is its own signature. */
const one = { ...rsa.pair, spki: withExponent(1) };
const two = { ...rsa.pair, spki: withExponent(2) };
const sealOne = holder('Seal of exponent 1', 'rsa:2048', { as: { pair: one } });
const openAuthority = certificate({ commonName: 'Authority of exponent 1', issuer: root, from, until, extensions: profiles.authority(0), as: { pair: one } });
const underOpen = certificate({ commonName: 'Seal under exponent 1', from, until, extensions: profiles.signer(),
  issuer: { subject: openAuthority.subject, pair: { ...one, byHand: (body) => block(info(body, { parameters: [nothing()] })) } } });
const three = (() => {
  const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
  return { type: 'rsa', publicKey, privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }) };
})();
const root3 = (value) => {
  let low = 0n, high = 1n << 700n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** 3n <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
};
/** Bleichenbacher's forgery of 2006: the cube root of a block whose rest nobody looks at. */
const cube = (set) => {
  const head = Buffer.concat([Buffer.from('0001ffffffffffffffff00', 'hex'), info(set, { parameters: [nothing()] })]);
  return Buffer.from(root3(number(Buffer.concat([head, Buffer.alloc(256 - head.length, 0xff)]))).toString(16).padStart(512, '0'), 'hex');
};
const sealThree = holder('Seal of exponent 3', 'rsa:2048', { as: { pair: three } });

const values = [
  { name: 'DigestInfo without parameters', why: 'RFC 8017 A.2.4: as good as NULL', expect: passed, file: handmade(rsa, (set) => raw(block(info(set)))) },
  { name: 'DigestInfo with NULL', why: 'RFC 8017 A.2.4', expect: passed, file: handmade(rsa, (set) => raw(block(info(set, { parameters: [nothing()] })))) },
  { name: 'DigestInfo with other parameters', why: 'room for a forgery', expect: broken, file: handmade(rsa, (set) => raw(block(info(set, { parameters: [octets('abcd')] })))) },
  { name: 'DigestInfo without parameters, of another digest', why: 'it is not the one that is named', expect: broken, file: handmade(rsa, (set) => raw(block(info(set, { hash: 'sha1' })))) },
  { name: 'DigestInfo without parameters, and octets behind it', why: 'room for a forgery', expect: broken,
    file: handmade(rsa, (set) => raw(block(Buffer.concat([info(set), nothing()])))) },
  { name: 'padding too short, and room behind the DigestInfo', why: 'RFC 8017 9.2: the block is filled', expect: broken, file: handmade(rsa, (set) => raw(short(set))) },
  { name: 'padding of encryption', why: 'RFC 8017 9.2: block type 1', expect: broken, file: handmade(rsa, (set) => raw(block(info(set, { parameters: [nothing()] }), 2))) },
  { name: 'a value above the modulus', why: 'RFC 8017 5.2.2', expect: broken,
    file: handmade(rsa, (set) => Buffer.from((number(scheme(rsa.pair).sign(set)) + number(modulus)).toString(16).padStart(514, '0'), 'hex')) },
  { name: 'exponent 3', why: 'RFC 8017 3.1 allows it', expect: passed, file: signed(sealThree) },
  { name: 'exponent 3, and a cube root', why: 'forged without the key', expect: broken, file: handmade(sealThree, cube) },
  { name: 'exponent 1', why: 'the block is its own signature: anybody signs', expect: never, file: handmade(sealOne, (set) => block(info(set, { parameters: [nothing()] }))) },
  { name: 'an authority of exponent 1', why: 'anybody issues', expect: never, file: signed(underOpen, { certificates: [underOpen, openAuthority] }) },
  { name: 'an even exponent', why: 'RFC 8017 3.1: nobody can sign', expect: broken,
    file: handmade(holder('Seal of exponent 2', 'rsa:2048', { as: { pair: two } }), (set) => block(info(set, { parameters: [nothing()] }))) },
];

// --- what names the algorithm

const ownName = (...parameters) => seq(oid('1.2.840.10045.2.1'), ...parameters);
const names = [
  { name: 'ECDSA under the name of its key', why: 'as iText 5 writes it, with NULL', expect: passed, file: signed(signer, { signatureId: ownName(nothing()) }) },
  { name: 'ECDSA under the name of its key, without parameters', why: 'as RSA under rsaEncryption', expect: passed, file: signed(signer, { signatureId: ownName() }) },
  { name: 'ECDSA under the name of its key, with SHA-1', why: 'the digest is the one of the message', expect: 'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    file: signed(signer, { digest: 'sha1', signatureId: ownName() }) },
  { name: 'RSA under the name of keys for ECDSA', why: 'another key', expect: broken, file: signed(rsa, { signatureId: ownName() }) },
  { name: 'ECDSA under the name of its key, with a curve', why: 'parameters that it cannot have', expect: format, file: signed(signer, { signatureId: ownName(oid('1.2.840.10045.3.1.7')) }) },
];
const withNull = (hash) => seq(oid(digestOids[hash]), nothing());
const mgf = (...more) => seq(oid('1.2.840.113549.1.1.8'), withNull('sha256'), ...more);
const pss = (hash, mask, salt) => signed(rsa, { padding: 'pss', signatureId: seq(oid('1.2.840.113549.1.1.10'), seq(ctx(0, ...hash), ctx(1, ...mask), ctx(2, ...salt))) });
const parameters = [
  { name: 'parameters of PSS, written out', why: 'RFC 4055 3.1', expect: passed, file: pss([withNull('sha256')], [mgf()], [int(32)]) },
  { name: 'parameters of PSS with digests that have none', why: 'RFC 4055 2.1: as good as NULL', expect: passed,
    file: pss([digestId('sha256')], [seq(oid('1.2.840.113549.1.1.8'), digestId('sha256'))], [int(32)]) },
  { name: 'two digests in the parameters of PSS', why: 'readers may take the other one', expect: format, file: pss([withNull('sha256'), withNull('sha1')], [mgf()], [int(32)]) },
  { name: 'two masks in the parameters of PSS', why: 'readers may take the other one', expect: format, file: pss([withNull('sha256')], [mgf(), mgf()], [int(32)]) },
  { name: 'two salts in the parameters of PSS', why: 'readers may take the other one', expect: format, file: pss([withNull('sha256')], [mgf()], [int(32), int(20)]) },
];

const protecting = (...fields) => signed(signer, { attributes: (all) => [...all, attribute(ids.algorithmProtection, seq(digestId('sha256'), ...fields))] });
const method = tlv(0xa1, oid('1.2.840.10045.4.3.2'));
const protections = [
  { name: 'CMSAlgorithmProtection of digest and signature', why: 'RFC 6211 2', expect: passed, file: protecting(method) },
  { name: 'CMSAlgorithmProtection of a MAC', why: 'RFC 6211 2: a signature has a signature algorithm', expect: format, file: protecting(tlv(0xa2, oid('1.2.840.113549.2.9'))) },
  { name: 'CMSAlgorithmProtection of a signature and a MAC', why: 'RFC 6211 2: one of them', expect: format, file: protecting(method, tlv(0xa2, oid('1.2.840.113549.2.9'))) },
  { name: 'CMSAlgorithmProtection of a digest alone', why: 'RFC 6211 2: the signature algorithm is left open', expect: format, file: protecting() },
];

// --- what binds the certificate

const md5 = essV2(signer, { hash: 'md5' });
const bindings = [
  { name: 'signing-certificate-v2 with MD5 alone', why: 'RFC 6151 2.1: two certificates of one MD5 are made at will', expect: 'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    file: signed(signer, { attributes: ([type, digest]) => [type, digest, md5] }) },
  { name: 'signing-certificate-v2 with MD5, and signing-certificate', why: 'SHA-1 binds', expect: passed, file: signed(signer, { attributes: ([type, digest]) => [type, digest, md5, essV1(signer)] }) },
  { name: 'a timestamp that binds its authority by MD5 alone', why: 'the same for a token: it gives no time', expect: passed, level: 'B-B', checks: { 'time.signature-timestamp': 'warn' },
    file: signed(signer, { unsigned: (value) => signatureTimestamp(tsa, { time: day('2026-11-05'), certificates: [tsa, issuing],
      attributes: ([type, digest]) => [type, digest, essV2(tsa, { hash: 'md5' })] })(value) }) },
  { name: 'signing-certificate-v2 whose issuer is no directory name', why: 'RFC 5035 4: exactly one directoryName', expect: format, file: signed(signer, { attributes: ([type, digest]) => [type, digest,
    attribute(ids.signingCertificateV2, seq(seq(seq(octets(digestOf('sha256', signer.der)), seq(seq(ctxPrimitive(2, 'issuing.example')), int(signer.serial))))))] }) },
];

export const cases = [...attributes, ...values, ...names, ...parameters, ...protections, ...bindings];
