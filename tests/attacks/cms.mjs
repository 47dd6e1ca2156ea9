// CMS SignedData (RFC 5652) with CAdES attributes (RFC 5035), and timestamp tokens (RFC 3161), made by node:crypto alone.
// Every part can be asked to be wrong: that is what it is for.
import { createHash, createPrivateKey, sign as signOctets, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { children, generalizedTime, indefinite, integer, nothing, octets, oid, sequence, set, tagged, utcTime, value } from './der.mjs';

const names = {
  data: '1.2.840.113549.1.7.1', signedData: '1.2.840.113549.1.7.2', token: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4', signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12', signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestamp: '1.2.840.113549.1.9.16.2.14',
  md5: '1.2.840.113549.2.5', sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1', sha384: '2.16.840.1.101.3.4.2.2', sha512: '2.16.840.1.101.3.4.2.3',
  rsa: '1.2.840.113549.1.1.1',
};
const signatureNames = {
  'rsa-md5': '1.2.840.113549.1.1.4', 'rsa-sha1': '1.2.840.113549.1.1.5', 'rsa-sha256': '1.2.840.113549.1.1.11',
  'rsa-sha384': '1.2.840.113549.1.1.12', 'rsa-sha512': '1.2.840.113549.1.1.13',
  'ec-sha1': '1.2.840.10045.4.1', 'ec-sha256': '1.2.840.10045.4.3.2', 'ec-sha384': '1.2.840.10045.4.3.3', 'ec-sha512': '1.2.840.10045.4.3.4',
};

export const digest = (algorithm, content) => createHash(algorithm).update(content).digest();

/** A key with its certificate, from NAME.key and NAME.pem. */
export function readIdentity(folder, name) {
  const der = new X509Certificate(readFileSync(`${folder}/${name}.pem`)).raw;
  const [body] = children(der);
  const [, serial, , issuer] = children(body); // version, serialNumber, signature, issuer: every certificate here is v3
  return { name, der, serial, issuer, key: createPrivateKey(readFileSync(`${folder}/${name}.key`)) };
}

const algorithm = (name, parameters = nothing) => sequence(oid(name), parameters);
export const attribute = (name, ...values) => sequence(oid(names[name] ?? name), set(...values));
const issuerAndSerial = (identity) => sequence(identity.issuer, identity.serial);
const issuerSerial = (identity) => sequence(sequence(tagged(4, identity.issuer)), identity.serial);

/** The reference to the signer's certificate; `hash` and `names` may be those of another. */
export function certificateReference(identity, { version = 2, hash, of = identity } = {}) {
  const content = hash ?? digest(version === 2 ? 'sha256' : 'sha1', identity.der);
  const reference = sequence(octets(content), issuerSerial(of));
  return attribute(version === 2 ? 'signingCertificateV2' : 'signingCertificate', sequence(sequence(reference)));
}

/** The attributes of PAdES in the form that DER asks for; `change` may take out, add or alter. */
function attributesOf(identity, messageDigest, contentType, change) {
  const attributes = {
    contentType: attribute('contentType', oid(contentType)),
    messageDigest: attribute('messageDigest', octets(messageDigest)),
    signingCertificate: certificateReference(identity),
  };
  return Object.values(change(attributes)).flat().filter(Boolean);
}

/**
 * One signer's information over `content`.
 *   hash            digest algorithm; namedHash and signatureHash are what the message says instead
 *   attributes      changes the attributes ({contentType, messageDigest, signingCertificate} of DER); null: none at all
 *   unsigned        from the signature value to unsigned attributes
 *   wrongValue      breaks the signature value
 */
export function signerInfo(content, identity, options = {}) {
  const { hash = 'sha256', namedHash = hash, signatureHash = hash, contentType = names.data, attributes = (all) => all, unsigned, wrongValue = false,
    identifier = issuerAndSerial(identity), plainAlgorithm = false } = options;
  const kind = identity.key.asymmetricKeyType;
  const named = attributes === null ? [] : attributesOf(identity, digest(hash, content), contentType, attributes);
  const toSign = attributes === null ? content : set(...named);
  const signature = signOctets(hash, toSign, identity.key);
  if (wrongValue) signature[signature.length - 3] ^= 1;
  const signatureAlgorithm = kind === 'ec' ? sequence(oid(signatureNames[`ec-${signatureHash}`]))
    : algorithm(plainAlgorithm ? names.rsa : signatureNames[`rsa-${signatureHash}`]);
  const more = unsigned ? unsigned(signature) : [];
  // RFC 5652, 5.3: 3 where the signer is named by a key identifier
  return sequence(integer(identifier[0] === 0x30 ? 1 : 3), identifier, algorithm(names[namedHash]),
    ...(attributes === null ? [] : [Buffer.concat([Buffer.from([0xa0]), set(...named).subarray(1)])]),
    signatureAlgorithm, octets(signature), ...(more.length > 0 ? [tagged(1, ...more)] : []));
}

/**
 * A whole message.
 *   certificates    identities whose certificates go along
 *   inside          content put into the message
 *   signers         signer infos, instead of one by `identity`
 *   ber             indefinite lengths outside
 */
export function signedData(content, identity, options = {}) {
  const { hash = 'sha256', namedHash = hash, certificates = [identity], contentType = names.data, inside, ber = false,
    signers = [signerInfo(content, identity, options)], wrapped = names.signedData } = options;
  const outer = ber ? indefinite : value;
  const encapsulated = sequence(oid(contentType), ...(inside === undefined ? [] : [tagged(0, octets(inside))]));
  const body = outer(0x30, integer(contentType === names.data && signers.every((one) => children(one)[0][2] === 1) ? 1 : 3), set(algorithm(names[namedHash])), encapsulated,
    ...(certificates.length > 0 ? [tagged(0, ...certificates.map(({ der }) => der))] : []), set(...signers));
  return outer(0x30, oid(wrapped), outer(0xa0, body));
}

/** A timestamp token over `content`; `imprint` is a digest to be used instead of the right one. */
export function timestampToken(content, authority, { time = new Date(), hash = 'sha256', imprint = digest(hash, content), certificates = [authority], ...more } = {}) {
  const information = sequence(integer(1), oid('1.3.6.1.4.1.99999.1'), sequence(algorithm(names[hash]), octets(imprint)), integer(4711),
    generalizedTime(time));
  return signedData(information, authority, { ...more, certificates, contentType: names.token, inside: information });
}

/** Unsigned attribute: a timestamp over the signature value. */
export const signatureTimestamp = (authority, options = {}) => (signature) => [attribute('timestamp', timestampToken(signature, authority, options))];

export { names, utcTime };
