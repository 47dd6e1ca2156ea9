// The real service on a free port of this machine: example keys, a time-stamping authority beside it, data in a folder that goes away.
import { spawn, execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const root = new URL('../../../', import.meta.url).pathname;
export const bin = process.env.SEGELL_BIN ?? join(root, 'build/dev/bin');
export const pki = process.env.SEGELL_PKI ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'segell/example-pki');
const run = promisify(execFile);

/** Runs a program to its end, whatever that is: exit code, stdout and stderr as text. */
export async function outcome(program, ...words) {
  try {
    const { stdout, stderr } = await run(program, words, { maxBuffer: 64 << 20 });
    return { code: 0, stdout, stderr };
  } catch (failure) {
    if (typeof failure.code !== 'number') {
      throw failure;
    }
    return { code: failure.code, stdout: failure.stdout, stderr: failure.stderr };
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Starts a program and waits, bounded, for a line on its stdout that matches; returns the match and a way to end it. */
function startUntil(program, words, pattern) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let told = '';
    child.stderr.on('data', (text) => { told += text; });
    const late = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`${program} did not get ready: ${told}`)); }, 30_000);
    const ended = new Promise((done) => child.on('exit', (code, signal) => { clearTimeout(late); done(code ?? signal); }));
    ended.then((code) => reject(new Error(`${program} ended with ${code}: ${told}`)));
    child.on('error', reject);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const match = pattern.exec(line);
      if (match) {
        clearTimeout(late);
        resolve({ match, told: () => told, stop: (signal = 'SIGTERM') => { child.kill(signal); return ended; } });
      }
    });
  });
}

/**
 * Brings persons in before there are accounts for them, which only a stopped service takes; their ids by key. Whoever represents
 * somebody is a person of their own, by the name of their account, with a power.
 */
async function makePersons(configuration, token, persons, accounts) {
  const ids = {};
  if (Object.keys(persons).length === 0) {
    return ids;
  }
  const server = await startUntil(join(bin, 'segelld'), ['--config', configuration], /^listening (\S+)$/);
  const post = async (path, body) => (await fetch(`${server.match[1]}/api/v1/${path}`, {
    method: 'POST', body: JSON.stringify(body),
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
  })).json();
  for (const [key, name] of Object.entries(persons)) {
    ids[key] = (await post('persons', { name })).person.id;
  }
  for (const { name, shown, person } of accounts.filter(({ role }) => role === 'representative')) {
    ids[name] = (await post('persons', { name: shown })).person.id;
    await post(`persons/${ids[person]}/representations`, {
      representativeId: ids[name], basis: 'power', scope: [], evidence: { kind: 'power', reference: 'Poder inventat', seen: true },
    });
  }
  await server.stop();
  return ids;
}

/**
 * `timestamps` chooses how the authority behaves (tests/support/tsa.mjs); null for none at all. `accounts` are made before the
 * start ({ name, shown, role, person }), the persons before them ({ key: name }; an account names a key); a representative has
 * a second role, their own matters, and whoever has `alsoFor` a second one as somebody's representative; `more` adds lines to
 * the configuration, in which {port} stands for the port.
 */
export async function startSegelld({ timestamps = 'good', accounts = [], persons = {}, more = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'segelld-'));
  const at = (name) => join(folder, name);
  mkdirSync(at('tsa'));
  mkdirSync(at('letters'), { mode: 0o700 });
  const authority = timestamps === null ? null
    : await startUntil(process.execPath, [join(root, 'tests/support/tsa.mjs'), pki, at('tsa')], /^port (\d+)$/);
  writeFileSync(at('passphrase'), 'segell\n');
  chmodSync(at('passphrase'), 0o600);
  const port = await freePort();
  const lines = {
    profile: 'example', 'listen.address': '127.0.0.1', 'listen.port': port, 'public-url': `http://127.0.0.1:${port}`,
    data: at('data'), kek: at('kek'), 'log.origin': 'segell.example', 'tenant.organisation': 'Serveis Socials de Vilaexemple',
    'tenant.seal.pkcs12': join(pki, 'seal-rsa.p12'), 'tenant.seal.passphrase-file': at('passphrase'),
    'legal.dynamics.assessment': 'AIPD-EXEMPLE-2026/03', 'legal.dynamics.approval': 'Junta de Govern de Vilaexemple, 2 de febrer de 2026',
    'custody.custodian.name': 'Notaria Exemple', 'custody.custodian.certificate': join(pki, 'custodian.pem'),
    'custody.reserve.name': 'Arxiu Exemple', 'custody.reserve.certificate': join(pki, 'reserve.pem'), trust: join(pki, 'anchors'),
    // A login of these tests need not cost whoever steals their store anything.
    'login.letters': at('letters'), 'login.password-cost': 10,
    ...(authority === null ? {} : {
      'timestamp.url': `http://127.0.0.1:${authority.match[1]}/${timestamps}`,
      'timestamp.trust': join(pki, 'root.pem'), 'timestamp.chain': join(pki, 'issuing.pem'),
    }),
    ...more,
  };
  writeFileSync(at('segelld.properties'), Object.entries(lines).map(([key, value]) => `${key} = ${String(value).replace('{port}', port)}\n`).join(''));
  const made = await run(join(bin, 'segelld'), ['init', '--config', at('segelld.properties'), '--token-file', at('token')]);
  const told = (word) => new RegExp(`^${word} (.+)$`, 'm').exec(made.stdout)?.[1];
  const codes = {};
  const codeIn = (file) => /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(readFileSync(file, 'utf8'))[0];
  const ids = await makePersons(at('segelld.properties'), readFileSync(at('token'), 'utf8').trim(), persons, accounts);
  const account = (verb, name, ...rest) => run(join(bin, 'segelld'), ['account', verb, '--config', at('segelld.properties'), '--name', name, ...rest]);
  for (const { name, shown, role, person, alsoFor, works = [] } of accounts) {
    const represents = role === 'representative';
    const own = represents ? name : person;
    await account('create', name, '--shown', shown, '--role', represents ? 'citizen' : role, '--letter', at(`letter-${name}`),
      ...(own === undefined ? [] : ['--person', ids[own]]));
    if (represents) {
      await account('role', name, '--role', role, '--person', ids[person]);
    }
    codes[name] = codeIn(at(`letter-${name}`));
    if (alsoFor !== undefined) {
      await account('role', name, '--role', 'representative', '--person', ids[alsoFor]);
    }
    for (const key of works) {
      await account('assign', name, '--person', ids[key]);
    }
  }
  const server = await startUntil(join(bin, 'segelld'), ['--config', at('segelld.properties')], /^listening (\S+)$/);
  const token = readFileSync(at('token'), 'utf8').trim();

  const service = {
    origin: server.match[1], token, folder, codes, persons: ids,
    representatives: accounts.filter(({ role }) => role === 'representative').map(({ name }) => name), data: at('data'), log: { origin: told('log'), key: told('log-key') },
    /** One call of the integrator; returns status, headers and the body as octets. */
    async call(method, path, body, type = 'application/json') {
      const response = await fetch(service.origin + path, {
        method, body: body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body),
        headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': type, 'Idempotency-Key': randomUUID() }) },
      });
      return { status: response.status, type: response.headers.get('content-type'), octets: Buffer.from(await response.arrayBuffer()) };
    },
    /** The same where the answer must be good: its JSON. */
    async ask(method, path, body, type) {
      const answer = await service.call(method, path, body, type);
      if (answer.status >= 300) {
        throw new Error(`${method} ${path}: ${answer.status} ${answer.octets}`);
      }
      return JSON.parse(answer.octets);
    },
    /** The code in a letter that waits to be printed. */
    codeOfLetter: (reference) => codeIn(join(at('letters'), `${reference}.txt`)),
    messages: () => server.told(),
    /** `keep`: what it left on the disk is still to be read; remove() then ends that too. */
    async stop({ keep = false } = {}) {
      const code = await server.stop();
      await authority?.stop();
      if (!keep) {
        await service.remove();
      }
      return code;
    },
    async remove() {
      await Promise.all([server.stop(), authority?.stop()]);
      if (existsSync(folder) && !process.env.SEGELL_KEEP) {
        rmSync(folder, { recursive: true });
      }
    },
  };
  return service;
}
