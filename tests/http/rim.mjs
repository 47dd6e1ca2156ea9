// The rim of the real segelld where a test site inside the test would not do: uploads of 200 MB over HTTP and HTTPS, many
// requests in one go, and SIGTERM under load. Usage: node rim.mjs SEGELLD PKI
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { Readable } from 'node:stream';
import tls from 'node:tls';
import assert from 'node:assert/strict';
import { actOf, caller, expect, ground, Installation, logSize, question, runCases, send, sleep, visitOf } from './segelld.mjs';

const [segelld, pki] = process.argv.slice(2);
const ca = readFileSync(`${pki}/root.pem`);
const kMany = 200_000_000;
const kPiece = Buffer.alloc(1 << 16, '%PDF-1.7 ');
const programs = [];
const installations = [];

async function serve(tlsToo, more) {
  const here = new Installation(segelld, pki, { tls: tlsToo, more });
  installations.push(here);
  const server = await here.start();
  programs.push(server);
  return { here, server, url: server.url, token: here.token, ca: tlsToo ? ca : undefined };
}

function many() {
  let left = kMany;
  return Readable.from((function* () {
    while (left > 0) {
      const piece = kPiece.subarray(0, Math.min(left, kPiece.length));
      left -= piece.length;
      yield piece;
    }
  })(), { objectMode: false });
}

function connect(site) {
  return new Promise((resolve, reject) => {
    const socket = site.ca
      ? tls.connect({ port: site.server.port, host: '127.0.0.1', servername: 'localhost', ca: site.ca }, () => resolve(socket))
      : net.connect(site.server.port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}

// Sends the head and all 200 MB without reading a single octet, and only then listens, as many clients do.
async function sendThenListen(site, head, pieces) {
  const socket = await connect(site);
  socket.pause();
  let failure;
  socket.on('error', error => { failure ??= error; });
  let wake = () => {};
  socket.on('drain', () => wake()).on('error', () => wake());
  const put = octets => socket.write(octets) || new Promise(resolve => { wake = resolve; });
  await put(head);
  let sent = 0;
  for (const piece of pieces) {
    await put(piece);
    if (failure) break;
    sent += piece.length;
  }
  let answer = '';
  socket.on('data', chunk => { answer += chunk; });
  socket.resume();
  await Promise.race([new Promise(resolve => socket.on('close', resolve)), sleep(10000)]);
  socket.destroy();
  return { sent, answer, failure };
}

function* pieces(frame) {
  for (let left = kMany; left > 0; left -= kPiece.length) {
    const piece = kPiece.subarray(0, Math.min(left, kPiece.length));
    yield frame ? Buffer.concat([Buffer.from(piece.length.toString(16) + '\r\n'), piece, Buffer.from('\r\n')]) : piece;
  }
  if (frame) yield Buffer.from('0\r\n\r\n');
}

function uploadHead(site, framing, type = 'application/pdf') {
  return `POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${site.token}\r\nContent-Type: ${type}\r\n` +
    `Idempotency-Key: ${randomUUID()}\r\n${framing}\r\n\r\n`;
}

const checkHead = framing => `POST /api/v1/verify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n${framing}\r\n\r\n`;

// What anyone may have checked lies on the disk: an unsigned file, and the same as a signature's content.
function checks(site) {
  const verdict = async (query, framing) => {
    const { answer } = await sendThenListen(site, checkHead(framing).replace('verify', `verify${query}`), pieces(framing.startsWith('Transfer')));
    assert.match(answer, /^HTTP\/1\.1 200 /);
    return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)).indication;
  };
  return [
    ['200 MB to be checked', () => flat(site, 24, async () => assert.equal(await verdict('', `Content-Length: ${kMany}`), 'NO-SIGNATURE'))],
    ['200 MB to be checked, in chunks and in two parts', () => flat(site, 24, async () => {
      assert.equal(await verdict('?signatureLength=9', 'Transfer-Encoding: chunked'), 'NO-SIGNATURE');
    })],
  ];
}

function check413(answer) {
  assert.match(answer, /^HTTP\/1\.1 413 /);
  const told = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
  assert.equal(told.code, 'http.body-too-large');
  assert.ok(told.hint, 'a way out');
}

// The peak must not grow by more than this while 200 MB come in; chunked bodies are held up to their cap before they are refused.
async function flat(site, bound, run) {
  const before = site.server.peak();
  const told = await run();
  const grown = site.server.peak() - before;
  assert.ok(grown < bound, `the peak grew by ${grown.toFixed(1)} MiB`);
  expect(await send(site.url + '/readyz', 'GET', {}, undefined, site.ca), 200);
  return `${told ?? ''} peak + ${grown.toFixed(1)} MiB`;
}

function uploads(site, name) {
  const headers = { authorization: `Bearer ${site.token}`, 'content-type': 'application/pdf', 'idempotency-key': randomUUID() };
  return [
    [`200 MB over ${name}, listening while sending`, () => flat(site, 8, async () => {
      const answer = await send(site.url + '/api/v1/documents', 'POST', { ...headers, 'content-length': kMany }, many(), site.ca);
      assert.ok(expect(answer, 413, 'http.body-too-large').hint);
    })],
    [`200 MB over ${name}, sent whole before listening`, () => flat(site, 8, async () => {
      const { sent, answer, failure } = await sendThenListen(site, uploadHead(site, `Content-Length: ${kMany}`), pieces(false));
      assert.equal(failure, undefined);
      assert.equal(sent, kMany);
      check413(answer);
      return `${sent / 1e6} MB sent,`;
    })],
    [`200 MB over ${name} to be checked, where less is taken`, () => flat(site, 8, async () => {
      check413((await sendThenListen(site, checkHead(`Content-Length: ${kMany}`), pieces(false))).answer);
    })],
    // 64 MiB may be held, in a buffer that grows by doubling.
    [`200 MB over ${name} in chunks of no declared length`, () => flat(site, 200, async () => {
      check413((await sendThenListen(site, uploadHead(site, 'Transfer-Encoding: chunked'), pieces(true))).answer);
    })],
  ];
}

// Callers that ask and sign until the service goes away; what each was told is compared with the log of the next start.
async function stopUnderLoad(tlsToo) {
  const site = await serve(tlsToo, 'messages.level = warning\n');
  const desk = caller(site.url, site.token, site.ca);
  const facts = await ground(desk);
  const visits = [];
  for (let i = 0; i < 24; ++i) {
    const visit = await visitOf(site.url, desk, facts, { ca: site.ca });
    visits.push({ ...visit, act: await actOf(visit), key: randomUUID() });
  }
  await sleep(1500);
  const before = await logSize(site.url, site.here.origin, site.ca);
  let asked = 0, answered = 0, torn = 0, running = true;
  const body = JSON.stringify(question(facts.person));
  const ask = `POST /access/v1/evaluation HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${site.token}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const asker = async () => {
    const socket = await connect(site);
    let have = '', wake = () => {};
    socket.on('data', chunk => { have += chunk; wake(); }).on('error', () => {}).on('close', () => { running = false; wake(); });
    while (running) {
      ++asked;
      socket.write(ask);
      for (;;) {
        const end = have.indexOf('\r\n\r\n');
        const length = Number(/Content-Length: (\d+)/.exec(have)?.[1]);
        if (end >= 0 && have.length >= end + 4 + length) {
          if (have.startsWith('HTTP/1.1 200 ')) ++answered;
          if (/^Connection: close/m.test(have.slice(0, end))) return socket.destroy();
          have = have.slice(end + 4 + length);
          break;
        }
        if (socket.destroyed || socket.readableEnded) { torn += have.length > 0; return; }
        await new Promise(resolve => { wake = resolve; });
      }
    }
  };
  const load = Promise.allSettled(Array.from({ length: 16 }, asker));
  const signing = visits.map(async visit => {
    await sleep(Math.random() * 900);
    const answer = await visit.tablet('POST', '/api/v1/visit/act', visit.act, { key: visit.key }).catch(() => undefined);
    visit.status = answer?.status;
  });
  // In the middle of it, however slow the machine is.
  for (let i = 0; i < 300 && (answered < 20 || visits.filter(visit => visit.status).length < 3); ++i) await sleep(100);
  const begin = Date.now();
  assert.equal(await site.server.stop(), 0, site.server.log);
  const took = Date.now() - begin;
  assert.ok(took < 12000, `stopping took ${took} ms`);
  await load;
  await Promise.all(signing);
  assert.equal(torn, 0, 'no answer was cut in two');
  for (const { status } of visits) assert.ok(status === 201 || status === undefined, `act: ${status}`);

  site.server = await site.here.start();
  programs.push(site.server);
  const again = caller(site.server.url, site.token, site.ca);
  const after = await logSize(site.server.url, site.here.origin, site.ca);
  const sealed = visits.filter(visit => visit.status === 201).length;
  assert.ok(answered > 0 && sealed > 0, 'there was load');
  // An act is two events here: the seal and its one decision.
  assert.ok(after - before >= answered + 2 * sealed, `${after - before} events for ${answered} answers and ${sealed} acts`);
  assert.ok(after - before <= asked + 2 * visits.length);
  for (const visit of visits) {
    const described = expect(await again('GET', `/api/v1/documents/${visit.document}`), 200).document;
    if (visit.status === 201) assert.equal(described.state, 'sealed');
    const request = expect(await again('GET', `/api/v1/signature-requests/${visit.request}`), 200).request;
    assert.equal(request.state === 'signed', described.state === 'sealed', 'all of an act or nothing of it');
  }
  return `stopped in ${took} ms, ${answered} of ${asked} questions and ${sealed} of ${visits.length} acts acknowledged, ${after - before} events`;
}

let failed = 0;
try {
  const plain = await serve(false, 'limits.checked-bytes = 104857600\n');
  const secure = await serve(true, 'limits.checked-bytes = 104857600\n');
  const roomy = await serve(false, '');
  failed = await runCases([
    ...uploads(plain, 'HTTP'),
    ...uploads(secure, 'HTTPS'),
    ...checks(roomy),
    ['SIGTERM under load over HTTP', () => stopUnderLoad(false)],
    ['SIGTERM under load over HTTPS', () => stopUnderLoad(true)],
  ]);
} catch (error) {
  failed = 1;
  console.error(error);
} finally {
  for (const program of programs) await program.stop();
  for (const installation of installations) installation.remove();
}
process.exit(failed);
