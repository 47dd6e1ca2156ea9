// The little of DER (X.690) that samples need. Octets in and out are Buffers.

const header = (tag, length) => {
  if (length < 0x80) return Buffer.from([tag, length]);
  const digits = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Buffer.from([tag, 0x80 | digits.length, ...digits]);
};

/** One value: a tag and the parts of its content. */
export const value = (tag, ...parts) => {
  const content = Buffer.concat(parts);
  return Buffer.concat([header(tag, content.length), content]);
};

/** The same content with an indefinite length (BER). */
export const indefinite = (tag, ...parts) => Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])]);

export const sequence = (...parts) => value(0x30, ...parts);
/** SET OF: its members in the order that DER asks for. */
export const set = (...parts) => value(0x31, ...parts.sort(Buffer.compare));
export const octets = (content) => value(0x04, content);
export const nothing = value(0x05);
/** Context tag, constructed. */
export const tagged = (number, ...parts) => value(0xa0 | number, ...parts);

export function integer(number) {
  const digits = [];
  let rest = BigInt(number);
  do {
    digits.unshift(Number(rest & 0xffn));
    rest >>= 8n;
  } while (rest > 0n);
  if (digits[0] & 0x80) digits.unshift(0);
  return value(0x02, Buffer.from(digits));
}

export function oid(text) {
  const [first, second, ...arcs] = text.split('.').map(Number);
  const out = [];
  for (const arc of [first * 40 + second, ...arcs]) {
    const digits = [arc % 128];
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift((rest % 128) | 0x80);
    out.push(...digits);
  }
  return value(0x06, Buffer.from(out));
}

const stamp = (date) => date.toISOString().replace(/[-:T]|\.\d+/g, '');
export const utcTime = (date) => value(0x17, Buffer.from(stamp(date).slice(2)));
export const generalizedTime = (date) => value(0x18, Buffer.from(stamp(date)));

/** The values inside a constructed one, each whole. Definite lengths alone. */
export function children(der) {
  const [content] = contentOf(der);
  const out = [];
  for (let at = 0; at < content.length;) {
    const [inner, begin] = contentOf(content.subarray(at));
    out.push(content.subarray(at, at + begin + inner.length));
    at += begin + inner.length;
  }
  return out;
}

/** A value's content and how long its header is. */
export function contentOf(der) {
  const first = der[1];
  if (first < 0x80) return [der.subarray(2, 2 + first), 2];
  const count = first & 0x7f;
  const length = der.readUIntBE(2, count);
  return [der.subarray(2 + count, 2 + count + length), 2 + count];
}
