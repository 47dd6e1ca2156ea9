// Logging in at an identity provider: segelld against the real oidc-provider. Usage: node oidc.mjs SEGELLD PKI
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPair } from 'jose';
import { Installation, caller, expect, send } from './segelld.mjs';
import { logInAt, startPeer } from '../support/oidc_peer.mjs';

const [segelld, pki] = process.argv.slice(2);
const peer = await startPeer({
  redirect: 'http://localhost/login/return',
  accounts: {
    roser: { document: '00000000-t', acr: 'urn:substantial' }, joan: { acr: 'urn:low' }, marta: { acr: 'urn:substantial' },
  },
});
const here = new Installation(segelld, pki);
writeFileSync(join(here.folder, 'secret'), 'a secret: with / signs\n');
appendFileSync(here.config, `listen.proxies = 127.0.0.1\nlogin.oidc.issuer = ${peer.issuer}\nlogin.oidc.name = Identitat Exemple\nlogin.oidc.client = segell
login.oidc.secret-file = secret\nlogin.oidc.acr-values = urn:substantial urn:low\nlogin.oidc.levels = urn:low = low, urn:substantial = substantial
login.oidc.identifier-claim = document\nlogin.oidc.identifier-type = DNI\n`);
execFileSync(segelld, ['account', 'create', '--config', here.config, '--subject', 'marta', '--shown', 'Marta Inventada', '--role', 'professional']);
const service = await here.start();
let failed = 0;

const cookieOf = (answer, name) => answer.headers['set-cookie']?.map(line => new RegExp(`^${name}=([^;]*)`).exec(line)?.[1]).find(value => value);
const json = { 'content-type': 'application/json', 'content-length': 2 };
const begin = async () => {
  const answer = await send(service.url + '/api/v1/session/oidc', 'POST', json, '{}');
  return { address: expect(answer, 200).address, cookie: cookieOf(answer, '__Host-segell-oidc'), line: answer.headers['set-cookie'][0] };
};
// Each from an address of its own, unless one is given: failures of an address are counted.
let addresses = 0;
const comeBack = (url, cookie, address = `203.0.113.${++addresses}`) => {
  const { pathname, search } = new URL(url);
  return send(service.url + pathname + search, 'GET', { cookie: `__Host-segell-oidc=${cookie}`, 'x-forwarded-for': address });
};
const session = async cookie => expect(await send(service.url + '/api/v1/session', 'GET', { cookie: `__Host-segell=${cookie}` }), 200).session;
async function logIn(login) {
  const { address, cookie } = await begin();
  return comeBack(await logInAt(address, login), cookie);
}
const refused = (answer, reason) => {
  assert.equal(answer.status, 303, answer.bytes.toString());
  assert.equal(answer.headers.location, `/login#${reason}`);
  assert.equal(cookieOf(answer, '__Host-segell'), undefined, reason);
};

try {
  const desk = caller(service.url, here.token);
  expect(await desk('POST', '/api/v1/persons', { name: 'Roser Exemple', identifier: { type: 'DNI', value: '00000000T' } }), 201);
  assert.deepEqual(expect(await send(service.url + '/api/v1/logins', 'GET', {}), 200), { oidc: { name: 'Identitat Exemple' } });

  const { address, line } = await begin();
  const asked = new URL(address).searchParams;
  assert.equal(asked.get('code_challenge_method'), 'S256');
  assert.equal(asked.get('response_type'), 'code');
  assert.ok(asked.get('state').length > 40 && asked.get('nonce').length > 40 && asked.get('state') !== asked.get('nonce'));
  assert.match(line, /^__Host-segell-oidc=sgo_.{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/);

  const roser = await logIn('roser');
  assert.equal(roser.headers.location, '/login');
  const first = await session(cookieOf(roser, '__Host-segell'));
  assert.deepEqual([first.step, first.level, first.role.role, first.name], ['open', 'substantial', 'citizen', 'Roser Exemple']);
  const held = cookieOf(roser, '__Host-segell');
  expect(await send(service.url + '/api/v1/session/oidc', 'POST', { ...json, cookie: `__Host-segell=${held}` }, '{}'), 200);
  assert.equal((await send(service.url + '/api/v1/session', 'GET', { cookie: `__Host-segell=${held}` })).status, 401, 'the earlier session is over');
  const again = await session(cookieOf(await logIn('roser'), '__Host-segell'));
  assert.equal(again.role.id, first.role.id, 'the same account, not another one');
  const marta = await session(cookieOf(await logIn('marta'), '__Host-segell'));
  assert.deepEqual([marta.step, marta.level, marta.role.role], ['open', 'substantial', 'professional']);
  refused(await logIn('joan'), 'oidc.unknown-identity');
  console.log('the provider vouches: passed');

  const started = await begin();
  const returned = await logInAt(started.address, 'roser');
  refused(await comeBack(returned, (await begin()).cookie), 'oidc.state');
  refused(await comeBack(returned, ''), 'oidc.state');
  refused(await comeBack(returned.replace(/state=[^&]+/, '$&x'), started.cookie), 'oidc.state');
  refused(await comeBack(returned.replace(/state=([^&]+)/, '$&&$&'), started.cookie), 'oidc.state');
  refused(await comeBack(returned.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example'), started.cookie), 'oidc.state');
  assert.equal((await comeBack(returned, started.cookie)).headers.location, '/login');
  refused(await comeBack(returned, started.cookie), 'oidc.refused'); // a code works once
  refused(await comeBack(returned.replace(/code=[^&]+/, 'error=access_denied'), started.cookie), 'oidc.refused');
  console.log('answers of other logins: passed');

  // Whoever makes up a cookie can make up its state: neither the log nor the provider is theirs to flood.
  const madeUp = `sgo_${'A'.repeat(43)}`;
  const state = createHmac('sha256', madeUp).update('segell.oidc-state/1').digest('base64url');
  const flood = address => comeBack(`http://localhost/login/return?code=x&state=${state}`, madeUp, address);
  for (let i = 0; i < 20; ++i) refused(await flood('198.51.100.7'), 'oidc.refused');
  const answered = peer.tokenRequests;
  refused(await flood('198.51.100.7'), 'login.too-many');
  assert.equal(peer.tokenRequests, answered, 'the provider was not asked again');
  refused(await flood('198.51.100.8'), 'oidc.refused');
  console.log('attempts that are made up: passed');

  const now = () => Math.floor(Date.now() / 1000);
  const foreign = (await generateKeyPair('RS256')).privateKey;
  const spoiled = [
    ['oidc.expired', claims => peer.sign({ ...claims, iat: now() - 7200, exp: now() - 3600 })],
    ['oidc.not-yet', claims => peer.sign({ ...claims, iat: now() + 3600, exp: now() + 7200 })],
    ['oidc.not-yet', claims => peer.sign({ ...claims, nbf: now() + 3600 })],
    ['oidc.nonce', claims => peer.sign({ ...claims, nonce: 'another' })],
    ['oidc.nonce', ({ nonce: _, ...claims }) => peer.sign(claims)],
    ['oidc.audience', claims => peer.sign({ ...claims, aud: 'another' })],
    ['oidc.audience', claims => peer.sign({ ...claims, aud: ['segell', 'another'] })],
    ['oidc.audience', claims => peer.sign({ ...claims, azp: 'another' })],
    ['oidc.issuer', claims => peer.sign({ ...claims, iss: 'https://evil.example' })],
    ['oidc.signature', claims => peer.sign(claims, { key: foreign })],
    ['oidc.algorithm', claims => peer.sign(claims, { key: foreign, kid: 'unknown' })],
    ['oidc.algorithm', claims => peer.sign(claims, { alg: 'HS256', key: new TextEncoder().encode('a secret: with / signs, long enough') })],
    ['oidc.algorithm', (_, text) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${text.split('.')[1]}.`],
    ['oidc.token-malformed', () => 'no.token'],
    ['oidc.token-malformed', ({ exp: _, ...claims }) => peer.sign(claims)],
  ];
  for (const [reason, spoil] of spoiled) {
    peer.spoil = spoil;
    refused(await logIn('roser'), reason);
  }
  peer.spoil = claims => peer.sign({ ...claims, aud: ['segell', 'another'], azp: 'segell' });
  assert.equal((await logIn('roser')).headers.location, '/login', 'several audiences, and it was issued to us');
  peer.spoil = null;
  console.log('tokens that lie: passed');

  const reads = peer.keyReads;
  await new Promise(resolve => setTimeout(resolve, 5500)); // new keys are looked for every five seconds at most
  await peer.rotate('second', 'ES256');
  assert.equal((await logIn('roser')).headers.location, '/login', 'signed with the new key, of another kind');
  assert.equal(peer.keyReads, reads + 1);
  assert.equal((await logIn('roser')).headers.location, '/login');
  assert.equal(peer.keyReads, reads + 1, 'known keys are not read again');
  console.log('keys that change: passed');

  peer.stop();
  const gone = await comeBack(returned, started.cookie);
  assert.match(gone.headers.location, /^\/login#http\./);
  assert.ok(!service.log.includes('00000000') && !service.log.includes('a secret'), 'nothing of it in the messages');
} catch (error) {
  failed = 1;
  console.error(error, service.log.split('\n').slice(-20).join('\n'));
} finally {
  peer.stop();
  assert.equal(await service.stop(), 0);
  here.remove();
}
process.exit(failed);
