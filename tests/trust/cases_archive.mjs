// Archive timestamps in CAdES (archive-time-stamp-v3 and ats-hash-index-v3, EN 319 122-1 5.5): what they prove, and for how long.
import { Maker } from '../containers/make.mjs';
import { zip } from '../containers/zip.mjs';
import { archiveTimestamp, ocspChoice, signatureTimestamp, signedData, timestampToken } from './lab/cms.mjs';
import { digestOf } from './lab/keys.mjs';
import { certificate, crl, ocsp, profiles } from './lab/x509.mjs';
import { anchors, day, from, root } from './lab/world.mjs';

const passed = 'TOTAL-PASSED';
const outside = 'INDETERMINATE/OUT_OF_BOUNDS_NO_POE';
const constraint = 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE';
const trust = anchors(root);
const content = Buffer.from('Informe de laboratori');

const below = (commonName, until, extensions, begin = from) => certificate({ commonName, issuer: root, from: begin, until, extensions });
const seal = below('Short Seal', day('2027-01-01'), profiles.signer());
const tsa2028 = below('TSA 2028', day('2028-01-01'), profiles.tsa());
const tsa2034 = below('TSA 2034', day('2034-01-01'), profiles.tsa(), day('2026-06-01'));
const tsa2045 = below('TSA 2045', day('2045-01-01'), profiles.tsa(), day('2026-06-01'));
const monthly = below('Monthly OCSP', day('2026-12-01'), profiles.ocsp());
const list = crl({ issuer: root, thisUpdate: day('2026-11-04'), nextUpdate: day('2026-12-31') });
const answer = ocsp({ of: seal, issuer: root, responder: monthly, embed: [monthly], thisUpdate: day('2026-11-05'), nextUpdate: day('2026-11-12') });

const stamped = { unsigned: signatureTimestamp(tsa2028, { time: day('2026-11-05'), certificates: [tsa2028] }) };
const over = (by, time, more = {}) => archiveTimestamp(by, { time: day(time), ...more });
const made = ({ archive = [over(tsa2034, '2026-11-06')], revocation = [list], ...more } = {}) =>
  signedData(seal, content, { detached: false, certificates: [seal], revocation, archive, ...stamped, ...more });
const late = { at: day('2031-06-01'), trust };
const fails = (status) => ({ checks: { 'time.archive-timestamp': status } });

const proofs = [
  { name: 'CAdES B-LT', why: 'revocation data of the signer and of the timestamp', expect: passed, trust, level: 'B-LT', file: made({ archive: [] }) },
  { name: 'CAdES B-LTA', why: 'an archive timestamp over all of it', expect: passed, trust, level: 'B-LTA', ...fails('pass'), file: made() },
  { name: 'CAdES B-LTA, over SHA-512', why: 'any digest in use', expect: passed, trust, level: 'B-LTA', file: made({ archive: [over(tsa2034, '2026-11-06', { hash: 'sha512' })] }) },
  { name: 'CAdES B-LTA with an OCSP response', why: 'RFC 5940', expect: passed, trust, level: 'B-LTA', file: made({ revocation: [list, ocspChoice(answer)] }) },
  { name: 'CAdES B-LTA when all below has ended', why: '5.6.3: the archive timestamp proves it', expect: passed, ...late, level: 'B-LTA', file: made() },
  { name: 'the same, answers demanded', why: 'they are proven with it', expect: passed, ...late, level: 'B-LTA', file: made(),
    extra: { '--policy': JSON.stringify({ schema: 'segell.policy/1', revocation: 'required' }) } },
  { name: 'CAdES B-LT when the timestamp has ended', why: 'nothing proves it', expect: outside, ...late, file: made({ archive: [] }) },
  { name: 'renewed before the archive timestamp\'s end', why: 'the second proves the first', expect: passed, trust, at: day('2040-01-01'),
    file: made({ archive: [over(tsa2034, '2026-11-06'), over(tsa2045, '2033-06-01')] }) },
  { name: 'not renewed', why: 'the archive timestamp has ended too', expect: outside, trust, at: day('2040-01-01'), file: made() },
  { name: 'renewed, over everything but the first archive timestamp', why: 'the first stands alone, and the second came too late for the certificate', expect: outside, trust,
    at: day('2040-01-01'), file: made({ archive: [over(tsa2034, '2026-11-06'), over(tsa2045, '2033-06-01', { index: (parts) => ({ ...parts, values: parts.values.slice(0, 1) }) })] }) },
  { name: 'not over the revocation data', why: 'it proves the signature and not its evidence', expect: passed, trust, level: 'B-LT',
    file: made({ archive: [over(tsa2034, '2026-11-06', { index: (parts) => ({ ...parts, revocation: [] }) })] }) },
];

const faults = [
  { name: 'over other octets', why: '5.5.3: the imprint', expect: constraint, trust, ...fails('fail'),
    file: made({ archive: [over(tsa2034, '2026-11-06', { octets: ([first, ...rest]) => [first, Buffer.alloc(32), ...rest.slice(1)] })] }) },
  { name: 'an index of something that is not there', why: '5.5.2: then the index is invalid', expect: constraint, trust, ...fails('fail'),
    file: made({ archive: [over(tsa2034, '2026-11-06', { index: (parts) => ({ ...parts, certificates: [...parts.certificates, tsa2045.der] }) })] }) },
  { name: 'without an index', why: '5.5.3: nobody knows what it is over', expect: constraint, trust, ...fails('fail'),
    file: made({ archive: [over(tsa2034, '2026-11-06', { bare: true })] }) },
  { name: 'from before the authority was', why: 'a time that cannot be', expect: constraint, trust, ...fails('fail'), file: made({ archive: [over(tsa2034, '2001-11-06')] }) },
  { name: 'of an authority that is not trusted', why: 'gives no time, and spoils nothing', expect: passed, trust, level: 'B-LT', ...fails('warn'),
    file: made({ archive: [over(certificate({ commonName: 'Nobody TSA', from, until: day('2045-01-01'), extensions: profiles.tsa() }), '2026-11-06')] }) },
];

// the same in a container: a timestamp file over the signature file proves what is inside of it
const manifestOf = (signature, files) => Maker.prototype.manifest(signature, files);
function container(stamps) {
  const files = [['mimetype', 'application/vnd.etsi.asic-e+zip'], ['informe.txt', content]];
  const manifest = manifestOf('META-INF/signature001.p7s', { 'informe.txt': content });
  const signature = signedData(seal, Buffer.from(manifest), { certificates: [seal], revocation: [list], ...stamped });
  const covered = { 'informe.txt': content, 'META-INF/ASiCManifest001.xml': manifest, 'META-INF/signature001.p7s': signature };
  files.push(['META-INF/ASiCManifest001.xml', manifest], ['META-INF/signature001.p7s', signature]);
  stamps.forEach(([by, time], i) => {
    const archive = manifestOf(`META-INF/timestamp00${i + 1}.tst`, covered);
    const token = timestampToken(by, digestOf('sha256', Buffer.from(archive)), { time: day(time), certificates: [by] });
    files.push([`META-INF/ASiCArchiveManifest00${i + 1}.xml`, archive], [`META-INF/timestamp00${i + 1}.tst`, token]);
    covered[`META-INF/ASiCArchiveManifest00${i + 1}.xml`] = archive;
    covered[`META-INF/timestamp00${i + 1}.tst`] = token;
  });
  return zip(files.map(([name, octets_]) => ({ name, content: octets_ })));
}
const containers = [
  { name: 'a container archived after the signer\'s end', why: 'its timestamp proves the one inside the signature, and that one the signature', expect: passed, ...late,
    file: container([[tsa2034, '2027-06-01']]) },
  { name: 'a container archived twice', why: 'the second proves the first', expect: passed, trust, at: day('2040-01-01'),
    file: container([[tsa2034, '2027-06-01'], [tsa2045, '2033-06-01']]) },
  { name: 'a container archived too late', why: 'the timestamp inside the signature had ended', expect: outside, ...late, file: container([[tsa2034, '2028-06-01']]) },
];

export const cases = [...proofs, ...faults, ...containers];
