// "The service has no key that opens strokes, and no endpoint that compares them": read from what it is, not from what it says.
// Usage: node no_strokes.mjs SEGELLD SOURCE. Each rule first proves on a planted violation that it is live.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [segelld, source] = process.argv.slice(2);
const read = (path) => readFileSync(join(source, path), 'utf8');

/** Words of an interface that judges hands: comparing, scoring, enrolling, recognising. */
const kJudging = /compar|similar|score|enrol|recogni|biometr|impost|forger/i;
/** Words of an interface that hands out or takes in strokes. */
const kStrokes = /stroke|pressure|tilt|dynamics$|decrypt|inkml|19794/i;
/**
 * The one way of signing that has the word in its name, and the reasons that speak of it, are no interface to strokes; what is enrolled is
 * an authenticator program at a login, and a tablet by its key; and a role that was chosen has these letters by chance.
 */
const kNames = new Set(['drawn-with-dynamics', 'enrol', 'enrolDevice', 'enrolledAt', 'enrolledBy', 'ChosenRole']);

const judged = (words, rule) => words.filter((word) => rule.test(word) && !kNames.has(word));
assert.deepEqual(judged(['/api/v1/persons/{id}/signature-comparisons', 'likenessScore', 'sha256'], kJudging).length, 2);
assert.deepEqual(judged(['pressure', 'tiltX', 'picture'], kStrokes).length, 2);

const routes = [...read('service/http/src/routes.cpp').matchAll(/\{"([A-Z]+)", "([^"]+)"/g)].map(([, method, path]) => `${method} ${path}`);
assert.ok(routes.length > 15, `the route table was read: ${routes.length} routes`);
assert.ok(routes.includes('POST /api/v1/visit/act'));
const names = routes.flatMap((route) => route.split(/[ /{}]+/)).filter(Boolean);
assert.deepEqual(judged(names, kJudging), [], 'no route judges a hand');
assert.deepEqual(judged(names, kStrokes), [], 'no route hands out strokes');

const api = JSON.parse(read('service/http/openapi.json'));
const described = [];
const walk = (value) => {
  if (value === null || typeof value !== 'object') {
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'properties' || key === 'schemas' || key === 'paths') {
      described.push(...Object.keys(inner));
    }
    if (key === 'operationId') {
      described.push(inner);
    }
    if (key === 'enum') {
      described.push(...inner.filter((word) => typeof word === 'string'));
    }
    walk(inner);
  }
};
walk(api);
assert.ok(described.includes('envelope') && described.includes('/api/v1/visit/act'), 'the description was read');
assert.deepEqual(judged(described, kJudging), [], 'no operation, member or word judges a hand');
assert.deepEqual(judged(described, kStrokes), [], 'no operation, member or word carries strokes');

const parties = [...read('service/segelld/src/config.cpp').matchAll(/\{"(custody\.[^"]+)"/g)].map(([, key]) => key);
assert.ok(parties.length >= 4, 'the settings were read');
assert.deepEqual(parties.filter((key) => !/\.(name|certificate)$/.test(key)), [], 'a custodian has a name and a certificate here, never a key');

// What a program cannot call it cannot do: none of OpenSSL's ways to open an envelope is linked into the service.
const kOpening = /\b(CMS_decrypt\w*|CMS_RecipientInfo_\w+|CMS_EnvelopedData_decrypt|EVP_PKEY_decrypt\w*|EVP_PKEY_derive\w*|PKCS7_decrypt|SMIME_\w+)\b/g;
const symbols = (file) => execFileSync('nm', ['-D', '--undefined-only', file], { encoding: 'utf8' });
const segell = symbols(join(segelld, '..', 'segell'));
assert.ok(segell.match(kOpening)?.includes('CMS_decrypt'), 'the custodian\'s own program does open envelopes: the rule is live');
assert.deepEqual(symbols(segelld).match(kOpening) ?? [], [], 'segelld cannot open an envelope');
console.log(`${routes.length} routes and ${described.length} names: none opens or judges strokes`);
