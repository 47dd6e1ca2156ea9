// The proof: a pen on the Visit page, the real service behind it, and at the end what an auditor, a custodian and a stranger can and
// cannot see. Nothing here is a stand-in: segelld, segell, the example PKI, a time-stamping authority, Chromium, poppler, openssl.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { drawWithPen, openBrowser, openTablet, sameSeries, screen, shot, signature, tap as press, toInk } from './support/browser.mjs';
import { openEnvelope } from './support/custodians.mjs';
import { kKinds, readLog, readOpenings, rootOf } from './support/log.mjs';
import { bin, outcome, pki, startSegelld } from './support/segelld.mjs';
import { filesBelow, needlesOf, tracesIn } from './support/traces.mjs';
import { evaluate, prepareVisit } from './support/visit_request.mjs';

const work = mkdtempSync(join(tmpdir(), 'segell-proof-'));
const file = (name) => join(work, name);
const anchors = join(pki, 'anchors');
const segell = (...words) => outcome(join(bin, 'segell'), ...words);
const verify = (...words) => segell('verify', '--trust', anchors, ...words);
/** An odd gap, so that the times of the samples are numbers that stand nowhere by chance. */
const kGap = 0.0047;

let service, browser, visit, pen, act, sealed, envelope, record, log, openings;
const requests = [];
const logged = [];

/** One person signs one document with the pen; returns what the page sent as the act. */
async function signWithPen(prepared, method, speed) {
  const tablet = await openTablet(browser);
  await tablet.page.goto(prepared.link);
  await toInk(tablet, ['grant', 'informed'], method);
  const drawn = await drawWithPen(tablet, signature(), speed);
  await shot(tablet, `proof-${method}`);
  await press(tablet, 'sign');
  await screen(tablet, 'done', { timeout: 60_000 });
  await shot(tablet, 'proof-done');
  assert.match(await tablet.page.locator('main h1').innerText(), /Segellat/);
  assert.deepEqual(tablet.faults, []);
  requests.push(...tablet.requests);
  const sent = tablet.requests.filter(({ url }) => url.endsWith('/visit/act'));
  assert.equal(sent.length, 1);
  await tablet.close();
  return { pen: drawn, act: JSON.parse(sent[0].body) };
}

/** What the second implementation says of the served log and of the openings. */
async function checkedByNode(...files) {
  const { code, stdout, stderr } = await outcome(process.execPath, new URL('../node/log_check.mjs', import.meta.url).pathname,
    `${service.origin}/log/${service.log.origin}`, service.log.key, ...files);
  assert.equal(code, 0, stdout + stderr);
  return { openings: Number(/(\d+) openings/.exec(stdout)[1]) };
}

before(async () => {
  [service, browser] = await Promise.all([startSegelld({ more: { 'messages.requests': 'yes' } }), openBrowser()]);
});
after(async () => {
  await browser?.close();
  const code = await service?.stop();
  if (!process.env.SEGELL_KEEP) {
    rmSync(work, { recursive: true });
  }
  assert.ok(code === undefined || code === 0, `segelld stopped with ${code}`);
});

describe('a decision and a signature by pen', () => {
  it('are taken on the tablet, sealed, stored and logged', async () => {
    visit = await prepareVisit(service);
    const before = await evaluate(service, visit.person);
    assert.equal(before.decision, false, 'nobody granted anything yet');
    ({ pen, act } = await signWithPen(visit, 'drawn-with-dynamics', { gap: kGap }));
    const { document } = await service.ask('GET', `/api/v1/documents/${visit.document.id}`);
    assert.equal(document.state, 'sealed');
    assert.deepEqual(document.revisions.map(({ kind }) => kind), ['original', 'choices', 'act']);
    assert.equal(document.revisions.at(-1).time, 'tsa');
    logged.push(...document.revisions.map(({ logIndex }) => logIndex));
    sealed = (await service.call('GET', `/api/v1/documents/${visit.document.id}/content`)).octets;
    writeFileSync(file('sealed.pdf'), sealed);
    assert.equal(sealed.length, document.revisions.at(-1).totalLength);
  });

  it('are a valid signature of the whole document to poppler, and a clean file to qpdf', async () => {
    const told = (await outcome('pdfsig', file('sealed.pdf'))).stdout;
    assert.match(told, /Signature is Valid/);
    assert.match(told, /Total document signed/);
    const checked = await outcome('qpdf', '--check', file('sealed.pdf'));
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
  });

  it('verify with exit code 0 where there is no network, and no socket is opened', async () => {
    const trace = file('trace');
    const { code, stdout, stderr } = await outcome('unshare', '-n', 'strace', '-f', '-e', 'trace=socket,connect,execve', '-o', trace,
      join(bin, 'segell'), 'verify', '--json', '--trust', anchors, file('sealed.pdf'));
    assert.equal(code, 0, stdout + stderr);
    const calls = readFileSync(trace, 'utf8');
    assert.match(calls, /execve\(/, 'strace saw the program start');
    assert.doesNotMatch(calls, /socket\(|connect\(/);
    const verdict = JSON.parse(stdout);
    assert.equal(verdict.schema, 'segell.verdict/1');
    assert.equal(verdict.indication, 'TOTAL-PASSED');
    const [signatureVerdict] = verdict.signatures;
    assert.equal(signatureVerdict.integrity, 'intact');
    assert.equal(signatureVerdict.timeBasis, 'tsa');
    assert.equal(signatureVerdict.act.present, true);
    assert.equal(signatureVerdict.act.method, 'drawn-with-dynamics');
    assert.deepEqual(signatureVerdict.act.disclosed, {});
  });

  it('show the bytes that were rendered: the digests sent are those of the frozen revision, which begins the sealed one', async () => {
    const shown = sealed.subarray(0, act.shown.length);
    assert.equal(createHash('sha256').update(shown).digest('hex'), act.shown.sha256);
    assert.equal(createHash('sha512').update(shown).digest('hex'), act.shown.sha512);
  });
});

describe('how the pen moved', () => {
  it('opens with openssl for the custodian and for the reserve, and is what the pen drew', async () => {
    const answer = await service.call('GET', `/api/v1/documents/${visit.document.id}/envelope`);
    assert.equal(answer.status, 200);
    envelope = answer.octets;
    assert.ok(envelope.equals(Buffer.from(act.envelope, 'base64')), 'the service keeps the envelope as the browser closed it');
    for (const who of ['custodian', 'reserve']) {
      record = openEnvelope(envelope, join(pki, `${who}.pem`), join(pki, `${who}.key`));
      sameSeries(record.points.filter(([line]) => line >= 0), pen);
      assert.equal(record.document.sha256, act.shown.sha256);
    }
    assert.throws(() => openEnvelope(envelope, join(pki, 'seal-rsa.pem'), join(pki, 'seal-rsa.key')), 'the service cannot open it');
  });

  it('stands in no request, no stored file and no part of the document', async () => {
    const needles = needlesOf(record.points);
    assert.ok(needles.length > 40);
    assert.notDeepEqual(tracesIn(Buffer.from(JSON.stringify(record)), needles), [], 'the search finds what is there');
    assert.notDeepEqual(tracesIn(Buffer.from(Buffer.from(JSON.stringify(record)).toString('base64')), needles), [], 'also in base64');

    assert.deepEqual(Object.keys(act).sort(), ['capture', 'envelope', 'meaning', 'method', 'picture', 'shown']);
    assert.deepEqual(Object.keys(act.shown).sort(), ['length', 'sha256', 'sha512']);
    assert.deepEqual(Object.keys(act.picture).sort(), ['bits', 'height', 'width']);
    assert.deepEqual(act.capture, { pointerType: 'pen' });
    const { inflateSync } = await import('node:zlib');
    assert.equal(inflateSync(Buffer.from(act.picture.bits, 'base64')).length, Math.ceil(act.picture.width / 8) * act.picture.height);

    for (const { url, body, headers } of requests) {
      assert.deepEqual(tracesIn(Buffer.concat([Buffer.from(url + JSON.stringify(headers)), body ?? Buffer.alloc(0)]), needles), [], url);
    }
    const stored = filesBelow(service.data);
    assert.ok(stored.length > 2);
    for (const { path, octets } of stored) {
      assert.deepEqual(tracesIn(octets, needles), [], path);
    }
    await outcome('qpdf', '--qdf', '--object-streams=disable', '--stream-data=uncompress', file('sealed.pdf'), file('plain.pdf'));
    for (const name of ['sealed.pdf', 'plain.pdf']) {
      assert.deepEqual(tracesIn(readFileSync(file(name)), needles), [], name);
    }
  });

  it('does not change the picture: the same trace at another speed and pressure is the same, octet for octet', async () => {
    const other = await signWithPen(await prepareVisit(service), 'drawn', { gap: 0.0211 });
    assert.equal(other.act.picture.bits, act.picture.bits);
    assert.equal(other.act.envelope, undefined);
  });
});

describe('afterwards', () => {
  it('one changed octet of what was signed is proven: exit code 1', async () => {
    for (const at of [Math.floor(act.shown.length / 2), act.shown.length + 200]) {
      const changed = Buffer.from(sealed);
      changed[at] ^= 1;
      writeFileSync(file('changed.pdf'), changed);
      const { code, stdout } = await verify('--json', file('changed.pdf'));
      assert.equal(code, 1, `octet ${at}: ${stdout}`);
      assert.equal(JSON.parse(stdout).indication, 'TOTAL-FAILED');
    }
  });

  it('every acknowledged event is in the log, which an outsider can check from its entries', async () => {
    log = await readLog(service, Math.max(...logged) + 1);
    assert.ok(logged.length >= 3 && new Set(logged).size === logged.length, 'each revision is an event of its own');
    await checkedByNode();
    assert.equal(new Set(log.entries.map((entry) => entry.toString('hex'))).size, log.size, 'no two entries are alike');
    const leaked = ['Ramon', 'renda', visit.person.id, visit.document.id].filter((word) => Buffer.concat(log.entries).includes(word));
    assert.deepEqual(leaked, []);
  });

  it('what was granted may be read, until it is withdrawn: the very next question is denied and says so', async () => {
    const granted = await evaluate(service, visit.person);
    assert.equal(granted.decision, true, JSON.stringify(granted));
    const { decision } = await service.ask('POST', `/api/v1/persons/${visit.person.id}/decisions`, {
      kind: 'withdraw', purpose: 'meal-grant', category: 'income.tax', recipient: 'A09002970', channel: 'phone',
    });
    logged.push(decision.logIndex);
    const denied = await evaluate(service, visit.person);
    assert.equal(denied.decision, false);
    assert.equal(denied.context.reason, 'withdrawn');
  });

  it('asking and answering are events too, and the log only grew', async () => {
    const later = await readLog(service, Math.max(...logged) + 2);
    assert.ok(later.size >= log.size + 3, 'two questions and a withdrawal');
    assert.ok(rootOf(later.hashes.slice(0, log.size)).equals(log.root), 'the earlier log is the beginning of the later one');
    log = later;
  });

  it('the facts that the seal commits to can be shown, and a changed one is refused', async () => {
    const answer = await service.call('GET', `/api/v1/documents/${visit.document.id}/disclosure`);
    assert.equal(answer.status, 200, answer.octets.toString());
    writeFileSync(file('disclosure.json'), answer.octets);
    const { code, stdout } = await verify('--json', '--disclosure', file('disclosure.json'), file('sealed.pdf'));
    assert.equal(code, 0, stdout);
    assert.ok(stdout.includes('Ramon Exemple Inventat'), 'the signer is disclosed');
    writeFileSync(file('forged.json'), answer.octets.toString().replace('Ramon Exemple', 'Ramona Exemple'));
    const forged = await verify('--json', '--disclosure', file('forged.json'), file('sealed.pdf'));
    assert.ok(!forged.stdout.includes('Ramona'), 'a fact that nothing commits to is not shown');
    assert.match(forged.stdout, /"fail"/);
  });

  it('how the pen moved opens for two people at the custodian, proven to belong to this very document', async () => {
    writeFileSync(file('envelope.p7m'), envelope);
    writeFileSync(file('half-1'), 'una meitat inventada i llarga\n');
    writeFileSync(file('half-2'), 'l’altra meitat, també inventada\n');
    const halves = (option) => [option, file('half-1'), option, file('half-2')];
    for (const who of ['custodian', 'reserve']) {
      const key = file(`${who}-two.key`);
      const made = await segell('ink', 'key', '--key', join(pki, `${who}.key`), ...halves('--half'), '-o', key);
      assert.equal(made.code, 0, made.stderr);
      const { code, stdout, stderr } = await segell('ink', 'open', file('envelope.p7m'), '--key', key, '--cert', join(pki, `${who}.pem`),
        ...halves('--passphrase-file'), '--opener', 'Marta Inventada', '--witness', 'Pere Exemple', '--reason', 'prova',
        '--document', file('sealed.pdf'), '--disclosure', file('disclosure.json'), '--register', file(`${who}.jsonl`), '-o', file(`${who}-ink`));
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, /commits to exactly this envelope/);
      const rows = readFileSync(file(`${who}-ink/samples.csv`), 'utf8').trim().split('\r\n').slice(1).map((row) => row.split(','));
      sameSeries(rows.filter(([line]) => line !== '').map(([line, , time, x, y, , , pressure, tiltX, tiltY, twist, buttons]) =>
        [line, time, x, y, pressure, tiltX, tiltY, twist, buttons].map(Number)), pen);
      assert.equal((await segell('ink', 'openings', file(`${who}.jsonl`))).code, 0);
    }
  });

  it('every event of these acts is in the log: opened, read, and found by an outside check', async () => {
    const path = file('openings.jsonl');
    openings = await readOpenings(segell, service, path);
    const size = openings.length;
    assert.deepEqual(openings.map(({ index }) => index), [...Array(size).keys()], 'before anyone is erased, no entry is without its event');
    log = await readLog(service, size);
    assert.equal((await checkedByNode(path)).openings, size);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const made = (kind) => openings.filter(({ event }) => event.get(1) === kKinds.indexOf(kind));
    const expected = {
      'token-issued': 1, 'document-stored': 2, 'person-created': 2, 'notice-published': 4, 'request-created': 2, 'visit-opened': 2,
      'document-frozen': 2, 'act-sealed': 2, 'evaluation-answered': 3, 'disclosure-opened': 1, 'envelope-opened': 1,
    };
    for (const [kind, count] of Object.entries(expected)) {
      assert.equal(made(kind).length, count, kind);
    }
    assert.ok(made('content-opened').length >= 3, 'shown twice on the tablet, read once by the professional');
    const decided = made('decision-recorded').map(({ event }) => event.get(11));
    assert.deepEqual(decided.sort(), ['grant', 'grant', 'inform', 'inform', 'withdraw']);
    assert.deepEqual(made('evaluation-answered').map(({ event }) => [event.get(26), event.get(27) ?? null]),
      [[false, 'no_basis'], [true, null], [false, 'withdrawn']]);
    // The indices that the service acknowledged are those of these events, and they speak of these octets.
    const at = (index) => openings[index].event;
    const [stored, frozen, done] = logged.slice(0, 3).map(at);
    assert.deepEqual([stored, frozen, done].map((event) => kKinds[event.get(1)]), ['document-stored', 'document-frozen', 'act-sealed']);
    assert.equal(Buffer.from(frozen.get(10)).toString('hex'), act.shown.sha256);
    assert.equal(Buffer.from(done.get(10)).toString('hex'), createHash('sha256').update(sealed).digest('hex'));
    assert.equal(Buffer.from(done.get(38)).toString('hex'), createHash('sha256').update(envelope).digest('hex'));
    assert.equal(at(logged.at(-1)).get(11), 'withdraw');
  });

  it('left nothing of the person in what the operator reads: messages at their most talkative', () => {
    const messages = service.messages();
    assert.match(messages, /\/api\/v1\/visit\/act/, 'every request is told');
    const capability = new URL(visit.link).hash.slice(1);
    for (const canary of ['Ramon', 'Inventat', 'Marta', 'Vilaexemple', 'meal-grant', 'income.tax', 'A09002970', 'renda', 'padr', 'Informaci',
      capability, service.token, visit.person.id, act.nonce ?? act.shown.sha256, 'custodian', 'Bearer']) {
      assert.ok(!messages.includes(canary), `the messages hold ${canary.slice(0, 12)}`);
    }
    assert.doesNotMatch(messages, /[0-9A-Z]{4}(-[0-9A-Z]{4}){5,}/, 'no verification code');
  });

  it('erasing the person leaves every verdict standing, which says "not disclosed"', async () => {
    const { erasure } = await service.ask('POST', `/api/v1/persons/${visit.person.id}/erasure`, {});
    logged.push(erasure.logIndex);
    assert.equal((await service.call('GET', `/api/v1/documents/${visit.document.id}/disclosure`)).status, 404);
    const { code, stdout } = await verify('--json', file('sealed.pdf'));
    assert.equal(code, 0, stdout);
    assert.deepEqual(JSON.parse(stdout).signatures[0].act.disclosed, {});
    for (const [language, words] of [['en', /not disclosed/i], ['ca', /no (s’ha |s'ha )?(revela|mostra|divulga)/i], ['es', /no (se ha )?(revela|muestra|divulga)/i]]) {
      const told = await verify('--lang', language, file('sealed.pdf'));
      assert.equal(told.code, 0);
      assert.match(told.stdout, words);
      assert.ok(!told.stdout.includes('Ramon'), told.stdout);
    }
    const later = await readLog(service, Math.max(...logged) + 1);
    assert.ok(rootOf(later.hashes.slice(0, log.size)).equals(log.root), 'erasing changed nothing in the log');
    const left = await readOpenings(segell, service, file('left.jsonl'));
    assert.equal((await checkedByNode(file('left.jsonl'))).openings, left.length);
    const person = Buffer.from(openings[logged[2]].event.get(4));
    const about = (list) => list.filter(({ raw }) => raw.includes(person));
    assert.ok(about(openings).length >= 10);
    assert.deepEqual(about(left).map(({ event }) => kKinds[event.get(1)]), ['person-erased'], 'what is left of them is that they were erased');
    assert.equal(left.length, openings.length - about(openings).length + 1);
    const checked = await segell('log', 'fsck', '--kek', join(service.folder, 'kek'), service.data);
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    for (const { path, octets } of filesBelow(service.data)) {
      assert.ok(!octets.includes('Ramon'), `${path} still names the person`);
    }
  });
});
