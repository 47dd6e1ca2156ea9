// Certificate, OCSP and timestamp authorities on 127.0.0.1 whose clock the test sets: decades pass in a second.
//   node authority.mjs FOLDER     writes the PKI into FOLDER, prints "port N"; end it by its process id
//   GET  /time/2031-12-01         sets the clock           GET /count    how many questions were answered
//   POST /ocsp                    OCSP for the issuing authority     GET /root.crl  GET /issuing.crl
//   GET  /issuing.cer                the certificate of that authority
//   POST /tsa                     RFC 3161, by the authority of the time   POST /tsa-down  closes the connection
//   GET  /mode/MODE               good, nonce (another one), unknown, revoked, stranger, down, garbage: what /ocsp does
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { timestampToken } from './lab/cms.mjs';
import { contentOf, int, seq } from './lab/der.mjs';
import { authorityInfo, certificate, crl, crlPoint, ocsp, pem, profiles } from './lab/x509.mjs';
import { day } from './lab/world.mjs';

const [folder] = process.argv.slice(2);
let now = day('2026-11-20');
let mode = 'good';
let count = 0;
let pki;

function issue(port) {
  const at = `http://127.0.0.1:${port}`;
  const root = certificate({ commonName: 'Drill Root', from: day('2026-01-01'), until: day('2066-01-01'), extensions: profiles.authority() });
  const below = (commonName, from, until, extensions) =>
    certificate({ commonName, issuer: root, from: day(from), until: day(until), extensions: [...extensions, crlPoint(`${at}/root.crl`)] });
  const issuing = below('Drill Issuing', '2026-01-01', '2036-01-01', profiles.authority(0));
  const seal = certificate({ commonName: 'Drill Seal', organisation: 'Ajuntament de Laboratori', issuer: issuing, from: day('2026-01-01'), until: day('2029-01-01'),
    extensions: [...profiles.signer(), authorityInfo({ ocsp: `${at}/ocsp` })] });
  const both = certificate({ commonName: 'Drill Both', organisation: 'Ajuntament de Laboratori', issuer: issuing, from: day('2026-01-01'), until: day('2029-01-01'),
    extensions: [...profiles.signer(), authorityInfo({ ocsp: `${at}/ocsp` }), crlPoint(`${at}/issuing.crl`)] });
  const silent = certificate({ commonName: 'Drill Silent', organisation: 'Ajuntament de Laboratori', issuer: issuing, from: day('2026-01-01'), until: day('2029-01-01'),
    extensions: profiles.signer() });
  const lonely = certificate({ commonName: 'Drill Lonely', organisation: 'Ajuntament de Laboratori', issuer: issuing, from: day('2026-01-01'), until: day('2029-01-01'),
    extensions: [...profiles.signer(), authorityInfo({ ocsp: `${at}/ocsp`, issuers: `${at}/issuing.cer` })] });
  const responder = certificate({ commonName: 'Drill OCSP', issuer: issuing, from: day('2026-01-01'), until: day('2027-06-01'), extensions: profiles.ocsp() });
  const stranger = certificate({ commonName: 'Drill Stranger', issuer: root, from: day('2026-01-01'), until: day('2029-01-01'), extensions: profiles.ocsp() });
  const tsas = [['2026-01-01', '2032-01-01'], ['2031-06-01', '2042-01-01'], ['2041-01-01', '2060-01-01']]
    .map(([from, until], i) => below(`Drill TSA ${i + 1}`, from, until, profiles.tsa()));
  for (const [name, one] of Object.entries({ root, issuing, seal, both, silent, lonely }))
    fs.writeFileSync(path.join(folder, `${name}.pem`), pem('CERTIFICATE', one.der));
  for (const [name, one] of Object.entries({ seal, both, silent, lonely }))
    fs.writeFileSync(path.join(folder, `${name}.key`), one.pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { root, issuing, seal, both, silent, lonely, responder, stranger, tsas };
}

const later = (days) => new Date(now.getTime() + days * 86400000);
const list = (issuer) => crl({ issuer, thisUpdate: later(-1), nextUpdate: later(30) });

/** The nonce of a request: what stands in its last element. */
const nonceOf = (request) => request.subarray(request.length - 16);

function answerOcsp(request) {
  const serial = [pki.seal, pki.both, pki.silent, pki.lonely].find((one) => request.includes(int(one.serial)));
  const base = { of: serial ?? pki.seal, issuer: pki.issuing, responder: pki.responder, embed: [pki.responder], thisUpdate: later(0), nextUpdate: later(7),
    nonce: nonceOf(request) };
  const modes = {
    good: () => ocsp(base),
    nonce: () => ocsp({ ...base, nonce: crypto.randomBytes(16) }),
    unknown: () => ocsp({ ...base, status: 'unknown' }),
    revoked: () => ocsp({ ...base, status: 'revoked', revokedAt: later(-10), reason: 1 }),
    stranger: () => ocsp({ ...base, responder: pki.stranger, embed: [pki.stranger] }),
    garbage: () => Buffer.from('garbage'),
  };
  return modes[mode]();
}

/** TimeStampReq: version, imprint { algorithm, digest }, nonce, certReq. Ours ask with SHA-256. */
function answerTsa(request) {
  const imprint = request.indexOf(Buffer.from('0420', 'hex'));
  const digest = request.subarray(imprint + 2, imprint + 34);
  const nonce = contentOf(request.subarray(request.length - 3 - 18, request.length - 3));
  const tsa = pki.tsas.filter((one) => one.from <= now && one.until >= now).at(-1);
  const token = timestampToken(tsa, digest, { time: now, nonce, certificates: [tsa] });
  return seq(seq(int(0)), token);
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const [, verb, word] = request.url.split('/');
    const send = (type, octets_) => { count += 1; response.writeHead(200, { 'Content-Type': type }); response.end(octets_); };
    if (verb === 'time') { now = day(word); return response.end('set'); }
    if (verb === 'mode') { mode = word; return response.end('set'); }
    if (verb === 'count') return response.end(String(count));
    if (verb === 'ocsp') return mode === 'down' ? request.socket.destroy() : send('application/ocsp-response', answerOcsp(body));
    if (verb === 'root.crl') return send('application/pkix-crl', list(pki.root));
    if (verb === 'issuing.cer') return send('application/pkix-cert', pki.issuing.der);
    if (verb === 'issuing.crl') return send('application/pkix-crl', list(pki.issuing));
    if (verb === 'tsa') return send('application/timestamp-reply', answerTsa(body));
    return request.socket.destroy();
  });
});
server.listen(0, '127.0.0.1', () => {
  pki = issue(server.address().port);
  console.log(`port ${server.address().port}`);
});
