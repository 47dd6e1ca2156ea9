// Reads a log as any outsider can (C2SP tlog-tiles, tlog-checkpoint, signed-note; RFC 6962 hashing) and believes nothing: the signature,
// the size and the root are checked from the entries themselves. Written from those texts; shares no code with the service.
import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'cborg';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const kBundle = 256;

/** Root of a Merkle tree over leaf hashes (RFC 6962, 2.1). */
export function rootOf(hashes) {
  if (hashes.length === 0) {
    return sha256();
  }
  if (hashes.length === 1) {
    return hashes[0];
  }
  let split = 1;
  while (split * 2 < hashes.length) {
    split *= 2;
  }
  return sha256(Buffer.from([1]), rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

/** Size and root that a checkpoint states, once its signature by the log's key is found good. */
export function openCheckpoint(note, { origin, key }) {
  const [body, signatures] = note.split('\n\n');
  const [name, size, root] = body.split('\n');
  assert.equal(name, origin, 'the log of another origin');
  const [, keyName, keyId, material] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(key);
  const raw = Buffer.from(material, 'base64');
  assert.equal(raw[0], 1, 'an Ed25519 key');
  assert.equal(sha256(`${keyName}\n`, raw).subarray(0, 4).toString('hex'), keyId);
  const line = signatures.split('\n').find((text) => text.startsWith(`— ${keyName} `));
  assert.ok(line, 'no signature by the key of the log');
  const signed = Buffer.from(line.split(' ')[2], 'base64');
  assert.equal(signed.subarray(0, 4).toString('hex'), keyId);
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw.subarray(1).toString('base64url') } });
  assert.ok(verify(null, Buffer.from(`${body}\n`), publicKey, signed.subarray(4)), 'the signature of the checkpoint is wrong');
  return { size: Number(size), root: Buffer.from(root, 'base64') };
}

/** Address of a bundle of entries: groups of three digits, all but the last with an x; a partial one says how many it holds. */
function bundlePath(index, size) {
  const digits = String(index).padStart(3, '0');
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g);
  const name = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
  const held = Math.min(kBundle, size - index * kBundle);
  return held === kBundle ? name : `${name}.p/${held}`;
}

function entriesOf(bundle) {
  const entries = [];
  for (let at = 0; at < bundle.length;) {
    const length = bundle.readUInt16BE(at);
    entries.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

/** The log as it is served: its entries, checked against a signed checkpoint of at least `atLeast` entries. */
export async function readLog(service, atLeast) {
  const get = async (path) => {
    const response = await fetch(`${service.origin}/log/${service.log.origin}/${path}`);
    assert.equal(response.status, 200, `${path}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  let checkpoint;
  for (const end = Date.now() + 30_000; ;) { // checkpoints are served at a fixed cadence, not at every commit
    checkpoint = openCheckpoint((await get('checkpoint')).toString(), service.log);
    if (checkpoint.size >= atLeast) {
      break;
    }
    assert.ok(Date.now() < end, `the served log has ${checkpoint.size} entries, ${atLeast} were acknowledged`);
    await new Promise((done) => setTimeout(done, 250));
  }
  const entries = [];
  for (let index = 0; index * kBundle < checkpoint.size; index += 1) {
    entries.push(...entriesOf(await get(`tile/entries/${bundlePath(index, checkpoint.size)}`)));
  }
  assert.equal(entries.length, checkpoint.size);
  assert.ok(entries.every((entry) => entry.length === 33 && entry[0] === 1), 'an entry is a version octet and a digest, nothing more');
  const hashes = entries.map((entry) => sha256(Buffer.from([0]), entry));
  assert.ok(rootOf(hashes).equals(checkpoint.root), 'the entries are not those that the checkpoint signs');
  return { ...checkpoint, entries, hashes };
}

/** The kinds of events by their number, read out of the schema (service/app/events.cddl). */
export const kKinds = [];
for (const [, kind, number] of readFileSync(new URL('../../../service/app/events.cddl', import.meta.url), 'utf8')
  .matchAll(/^([a-z-]+)\s+= \{ 0: 1, 1: (\d+),/gm)) {
  kKinds[Number(number)] = kind;
}

/** The events behind the entries, as the operator hands them to an auditor: index, the event's octets and what they say. */
export async function readOpenings(segell, service, path) {
  const { code, stdout, stderr } = await segell('log', 'openings', '--kek', join(service.folder, 'kek'), '-o', path, service.data);
  assert.equal(code, 0, stdout + stderr);
  return readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => {
    const { index, event } = JSON.parse(line);
    const raw = Buffer.from(event, 'base64');
    return { index, raw, event: decode(raw, { useMaps: true }) };
  });
}
