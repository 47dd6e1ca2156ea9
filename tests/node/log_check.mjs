// node log_check.mjs DIR [OPENINGS] | node log_check.mjs http://127.0.0.1:PORT/log/ORIGIN VKEY [OPENINGS]
//
// A second implementation of the checks on a Segell log, written from the C2SP texts (tlog-tiles, tlog-checkpoint,
// signed-note) and RFC 6962, on the noble libraries. DIR is what `segell log export` writes: checkpoint, vkey, tile/ and
// checkpoints.jsonl (every checkpoint ever signed, one JSON string a line). OPENINGS is what `segell log openings` writes:
// {"index":n,"event":base64,"salt":base64}, one a line. Prints one line; exit 0 when everything agrees, 1 when something does not.
import { readFile } from 'node:fs/promises';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

class Disagreement extends Error {}
function must(holds, what) {
  if (!holds) throw new Disagreement(what);
}
const equal = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
const decoder = new TextDecoder('utf-8', { fatal: true });

function base64(text) {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  must(Buffer.from(bytes).toString('base64') === text, `base64: ${text}`);
  return bytes;
}

// RFC 6962, section 2.1
const leafHash = (entry) => sha256(concatBytes(Uint8Array.of(0), entry));
const nodeHash = (left, right) => sha256(concatBytes(Uint8Array.of(1), left, right));
function treeRoot(hashes, from = 0, to = hashes.length) {
  if (to === from) return sha256(new Uint8Array());
  if (to - from === 1) return hashes[from];
  let split = 1;
  while (split * 2 < to - from) split *= 2;
  return nodeHash(treeRoot(hashes, from, from + split), treeRoot(hashes, from + split, to));
}
/** A growing tree: roots of its perfect subtrees, largest first. */
class Growing {
  size = 0;
  stack = [];
  push(hash) {
    for (let bits = this.size; bits % 2 === 1; bits = Math.floor(bits / 2)) hash = nodeHash(this.stack.pop(), hash);
    this.stack.push(hash);
    this.size += 1;
  }
  root() {
    if (this.stack.length === 0) return sha256(new Uint8Array());
    return this.stack.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), this.stack.at(-1));
  }
}

// signed-note
function parseVerifierKey(text) {
  const parts = text.trim().split('+');
  must(parts.length >= 3, 'vkey: three parts');
  const [name, id] = parts;
  const typed = base64(parts.slice(2).join('+'));
  must(typed[0] === 0x01 && typed.length === 33, 'vkey: Ed25519');
  const derived = sha256(concatBytes(utf8ToBytes(name), Uint8Array.of(0x0a), typed)).slice(0, 4);
  must(equal(derived, hexToBytes(id)), 'vkey: key id');
  return { name, id: derived, publicKey: typed.slice(1) };
}
function verifyNote(note, key) {
  const at = note.lastIndexOf('\n\n');
  must(at > 0 && note.endsWith('\n'), 'note: a blank line before the signatures');
  // eslint-disable-next-line no-control-regex
  must(!/[\u0000-\u0009\u000b-\u001f]/.test(note), 'note: no control characters');
  const text = note.slice(0, at + 1);
  let verified = 0;
  for (const line of note.slice(at + 2, -1).split('\n')) {
    const match = /^\u2014 (\S+) (\S+)$/u.exec(line);
    must(match, `note: signature line ${line}`);
    const octets = base64(match[2]);
    if (match[1] !== key.name || !equal(octets.slice(0, 4), key.id)) continue;
    must(ed25519.verify(octets.slice(4), utf8ToBytes(text), key.publicKey), 'note: the signature does not match');
    verified += 1;
  }
  must(verified > 0, 'note: not signed by the log');
  return text;
}
// tlog-checkpoint
function parseCheckpoint(note, key) {
  const [origin, size, root] = verifyNote(note, key).split('\n');
  must(origin === key.name, 'checkpoint: origin');
  must(/^(0|[1-9][0-9]*)$/.test(size), 'checkpoint: size');
  const hash = base64(root);
  must(hash.length === 32, 'checkpoint: root');
  return { size: Number(size), root: hash };
}

// tlog-tiles
function indexPath(index) {
  const digits = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    digits.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  return digits.join('/');
}
const tilePath = (level, index, width) =>
  `tile/${level}/${indexPath(index)}${width < 256 ? `.p/${width}` : ''}`;
function* tilesOfLevel(count) {
  for (let index = 0; index * 256 < count; index += 1) yield { index, width: Math.min(256, count - index * 256) };
}
function parseBundle(octets, path) {
  const entries = [];
  for (let at = 0; at < octets.length;) {
    must(at + 2 <= octets.length, `${path}: cut`);
    const length = octets[at] * 256 + octets[at + 1];
    must(at + 2 + length <= octets.length, `${path}: cut`);
    entries.push(octets.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

function openSource(where) {
  if (!/^http:/.test(where)) return async (path) => new Uint8Array(await readFile(`${where}/${path}`));
  return async (path) => {
    const response = await fetch(`${where}/${path}`);
    must(response.ok, `${path}: HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}

async function readEntries(read, size) {
  const entries = [];
  for (const { index, width } of tilesOfLevel(size)) {
    const path = tilePath('entries', index, width);
    const bundle = parseBundle(await read(path), path);
    must(bundle.length === width, `${path}: ${bundle.length} entries`);
    entries.push(...bundle);
  }
  return entries;
}

async function checkTiles(read, leaves) {
  let tiles = 0;
  for (let level = 0, hashes = leaves; hashes.length > 0; level += 1) {
    const above = [];
    for (const { index, width } of tilesOfLevel(hashes.length)) {
      const path = tilePath(level, index, width);
      const octets = await read(path);
      const derived = hashes.slice(index * 256, index * 256 + width);
      must(equal(octets, concatBytes(...derived)), `${path}: not what the entries give`);
      if (width === 256) above.push(treeRoot(derived));
      tiles += 1;
    }
    hashes = above;
  }
  return tiles;
}

async function main() {
  const [where, ...rest] = process.argv.slice(2);
  const served = /^http:/.test(where);
  const read = openSource(where);
  const key = parseVerifierKey(served ? rest.shift() : decoder.decode(await read('vkey')));
  const newest = parseCheckpoint(decoder.decode(await read('checkpoint')), key);
  const kept = served
    ? []
    : decoder.decode(await read('checkpoints.jsonl')).split('\n').filter(Boolean).map((l) => parseCheckpoint(JSON.parse(l), key));

  const entries = await readEntries(read, newest.size);
  for (const [index, entry] of entries.entries())
    must(entry.length === 33 && entry[0] === 1, `entry ${index}: not a leaf of version 1`);
  const leaves = entries.map(leafHash);
  const tiles = await checkTiles(read, leaves);
  must(equal(treeRoot(leaves), newest.root), 'checkpoint: the root is not that of the entries');

  // Every checkpoint ever signed is the root of a beginning of this log: so any two of them are consistent.
  const growing = new Growing();
  for (const checkpoint of kept.sort((a, b) => a.size - b.size)) {
    must(checkpoint.size <= leaves.length, `checkpoint of size ${checkpoint.size}: beyond the log`);
    while (growing.size < checkpoint.size) growing.push(leaves[growing.size]);
    must(equal(growing.root(), checkpoint.root), `checkpoint of size ${checkpoint.size}: another history`);
  }

  let openings = 0;
  if (rest.length > 0) {
    for (const line of (await readFile(rest[0], 'utf8')).split('\n').filter(Boolean)) {
      const { index, salt, event } = JSON.parse(line);
      must(base64(salt).length === 32, `opening ${index}: salt`);
      const commitment = sha256(concatBytes(base64(salt), base64(event)));
      must(index < entries.length, `opening ${index}: beyond the log`);
      must(equal(entries[index], concatBytes(Uint8Array.of(1), commitment)), `opening ${index}: not in the log`);
      openings += 1;
    }
  }
  console.log(`ok ${key.name}: ${entries.length} entries, ${tiles} tiles, ${kept.length} checkpoints, ${openings} openings`);
}

main().catch((error) => {
  console.log(`FAIL ${error.message}`);
  process.exitCode = error instanceof Disagreement ? 1 : 2;
});
