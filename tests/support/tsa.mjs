// A time-stamping authority for tests: `openssl ts -reply` behind a small server on 127.0.0.1, with ways to misbehave.
//   node tsa.mjs PKI_DIR WORK_DIR     prints "port N" when it listens; end it by its process id
// The first part of the path chooses the behaviour:
//   /good  /slow (answers after 30 s)  /wrong-nonce  /wrong-imprint  /untrusted (another root)  /garbage  /down (closes the
//   connection)  /rejected  /huge-token (twenty certificates in the token)  /huge-answer (1 MiB)  /error (status 500)
import { execFile } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const [pki, work] = process.argv.slice(2);
const openssl = (args) => new Promise((resolve) =>
  execFile('openssl', args, { encoding: 'buffer', maxBuffer: 4 << 20 }, (error, out) => resolve(out ?? Buffer.alloc(0))));

function configure(name, signer, issuers) {
  const bundle = path.join(work, `${name}-certs.pem`);
  fs.writeFileSync(bundle, issuers.map((file) => fs.readFileSync(file)).join('\n'));
  fs.writeFileSync(path.join(work, `${name}-serial`), '01\n');
  const file = path.join(work, `${name}.cnf`);
  fs.writeFileSync(file, `[tsa]
default_tsa = t
[t]
serial = ${work}/${name}-serial
crypto_device = builtin
signer_cert = ${pki}/${signer}.pem
signer_key = ${pki}/${signer}.key
certs = ${bundle}
signer_digest = sha256
digests = sha256, sha384, sha512
default_policy = 1.3.6.1.4.1.99999.1
other_policies = 1.3.6.1.4.1.99999.2
accuracy = secs:1
tsa_name = no
ess_cert_id_alg = sha256
`);
  return file;
}

const issuing = path.join(pki, 'issuing.pem');
const good = configure('good', 'tsa', [issuing]);
const untrusted = configure('untrusted', 'tsa-untrusted', []);

// Twenty certificates that the token does not need, so that it outgrows every reserve.
async function configureHuge() {
  const extra = [];
  for (let i = 0; i < 20; i++) {
    const out = path.join(work, `extra-${i}.pem`);
    await openssl(['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
      '-subj', `/CN=Passenger ${i}/O=${'x'.repeat(60)}`, '-keyout', path.join(work, 'extra.key'), '-out', out]);
    extra.push(out);
  }
  return configure('huge', 'tsa', [issuing, ...extra]);
}

let serial = Promise.resolve();  // openssl does not lock its serial file: one answer at a time
let count = 0;
function reply(config, query) {
  const next = serial.then(async () => {
    const file = path.join(work, `query-${count++}.tsq`);
    fs.writeFileSync(file, query);
    const answer = await openssl(['ts', '-reply', '-config', config, '-queryfile', file]);
    fs.unlinkSync(file);
    return answer;
  });
  serial = next.catch(() => {});
  return next;
}

// Our own requests end in: nonce INTEGER, BOOLEAN TRUE (three octets).
const withOtherNonce = (query) => { const out = Buffer.from(query); out[out.length - 4] ^= 1; return out; };
const withOtherImprint = (query) => {
  const out = Buffer.from(query);
  out[out.indexOf(Buffer.from([0x04, 0x20])) + 2] ^= 1;
  return out;
};

let huge;
const behaviours = {
  good: (query) => reply(good, query),
  slow: (query) => new Promise((resolve) => setTimeout(() => resolve(reply(good, query)), 30000)),
  'wrong-nonce': (query) => reply(good, withOtherNonce(query)),
  'wrong-imprint': (query) => reply(good, withOtherImprint(query)),
  untrusted: (query) => reply(untrusted, query),
  garbage: () => crypto.createHash('sha512').update('garbage').digest(),
  rejected: () => reply(good, Buffer.from('this is no query')),
  'huge-token': async (query) => reply(await (huge ??= configureHuge()), query),
  'huge-answer': () => Buffer.alloc(1 << 20, 0x30),
};

const server = http.createServer((request, response) => {
  const parts = [];
  request.on('error', () => {});
  request.on('data', (part) => parts.push(part)).on('end', async () => {
    const name = request.url.split('/')[1];
    if (name === 'down') return request.socket.destroy();
    const behave = behaviours[name];
    const answer = behave ? await behave(Buffer.concat(parts)) : undefined;
    const headers = { 'Content-Type': 'application/timestamp-reply', 'Content-Length': answer?.length ?? 0 };
    response.writeHead(answer ? 200 : name === 'error' ? 500 : 404, headers);
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
