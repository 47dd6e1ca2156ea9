// Thirty personal things go into the real service; at each exit where they have no business there are none of them. Prints a JSON line
// for the bench. Usage: node leak.mjs (SEGELL_BIN, SEGELL_PKI as for the other tests)
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { caught, makeNet } from '../support/canaries.mjs';
import { filesBelow } from '../browser/support/traces.mjs';
import { bin, outcome, pki, startSegelld } from '../browser/support/segelld.mjs';

const later = (days) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
const kPassword = 'quatre paraules ben seves';

/** What a person would not want found. Each is a word that stands nowhere else. */
const canary = {
  givenName: 'Zenòbia', surname: 'Queralbs-Fictícia', identifier: '98765432X', otherPerson: 'Ermessenda-Inventada', loginName: 'zenobia.x@correu.example',
  password: kPassword, professional: 'Guifreda-Exemplar', identityDetail: 'passaport-caducat-de-prova', title: 'Acollida-a-la-Casa-Invisible', service: 'Servei-Secret-d’Exemple',
  purpose: 'refuge-place', category: 'violence.report', recipient: 'XR7700112233', itemText: 'Voleu-que-ho-sàpiga-la-casa-d’acollida?', consequence: 'Haureu-d’anar-hi-vós-mateixa',
  noticeTitle: 'Avís-del-refugi', noticeText: 'El-refugi-guarda-les-dades', noticeKey: 'refuge-notice', law: 'Llei-inventada-77', shelterAddress: 'Carrer-Amagat-12-3r',
  shelterTown: 'Vilaoculta', shelterPhone: '900-555-0199', birthDate: '1987-02-27', documentWords: 'La-persona-viu-al-refugi', documentTitle: 'Informe-confidencial-del-refugi',
  documentAuthor: 'Metge-de-Prova', correction: 'El-meu-carrer-està-mal-escrit', correctionAnswer: 'Ja-hem-posat-el-carrer-bo', toldText: 'Ja-no-vull-la-plaça-al-refugi', heardBy: 'Arnau-Imaginari',
};
assert.equal(Object.keys(canary).length, 30);
const net = makeNet(canary);

/** A paper of the professional's own, with personal words on it and in its metadata. */
async function paper() {
  const made = await PDFDocument.create();
  made.setTitle(canary.documentTitle);
  made.setAuthor(canary.documentAuthor);
  const font = await made.embedFont(StandardFonts.Helvetica);
  const page = made.addPage();
  [canary.documentWords, canary.shelterAddress, canary.shelterTown, canary.shelterPhone, canary.birthDate].forEach((words, at) =>
    page.drawText(words, { x: 72, y: 720 - 24 * at, size: 12, font }));
  return made.save({ useObjectStreams: false });
}

/** What the organisation publishes for everybody, and its own codes, in which events speak: nothing of hers. */
const kPublished = ['noticeTitle', 'noticeText', 'noticeKey'];
const kCodes = ['purpose', 'category', 'recipient', 'noticeKey'];

const exits = [];
/** One exit: what left there. `may`: the canaries that belong there. */
function exit(name, octets, may = []) {
  exits.push({ name, octets: Buffer.from(octets).length, found: caught(net, octets).filter((one) => !may.includes(one)) });
}

const folder = mkdtempSync(join(tmpdir(), 'leak-'));
const service = await startSegelld({ more: { 'messages.level': 'info', 'messages.requests': 'yes', 'login.second-factor-for-staff': 'no' },
  persons: { her: `${canary.givenName} ${canary.surname}`, other: canary.otherPerson },
  accounts: [{ name: canary.loginName, shown: 'Zeta', role: 'citizen', person: 'her' }, { name: 'altra', shown: 'Altra', role: 'citizen', person: 'other' },
    { name: 'exclosa', shown: 'Exclosa', role: 'representative', person: 'her' }, { name: 'professional', shown: 'Professional', role: 'professional' },
    { name: 'delegada', shown: 'Delegada', role: 'dpo' }] });
try {
  // Control: the net catches what is there, in each spelling.
  for (const spelled of [canary.surname, Buffer.from(canary.surname, 'utf16le').swap16(), Buffer.from(`xx${canary.surname}xx and more words`).toString('base64')]) {
    assert.deepEqual(caught(net, spelled), ['surname'], 'the net is live');
  }

  const heads = [];
  const ask = async (method, path, body, { token = service.token, type = 'application/json', headers = {} } = {}) => {
    const response = await fetch(service.origin + path, {
      method, redirect: 'manual', body: body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body),
      headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'Content-Type': type, 'Idempotency-Key': randomUUID() }), ...headers },
    });
    heads.push(`${method} ${path} ${[...response.headers].map((line) => line.join(': ')).join('\n')}`);
    const octets = Buffer.from(await response.arrayBuffer());
    return { status: response.status, octets, head: response.headers, json: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(octets) : null };
  };
  const good = async (...words) => {
    const answer = await ask(...words);
    assert.ok(answer.status < 300, `${words[0]} ${words[1]}: ${answer.status} ${answer.octets.subarray(0, 400)}`);
    return answer;
  };

  // Her matters go in.
  const her = service.persons.her;
  await good('POST', '/api/v1/persons', { name: `${canary.givenName} Segona`, identifier: { type: 'DNI', value: canary.identifier } });
  await good('PUT', `/api/v1/persons/${her}/birth-date`, { birthDate: canary.birthDate, seen: 'id-document', reason: canary.service });
  const { representation } = (await good('POST', `/api/v1/persons/${her}/representations`, { representativeId: service.persons.other, basis: 'power', scope: [],
    evidence: { kind: 'power', reference: canary.identityDetail, seen: false } })).json;
  await good('POST', `/api/v1/representations/${representation.id}/state`, { state: 'denegada', reason: canary.service });
  const { document } = (await good('POST', '/api/v1/documents', await paper(), { type: 'application/pdf' })).json;
  const { notice } = (await good('POST', '/api/v1/notices', { key: canary.noticeKey, language: 'ca', title: canary.noticeTitle, text: canary.noticeText })).json;
  const scope = { purpose: canary.purpose, category: canary.category, recipient: canary.recipient };
  const { request } = (await good('POST', '/api/v1/signature-requests', {
    documentId: document.id, personId: her, title: canary.title, language: 'ca', capacity: 'self', discreet: true,
    identityEvidence: { kind: 'id-seen', level: 3, detail: canary.identityDetail }, professional: { name: canary.professional }, methods: ['button'], expiresAt: later(1),
    items: [{ ...scope, basis: { kind: 'EXPRESS_CONSENT', article6: 'a', law: canary.law, opposable: 'no' }, notice: { key: notice.key ?? canary.noticeKey, version: notice.version },
      validUntil: later(300), text: `${canary.itemText} ${canary.service}`, consequenceIfRefused: canary.consequence }],
  })).json;
  const tablet = { token: new URL(request.link).hash.slice(1) };
  const visit = (await good('GET', '/api/v1/visit', undefined, tablet)).json.request;
  await good('POST', '/api/v1/visit/choices', { choices: [{ item: visit.items[0].id, choice: 'grant' }] }, tablet);
  const shown = (await good('GET', '/api/v1/visit/document', undefined, tablet)).octets;
  const digest = (name) => createHash(name).update(shown).digest('hex');
  await good('POST', '/api/v1/visit/act', { shown: { sha256: digest('sha256'), sha512: digest('sha512'), length: shown.length }, method: 'button', meaning: 'agree' }, tablet);
  const { copy } = (await good('POST', '/api/v1/visit/copy', { copy: 'phone' }, tablet)).json;
  const question = { subject: { type: 'organization', id: scope.recipient }, action: { name: 'read', properties: { purpose: scope.purpose } },
    resource: { type: 'person_data', id: her, properties: { category: scope.category } } };
  await good('POST', '/access/v1/evaluation', question);
  await good('POST', `/api/v1/persons/${her}/told-decisions`, { kind: 'withdraw', ...scope, heardBy: canary.heardBy, heardAt: later(-0.001), channel: 'phone', language: 'ca', text: canary.toldText });
  const { correction } = (await good('POST', `/api/v1/persons/${her}/corrections`, { text: canary.correction, channel: 'phone' })).json;
  await good('POST', `/api/v1/corrections/${correction.id}/answer`, { answer: 'accepted', text: canary.correctionAnswer });
  const sealed = (await good('GET', `/api/v1/documents/${document.id}/content`)).octets;
  const login = async (name) => {
    const { json, head } = await good('POST', '/api/v1/activation', { name, code: service.codes[name], password: kPassword }, { token: null });
    const holder = (answer) => ({ token: null, headers: {
      Cookie: answer.head.getSetCookie().map((line) => line.split(';')[0]).join('; '), 'X-Segell-CSRF': answer.json.session.csrf,
    } });
    const held = json.session.roles.find(({ role }) => role === 'representative');
    const given = holder({ head, json });
    return held === undefined ? given : holder(await good('POST', '/api/v1/session/role', { id: held.id }, given));
  };
  await login(canary.loginName);
  const other = await login('altra');

  // She is protected: her address is a token from now on, and whoever represents her sees nothing of her any more.
  const street = canary.shelterAddress;
  await good('POST', `/api/v1/persons/${her}/protections`, { kind: 'address', reason: canary.service, address: `${street}\n${street.replaceAll('-', ' ')}` });
  const excluded = await login('exclosa');
  for (const who of ['exclosa', 'delegada']) await good('POST', `/api/v1/persons/${her}/protections`, { kind: 'excluded-person', reason: canary.service, login: who });
  const professional = await login('professional');
  const plan = (await good('POST', '/api/v1/templates/work-plan/documents', {
    language: 'ca', items: [], signers: [{ signer: 'person', name: 'Zeta', personId: her }, { signer: 'professional', name: 'Marta' }],
    fields: {
      area: 'Àrea', person: { given_name: 'Zeta', surname1: 'Prova' }, professional: 'Marta', starting_situation: `Viu a ${street.replaceAll('-', ' ').toUpperCase()}.`,
      goals: [`Trobar-se a ${street}`], person_commitments: ['Venir'], service_commitments: ['Trucar'], follow_up: ['Cada mes'], review_date: '2030-01-31',
      officer: 'dpd@exemple.example', authority: 'APDCAT', second_layer: 'https://exemple.example',
    },
  })).json.document;
  const asked = (await good('POST', '/api/v1/signature-requests', {
    documentId: plan.id, personId: her, title: `Pla de ${street}`, language: 'ca', capacity: 'self', signer: 'person',
    identityEvidence: { kind: 'id-seen', level: 3, detail: street }, methods: ['button'], expiresAt: later(1), items: [],
  })).json.request;
  const hidden = { token: new URL(asked.link).hash.slice(1) };

  // What leaves beside her matters.
  const kStreet = Object.keys(canary).filter((name) => name !== 'shelterAddress');
  const printed = (await good('GET', `/api/v1/documents/${plan.id}/content`)).octets;
  writeFileSync(join(folder, 'plan.pdf'), printed);
  assert.match(execFileSync('pdftotext', [join(folder, 'plan.pdf'), '-']).toString(), /\[A-[0-9A-Z]{4}\]/);
  exit('a paper made for her, without her address', printed, kStreet);
  exit('that paper, read and printed', execFileSync('pdftotext', [join(folder, 'plan.pdf'), '-']), kStreet);
  exit('that paper as text', (await good('GET', `/api/v1/documents/${plan.id}/reading-view`)).octets, kStreet);
  exit('its visit', (await good('GET', '/api/v1/visit', undefined, hidden)).octets, kStreet);
  exit('its visit as text', (await good('GET', '/api/v1/visit/reading-view', undefined, hidden)).octets, kStreet);
  exit('the list of requests, by a program', (await good('GET', '/api/v1/signature-requests')).octets, kStreet);
  exit('the session of whoever is excluded', (await good('GET', '/api/v1/session', undefined, excluded)).octets);
  const delegate = await login('delegada');
  for (const [name, who] of [['representative', excluded], ['data protection officer', delegate], ['professional who works with nobody', professional]]) {
    for (const path of ['mine/documents', 'mine/decisions', 'mine/representatives', 'mine/accesses', 'mine/corrections', 'corrections', `corrections/${correction.id}`, 'protections', 'signature-requests', 'visits', 'feedback', 'reviews', `persons/${her}/representations`,
      `documents/${document.id}/content`, `documents/${plan.id}/reading-view`, `documents/${document.id}/disclosure`, `signature-requests/${request.id}`, `mine/documents/${document.id}/verdict`]) {
      exit(`${path.replace(/[0-9a-z]{26}/, '…')} by an excluded ${name}`, (await ask('GET', `/api/v1/${path}`, undefined, who)).octets);
    }
    for (const body of [{ name: canary.surname.slice(0, 8) }, { identifier: { type: 'DNI', value: canary.identifier } }]) {
      exit(`a search by an excluded ${name}`, (await ask('POST', '/api/v1/persons/search', body, who)).octets);
    }
  }
  const file = join(folder, 'document.pdf');
  writeFileSync(file, sealed);
  exit('what the seal adds to the paper', sealed.subarray(shown.length), ['givenName', 'surname']);
  exit('the manifest', execFileSync(join(bin, 'segell'), ['inspect', '--manifest', file]));
  exit('the verdict', execFileSync(join(bin, 'segell'), ['verify', '--json', '--trust', join(pki, 'anchors'), file]).toString().replaceAll(file, ''));
  exit('a verdict over HTTP', (await ask('POST', '/api/v1/verify', new Uint8Array(sealed), { token: null, type: 'application/pdf' })).octets);
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5,}[0-9A-Z-]*/.exec(execFileSync('pdftotext', [file, '-']).toString())?.[0] ?? '';
  exit('the check of a printed code', (await good('POST', '/api/v1/check', { code }, { token: null })).octets);
  const slip = (await good('POST', '/api/v1/slip/paper', { code: copy.slip.code }, { token: null })).octets;
  writeFileSync(join(folder, 'slip.pdf'), slip);
  exit('the discreet slip', slip);
  exit('the discreet slip, read', execFileSync('pdftotext', [join(folder, 'slip.pdf'), '-']));
  exit('the discreet slip, its metadata', execFileSync('pdfinfo', [join(folder, 'slip.pdf')]));
  exit('another person’s papers', (await good('GET', '/api/v1/mine/documents', undefined, other)).octets);
  exit('another person’s accesses', (await good('GET', '/api/v1/mine/accesses', undefined, other)).octets);
  for (const path of [`documents/${document.id}`, `documents/${document.id}/content`, `documents/${document.id}/disclosure`, `mine/documents/${document.id}/verdict`, `signature-requests/${request.id}`, `corrections/${correction.id}`]) {
    const answer = await ask('GET', `/api/v1/${path}`, undefined, other);
    assert.ok(answer.status >= 400, path);
    exit(`GET ${path.replace(/\/[0-9A-Z]{26}/, '/…')} by another person`, answer.octets);
  }
  exit('the answer to whoever has no agreement', (await ask('POST', '/access/v1/evaluation', { ...question, resource: { ...question.resource, id: service.persons.other } })).octets);
  const bad = await ask('POST', '/api/v1/persons', { name: canary.surname, identifier: { type: 'DNI', value: canary.surname } });
  assert.equal(bad.status, 422);
  exit('an error about what she sent', bad.octets);
  exit('an error about a field that is unknown', (await ask('POST', '/api/v1/persons', { [canary.surname]: canary.title })).octets);
  const origin = service.log.origin.split('/');
  exit('the checkpoint of the log', (await ask('GET', `/log/${origin.join('/')}/checkpoint`, undefined, { token: null })).octets);
  for (const tile of ['0/000.p/1', 'entries/000.p/1']) {
    exit(`the log’s tile ${tile}`, (await ask('GET', `/log/${origin.join('/')}/tile/${tile}`, undefined, { token: null })).octets);
  }
  exit('addresses, headers and file names', heads.join('\n'));
  for (const page of ['visit', 'slip', 'mine', 'login', 'check', 'accessibility', 'desk', 'openapi.json']) {
    exit(`the page /${page}`, (await ask('GET', `/${page}`, undefined, { token: null })).octets);
  }
  assert.equal(await service.stop({ keep: true }), 0);
  exit('the messages of the service', service.messages());
  const openings = join(folder, 'openings.jsonl');
  const written = await outcome(join(bin, 'segell'), 'log', 'openings', service.data, '--kek', join(service.folder, 'kek'), '-o', openings);
  assert.equal(written.code, 0, written.stderr);
  exit('the openings of the log', readFileSync(openings), kCodes);
  for (const { path, octets } of filesBelow(service.data)) {
    exit(`the stored file ${path.slice(service.data.length + 1).replace(/[0-9a-f]{60,}/, '…')}`, octets, kPublished);
    exit('the name of a stored file', path);
  }
} finally {
  await service.remove();
  rmSync(folder, { recursive: true, force: true });
}

const hits = exits.filter(({ found }) => found.length > 0);
for (const { name, found } of hits) {
  console.error(`${name}: ${found.join(', ')}`);
}
console.log(JSON.stringify({ canaries: net.length, exits: exits.length, octets: exits.reduce((sum, { octets }) => sum + octets, 0), hits: hits.length }));
process.exit(hits.length > 0 ? 1 : 0);
