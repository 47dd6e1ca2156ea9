// One small world of certificates, keys and times that most cases live in, and the parts they are made of.
import { signatureTimestamp, signedData, timestampToken } from './cms.mjs';
import { digestOf } from './keys.mjs';
import * as pdf from './pdf.mjs';
import { certificate, crl, pem, profiles } from './x509.mjs';

export const day = (text) => new Date(`${text}T12:00:00Z`);
export const from = day('2026-01-01');
export const until = day('2030-01-01');
export const now = day('2026-11-20');

export const root = certificate({ commonName: 'Lab Root', from, until: day('2046-01-01'), extensions: profiles.authority() });
export const issuing = certificate({ commonName: 'Lab Issuing', issuer: root, from, until: day('2036-01-01'), extensions: profiles.authority(0) });
export const signer = certificate({ commonName: 'Ajuntament de Laboratori', issuer: issuing, from, until, extensions: profiles.signer() });
export const tsa = certificate({ commonName: 'Lab TSA', issuer: issuing, from, until, extensions: profiles.tsa() });
export const responder = certificate({ commonName: 'Lab OCSP', issuer: issuing, from, until, extensions: profiles.ocsp() });

export const plain = pdf.plain();

/** A PDF signed by that certificate; options of signedData, and of pdf.sign under `pdf`. */
export const signed = (by, options = {}) =>
  pdf.sign(options.on ?? plain, (content) => signedData(by, content, { certificates: [by, issuing], ...options }), options.pdf);
export const stamp = (time, options = {}) => signatureTimestamp(options.by ?? tsa, { time, certificates: [options.by ?? tsa, issuing], ...options });
/** What a document timestamp holds over these octets. */
export const stampOver = (content, time, { by = tsa, hash = 'sha256', ...more } = {}) =>
  timestampToken(by, digestOf(hash, content), { time, hash, certificates: [by, issuing], ...more });
export const anchors = (...certificates) => certificates.map((one) => pem('CERTIFICATE', one.der)).join('');
export const lists = (...crls) => crls.map((one) => pem('X509 CRL', one)).join('');
/** Lists of both authorities in force at `now`. */
export const freshLists = (revoked = {}) => [
  crl({ issuer: root, thisUpdate: day('2026-11-01'), nextUpdate: day('2026-12-31'), revoked: revoked.root }),
  crl({ issuer: issuing, thisUpdate: day('2026-11-01'), nextUpdate: day('2026-12-31'), revoked: revoked.issuing })];
