// A container with a file of more than 4 GiB, which takes no room: all of it is zeros, and a hole on the disk.
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { crcOf, eight, four, two, wideField } from './zip.mjs';

export const LARGE = 2 ** 32 + 4096;
/** SHA-256 and CRC-32 of as many zeros, by another program. */
export const LARGE_DIGEST = Buffer.from('5bc8222d078b1d6dab4a1d75403860f91afffe8a6944d469e496f553d296be3d', 'hex');
const LARGE_CRC = 0xb875d37f;

/**
 * Writes the large file and then the others. `field`: whether its own header has a ZIP64 field; without one (Java, Go) its descriptor says the size in
 * eight octets all the same. `said`: the size that the descriptor says.
 */
export function writeLarge(path, name, files, { field = false, said = LARGE } = {}) {
  const out = openSync(path, 'w'), directory = [];
  let at = 0;
  const put = (...pieces) => { const octets = Buffer.concat(pieces.map((one) => Buffer.from(one))); writeSync(out, octets, 0, octets.length, at); at += octets.length; };
  const hidden = four(0xffffffff);
  const record = (title, crc, sizes, flags, header, wide) => directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), two(0x0314), two(45), two(flags), two(0), two(0), two(0x5a21), four(crc), ...sizes,
    two(title.length), two(wide.length), two(0), two(0), two(0), four(0), header, Buffer.from(title), wide]));
  const extra = field ? wideField(0, 0) : Buffer.alloc(0), blank = field ? hidden : four(0);
  put('PK\x03\x04', two(45), two(8), two(0), two(0), two(0x5a21), four(0), blank, blank, two(name.length), two(extra.length), name, extra);
  at += LARGE;
  put('PK\x07\x08', four(LARGE_CRC), eight(said), eight(said));
  record(name, LARGE_CRC, [hidden, hidden], 8, four(0), wideField(LARGE, LARGE));
  for (const { name: title, content } of files) {
    const octets = Buffer.from(content), crc = crcOf(octets), sizes = [four(octets.length), four(octets.length)], header = at;
    put('PK\x03\x04', two(20), two(0), two(0), two(0), two(0x5a21), four(crc), ...sizes, two(title.length), two(0), title, octets);
    record(title, crc, sizes, 0, hidden, wideField(header));
  }
  const begin = at, size = directory.reduce((all, one) => all + one.length, 0), count = directory.length;
  put(...directory);
  const end = at;
  put('PK\x06\x06', eight(44), two(45), two(45), four(0), four(0), eight(count), eight(count), eight(size), eight(begin), 'PK\x06\x07', four(0), eight(end), four(1));
  put('PK\x05\x06', two(0), two(0), two(count), two(count), four(size), hidden, two(0));
  ftruncateSync(out, at);
  closeSync(out);
}
