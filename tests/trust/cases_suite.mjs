// Which algorithms are relied on until when: the built-in suite, and one that whoever verifies brings along.
import * as pdf from './lab/pdf.mjs';
import { certificate, profiles } from './lab/x509.mjs';
import { anchors, day, freshLists, lists, root, signed, signer, stampOver } from './lab/world.mjs';

const from = day('2008-01-01');
const until = day('2034-01-01');
// the world's authorities, in a longer life
const oldRoot = certificate({ commonName: 'Old Root', from, until: day('2046-01-01'), extensions: profiles.authority() });
const oldTsa = certificate({ commonName: 'Old TSA', issuer: oldRoot, from, until, extensions: profiles.tsa() });
const holder = (type, more = {}) => certificate({ commonName: `Old seal ${type}`, type, issuer: oldRoot, from, until, extensions: profiles.signer(), ...more });
const trust = anchors(oldRoot);
const made = (by, options = {}) => signed(by, { certificates: [by], ...options });
const stampedAt = (time, file) => pdf.documentTimestamp(file, (content) => stampOver(content, time, { by: oldTsa, certificates: [oldTsa] }));

const passed = 'TOTAL-PASSED';
const noProof = 'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE';
const never = 'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE';
const rsa3072 = holder('rsa:3072');

const builtIn = [
  { name: 'SHA-1', why: 'ended in 2012', expect: noProof, trust, file: made(holder('rsa:2048'), { digest: 'sha1' }) },
  { name: 'SHA-1 with a timestamp of 2011', why: 'a proof from before its end', expect: passed, trust,
    file: stampedAt(day('2011-05-01'), made(holder('rsa:2048'), { digest: 'sha1' })) },
  { name: 'SHA-1 with a timestamp of 2013', why: 'a proof from after its end', expect: noProof, trust,
    file: stampedAt(day('2013-05-01'), made(holder('rsa:2048'), { digest: 'sha1' })) },
  { name: 'MD5', why: 'ended in 2004', expect: noProof, trust, file: made(holder('rsa:2048'), { digest: 'md5' }) },
  { name: 'RSA of 512 bits', why: 'no edition of the suite lists it', expect: never, trust, file: made(holder('rsa:512')) },
  { name: 'RSA of 1024 bits', why: 'ended in 2019', expect: noProof, trust, file: made(holder('rsa:1024')) },
  { name: 'RSA of 1024 bits with a timestamp of 2015', why: 'a proof from before its end', expect: passed, trust,
    file: stampedAt(day('2015-05-01'), made(holder('rsa:1024'))) },
  { name: 'RSA of 2048 bits today', why: 'until the end of 2028', expect: passed, trust, file: made(holder('rsa:2048')) },
  { name: 'RSA of 2048 bits in 2029', why: 'until the end of 2028', expect: noProof, trust, at: day('2029-02-01'), file: made(holder('rsa:2048')) },
  { name: 'PKCS#1 v1.5 of 3072 bits in 2029', why: 'v1.5.1 ends the padding, whatever the key', expect: noProof, trust, at: day('2029-02-01'), file: made(rsa3072) },
  { name: 'RSA-PSS of 3072 bits in 2029', why: 'recommended', expect: passed, trust, at: day('2029-02-01'), file: made(rsa3072, { padding: 'pss' }) },
  { name: 'secp256k1', why: 'the suite knows curves, and not this one', expect: never, trust, file: made(holder('secp256k1')) },
  { name: 'P-224', why: 'ended in 2013', expect: noProof, trust, file: made(holder('secp224r1'), { digest: 'sha256' }) },
  { name: 'a certificate signed with SHA-1', why: 'the path rests on it', expect: noProof, trust, file: made(holder('prime256v1', { digest: 'sha1', commonName: 'Old seal of a weak path' })) },
  { name: 'SHA-224', why: 'until the end of 2028', expect: passed, trust, file: made(holder('rsa:2048'), { digest: 'sha224' }) },
];

const row = (Name, ObjectIdentifier, ...Evaluation) => ({ AlgorithmIdentifier: { Name, ObjectIdentifier }, Evaluation });
const suite = (...Algorithm) => JSON.stringify({ SecuritySuitabilityPolicy: { PolicyName: { Name: 'Lab' }, PolicyIssueDate: '2026-01-01', Algorithm } });
const always = { Validity: {} };
const curve = row('secp256r1', 'urn:oid:1.2.840.10045.3.1.7', always);
const ecdsa = row('ECDSA with SHA-256', '1.2.840.10045.4.3.2', always);
const usual = anchors(root) + lists(...freshLists());
const strong = certificate({ commonName: 'TSA with SHA-512', issuer: root, from, until, digest: 'sha512', extensions: profiles.tsa() });
const own = (text, expect, more = {}) => ({ expect, trust: usual, file: signed(signer), extra: { '--suite': text }, ...more });

const brought = [
  { name: 'own suite: SHA-256 ended', why: 'a sunset', ...own(suite(row('SHA-256', '2.16.840.1.101.3.4.2.1', { Validity: { End: '2026-10-01' } }), ecdsa, curve), noProof) },
  { name: 'own suite: SHA-256 ended after the timestamp', why: 'a proof from before the sunset', ...own(
    suite(row('SHA-256', '2.16.840.1.101.3.4.2.1', { Validity: { End: '2026-11-10' } }), ecdsa, curve,
      row('SHA-512', '2.16.840.1.101.3.4.2.3', always), row('ECDSA with SHA-512', '1.2.840.10045.4.3.4', always)), passed,
    { signature: 0, file: pdf.documentTimestamp(signed(signer), (content) => stampOver(content, day('2026-11-01'), { by: strong, hash: 'sha512', digest: 'sha512' })) }) },
  { name: 'own suite: everything relied on', why: 'rows for digest, method and curve', ...own(suite(row('SHA-256', '2.16.840.1.101.3.4.2.1', always), ecdsa, curve), passed) },
  { name: 'own suite: no row for the digest', why: 'what has no row is never relied on', ...own(suite(ecdsa, curve), never) },
  { name: 'own suite: no row for the curve', why: 'it knows curves, and not this one', ...own(
    suite(row('SHA-256', '2.16.840.1.101.3.4.2.1', always), ecdsa, row('secp256r1', '1.2.840.10045.3.1.7', { Validity: { End: '2020-01-01' } })), noProof) },
  { name: 'own suite: single objects, other spellings, a time zone', why: 'as the published file of ETSI is written', ...own(JSON.stringify({
    SecuritySuitabilityPolicyType: { Algorithm: [
      { AlgorithmIdentifier: { Name: 'SHA256', Objectidentifier: '2.16.840.1.101.3.4.2.1' }, Evaluation: { Validity: {}, Recommendation: 'R' } },
      { AlgorithmIdentifier: { Name: 'ECDSA with SHA-256', Objectidentifier: '1.2.840.10045.4.3.2' },
        Evaluation: { Validity: { End: '2028-12-31T23:59:59.999+01:00' }, Parameter: { Min: '256', name: 'plength' } } }] } }), passed) },
  { name: 'own suite: keys too short for it', why: 'a bound of the method', ...own(
    suite(row('SHA-256', '2.16.840.1.101.3.4.2.1', always), row('ECDSA with SHA-256', '1.2.840.10045.4.3.2',
      { Validity: {}, Parameter: [{ name: 'plength', Min: 300 }] })), never) },
];


export const cases = [...builtIn, ...brought];
