// An archive writer of the tests' own, which can lie: every field of APPNOTE 6.3 may be said otherwise than it is.
import { crc32, deflateRawSync } from 'node:zlib';

export const two = (value) => { const out = Buffer.alloc(2); out.writeUInt16LE(value & 0xffff); return out; };
export const four = (value) => { const out = Buffer.alloc(4); out.writeUInt32LE(value >>> 0); return out; };
export const eight = (value) => { const out = Buffer.alloc(8); out.writeBigUInt64LE(BigInt(value)); return out; };

export const ALL = 0xffffffff;
/** The ZIP64 extra field (4.5.3) with these numbers, or with octets instead. */
export const wideField = (...numbers) => {
  const data = Buffer.concat(numbers.map((one) => (Buffer.isBuffer(one) ? one : eight(one))));
  return Buffer.concat([two(1), two(data.length), data]);
};

/** CRC-32 for every Node: zlib.crc32 is younger than some. */
const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
export const crcOf = typeof crc32 === 'function' ? (octets) => crc32(octets) : (octets) => {
  let c = 0xffffffff;
  for (const octet of octets) c = table[(c ^ octet) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};

/**
 * Files in their order: { name, content, deflate, descriptor, extra, localName, flags, method, crc, size, before, externals, hidden,
 * madeBy, comment, local: {…fields of the local header only} }. `hidden` leaves a file out of the directory. `extra`, of the local header, and
 * `centralExtra` may be functions of { size, packed, header }; `descriptor` may be 'wide'; `described` {crc, packed, size, mark} is what it says otherwise.
 * Around them: { prefix, suffix, comment, beforeDirectory, count, end: {…fields of the end}, end64: {…fields of the ZIP64 end} }.
 */
export function zip(files, { prefix = '', suffix = '', comment = '', beforeDirectory = '', count, end = {}, end64 } = {}) {
  const parts = [Buffer.from(prefix)];
  let at = parts[0].length;
  const directory = [];
  const put = (...pieces) => { for (const piece of pieces) { parts.push(Buffer.from(piece)); at += parts.at(-1).length; } };
  for (const file of files) {
    const content = Buffer.from(file.content ?? '');
    const data = file.deflate ? deflateRawSync(content) : content;
    const name = Buffer.from(file.name);
    const fields = { flags: (file.descriptor ? 8 : 0) | (/[^\x00-\x7f]/.test(file.name) ? 0x800 : 0), method: file.deflate ? 8 : 0,
      crc: crcOf(content), packed: data.length, size: content.length, ...file };
    const local = { ...fields, ...(file.descriptor ? { crc: 0, packed: 0, size: 0 } : {}), ...file.local };
    const localName = Buffer.from(file.localName ?? file.name);
    put(file.before ?? '');
    const header = file.at ?? at - (file.offsetBy ?? 0);
    const fieldsOf = (extra) => Buffer.from((typeof extra === 'function' ? extra({ size: content.length, packed: data.length, header }) : extra) ?? '');
    const extra = fieldsOf(file.extra), centralExtra = fieldsOf(file.centralExtra);
    put('PK\x03\x04', two(20), two(local.flags), two(local.method), two(0), two(0x5a21), four(local.crc), four(local.packed), four(local.size),
      two(localName.length), two(extra.length), localName, extra, data);
    const each = file.descriptor === 'wide' ? eight : four, described = { crc: fields.crc, packed: fields.packed, size: fields.size, mark: 'PK\x07\x08', ...file.described };
    if (file.descriptor) put(described.mark, four(described.crc), each(described.packed), each(described.size));
    if (file.hidden) continue;
    const words = Buffer.from(file.comment ?? '');
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), two(file.madeBy ?? 0x0314), two(20), two(fields.flags), two(fields.method), two(0), two(0x5a21),
      four(fields.crc), four(fields.packed), four(fields.size), two(name.length), two(centralExtra.length), two(words.length), two(file.volume ?? 0), two(0),
      four(file.externals ?? 0), four(file.headerAt ?? header), name, centralExtra, words]));
  }
  put(beforeDirectory);
  const begin = at;
  put(...directory);
  const size = at - begin;
  if (end64) {
    const wide = { at, total: directory.length, here: directory.length, size, begin, length: 44, volume: 0, volumes: 1, more: '', ...end64 };
    put('PK\x06\x06', eight(wide.length), two(45), two(45), four(wide.volume), four(wide.volume), eight(wide.here), eight(wide.total), eight(wide.size), eight(wide.begin),
      wide.more, 'PK\x06\x07', four(0), eight(wide.at), four(wide.volumes));
  }
  const plain = { volume: 0, count: count ?? directory.length, size, begin, ...end };
  put('PK\x05\x06', two(plain.volume), two(plain.volume), two(plain.count), two(plain.count), four(plain.size), four(plain.begin),
    two(Buffer.byteLength(comment)), comment, suffix);
  return Buffer.concat(parts);
}
