// Certificates, CRLs (RFC 5280) and OCSP responses (RFC 6960), right or wrong in any part.
import crypto from 'node:crypto';
import { bits, bool, contentOf, ctx, ctxPrimitive, enumerated, generalizedTime, int, namedBits, nothing, octets, oid, seq, setOf, time, utf8 } from './der.mjs';
import { digestId, digestOf, key, scheme } from './keys.mjs';

export const name = (commonName, organisation = 'Segell Lab') =>
  seq(setOf(seq(oid('2.5.4.6'), Buffer.from('\x13\x02ES'))), setOf(seq(oid('2.5.4.10'), utf8(organisation))), setOf(seq(oid('2.5.4.3'), utf8(commonName))));

export const extension = (id, value, critical = false) => seq(oid(id), ...(critical ? [bool(true)] : []), octets(value));
export const basicConstraints = (authority, length) =>
  extension('2.5.29.19', authority ? seq(bool(true), ...(length === undefined ? [] : [int(length)])) : seq(), true);
const usageBits = { digitalSignature: 0, nonRepudiation: 1, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6 };
export const keyUsage = (...uses) => extension('2.5.29.15', namedBits(...uses.map((use) => usageBits[use])), true);
const purposes = { timeStamping: '1.3.6.1.5.5.7.3.8', ocspSigning: '1.3.6.1.5.5.7.3.9', emailProtection: '1.3.6.1.5.5.7.3.4', serverAuth: '1.3.6.1.5.5.7.3.1' };
export const extendedKeyUsage = (uses, critical = false) => extension('2.5.29.37', seq(...uses.map((use) => oid(purposes[use]))), critical);
export const noCheck = () => extension('1.3.6.1.5.5.7.48.1.5', nothing());
export const keyId = (pair) => crypto.createHash('sha1').update(publicKeyBits(pair)).digest();
export const subjectKeyId = (pair) => extension('2.5.29.14', octets(keyId(pair)));
export const authorityKeyId = (pair) => extension('2.5.29.35', seq(ctxPrimitive(0, keyId(pair))));
export const policies = (...ids) => extension('2.5.29.32', seq(...ids.map((id) => seq(oid(id)))));
const uri = (text) => ctxPrimitive(6, Buffer.from(text));
export const crlPoint = (address) => extension('2.5.29.31', seq(seq(ctx(0, ctx(0, uri(address))))));
export const authorityInfo = ({ ocsp, issuers }) => extension('1.3.6.1.5.5.7.1.1',
  seq(...(ocsp ? [seq(oid('1.3.6.1.5.5.7.48.1'), uri(ocsp))] : []), ...(issuers ? [seq(oid('1.3.6.1.5.5.7.48.2'), uri(issuers))] : [])));

export const profiles = {
  authority: (length) => [basicConstraints(true, length), keyUsage('keyCertSign', 'cRLSign')],
  signer: () => [basicConstraints(false), keyUsage('digitalSignature', 'nonRepudiation')],
  tsa: () => [basicConstraints(false), keyUsage('digitalSignature'), extendedKeyUsage(['timeStamping'], true)],
  ocsp: () => [basicConstraints(false), keyUsage('digitalSignature'), extendedKeyUsage(['ocspSigning']), noCheck()],
};

let nextSerial = 0x1000n;
/**
 * A certificate with its key. `issuer` is another one, or nothing for a self-signed one; `as` gives another certificate's key
 * (renewal, cross-certification).
 */
export function certificate({ commonName, organisation, type = 'prime256v1', issuer, from, until, extensions, as, digest, padding, serial, subject, keyIds = true,
  timeForm = time }) {
  const pair = as?.pair ?? key(type, `${commonName}/${organisation ?? ''}`);
  const authority = issuer ?? { pair, subject: subject ?? name(commonName, organisation) };
  const by = scheme(authority.pair, { digest: digest ?? undefined, padding });
  const number = serial ?? nextSerial++;
  const own = subject ?? name(commonName, organisation);
  const body = seq(ctx(0, int(2)), int(number), by.id, authority.subject, seq(timeForm(from), timeForm(until)), own, pair.spki,
    ctx(3, seq(...(keyIds ? [subjectKeyId(pair), authorityKeyId(authority.pair)] : []), ...extensions)));
  const der = seq(body, by.id, bits(by.sign(body)));
  return { der, pair, subject: own, serial: number, issuerName: authority.subject, issuer, from, until };
}

export const pem = (kind, der) => `-----BEGIN ${kind}-----\n${der.toString('base64').match(/.{1,64}/g).join('\n')}\n-----END ${kind}-----\n`;

/** A CRL; `revoked` holds { of, date, reason, issuer (of an indirect list) }; `bare` are the extensions that every list has. */
export function crl({ issuer, thisUpdate, nextUpdate, revoked = [], extensions = [], number = 1, digest, signer = issuer,
  bare = [extension('2.5.29.20', int(number)), authorityKeyId(issuer.pair)] }) {
  const by = scheme(signer.pair, { digest });
  const entries = revoked.map(({ of, date, reason, issuerName, more = [] }) => {
    const inner = [...more];
    if (reason !== undefined) inner.push(extension('2.5.29.21', enumerated(reason)));
    if (issuerName !== undefined) inner.push(extension('2.5.29.29', seq(ctx(4, issuerName)), true));
    return seq(int(of.serial), time(date), ...(inner.length > 0 ? [seq(...inner)] : []));
  });
  const body = seq(int(1), by.id, issuer.subject, time(thisUpdate), ...(nextUpdate ? [time(nextUpdate)] : []), ...(entries.length > 0 ? [seq(...entries)] : []),
    ctx(0, seq(...bare, ...extensions)));
  return seq(body, by.id, bits(by.sign(body)));
}
/** IssuingDistributionPoint: { onlyUsers, onlyAuthorities, onlySomeReasons, indirect, onlyAttributes, point }. */
export const issuingPoint = ({ onlyUsers, onlyAuthorities, reasons, indirect, onlyAttributes, point }) => extension('2.5.29.28', seq(
  ...(point ? [ctx(0, ctx(0, uri(point)))] : []), ...(onlyUsers ? [ctxPrimitive(1, Buffer.from([0xff]))] : []),
  ...(onlyAuthorities ? [ctxPrimitive(2, Buffer.from([0xff]))] : []), ...(reasons ? [ctxPrimitive(3, contentOf(namedBits(...reasons)))] : []),
  ...(indirect ? [ctxPrimitive(4, Buffer.from([0xff]))] : []), ...(onlyAttributes ? [ctxPrimitive(5, Buffer.from([0xff]))] : [])), true);
export const deltaOf = (base) => extension('2.5.29.27', int(base), true);

/** What an OCSP responder says of a certificate: status good, revoked { date, reason } or unknown. */
export function ocsp({ of, issuer, responder, byKey = false, producedAt, thisUpdate, nextUpdate, status = 'good', revokedAt, reason, hash = 'sha1', embed = [],
  digest, nonce, certIssuer = issuer, extensions = [] }) {
  const by = scheme(responder.pair, { digest });
  const id = seq(digestId(hash), octets(digestOf(hash, certIssuer.subject)), octets(digestOf(hash, publicKeyBits(certIssuer.pair))), int(of.serial));
  const state = status === 'good' ? ctxPrimitive(0, '') : status === 'unknown' ? ctxPrimitive(2, '')
    : ctx(1, generalizedTime(revokedAt), ...(reason === undefined ? [] : [ctx(0, enumerated(reason))]));
  const single = seq(id, state, generalizedTime(thisUpdate), ...(nextUpdate ? [ctx(0, generalizedTime(nextUpdate))] : []),
    ...(extensions.length > 0 ? [ctx(1, seq(...extensions))] : []));
  const body = seq(byKey ? ctx(2, octets(keyId(responder.pair))) : ctx(1, responder.subject), generalizedTime(producedAt ?? thisUpdate), seq(single),
    ...(nonce ? [ctx(1, seq(extension('1.3.6.1.5.5.7.48.1.2', octets(nonce))))] : []));
  const basic = seq(body, by.id, bits(by.sign(body)), ...(embed.length > 0 ? [ctx(0, seq(...embed.map((one) => one.der)))] : []));
  return seq(enumerated(0), ctx(0, seq(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))));
}
/** The octets of the BIT STRING subjectPublicKey. */
export function publicKeyBits(pair) {
  const inside = contentOf(pair.spki);
  const algorithm = inside[1] < 0x80 ? 2 + inside[1] : 2 + (inside[1] & 0x7f) + inside.subarray(2, 2 + (inside[1] & 0x7f)).reduce((sum, one) => sum * 256 + one, 0);
  return contentOf(inside.subarray(algorithm)).subarray(1);
}
