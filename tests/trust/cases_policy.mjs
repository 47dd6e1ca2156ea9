// What a verifier may ask beyond the usual (EN 319 102-1 5.1.4): answers about revocation, the end of an anchor, signature policies.
import crypto from 'node:crypto';
import { attribute } from './lab/cms.mjs';
import { ia5, nothing, octets, oid, seq } from './lab/der.mjs';
import { digestId, digestOf } from './lab/keys.mjs';
import * as pdf from './lab/pdf.mjs';
import { certificate, crl, extension, ocsp, profiles } from './lab/x509.mjs';
import { anchors, day, from, freshLists, issuing, lists, responder, root, signed, signer, stamp, stampOver } from './lab/world.mjs';

const passed = 'TOTAL-PASSED';
const alone = anchors(root);
const withPolicy = (more) => ({ extra: { '--policy': JSON.stringify({ schema: 'segell.policy/1', ...more }) } });
const required = withPolicy({ revocation: 'required' });
// an authority of timestamps whose answers are the root's
const rootTsa = certificate({ commonName: 'Root TSA', issuer: root, from, until: day('2030-01-01'), extensions: profiles.tsa() });
const stamped = (by = signer) => signed(by, { unsigned: stamp(day('2026-11-05'), { by: rootTsa }) });
const withStore = (file, store) => pdf.securityStore(file, store);

// a certificate that has ended in 2027, and what was said of it in its life
const short = certificate({ commonName: 'Short Seal', issuer: issuing, from, until: day('2027-01-01'), extensions: profiles.signer() });
const longLists = [root, issuing].map((one) => crl({ issuer: one, thisUpdate: day('2026-12-20'), nextUpdate: day('2027-12-31') }));
const afterEnd = { at: day('2027-06-01') };
const archiveCutoff = (date) => extension('1.3.6.1.5.5.7.48.1.6', date);
const expiredOnList = (date) => extension('2.5.29.60', date);
const time = (text) => Buffer.concat([Buffer.from([0x18, 15]), Buffer.from(`${text.replaceAll('-', '')}120000Z`)]);
const lateList = (date) => crl({ issuer: issuing, thisUpdate: day('2027-05-20'), nextUpdate: day('2027-06-20'), extensions: [expiredOnList(time(date))] });
const lateAnswer = (date) => ocsp({ of: short, issuer: issuing, responder, embed: [responder], thisUpdate: day('2027-05-31'), nextUpdate: day('2027-06-07'),
  extensions: [archiveCutoff(time(date))] });
const notRevoked = 'INDETERMINATE/OUT_OF_BOUNDS_NOT_REVOKED';
const outside = 'INDETERMINATE/OUT_OF_BOUNDS_NO_POE';

const ended = [
  { name: 'an ended certificate, not revoked by a list that is still in force', why: 'Table 6: known not to be revoked', expect: notRevoked, ...afterEnd,
    trust: alone + lists(...longLists), file: signed(short) },
  { name: 'the same without the list', why: 'nothing is known', expect: outside, ...afterEnd, trust: alone, file: signed(short) },
  { name: 'a list from after its end that keeps what ended since 2026', why: 'X.509 9.5.2.8 expiredCertsOnCRL', expect: notRevoked, ...afterEnd,
    trust: alone + lists(lateList('2026-06-01')), file: signed(short) },
  { name: 'a list from after its end that keeps what ended since 2027', why: 'X.509 9.5.2.8: its date is later', expect: outside, ...afterEnd,
    trust: alone + lists(lateList('2027-02-01')), file: signed(short) },
  { name: 'an answer from after its end that keeps what ended since 2026', why: 'RFC 6960 4.4.4 archiveCutoff', expect: notRevoked, ...afterEnd,
    trust: alone, file: withStore(signed(short), { ocsps: [lateAnswer('2026-06-01')] }) },
  { name: 'an answer from after its end that keeps what ended since 2027', why: 'RFC 6960 4.4.4: its date is later', expect: outside, ...afterEnd,
    trust: alone, file: withStore(signed(short), { ocsps: [lateAnswer('2027-02-01')] }) },
];

// a responder that lives for a month
const monthly = certificate({ commonName: 'Monthly OCSP', issuer: issuing, from: day('2026-11-01'), until: day('2026-12-01'), extensions: profiles.ocsp() });
const monthlyAnswer = (of) => ocsp({ of, issuer: issuing, responder: monthly, embed: [monthly], thisUpdate: day('2026-11-05'), nextUpdate: day('2026-11-12') });
const longRoot = crl({ issuer: root, thisUpdate: day('2026-11-05'), nextUpdate: day('2029-11-05') });
const answered = withStore(stamped(), { ocsps: [monthlyAnswer(signer)], crls: [longRoot] });
const archived = pdf.documentTimestamp(answered, (content) => stampOver(content, day('2026-11-06'), { by: rootTsa }));

const demands = [
  { name: 'no answers, none demanded', why: 'missing ones are told', expect: passed, trust: alone, file: signed(signer) },
  { name: 'no answers, demanded', why: '5.2.6.4: somebody may still answer', expect: 'INDETERMINATE/TRY_LATER', trust: alone, file: signed(signer), ...required },
  { name: 'answers in force, demanded', why: 'everybody was answered for', expect: passed, trust: alone + lists(...freshLists()), file: signed(signer), ...required },
  { name: 'answers of the signer alone, demanded', why: 'every certificate of the path', expect: 'INDETERMINATE/TRY_LATER', trust: alone + lists(freshLists()[1]),
    file: signed(signer), ...required },
  { name: 'answered by a responder whose certificate has ended', why: 'told, and no fault where none are demanded', expect: passed, trust: alone,
    at: day('2028-01-01'), checks: { 'cert.revocation': 'warn' }, file: answered },
  { name: 'the same, demanded', why: '5.2.6.4 step 8: nothing proves the answer to be of the responder\'s life', expect: 'INDETERMINATE/REVOCATION_OUT_OF_BOUNDS_NO_POE',
    trust: alone, at: day('2028-01-01'), file: answered, ...required },
  { name: 'the same under a document timestamp, demanded', why: 'it proves the answer', expect: passed, at: day('2028-01-01'), signature: 0,
    trust: alone, file: archived, ...required },
  { name: 'proven older than the certificate\'s end, and nobody answered then, demanded', why: '5.6.2.2: proof about the past is missing', expect: 'INDETERMINATE/NO_POE',
    trust: alone + lists(longLists[0]), ...afterEnd, file: stamped(short), ...required },
];

const fingerprint = crypto.createHash('sha256').update(root.der).digest('hex');
const endOfTrust = (text) => withPolicy({ trustedUntil: { [fingerprint]: text } });
const anchor = [
  { name: 'an anchor whose trust ends later', why: 'it is trusted now', expect: passed, trust: alone, file: signed(signer), ...endOfTrust('2027-01-01T00:00:00Z') },
  { name: 'an anchor whose trust has ended', why: 'Table 6: nothing proves the signature older', expect: 'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND_NO_POE', trust: alone,
    checks: { 'cert.chain': 'fail' }, file: signed(signer), ...endOfTrust('2026-11-10T00:00:00Z') },
];

// the policy of a Spanish administration is named by most of its signatures
const agePolicy = '2.16.724.1.3.1.1.2.1.9';
const policyDocument = Buffer.from('Politica de laboratori');
const policyId = (hash, digest) => attribute('1.2.840.113549.1.9.16.2.15', seq(oid(agePolicy), seq(digestId(hash), octets(digest)),
  seq(seq(oid('1.2.840.113549.1.9.16.5.1'), ia5('https://policy.example/lab.pdf')))));
const named = (...values) => signed(signer, { attributes: (usual) => [...usual, ...values] });
const usualName = named(policyId('sha1', digestOf('sha1', policyDocument)));
const knows = (digests) => withPolicy({ signaturePolicies: digests === undefined ? {} : { [agePolicy]: digests } });
const base64 = (hash, content = policyDocument) => digestOf(hash, content).toString('base64');
const notAvailable = 'INDETERMINATE/SIGNATURE_POLICY_NOT_AVAILABLE';
const notProcessed = 'INDETERMINATE/POLICY_PROCESSING_ERROR';
const policies = [
  { name: 'a signature policy is named', why: '5.2.4: the verifier\'s own constraints stand in its place', expect: passed, checks: { 'cms.signature-policy': 'skip' }, file: usualName },
  { name: 'an implied signature policy', why: 'names none', expect: passed, file: named(attribute('1.2.840.113549.1.9.16.2.15', nothing())), ...knows() },
  { name: 'named and known', why: 'its document is the one that the verifier has', expect: passed, checks: { 'cms.signature-policy': 'pass' }, file: usualName,
    ...knows({ 'SHA-1': base64('sha1'), 'SHA-256': base64('sha256') }) },
  { name: 'named without a digest of its document', why: 'the identifier counts', expect: passed, file: named(policyId('sha256', '')), ...knows({ 'SHA-256': base64('sha256') }) },
  { name: 'named and not known', why: 'Table 6: its document is not at hand', expect: notAvailable, file: usualName, ...knows() },
  { name: 'named with the digest of another document', why: 'Table 6: digest mismatch', expect: notProcessed, file: usualName,
    ...knows({ 'SHA-1': base64('sha1', Buffer.from('another')) }) },
  { name: 'named with a digest that the verifier cannot compare', why: 'nobody knows whether it is the same document', expect: notProcessed, file: usualName,
    ...knows({ 'SHA-256': base64('sha256') }) },
  { name: 'named in a way that cannot be read', why: 'Table 6: not parseable', expect: notProcessed, file: named(attribute('1.2.840.113549.1.9.16.2.15', oid(agePolicy))),
    ...knows({ 'SHA-256': base64('sha256') }) },
  { name: 'named in a way that cannot be read, and not asked about', why: 'is told', expect: passed, checks: { 'cms.signature-policy': 'skip' },
    file: named(attribute('1.2.840.113549.1.9.16.2.15', oid(agePolicy))) },
];

export const cases = [...ended, ...demands, ...anchor, ...policies];
