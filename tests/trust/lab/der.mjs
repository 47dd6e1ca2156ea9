// DER (ITU-T X.690) in a few lines: nothing of Segell, so that its reader is not judged by its writer.

export function tlv(tag, ...parts) {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const digits = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length, ...digits]), content]);
}
export const seq = (...parts) => tlv(0x30, ...parts);
export const setOf = (...parts) => tlv(0x31, ...[...parts].sort(Buffer.compare));
export const ctx = (n, ...parts) => tlv(0xa0 | n, ...parts); // constructed
export const ctxPrimitive = (n, ...parts) => tlv(0x80 | n, ...parts);
export const octets = (...parts) => tlv(0x04, ...parts);
export const bits = (content, unused = 0) => tlv(0x03, Buffer.from([unused]), content);
export const bool = (value) => tlv(0x01, Buffer.from([value ? 0xff : 0]));
export const nothing = () => tlv(0x05);
export const enumerated = (value) => tlv(0x0a, Buffer.from([value]));
export const utf8 = (text) => tlv(0x0c, Buffer.from(text));
export const printable = (text) => tlv(0x13, Buffer.from(text));
export const ia5 = (text) => tlv(0x16, Buffer.from(text));

/** A non-negative INTEGER from a number, a BigInt or its octets; { raw } gives the content as it is. */
export function int(value) {
  if (value.raw) return tlv(0x02, value.raw);
  let bytes = Buffer.isBuffer(value) ? value : Buffer.from(BigInt(value).toString(16).replace(/^(.(..)*)$/, '0$1'), 'hex');
  while (bytes.length > 1 && bytes[0] === 0 && bytes[1] < 0x80) bytes = bytes.subarray(1);
  return tlv(0x02, bytes[0] >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function oid(dotted) {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const out = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift(0x80 | (left % 128));
    out.push(...digits);
  }
  return tlv(0x06, Buffer.from(out));
}

const digitsOf = (date) => date.toISOString().replace(/[-:T]/g, '').replace(/\.\d+Z/, 'Z');
export const generalizedTime = (date) => tlv(0x18, Buffer.from(digitsOf(date)));
/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 4.1.2.5). */
export const time = (date) => (date.getUTCFullYear() < 2050 ? tlv(0x17, Buffer.from(digitsOf(date).slice(2))) : generalizedTime(date));

/** The named bits of a BIT STRING, by number. */
export function namedBits(...set) {
  const last = Math.max(...set);
  const bytes = Buffer.alloc((last >> 3) + 1);
  for (const bit of set) bytes[bit >> 3] |= 0x80 >> (bit & 7);
  return bits(bytes, 7 - (last & 7));
}

/** The content of the outermost element. */
export function contentOf(element) {
  const first = element[1];
  return element.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
}

/** The elements that stand one behind the other, each whole. */
export function elementsOf(octets_) {
  const out = [];
  for (let at = 0; at < octets_.length;) {
    const first = octets_[at + 1];
    const digits = first < 0x80 ? 0 : first & 0x7f;
    const length = digits === 0 ? first : octets_.subarray(at + 2, at + 2 + digits).reduce((sum, one) => sum * 256 + one, 0);
    const end = at + 2 + digits + length;
    out.push(octets_.subarray(at, end));
    at = end;
  }
  return out;
}
