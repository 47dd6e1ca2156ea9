// Faults of the message (CMS) and of what it names; and the forms that are legal though rare.
import { attribute, certificateReference, digest, names, signedData, signerInfo, utcTime } from '../cms.mjs';
import { integer, octets, oid, sequence, tagged, value } from '../der.mjs';
import { plainPaper } from '../paper.mjs';

export default ({ identity, sign, FAILED, NOT_PASSED, PASSED }) => {
  const own = identity('seal-p256');
  const rsa = identity('seal-rsa');
  const issuing = identity('issuing');
  const message = (content, options) => signedData(content, own, { certificates: [own, issuing], ...options });
  const by = (cms, more = {}) => () => sign(plainPaper(), { cms, ...more });
  const named = (change) => by({ attributes: change });
  const raw = { subFilter: 'adbe.pkcs7.detached' };
  const subjectKey = (who) => tagged(0, digest('sha1', who.der)); // not the true one
  const skiOf = (who) => {
    const at = who.der.indexOf(Buffer.from('0603551d0e', 'hex'));
    const inner = who.der.subarray(at + 5 + 2); // OCTET STRING { OCTET STRING }
    return value(0x80, inner.subarray(2, 2 + inner[1]));
  };
  const all = [
    ['wrong signature value', by({ wrongValue: true }), 'TOTAL-FAILED/SIG_CRYPTO_FAILURE', 'the value does not fit', { integrity: 'broken' }],
    ['signature by another key', by((content) => signedData(content, { ...own, key: identity('custodian-p256').key }, { certificates: [own, issuing] })), 'TOTAL-FAILED/SIG_CRYPTO_FAILURE', 'the value does not fit', { integrity: 'broken' }],
    ['digest of other octets', by((content) => message(Buffer.concat([content, Buffer.from('!')]), {})), 'TOTAL-FAILED/HASH_FAILURE', 'the digest does not fit', { integrity: 'broken' }],
    ['two signer infos', by((content) => message(content, { signers: [signerInfo(content, own), signerInfo(content, rsa)], certificates: [own, rsa] })), FAILED, 'exactly one in PAdES'],
    ['two signer infos of one signer', by((content) => message(content, { signers: [signerInfo(content, own), signerInfo(content, own)] })), FAILED, 'exactly one in PAdES'],
    ['no signer info', by({ signers: [] }), FAILED, 'nobody signed'],
    ['content inside a detached signature', by((content) => message(content, { inside: content })), FAILED, 'whose content counts?'],
    ['other content inside a detached signature', by((content) => message(Buffer.from('other'), { inside: Buffer.from('other') })), FAILED, 'whose content counts?'],
    ['empty content inside a detached signature', by((content) => message(content, { inside: Buffer.alloc(0) })), FAILED, 'a detached signature has none'],
    ['digest algorithm contradicts the attribute', by({ namedHash: 'sha512' }), FAILED, 'names SHA-512, carries SHA-256'],
    ['signature algorithm contradicts the digest', () => sign(plainPaper(), { identity: rsa, cms: { hash: 'sha256', signatureHash: 'sha512' } }), FAILED, 'OpenSSL takes it'],
    ['ECDSA algorithm contradicts the digest', by({ signatureHash: 'sha512' }), FAILED, 'names SHA-512, was made with SHA-256'],
    ['outer list of digests contradicts', by((content) => message(content, { namedHash: 'sha512', signers: [signerInfo(content, own)] })), NOT_PASSED, 'digestAlgorithms lists what signers use (RFC 5652, 5.1); readers of one pass rely on it'],
    ['content-type missing', named(({ contentType, ...rest }) => rest), FAILED, 'required (RFC 5652, 5.3)'],
    ['content-type of another type', named((all) => ({ ...all, contentType: attribute('contentType', oid(names.token)) })), FAILED, 'must be id-data'],
    ['content-type twice', named((all) => ({ ...all, contentType: [all.contentType, all.contentType] })), FAILED, 'one instance (RFC 5652, 11.1)'],
    ['content-type with two values', named((all) => ({ ...all, contentType: attribute('contentType', oid(names.data), oid(names.token)) })), FAILED, 'one value (11.1)'],
    ['message-digest missing', named(({ messageDigest, ...rest }) => rest), FAILED, 'required'],
    ['message-digest twice, the same', named((all) => ({ ...all, messageDigest: [all.messageDigest, all.messageDigest] })), FAILED, 'one instance (11.2)'],
    ['message-digest twice, one wrong', named((all) => ({ ...all, messageDigest: [all.messageDigest, attribute('messageDigest', octets(Buffer.alloc(32)))] })), FAILED, 'one instance (11.2)'],
    ['message-digest with two values', named((all) => ({ ...all, messageDigest: attribute('messageDigest', octets(Buffer.alloc(32)), octets(Buffer.alloc(32, 1))) })), FAILED, 'one value (11.2)'],
    ['message-digest of no octets', named((all) => ({ ...all, messageDigest: attribute('messageDigest', octets(Buffer.alloc(0))) })), FAILED, 'fits nothing'],
    ['message-digest cut short', by((content) => message(content, { attributes: (all) => ({ ...all, messageDigest: attribute('messageDigest', octets(digest('sha256', content).subarray(0, 16))) }) })), FAILED, 'fits nothing'],
    ['no attributes at all', by({ attributes: null }), NOT_PASSED, 'legal in CMS, not in PAdES'],
    ['signing-certificate missing', named(({ signingCertificate, ...rest }) => rest), NOT_PASSED, 'required in PAdES', { integrity: 'intact' }],
    ['signing-certificate of another certificate', named((all) => ({ ...all, signingCertificate: certificateReference(rsa) })), NOT_PASSED, 'the signer may have been exchanged', { integrity: 'intact' }],
    ['signing-certificate with a wrong hash', named((all) => ({ ...all, signingCertificate: certificateReference(own, { hash: Buffer.alloc(32) }) })), NOT_PASSED, 'the signer may have been exchanged'],
    ['signing-certificate with another issuer and serial', named((all) => ({ ...all, signingCertificate: certificateReference(own, { of: issuing }) })), NOT_PASSED, 'hash and issuerSerial must match (RFC 5035)'],
    ['signing-certificate v1 of another certificate beside a right v2', named((all) => ({ ...all, first: certificateReference(rsa, { version: 1 }) })), NOT_PASSED, 'both must match'],
    ['signing-certificate v2 twice', named((all) => ({ ...all, signingCertificate: [all.signingCertificate, certificateReference(rsa)] })), NOT_PASSED, 'one instance'],
    ['signing-certificate empty', named((all) => ({ ...all, signingCertificate: attribute('signingCertificateV2', sequence(sequence())) })), NOT_PASSED, 'names nobody'],
    ['an attribute twice', named((all) => ({ ...all, time: [attribute('signingTime', utcTime(new Date(0))), attribute('signingTime', utcTime(new Date(1e12)))] })), NOT_PASSED, 'which time was claimed?'],
    ['signer not among the certificates', by((content) => message(content, { certificates: [issuing] })), NOT_PASSED, 'who signed is not known'],
    ['no certificates', by({ certificates: [] }), NOT_PASSED, 'who signed is not known'],
    ['issuer missing', by({ certificates: [own] }), 'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND', 'no path to the anchor'],
    ['signer identifier of another certificate', by((content) => message(content, { identifier: sequence(rsa.issuer, rsa.serial), certificates: [own, rsa, issuing] })), NOT_PASSED, 'the value does not fit that certificate'],
    ['subject key identifier of nobody', by((content) => message(content, { identifier: subjectKey(own), certificates: [own, issuing] })), NOT_PASSED, 'who signed is not known'],
    ['MD5', () => sign(plainPaper(), { identity: rsa, cms: { hash: 'md5' } }), NOT_PASSED, 'broken since 2004'],
    ['SHA-1', () => sign(plainPaper(), { identity: rsa, cms: { hash: 'sha1' } }), NOT_PASSED, 'broken since 2017'],
    ['SHA-1 with ECDSA', by({ hash: 'sha1' }), NOT_PASSED, 'broken since 2017'],
    ['padding that is not zero', by({}, { fill: (hex, size) => hex.padEnd(size, 'a') }), NOT_PASSED, 'room that nobody signed'],
    ['second message behind the first', by({}, { fill: (hex, size) => (hex + hex).padEnd(size, '0') }), NOT_PASSED, 'room that nobody signed'],
    ['words behind the message', by({}, { fill: (hex, size) => `${hex}00${Buffer.from('anything').toString('hex')}`.padEnd(size, '0') }), NOT_PASSED, 'room that nobody signed'],
    ['message cut off', by({}, { fill: (hex, size) => hex.slice(0, 400).padEnd(size, '0') }), FAILED, 'no message'],
    ['enveloped data', by({ wrapped: '1.2.840.113549.1.7.3' }), FAILED, 'no signed data'],
    ['expired certificate', () => sign(plainPaper(), { identity: identity('seal-expired') }), 'INDETERMINATE/OUT_OF_BOUNDS_NO_POE', 'no proof that it is older'],
    ['certificate that is not valid yet', () => sign(plainPaper(), { identity: identity('seal-not-yet-valid') }), 'TOTAL-FAILED/NOT_YET_VALID|INDETERMINATE', 'it exists now'],
    ['revoked certificate', () => sign(plainPaper(), { identity: identity('seal-revoked') }), 'INDETERMINATE/REVOKED_NO_POE', 'no proof that it is older'],
    ['certificate of an unknown root', () => sign(plainPaper(), { identity: identity('seal-unknown-ca'), cms: { certificates: [identity('seal-unknown-ca'), identity('unknown-root')] } }), 'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND', 'no anchor'],
    ['certificate for another use', () => sign(plainPaper(), { identity: identity('seal-wrong-usage') }), 'INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE', 'its key usage forbids'],
    ['signed by the authority itself', () => sign(plainPaper(), { identity: issuing, cms: { certificates: [issuing] } }), 'TOTAL-PASSED|INDETERMINATE', 'an authority\'s key usage decides'],
    ['legal twin: RSA', () => sign(plainPaper(), { identity: rsa }), PASSED, 'PKCS #1 v1.5 with SHA-256'],
    ['legal twin: RSA under its plain name', () => sign(plainPaper(), { identity: rsa, cms: { plainAlgorithm: true } }), PASSED, 'rsaEncryption as signature algorithm (RFC 3370, 3.2)'],
    ['legal twin: SHA-384', by({ hash: 'sha384' }), PASSED, 'another strong digest'],
    ['legal twin: SHA-512', () => sign(plainPaper(), { identity: rsa, cms: { hash: 'sha512' } }), PASSED, 'another strong digest'],
    ['legal twin: BER outside', by({ ber: true }), PASSED, 'indefinite lengths are legal in CMS'],
    ['legal twin: signer by subject key identifier', by((content) => message(content, { identifier: skiOf(own), certificates: [issuing, own] })), PASSED, 'the other way to name a signer (RFC 5652, 5.3)'],
    ['legal twin: signing-certificate v1 and v2', by((content) => message(content, { attributes: (all) => ({ ...all, first: certificateReference(own, { version: 1 }) }) })), PASSED, 'both match'],
    ['legal twin: signing-time in adbe.pkcs7.detached', by((content) => message(content, { attributes: (all) => ({ ...all, time: attribute('signingTime', utcTime(new Date())) }) }), raw), PASSED, 'usual there'],
    ['legal twin: adbe.pkcs7.detached without signing-certificate', by((content) => message(content, { attributes: ({ signingCertificate, ...rest }) => rest }), raw), 'TOTAL-PASSED|INDETERMINATE', 'no CAdES attribute is asked for there; only one path leads to the certificate'],
    ['legal twin: an attribute that nobody knows', by((content) => message(content, { attributes: (all) => ({ ...all, other: attribute('1.3.6.1.4.1.99999.42', integer(7)) }) })), PASSED, 'unknown attributes are passed over'],
    ['legal twin: certificates in another order, and one too many', by((content) => message(content, { certificates: [rsa, issuing, own] })), PASSED, 'a set has no order'],
    ['legal twin: much zero padding', by({}, { room: 40000 }), PASSED, 'zero padding is fine'],
    ['legal twin: no padding', (() => {
      let room = 0;
      return () => {
        const cms = (content) => signedData(content, rsa, { certificates: [rsa, issuing] });
        sign(plainPaper(), { identity: rsa, cms: (content) => { const made = cms(content); room = made.length; return made; } });
        return sign(plainPaper(), { identity: rsa, cms, room });
      };
    })(), PASSED, 'the message fills its place'],
    ['legal twin: upper case', by({}, { fill: (hex, size) => hex.toUpperCase().padEnd(size, '0') }), PASSED, 'hexadecimal has two cases'],
  ];
  return all.map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
