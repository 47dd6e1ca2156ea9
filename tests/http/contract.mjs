// The whole way over HTTP against a real segelld, once directly and once through Prism, which compares every request and
// every answer with the OpenAPI document. Usage: node contract.mjs SEGELLD PKI
import { spawn, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createHash, randomUUID, sign, X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import { Device, Package } from './device.mjs';

const [segelld, pki] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, '../..');
const folder = mkdtempSync(join(tmpdir(), 'segell-contract-'));
const children = [];
let log = '';

function start(program, args, ready) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`${program} said in 60 s only: ${said}`)), 60000);
    const hear = chunk => {
      said += chunk;
      const found = ready.exec(said);
      if (found) { clearTimeout(timer); resolve(found[1] ?? ''); }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', chunk => { log += chunk; hear(chunk); });
    child.on('exit', code => { clearTimeout(timer); reject(new Error(`${program} ended with ${code}: ${said}`)); });
  });
}

function freePort() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const sha = (name, bytes) => createHash(name).update(bytes).digest('hex');
const inOneYear = new Date(Date.now() + 365 * 864e5).toISOString().replace(/\.\d+/, '');
const inOneDay = new Date(Date.now() + 864e5).toISOString().replace(/\.\d+/, '');

// One caller: a base address and a token. Octets that are no JSON go straight to segelld: Prism reads every body as text.
let direct;
function caller(base, token) {
  return async (method, path, body, { key = randomUUID(), type = 'application/json', headers = {} } = {}) => {
    const creating = method === 'POST';
    const octets = type !== 'application/json' || /content$|visit\/(document|paper)$|slip\/paper$|envelope$|checkpoint$|requests\/\w+\/paper$/.test(path);
    const response = await fetch((octets ? direct : base) + path, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body !== undefined ? { 'content-type': type } : {}),
        ...(creating && key ? { 'idempotency-key': key } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : type === 'application/json' ? JSON.stringify(body) : body,
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const kind = response.headers.get('content-type') ?? '';
    return { status: response.status, headers: response.headers, bytes, json: kind.includes('json') ? JSON.parse(bytes) : undefined };
  };
}

function expect(answer, status, what) {
  assert.equal(answer.headers.get('sl-violations'), null, `${what}: ${answer.headers.get('sl-violations')}`);
  assert.equal(answer.status, status, `${what}: ${answer.bytes.toString().slice(0, 600)}`);
  return answer.json;
}

const pdf = readFileSync(join(source, 'service/segelld/demo/informacio-i-decisions.pdf'));
const scope = { purpose: 'coordination', category: 'health.summary', recipient: 'primary-care' };
const consent = { kind: 'EXPRESS_CONSENT', article6: 'a', opposable: 'no' };

/** A seal whose key the service never sees. */
async function fromElsewhere(base, token) {
  const program = caller(base, token);
  const { document } = expect(await program('POST', '/api/v1/documents', pdf, { type: 'application/pdf' }), 201, 'store');
  const certificates = ['seal-p256', 'issuing'].map(name => new X509Certificate(readFileSync(`${pki}/${name}.pem`)).raw.toString('base64'));
  const { preparation } = expect(await program('POST', `/api/v1/documents/${document.id}/seal-preparations`, { certificates, reason: 'Conforme' }), 201, 'prepare');
  const toBeSigned = Buffer.from(preparation.toBeSigned, 'base64');
  assert.equal(sha('sha256', toBeSigned), preparation.digest);
  const complete = signature => program('POST', `/api/v1/seal-preparations/${preparation.id}/completion`, { signature: signature.toString('base64') });
  assert.equal(expect(await complete(toBeSigned), 422, 'no signature').code, 'key.wrong-signature');
  const { seal } = expect(await complete(sign('sha256', toBeSigned, readFileSync(`${pki}/seal-p256.key`))), 201, 'complete');
  assert.equal(seal.revision, 1);
  const described = expect(await program('GET', `/api/v1/documents/${document.id}`), 200, 'describe').document;
  assert.deepEqual(described.revisions.map(({ kind }) => kind), ['original', 'seal']);
  const { bytes } = await program('GET', `/api/v1/documents/${document.id}/content`);
  assert.equal(sha('sha256', bytes), seal.sha256);
  const verdict = expect(await program('POST', '/api/v1/verify', bytes, { type: 'application/pdf', key: null }), 200, 'verify');
  assert.equal(verdict.indication, 'TOTAL-PASSED');
}

/** What a professional's program asks for and follows: people found again, an order of signing, links, a reservation. */
async function atTheDesk(base, token) {
  const desk = caller(base, token);
  const identifier = { type: 'PROVISIONAL', value: `CANARY${Date.now()}` };
  const { person } = expect(await desk('POST', '/api/v1/persons', { name: 'Canaria Inventada', identifier, language: 'ca', address: 'familiar' }), 201, 'person');
  const found = expect(await desk('POST', '/api/v1/persons/search', { identifier }, { key: null }), 200, 'search');
  assert.deepEqual(found.persons.map(({ id, address }) => [id, address]), [[person.id, 'familiar']]);
  assert.equal(expect(await desk('POST', '/api/v1/persons/search', { name: 'Canaria' }, { key: null }), 422, 'by name').code, 'person.bad-search');
  const { document } = expect(await desk('POST', '/api/v1/documents', pdf, { type: 'application/pdf' }), 201, 'store');
  const wish = {
    documentId: document.id, personId: person.id, title: 'Pla', language: 'ca', capacity: 'self', address: 'familiar',
    identityEvidence: { kind: 'known', level: 2 }, items: [], methods: ['button'], expiresAt: inOneDay,
  };
  const ask = async more => expect(await desk('POST', '/api/v1/signature-requests', { ...wish, ...more }), 201, 'request').request;
  const first = await ask({ meanings: ['agree', 'agree-with-reservation'] });
  const second = await ask({ after: first.id, capacity: 'professional' });
  assert.equal(second.state, 'waiting');
  const later = caller(base, second.link.split('#')[1]);
  assert.equal(expect(await later('GET', '/api/v1/visit'), 409, 'not yet').code, 'visit.not-yet');
  const { link } = expect(await desk('POST', `/api/v1/signature-requests/${first.id}/link`, { expiresAt: inOneDay }), 201, 'link').request;
  assert.equal((await caller(base, first.link.split('#')[1])('GET', '/api/v1/visit')).status, 401, 'the old link');
  const tablet = caller(base, link.split('#')[1]);
  const visit = expect(await tablet('GET', '/api/v1/visit'), 200, 'visit').request;
  assert.deepEqual([visit.meanings, visit.address], [['agree', 'agree-with-reservation'], 'familiar']);
  const shown = expect(await tablet('POST', '/api/v1/visit/choices', { choices: [] }, { key: null }), 200, 'choices').document;
  const act = { shown: { sha256: shown.sha256, sha512: shown.sha512, length: shown.length }, method: 'button', meaning: 'agree-with-reservation' };
  assert.equal(expect(await tablet('POST', '/api/v1/visit/act', act), 422, 'no words').code, 'act.reservation-missing');
  expect(await tablet('POST', '/api/v1/visit/act', { ...act, reservation: 'Fins a juny' }), 201, 'act');
  const { requests } = expect(await desk('GET', '/api/v1/signature-requests?limit=2'), 200, 'list');
  assert.deepEqual(requests.map(({ id, state }) => [id, state]), [[second.id, 'created'], [first.id, 'signed_with_reservation']]);
  assert.equal(requests[1].reservation, 'Fins a juny');
  expect(await desk('POST', `/api/v1/signature-requests/${second.id}/cancellation`, {}), 201, 'cancel');
  const again = await desk('POST', `/api/v1/signature-requests/${second.id}/cancellation`, {});
  assert.equal(expect(again, 409, 'cancelled').code, 'request.over');
  const over = expect(await desk('GET', '/api/v1/signature-requests?state=cancelled&limit=1'), 200, 'filtered');
  assert.equal(over.requests[0].id, second.id);
}

/** What a page without any PDF library makes of a paper. */
function fillIn(paper, recipe, choices) {
  const added = Buffer.from(recipe.append, 'base64');
  for (const { item, at, choices: names } of recipe.slots) {
    at.forEach(place => added.write(names[choices[item]], place, 'latin1'));
  }
  return Buffer.concat([paper, added]);
}

async function fromTemplate(base, token) {
  const desk = caller(base, token);
  const { templates } = expect(await desk('GET', '/api/v1/templates'), 200, 'templates');
  assert.ok(templates.some(({ key, languages }) => key === 'work-plan' && languages.includes('ca-simple')));
  const fields = {
    area: 'Serveis socials d’Exemple', person: { given_name: 'Canària', surname1: 'Inventada' }, professional: 'Marta Inventada',
    starting_situation: 'Viu sola', goals: ['Sortir de casa'], person_commitments: ['Sortir'], service_commitments: ['Trucar'], follow_up: ['Cada mes'],
    review_date: '2027-03-15', officer: 'dpd@exemple.example', authority: 'APDCAT', second_layer: 'https://exemple.example/dades',
  };
  const wanted = { language: 'ca-simple', fields, items: [], signers: [{ signer: 'person', name: 'Canària Inventada' }, { signer: 'professional', name: 'Marta Inventada' }] };
  const made = expect(await desk('POST', '/api/v1/templates/work-plan/documents', wanted), 201, 'template document').document;
  assert.equal(made.template.language, 'ca-simple');
  assert.deepEqual(made.signers, ['person', 'professional']);
  const view = await desk('GET', `/api/v1/documents/${made.id}/reading-view`);
  expect(view, 200, 'reading view');
  assert.match(view.bytes.toString(), /^<article class="paper simple" lang="ca-simple" dir="ltr"/);
  assert.equal(expect(await desk('POST', '/api/v1/templates/nothing/documents', wanted), 404, 'no such template').code, 'template.unknown');
}

async function wholeWay(base, token) {
  const desk = caller(base, token);
  const stored = expect(await desk('POST', '/api/v1/documents', pdf, { type: 'application/pdf' }), 201, 'store').document;
  assert.equal(stored.sha256, sha('sha256', pdf));
  const person = expect(await desk('POST', '/api/v1/persons', { name: 'Canaria Inventada Exemple' }), 201, 'person').person;
  const notice = expect(await desk('POST', '/api/v1/notices', { key: 'coordination', language: 'ca', title: 'Coordinació', text: 'Compartim el resum amb el vostre CAP.' }), 201, 'notice').notice;
  const request = expect(await desk('POST', '/api/v1/signature-requests', {
    documentId: stored.id, personId: person.id, title: 'Informació i decisions', language: 'ca', capacity: 'self',
    identityEvidence: { kind: 'id-seen', level: 3 },
    professional: { name: 'Marta Inventada' },
    items: [{ ...scope, basis: consent, notice: { key: notice.key, version: notice.version }, validUntil: inOneYear,
              text: 'Podem compartir el resum de salut amb el vostre CAP?', consequenceIfRefused: 'Caldrà que ho expliqueu vós.' }],
    methods: ['button', 'drawn'], expiresAt: inOneDay,
  }), 201, 'request').request;
  const [page, capability] = request.link.split('#');
  assert.match(page, /\/visit$/);
  assert.match(capability, /^sgv_/);

  const tablet = caller(base, capability);
  const visit = expect(await tablet('GET', '/api/v1/visit'), 200, 'visit').request;
  assert.equal(visit.items.length, 1);
  assert.equal((await tablet('GET', '/api/v1/visit/document')).status, 409, 'not frozen yet');
  const paper = await tablet('GET', '/api/v1/visit/paper');
  expect(paper, 200, 'paper');
  assert.equal(sha('sha256', paper.bytes), visit.paper.sha256);
  assert.equal((await tablet('GET', '/api/v1/visit/reading-view')).status, 404, 'a stored PDF has no reading view');
  const filled = fillIn(paper.bytes, visit.paper.fillIn, { [visit.items[0].id]: 'grant' });
  const choices = [{ item: visit.items[0].id, choice: 'grant' }];
  const other = await tablet('POST', '/api/v1/visit/choices', { choices, sha256: sha('sha256', 'x') }, { key: null });
  assert.equal(expect(other, 409, 'other octets').code, 'visit.other-bytes');
  const frozen = expect(await tablet('POST', '/api/v1/visit/choices', { choices, sha256: sha('sha256', filled) }, { key: null }), 200, 'choices').document;
  assert.equal(frozen.sha256, sha('sha256', filled));
  assert.equal((await tablet('GET', '/api/v1/visit/paper')).status, 409, 'filled in');
  const resumed = expect(await tablet('GET', '/api/v1/visit'), 200, 'visit again').request;
  assert.deepEqual(resumed.frozen, { ...frozen, choices: [{ item: visit.items[0].id, choice: 'grant' }] });
  assert.deepEqual(resumed.professional, { name: 'Marta Inventada', checkedIdentity: true });
  const notes = {
    questions: [{ asked: 'Qui ho veurà?', answered: 'El CAP.' }], interpreter: { name: 'Intèrpreta Inventada', language: 'urdú', presence: 'here' },
    supportPerson: { name: 'Veïna Fictícia', relation: 'veïna' }, spokeAlone: 'yes',
  };
  const shown = await tablet('GET', '/api/v1/visit/document');
  expect(shown, 200, 'frozen');
  assert.equal(sha('sha256', shown.bytes), frozen.sha256);

  const act = { shown: { sha256: sha('sha256', shown.bytes), sha512: sha('sha512', shown.bytes), length: shown.bytes.length }, method: 'button', meaning: 'agree', notes };
  const wrong = await tablet('POST', '/api/v1/visit/act', { ...act, shown: { ...act.shown, sha256: sha('sha256', 'x') } });
  assert.equal(expect(wrong, 409, 'wrong digest').code, 'act.wrong-digest');
  const key = randomUUID();
  const sealed = expect(await tablet('POST', '/api/v1/visit/act', act, { key }), 201, 'act').sealed;
  const again = await tablet('POST', '/api/v1/visit/act', act, { key });
  assert.deepEqual(expect(again, 201, 'the same act again').sealed, sealed);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  assert.equal(expect(await tablet('POST', '/api/v1/visit/act', { ...act, meaning: 'informed' }, { key }), 422, 'other body').code, 'idempotency.other-body');
  assert.equal((await tablet('POST', '/api/v1/visit/act', act)).status, 409, 'a request is used once');

  const content = await desk('GET', `/api/v1/documents/${stored.id}/content`);
  expect(content, 200, 'content');
  assert.equal(sha('sha256', content.bytes), sealed.sha256);
  assert.match(content.headers.get('content-disposition'), /filename="document-[0-9A-Za-z]+\.pdf"/);
  const described = expect(await desk('GET', `/api/v1/documents/${stored.id}`), 200, 'describe').document;
  assert.equal(described.state, 'sealed');
  const disclosure = expect(await desk('GET', `/api/v1/documents/${stored.id}/disclosure`), 200, 'disclosure');
  assert.equal(disclosure.schema, 'segell.disclosure/1');
  assert.equal((await desk('GET', `/api/v1/documents/${stored.id}/envelope`)).status, 404, 'no envelope was made');
  assert.deepEqual(expect(await desk('GET', `/api/v1/documents/${stored.id}/notes`), 200, 'notes').notes, [{ requestId: request.id, ...notes }]);
  expect(await desk('GET', `/api/v1/signature-requests/${request.id}`), 200, 'describe request');

  const anyone = caller(base);
  const verdict = expect(await anyone('POST', '/api/v1/verify', content.bytes, { type: 'application/pdf', key: null }), 200, 'verify');
  assert.equal(verdict.indication, 'TOTAL-PASSED', verdict.summary);
  const broken = Buffer.from(content.bytes);
  broken[2000] ^= 1;
  assert.equal(expect(await anyone('POST', '/api/v1/verify', broken, { type: 'application/pdf', key: null }), 200, 'verify broken').exit, 1);
  const told = expect(await anyone('POST', '/api/v1/verify', { file: content.bytes.toString('base64'), disclosure }, { key: null }), 200, 'verify with disclosure');
  assert.ok(Object.keys(told.signatures[0].act.disclosed).length > 0);

  const code = { code: sealed.verificationCode };
  assert.deepEqual(expect(await anyone('POST', '/api/v1/check', code, { key: null }), 200, 'check').check, { verdict: 'unchanged', reason: null, void: [] });
  const copy = expect(await tablet('POST', '/api/v1/visit/copy', { copy: 'phone' }), 201, 'copy').copy;
  assert.match(copy.slip.link, /\/slip#/);
  expect(await tablet('POST', '/api/v1/visit/copy', { copy: 'post' }), 201, 'copy by post');
  const posted = expect(await desk('POST', `/api/v1/signature-requests/${request.id}/slips`, {}), 201, 'slip').slip;
  const ahead = expect(await desk('POST', '/api/v1/slips', { count: 2, bindBy: inOneDay }), 201, 'slips').slips;
  expect(await desk('POST', `/api/v1/signature-requests/${request.id}/slips`, { code: ahead[0].code }), 201, 'bind');
  expect(await desk('POST', `/api/v1/slips/${posted.id}/revocation`, {}), 201, 'revoke');
  assert.equal((await anyone('POST', '/api/v1/slip/look', { code: posted.code }, { key: null })).status, 404, 'revoked');
  const onSlip = expect(await anyone('POST', '/api/v1/slip/look', { code: copy.slip.code }, { key: null }), 200, 'look').slip;
  const slipPaper = await anyone('POST', '/api/v1/slip/paper', { code: copy.slip.code }, { key: null });
  expect(slipPaper, 200, 'slip paper');
  assert.match(slipPaper.headers.get('content-disposition'), /filename="slip-[0-9A-Z]{4}\.pdf"/);

  const ask = () => desk('POST', '/access/v1/evaluation', {
    subject: { type: 'organization', id: scope.recipient }, action: { name: 'read', properties: { purpose: scope.purpose } },
    resource: { type: 'person_data', id: person.id, properties: { category: scope.category } },
  }, { key: null, headers: { 'x-request-id': 'contract-1' } });
  const before = await ask();
  assert.equal(before.headers.get('x-request-id'), 'contract-1');
  const granted = expect(before, 200, 'evaluation');
  expect(await desk('POST', `/api/v1/persons/${person.id}/decisions`, { kind: 'withdraw', ...scope, channel: 'slip' }), 201, 'withdraw');
  const after = expect(await ask(), 200, 'evaluation');
  assert.deepEqual([granted.decision, after.decision], [true, false]);
  const lines = { code: copy.slip.code, lines: [onSlip.lines[0].id] };
  expect(await anyone('POST', '/api/v1/slip/withdrawal', lines, { key: null }), 200, 'withdraw by slip');
  const heard = { kind: 'withdraw', ...scope, heardBy: 'Marta Inventada', heardAt: new Date().toISOString().replace(/\.\d+/, ''), channel: 'phone', language: 'ca' };
  expect(await desk('POST', `/api/v1/persons/${person.id}/told-decisions`, heard), 201, 'told');
  assert.equal((await desk('GET', `/api/v1/documents/${person.id}`)).status, 404, 'unknown document');
  const denied = await tablet('GET', `/api/v1/documents/${stored.id}`);
  assert.equal(denied.status, 404, 'a tablet sees no other document');
  expect(await desk('POST', `/api/v1/persons/${person.id}/erasure`, {}), 201, 'erasure');
  expect(await anyone('GET', '/healthz'), 200, 'healthz');
  expect(await anyone('GET', '/readyz'), 200, 'readyz');
  const checkpoint = await anyone('GET', `/log/${ORIGIN}/checkpoint`);
  expect(checkpoint, 200, 'checkpoint');
  assert.ok(checkpoint.bytes.toString().startsWith(ORIGIN + '\n'));
}

// Who decides for somebody of 12, and what one holder's objection leaves to look at.
async function decidedFor(base, token) {
  const desk = caller(base, token);
  const born = new Date(Date.now() - 12.5 * 365.25 * 864e5).toISOString().slice(0, 10);
  const add = async more => expect(await desk('POST', '/api/v1/persons', { name: 'Canaria Inventada', ...more }), 201, 'person').person.id;
  const child = await add({ birthDate: born, birthDateSeen: 'family-book' });
  const parents = [await add({}), await add({})];
  const evidence = { kind: 'family-book', reference: 'llibre inventat', seen: true };
  const record = async (representativeId, seen) => expect(await desk('POST', `/api/v1/persons/${child}/representations`, {
    representativeId, basis: 'parental-authority', holds: 'joint', scope: ['image'], until: inOneYear, evidence: { ...evidence, seen },
  }), 201, 'representation').representation;
  const mother = await record(parents[0], true);
  const father = await record(parents[1], false);
  assert.deepEqual([mother.state, father.state], ['valida', 'pendent-validacio']);
  const state = (id, to) => desk('POST', `/api/v1/representations/${id}/state`, { state: to, reason: 'ho he vist' });
  assert.equal(expect(await state(father.id, 'revocada'), 409, 'not yet').code, 'representation.transition');
  expect(await state(father.id, 'valida'), 201, 'valid');
  const object = more => desk('POST', `/api/v1/representations/${father.id}/objections`, {
    scope: { purpose: 'image' }, channel: 'email', receivedAt: new Date(Date.now() - 6e4).toISOString(), reason: 'no hi estic d\'acord', ...more });
  const { objection } = expect(await object(), 201, 'objection');
  assert.deepEqual(objection.blocks, []);
  assert.equal(expect(await object({ receivedAt: inOneDay }), 422, 'too early').code, 'objection.bad-time');
  const told = expect(await desk('GET', `/api/v1/persons/${child}/representations`), 200, 'who decides');
  assert.deepEqual([told.person.age, told.person.birthDate, told.representations.map(one => one.state), told.objections[0].state],
    ['under-14', born, ['valida', 'valida'], 'live']);
  expect(await desk('POST', `/api/v1/objections/${objection.id}/end`, { by: 'holder', reason: 'ja hi està d\'acord' }), 201, 'taken back');
  const { reviews } = expect(await desk('GET', '/api/v1/reviews?limit=5'), 200, 'reviews');
  const mine = reviews.filter(one => one.personId === child);
  assert.deepEqual(mine.map(one => one.kind), ['objection']);
  expect(await desk('POST', `/api/v1/reviews/${mine[0].id}/answer`, { text: 'S\'ha parlat amb tots dos.', seen: mine[0].logIndex }), 201, 'answered');
  const put = birthDate => desk('PUT', `/api/v1/persons/${child}/birth-date`, { birthDate, seen: 'id-document', reason: 'estava malament' },
    { headers: { 'idempotency-key': randomUUID() } });
  expect(await put('2009-02-28'), 200, 'birth date');
  const { document } = expect(await desk('POST', '/api/v1/documents', pdf, { type: 'application/pdf' }), 201, 'store');
  expect(await desk('POST', `/api/v1/persons/${child}/protections`, { kind: 'confidential', reason: 'és cosa seva', document: document.id }), 201, 'confidential');
}

// A visit without a network.
async function carried(base, token) {
  const desk = caller(base, token);
  const stored = expect(await desk('POST', '/api/v1/documents', pdf, { type: 'application/pdf' }), 201, 'store').document;
  const person = expect(await desk('POST', '/api/v1/persons', { name: 'Canaria Inventada Exemple' }), 201, 'person').person;
  const notice = expect(await desk('POST', '/api/v1/notices', { key: 'carried', language: 'ca', title: 'Coordinació', text: 'Compartim el resum.' }), 201, 'notice').notice;
  const request = expect(await desk('POST', '/api/v1/signature-requests', {
    documentId: stored.id, personId: person.id, title: 'Informació i decisions', language: 'ca', capacity: 'self', identityEvidence: { kind: 'id-seen', level: 3 },
    items: [{ ...scope, basis: consent, notice: { key: notice.key, version: notice.version }, validUntil: inOneYear, text: 'Podem compartir el resum?', consequenceIfRefused: 'Cap.' }],
    methods: ['button'], expiresAt: inOneDay,
  }), 201, 'request').request;
  const device = await Device.enrol((...call) => desk(...call).then(answer => (expect(answer, 201, 'enrol'), answer)));
  expect(await desk('GET', '/api/v1/devices?limit=1'), 200, 'devices');
  const visit = expect(await desk('POST', '/api/v1/visits', { device: device.id, requests: [request.id], expiresAt: inOneDay }), 201, 'prepare').visit;
  expect(await desk('GET', '/api/v1/visits'), 200, 'visits');
  const wanted = { device: device.id, requests: [request.id], expiresAt: inOneDay };
  expect(await desk('POST', '/api/v1/visits/preview', wanted), 200, 'preview');
  const back = expect(await desk('POST', '/api/v1/visits', wanted), 201, 'prepare another').visit;
  expect(await desk('POST', `/api/v1/visits/${back.id}/withdrawal`, {}), 201, 'taken back');
  expect(await desk('GET', '/api/v1/signature-requests?state=open'), 200, 'open requests');
  const pack = await Package.fetch(base, (...call) => desk(...call).then(answer => (expect(answer, 201, 'package'), answer)), device, visit.id, caller);
  assert.equal((await pack.call('GET', `/api/v1/package/requests/${request.id}/reading-view`)).status, 404, 'a stored PDF has no reading view');
  const act = await pack.signed(0, 'grant', { identity: null, copy: { kind: 'phone', code: pack.content.requests[0].slip.code }, notes: { questions: [], spokeAlone: 'yes' } });
  expect(await pack.send(act), 201, 'captured act');
  for (let i = 0; expect(await pack.call('GET', '/api/v1/package'), 200, 'package').acts[0].state !== 'sealed'; ++i) {
    assert.ok(i < 200, 'sealed in time');
    await new Promise(resolve => setTimeout(resolve, 25));
  }
  expect(await desk('GET', `/api/v1/visits/${visit.id}`), 200, 'describe visit');
  expect(await desk('GET', '/api/v1/visits?with=papers'), 200, 'visits with papers');
  expect(await desk('POST', `/api/v1/devices/${device.id}/revocation`, { reason: 'retired' }), 201, 'end of a device');
  assert.equal(expect(await pack.call('GET', '/api/v1/package'), 403, 'ended').code, 'device.revoked');
}

// The logins of the organisation, in an administrator's session, and the passkeys of that login as far as no browser is needed.
async function logins(base, session, name) {
  const call = caller(base, '');
  const anna = (method, path, body, key) => call(method, path, body, { headers: session, ...(key === null ? { key } : {}) });
  const made = expect(await anna('POST', '/api/v1/accounts', {
    name, shownName: 'Laia Fictícia', unit: 'Serveis Socials Nord', roles: [{ role: 'professional' }, { role: 'manager' }], language: 'ca',
  }), 201, 'account');
  assert.match(made.letter.reference, /^letter-[0-9a-f]{12}$/);
  const letter = readFileSync(join(folder, 'letters', `${made.letter.reference}.txt`), 'utf8');
  const [code] = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(letter);
  assert.ok(!JSON.stringify(made).includes(code), 'the code is in the letter alone');
  assert.ok(expect(await anna('GET', '/api/v1/accounts?role=staff&limit=1'), 200, 'accounts').next !== null);
  const { account } = expect(await anna('GET', `/api/v1/accounts/${made.account.id}`), 200, 'describe account');
  const change = (what, body = {}) => anna('POST', `/api/v1/accounts/${account.id}/${what}`, body);
  expect(await change('roles', { role: 'dpo' }), 200, 'role');
  expect(await change('role-withdrawal', { id: account.roles[0].id }), 200, 'role withdrawn');
  expect(await change('block'), 200, 'block');
  assert.equal((await change('unblock')).json.code, 'account.not-active');
  expect(await change('letter', { language: 'en' }), 200, 'letter');
  expect(await change('session-end'), 200, 'session end');
  assert.equal((await change('second-factor-reset')).json.code, 'account.no-second-factor');
  assert.equal((await anna('POST', '/api/v1/accounts', { name, shownName: 'Una altra', roles: [{ role: 'dpo' }], language: 'ca' })).json.code, 'account.name-taken');
  const options = expect(await anna('POST', '/api/v1/session/passkeys/options', {}, null), 200, 'passkey options').publicKey;
  assert.equal(options.rp.id, 'localhost');
  const wrong = await anna('POST', '/api/v1/session/passkeys', { name: 'clau', clientDataJSON: 'e30', authenticatorData: 'AAAA' }, null);
  assert.equal(wrong.json.code, 'passkey.type');
  assert.equal((await anna('POST', '/api/v1/session/second-factor/passkey/options', {}, null)).json.code, 'session.step');
  assert.equal((await call('POST', '/api/v1/session/return/passkey/options', {}, { key: null })).status, 404);
}

let ORIGIN;
let failed = 0;
try {
  const config = join(folder, 'segelld.properties');
  writeFileSync(config, `profile = example\nlisten.port = 0\npublic-url = http://localhost\ndata = data\nkek = kek\nlog.origin = segell.example
tenant.organisation = Ajuntament de Vilaexemple\ntenant.seal.key = ${pki}/seal-rsa.key\ntenant.seal.certificate = ${pki}/seal-rsa.pem
tenant.seal.chain = ${pki}/issuing.pem\ntrust = ${pki}/anchors\nmessages.requests = yes\nlogin.letters = letters\n`);
  mkdirSync(join(folder, 'letters'), { mode: 0o700 });
  const made = execFileSync(segelld, ['init', '--config', config, '--token-file', join(folder, 'token')], { encoding: 'utf8' });
  ORIGIN = /^log (.*)$/m.exec(made)[1];
  const token = readFileSync(join(folder, 'token'), 'utf8').trim();
  execFileSync(segelld, ['account', 'create', '--config', config, '--name', 'anna', '--shown', 'Anna Imaginada', '--role', 'administrator', '--letter', join(folder, 'anna')]);
  const base = await start(segelld, ['--config', config], /^listening (.*)$/m);
  direct = base;
  const [code] = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(readFileSync(join(folder, 'anna'), 'utf8'));
  const entered = await caller(base, '')('POST', '/api/v1/activation', { name: 'anna', code, password: 'quatre paraules ben meves' }, { key: null });
  const session = {
    cookie: /^[^;]+/.exec(entered.headers.get('set-cookie'))[0], 'x-segell-csrf': expect(entered, 201, 'activation').session.csrf };
  await logins(base, session, 'laia');
  await fromTemplate(base, token);
  await atTheDesk(base, token);
  await fromElsewhere(base, token);
  await decidedFor(base, token);
  await wholeWay(base, token);
  await carried(base, token);
  console.log('whole way: passed');

  const port = await freePort();
  await start(join(here, '../node_modules/.bin/prism'),
    ['proxy', join(source, 'service/http/openapi.json'), base, '--errors', '--port', String(port), '--host', '127.0.0.1'],
    /Prism is (listening)/);
  await logins(`http://127.0.0.1:${port}`, session, 'berta');
  await fromTemplate(`http://127.0.0.1:${port}`, token);
  await atTheDesk(`http://127.0.0.1:${port}`, token);
  await fromElsewhere(`http://127.0.0.1:${port}`, token);
  await decidedFor(`http://127.0.0.1:${port}`, token);
  await wholeWay(`http://127.0.0.1:${port}`, token);
  await carried(`http://127.0.0.1:${port}`, token);
  console.log('whole way through Prism: passed');

  for (const canary of ['Canaria', 'sgt_', 'sgv_', 'coordination', token.slice(4, 20)])
    assert.ok(!log.split('\n').some(line => line.includes('request id=') && line.includes(canary)), `${canary} in the log`);
} catch (error) {
  failed = 1;
  console.error(error);
  console.error(log.split('\n').slice(-30).join('\n'));
} finally {
  for (const child of children) { child.removeAllListeners('exit'); child.kill('SIGTERM'); }
  await new Promise(resolve => setTimeout(resolve, 500));
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed);
