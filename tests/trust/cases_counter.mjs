// Counter-signatures (RFC 5652 11.4): over a signature's value, judged each for itself, and never for the signature below.
import { attribute, counterSignature, ids, signatureTimestamp, signedData } from './lab/cms.mjs';
import { oid } from './lab/der.mjs';
import { certificate, crl, profiles } from './lab/x509.mjs';
import { anchors, day, freshLists, from, issuing, lists, root, signed, signer, tsa, until } from './lab/world.mjs';

const passed = 'TOTAL-PASSED';
const content = Buffer.from('Informe de laboratori');
const notary = certificate({ commonName: 'Secretaria de Laboratori', issuer: issuing, from, until, extensions: profiles.signer() });
const stranger = certificate({ commonName: 'Nobody', from, until, extensions: profiles.signer() });
const ended = certificate({ commonName: 'Ended', issuer: issuing, from, until: day('2026-11-10'), extensions: profiles.signer() });
const server = certificate({ commonName: 'Server', issuer: issuing, from, until, extensions: profiles.tsa() });
const all = [signer, notary, ended, server, issuing];

const made = (counters, more = {}) => signedData(signer, content, { detached: false, certificates: all, unsigned: (value) => counters(value), ...more });
const by = (who, options) => (value) => [counterSignature(who, value, options)];
/** What the verdict says of the first signature's counter-signatures. */
const counters = (...wanted) => ({ verdict: (verdict, { equal, ok }) => {
  const found = verdict.signatures[0].counterSignatures ?? [];
  equal(found.length, wanted.length, JSON.stringify(found));
  wanted.forEach(([name, indication, integrity], i) => {
    equal(found[i].signer.commonName, name);
    equal(found[i].subIndication ? `${found[i].indication}/${found[i].subIndication}` : found[i].indication, indication, JSON.stringify(found[i]));
    equal(found[i].integrity, integrity);
    ok(found[i].checks.length > 0);
  });
} });
const secretary = 'Secretaria de Laboratori';
const warn = { checks: { 'cms.counter-signature': 'warn' } }, pass = { checks: { 'cms.counter-signature': 'pass' } };
const failed = 'TOTAL-FAILED/FORMAT_FAILURE';

const judged = [
  { name: 'counter-signed', why: 'over the signature value', expect: passed, ...pass, ...counters([secretary, passed, 'intact']), file: made(by(notary)) },
  { name: 'counter-signed in a PDF', why: 'the same message', expect: passed, ...pass, ...counters([secretary, passed, 'intact']),
    file: signed(signer, { certificates: all, unsigned: by(notary) }) },
  { name: 'counter-signed with SHA-512', why: 'a digest of its own', expect: passed, ...counters([secretary, passed, 'intact']), file: made(by(notary, { digest: 'sha512' })) },
  { name: 'counter-signed with a time', why: 'its timestamp is over its own value', expect: passed,
    ...counters([secretary, passed, 'intact']), file: made(by(notary, { unsigned: signatureTimestamp(tsa, { time: day('2026-11-05'), certificates: [tsa, issuing] }) })) },
  { name: 'counter-signed by two', why: 'each for itself', expect: passed, ...warn, ...counters([secretary, passed, 'intact'], [null, 'INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND', 'unverifiable']),
    file: made((value) => [counterSignature(notary, value), counterSignature(stranger, value)]) },
  { name: 'counter-signature over another value', why: 'its digest is another', expect: passed, ...warn, ...counters([secretary, 'TOTAL-FAILED/HASH_FAILURE', 'broken']),
    file: made(() => [counterSignature(notary, Buffer.alloc(64, 7))]) },
  { name: 'counter-signature over the content', why: 'that is a second signer, and none in turn', expect: passed, ...warn,
    ...counters([secretary, 'TOTAL-FAILED/HASH_FAILURE', 'broken']), file: made(() => [counterSignature(notary, content)]) },
  { name: 'counter-signature broken', why: 'the value does not fit', expect: passed, ...warn, ...counters([secretary, 'TOTAL-FAILED/SIG_CRYPTO_FAILURE', 'broken']),
    file: made(by(notary, { spoil: true })) },
  { name: 'counter-signature with a content type', why: 'RFC 5652 11.4: it must not have one', expect: passed, ...warn, ...counters([secretary, failed, 'intact']),
    file: made(by(notary, { attributes: (usual) => [attribute(ids.contentType, oid(ids.data)), ...usual] })) },
  { name: 'counter-signed by somebody without an anchor', why: 'no path', expect: passed, ...warn, ...counters(['Nobody', 'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND', 'intact']),
    file: made(by(stranger), { certificates: [...all, stranger] }) },
  { name: 'counter-signed by a certificate that has ended', why: 'nothing proves it older', expect: passed, ...warn,
    ...counters(['Ended', 'INDETERMINATE/OUT_OF_BOUNDS_NOT_REVOKED', 'intact']), file: made(by(ended)) },
  { name: 'counter-signed before the end', why: 'its own timestamp proves it', expect: passed, ...pass, ...counters(['Ended', passed, 'intact']),
    file: made(by(ended, { unsigned: signatureTimestamp(tsa, { time: day('2026-11-05'), certificates: [tsa, issuing] }) })) },
  { name: 'counter-signed, and revoked', why: 'a list of its authority', expect: passed, ...warn, ...counters([secretary, 'INDETERMINATE/REVOKED_NO_POE', 'intact']), file: made(by(notary)),
    trust: anchors(root) + lists(...freshLists({ issuing: [{ of: notary, date: day('2026-10-01'), reason: 1 }] })) },
  { name: 'counter-signed by a timestamp authority', why: 'its certificate is for times alone', expect: passed, ...warn,
    ...counters(['Server', 'INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE', 'intact']), file: made(by(server)) },
  { name: 'counter-signature that cannot be read', why: 'told', expect: passed, ...warn, file: made(() => [attribute(ids.counterSignature, Buffer.from('3003020101', 'hex'))]) },
  { name: 'the signature itself broken, and counter-signed', why: 'nobody\'s word mends it', expect: 'TOTAL-FAILED/HASH_FAILURE', ...counters([secretary, passed, 'intact']),
    file: made(by(notary), { messageDigest: Buffer.alloc(32) }) },
];

/** A counter-signature of a counter-signature, `depth` times. */
const nested = (depth) => (value) => [counterSignature(notary, value, depth > 1 ? { unsigned: nested(depth - 1) } : {})];
const depthOf = (one) => (one?.counterSignatures ? 1 + depthOf(one.counterSignatures[0]) : 0);
const depth = (wanted) => ({ verdict: (verdict, { equal }) => equal(depthOf(verdict.signatures[0]), wanted) });
const bounded = [
  { name: 'counter-signed in turn', why: 'two, one over the other', expect: passed, ...pass, ...depth(2), file: made(nested(2)) },
  { name: 'counter-signed in turn too often', why: 'four are read', expect: passed, file: made(nested(6)),
    verdict: (verdict, { equal, ok }) => {
      equal(depthOf(verdict.signatures[0]), 4);
      ok(verdict.notChecked.some(({ id }) => id === 'counter-signature'));
    } },
  { name: 'more counter-signatures than are judged', why: 'sixty-four are, the others are told', expect: passed, ...warn,
    file: made((value) => [1, 2].map(() => attribute(ids.counterSignature, ...Array.from({ length: 60 }, () => counterSignature.value(notary, value))))),
    verdict: (verdict, { equal, ok }) => {
      equal(verdict.signatures[0].counterSignatures.length, 64);
      ok(verdict.notChecked.some(({ id }) => id === 'counter-signature'));
    } },
  { name: 'counter-signed in turn, the outer one broken', why: 'the inner one holds', expect: passed, ...pass, ...depth(2),
    file: made(by(notary, { unsigned: () => [counterSignature(notary, content)] })) },
  { name: 'the revocation data of the message', why: 'count for whoever signed in turn', expect: passed, ...counters([secretary, 'INDETERMINATE/REVOKED_NO_POE', 'intact']),
    trust: anchors(root), file: made(by(notary), { revocation: [crl({ issuer: issuing, thisUpdate: day('2026-11-01'), nextUpdate: day('2026-12-31'),
      revoked: [{ of: notary, date: day('2026-10-01'), reason: 1 }] })] }) },
  { name: 'sixty counter-signatures', why: 'each is judged, and quickly', expect: passed, ...pass, file: made((value) => [attribute(ids.counterSignature,
    ...Array.from({ length: 60 }, () => counterSignature.value(notary, value)))]) },
];

// --- where the verifier demands that all of them are good

const allGood = { extra: { '--policy': JSON.stringify({ schema: 'segell.policy/1', counterSignatures: 'all-good' }) } };
const open = 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE', fail = { checks: { 'cms.counter-signature': 'fail' } };
const demanded = [
  { name: 'all good, as demanded', why: 'two, one over the other', expect: passed, ...pass, file: made(nested(2)) },
  { name: 'none, where all must be good', why: 'none is bad', expect: passed, file: made(() => []) },
  { name: 'over another value, where all must be good', why: 'it does not pass', expect: open, ...fail, ...counters([secretary, 'TOTAL-FAILED/HASH_FAILURE', 'broken']),
    file: made(() => [counterSignature(notary, Buffer.alloc(64, 7))]) },
  { name: 'one of two without a path, where all must be good', why: 'one is enough', expect: open, file: made((value) => [counterSignature(notary, value), counterSignature(stranger, value)]) },
  { name: 'the outer one broken, where all must be good', why: 'the inner one does not pass with it', expect: open, ...fail, ...counters([secretary, open, 'intact']),
    file: made(by(notary, { unsigned: () => [counterSignature(notary, content)] })) },
  { name: 'one that cannot be read, where all must be good', why: 'nobody knows it', expect: open, ...fail,
    file: made(() => [attribute(ids.counterSignature, Buffer.from('3003020101', 'hex'))]) },
  { name: 'broken itself, where all counter-signatures must be good', why: 'nobody\'s word mends it', expect: 'TOTAL-FAILED/HASH_FAILURE',
    file: made(by(notary), { messageDigest: Buffer.alloc(32) }) },
].map((one) => ({ ...one, ...allGood }));

export const cases = [...judged, ...bounded, ...demanded];
