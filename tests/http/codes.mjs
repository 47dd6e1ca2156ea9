// What a code alone opens: nothing tells a code that never was from one that is over, neither words nor time; and whoever tries
// many is stopped. Through the real segelld over HTTP. Usage: node codes.mjs SEGELLD PKI
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { actOf, caller, expect, ground, Installation, later, question, runCases, sleep, visitOf } from './segelld.mjs';

const [segelld, pki] = process.argv.slice(2);
const here = new Installation(segelld, pki);
const programs = [];
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
// ISO/IEC 7064 MOD 33,32 from its text; shares nothing with the service.
function madeUp() {
  let code = '';
  while (code.length < 26) code += alphabet[Math.floor(Math.random() * 32)];
  let product = 32;
  for (const sign of code) {
    let sum = (product + alphabet.indexOf(sign)) % 32;
    if (sum === 0) sum = 32;
    product = (2 * sum) % 33;
  }
  return code + alphabet[(33 - product) % 32];
}

let failed = 0;
try {
  const server = await here.start();
  programs.push(server);
  const desk = caller(server.url, here.token);
  const facts = await ground(desk);
  const anyone = (path, body) => caller(server.url)('POST', path, body, { key: null });
  const signed = async () => {
    const visit = await visitOf(server.url, desk, facts);
    expect(await visit.tablet('POST', '/api/v1/visit/act', await actOf(visit)), 201);
    return visit;
  };
  const slipOf = async visit => expect(await desk('POST', `/api/v1/signature-requests/${visit.request}/slips`, {}), 201).slip;
  const look = code => anyone('/api/v1/slip/look', { code });
  const strip = ({ json }) => ({ ...json, requestId: '' });
  // Tries come back at one in two seconds: between rounds the bucket is filled by time.
  const timed = async run => {
    const begin = performance.now();
    const answer = await run();
    return { answer, took: performance.now() - begin };
  };

  failed = await runCases([
    ['a slip withdraws at once, without a credential', async () => {
      const visit = await signed();
      const slip = await slipOf(visit);
      const { slip: shown } = expect(await look(slip.code), 200);
      const ask = async () => (await desk('POST', '/access/v1/evaluation', question(facts.person))).json;
      assert.equal((await ask()).decision, true);
      const begin = performance.now();
      expect(await anyone('/api/v1/slip/withdrawal', { code: slip.code, lines: [shown.lines[0].id] }), 200);
      const answer = await ask();
      assert.ok(performance.now() - begin < 1000);
      assert.equal(answer.decision, false);
      assert.equal(answer.context.reason, 'withdrawn');
    }],
    ['unknown, free, revoked and used slips give one answer in one time', async () => {
      const visit = await signed();
      const used = await slipOf(visit);
      const { slip: shown } = expect(await look(used.code), 200);
      expect(await anyone('/api/v1/slip/withdrawal', { code: used.code, lines: [shown.lines[0].id] }), 200);
      const revoked = await slipOf(await signed());
      expect(await desk('POST', `/api/v1/slips/${revoked.id}/revocation`, {}), 201);
      const [free] = expect(await desk('POST', '/api/v1/slips', { count: 1, bindBy: later(864e5) }), 201).slips;
      const kinds = { unknown: madeUp, mistyped: () => 'x', free: () => free.code, revoked: () => revoked.code, used: () => used.code };
      const times = {};
      const answers = {};
      for (let round = 0; round < 3; ++round) {
        for (const [kind, code] of Object.entries(kinds)) {
          const { answer, took } = await timed(() => look(code()));
          expect(answer, 404, 'slip.unknown', kind);
          (times[kind] ??= []).push(took);
          answers[kind] = strip(answer);
        }
      }
      for (const kind of Object.keys(kinds)) assert.deepEqual(answers[kind], answers.unknown, kind);
      const medians = Object.fromEntries(Object.entries(times).map(([kind, all]) => [kind, Math.round(median(all) * 10) / 10]));
      for (const [kind, took] of Object.entries(medians)) assert.ok(Math.abs(took - medians.unknown) < 20, `${kind}: ${JSON.stringify(medians)}`);
      return JSON.stringify(medians);
    }],
    ['a printed code and one that nobody printed take the same time and have the same shape', async () => {
      const visit = await signed();
      const described = expect(await desk('GET', `/api/v1/documents/${visit.document}`), 200).document;
      const check = code => anyone('/api/v1/check', { code });
      const times = { known: [], unknown: [], mistyped: [] };
      const kinds = { known: () => described.verificationCode, unknown: madeUp, mistyped: () => 'x' };
      for (let round = 0; round < 3; ++round) {
        for (const [kind, code] of Object.entries(kinds)) {
          const { answer, took } = await timed(() => check(code()));
          times[kind].push(took);
          const { check: said } = expect(answer, 200);
          assert.deepEqual(Object.keys(said), ['verdict', 'reason', 'void']);
          assert.deepEqual(said, kind === 'known' ? { verdict: 'unchanged', reason: null, void: [] } : { verdict: 'unknown', reason: 'no-document', void: [] });
        }
      }
      const medians = Object.fromEntries(Object.entries(times).map(([kind, all]) => [kind, Math.round(median(all) * 10) / 10]));
      for (const took of Object.values(medians)) assert.ok(Math.abs(took - medians.unknown) < 50, JSON.stringify(medians));
      return JSON.stringify(medians);
    }],
    ['whoever tries many codes is stopped, with a word when to come again', async () => {
      let stopped;
      for (let tries = 0; tries < 60 && stopped === undefined; ++tries) {
        const answer = await look(madeUp());
        if (answer.status === 429) stopped = answer;
        else expect(answer, 404, 'slip.unknown');
      }
      assert.ok(stopped, 'nobody was stopped');
      expect(stopped, 429, 'http.too-many-tries');
      assert.ok(stopped.json.hint);
      assert.ok(Number(stopped.headers['retry-after']) > 0);
    }],
    ['codes stand nowhere: not in the store, not in the messages', async () => {
      await sleep(2500);
      const visit = await signed();
      const { code } = await slipOf(visit);
      expect(await look(code), 200);
      const bare = code.replaceAll('-', '');
      for (const entry of readdirSync(join(here.folder, 'data'), { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const octets = readFileSync(join(entry.parentPath ?? entry.path, entry.name));
        assert.ok(!octets.includes(bare) && !octets.includes(code), entry.name);
      }
      assert.ok(!server.log.includes(bare) && !server.log.includes(code));
    }],
  ]);
} catch (error) {
  failed = 1;
  console.error(error);
} finally {
  for (const program of programs) await program.stop();
  here.remove();
}
process.exit(failed);
