// `./dev run`: segelld in its example profile with demo data, one act already sealed and verified. Ctrl-C stops everything.
//   node run.mjs [--port N] [--data DIR] [--once]      --once ends after the verification
// SEGELL_DEMO_PORT (8080) and SEGELL_DEMO_DIR say the same to a script; the data folder is kept and used again.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const bin = join(root, 'build/bin');
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const state = process.env.XDG_STATE_HOME ?? join(homedir(), '.local/state');
const pki = join(cache, 'segell/example-pki');
const { data: home, port, once } = readWords();
const address = `http://localhost:${port}`;

/** What the caller wants; a word that means nothing is refused, not passed over. */
function readWords() {
  const refuse = message => { console.error(`dev run: ${message}\nhint: ./dev run [--port N] [--data DIR] [--once]`); process.exit(2); };
  let words;
  try {
    words = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' }, once: { type: 'boolean', default: false }, check: { type: 'boolean' } } }).values;
  } catch (error) {
    refuse(error.message.split('. ')[0].toLowerCase());
  }
  const chosen = words.port ?? process.env.SEGELL_DEMO_PORT ?? '8080';
  if (!/^\d{1,5}$/.test(chosen) || Number(chosen) < 1 || Number(chosen) > 65535) refuse(`${chosen} is no port`);
  if (words.check) process.exit(0); // only whether the words are right
  return { port: Number(chosen), data: resolve(words.data ?? process.env.SEGELL_DEMO_DIR ?? join(state, 'segell-demo')), once: words.once };
}

const children = [];
function stopAll(code) {
  for (const child of children) child.kill('SIGTERM');
  process.exitCode = code;
}
function fail(message, hint) {
  console.error(`demo: ${message}${hint ? `\nhint: ${hint}` : ''}`);
  stopAll(1);
  process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { stopAll(0); setTimeout(() => process.exit(0), 3000).unref(); });

/** Starts a program and resolves with the first stdout line that matches. */
function start(command, args, pattern) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => { const found = pattern.exec(line); if (found) resolve(found); });
    child.on('exit', code => reject(new Error(`${command} ended with ${code}`)));
    setTimeout(() => reject(new Error(`${command} said nothing in 20 s`)), 20000).unref();
  });
}

function writeConfiguration(tsaPort) {
  const file = join(home, 'segelld.properties');
  writeFileSync(file, `# Written by the demo at every start.
profile = example
listen.address = 127.0.0.1
listen.port = ${port}
public-url = ${address}
data = ${home}/data
kek = ${home}/kek
log.origin = segell.example
tenant.organisation = Ajuntament de Vilaexemple
tenant.telephone = 900 000 000
tenant.data-protection.officer = dpd@vilaexemple.example
tenant.data-protection.authority = Autoritat Catalana de Protecció de Dades
tenant.data-protection.second-layer = https://vilaexemple.example/dades
tenant.seal.pkcs12 = ${pki}/seal-rsa.p12
tenant.seal.passphrase-file = ${home}/passphrase
legal.dynamics.assessment = AIPD-EXEMPLE-2026/03, 12 de gener de 2026
legal.dynamics.approval = Junta de Govern de Vilaexemple, 2 de febrer de 2026
custody.custodian.name = Notaria Exemple
custody.custodian.certificate = ${pki}/custodian.pem
custody.reserve.name = Arxiu Exemple
custody.reserve.certificate = ${pki}/reserve.pem
timestamp.url = http://127.0.0.1:${tsaPort}/good
timestamp.trust = ${pki}/root.pem
timestamp.chain = ${pki}/issuing.pem
login.letters = ${home}/letters
trust = ${pki}/anchors
`);
  mkdirSync(join(home, 'letters'), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'passphrase'), 'segell\n', { mode: 0o600 });
  return file;
}

/** One call of the API; every failure of it ends the demo with the problem's own words. */
async function call(method, path, token, body, type = 'application/json') {
  const headers = { Authorization: `Bearer ${token}` };
  if (method === 'POST') { headers['Idempotency-Key'] = randomUUID(); headers['Content-Type'] = type; }
  const payload = body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body);
  const answer = await fetch(address + path, { method, headers, body: payload });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    fail(`${method} ${path} answered ${answer.status} ${problem.code ?? ''}: ${problem.detail ?? ''}`, problem.hint);
  }
  return answer.headers.get('content-type')?.startsWith('application/pdf') ? Buffer.from(await answer.arrayBuffer()) : answer.json();
}

const item = (category, text, consequence, basis, notice) => ({
  purpose: 'meal-grant', category, recipient: 'ensenyament-exemple', basis, notice,
  validUntil: '2027-06-30T21:59:59Z', text, consequenceIfRefused: consequence });

/** A stored document and a request on it; resolves with the request and the capability of its link. */
async function prepareVisit(token, name, known) {
  const pdf = readFileSync(join(here, 'informacio-i-decisions.pdf'));
  const { document } = await call('POST', '/api/v1/documents', token, pdf, 'application/pdf');
  const { person } = known ? { person: known } : await call('POST', '/api/v1/persons', token, { name });
  const publish = async (key, title, text) => (await call('POST', '/api/v1/notices', token, { key, language: 'ca', title, text })).notice;
  const renda = await publish('renda', 'Consulta de la renda',
    'Qui ho farà: l’Ajuntament de Vilaexemple. Per a què: només per tramitar la beca de menjador. Fins quan: 30 de juny de 2027. Podeu canviar d’opinió quan vulgueu.');
  const padro = await publish('padro', 'Consulta del padró',
    'Mirarem el padró perquè no hàgiu de portar el paper. Us hi podeu oposar ara o més endavant.');
  const { request } = await call('POST', '/api/v1/signature-requests', token, {
    documentId: document.id, personId: person.id, title: 'Informació i decisions sobre les vostres dades', language: 'ca', capacity: 'self',
    identityEvidence: { kind: 'id-seen', level: 4 }, professional: { name: 'Marta Inventada' },
    items: [
      item('income.tax', 'Voleu que consultem la vostra renda a l’Agència Tributària per tramitar la beca de menjador?',
        'Haureu de portar vós la declaració de la renda. L’ajut no canvia per això.',
        { kind: 'EXPRESS_CONSENT', article6: 'a', opposable: 'no' }, { key: renda.key, version: renda.version }),
      item('residence.register', 'Consultarem el padró municipal per tramitar la beca de menjador.',
        'Si us hi oposeu, haureu de portar vós el volant d’empadronament.',
        { kind: 'NON_OPPOSITION', article6: 'e', opposable: 'art28' }, { key: padro.key, version: padro.version })],
    methods: ['drawn', 'button', 'drawn-with-dynamics'],
    expiresAt: new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString().replace(/\.\d+Z$/, 'Z') });
  return { document, person, link: request.link, capability: request.link.split('#')[1] };
}

/** The whole way of one act, confirmed by a button: choices, frozen bytes, seal. */
async function sealOne(token, name, known) {
  const visit = await prepareVisit(token, name, known);
  const shown = (await call('GET', '/api/v1/visit', visit.capability)).request;
  const choices = shown.items.map(({ id, choices: offered }) => ({ item: id, choice: offered[0] }));
  const frozen = (await call('POST', '/api/v1/visit/choices', visit.capability, { choices })).document;
  await call('GET', '/api/v1/visit/document', visit.capability);
  const { sealed } = await call('POST', '/api/v1/visit/act', visit.capability, {
    shown: { sha256: frozen.sha256, sha512: frozen.sha512, length: frozen.length }, method: 'button', meaning: 'agree' });
  const pdf = await call('GET', `/api/v1/documents/${visit.document.id}/content`, token);
  const file = join(home, `document-${sealed.verificationCode.slice(-4)}.pdf`);
  writeFileSync(file, pdf);
  const disclosure = join(home, `document-${sealed.verificationCode.slice(-4)}.disclosure.json`);
  writeFileSync(disclosure, JSON.stringify(await call('GET', `/api/v1/documents/${visit.document.id}/disclosure`, token)));
  return { file, disclosure };
}

/** The logins of the demo, made once: each with a password of its own, which lies in a file that only this user reads. */
const posts = [
  { name: 'marta', shown: 'Marta Inventada', role: 'professional', words: 'professional, works with Aïcha: her page is /desk' },
  { name: 'aicha', shown: 'Aïcha Fictícia', role: 'citizen', words: 'the person herself: her page is /mine' },
  { name: 'anna', shown: 'Anna Imaginada', role: 'administrator', words: 'administrator, keeps the logins: her page is /accounts' }];

/** The notices that the templates name, so that the desk can fill them in. */
const notices = {
  'data-queries': ['Consultes a altres administracions', 'Mirarem el padró i les prestacions perquè no hàgiu de portar papers. Us hi podeu oposar ara o més endavant.'],
  'health-and-social-care': ['Salut i serveis socials', 'La llei ens deixa compartir amb el centre de salut el que calgui per atendre-us. Podeu preguntar o reclamar.'],
  'tax-data': ['Consulta de la renda', 'Només si hi doneu permís. Podeu canviar d’opinió quan vulgueu.'],
  'sharing-with-entities': ['Compartir amb una entitat', 'Només si hi doneu permís, i només amb l’entitat que hi surt.'],
  'images-of-minors': ['Imatges', 'Només als llocs que trieu. Podeu canviar d’opinió quan vulgueu.'],
};

async function makeLogins(token, kept) {
  for (const [key, [title, text]] of Object.entries(notices)) await call('POST', '/api/v1/notices', token, { key, language: 'ca', title, text });
  const { person } = await call('POST', '/api/v1/persons', token, { name: 'Aïcha Fictícia' });
  await stopService();
  const segelld = (...words) => execFileSync(join(bin, 'segelld'), ['account', words[0], '--config', configuration, ...words.slice(1)],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  const logins = posts.map(({ name, shown, role }) => {
    const letter = join(home, `letter-${name}`);
    rmSync(letter, { force: true });
    segelld('create', '--name', name, '--shown', shown, '--role', role, '--letter', letter, ...(role === 'citizen' ? ['--person', person.id] : []));
    const [code] = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(readFileSync(letter, 'utf8'));
    rmSync(letter);
    return { name, code, password: `demo-${randomBytes(6).toString('hex')}` };
  });
  segelld('assign', '--name', 'marta', '--person', person.id);
  await startService();
  for (const { name, code, password } of logins) await call('POST', '/api/v1/activation', token, { name, code, password });
  await sealOne(token, 'Aïcha Fictícia', person); // so that her page has something to show
  await prepareVisit(token, 'Aïcha Fictícia', person); // and the desk something that waits
  writeFileSync(kept, JSON.stringify(logins.map(({ name, password }) => ({ name, password }))), { mode: 0o600 });
}

let service;
async function startService() {
  await start(join(bin, 'segelld'), ['--config', configuration], /^listening /)
    .catch(error => fail(error.message, `is port ${port} taken? ./dev run --port N chooses another`));
  service = children.at(-1);
}
async function stopService() {
  const ended = new Promise(resolve => service.once('exit', resolve));
  service.kill('SIGTERM');
  await ended;
  children.splice(children.indexOf(service), 1);
}

mkdirSync(home, { recursive: true, mode: 0o700 });
if (!existsSync(join(pki, 'stamp'))) fail(`no example PKI in ${pki}`, './dev run issues it');
const work = join(home, 'tsa');
mkdirSync(work, { recursive: true });
const [, tsaPort] = await start(process.execPath, [join(root, 'tests/support/tsa.mjs'), pki, work], /^port (\d+)$/).catch(error => fail(error.message));
const configuration = writeConfiguration(tsaPort);
const tokenFile = join(home, 'token');
if (!existsSync(tokenFile)) execFileSync(join(bin, 'segelld'), ['init', '--config', configuration, '--token-file', tokenFile], { stdio: ['ignore', 'ignore', 'inherit'] });
await startService();
const token = readFileSync(tokenFile, 'utf8').trim();
const loginFile = join(home, 'logins.json');
if (!existsSync(loginFile)) await makeLogins(token, loginFile);
const logins = JSON.parse(readFileSync(loginFile, 'utf8'));

const { file, disclosure } = await sealOne(token, 'Joana Inventada Exemple');
const { link } = await prepareVisit(token, 'Ramon Fictici Mostra');
const verify = ['verify', '--trust', join(pki, 'anchors'), '--disclosure', disclosure, file];
const verdict = execFileSync(join(bin, 'segell'), verify, { encoding: 'utf8' });

console.log(`
Segell runs on ${address}    (example profile: public keys, invented people)

  tablet       ${link.startsWith('http') ? link : address + link}
               a visit for Ramon Fictici Mostra: open it, decide, sign
  check        ${address}/check
               drop ${file} on it
  log in       ${address}/login, then ${address}/desk, ${address}/mine or ${address}/accounts
${posts.map(({ name, words }) => `               ${name.padEnd(8)} ${logins.find(one => one.name === name).password}   ${words}`).join('\n')}
  integrator   Authorization: Bearer ${token}
               the API: ${address}/openapi.json
  data         ${home}

An act was just sealed, confirmed by a button, and checked with
  segell ${verify.join(' ')}

${verdict}`);
if (once) stopAll(0);
else console.log('Ctrl-C stops it.');
