// Looks for personal things in whatever leaves the service, in every spelling that a file or a protocol may give them.
import { inflateSync } from 'node:zlib';

/** One text as octets: UTF-8, UTF-16 (PDF text strings, both orders), Latin-1, percent-encoded, hexadecimal, JSON escapes. */
function spellings(text) {
  const utf16 = Buffer.from(text, 'utf16le');
  const plain = [
    Buffer.from(text), utf16, Buffer.from(utf16).swap16(), Buffer.from(text, 'latin1'),
    Buffer.from(encodeURIComponent(text)), Buffer.from(JSON.stringify(text).slice(1, -1).replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)),
  ];
  const hexadecimal = plain.slice(0, 3).flatMap((octets) => [Buffer.from(octets.toString('hex')), Buffer.from(octets.toString('hex').toUpperCase())]);
  return [...plain, ...hexadecimal];
}

/** Canaries by name: { name: text }. */
export function makeNet(canaries) {
  return Object.entries(canaries).map(([name, text]) => ({ name, needles: spellings(text) }));
}

const holds = (net, octets) => net.filter(({ needles }) => needles.some((needle) => octets.includes(needle))).map(({ name }) => name);

/** Names of the canaries in some octets: as they are, in what is deflated in them, and in what is base64 in them. */
export function caught(net, octets) {
  const buffer = Buffer.from(octets);
  const found = holds(net, buffer);
  for (let at = buffer.indexOf('stream'); at !== -1; at = buffer.indexOf('stream', at + 6)) {
    const begin = at + 6 + (buffer[at + 6] === 0x0d ? 2 : 1);
    try {
      found.push(...holds(net, inflateSync(buffer.subarray(begin))));
    } catch {
      // no deflated stream
    }
  }
  for (const text of (buffer.toString('latin1').match(/[A-Za-z0-9+/_-]{24,}={0,2}/g) ?? []).slice(0, 5000)) {
    found.push(...holds(net, Buffer.from(text, 'base64')));
  }
  return [...new Set(found)];
}
