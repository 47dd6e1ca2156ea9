// Revocation (RFC 5280 5 and 6.3, RFC 6960): CRLs and OCSP responses in /DSS, in the message and beside the anchors.
import { archival, ocspChoice } from './lab/cms.mjs';
import * as pdf from './lab/pdf.mjs';
import { certificate, crl, crlPoint, deltaOf, extension, issuingPoint, name, ocsp, pem, profiles } from './lab/x509.mjs';
import { ctx, octets, seq } from './lab/der.mjs';
import { anchors, day, freshLists, from, issuing, lists, plain, responder, root, signed, signer, stamp, stampOver, tsa, until } from './lab/world.mjs';

const passed = 'TOTAL-PASSED';
const revokedNoProof = 'INDETERMINATE/REVOKED_NO_POE';
const alone = anchors(root);
const [rootList] = freshLists();
const fresh = { of: signer, issuer: issuing, responder, embed: [responder], thisUpdate: day('2026-11-19'), nextUpdate: day('2026-11-26') };
const revoked = { status: 'revoked', revokedAt: day('2026-10-01'), reason: 1 };
const withStore = (store, file = signed(signer)) => pdf.securityStore(file, store);
const judged = (response, more = {}) => ({ file: withStore({ ocsps: [response], crls: [rootList] }), trust: alone, ...more });
const good = { checks: { 'cert.revocation': 'pass' } };
const unknown = { checks: { 'cert.revocation': 'skip' } };

const strange = certificate({ commonName: 'Some Responder', issuer: root, from, until, extensions: profiles.ocsp() });
const noPurpose = certificate({ commonName: 'No OCSP Purpose', issuer: issuing, from, until, extensions: profiles.signer() });
const oldResponder = certificate({ commonName: 'Old OCSP', issuer: issuing, from, until: day('2026-06-01'), extensions: profiles.ocsp() });

const answers = [
  { name: 'OCSP: good, by a delegated responder', why: 'RFC 6960 4.2.2.2', expect: passed, ...good, ...judged(ocsp(fresh)) },
  { name: 'OCSP: good, responder named by its key', why: 'RFC 6960 4.2.1 ResponderID', expect: passed, ...good, ...judged(ocsp({ ...fresh, byKey: true })) },
  { name: 'OCSP: good, by the issuer itself', why: 'RFC 6960 4.2.2.2', expect: passed, ...good, ...judged(ocsp({ ...fresh, responder: issuing, embed: [] })) },
  { name: 'OCSP: certificate named with SHA-256', why: 'RFC 6960: any hash', expect: passed, ...good, ...judged(ocsp({ ...fresh, hash: 'sha256' })) },
  { name: 'OCSP: responder at hand in /DSS alone', why: 'certificates of the file count', expect: passed, ...good,
    file: withStore({ ocsps: [ocsp({ ...fresh, embed: [] })], certificates: [responder.der] }), trust: alone },
  { name: 'OCSP: revoked', why: 'no proof that the signature is older', expect: revokedNoProof, ...judged(ocsp({ ...fresh, ...revoked })) },
  { name: 'OCSP: on hold', why: 'EN 319 102-1 5.2.6.4: a suspension may be taken back', expect: 'INDETERMINATE/TRY_LATER',
    ...judged(ocsp({ ...fresh, ...revoked, reason: 6 })) },
  { name: 'OCSP: unknown', why: 'no answer is no good answer', expect: passed, ...unknown, ...judged(ocsp({ ...fresh, status: 'unknown' })) },
  { name: 'OCSP: expired answer', why: 'nextUpdate has passed and no proof places the signature', expect: passed, ...unknown,
    ...judged(ocsp({ ...fresh, thisUpdate: day('2026-10-01'), nextUpdate: day('2026-10-08') })) },
  { name: 'OCSP: expired answer that says revoked', why: 'a revocation does not age', expect: revokedNoProof,
    ...judged(ocsp({ ...fresh, ...revoked, revokedAt: day('2026-09-01'), thisUpdate: day('2026-10-01'), nextUpdate: day('2026-10-08') })) },
  { name: 'OCSP: responder of another authority', why: 'RFC 6960 4.2.2.2: issued directly by the issuer', expect: passed, ...unknown,
    ...judged(ocsp({ ...fresh, responder: strange, embed: [strange] })) },
  { name: 'OCSP: responder without the purpose', why: 'RFC 6960 4.2.2.2: id-kp-OCSPSigning', expect: passed, ...unknown,
    ...judged(ocsp({ ...fresh, responder: noPurpose, embed: [noPurpose] })) },
  { name: 'OCSP: revoked, by somebody without the purpose', why: 'a stranger cannot revoke', expect: passed, ...unknown,
    ...judged(ocsp({ ...fresh, ...revoked, responder: noPurpose, embed: [noPurpose] })) },
  { name: 'OCSP: the responder had expired when it answered', why: 'its certificate was over', expect: passed, ...unknown,
    ...judged(ocsp({ ...fresh, responder: oldResponder, embed: [oldResponder] })) },
  { name: 'OCSP: about another certificate', why: 'the serial number is another', expect: passed, ...unknown, ...judged(ocsp({ ...fresh, of: tsa })) },
  { name: 'OCSP: about another issuer of that serial number', why: 'the key hash is another', expect: passed, ...unknown,
    ...judged(ocsp({ ...fresh, certIssuer: root })) },
  { name: 'OCSP: signed with SHA-1', why: 'the suite does not rely on it in 2026', expect: passed, ...unknown, ...judged(ocsp({ ...fresh, digest: 'sha1' })) },
  { name: 'OCSP: unknown critical extension', why: 'RFC 6960 4.4', expect: passed, ...unknown,
    ...judged(ocsp({ ...fresh, extensions: [extension('1.3.6.1.4.1.99999.7', octets('x'), true)] })) },
  { name: 'OCSP: nonce of somebody else\'s question', why: 'a nonce speaks to whoever asked', expect: passed, ...good,
    ...judged(ocsp({ ...fresh, nonce: Buffer.alloc(16, 7) })) },
  { name: 'OCSP: garbage in /DSS', why: 'is no evidence, and no fault of the signature', expect: passed, ...unknown,
    file: withStore({ ocsps: [Buffer.from('3003020100', 'hex')] }), trust: alone },
  { name: 'OCSP: beside the anchors, PEM', why: 'offline, given by whoever verifies', expect: revokedNoProof, file: signed(signer),
    trust: alone + pem('OCSP RESPONSE', ocsp({ ...fresh, ...revoked })) },
  { name: 'OCSP: in Adobe\'s revocation archive', why: 'ISO 32000-1, 12.8.3.3.2', expect: passed, ...good, trust: alone + lists(rootList),
    file: signed(signer, { attributes: (usual) => [...usual, archival({ ocsps: [ocsp(fresh)] })], pdf: { subFilter: 'adbe.pkcs7.detached' } }) },
  { name: 'OCSP: in the message (RFC 5940)', why: 'id-ri-ocsp-response', expect: revokedNoProof, trust: alone,
    file: signed(signer, { revocation: [ocspChoice(ocsp({ ...fresh, ...revoked }))] }) },
];

// a responder without id-pkix-ocsp-nocheck is a certificate like any other
const checked = certificate({ commonName: 'Checked OCSP', issuer: issuing, from, until, extensions: profiles.ocsp().slice(0, 3) });
const byChecked = ocsp({ ...fresh, responder: checked, embed: [checked] });
const responderList = (of, date) => crl({ issuer: issuing, thisUpdate: day('2026-11-18'), nextUpdate: day('2026-12-31'), revoked: [{ of, date, reason: 1 }],
  extensions: [issuingPoint({ onlyUsers: true, reasons: [1, 2, 3, 4, 5] })] });
const responders = [
  { name: 'OCSP: responder that may be asked about, and nobody says anything', why: 'RFC 6960 4.2.2.2.1 leaves it to the verifier', expect: passed, ...good, ...judged(byChecked) },
  { name: 'OCSP: responder revoked', why: 'RFC 6960 4.2.2.2.1: whoever has its key may say anything', expect: passed, ...unknown, trust: alone,
    file: withStore({ ocsps: [byChecked], crls: [rootList, responderList(checked, day('2026-11-15'))] }) },
  { name: 'OCSP: responder revoked, that nobody need ask about', why: 'RFC 6960 4.2.2.2.1: id-pkix-ocsp-nocheck', expect: passed, ...good, trust: alone,
    file: withStore({ ocsps: [ocsp(fresh)], crls: [rootList, responderList(responder, day('2026-11-15'))] }) },
  { name: 'OCSP: responder revoked after a timestamp over its answer', why: 'the answer is proven older', expect: passed, trust: alone, at: day('2026-12-05'), signature: 0,
    ...good, file: pdf.securityStore(pdf.documentTimestamp(withStore({ ocsps: [byChecked], crls: [rootList] }, signed(signer, { unsigned: stamp(day('2026-11-19')) })),
      (content) => stampOver(content, day('2026-11-20'))), { crls: [crl({ issuer: issuing, thisUpdate: day('2026-12-01'), nextUpdate: day('2026-12-31'),
      revoked: [{ of: checked, date: day('2026-11-25'), reason: 1 }], extensions: [issuingPoint({ onlyUsers: true, reasons: [1, 2, 3, 4, 5] })] })] }) },
];

const point = 'http://crl.example/parted.crl';
const pointed = certificate({ commonName: 'Seal With Point', issuer: issuing, from, until, extensions: [...profiles.signer(), crlPoint(point)] });
const listIssuer = certificate({ commonName: 'Lab List Issuer', issuer: root, from, until, extensions: profiles.authority(0) });
const sentElsewhere = certificate({ commonName: 'Seal With List Issuer', issuer: issuing, from, until, extensions: [...profiles.signer(),
  extension('2.5.29.31', seq(seq(ctx(2, ctx(4, listIssuer.subject)))))] });
const inForce = { issuer: issuing, thisUpdate: day('2026-11-01'), nextUpdate: day('2026-12-31') };
const entry = (of, more = {}) => ({ of, date: day('2026-10-01'), reason: 1, ...more });
const withList = (list, by = signer, more = {}) => ({ file: withStore({ crls: [list, rootList] }, signed(by)), trust: alone, ...more });
const noSign = certificate({ commonName: 'Lab Issuing', issuer: root, from, until: day('2036-01-01'), as: issuing,
  extensions: [profiles.authority(0)[0], ...profiles.signer().slice(1)] });

const scopes = [
  { name: 'CRL: not in it', why: 'in force', expect: passed, ...good, ...withList(crl(inForce)) },
  { name: 'CRL: revoked', why: 'no proof that the signature is older', expect: revokedNoProof, ...withList(crl({ ...inForce, revoked: [entry(signer)] })) },
  { name: 'CRL: on hold', why: 'a suspension', expect: 'INDETERMINATE/TRY_LATER', ...withList(crl({ ...inForce, revoked: [entry(signer, { reason: 6 })] })) },
  { name: 'CRL: the authority is revoked', why: 'a list of the root', expect: 'INDETERMINATE/REVOKED_CA_NO_POE',
    file: withStore({ crls: [crl(inForce), ...freshLists({ root: [entry(issuing)] }).slice(0, 1)] }), trust: alone },
  { name: 'CRL: not in force any more', why: 'nextUpdate has passed', expect: passed, ...unknown,
    ...withList(crl({ ...inForce, thisUpdate: day('2026-08-01'), nextUpdate: day('2026-09-01') })) },
  { name: 'CRL: by a stranger under the issuer\'s name', why: 'the signature does not hold', expect: passed, ...unknown,
    ...withList(crl({ ...inForce, signer: strange, revoked: [entry(signer)] })) },
  { name: 'CRL: of end users', why: 'onlyContainsUserCerts holds the signer', expect: revokedNoProof,
    ...withList(crl({ ...inForce, revoked: [entry(signer)], extensions: [issuingPoint({ onlyUsers: true })] })) },
  { name: 'CRL: of authorities alone', why: 'onlyContainsCACerts does not speak of the signer', expect: passed, ...unknown,
    ...withList(crl({ ...inForce, revoked: [entry(signer)], extensions: [issuingPoint({ onlyAuthorities: true })] })) },
  { name: 'CRL: of attribute certificates', why: 'says nothing of certificates', expect: passed, ...unknown,
    ...withList(crl({ ...inForce, revoked: [entry(signer)], extensions: [issuingPoint({ onlyAttributes: true })] })) },
  { name: 'CRL: of some reasons, not in it', why: 'the other reasons are not looked at', expect: passed, ...unknown,
    ...withList(crl({ ...inForce, extensions: [issuingPoint({ reasons: [1, 2] })] })) },
  { name: 'CRL: of some reasons, in it', why: 'revoked all the same', expect: revokedNoProof,
    ...withList(crl({ ...inForce, revoked: [entry(signer)], extensions: [issuingPoint({ reasons: [1, 2] })] })) },
  { name: 'CRL: of the certificate\'s own distribution point', why: 'RFC 5280 6.3.3 (b)(2)', expect: revokedNoProof,
    ...withList(crl({ ...inForce, revoked: [entry(pointed)], extensions: [issuingPoint({ point })] }), pointed) },
  { name: 'CRL: of another distribution point', why: 'RFC 5280 6.3.3 (b)(2)', expect: passed, ...unknown,
    ...withList(crl({ ...inForce, revoked: [entry(pointed)], extensions: [issuingPoint({ point: 'http://crl.example/other.crl' })] }), pointed) },
  { name: 'CRL: a delta of itself', why: '5.2.4: its number is above that of its base', expect: passed, ...unknown,
    ...withList(crl({ ...inForce, revoked: [entry(signer)], extensions: [deltaOf(1)] })) },
  { name: 'CRL: unknown critical extension', why: 'RFC 5280 5.2', expect: passed, ...unknown,
    ...withList(crl({ ...inForce, revoked: [entry(signer)], extensions: [extension('1.3.6.1.4.1.99999.7', octets('x'), true)] })) },
  { name: 'CRL: indirect, in /DSS, of the issuer that the certificate names', why: 'RFC 5280 5.2.5, 6.3.3 (b)(1)', expect: revokedNoProof,
    ...withList(crl({ ...inForce, issuer: listIssuer, revoked: [entry(sentElsewhere, { issuerName: issuing.subject })],
      extensions: [issuingPoint({ indirect: true })] }), sentElsewhere, {
      file: withStore({ certificates: [listIssuer.der], crls: [rootList, crl({ ...inForce, issuer: listIssuer,
        revoked: [entry(sentElsewhere, { issuerName: issuing.subject })], extensions: [issuingPoint({ indirect: true })] })] }, signed(sentElsewhere)) }) },
  { name: 'CRL: indirect, its entry is of another issuer', why: 'certificateIssuer names whose it is', expect: passed, ...good, trust: alone,
    file: withStore({ certificates: [listIssuer.der], crls: [rootList, crl({ ...inForce, issuer: listIssuer,
      revoked: [entry(sentElsewhere, { issuerName: name('Somebody Else') })], extensions: [issuingPoint({ indirect: true })] })] }, signed(sentElsewhere)) },
  { name: 'CRL: indirect, of an issuer that the certificate does not name', why: 'nobody sent its reader there', expect: passed, ...unknown, trust: alone,
    file: withStore({ certificates: [listIssuer.der], crls: [rootList, crl({ ...inForce, issuer: listIssuer,
      revoked: [entry(signer, { issuerName: issuing.subject })], extensions: [issuingPoint({ indirect: true })] })] }) },
  { name: 'CRL: by an authority that may not sign lists', why: 'RFC 5280 6.3.3 (f): cRLSign', expect: 'INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE', trust: alone,
    file: withStore({ crls: [crl(inForce), rootList] }, signed(signer, { certificates: [signer, noSign] })) },
  { name: 'CRL: signed with SHA-1', why: 'the suite does not rely on it in 2026', expect: passed, ...unknown, ...withList(crl({ ...inForce, digest: 'sha1' })) },
];

const stamped = (time, more = {}) => signed(signer, { unsigned: stamp(time), ...more });
const late = { at: day('2026-11-20'), trust: alone };
const proofs = [
  { name: 'revoked after the signature timestamp', why: 'the signature is proven older', expect: passed, ...late,
    file: withStore({ crls: [rootList, crl({ ...inForce, revoked: [entry(signer, { date: day('2026-11-10') })] })] }, stamped(day('2026-11-05'))) },
  { name: 'revoked before the signature timestamp', why: 'nothing proves it older', expect: revokedNoProof, ...late,
    file: withStore({ crls: [rootList, crl({ ...inForce, revoked: [entry(signer, { date: day('2026-11-02') })] })] }, stamped(day('2026-11-05'))) },
  { name: 'revoked between a document timestamp inside and the signature', why: 'proven younger than the revocation', expect: 'TOTAL-FAILED/REVOKED', signature: 1,
    ...late, file: withStore({ crls: [rootList, crl({ ...inForce, revoked: [entry(signer, { date: day('2026-11-02') })] })] },
      signed(signer, { on: pdf.documentTimestamp(plain, (content) => stampOver(content, day('2026-11-04'))), unsigned: stamp(day('2026-11-05')) })) },
  { name: 'OCSP in force at the proven time, over today', why: 'the evidence is of the time that counts', expect: passed, ...good, ...late, at: day('2027-06-01'),
    file: withStore({ crls: [rootList], ocsps: [ocsp({ ...fresh, thisUpdate: day('2026-11-04'), nextUpdate: day('2026-11-11') })] }, stamped(day('2026-11-05'))) },
  { name: 'OCSP from before the proven time, over then', why: 'too old for the time that counts', expect: passed, ...unknown, ...late,
    file: withStore({ crls: [rootList], ocsps: [ocsp({ ...fresh, thisUpdate: day('2026-10-04'), nextUpdate: day('2026-10-11') })] }, stamped(day('2026-11-05'))) },
];

export const cases = [...answers, ...responders, ...scopes, ...proofs];
