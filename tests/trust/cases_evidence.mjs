// Whose word counts as revocation data (RFC 5280 6.3.3, RFC 6960 4.2.2.2): responders and issuers of lists that only look like the right ones.
import { bits, ctx, ctxPrimitive, enumerated, generalizedTime, int, octets, oid, seq } from './lab/der.mjs';
import { digestId, digestOf, key, scheme } from './lab/keys.mjs';
import * as pdf from './lab/pdf.mjs';
import { basicConstraints, certificate, crl, extendedKeyUsage, extension, issuingPoint, keyUsage, noCheck, ocsp, profiles, publicKeyBits } from './lab/x509.mjs';
import { anchors, day, freshLists, from, issuing, responder, root, signed, signer, stamp, tsa, until } from './lab/world.mjs';

const passed = 'TOTAL-PASSED';
const later = 'INDETERMINATE/TRY_LATER';
const revokedNoProof = 'INDETERMINATE/REVOKED_NO_POE';
const demanded = { extra: { '--policy': JSON.stringify({ schema: 'segell.policy/1', revocation: 'required' }) } };
const [rootList, issuingList] = freshLists();
const fresh = { of: signer, issuer: issuing, thisUpdate: day('2026-11-19'), nextUpdate: day('2026-11-26') };
const by = (who, more = {}) => ocsp({ ...fresh, responder: who, embed: [who], ...more });
const judged = (store, { on = signed(signer), trust = anchors(root), ...more } = {}) => ({ file: pdf.securityStore(on, { crls: [rootList], ...store }), trust, ...demanded, ...more });
const answering = (commonName, { more = [], ...rest } = {}) => certificate({ commonName, issuer: issuing, from, until, extensions: [...profiles.ocsp(), ...more], ...rest });
const revoked = { status: 'revoked', revokedAt: day('2026-10-01'), reason: 1 };

// --- responders

const dual = (purposes) => [basicConstraints(false), keyUsage('digitalSignature', 'nonRepudiation'), extendedKeyUsage(purposes), noCheck()];
const selfish = certificate({ commonName: 'Seal That Answers', issuer: issuing, from, until, extensions: dual(['emailProtection', 'ocspSigning']) });
/** One response with several answers about the signer. */
const several = (...states) => {
  const method = scheme(responder.pair);
  const id = (hash) => seq(digestId(hash), octets(digestOf(hash, issuing.subject)), octets(digestOf(hash, publicKeyBits(issuing.pair))), int(signer.serial));
  const status = { good: ctxPrimitive(0, ''), unknown: ctxPrimitive(2, ''), revoked: ctx(1, generalizedTime(day('2026-10-01')), ctx(0, enumerated(1))) };
  const singles = states.map((state, i) => seq(id(i % 2 ? 'sha256' : 'sha1'), status[state], generalizedTime(fresh.thisUpdate), ctx(0, generalizedTime(fresh.nextUpdate))));
  const body = seq(ctx(1, responder.subject), generalizedTime(fresh.thisUpdate), seq(...singles));
  const basic = seq(body, method.id, bits(method.sign(body)), ctx(0, seq(responder.der)));
  return seq(enumerated(0), ctx(0, seq(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))));
};
const responders = [
  { name: 'responder that the issuer authorised', why: 'RFC 6960 4.2.2.2', expect: passed, ...judged({ ocsps: [by(responder)] }) },
  { name: 'responder with an unknown extension', why: 'it is not critical', expect: passed,
    ...judged({ ocsps: [by(answering('Responder With More', { more: [extension('1.3.6.1.4.1.99999.7', octets('x'))] }))] }) },
  { name: 'responder with an unknown critical extension', why: 'RFC 5280 4.2: nobody knows what it forbids', expect: later,
    ...judged({ ocsps: [by(answering('Responder Of Tomorrow', { more: [extension('1.3.6.1.4.1.99999.7', octets('x'), true)] }))] }) },
  { name: 'responder with a critical extension of the issuer\'s own', why: 'RFC 5280 4.2', expect: later,
    ...judged({ ocsps: [by(answering('Responder In Part', { more: [extension('2.5.29.90', octets('x'), true)] }), { byKey: true })] }) },
  { name: 'responder whose certificate is signed with SHA-1', why: 'the answer rests on it', expect: later, ...judged({ ocsps: [by(answering('Responder By SHA-1', { digest: 'sha1' }))] }) },
  { name: 'responder whose certificate is signed with MD5', why: 'the answer rests on it', expect: later,
    ...judged({ ocsps: [by(certificate({ commonName: 'Responder By MD5', issuer: rsaIssuing(), from, until, extensions: profiles.ocsp(), digest: 'md5' }), { issuer: rsaIssuing(), of: rsaSigner() })] },
      { on: signed(rsaSigner(), { certificates: [rsaSigner(), rsaIssuing()] }) }) },
  { name: 'responder by an RSA authority', why: 'the same with SHA-256', expect: passed,
    ...judged({ ocsps: [by(certificate({ commonName: 'Responder By RSA', issuer: rsaIssuing(), from, until, extensions: profiles.ocsp() }), { issuer: rsaIssuing(), of: rsaSigner() })] },
      { on: signed(rsaSigner(), { certificates: [rsaSigner(), rsaIssuing()] }) }) },
  { name: 'a seal that answers for itself', why: 'whoever stole its key would say so too', expect: later, ...judged({ ocsps: [by(selfish, { of: selfish })] }, { on: signed(selfish) }) },
  { name: 'a seal that answers for itself, named by its key', why: 'the same', expect: later, ...judged({ ocsps: [by(selfish, { of: selfish, byKey: true })] }, { on: signed(selfish) }) },
  { name: 'a seal that says itself that it is revoked', why: 'nobody says so without a cause', expect: revokedNoProof,
    ...judged({ ocsps: [by(selfish, { of: selfish, ...revoked })] }, { on: signed(selfish) }) },
  { name: 'a seal that answers for another', why: 'its issuer authorised it', expect: passed, ...judged({ ocsps: [by(selfish)] }) },
  { name: 'answers of one response: good twice', why: 'by two digests of the issuer', expect: passed, ...judged({ ocsps: [several('good', 'good')] }) },
  { name: 'answers of one response: good, then revoked', why: 'doubt never helps a signature', expect: revokedNoProof, ...judged({ ocsps: [several('good', 'revoked')] }) },
  { name: 'answers of one response: revoked, then good', why: 'doubt never helps a signature', expect: revokedNoProof, ...judged({ ocsps: [several('revoked', 'good')] }) },
  { name: 'answers of one response: good, then not known', why: 'doubt never helps a signature', expect: later, ...judged({ ocsps: [several('good', 'unknown')] }) },
  { name: 'a revocation that is to come', why: 'it does not count yet, and is told', expect: passed, checks: { 'cert.revocation': 'warn' },
    ...judged({ ocsps: [by(responder, { ...revoked, revokedAt: day('2027-03-01') })] }) },
];

/** An authority with a key that MD5 was used with, and its seal. */
function rsaIssuing() { return rsaIssuing.made ??= certificate({ commonName: 'Lab RSA Issuing', type: 'rsa:2048', issuer: root, from, until: day('2036-01-01'), extensions: profiles.authority(0) }); }
function rsaSigner() { return rsaSigner.made ??= certificate({ commonName: 'Seal by RSA', issuer: rsaIssuing(), from, until, extensions: profiles.signer() }); }

// --- lists

const inForce = { issuer: issuing, thisUpdate: day('2026-11-01'), nextUpdate: day('2026-12-31') };
const entry = { of: signer, date: day('2026-10-01'), reason: 1 };
const own = (pair) => key('prime256v1', pair);
const authority = (issuer, more = {}) => certificate({ commonName: 'Lab Issuing', issuer, from, until: day('2036-01-01'), extensions: profiles.authority(0), as: { pair: own('another issuing') }, ...more });
const otherRoot = certificate({ commonName: 'Other Root', from, until: day('2046-01-01'), extensions: profiles.authority() });
const renewedRoot = certificate({ commonName: 'Lab Root', from, until: day('2046-01-01'), extensions: profiles.authority(), as: { pair: own('renewed root') } });
const namesake = authority(otherRoot);
const renewed = authority(root);
const underRenewed = authority(renewedRoot, { as: { pair: own('third issuing') } });
const weak = authority(root, { digest: 'sha1', as: { pair: own('weak issuing') } });
const both = { trust: anchors(root, otherRoot) };
const listOf = (one, more = {}) => ({ crls: [rootList, crl({ ...inForce, issuer: one, ...more })], certificates: [one.der] });
const lists = [
  { name: 'list of the issuer', why: 'RFC 5280 6.3.3 (f)', expect: passed, ...judged({ crls: [rootList, issuingList] }) },
  { name: 'list of the issuer\'s renewed key', why: 'RFC 5280 6.3.3 (f): one anchor above both', expect: passed, ...judged(listOf(renewed)) },
  { name: 'list of the issuer\'s renewed key, revoked in it', why: 'the same', expect: revokedNoProof, ...judged(listOf(renewed, { revoked: [entry] })) },
  { name: 'list of the issuer\'s renewed key under the renewed root', why: 'an anchor of the same name', expect: passed, ...judged(listOf(underRenewed), { trust: anchors(root, renewedRoot) }) },
  { name: 'list of a namesake under another anchor', why: 'RFC 5280 6.3.3 (f): another authority', expect: later, ...judged(listOf(namesake), both) },
  { name: 'list of a namesake under another anchor, that revokes', why: 'a stranger cannot revoke', expect: passed,
    ...judged({ ...listOf(namesake, { revoked: [entry] }), ocsps: [by(responder)] }, both) },
  { name: 'list of a namesake that is an anchor itself', why: 'RFC 5280 6.3.3 (f)', expect: later,
    ...judged(listOf(certificate({ commonName: 'Lab Issuing', from, until: day('2036-01-01'), extensions: profiles.authority(0), as: { pair: own('fourth issuing') } })),
      { trust: anchors(root, otherRoot) }) },
  { name: 'list of a renewed key whose certificate is signed with SHA-1', why: 'the list rests on it', expect: later, ...judged(listOf(weak)) },
  { name: 'list by the anchor above, while the path ends at the issuing authority', why: 'one is above the other', expect: revokedNoProof,
    ...judged(listOf(renewed, { revoked: [entry] }), { trust: anchors(root, issuing) }) },
  { name: 'list whose scope stands twice', why: 'RFC 5280 4.2: nobody knows which counts', expect: later,
    ...judged({ crls: [rootList, crl({ ...inForce, extensions: [issuingPoint({ onlyAuthorities: true }), issuingPoint({ onlyUsers: true })] })] }) },
  { name: 'list whose scope stands twice, some reasons', why: 'the same', expect: later,
    ...judged({ crls: [rootList, crl({ ...inForce, extensions: [issuingPoint({ reasons: [1, 2] }), issuingPoint({ reasons: [1, 2] })] })] }) },
];

// --- the same for timestamps

const times = [
  { name: 'a timestamp authority of which a namesake\'s list says that it is revoked', why: 'a stranger cannot revoke', expect: passed, level: 'B-T', ...both,
    file: pdf.securityStore(signed(signer, { unsigned: stamp(day('2026-11-05')) }), listOf(namesake, { revoked: [{ of: tsa, date: day('2026-10-01'), reason: 1 }] })) },
  { name: 'a timestamp authority that is revoked', why: 'the issuer says so', expect: passed, level: 'B-B', trust: anchors(root),
    file: pdf.securityStore(signed(signer, { unsigned: stamp(day('2026-11-05')) }), listOf(issuing, { revoked: [{ of: tsa, date: day('2026-10-01'), reason: 1 }] })) },
];

export const cases = [...responders, ...lists, ...times];
