// What goes wrong in a visit, through the real segelld over HTTP: each is a problem document with its stable code and leaves
// everything as it was, so that the same request is completed afterwards. Usage: node refusals.mjs SEGELLD PKI
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { actOf, caller, expect, ground, Installation, later, logSize, pdf, Program, runCases, sha, shownAct, sleep, source, visitOf } from './segelld.mjs';

const [segelld, pki] = process.argv.slice(2);
const programs = [];
const installations = [];

// A time-stamping authority whose manners change while segelld runs: it stands before tests/support/tsa.mjs.
let manners = 'good';
async function timestampAuthority(work) {
  const behind = await Program.start('node', [join(source, 'tests/support/tsa.mjs'), pki, work], /^port (\d+)$/m);
  programs.push(behind);
  const before = http.createServer((request, response) => {
    const passed = http.request({ port: behind.said, path: `/${manners}`, method: 'POST', headers: request.headers }, answer => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => request.socket.destroy());
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  });
  await new Promise(resolve => before.listen(0, '127.0.0.1', resolve));
  before.unref();
  return `http://127.0.0.1:${before.address().port}/`;
}

async function serve(more) {
  const here = new Installation(segelld, pki, { more });
  installations.push(here);
  const server = await here.start();
  programs.push(server);
  const desk = caller(server.url, here.token);
  const facts = await ground(desk);
  return {
    desk, server, url: server.url,
    visit: options => visitOf(server.url, desk, facts, options),
    size: () => logSize(server.url, here.origin),
  };
}

// The log's size once everything acknowledged is served: checkpoints leave on a cadence.
async function settled(site) {
  for (let size = await site.size(); ; ) {
    await sleep(1300);
    const now = await site.size();
    if (now === size) return now;
    size = now;
  }
}

const act = (visit, body, key) => visit.tablet('POST', '/api/v1/visit/act', body, key ? { key } : {});
async function states(site, visit) {
  const document = expect(await site.desk('GET', `/api/v1/documents/${visit.document}`), 200).document;
  const request = expect(await site.desk('GET', `/api/v1/signature-requests/${visit.request}`), 200).request;
  const acts = document.revisions.filter(revision => revision.kind === 'act');
  return { document: document.state, request: request.state, acts: acts.length, times: acts.map(revision => revision.time) };
}
async function completes(site, visit, body, times) {
  expect(await act(visit, body), 201, undefined, 'the same request afterwards');
  assert.deepEqual(await states(site, visit), { document: 'sealed', request: 'signed', acts: 1, times: [times] });
  const content = (await site.desk('GET', `/api/v1/documents/${visit.document}/content`)).bytes;
  const verdict = expect(await caller(site.url)('POST', '/api/v1/verify', content, { type: 'application/pdf', key: null }), 200);
  assert.equal(verdict.indication, 'TOTAL-PASSED', verdict.summary);
}
const stored = (site, bytes, key = randomUUID()) => site.desk('POST', '/api/v1/documents', bytes, { type: 'application/pdf', key });

const work = new Installation(segelld, pki);
installations.push(work);
const timestamps = `timestamp.url = ${await timestampAuthority(work.folder)}\ntimestamp.trust = ${pki}/root.pem\n`;
let site;

async function refusedIntake(bytes, status, code) {
  const before = await settled(site);
  const key = randomUUID();
  assert.ok(expect(await stored(site, bytes, key), status, code).hint, `${code}: a way out`);
  assert.equal(await settled(site), before, 'nothing was logged');
  expect(await stored(site, pdf, key), 201, undefined, 'the key is free for the right file');
}

function locked() {
  const folder = work.folder;
  writeFileSync(join(folder, 'open.pdf'), pdf);
  execFileSync('qpdf', ['--encrypt', 'contrasenya', 'propietari', '256', '--', join(folder, 'open.pdf'), join(folder, 'locked.pdf')]);
  return readFileSync(join(folder, 'locked.pdf'));
}

const intake = [
  ['what is no PDF', () => refusedIntake(Buffer.from('<html>no és cap PDF</html>'), 400, 'pdf.not-a-pdf')],
  ['no octets', () => refusedIntake(Buffer.alloc(0), 400, 'pdf.empty')],
  ['a PDF behind a password', () => refusedIntake(locked(), 422, 'intake.encrypted')],
  ['half a PDF', () => refusedIntake(pdf.subarray(0, pdf.length / 2), 400, 'pdf.unreadable')],
];

const visits = [
  ['two acts on one request at once', async () => {
    for (let round = 0; round < 5; ++round) {
      const visit = await site.visit();
      const body = await actOf(visit);
      const answers = await Promise.all([act(visit, body), act(visit, body), act(visit, body)]);
      const losers = answers.filter(answer => answer.status !== 201);
      assert.equal(losers.length, 2);
      for (const loser of losers) expect(loser, 409, 'visit.over');
      assert.equal((await states(site, visit)).acts, 1);
    }
  }],
  ['one act sent twice at once with one key', async () => {
    const visit = await site.visit();
    const body = await actOf(visit);
    const key = randomUUID();
    const answers = await Promise.all([act(visit, body, key), act(visit, body, key)]);
    for (const answer of answers) if (answer.status !== 201) expect(answer, 409, 'idempotency.in-flight');
    expect(await act(visit, body, key), 201, undefined, 'asked again');
    assert.equal((await states(site, visit)).acts, 1);
  }],
  ['an earlier revision shown', async () => {
    const visit = await site.visit();
    const body = await actOf(visit);
    assert.ok(expect(await act(visit, shownAct(pdf)), 409, 'act.stale').hint);
    await completes(site, visit, body, 'none');
  }],
  ['a digest of something else', async () => {
    const visit = await site.visit();
    const body = await actOf(visit);
    for (const wrong of [{ sha256: sha('sha256', 'x') }, { sha512: sha('sha512', 'x') }, { length: body.shown.length + 1 }]) {
      const answer = await act(visit, { ...body, shown: { ...body.shown, ...wrong } });
      assert.ok(['act.wrong-digest', 'act.stale'].includes(answer.json.code));
      assert.ok(expect(answer, 409, answer.json.code).hint);
    }
    expect(await act(visit, { ...body, shown: { ...body.shown, sha256: 'abc' } }), 422, 'act.bad-digest');
    assert.deepEqual(await states(site, visit), { document: 'frozen', request: 'presented', acts: 0, times: [] });
    await completes(site, visit, body, 'none');
  }],
  ['a request used twice', async () => {
    const visit = await site.visit();
    const body = await actOf(visit);
    await completes(site, visit, body, 'none');
    expect(await act(visit, body), 409, 'visit.over');
    expect(await visit.tablet('POST', '/api/v1/visit/answer', { answer: 'refused' }), 409, 'visit.over');
    assert.equal((await states(site, visit)).request, 'signed');
  }],
  ['a link whose term is over', async () => {
    const visit = await site.visit({ expires: 4000 });
    const body = await actOf(visit);
    await sleep(4500);
    for (const answer of [await act(visit, body), await visit.tablet('GET', '/api/v1/visit')])
      assert.ok(expect(answer, 410, 'visit.expired').hint);
    assert.equal((await states(site, visit)).acts, 0);
    const next = await site.visit({ document: visit.document });  // the way out: a new request on the same paper
    await completes(site, next, await actOf(next), 'none');
  }],
];

const required = [];
for (const how of ['down', 'slow', 'wrong-nonce', 'wrong-imprint', 'untrusted', 'garbage', 'rejected', 'error', 'huge-answer'])
  required.push([`a time-stamping authority: ${how}, and a timestamp is required`, async () => {
    manners = 'good';
    const visit = await site.visit();
    const body = await actOf(visit);
    const before = await settled(site);
    manners = how;
    const key = randomUUID();
    const begin = Date.now();
    assert.ok(expect(await act(visit, body, key), 503, 'act.timestamp-required').hint);
    assert.ok(Date.now() - begin < 5000, 'within the deadline');
    assert.equal(await settled(site), before, 'nothing was logged');
    assert.deepEqual(await states(site, visit), { document: 'frozen', request: 'presented', acts: 0, times: [] });
    manners = 'good';
    expect(await act(visit, body, key), 201, undefined, 'the same call again');
    assert.deepEqual(await states(site, visit), { document: 'sealed', request: 'signed', acts: 1, times: ['tsa'] });
  }]);

const wanted = ['down', 'slow', 'wrong-nonce', 'wrong-imprint', 'untrusted'].map(how =>
  [`a time-stamping authority: ${how}, and the time may come later`, async () => {
    manners = 'good';
    const visit = await site.visit();
    const body = await actOf(visit);
    manners = how;
    await completes(site, visit, body, 'pending');
  }]);

let failed = 0;
try {
  site = await serve('');
  failed |= await runCases([...intake, ...visits]);
  const more = timestamps + 'timestamp.deadline-ms = 1500\n';
  site = await serve(more + 'tenant.require-timestamp = yes\n');
  failed |= await runCases(required);
  site = await serve(more);
  failed |= await runCases(wanted);
} catch (error) {
  failed = 1;
  console.error(error);
} finally {
  for (const program of programs) await program.stop();
  for (const installation of installations) installation.remove();
}
process.exit(failed);
