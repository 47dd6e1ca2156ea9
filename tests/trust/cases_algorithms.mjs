// Cryptography to the letter: each case is { name, why, file, expect } with what a verifier must say of it.
import { attribute, essV1, essV2, ids, signedData } from './lab/cms.mjs';
import { octets, oid, seq, tlv } from './lab/der.mjs';
import { digestId, digestOf, pssParameters, scheme } from './lab/keys.mjs';
import * as pdf from './lab/pdf.mjs';
import { certificate, keyId, profiles } from './lab/x509.mjs';
import { from, issuing, plain, signed, signer, until } from './lab/world.mjs';

const holder = (type, commonName = `Seal ${type}`) => certificate({ commonName, type, issuer: issuing, from, until, extensions: profiles.signer() });
const rsa = holder('rsa:2048');
const pss = holder('rsa-pss:2048');
const ed25519 = holder('ed25519');
const ed448 = holder('ed448');
const p384 = holder('secp384r1');
const passed = 'TOTAL-PASSED';
const format = 'TOTAL-FAILED/FORMAT_FAILURE';
const noSigner = 'INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND';
const crypto = 'TOTAL-FAILED/SIG_CRYPTO_FAILURE';

const sound = [
  ['RSA PKCS#1 v1.5 with SHA-256', rsa, {}], ['RSA with SHA-384', rsa, { digest: 'sha384' }], ['RSA with SHA-512', rsa, { digest: 'sha512' }],
  ['RSA with SHA-512/256', rsa, { digest: 'sha512-256' }], ['RSA with SHA3-256', rsa, { digest: 'sha3-256' }],
  ['RSA-PSS with SHA-256', rsa, { padding: 'pss' }], ['RSA-PSS with SHA-512', rsa, { padding: 'pss', digest: 'sha512' }],
  ['RSA-PSS with a salt of 20 octets', rsa, { padding: 'pss', salt: 20 }], ['RSA-PSS with SHA3-512', rsa, { padding: 'pss', digest: 'sha3-512' }],
  ['a key of the type RSA-PSS', pss, {}],
  ['P-256', signer, {}], ['P-256 with SHA-512', signer, { digest: 'sha512' }], ['P-384 with SHA-384', p384, { digest: 'sha384' }],
  ['P-521 with SHA-512', holder('secp521r1'), { digest: 'sha512' }], ['P-384 with SHA3-384', p384, { digest: 'sha3-384' }],
  ['brainpoolP256r1', holder('brainpoolP256r1'), {}], ['brainpoolP384r1', holder('brainpoolP384r1'), { digest: 'sha384' }],
  ['brainpoolP512r1', holder('brainpoolP512r1'), { digest: 'sha512' }],
  ['Ed25519 with SHA-512 (RFC 8419)', ed25519, {}], ['Ed448 with SHAKE256 (RFC 8419)', ed448, {}],
].map(([name, by, options]) => ({ name, why: 'a sound signature of an algorithm in use', file: signed(by, options), expect: passed }));

const protection = (digest, signature) => attribute(ids.algorithmProtection, seq(digestId(digest), tlv(0xa1, signature.subarray(2))));
const indefinite = (element, content) => Buffer.concat([Buffer.from([element[0], 0x80]), content, Buffer.from([0, 0])]);
/** The message with its two outermost lengths written as BER's indefinite ones. */
const asBer = (message) => {
  const headOf = (element) => (element[1] < 0x80 ? 2 : 2 + (element[1] & 0x7f));
  const outer = message.subarray(headOf(message));
  const typeLength = headOf(outer) + outer[1];
  const wrapped = outer.subarray(typeLength);
  const inner = wrapped.subarray(headOf(wrapped));
  return indefinite(message, Buffer.concat([outer.subarray(0, typeLength), indefinite(wrapped, indefinite(inner, inner.subarray(headOf(inner))))]));
};
const twin = certificate({ commonName: 'Ajuntament de Laboratori', issuer: issuing, from, until, extensions: profiles.signer(), as: signer, serial: 77n });
const unordered = (attributes) => [...attributes].sort(Buffer.compare).reverse();

const bareRsa = (digest, { cert = (der) => ` /Cert <${der.toString('hex')}>`, spoil = (value) => value } = {}) => pdf.sign(plain,
  (content) => octets(spoil(scheme(rsa.pair, { digest }).sign(content))), { subFilter: 'adbe.x509.rsa_sha1', entries: cert(rsa.der) });
const withChain = (der) => ` /Cert [<${der.toString('hex')}> <${issuing.der.toString('hex')}>]`;
const sha1Content = (by, options = {}) => pdf.sign(plain, (content) => {
  const digest = digestOf('sha1', options.spoil ? Buffer.concat([content, Buffer.from('x')]) : content);
  return signedDataOf(by, digest, options);
}, { subFilter: 'adbe.pkcs7.sha1' });
const signedDataOf = (by, content, options) => signedData(by, content, { detached: false, certificates: [by, issuing], ...options });

const rules = [
  { name: 'the digest algorithm contradicts the signature algorithm', why: 'RFC 5754 3: both name one digest', expect: format,
    file: signed(rsa, { digestNamed: 'sha512', messageDigestBy: 'sha512' }) },
  { name: 'the hash of the PSS parameters contradicts the digest algorithm', why: 'RFC 4056 3', expect: format,
    file: signed(rsa, { padding: 'pss', signatureId: seq(oid('1.2.840.113549.1.1.10'), pssParameters({ hash: 'sha512', mask: 'sha256', salt: 32 })) }) },
  { name: 'the salt of the PSS parameters is not the one in the signature', why: 'RFC 8017 9.1.2', expect: crypto,
    file: signed(rsa, { padding: 'pss', signatureId: seq(oid('1.2.840.113549.1.1.10'), pssParameters({ hash: 'sha256', salt: 20 })) }) },
  { name: 'the trailer of the PSS parameters is none', why: 'RFC 4055 3.1: only 1 is defined', expect: format,
    file: signed(rsa, { padding: 'pss', signatureId: seq(oid('1.2.840.113549.1.1.10'), pssParameters({ hash: 'sha256', salt: 32, trailer: 2 })) }) },
  { name: 'the mask of PSS is made with another digest', why: 'RFC 4055 3.1 advises against it; no clean pass', expect: 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE',
    file: signed(holder('rsa-pss:2048:sha1', 'Seal of a mixed mask'), { mask: 'sha1' }) },
  { name: 'PKCS#1 v1.5 by a key that is for PSS alone', why: 'RFC 4055 1.2', expect: crypto,
    file: signed(pss, { signatureId: scheme(rsa.pair).id }) },
  { name: 'Ed25519 with SHA-256', why: 'RFC 8419 2.3: SHA-512 alone', expect: format, file: signed(ed25519, { digest: 'sha256' }) },
  { name: 'Ed448 with SHA-512', why: 'RFC 8419 2.3: SHAKE256 alone', expect: format, file: signed(ed448, { digest: 'sha512' }) },
  { name: 'an Ed25519 signature that does not fit', why: 'one bit of the value', expect: crypto,
    file: signed(ed25519, { value: Buffer.alloc(64, 1) }) },
  { name: 'CMSAlgorithmProtection that fits', why: 'RFC 6211', expect: passed,
    file: signed(signer, { attributes: (usual) => [...usual, protection('sha256', scheme(signer.pair).id)] }) },
  { name: 'CMSAlgorithmProtection names another digest', why: 'RFC 6211 3', expect: format,
    file: signed(signer, { attributes: (usual) => [...usual, protection('sha512', scheme(signer.pair).id)] }) },
  { name: 'CMSAlgorithmProtection names another signature algorithm', why: 'RFC 6211 3', expect: format,
    file: signed(signer, { attributes: (usual) => [...usual, protection('sha256', scheme(rsa.pair).id)] }) },
  { name: 'both signing-certificate attributes, both right', why: 'RFC 5035 4 allows both', expect: passed,
    file: signed(signer, { attributes: (usual) => [...usual, essV1(signer)] }) },
  { name: 'signing-certificate alone, with SHA-1', why: 'RFC 2634 5.4; SHA-1 binds here and is not relied on for the content', expect: passed,
    file: signed(signer, { attributes: ([type, digest]) => [type, digest, essV1(signer)] }) },
  { name: 'both attributes, and signing-certificate names another certificate', why: 'RFC 5035 4: both must be right', expect: noSigner,
    file: signed(signer, { attributes: (usual) => [...usual, essV1(rsa)] }) },
  { name: 'both attributes, and signing-certificate-v2 names another certificate', why: 'RFC 5035 4', expect: noSigner,
    file: signed(signer, { attributes: ([type, digest]) => [type, digest, essV1(signer), essV2(rsa)] }) },
  { name: 'signing-certificate-v2 with another issuer and serial number', why: 'RFC 5035 4: issuerSerial must match', expect: noSigner,
    file: signed(signer, { attributes: ([type, digest]) => [type, digest, essV2(signer, { issuerSerialOf: rsa })] }) },
  { name: 'signing-certificate-v2 without issuer and serial number', why: 'RFC 5035 4: optional', expect: passed,
    file: signed(signer, { attributes: ([type, digest]) => [type, digest, essV2(signer, { issuerSerialOf: null })] }) },
  { name: 'signing-certificate-v2 with SHA-512', why: 'RFC 5035 4: any digest', expect: passed,
    file: signed(signer, { attributes: ([type, digest]) => [type, digest, essV2(signer, { hash: 'sha512' })] }) },
  { name: 'the certificate was exchanged for another one of the same key', why: 'the attribute binds one certificate', expect: noSigner,
    file: signed(signer, { certificates: [twin, issuing] }) },
  { name: 'the signer is named by its key identifier', why: 'RFC 5652 5.3', expect: passed,
    file: signed(signer, { signerId: 'ski', ski: keyId(signer.pair) }) },
  { name: 'two message-digest attributes', why: 'RFC 5652 11.2', expect: format,
    file: signed(signer, { attributes: (usual) => [...usual, attribute(ids.messageDigest, octets(Buffer.alloc(32)))] }) },
  { name: 'a message-digest with two values', why: 'RFC 5652 11.2', expect: format,
    file: signed(signer, { attributes: ([type, , ess]) => [type, attribute(ids.messageDigest, octets(Buffer.alloc(32)), octets(Buffer.alloc(32, 1))), ess] }) },
  { name: 'no content-type', why: 'RFC 5652 11.1', expect: format, file: signed(signer, { attributes: ([, digest, ess]) => [digest, ess] }) },
  { name: 'another content-type', why: 'RFC 5652 11.1', expect: format,
    file: signed(signer, { attributes: ([, digest, ess]) => [attribute(ids.contentType, oid(ids.tstInfo)), digest, ess] }) },
  { name: 'the message written as BER with indefinite lengths', why: 'RFC 5652: BER is read', expect: passed,
    file: pdf.sign(plain, (content) => asBer(signedData(signer, content, { certificates: [signer, issuing] }))) },
  { name: 'attributes sent unordered and signed in DER order', why: 'RFC 5652 5.4: DER is hashed', expect: passed,
    file: signed(signer, { attributes: unordered, order: false, signedOrder: true }) },
  { name: 'attributes sent and signed unordered', why: 'what some writers do; every octet is signed', expect: passed,
    file: signed(signer, { attributes: unordered, order: false }) },
  { name: 'two signers', why: 'EN 319 142-1 4.1: exactly one', expect: format,
    file: signed(signer, { moreSigners: [seq(Buffer.from([2, 1, 1]), seq(rsa.issuerName, Buffer.from([2, 1, 1])), digestId('sha256'), scheme(rsa.pair).id, octets(Buffer.alloc(256)))] }) },
  { name: 'content inside a detached signature', why: 'ISO 32000-1, 12.8.3.3.1', expect: format, file: signed(signer, { detached: false }) },
  { name: 'padding of the /Contents other than zero', why: 'unsigned space that may carry anything', expect: 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE',
    file: signed(signer, { pdf: { padding: 'a' } }) },
  { name: 'adbe.pkcs7.sha1', why: 'verified, and SHA-1 is not relied on', expect: 'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE', file: sha1Content(rsa) },
  { name: 'adbe.pkcs7.sha1 over other octets', why: 'the content is not the digest of the ranges', expect: 'TOTAL-FAILED/HASH_FAILURE',
    file: sha1Content(rsa, { spoil: true }) },
  { name: 'adbe.x509.rsa_sha1', why: 'verified, and SHA-1 is not relied on', expect: 'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE', integrity: 'intact',
    file: bareRsa('sha1', { cert: withChain }) },
  { name: 'adbe.x509.rsa_sha1 with SHA-256 and a chain', why: 'ISO 32000-1, table 257 allows later digests', expect: passed,
    file: bareRsa('sha256', { cert: withChain }) },
  { name: 'adbe.x509.rsa_sha1 with a spoilt value', why: 'the value does not fit', expect: 'TOTAL-FAILED/SIG_CRYPTO_FAILURE',
    file: bareRsa('sha256', { spoil: (value) => Buffer.concat([value.subarray(0, 255), Buffer.from([value[255] ^ 1])]) }) },
  { name: 'adbe.x509.rsa_sha1 without /Cert', why: 'nothing says who signed', expect: format, file: bareRsa('sha256', { cert: () => '' }) },
];

export const cases = [...sound, ...rules];
