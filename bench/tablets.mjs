// Sixty-four people who sign in the same moment: prints one JSON line with the milliseconds from the tap to the sealed answer.
// Usage: node tablets.mjs [COUNT] (SEGELL_BIN, SEGELL_PKI as for the tests)
import { createHash, randomUUID } from 'node:crypto';
import { startSegelld } from '../tests/browser/support/segelld.mjs';
import { prepareVisit } from '../tests/browser/support/visit_request.mjs';

const count = Number(process.argv[2] ?? 64);
const service = await startSegelld({ timestamps: null });

const call = async (link, method, path, body) => {
  const response = await fetch(`${service.origin}/api/v1/visit${path}`, {
    method, body: body && JSON.stringify(body),
    headers: { Authorization: `Bearer ${new URL(link).hash.slice(1)}`, ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }) },
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
  return response;
};

/** Everything before the tap: the choices are made and the document was read. */
async function ready({ link }) {
  const { request } = await (await call(link, 'GET', '')).json();
  await call(link, 'POST', '/choices', { choices: request.items.map(({ id, choices }) => ({ item: id, choice: choices[0] })) });
  const shown = Buffer.from(await (await call(link, 'GET', '/document')).arrayBuffer());
  const digest = (name) => createHash(name).update(shown).digest('hex');
  return { link, act: { shown: { sha256: digest('sha256'), sha512: digest('sha512'), length: shown.length }, method: 'button', meaning: 'agree' } };
}

try {
  const tablets = [];
  for (let made = 0; made < count; made += 1) {
    tablets.push(await ready(await prepareVisit(service)));
  }
  const waits = await Promise.all(tablets.map(async ({ link, act }) => {
    const begin = performance.now();
    const { sealed } = await (await call(link, 'POST', '/act', act)).json();
    if (!sealed?.verificationCode) {
      throw new Error('an act was not sealed');
    }
    return performance.now() - begin;
  }));
  waits.sort((a, b) => a - b);
  console.log(JSON.stringify({ tablets: count, median: waits[count >> 1], p95: waits[Math.ceil(count * 0.95) - 1], slowest: waits.at(-1) }));
} finally {
  await service.stop();
}
