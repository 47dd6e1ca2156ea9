// Timestamps over signature values, document timestamps, and their order.
import { digest, signatureTimestamp, timestampToken } from '../cms.mjs';
import { plainPaper } from '../paper.mjs';

export default ({ identity, sign, FAILED, NOT_PASSED, PASSED, CONSTRAINTS }) => {
  const own = identity('seal-p256');
  const issuing = identity('issuing');
  const tsa = identity('tsa');
  const minutes = (count) => new Date(Date.now() + count * 60_000);
  const chain = { certificates: [tsa, issuing] };
  const stamped = (authority, options = {}) => () => sign(plainPaper(), { cms: { certificates: [own, issuing], unsigned: signatureTimestamp(authority, { ...chain, time: minutes(-1), ...options }) } });
  const document = (options = {}, more = {}) => () => sign(sign(plainPaper()), { timestamp: true, field: 'Timestamp', identity: tsa, cms: { ...chain, time: minutes(-1), ...options }, ...more });
  const all = [
    ['timestamp over the signature value', stamped(tsa), PASSED, 'B-T', { level: 'B-T', basis: 'tsa' }],
    ['timestamp of another value', stamped(tsa, { imprint: digest('sha256', Buffer.from('another')) }), NOT_PASSED, 'it covers something else'],
    ['timestamp with an imprint of zeros', stamped(tsa, { imprint: Buffer.alloc(32) }), NOT_PASSED, 'it covers something else'],
    ['timestamp whose imprint is too short', stamped(tsa, { imprint: Buffer.alloc(20) }), NOT_PASSED, 'SHA-256 has 32 octets'],
    ['timestamp by a seal', stamped(own, { certificates: [own, issuing] }), 'TOTAL-PASSED|INDETERMINATE', 'its certificate is not for timestamps (RFC 3161, 2.3): no proven time, and whoever adds it must not spoil the seal', { basis: 'claimed|none' }],
    ['timestamp with a wrong value', stamped(tsa, { wrongValue: true }), NOT_PASSED, 'its signature does not hold'],
    ['timestamp without message-digest', stamped(tsa, { attributes: ({ messageDigest, ...rest }) => rest }), NOT_PASSED, 'its signature does not hold'],
    ['timestamp without signing-certificate', stamped(tsa, { attributes: ({ signingCertificate, ...rest }) => rest }), NOT_PASSED, 'required (RFC 3161, 2.4.2)'],
    ['timestamp of an unknown authority', stamped(identity('tsa-untrusted'), { certificates: [identity('tsa-untrusted'), identity('unknown-root')] }), 'TOTAL-PASSED|INDETERMINATE', 'no proven time, and the seal stands by itself', { basis: 'claimed|none' }],
    ['timestamp older than the certificate', stamped(tsa, { time: new Date('2001-01-01T00:00:00Z') }), NOT_PASSED, 'neither authority nor seal existed'],
    ['timestamp from the future', stamped(tsa, { time: minutes(60 * 24 * 400) }), NOT_PASSED, 'a time that has not come'],
    ['timestamp that is an empty sequence', () => sign(plainPaper(), { cms: { certificates: [own, issuing], unsigned: () => [Buffer.from('301a060b2a864886f70d010910020e310b3009060100a00430023000', 'hex')] } }), NOT_PASSED, 'no token'],
    ['two timestamps, the second of another value', () => sign(plainPaper(), { cms: { certificates: [own, issuing], unsigned: (value) => [...signatureTimestamp(tsa, { ...chain, time: minutes(-2) })(value), ...signatureTimestamp(tsa, { ...chain, time: minutes(-1), imprint: Buffer.alloc(32) })(value)] } }), NOT_PASSED, 'one of them is forged'],
    ['legal twin: two timestamps', () => sign(plainPaper(), { cms: { certificates: [own, issuing], unsigned: (value) => [...signatureTimestamp(tsa, { ...chain, time: minutes(-2) })(value), ...signatureTimestamp(tsa, { ...chain, time: minutes(-1) })(value)] } }), PASSED, 'both hold'],
    ['document timestamp', document(), PASSED, 'over a seal', { count: 2 }],
    ['document timestamp alone', () => sign(plainPaper(), { timestamp: true, identity: tsa, cms: { ...chain, time: minutes(-1) } }), PASSED, 'a signature of its own', { count: 1, type: 'document-timestamp' }],
    ['document timestamp of another type name', document({}, { dictionary: ({ ranges, contents, form }) => `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${form} /ByteRange ${ranges} /Contents ${contents} >>` }), PASSED, 'recognised by its /SubFilter', { count: 2 }],
    ['document timestamp of other octets', document({ imprint: digest('sha256', Buffer.from('another')) }), FAILED, 'a broken document timestamp counts', { count: 2 }],
    ['document timestamp by a seal', () => sign(sign(plainPaper()), { timestamp: true, field: 'Timestamp', identity: own, cms: { certificates: [own, issuing], time: minutes(-1) } }), NOT_PASSED, 'its certificate is not for timestamps', { count: 2 }],
    ['document timestamp with a wrong value', document({ wrongValue: true }), FAILED, 'a broken document timestamp counts', { count: 2 }],
    ['document timestamp that is a signature', () => sign(sign(plainPaper()), { field: 'Timestamp', subFilter: 'ETSI.RFC3161' }), FAILED, 'no token inside', { count: 2 }],
    ['signature that is a timestamp token', () => sign(plainPaper(), { cms: (content) => timestampToken(content, tsa, { ...chain, time: minutes(-1) }) }), FAILED, 'a token inside a detached signature'],
    ['document timestamp older than the timestamp inside', () => sign(stamped(tsa, { time: minutes(-1) })(), { timestamp: true, field: 'Timestamp', identity: tsa, cms: { ...chain, time: minutes(-60) } }), NOT_PASSED, 'what it covers is younger than itself', { count: 2 }],
    ['legal twin: document timestamp after the timestamp inside', () => sign(stamped(tsa, { time: minutes(-60) })(), { timestamp: true, field: 'Timestamp', identity: tsa, cms: { ...chain, time: minutes(-1) } }), PASSED, 'in order', { count: 2 }],
    ['document timestamps in the wrong order', () => sign(document({ time: minutes(-1) })(), { timestamp: true, field: 'Second', identity: tsa, cms: { ...chain, time: minutes(-60) } }), NOT_PASSED, 'the later one says that it is older', { count: 3 }],
    ['legal twin: document timestamps in order', () => sign(document({ time: minutes(-60) })(), { timestamp: true, field: 'Second', identity: tsa, cms: { ...chain, time: minutes(-1) } }), PASSED, 'in order', { count: 3 }],
    ['content replaced behind a document timestamp', () => document()().save({ 5: '<< /Length 0 >>\nstream\n\nendstream' }), CONSTRAINTS, 'both cover what was there before', { count: 2 }],
  ];
  return all.map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
