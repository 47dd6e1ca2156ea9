// Keys and signature algorithms by name, through node:crypto.
import crypto from 'node:crypto';
import { ctx, int, nothing, oid, seq } from './der.mjs';

export const digestOids = {
  md5: '1.2.840.113549.2.5', sha1: '1.3.14.3.2.26', sha224: '2.16.840.1.101.3.4.2.4', sha256: '2.16.840.1.101.3.4.2.1', sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3', 'sha512-256': '2.16.840.1.101.3.4.2.6', 'sha3-224': '2.16.840.1.101.3.4.2.7',
  'sha3-256': '2.16.840.1.101.3.4.2.8', 'sha3-384': '2.16.840.1.101.3.4.2.9', 'sha3-512': '2.16.840.1.101.3.4.2.10',
  shake256: '2.16.840.1.101.3.4.2.12',
};
export const digestId = (digest) => seq(oid(digestOids[digest]));
export const digestOf = (digest, content) =>
  crypto.createHash(digest, digest === 'shake256' ? { outputLength: 64 } : undefined).update(content).digest();

const rsaOids = {
  md5: '1.2.840.113549.1.1.4', sha1: '1.2.840.113549.1.1.5', sha224: '1.2.840.113549.1.1.14', sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12', sha512: '1.2.840.113549.1.1.13', 'sha512-256': '1.2.840.113549.1.1.16',
  'sha3-224': '2.16.840.1.101.3.4.3.13', 'sha3-256': '2.16.840.1.101.3.4.3.14', 'sha3-384': '2.16.840.1.101.3.4.3.15',
  'sha3-512': '2.16.840.1.101.3.4.3.16',
};
const ecdsaOids = {
  sha1: '1.2.840.10045.4.1', sha224: '1.2.840.10045.4.3.1', sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4', 'sha3-224': '2.16.840.1.101.3.4.3.9', 'sha3-256': '2.16.840.1.101.3.4.3.10',
  'sha3-384': '2.16.840.1.101.3.4.3.11', 'sha3-512': '2.16.840.1.101.3.4.3.12',
};

const withNull = (digest) => seq(oid(digestOids[digest]), nothing());
/** RSASSA-PSS-params; each part can be made to lie. */
export const pssParameters = ({ hash, mask = hash, salt, trailer }) =>
  seq(ctx(0, withNull(hash)), ctx(1, seq(oid('1.2.840.113549.1.1.8'), withNull(mask))), ctx(2, int(salt)),
    ...(trailer === undefined ? [] : [ctx(3, int(trailer))]));

const made = new Map();
/** A key pair, the same one for the same name: rsa:BITS, rsa-pss:BITS[:MASK] (MGF1 with that digest), a curve's OpenSSL name, ed25519, ed448. */
export function key(type, name = '') {
  const id = `${type}/${name}`;
  if (!made.has(id)) {
    const [kind, bits, mask] = type.split(':');
    const pair = kind === 'rsa' || kind === 'rsa-pss'
      ? crypto.generateKeyPairSync(kind, { modulusLength: Number(bits), ...(mask ? { hashAlgorithm: 'sha256', mgf1HashAlgorithm: mask, saltLength: 32 } : {}) })
      : kind.startsWith('ed') ? crypto.generateKeyPairSync(kind) : crypto.generateKeyPairSync('ec', { namedCurve: kind });
    made.set(id, { type: kind, ...pair, spki: pair.publicKey.export({ type: 'spki', format: 'der' }) });
  }
  return made.get(id);
}

/** How a key signs by default, or `byHand`: what a function makes of the content for PKCS#1 v1.5 with SHA-256; `padding: 'pss'`, `salt`, `mask` for RSA. */
export function scheme(pair, { digest, padding, salt, mask } = {}) {
  if (pair.byHand) return { digest: 'sha256', id: seq(oid(rsaOids.sha256), nothing()), sign: pair.byHand };
  if (pair.type === 'ed25519' || pair.type === 'ed448') {
    return {
      digest: digest ?? (pair.type === 'ed25519' ? 'sha512' : 'shake256'),
      id: seq(oid(pair.type === 'ed25519' ? '1.3.101.112' : '1.3.101.113')),
      sign: (content) => crypto.sign(null, content, pair.privateKey),
    };
  }
  const hash = digest ?? 'sha256';
  if (pair.type === 'rsa' && padding !== 'pss') {
    return { digest: hash, id: seq(oid(rsaOids[hash]), nothing()), sign: (content) => crypto.sign(hash, content, pair.privateKey) };
  }
  if (pair.type === 'rsa' || pair.type === 'rsa-pss') {
    const length = salt ?? digestOf(hash, '').length;
    return {
      digest: hash,
      id: seq(oid('1.2.840.113549.1.1.10'), pssParameters({ hash, mask: mask ?? hash, salt: length })),
      sign: (content) => crypto.sign(hash, content,
        { key: pair.privateKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: length }),
    };
  }
  return { digest: hash, id: seq(oid(ecdsaOids[hash])), sign: (content) => crypto.sign(hash, content, pair.privateKey) };
}
