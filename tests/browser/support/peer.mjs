// Stands in for the service in tests of the tablet: gives a visit's package to take along, takes acts and judges them by its own
// reading of the contract, and can vanish like a network. Nothing of it is used where the real service is under test.
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { extname, join, normalize } from 'node:path';
import { policy } from './double.mjs';

const root = new URL('../../../', import.meta.url).pathname;
const kinds = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css', '.svg': 'image/svg+xml' };
const vectors = JSON.parse(readFileSync(join(root, 'tests/vectors/fill-in/vectors.json'), 'utf8'));
const paper = Buffer.from(vectors.paper, 'base64');

/** RFC 8785, a second implementation: JSON with sorted members. Its numbers are whole here. */
export function canonical(value) {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (value !== null && typeof value === 'object') {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

const items = [
  { id: 'item-a', text: 'Voleu que consultem la vostra renda?', consequenceIfRefused: 'Haureu de portar vós el paper.', choices: ['grant', 'refuse', 'defer'],
    notice: { title: 'Consulta de la renda', text: 'Només per tramitar l’ajut.', sha256: '00' } },
  { id: 'item-b', text: 'Consultarem al padró amb qui viviu.', consequenceIfRefused: '', choices: ['informed', 'object'],
    notice: { title: 'Consulta del padró', text: 'Us hi podeu oposar.', sha256: '01' } },
];

/** `people`: for each, the titles of their papers; `methods`: the ways in which each of them can be signed. */
export async function startPeer({ custody = [], people, methods = ['drawn', 'button', 'drawn-with-dynamics'] }) {
  const id = () => randomBytes(16).toString('base64url');
  const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();
  const peer = {
    /** Whoever is logged in: a professional, or nobody. */
    loggedIn: true, ended: 0, devices: [], visits: [], packed: [], received: [], tries: [], states: new Map(), plan: [], deaf: 0, away: false, requests: [], language: 'ca',
  };
  const session = () => ({ session: {
    step: 'open', level: 'substantial', name: 'Marta Inventada', secondFactor: true, csrf: 'c'.repeat(32), expiresAt: inDays(1), idleSeconds: 900,
    role: { id: 'r1', role: 'professional', organisation: 'Serveis Socials de Vilaexemple' }, roles: [],
  } });

  const makePackage = (visit) => ({
    schema: 'segell.visit-package/1', capability: visit.capability,
    visit: { id: visit.id, device: visit.device, issuedAt: inDays(0), expiresAt: visit.expiresAt, organisation: 'Serveis Socials de Vilaexemple' },
    requests: Object.entries(people).flatMap(([name, titles], person) => titles.map((title, at) => ({
      id: `q${person}${at}-${visit.id}`, person: `p${person}`, title, language: peer.language, personName: name, items, methods,
      professional: { name: 'Marta Inventada', checkedIdentity: false }, custody: { recipients: custody }, reading: false,
      paper: { sha256: vectors.recipe.base.sha256, length: paper.length, pages: 1, verificationCode: `SGLL-7F3K-92QD-HM4X-WT8R-5CVJ-${person}${at}`, fillIn: vectors.recipe },
      nonce: id(), nonceExpiresAt: visit.expiresAt, slip: { code: `SLIP-${person}${at}XX`, link: `http://127.0.0.1/slip#SLIP-${person}${at}XX` }, discreet: false,
    }))),
  });

  const problem = (response, status, code) => {
    response.writeHead(status, { 'Content-Type': 'application/problem+json' });
    response.end(JSON.stringify({ type: 'about:blank', title: code, status, code, requestId: 'req-7F3K' }));
  };
  const json = (response, status, value) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(value));
  };
  const octets = (response, type, value) => {
    response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
    response.end(value);
  };
  const visitOf = (request) => peer.visits.find(({ capability }) => request.headers.authorization === `Bearer ${capability}`);

  /** What the service would say of an act, by the text of the contract. */
  function judge(visit, text, key) {
    const { act, signature } = JSON.parse(text);
    const carried = peer.packed.find(({ visit: { id: packed } }) => packed === visit.id).requests.find(({ nonce }) => nonce === act.nonce);
    const device = peer.devices.find(({ id: known }) => known === act.device);
    const before = peer.received.find(({ nonce }) => nonce === act.nonce);
    if (key !== act.nonce) return [422, 'act.key-is-no-nonce'];
    if (carried === undefined || carried.id !== act.request) return [404, 'nonce.unknown'];
    if (act.visit !== visit.id || device === undefined) return [422, 'act.other-visit'];
    const publicKey = createPublicKey({ key: Buffer.from(device.publicKey, 'base64'), format: 'der', type: 'spki' });
    if (!verify('sha256', Buffer.from(canonical(act)), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))) return [422, 'act.bad-signature'];
    if (before !== undefined) return before.text === text ? null : [422, 'idempotency.other-body'];
    if (peer.received.some(({ act: { counter } }) => counter === act.counter)) return [409, 'act.counter-used'];
    peer.received.push({ nonce: act.nonce, text, act, person: carried.personName, title: carried.title });
    return null;
  }

  const serve = [
    ['GET', /^session$/, (_, response) => (peer.loggedIn ? json(response, 200, session()) : problem(response, 401, 'auth.no-session'))],
    ['POST', /^session\/end$/, (_, response) => { peer.loggedIn = false; peer.ended += 1; json(response, 200, {}); }],
    ['POST', /^devices$/, ({ body, key }, response) => {
      const known = peer.devices.find((device) => device.key === key);
      const publicKey = createPublicKey({ key: Buffer.from(body.publicKey, 'base64'), format: 'der', type: 'spki' });
      if (!verify('sha256', Buffer.from(`segell.device/1\n${body.publicKey}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(body.proof, 'base64url'))) {
        problem(response, 422, 'device.bad-proof');
        return;
      }
      const device = known ?? { id: id(), key, ...body };
      if (known === undefined) {
        peer.devices.push(device);
        peer.visits.push({ id: id(), device: device.id, state: 'prepared', expiresAt: inDays(2), capability: `sgp_${id()}` });
        peer.visits.push({ id: id(), device: 'another-tablet', state: 'prepared', expiresAt: inDays(2), capability: `sgp_${id()}` });
      }
      json(response, 201, { device: { id: device.id, label: device.label, state: 'active', enrolledAt: inDays(0) } });
    }],
    ['GET', /^visits$/, (_, response) => json(response, 200, { visits: peer.visits.map(({ capability, ...visit }) => visit), next: null })],
    ['POST', /^visits\/([^/]+)\/package$/, (_, response, [, which]) => {
      const visit = peer.visits.find((one) => one.id === which);
      const known = peer.packed.find((one) => one.visit.id === which);
      if (known === undefined) {
        peer.packed.push(makePackage(visit));
      }
      json(response, 201, { package: peer.packed.find((one) => one.visit.id === which) });
    }],
    ['GET', /^package\/requests\/[^/]+\/paper$/, ({ request }, response) => (visitOf(request) ? octets(response, 'application/pdf', paper) : problem(response, 404, 'http.not-found'))],
    ['POST', /^package\/acts$/, ({ request, text, key }, response) => {
      const visit = visitOf(request);
      const refusal = visit === undefined ? [404, 'http.not-found'] : judge(visit, text, key);
      if (refusal !== null) {
        problem(response, ...refusal);
        return;
      }
      if (peer.deaf > 0) {
        peer.deaf -= 1;
        request.socket.destroy(); // it arrived; the answer is lost on the way
        return;
      }
      const { act } = JSON.parse(text);
      json(response, 201, { act: { request: act.request, nonce: act.nonce, state: 'received', receivedAt: inDays(0) } });
    }],
    ['GET', /^package$/, ({ request }, response) => {
      const visit = visitOf(request);
      const acts = peer.received.filter(({ act }) => act.visit === visit?.id).map(({ nonce, act }) => ({
        request: act.request, nonce, ...(peer.states.get(nonce) ?? { state: act.answer === 'signed' ? 'sealed' : 'recorded' }),
      }));
      json(response, 200, { visit: { id: visit?.id }, acts });
    }],
  ];

  const listener = async (request, response) => {
    const parts = [];
    for await (const part of request) {
      parts.push(part);
    }
    const { pathname } = new URL(request.url, 'http://peer');
    const route = `${request.method} ${pathname}`;
    peer.requests.push(route);
    if (!pathname.startsWith('/api/')) {
      const path = normalize(/^\/[a-z]+$/.test(pathname) ? `${pathname}.html` : pathname);
      try {
        const content = await readFile(join(root, 'web/dist', path));
        response.writeHead(200, {
          'Content-Type': kinds[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': policy,
          'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store',
        });
        response.end(content);
      } catch {
        problem(response, 404, 'http.not-found');
      }
      return;
    }
    const text = Buffer.concat(parts).toString();
    const key = request.headers['idempotency-key'];
    const planned = peer.plan.findIndex((plan) => plan.route === route && (plan.key ?? key) === key);
    if (route === 'POST /api/v1/package/acts') {
      peer.tries.push(key);
    }
    if (planned >= 0) {
      const [{ status, code }] = peer.plan.splice(planned, 1);
      problem(response, status, code);
      return;
    }
    for (const [method, pattern, answer] of serve) {
      const match = method === request.method && pattern.exec(pathname.slice('/api/v1/'.length));
      if (match) {
        answer({ request, text, key, body: text === '' ? null : JSON.parse(text) }, response, match);
        return;
      }
    }
    problem(response, 404, 'http.not-found');
  };

  let server;
  let port = 0;
  peer.comeBack = async () => {
    server = http.createServer(listener);
    await new Promise((listening) => server.listen(port, '127.0.0.1', listening));
    ({ port } = server.address());
    peer.away = false;
  };
  /** Nobody answers at this address any more. */
  peer.vanish = () => new Promise((gone) => { peer.away = true; server.closeAllConnections(); server.close(gone); });
  await peer.comeBack();
  peer.origin = `http://127.0.0.1:${port}`;
  peer.stop = () => (peer.away ? Promise.resolve() : peer.vanish());
  peer.digestOf = (choices) => vectors.cases.find((one) => canonical(one.choices) === canonical(choices))?.sha256;
  peer.paperHash = createHash('sha256').update(paper).digest('hex');
  return peer;
}
