// Visits without a network, through the real segelld: a device that shares nothing with the service but the shipped fill-in
// carries a package, captures while no service runs, and hands in later. What is sealed is judged by `segell verify` and by
// pdfsig. Usage: node visit_package.mjs SEGELLD SEGELL PKI
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { caller, expect, ground, Installation, question, runCases, shownAct, sleep, visitOf } from './segelld.mjs';
import { Device, Package } from './device.mjs';

const [segelld, segell, pki] = process.argv.slice(2);
const here = new Installation(segelld, pki);
const elsewhere = new Installation(segelld, pki);
let server = await here.start();
const other = await elsewhere.start();
let desk = caller(server.url, here.token);
const facts = await ground(desk);

async function restart() {
  await server.stop();
  server = await here.start();
  desk = caller(server.url, here.token);
}
const newRequest = document => visitOf(server.url, desk, facts, { document });
async function packed(requests, device, ms) {
  const tablet = device ?? await Device.enrol(desk);
  return Package.fetch(server.url, desk, tablet, await tablet.prepare(desk, requests, ms));
}
// The states of a package's nonces once none of them waits for the job.
async function settled(pack) {
  for (let i = 0; i < 200; ++i) {
    const states = await pack.states();
    if (!states.some(({ state }) => state === 'received')) return states;
    await sleep(25);
  }
  throw new Error('an act stays received');
}
async function judged(document) {
  const { bytes } = await desk('GET', `/api/v1/documents/${document}/content`);
  const file = join(here.folder, `${document}.pdf`);
  writeFileSync(file, bytes);
  const verdict = JSON.parse(execFileSync(segell, ['verify', '--json', '--trust', `${pki}/anchors`, file], { encoding: 'utf8' }));
  assert.equal(verdict.indication, 'TOTAL-PASSED', verdict.summary);
  assert.match(execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }), /Signature is Valid/);
  return bytes;
}
const factOf = async (document, wanted) =>
  expect(await desk('GET', `/api/v1/documents/${document}/disclosure`), 200).facts.find(({ fact }) => fact.type === wanted).fact.value;
const documentOf = async request => expect(await desk('GET', `/api/v1/signature-requests/${request}`), 200).request.documentId;

const failed = await runCases([
  ['no service while three people\'s papers are signed, refused and put off; handed in in another order', async () => {
    const visits = [await newRequest(), await newRequest(), await newRequest()];
    const pack = await packed(visits.map(({ request }) => request));
    await server.stop();
    const { code } = pack.content.requests[0].slip;
    const acts = [
      await pack.signed(0, 'grant', {
        copy: { kind: 'printed', code }, identity: { kind: 'id-seen' },
        notes: { questions: [{ asked: 'Qui ho veurà?', answered: 'El CAP.' }], spokeAlone: 'yes' },
      }),
      pack.outline(1, 'refused'), pack.outline(2, 'deferred'),
    ];
    server = await here.start();
    desk = caller(server.url, here.token);
    pack.reach(server.url);
    assert.equal((await caller(server.url)('POST', '/api/v1/slip/look', { code }, { key: null })).status, 404);
    for (const act of [acts[2], acts[0], acts[1]]) assert.equal(expect(await pack.send(act), 201).act.state, 'received');
    const states = await settled(pack);
    assert.deepEqual(states.map(({ state }) => state), ['sealed', 'recorded', 'recorded']);
    assert.equal(states[0].flags, undefined);
    const sealed = await judged(visits[0].document);
    assert.equal(shownAct(sealed.subarray(0, acts[0].shown.length)).shown.sha256, acts[0].shown.sha256);
    assert.equal(expect(await desk('POST', '/access/v1/evaluation', question(facts.person), { key: null }), 200).decision, true);
    expect(await caller(server.url)('POST', '/api/v1/slip/look', { code }, { key: null }), 200);
    const device = await factOf(visits[0].document, 'device');
    assert.deepEqual([device.id, device.counter], [pack.device.id, 1]);
  }],
  ['killed between receipt and seal: it goes on at the next start', async () => {
    const visit = await newRequest();
    const pack = await packed([visit.request]);
    const act = await pack.signed(0);
    expect(await pack.send(act), 201);
    server.child.kill('SIGKILL');
    await server.ended;
    server = await here.start();
    desk = caller(server.url, here.token);
    pack.reach(server.url);
    assert.equal((await settled(pack))[0].state, 'sealed');
    await judged(visit.document);
  }],
  ['half a body is nothing; twice the same is once; another one on the nonce is refused', async () => {
    const visit = await newRequest();
    const pack = await packed([visit.request]);
    const order = await pack.order(await pack.signed(0));
    const body = JSON.stringify(order);
    const socket = connect(server.port, '127.0.0.1');
    socket.write(`POST /api/v1/package/acts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${pack.content.capability}\r\n` +
      `Idempotency-Key: ${order.act.nonce}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n` + body.slice(0, body.length / 2));
    await sleep(100);
    socket.destroy();
    assert.equal((await pack.states())[0].state, 'waiting');
    const [first, second] = await Promise.all([pack.upload(order), pack.upload(order)]);
    assert.deepEqual(expect(first, 201), expect(second, 201));
    assert.equal((await settled(pack))[0].state, 'sealed');
    const again = await pack.upload(order);
    assert.deepEqual(expect(again, 201), first.json);
    assert.equal(again.headers['idempotency-replayed'], 'true');
    expect(await pack.send(await pack.signed(0, 'refuse')), 422, 'idempotency.other-body');
    await judged(visit.document);
  }],
  ['two tablets: the first that is sealed wins, the other is set aside and shown', async () => {
    const visit = await newRequest();
    const [one, two] = [await packed([visit.request]), await packed([visit.request])];
    const [first, second] = [await one.signed(0), await two.signed(0, 'refuse')];
    expect(await two.send(second), 201);
    assert.equal((await settled(two))[0].state, 'sealed');
    expect(await one.send(first), 201);
    const [{ state, reason }] = await settled(one);
    assert.deepEqual([state, reason], ['set-aside', 'request.answered-already']);
    const shown = expect(await desk('GET', `/api/v1/visits/${one.content.visit.id}`), 200).visit.acts[0];
    assert.deepEqual([shown.state, shown.answer], ['set-aside', 'signed']);
    await judged(visit.document);
  }],
  ['a clock that is two hours and thirty years off is kept as a claim', async () => {
    const visit = await newRequest();
    const pack = await packed([visit.request]);
    const times = { handedOver: '2056-01-01T00:00:00Z', captured: '1999-12-31T22:00:00Z' };
    expect(await pack.send(await pack.signed(0, 'grant', { times })), 201);
    assert.equal((await settled(pack))[0].state, 'sealed');
    const told = await factOf(visit.document, 'times');
    assert.deepEqual(told.deviceClaimed, times);
    assert.ok(told.notBefore <= told.received);
    await judged(visit.document);
  }],
  ['superseded at the office: signed on the version shown, flagged, and the other document stays as it is', async () => {
    const visit = await newRequest();
    const pack = await packed([visit.request]);
    const act = await pack.signed(0);
    await sleep(5);
    const newer = await newRequest(visit.document);
    const office = await newer.tablet('GET', '/api/v1/visit');
    const choices = office.json.request.items.map(({ id }) => ({ item: id, choice: 'refuse' }));
    expect(await newer.tablet('POST', '/api/v1/visit/choices', { choices }), 200);
    expect(await newer.tablet('POST', '/api/v1/visit/act', shownAct((await newer.tablet('GET', '/api/v1/visit/document')).bytes)), 201);
    const before = await judged(visit.document);
    expect(await pack.send(act), 201);
    const [{ state, flags }] = await settled(pack);
    assert.deepEqual([state, flags], ['sealed', ['superseded']]);
    const branch = await documentOf(visit.request);
    assert.notEqual(branch, visit.document);
    const sealed = await judged(branch);
    assert.equal(shownAct(sealed.subarray(0, act.shown.length)).shown.sha256, act.shown.sha256);
    assert.ok((await judged(visit.document)).equals(before));
  }],
  ['too late for its nonce: received, set aside, and its papers are no longer read', async () => {
    const visit = await newRequest();
    const pack = await packed([visit.request], undefined, 2500);
    const act = await pack.signed(0);
    await sleep(Math.max(0, Date.parse(pack.content.visit.expiresAt) - Date.now() + 50));
    assert.equal(expect(await pack.send(act), 201).act.state, 'received');
    const [{ state, reason }] = await settled(pack);
    assert.deepEqual([state, reason], ['set-aside', 'nonce.expired']);
    expect(await pack.call('GET', `/api/v1/package/requests/${visit.request}/paper`), 410, 'visit.expired');
  }],
  ['a lost tablet: nothing is taken from it, and its nonces are unfulfilled', async () => {
    const visit = await newRequest();
    const pack = await packed([visit.request]);
    const act = await pack.signed(0);
    expect(await desk('POST', `/api/v1/devices/${pack.device.id}/revocation`, { reason: 'lost' }), 201);
    expect(await pack.send(act), 403, 'device.revoked');
    expect(await pack.call('GET', '/api/v1/package'), 403, 'device.revoked');
    const shown = expect(await desk('GET', `/api/v1/visits/${pack.content.visit.id}`), 200).visit.acts[0];
    assert.equal(shown.state, 'unfulfilled');
  }],
  ['a bad signature, an unknown nonce, a counter used twice: refused', async () => {
    const visits = [await newRequest(), await newRequest()];
    const pack = await packed(visits.map(({ request }) => request));
    const act = await pack.signed(0);
    const order = await pack.order(act);
    expect(await pack.upload({ act: { ...act, meaning: 'informed' }, signature: order.signature }), 422, 'act.bad-signature');
    expect(await pack.send({ ...act, nonce: 'A'.repeat(43) }), 404, 'nonce.unknown');
    expect(await pack.upload({ ...order, act: { ...act, more: 1 } }), 400, 'request.unknown-field');
    expect(await pack.upload(order), 201);
    expect(await pack.send({ ...await pack.signed(1), counter: act.counter }), 409, 'act.counter-used');
    assert.deepEqual((await settled(pack)).map(({ state }) => state), ['sealed', 'waiting']);
  }],
  ['another organisation\'s device and capability reach nothing here', async () => {
    const visit = await newRequest();
    const theirs = caller(other.url, elsewhere.token);
    const device = await Device.enrol(theirs);
    expect(await desk('POST', '/api/v1/visits', { device: device.id, requests: [visit.request], expiresAt: new Date(Date.now() + 6e4).toISOString() }), 404, 'device.unknown');
    const abroad = await visitOf(other.url, theirs, await ground(theirs));
    const pack = await Package.fetch(other.url, theirs, device, await device.prepare(theirs, [abroad.request]));
    pack.reach(server.url);
    expect(await pack.send(await pack.signed(0)), 401, 'auth.invalid-token');
    const own = await packed([visit.request]);
    own.device = device;
    expect(await own.send({ ...await own.signed(0), device: device.id }), 422, 'act.bad-signature');
  }],
  ['the capability reaches its package alone', async () => {
    const visit = await newRequest();
    const pack = await packed([visit.request]);
    for (const path of ['/api/v1/visit', `/api/v1/documents/${visit.document}`, '/api/v1/devices', `/api/v1/visits/${pack.content.visit.id}`]) {
      expect(await pack.call('GET', path), 404, 'http.not-found', path);
    }
    expect(await visit.tablet('GET', '/api/v1/package'), 404, 'http.not-found');
    assert.ok(!server.log.includes(pack.content.capability.slice(4, 20)));
    await restart();
  }],
]);
await server.stop();
await other.stop();
here.remove();
elsewhere.remove();
process.exit(failed);
