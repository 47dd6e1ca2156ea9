// Certificate paths (RFC 5280 section 6): several issuers, cross certificates, loops, lengths, names, policies, usages.
import { ctx, ctxPrimitive, generalizedTime, octets, oid, seq, setOf, utf8 } from './lab/der.mjs';
import { key } from './lab/keys.mjs';
import { basicConstraints, certificate, extendedKeyUsage, extension, keyUsage, name, policies, profiles } from './lab/x509.mjs';
import { anchors, day, from, issuing, root, signed, signer, stamp, until } from './lab/world.mjs';

const passed = 'TOTAL-PASSED';
const constraints = 'INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE';
const noChain = 'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND';
const trust = anchors(root);
const authority = (commonName, issuer, { more = [], length, ...rest } = {}) =>
  certificate({ commonName, issuer, from, until: day('2036-01-01'), extensions: [...profiles.authority(length), ...more], ...rest });
const holder = (commonName, issuer, { more = [], extensions = [...profiles.signer(), ...more], ...rest } = {}) =>
  certificate({ commonName, issuer, from, until, extensions, ...rest });
const by = (leaf, ...above) => signed(leaf, { certificates: [leaf, ...above] });
const under = (above, leafOptions) => by(holder(`Seal under ${leafOptions?.tag ?? above.map((one) => one.serial).join()}`, above[0], leafOptions), ...above);

const foreignRoot = certificate({ commonName: 'Foreign Root', from, until: day('2046-01-01'), extensions: profiles.authority() });

// one key and name, two certificates: one leads nowhere, one to the root
const crossed = authority('Crossed', foreignRoot);
const crossedHome = authority('Crossed', root, { as: crossed });
const crossedLeaf = holder('Seal under Crossed', crossed);
const strangers = Array.from({ length: 20 }, (_, i) => authority('Crossed', certificate({ commonName: `Stranger Root ${i}`, from, until: day('2046-01-01'),
  extensions: profiles.authority() }), { as: crossed }));
const loopA = authority('Loop A', certificate({ commonName: 'Loop B', from, until: day('2046-01-01'), extensions: profiles.authority() }));
const loopB = authority('Loop B', loopA, { as: { pair: loopA.issuer.pair } });

// anchors that have the root's name and say nothing of their key
const namesake = (from_, until_, pair) => certificate({ commonName: 'Lab Root', from: from_, until: until_, extensions: profiles.authority(), keyIds: false, as: { pair: key('prime256v1', pair) } });
const twinRoot = namesake(from, day('2046-01-01'), 'twin root');
const endedRoot = namesake(day('2010-01-01'), day('2020-01-01'), 'ended root');

const one = authority('One', root, { length: 1 });
const belowOne = authority('Below One', one);

const dns = (text) => ctxPrimitive(2, Buffer.from(text));
const directory = (subject) => ctx(4, subject);
const nameConstraints = ({ permitted = [], excluded = [] }) => extension('2.5.29.30', seq(
  ...(permitted.length > 0 ? [ctx(0, ...permitted.map((one) => seq(one)))] : []),
  ...(excluded.length > 0 ? [ctx(1, ...excluded.map((one) => seq(one)))] : [])), true);
/** The first two parts of our names: country and organisation. */
const organisation = (text) => seq(setOf(seq(oid('2.5.4.6'), Buffer.from('\x13\x02ES'))), setOf(seq(oid('2.5.4.10'), utf8(text))));
const policyConstraints = (skip) => extension('2.5.29.36', seq(ctxPrimitive(0, Buffer.from([skip]))), true);

const rules = [
  { name: 'an issuer with the same name and key leads nowhere, another one home (first)', why: 'RFC 4158: all ways are tried', expect: passed, trust,
    file: by(crossedLeaf, crossed, crossedHome) },
  { name: 'an issuer with the same name and key leads nowhere, another one home (last)', why: 'RFC 4158', expect: passed, trust,
    file: by(crossedLeaf, crossedHome, crossed) },
  { name: 'twenty ways that lead nowhere and one home', why: 'the search is bounded, and wide enough', expect: passed, trust,
    file: by(crossedLeaf, ...strangers, crossedHome) },
  { name: 'all ways lead nowhere', why: 'no anchor', expect: noChain, trust, file: by(crossedLeaf, ...strangers) },
  { name: 'a loop of authorities', why: 'ends', expect: noChain, trust, file: by(holder('Seal in a loop', loopA), loopA, loopB) },
  { name: 'an anchor of the same name and of another key (first)', why: 'each is tried alone', expect: passed, trust: anchors(twinRoot, root), file: by(signer, issuing) },
  { name: 'an anchor of the same name and of another key (last)', why: 'each is tried alone', expect: passed, trust: anchors(root, twinRoot), file: by(signer, issuing) },
  { name: 'an ended anchor of the same name and of another key', why: 'each is tried alone', expect: passed, trust: anchors(endedRoot, root), file: by(signer, issuing) },
  { name: 'an anchor of the same name and of another key alone', why: 'it issued nothing of this', expect: 'INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE', trust: anchors(twinRoot),
    file: by(signer, issuing) },
  { name: 'the anchor is the issuing authority', why: 'whoever verifies says what to believe', expect: passed, trust: anchors(issuing), file: by(signer) },
  { name: 'the anchor is the signer', why: 'whoever verifies says what to believe', expect: passed, trust: anchors(signer), file: by(signer) },
  { name: 'an end entity as issuer', why: 'basicConstraints: no authority', expect: constraints, trust,
    file: by(holder('Seal by a seal', signer), signer, issuing) },
  { name: 'longer than pathLenConstraint allows', why: 'RFC 5280 4.2.1.9', expect: constraints, trust,
    file: under([authority('Below Zero', issuing), issuing], { tag: 'length' }) },
  { name: 'as long as pathLenConstraint allows', why: 'RFC 5280 4.2.1.9', expect: passed, trust, file: under([belowOne, one], { tag: 'one' }) },
  { name: 'an authority without keyCertSign', why: 'RFC 5280 4.2.1.3', expect: constraints, trust,
    file: under([certificate({ commonName: 'No Sign', issuer: root, from, until, extensions: [basicConstraints(true), keyUsage('digitalSignature')] })], { tag: 'nosign' }) },
  { name: 'a name outside the permitted ones', why: 'RFC 5280 4.2.1.10', expect: constraints, trust,
    file: under([authority('Named', root, { more: [nameConstraints({ permitted: [directory(name('Only This', 'Nobody'))] })] })], { tag: 'named' }) },
  { name: 'a name among the excluded ones', why: 'RFC 5280 4.2.1.10', expect: constraints, trust,
    file: under([authority('Excluding', root, { more: [nameConstraints({ excluded: [directory(organisation('Segell Lab'))] })] })], { tag: 'excluded' }) },
  { name: 'name constraints of another kind', why: 'no name of that kind stands in the certificate', expect: passed, trust,
    file: under([authority('Hosts', root, { more: [nameConstraints({ permitted: [dns('example.test')] })] })], { tag: 'hosts' }) },
  { name: 'an explicit policy is required and there is none', why: 'RFC 5280 6.1.5 (g)', expect: constraints, trust,
    file: under([authority('Strict', root, { more: [policyConstraints(0)] })], { tag: 'strict' }) },
  { name: 'an explicit policy is required and stands', why: 'RFC 5280 6.1', expect: passed, trust,
    file: under([authority('Strict And Named', root, { more: [policyConstraints(0), policies('1.3.6.1.4.1.99999.5')] })],
      { tag: 'strict2', more: [policies('1.3.6.1.4.1.99999.5')] }) },
  { name: 'an explicit policy is required and another one stands', why: 'RFC 5280 6.1', expect: constraints, trust,
    file: under([authority('Strict And Other', root, { more: [policyConstraints(0), policies('1.3.6.1.4.1.99999.5')] })],
      { tag: 'strict3', more: [policies('1.3.6.1.4.1.99999.6')] }) },
  { name: 'an unknown critical extension of the signer', why: 'RFC 5280 4.2', expect: constraints, trust,
    file: by(holder('Seal Of Tomorrow', issuing, { more: [extension('1.3.6.1.4.1.99999.7', octets('x'), true)] }), issuing) },
  { name: 'an unknown extension that is not critical', why: 'RFC 5280 4.2', expect: passed, trust,
    file: by(holder('Seal With More', issuing, { more: [extension('1.3.6.1.4.1.99999.7', octets('x'))] }), issuing) },
  { name: 'an unknown critical extension of an authority', why: 'RFC 5280 4.2', expect: constraints, trust,
    file: under([authority('Authority Of Tomorrow', root, { more: [extension('1.3.6.1.4.1.99999.7', octets('x'), true)] })], { tag: 'tomorrow' }) },
  { name: 'key usage without signing', why: 'keyEncipherment alone', expect: constraints, trust,
    file: by(holder('Cipher Only', issuing, { extensions: [basicConstraints(false), keyUsage('keyEncipherment')] }), issuing) },
  { name: 'no key usage at all', why: 'RFC 5280 4.2.1.3: no restriction', expect: passed, trust,
    file: by(holder('No Usage', issuing, { extensions: [basicConstraints(false)] }), issuing) },
  { name: 'a server\'s certificate', why: 'its extended key usage is for something else', expect: constraints, trust,
    file: by(holder('Server', issuing, { more: [extendedKeyUsage(['serverAuth'])] }), issuing) },
  { name: 'a timestamp authority\'s certificate', why: 'critical, and for timestamps alone', expect: constraints, trust,
    file: by(holder('TSA As Seal', issuing, { extensions: profiles.tsa() }), issuing) },
  { name: 'a certificate for mail', why: 'what many people sign documents with', expect: passed, trust,
    file: by(holder('Mail', issuing, { more: [extendedKeyUsage(['emailProtection'])] }), issuing) },
  { name: 'an authority that is for servers alone', why: 'its extended key usage binds what is below', expect: constraints, trust,
    file: under([authority('Server Authority', root, { more: [extendedKeyUsage(['serverAuth'])] })], { tag: 'servers' }) },
  { name: 'a path with a certificate signed by somebody else', why: 'RFC 5280 6.1.3 (a)(1)', expect: 'INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE', trust,
    file: by({ ...crossedLeaf, ...holder('Spoilt', { pair: foreignRoot.pair, subject: issuing.subject }, { keyIds: false }) }, issuing) },
  { name: 'a timestamp under an authority that is for mail alone', why: 'gives no time', expect: passed, trust, level: 'B-B',
    file: signed(signer, { unsigned: stamp(day('2026-11-05'), (() => {
      const mail = authority('Mail Authority', root, { more: [extendedKeyUsage(['emailProtection'])] });
      const made = certificate({ commonName: 'TSA under mail', issuer: mail, from, until, extensions: profiles.tsa() });
      return { by: made, certificates: [made, mail] };
    })()) }) },
];
// what authorities have issued against the letter of RFC 5280, and every reader takes
const odd = (words, options) => ({ name: `a certificate with ${words}`, why: 'nobody is deceived by it', expect: passed, trust,
  file: by(holder(`Seal with ${words}`, root, options)) });
const oddities = [
  odd('a serial number of 24 octets', { serial: Buffer.alloc(24, 0x5a) }),
  odd('a serial number of 20 octets behind a zero', { serial: Buffer.alloc(20, 0xfe) }),
  odd('a negative serial number', { serial: { raw: Buffer.from('f00d', 'hex') } }),
  odd('the serial number zero', { serial: 0 }),
  odd('times of four-digit years before 2050', { timeForm: generalizedTime }),
];

export const cases = [...rules, ...oddities];
