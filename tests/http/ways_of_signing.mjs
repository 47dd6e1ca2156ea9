// Ways of signing for those who can neither draw nor press, and the notes of a conversation, through the real segelld; what is sealed is judged
// by `segell verify`, in the words of three languages. Usage: node ways_of_signing.mjs SEGELLD SEGELL PKI
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digits } from '../support/totp.mjs';
import { actOf, caller, expect, ground, Installation, later, pdf, runCases, send } from './segelld.mjs';

const [segelld, segell, pki] = process.argv.slice(2);
const here = new Installation(segelld, pki, { more: 'login.second-factor-for-staff = no\n' });
const kPassword = 'quatre paraules ben meves';
const codes = {};
for (const [name, role] of [['marta', 'professional'], ['gemma', 'manager']]) {
  const letter = join(here.folder, `letter-${name}`);
  execFileSync(segelld, ['account', 'create', '--config', here.config, '--name', name, '--shown', `${name} Inventada`, '--role', role, '--letter', letter]);
  codes[name] = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(readFileSync(letter, 'utf8'))[0];
}
const server = await here.start();
const program = caller(server.url, here.token);
const { notice } = await ground(program);

// A browser with a login: its cookie, and what changes need beside it.
class Login {
  #cookie = '';
  #csrf = '';
  async call(method, path, body) {
    const octets = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const answer = await send(server.url + path, method, {
      ...(this.#cookie ? { cookie: this.#cookie } : {}), ...(this.#csrf ? { 'x-segell-csrf': this.#csrf } : {}), 'sec-fetch-site': 'same-origin',
      ...(octets ? { 'content-type': 'application/json', 'content-length': octets.length, 'idempotency-key': randomUUID() } : {}),
    }, octets);
    this.#cookie = answer.headers['set-cookie']?.[0].split(';')[0] ?? this.#cookie;
    this.#csrf = answer.json?.session?.csrf ?? this.#csrf;
    return answer;
  }
  static async activate(name) {
    const login = new Login();
    expect(await login.call('POST', '/api/v1/activation', { name, code: codes[name], password: kPassword }), 201);
    return login;
  }
}
const marta = await Login.activate('marta');
const gemma = await Login.activate('gemma');
const roser = expect(await marta.call('POST', '/api/v1/persons', { name: 'Roser Inventada' }), 201).person.id;

async function ask(methods, more = {}) {
  const document = expect(await program('POST', '/api/v1/documents', pdf, { type: 'application/pdf' }), 201).document.id;
  const { request } = expect(await program('POST', '/api/v1/signature-requests', {
    documentId: document, personId: roser, title: 'Autorització', language: 'ca', capacity: 'self', identityEvidence: { kind: 'id-seen', level: 3 },
    professional: { name: 'Marta Inventada' }, methods, expiresAt: later(864e5), ...more,
    items: [{ purpose: 'coordination', category: 'health.summary', recipient: 'primary-care', basis: { kind: 'EXPRESS_CONSENT', article6: 'a', opposable: 'no' },
              notice: { key: 'coordination', version: notice }, validUntil: later(300 * 864e5), text: 'Podem compartir el resum?', consequenceIfRefused: 'Cap.' }],
  }), 201);
  return { document, request: request.id, tablet: caller(server.url, request.link.split('#')[1]) };
}
async function fileOf(document) {
  const file = join(here.folder, `${document}.pdf`);
  writeFileSync(file, (await program('GET', `/api/v1/documents/${document}/content`)).bytes);
  return file;
}
const inWords = (file, language) => execFileSync(segell, ['verify', '--lang', language, '--trust', `${pki}/anchors`, file], { encoding: 'utf8' });
const factOf = async (document, wanted) =>
  expect(await program('GET', `/api/v1/documents/${document}/disclosure`), 200).facts.find(({ fact }) => fact.type === wanted).fact.value;

const witness = (name, more = {}) => ({ name, identity: 'id-seen', adult: true, answer: 'button', ...more });
const notes = {
  questions: [{ asked: 'Qui ho veurà?', answered: 'El CAP.' }], interpreter: { name: 'Intèrpreta Inventada', language: 'urdú', presence: 'video' },
  supportPerson: { name: 'Veïna Fictícia', relation: 'veïna' }, spokeAlone: 'no',
};

const cases = [
  ['an act in front of two witnesses, with notes', async () => {
    const visit = await ask(['button', 'witnesses']);
    const act = { ...await actOf(visit), method: 'witnesses', notes, diligence: { reason: 'Té les mans embenades.', witnesses: [witness('Pere Fictici'), witness('Laia Fictícia')] } };
    for (const [change, status, code] of [
      [{ diligence: undefined }, 422, 'act.diligence-missing'],
      [{ diligence: { ...act.diligence, witnesses: [witness('Pere Fictici')] } }, 422, 'act.witnesses-two'],
      [{ diligence: { ...act.diligence, witnesses: [witness('Pere Fictici'), witness('pere  fictici')] } }, 422, 'act.witness-same'],
      [{ diligence: { ...act.diligence, witnesses: [witness('Pere Fictici'), witness('Roser Inventada')] } }, 422, 'act.witness-signer'],
      [{ diligence: { ...act.diligence, witnesses: [witness('Marta Inventada'), witness('Laia Fictícia')] } }, 422, 'act.witness-professional'],
      [{ diligence: { ...act.diligence, witnesses: [witness('Pere Fictici', { adult: false }), witness('Laia Fictícia')] } }, 422, 'act.witness-minor'],
      [{ diligence: { ...act.diligence, fingerprint: 'x' } }, 400, 'request.unknown-field'],
      [{ notes: { questions: [], spokeAlone: 'perhaps' } }, 422, 'act.bad-notes'],
      [{ notes: { questions: [] } }, 400, 'request.missing-field'],
    ]) expect(await visit.tablet('POST', '/api/v1/visit/act', { ...act, ...change }), status, code);
    expect(await visit.tablet('POST', '/api/v1/visit/act', act), 201);
    const file = await fileOf(visit.document);
    for (const [language, words] of [['ca', /va signar davant de testimonis/], ['es', /firmó ante testigos/], ['en', /signed before witnesses/]]) assert.match(inWords(file, language), words);
    assert.match(execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' '), /Pere Fictici i Laia Fictícia/);
    assert.match(execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }), /Signature is Valid/);
    assert.equal((await factOf(visit.document, 'representation')).reason, 'Té les mans embenades.');
    assert.deepEqual(await factOf(visit.document, 'question-and-answer'), notes.questions);
    assert.deepEqual(expect(await marta.call('GET', `/api/v1/documents/${visit.document}/notes`), 200).notes, [{ requestId: visit.request, ...notes }]);
    expect(await gemma.call('GET', `/api/v1/documents/${visit.document}/notes`), 404, 'http.not-found');
    for (const word of ['embenades', 'Intèrpreta', 'Veïna']) assert.ok(!readFileSync(file).includes(word), `${word} stands in clear`);
  }],

  ['notes of a refusal', async () => {
    const visit = await ask(['button']);
    expect(await visit.tablet('POST', '/api/v1/visit/answer', { answer: 'refused', notes: { ...notes, spokeAlone: '' } }), 422, 'act.bad-notes');
    expect(await visit.tablet('POST', '/api/v1/visit/answer', { answer: 'refused', notes }), 200);
    assert.equal(expect(await marta.call('GET', `/api/v1/documents/${visit.document}/notes`), 200).notes[0].spokeAlone, 'no');
  }],

  ['an official on behalf, bound to a certificate, until the register says otherwise', async () => {
    const visit = await ask(['button', 'official']);
    const offered = async () => expect(await visit.tablet('GET', '/api/v1/visit'), 200).request;
    assert.deepEqual((await offered()).methods, ['button']);
    const certificate = readFileSync(join(pki, 'seal-rsa.pem'), 'utf8').match(/BEGIN CERTIFICATE-----([^-]+)/)[1].replace(/\s/g, '');
    const entry = {
      account: 'marta', resolution: 'Resolució inventada 7/2026', since: later(-6e4), until: later(36e5), procedures: ['coordination'],
      certificate: createHash('sha256').update(Buffer.from(certificate, 'base64')).digest('hex'),
    };
    expect(await marta.call('POST', '/api/v1/officials', entry), 404, 'http.not-found');
    expect(await program('POST', '/api/v1/officials', entry), 404, 'http.not-found');
    expect(await gemma.call('POST', '/api/v1/officials', { ...entry, until: entry.since }), 422, 'official.bad-term');
    const { official } = expect(await gemma.call('POST', '/api/v1/officials', entry), 201);
    assert.deepEqual((await offered()).methods, ['button', 'official']);
    assert.deepEqual((await offered()).officials, ['marta Inventada']);

    const act = { ...await actOf(visit), method: 'official' };
    expect(await visit.tablet('POST', '/api/v1/visit/act', act), 422, 'act.official-session');
    const path = `/api/v1/signature-requests/${visit.request}/official-act`;
    expect(await marta.call('POST', path, {}), 409, 'official.no-consent');
    expect(await visit.tablet('POST', '/api/v1/visit/on-behalf', { ...act, consent: false }), 422, 'act.consent-missing');
    expect(await visit.tablet('POST', '/api/v1/visit/on-behalf', { ...act, consent: true, notes }), 201);
    expect(await marta.call('POST', path, {}), 403, 'official.second-factor');
    const { secret } = expect(await marta.call('POST', '/api/v1/session/authenticator', {}), 200);
    expect(await marta.call('POST', '/api/v1/session/authenticator/confirmation', { code: digits(secret) }), 200);
    expect(await marta.call('POST', path, {}), 422, 'official.certificate-missing');
    const waiting = async () => expect(await marta.call('GET', '/api/v1/signature-requests'), 200).requests.find(({ id }) => id === visit.request).onBehalf;
    const { toSign, may } = await waiting();
    assert.equal(may, true);
    assert.equal(toSign, `segell.official-act/1\n${visit.request}\n${act.shown.sha256}\nagree\n`);
    writeFileSync(join(here.folder, 'to-sign'), toSign);
    execFileSync('openssl', ['dgst', '-sha256', '-sign', join(pki, 'seal-rsa.key'), '-out', join(here.folder, 'signature'), join(here.folder, 'to-sign')]);
    const signature = readFileSync(join(here.folder, 'signature')).toString('base64');
    expect(await marta.call('POST', path, { certificate, signature: Buffer.alloc(384).toString('base64') }), 422, 'official.bad-signature');
    expect(await gemma.call('POST', `/api/v1/officials/${official.id}/withdrawal`, { reason: 'Canvia de lloc' }), 201);
    assert.equal((await waiting()).why, 'official.withdrawn');
    expect(await marta.call('POST', path, { certificate, signature }), 403, 'official.withdrawn');
    expect(await gemma.call('POST', '/api/v1/officials', entry), 201);
    expect(await marta.call('POST', path, { certificate, signature }), 201);
    const file = await fileOf(visit.document);
    for (const [language, words] of [['ca', /persona funcionària habilitada/], ['es', /persona funcionaria habilitada/], ['en', /through an authorised official/]]) assert.match(inWords(file, language), words);
    const fact = await factOf(visit.document, 'representation');
    assert.deepEqual([fact.by, fact.level, fact.register.resolution, fact.signed.certificate], ['official', 'substantial', entry.resolution, certificate]);
    assert.equal((await factOf(visit.document, 'support')).spokeAlone, 'no');
    const { officials } = expect(await gemma.call('GET', '/api/v1/officials'), 200);
    assert.deepEqual(officials.map(({ state, account }) => [state, account]), [['registered', 'marta'], ['withdrawn', 'marta']]);
  }],
];

let failed;
try {
  failed = await runCases(cases);
} finally {
  await server.stop();
  here.remove();
}
process.exit(failed);
