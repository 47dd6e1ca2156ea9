// What the scripts against a real segelld share: a segelld with a folder of its own, callers, and a visit up to its act.
import { spawn, execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';

export const source = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const pdf = readFileSync(join(source, 'service/segelld/demo/informacio-i-decisions.pdf'));
export const sha = (name, bytes) => createHash(name).update(bytes).digest('hex');
export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
export const later = ms => new Date(Date.now() + ms).toISOString().replace(/\.\d+/, '');
const day = 864e5;

// A program that runs until it is stopped by its process id; resolves when its output matches `ready`.
export class Program {
  log = '';
  static async start(program, args, ready) {
    const it = new Program();
    it.child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    it.ended = new Promise(resolve => it.child.on('exit', (code, signal) => resolve(code ?? signal)));
    it.child.stderr.on('data', chunk => { it.log += chunk; });
    it.said = await new Promise((resolve, reject) => {
      let said = '';
      const timer = setTimeout(() => reject(new Error(`${program} said in 60 s only: ${said}${it.log}`)), 60000);
      it.child.stdout.on('data', chunk => {
        said += chunk;
        const found = ready.exec(said);
        if (found) { clearTimeout(timer); resolve(found[1] ?? ''); }
      });
      it.child.on('exit', code => { clearTimeout(timer); reject(new Error(`${program} ended with ${code}: ${said}${it.log}`)); });
    });
    return it;
  }
  // The exit code; SIGKILL when it does not end in time.
  async stop(bound = 15000) {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), bound);
    const code = await this.ended;
    clearTimeout(timer);
    return code;
  }
  // The most memory it ever held, in MiB.
  peak() { return Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]) / 1024; }
  threads() { return Number(/^Threads:\s*(\d+)/m.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]); }
}

// A data folder with its configuration; start() as often as one likes.
export class Installation {
  constructor(segelld, pki, { tls = false, more = '' } = {}) {
    this.segelld = segelld;
    this.folder = mkdtempSync(join(tmpdir(), 'segell-http-'));
    this.config = join(this.folder, 'segelld.properties');
    writeFileSync(this.config, `profile = example\nlisten.port = 0\npublic-url = http://localhost\ndata = data\nkek = kek
log.origin = segell.example\ntenant.organisation = Ajuntament de Vilaexemple\ntenant.seal.key = ${pki}/seal-rsa.key
tenant.seal.certificate = ${pki}/seal-rsa.pem\ntenant.seal.chain = ${pki}/issuing.pem\ntrust = ${pki}/anchors\nlogin.password-cost = 10\n${more}`);
    if (tls) {
      writeFileSync(join(this.folder, 'tls.pem'), readFileSync(`${pki}/tls.pem`, 'utf8') + readFileSync(`${pki}/issuing.pem`, 'utf8'));
      appendFileSync(this.config, `listen.tls.certificate = tls.pem\nlisten.tls.key = ${pki}/tls.key\n`);
    }
    const made = execFileSync(segelld, ['init', '--config', this.config, '--token-file', join(this.folder, 'token')], { encoding: 'utf8' });
    this.origin = /^log (.*)$/m.exec(made)[1];
    this.token = readFileSync(join(this.folder, 'token'), 'utf8').trim();
  }
  async start() {
    const it = await Program.start(this.segelld, ['--config', this.config], /^listening (.*)$/m);
    it.url = it.said.replace('//127.0.0.1', '//localhost');
    it.port = Number(new URL(it.url).port);
    return it;
  }
  remove() { rmSync(this.folder, { recursive: true, force: true }); }
}

// One request, its body as it is given (a Buffer, a stream or nothing); resolves with what came back, also when the server
// answers and ends the connection before it took the whole body.
export function send(url, method, headers, body, ca) {
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = (url.startsWith('https') ? https : http).request(url, { method, headers, ca, agent: false }, response => {
      answered = true;
      const parts = [];
      response.on('data', part => parts.push(part)).on('error', reject).on('end', () => {
        const bytes = Buffer.concat(parts);
        const json = /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(bytes) : undefined;
        resolve({ status: response.statusCode, headers: response.headers, bytes, json });
      });
    });
    request.on('error', error => { if (!answered) reject(error); });
    if (body?.pipe) body.on('error', () => {}).pipe(request);
    else request.end(body);
  });
}

// One caller: an address and a token.
export function caller(base, token, ca) {
  return (method, path, body, { key = randomUUID(), type = 'application/json' } = {}) => {
    const octets = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    return send(base + path, method, {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(octets ? { 'content-type': type, 'content-length': octets.length } : {}),
      ...(method === 'POST' && key ? { 'idempotency-key': key } : {}),
    }, octets, ca);
  };
}

export function expect(answer, status, code, what = code) {
  assert.equal(answer.status, status, `${what}: ${answer.bytes.toString().slice(0, 600)}`);
  if (code === undefined) return answer.json;
  assert.match(answer.headers['content-type'], /^application\/problem\+json/, what);
  assert.equal(answer.json.code, code, what);
  assert.equal(answer.json.status, status, what);
  for (const word of ['title', 'detail', 'requestId']) assert.ok(answer.json[word], `${what}: ${word}`);
  return answer.json;
}

const scope = { purpose: 'coordination', category: 'health.summary', recipient: 'primary-care' };
const consent = { kind: 'EXPRESS_CONSENT', article6: 'a', opposable: 'no' };

// A person and a notice, once a store.
export async function ground(desk) {
  const person = expect(await desk('POST', '/api/v1/persons', { name: 'Persona Inventada Exemple' }), 201).person.id;
  const notice = expect(await desk('POST', '/api/v1/notices', { key: 'coordination', language: 'ca', title: 'Coordinació', text: 'Compartim el resum.' }), 201).notice.version;
  return { person, notice };
}

export const question = person => ({
  subject: { type: 'organization', id: scope.recipient }, action: { name: 'read', properties: { purpose: scope.purpose } },
  resource: { type: 'person_data', id: person, properties: { category: scope.category } },
});

// A document, a request about it, and the tablet that holds its link.
export async function visitOf(base, desk, { person, notice }, { expires = day, ca, document } = {}) {
  const id = document ?? expect(await desk('POST', '/api/v1/documents', pdf, { type: 'application/pdf' }), 201).document.id;
  const request = expect(await desk('POST', '/api/v1/signature-requests', {
    documentId: id, personId: person, title: 'Informació i decisions', language: 'ca', capacity: 'self',
    identityEvidence: { kind: 'id-seen', level: 3 },
    items: [{ ...scope, basis: consent, notice: { key: 'coordination', version: notice }, validUntil: later(300 * day),
              text: 'Podem compartir el resum?', consequenceIfRefused: 'Cap.' }],
    methods: ['button'], expiresAt: later(expires),
  }), 201).request;
  return { document: id, request: request.id, tablet: caller(base, request.link.split('#')[1], ca) };
}

// The body of the act of a visit whose choices are made now.
export async function actOf({ tablet }) {
  const items = expect(await tablet('GET', '/api/v1/visit'), 200).request.items;
  expect(await tablet('POST', '/api/v1/visit/choices', { choices: items.map(item => ({ item: item.id, choice: 'grant' })) }), 200);
  return shownAct((await tablet('GET', '/api/v1/visit/document')).bytes);
}

export const shownAct = bytes =>
  ({ shown: { sha256: sha('sha256', bytes), sha512: sha('sha512', bytes), length: bytes.length }, method: 'button', meaning: 'agree' });

// The sizes of the public log.
export async function logSize(base, origin, ca) {
  return Number((await send(`${base}/log/${origin}/checkpoint`, 'GET', {}, undefined, ca)).bytes.toString().split('\n')[1]);
}

// Runs the cases one after another, tells each, and ends the process with what came of it.
export async function runCases(cases) {
  let failed = 0;
  for (const [name, run] of cases) {
    const begin = Date.now();
    try {
      const seen = await run();
      console.log(`passed ${name} (${Date.now() - begin} ms)${seen ? ': ' + seen : ''}`);
    } catch (error) {
      failed = 1;
      console.log(`FAILED ${name}`);
      console.error(error);
    }
  }
  return failed;
}
