// Delta CRLs (RFC 5280 5.2.4, 6.3.3): a list and what changed since, from the message, /DSS and beside the anchors.
import { ocspChoice } from './lab/cms.mjs';
import * as pdf from './lab/pdf.mjs';
import { authorityKeyId, certificate, crl, deltaOf, issuingPoint, ocsp, profiles } from './lab/x509.mjs';
import { anchors, day, freshLists, from, issuing, lists, responder, root, signed, signer, stamp, tsa, until } from './lab/world.mjs';

const passed = 'TOTAL-PASSED';
const revokedNoProof = 'INDETERMINATE/REVOKED_NO_POE';
const onHold = 'INDETERMINATE/TRY_LATER';
const [rootList] = freshLists();
const alone = anchors(root);
const good = { checks: { 'cert.revocation': 'pass' } };
const unknown = { checks: { 'cert.revocation': 'skip' } };

const entry = (reason = 1, of = signer, date = day('2026-10-01')) => ({ of, date, reason });
/** A complete list in force; its number is 10. */
const base = (revoked = [], more = {}) => crl({ issuer: issuing, thisUpdate: day('2026-11-01'), nextUpdate: day('2026-12-31'), number: 10, revoked, ...more });
/** A delta of 12 since 10, in force. */
const delta = (revoked = [], { since = 10, extensions = [], ...more } = {}) => crl({ issuer: issuing, thisUpdate: day('2026-11-19'), nextUpdate: day('2026-11-26'), number: 12,
  revoked, extensions: [deltaOf(since), ...extensions], ...more });
const over = { thisUpdate: day('2026-10-01'), nextUpdate: day('2026-11-02') };
const inStore = (...crls) => ({ file: pdf.securityStore(signed(signer), { crls: [rootList, ...crls] }), trust: alone });
const inMessage = (...crls) => ({ file: signed(signer, { revocation: [rootList, ...crls] }), trust: alone });
const beside = (...crls) => ({ file: signed(signer), trust: alone + lists(rootList, ...crls) });

const strange = certificate({ commonName: 'Stranger', from, until, extensions: profiles.authority() });
const point = (address) => issuingPoint({ point: address });
const lift = entry(8);

const together = [
  { name: 'delta: revoked since', why: 'the list does not hold it, the delta does', expect: revokedNoProof, ...inStore(base(), delta([entry()])) },
  { name: 'delta: revoked since, in the message', why: 'wherever they lie', expect: revokedNoProof, ...inMessage(base(), delta([entry()])) },
  { name: 'delta: revoked since, beside the anchors', why: 'wherever they lie', expect: revokedNoProof, ...beside(base(), delta([entry()])) },
  { name: 'delta: list in the file, delta beside the anchors', why: 'whoever verifies knows more', expect: revokedNoProof,
    file: inStore(base()).file, trust: alone + lists(delta([entry()])) },
  { name: 'delta: nothing changed', why: 'list and delta together are good', expect: passed, ...good, ...inStore(base(), delta()) },
  { name: 'delta: nothing changed, and the list alone is over', why: '5.2.4: together they are a list of the delta\'s time', expect: passed, ...good,
    ...inStore(base([], over), delta()) },
  { name: 'delta: of the signer\'s list alone, revocation demanded', why: 'together they answer', expect: passed, ...good, ...inStore(base([], over), delta()),
    extra: { '--policy': JSON.stringify({ schema: 'segell.policy/1', revocation: 'required' }) } },
  { name: 'delta: revoked in the list, not in the delta', why: 'the delta does not take it back', expect: revokedNoProof, ...inStore(base([entry()]), delta()) },
  { name: 'delta: suspended, and taken back', why: '5.3.1: removeFromCRL', expect: passed, ...good, ...inStore(base([entry(6)]), delta([lift])) },
  { name: 'delta: suspended, and not taken back', why: 'still on hold', expect: onHold, ...inStore(base([entry(6)]), delta()) },
  { name: 'delta: suspended since', why: 'on hold', expect: onHold, ...inStore(base(), delta([entry(6)])) },
  { name: 'delta: suspended, then revoked', why: 'the delta says more', expect: revokedNoProof, ...inStore(base([entry(6)]), delta([entry()])) },
  { name: 'delta: revoked for good, and removed', why: 'removed when it ended: nobody takes a revocation back', expect: revokedNoProof, ...inStore(base([entry()]), delta([lift])) },
  { name: 'delta: of a later list than its base', why: '5.2.4 (c): the list\'s number is at least BaseCRLNumber', expect: passed, ...good,
    ...inStore(base([], { ...over, number: 11 }), delta()) },
  { name: 'delta: two, the later one takes back', why: 'the latest counts', expect: passed, ...good,
    ...inStore(base([], over), delta([entry(6)], { number: 11 }), delta([lift], { number: 12 })) },
  { name: 'delta: a list that is newer than the delta', why: 'what the delta said is in the list, or over', expect: passed, ...good,
    ...inStore(base([], { number: 13 }), delta([entry(6)])) },
  { name: 'delta: numbers of more than 64 bits', why: '5.2.3: up to 20 octets', expect: passed, ...good,
    ...inStore(base([], { ...over, number: 2n ** 150n }), delta([], { since: 2n ** 150n, number: 2n ** 150n + 1n })) },
  { name: 'delta: revoked after a timestamp', why: 'the signature is proven older', expect: passed, trust: alone,
    file: pdf.securityStore(signed(signer, { unsigned: stamp(day('2026-11-05')) }), { crls: [rootList, base(), delta([entry(1, signer, day('2026-11-10'))])] }) },
  { name: 'delta: beside an answer', why: 'a revocation counts whoever else says good', expect: revokedNoProof, trust: alone,
    file: signed(signer, { revocation: [rootList, base(), delta([entry()]), ocspChoice(ocsp({ of: signer, issuer: issuing, responder, embed: [responder],
      thisUpdate: day('2026-11-19'), nextUpdate: day('2026-11-26') }))] }) },
];

const apart = [
  { name: 'delta: alone, not in it', why: 'says only what changed', expect: passed, ...unknown, ...inStore(delta()) },
  { name: 'delta: alone, in it', why: 'a revocation counts: doubt never helps a signature', expect: revokedNoProof, ...inStore(delta([entry()])) },
  { name: 'delta: alone, removed in it', why: 'nobody knows what else', expect: passed, ...unknown, ...inStore(delta([lift])) },
  { name: 'delta: since a later list', why: '5.2.4 (c): changes between the two are missing', expect: passed, ...unknown, ...inStore(base([], { ...over, number: 9 }), delta()) },
  { name: 'delta: taken back since a later list', why: 'it is not of this list', expect: onHold, ...inStore(base([entry(6)], { number: 9 }), delta([lift])) },
  { name: 'delta: older than the list', why: '5.2.4 (d): the list\'s number is below the delta\'s', expect: onHold, ...inStore(base([entry(6)], { number: 12 }), delta([lift])) },
  { name: 'delta: of another distribution point', why: '6.3.3 (c)(2): another scope', expect: onHold,
    ...inStore(base([entry(6)]), delta([lift], { extensions: [point('http://crl.example/other.crl')] })) },
  { name: 'delta: of end users, for a list of all', why: '6.3.3 (c)(2): another scope', expect: onHold,
    ...inStore(base([entry(6)]), delta([lift], { extensions: [issuingPoint({ onlyUsers: true })] })) },
  { name: 'delta: list without a number', why: '5.2.3: nobody knows which it is', expect: onHold, ...inStore(base([entry(6)], { bare: [authorityKeyId(issuing.pair)] }), delta([lift])) },
  { name: 'delta: by a stranger', why: 'its signature does not hold', expect: onHold, ...inStore(base([entry(6)]), delta([lift], { signer: strange })) },
  { name: 'delta: a stranger revokes', why: 'its signature does not hold', expect: passed, ...good, ...inStore(base(), delta([entry()], { signer: strange })) },
  { name: 'delta: over, and the list too', why: 'neither is in force', expect: passed, ...unknown, ...inStore(base([], over), delta([], over)) },
  { name: 'delta: signed with SHA-1', why: 'the suite does not rely on it in 2026', expect: passed, ...unknown, ...inStore(base([], over), delta([], { digest: 'sha1' })) },
  { name: 'delta: of a list signed with SHA-1', why: 'nor on the list below it', expect: passed, ...unknown, ...inStore(base([], { ...over, digest: 'sha1' }), delta()) },
  { name: 'delta: of itself', why: 'its number is its base\'s', expect: passed, ...unknown, ...inStore(delta([entry()], { since: 12 })) },
  { name: 'delta: about others', why: 'another serial number', expect: passed, ...good, ...inStore(base(), delta([entry(1, tsa)])) },
];

export const cases = [...together, ...apart];
