// CMS SignedData (RFC 5652) and timestamp tokens (RFC 3161), right or wrong in any part.
import { bool, contentOf, ctx, ctxPrimitive, elementsOf, generalizedTime, int, octets, oid, seq, setOf, tlv } from './der.mjs';
import { digestId, digestOf, scheme } from './keys.mjs';

export const ids = {
  data: '1.2.840.113549.1.7.1', signedData: '1.2.840.113549.1.7.2', tstInfo: '1.2.840.113549.1.9.16.1.4', contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4', signingCertificate: '1.2.840.113549.1.9.16.2.12', signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampToken: '1.2.840.113549.1.9.16.2.14', algorithmProtection: '1.2.840.113549.1.9.52', revocationValues: '1.2.840.113549.1.9.16.2.24',
  revocationInfoArchival: '1.2.840.113583.1.1.8', certificateValues: '1.2.840.113549.1.9.16.2.23', archiveTimestampV3: '0.4.0.1733.2.4', hashIndexV3: '0.4.0.19122.1.5',
  counterSignature: '1.2.840.113549.1.9.6',
};
export const attribute = (id, ...values) => seq(oid(id), setOf(...values));

const issuerSerial = (certificate) => seq(seq(ctx(4, certificate.issuerName)), int(certificate.serial));
/** ESSCertID(v2) of the certificate; `issuerSerialOf` names another one's issuer and serial number. */
export const essV1 = (certificate, issuerSerialOf = certificate) => attribute(ids.signingCertificate,
  seq(seq(seq(octets(digestOf('sha1', certificate.der)), ...(issuerSerialOf ? [issuerSerial(issuerSerialOf)] : [])))));
export const essV2 = (certificate, { hash = 'sha256', issuerSerialOf = certificate } = {}) => attribute(ids.signingCertificateV2,
  seq(seq(seq(...(hash === 'sha256' ? [] : [digestId(hash)]), octets(digestOf(hash, certificate.der)), ...(issuerSerialOf ? [issuerSerial(issuerSerialOf)] : [])))));

/**
 * A signature by `signer` (certificate with its pair) over `content`. Options: digest, padding, salt, mask (the algorithm);
 * digestNamed, signatureId (what the message says of it); attributes (a function of the usual three); detached; contentType;
 * certificates; crls; unsigned; archive (archiveTimestamp, each over what is there before it); signerId ('ski'); omitAttributes; order (false: attributes as given); indefinite.
 */
export function signedData(signer, content, options = {}) {
  const by = scheme(signer.pair, options);
  const type = options.contentType ?? ids.data;
  const digest = digestId(options.digestNamed ?? by.digest);
  const usual = [
    attribute(ids.contentType, oid(type)),
    attribute(ids.messageDigest, octets(options.messageDigest ?? digestOf(options.messageDigestBy ?? by.digest, content))),
    essV2(signer),
  ];
  const attributes = options.attributes ? options.attributes(usual) : usual;
  const inside = options.order === false ? Buffer.concat(attributes) : Buffer.concat([...attributes].sort(Buffer.compare));
  const toBeSigned = options.omitAttributes ? content : tlv(0x31, options.signedOrder ? Buffer.concat([...attributes].sort(Buffer.compare)) : inside);
  const value = options.value ?? by.sign(toBeSigned);
  const unsigned = options.unsigned ? options.unsigned(value) : [];
  const signerId = options.signerId === 'ski' ? ctxPrimitive(0, options.ski) : seq(signer.issuerName, int(signer.serial));
  const head = Buffer.concat([int(options.signerId === 'ski' ? 3 : 1), signerId, digest, ...(options.omitAttributes ? [] : [tlv(0xa0, inside)]),
    options.signatureId ?? by.id, octets(value)]);
  const parts = { type, content, head, certificates: (options.certificates ?? [signer]).map((one) => one.der), revocation: options.revocation ?? [] };
  for (const more of options.archive ?? []) unsigned.push(more({ ...parts, unsigned }));
  const info = seq(head, ...(unsigned.length > 0 ? [tlv(0xa1, Buffer.concat(unsigned))] : []));
  const encapsulated = options.detached === false ? [ctx(0, options.eContent ?? octets(content))] : [];
  const certificates = options.certificates ?? [signer];
  const revocation = options.revocation ?? [];
  return seq(oid(ids.signedData), ctx(0, seq(int(type === ids.data ? 1 : 3), setOf(digest), seq(oid(type), ...encapsulated),
    ...(certificates.length > 0 ? [ctx(0, ...certificates.map((one) => one.der))] : []),
    ...(revocation.length > 0 ? [ctx(1, ...revocation)] : []), setOf(info, ...(options.moreSigners ?? [])))));
}
/** A SignerInfo over another one's signature value (RFC 5652 11.4), and the unsigned attribute with it. */
const counterInfo = (signer, over, { attributes = (usual) => usual, unsigned = () => [], spoil = false, ...options } = {}) => {
  const by = scheme(signer.pair, options);
  const inside = Buffer.concat(attributes([attribute(ids.messageDigest, octets(digestOf(by.digest, over))), essV2(signer)]).sort(Buffer.compare));
  const value = by.sign(spoil ? Buffer.from('another') : tlv(0x31, inside));
  const more = unsigned(value);
  return seq(int(1), seq(signer.issuerName, int(signer.serial)), digestId(by.digest), tlv(0xa0, inside), by.id, octets(value),
    ...(more.length > 0 ? [tlv(0xa1, Buffer.concat(more))] : []));
};
export const counterSignature = Object.assign((...of) => attribute(ids.counterSignature, counterInfo(...of)), { value: counterInfo });
/** OtherRevocationInfoFormat with an OCSP response (RFC 5940). */
export const ocspChoice = (response) => ctx(1, oid('1.3.6.1.5.5.7.16.2'), response);
/** Adobe's RevocationInfoArchival. */
export const archival = ({ crls = [], ocsps = [] }) => attribute(ids.revocationInfoArchival,
  seq(...(crls.length > 0 ? [ctx(0, seq(...crls))] : []), ...(ocsps.length > 0 ? [ctx(1, seq(...ocsps))] : [])));

let serial = 1;
/** A token of `authority` over the digest `imprint`. */
export function timestampToken(authority, imprint, { time, hash = 'sha256', accuracy, ordering = false, nonce, certificates = [authority], ...more } = {}) {
  const info = seq(int(1), oid('1.3.6.1.4.1.99999.1'), seq(digestId(hash), octets(imprint)), int(serial++), generalizedTime(time),
    ...(accuracy ? [seq(int(accuracy))] : []), ...(ordering ? [bool(true)] : []), ...(nonce ? [int(nonce)] : []));
  return signedData(authority, info, { contentType: ids.tstInfo, detached: false, certificates, ...more });
}
/** The unsigned attribute with a token over a signature value. */
export const signatureTimestamp = (authority, options) => (value) =>
  [attribute(ids.timeStampToken, timestampToken(authority, digestOf(options.hash ?? 'sha256', value), options))];

/** Type and value of everything in unsigned attributes, each pair together. */
const valuesOf = (unsigned) => unsigned.flatMap((one) => {
  const [id, values] = elementsOf(contentOf(one));
  return elementsOf(contentOf(values)).map((value) => Buffer.concat([id, value]));
});
/**
 * The unsigned attribute archive-time-stamp-v3 (EN 319 122-1 5.5.3) over what a signature holds before it. `index` may change what
 * ats-hash-index-v3 names ({ certificates, revocation, values }), `octets` what the imprint is made of; `bare` leaves the index out.
 */
export const archiveTimestamp = (authority, { time, hash = 'sha256', index = (parts) => parts, octets: change = (parts) => parts, bare = false, ...more }) =>
  ({ type, content, head, certificates, revocation, unsigned }) => {
    const named = index({ certificates, revocation, values: valuesOf(unsigned) });
    const list = (parts) => seq(...parts.map((one) => octets(digestOf(hash, one))));
    const value = seq(digestId(hash), list(named.certificates), list(named.revocation), list(named.values));
    const over = Buffer.concat(change([oid(type), digestOf(hash, content), head, value]));
    return attribute(ids.archiveTimestampV3, timestampToken(authority, digestOf(hash, over),
      { time, hash, certificates: [authority], unsigned: () => (bare ? [] : [attribute(ids.hashIndexV3, value)]), ...more }));
  };
