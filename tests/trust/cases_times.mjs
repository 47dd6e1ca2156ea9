// Timestamps and what they prove (EN 319 102-1 5.4 to 5.6, RFC 3161): proofs of existence, order, renewal, levels.
import { archival, signatureTimestamp } from './lab/cms.mjs';
import * as pdf from './lab/pdf.mjs';
import { certificate, crl, ocsp, profiles } from './lab/x509.mjs';
import { anchors, day, from, issuing, plain, responder, root, signed, signer, stamp, stampOver, tsa, until } from './lab/world.mjs';

const passed = 'TOTAL-PASSED';
const outside = 'INDETERMINATE/OUT_OF_BOUNDS_NO_POE';
const order = 'INDETERMINATE/TIMESTAMP_ORDER_FAILURE';
const constraint = 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE';
const trust = anchors(root);
const docStamp = (file, time, options = {}) => pdf.documentTimestamp(file, (content) => stampOver(content, time, options));
const stamped = (time, options = {}) => signed(signer, { unsigned: stamp(time, options) });

// authorities of different lives
const authority = (commonName, begin, end, more = {}) =>
  certificate({ commonName, issuer: root, from: begin, until: end, extensions: profiles.tsa(), ...more });
const short = certificate({ commonName: 'Short Seal', issuer: root, from, until: day('2027-01-01'), extensions: profiles.signer() });
const tsa2028 = authority('TSA 2028', from, day('2028-01-01'));
const tsa2034 = authority('TSA 2034', day('2027-06-01'), day('2034-01-01'));
const tsa2045 = authority('TSA 2045', day('2033-06-01'), day('2045-01-01'));
const of = (by) => ({ by, certificates: [by] });
const shortStamped = signed(short, { certificates: [short], unsigned: stamp(day('2026-11-05'), of(tsa2028)) });
const renewedOnce = docStamp(shortStamped, day('2027-12-01'), of(tsa2034));
const renewedTwice = docStamp(renewedOnce, day('2033-12-01'), of(tsa2045));

const proofs = [
  { name: 'a timestamp from within the certificate\'s life, over its end', why: 'the signature is proven older', expect: passed, trust, at: day('2027-06-01'), file: shortStamped },
  { name: 'the same without a timestamp', why: 'nothing proves it older', expect: outside, trust, at: day('2027-06-01'), file: signed(short, { certificates: [short] }) },
  { name: 'the authority of the timestamp has ended too', why: 'a token proves its time as long as it holds itself', expect: outside, trust, at: day('2029-06-01'),
    file: shortStamped },
  { name: 'renewed before the authority\'s end', why: 'the later timestamp proves the earlier one', expect: passed, trust, at: day('2029-06-01'), file: renewedOnce },
  { name: 'the renewal has ended too', why: 'nothing proves the renewal', expect: outside, trust, at: day('2035-06-01'), file: renewedOnce },
  { name: 'renewed twice, 14 years on', why: 'each timestamp proves the one before', expect: passed, trust, at: day('2040-06-01'), file: renewedTwice },
  { name: 'renewed after the authority\'s end', why: 'too late: the gap cannot be closed', expect: outside, trust, at: day('2029-06-01'), signature: 0,
    file: docStamp(shortStamped, day('2028-06-01'), of(tsa2034)) },
  { name: 'a document timestamp alone gives the time', why: 'it covers the signature', expect: passed, trust, at: day('2027-06-01'),
    file: docStamp(signed(short, { certificates: [short] }), day('2026-11-05')) },
  { name: 'an untrusted authority gives no time', why: 'no anchor', expect: outside, trust, at: day('2027-06-01'), signature: 0,
    file: signed(short, { certificates: [short], unsigned: stamp(day('2026-11-05'), of(certificate({ commonName: 'Nobody TSA', from, until, extensions: profiles.tsa() }))) }) },
  { name: 'a revoked authority gives no time', why: 'its key may be anybody\'s', expect: outside, trust, at: day('2027-06-01'), signature: 0,
    file: pdf.securityStore(shortStamped, { crls: [crl({ issuer: root, thisUpdate: day('2027-05-01'), nextUpdate: day('2027-08-01'),
      revoked: [{ of: tsa2028, date: day('2027-01-01'), reason: 1 }] })] }) },
  { name: 'an authority that was revoked after a later timestamp', why: 'that one proves the token older', expect: passed, trust, at: day('2029-06-01'), signature: 0,
    file: pdf.securityStore(renewedOnce, { crls: [crl({ issuer: root, thisUpdate: day('2029-05-01'), nextUpdate: day('2029-08-01'),
      revoked: [{ of: tsa2028, date: day('2027-12-20'), reason: 1 }] })] }) },
];

const tokens = [
  { name: 'a timestamp over another value', why: 'RFC 3161 2.4.2: the imprint', expect: constraint, trust,
    file: signed(signer, { unsigned: () => signatureTimestamp(tsa, { time: day('2026-11-05'), certificates: [tsa, issuing] })(Buffer.from('other')) }) },
  { name: 'a document timestamp over other octets', why: 'its imprint', expect: 'TOTAL-FAILED/HASH_FAILURE', trust,
    file: pdf.documentTimestamp(signed(signer), () => stampOver(Buffer.from('other'), day('2026-11-05'))) },
  { name: 'a timestamp over SHA-512', why: 'any digest in use', expect: passed, trust, level: 'B-T', file: stamped(day('2026-11-05'), { hash: 'sha512' }) },
  { name: 'a document timestamp over SHA3-256', why: 'any digest in use', expect: passed, trust, file: docStamp(signed(signer), day('2026-11-05'), { hash: 'sha3-256' }) },
  { name: 'a document timestamp over SHA-1', why: 'read, and not relied on', expect: 'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE', trust,
    file: docStamp(signed(signer), day('2026-11-05'), { hash: 'sha1' }) },
  { name: 'a timestamp by an Ed25519 authority', why: 'RFC 8419', expect: passed, trust, level: 'B-T',
    file: stamped(day('2026-11-05'), of(authority('Ed TSA', from, until, { type: 'ed25519' }))) },
  { name: 'a timestamp before its authority was', why: 'a time that cannot be', expect: constraint, trust, file: stamped(day('2001-11-05')) },
  { name: 'a timestamp from after its authority\'s end', why: 'a time that cannot be', expect: constraint, trust, at: day('2035-01-01'), signature: 0,
    file: stamped(day('2031-11-05')) },
  { name: 'a timestamp that has not come yet', why: 'a time that cannot be', expect: constraint, trust, file: stamped(day('2027-11-05')) },
  { name: 'a timestamp seconds ahead of the verifier\'s clock', why: 'clocks differ', expect: passed, trust, level: 'B-T', at: day('2026-11-05'),
    file: stamped(new Date(day('2026-11-05').getTime() + 20000)) },
  { name: 'a timestamp by a seal', why: 'RFC 3161 2.3: extended key usage; gives no time, and spoils nothing', expect: passed, trust, level: 'B-B',
    checks: { 'time.signature-timestamp': 'warn' }, file: stamped(day('2026-11-05'), of(certificate({ commonName: 'Not A TSA', issuer: root, from, until, extensions: profiles.signer() }))) },
  { name: 'a document timestamp older than the timestamp inside', why: 'what it covers is younger than itself', expect: order, trust,
    file: docStamp(stamped(day('2026-11-10')), day('2026-11-05')) },
  { name: 'document timestamps in the wrong order', why: 'the later one says that it is older', expect: order, trust,
    file: docStamp(docStamp(signed(signer), day('2026-11-10')), day('2026-11-05')) },
  { name: 'timestamps of two authorities ten seconds apart, the wrong way round', why: 'clocks differ', expect: passed, trust,
    file: docStamp(stamped(new Date(day('2026-11-05').getTime() + 10000)), day('2026-11-05')) },
  { name: 'a signature whose own timestamp is older than a document timestamp inside it', why: 'it covers what is younger', expect: order, trust, signature: 1,
    file: signed(signer, { on: docStamp(plain, day('2026-11-10')), unsigned: stamp(day('2026-11-05')) }) },
  { name: 'a signature timestamped before its certificate was', why: 'proven older than its certificate', expect: 'TOTAL-FAILED/NOT_YET_VALID', trust,
    file: (() => { const young = certificate({ commonName: 'Young', issuer: issuing, from: day('2026-11-15'), until, extensions: profiles.signer() });
      return signed(young, { unsigned: stamp(day('2026-11-05')) }); })() },
];

const good = (certificate_, issuer) => ({ of: certificate_, issuer, thisUpdate: day('2026-11-05'), nextUpdate: day('2026-11-12') });
const answers = { ocsps: [ocsp({ ...good(signer, issuing), responder, embed: [responder] }), ocsp({ ...good(tsa, issuing), responder, embed: [responder] })],
  crls: [crl({ issuer: root, thisUpdate: day('2026-11-01'), nextUpdate: day('2026-12-31') })] };
const signerOnly = { ...answers, ocsps: answers.ocsps.slice(0, 1) };
const bt = stamped(day('2026-11-05'));
const blt = pdf.securityStore(bt, answers);
const levels = [
  { name: 'level B-B', why: 'no time', expect: passed, trust, level: 'B-B', file: signed(signer) },
  { name: 'level B-T by a signature timestamp', why: 'a time', expect: passed, trust, level: 'B-T', file: bt },
  { name: 'level B-T by a document timestamp', why: 'a time', expect: passed, trust, level: 'B-T', file: docStamp(signed(signer), day('2026-11-05')) },
  { name: 'level B-LT', why: 'revocation data of signer and authority in /DSS', expect: passed, trust, level: 'B-LT', file: blt },
  { name: 'level B-LT in the message alone', why: 'revocation data where CAdES puts them', expect: passed, trust, level: 'B-T',
    file: signed(signer, { unsigned: stamp(day('2026-11-05')), attributes: (usual) => [...usual, archival({ ocsps: [answers.ocsps[0]], crls: answers.crls })] }) },
  { name: 'no B-LT: the authority\'s revocation data are missing', why: 'complete means the timestamp too', expect: passed, trust, level: 'B-T',
    file: pdf.securityStore(bt, signerOnly) },
  { name: 'no B-LT: the data are with the verifier, not in the document', why: 'they would be gone', expect: passed, level: 'B-T', file: bt, trust: trust },
  { name: 'level B-LTA', why: 'a document timestamp over all of it', expect: passed, trust, level: 'B-LTA', file: docStamp(blt, day('2026-11-06')) },
  { name: 'no B-LTA: data that came after the document timestamp', why: 'not covered', expect: passed, trust, level: 'B-LT',
    file: pdf.securityStore(docStamp(bt, day('2026-11-06')), answers) },
  { name: 'B-LTA ten years on', why: 'the archive timestamp holds, everything below it has ended', expect: passed, trust, at: day('2036-06-01'), level: 'B-LTA',
    file: (() => { const long = authority('Long TSA', from, day('2045-01-01'));
      const first = signed(short, { certificates: [short], unsigned: stamp(day('2026-11-05'), of(tsa2028)) });
      const store = { crls: [crl({ issuer: root, thisUpdate: day('2026-11-04'), nextUpdate: day('2026-12-31') })] };
      return docStamp(pdf.securityStore(first, store), day('2026-11-06'), of(long)); })() },
];

export const cases = [...proofs, ...tokens, ...levels];
