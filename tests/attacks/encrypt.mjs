// The standard security handler (ISO 32000-1, 7.6; revision 6: ISO 32000-2, 7.6.4), the empty user password, made by node:crypto alone.
import { createCipheriv, createHash } from 'node:crypto';

const kPad = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const md5 = (...parts) => createHash('md5').update(Buffer.concat(parts)).digest();
const sha = (bits, ...parts) => createHash(`sha${bits}`).update(Buffer.concat(parts)).digest();
const hex = (octets) => `<${octets.toString('hex')}>`;

function rc4(key, data) {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + state[i] + key[i % key.length]) & 255;
    [state[i], state[j]] = [state[j], state[i]];
  }
  const out = Buffer.from(data);
  for (let at = 0, i = 0, j = 0; at < out.length; at += 1) {
    i = (i + 1) & 255;
    j = (j + state[i]) & 255;
    [state[i], state[j]] = [state[j], state[i]];
    out[at] ^= state[(state[i] + state[j]) & 255];
  }
  return out;
}

function aes(key, iv, data, padding) {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(padding);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

/** ISO 32000-2, algorithm 2.B. */
function hardened(password, salt, more = Buffer.alloc(0)) {
  let key = sha(256, password, salt, more);
  for (let round = 1; ; round += 1) {
    const block = Buffer.concat(Array(64).fill(Buffer.concat([password, key, more])));
    const encrypted = aes(key.subarray(0, 16), key.subarray(16, 32), block, false);
    const rest = encrypted.subarray(0, 16).reduce((sum, octet) => sum + octet, 0) % 3;
    key = sha([256, 384, 512][rest], encrypted);
    if (round >= 64 && encrypted.at(-1) <= round - 32) return key.subarray(0, 32);
  }
}

/** From strings in a body's text to encrypted ones; a signature's /Contents stays as it is (7.6.1). */
function mapStrings(text, change) {
  let out = '';
  for (let at = 0; at < text.length;) {
    const plainContents = text.includes('/ByteRange') && /\/Contents\s*$/.test(out);
    if (text[at] === '(') {
      let end = at + 1;
      for (let depth = 1; depth > 0; end += 1) {
        if (text[end] === '\\') end += 1;
        else if (text[end] === '(') depth += 1;
        else if (text[end] === ')') depth -= 1;
      }
      out += hex(change(Buffer.from(text.slice(at + 1, end - 1).replace(/\\(.)/g, '$1'), 'latin1')));
      at = end;
    } else if (text[at] === '<' && text[at + 1] !== '<') {
      const end = text.indexOf('>', at) + 1;
      out += plainContents ? text.slice(at, end) : hex(change(Buffer.from(text.slice(at + 1, end - 1), 'hex')));
      at = end;
    } else {
      const step = text.startsWith('<<', at) ? 2 : 1;
      out += text.slice(at, at + step);
      at += step;
    }
  }
  return out;
}

/**
 * An encryption for Paper: `number` of its dictionary, `dictionary`, `trailer` text, encrypt(number, body).
 *   revision    2 (RC4, 40), 3 (RC4, 128), 4, 5 and 6 (crypt filters)
 *   method      of the filter StdCF: V2, AESV2, AESV3; strings, streams: names of the filters used
 *   metadata    false: metadata streams stay plain; password: of the user
 *   direct      the dictionary stands in the trailer itself
 */
export function encryption({ number = 200, revision = 4, method = revision >= 5 ? 'AESV3' : 'AESV2', strings = 'StdCF', streams = 'StdCF', metadata = true, password = '', id = '0123456789abcdef', direct = false, more = '' } = {}) {
  const idOctets = Buffer.from(id, 'hex');
  const pass = Buffer.from(password, 'latin1');
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(-4);
  let key;
  let entries;
  if (revision < 5) {
    const owner = sha(256, Buffer.from('owner'));
    const length = revision === 2 ? 5 : 16;
    const padded = Buffer.concat([pass, kPad]).subarray(0, 32);
    key = md5(padded, owner, permissions, idOctets, ...(revision >= 4 && !metadata ? [Buffer.alloc(4, 0xff)] : []));
    if (revision >= 3) for (let i = 0; i < 50; i += 1) key = md5(key.subarray(0, length));
    key = key.subarray(0, length);
    let user = rc4(key, kPad);
    if (revision >= 3) {
      user = rc4(key, md5(kPad, idOctets));
      for (let i = 1; i < 20; i += 1) user = rc4(key.map((octet) => octet ^ i), user);
      user = Buffer.concat([user, Buffer.alloc(16)]);
    }
    entries = `/V ${revision === 2 ? 1 : revision === 3 ? 2 : 4} /R ${revision} /Length ${length * 8} /O ${hex(owner)} /U ${hex(user)}`;
  } else {
    const hash = revision === 5 ? (word, salt, user = Buffer.alloc(0)) => sha(256, word, salt, user) : hardened;
    key = sha(256, Buffer.from('file key'));
    const [one, two, three, four] = ['1', '2', '3', '4'].map((salt) => sha(256, Buffer.from(salt)).subarray(0, 8));
    const user = Buffer.concat([hash(pass, one), one, two]);
    const ownerWord = Buffer.from('owner');
    const owner = Buffer.concat([hash(ownerWord, three, user), three, four]);
    const none = Buffer.alloc(16);
    const block = Buffer.concat([permissions, Buffer.alloc(4, 0xff), Buffer.from(`${metadata ? 'T' : 'F'}adbxxxx`)]);
    const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
    entries = `/V 5 /R ${revision} /Length 256 /O ${hex(owner)} /U ${hex(user)} /OE ${hex(aes(hash(ownerWord, four, user), none, key, false))} /UE ${hex(aes(hash(pass, two), none, key, false))} /Perms ${hex(cipher.update(block))}`;
  }
  const filters = revision < 4 ? '' : ` /CF << /StdCF << /CFM /${method} /AuthEvent /DocOpen /Length ${method === 'AESV3' ? 32 : 16} >> /Other << /CFM /V2 /AuthEvent /DocOpen /Length 16 >> >> /StmF /${streams} /StrF /${strings}${metadata ? '' : ' /EncryptMetadata false'}`;
  const dictionary = `<< /Filter /Standard ${entries} /P -4${filters}${more} >>`;
  const encryptOctets = (data, object, filter) => {
    if (filter === 'Identity') return data;
    const kind = revision < 4 || filter === 'Other' ? 'V2' : method;
    if (kind === 'AESV3') return withVector(key, data, object);
    const salt = Buffer.from([object, object >> 8, object >> 16, 0, 0]);
    const own = md5(key, salt, ...(kind === 'AESV2' ? [Buffer.from('sAlT')] : [])).subarray(0, Math.min(16, key.length + 5));
    return kind === 'V2' ? rc4(own, data) : withVector(own, data, object);
  };
  const withVector = (with_, data, object) => {
    const iv = md5(Buffer.from(`${object} ${data.length}`));
    return Buffer.concat([iv, aes(with_, iv, data, true)]);
  };
  const encrypt = (object, body) => {
    const at = body.indexOf('>>\nstream\n');
    const head = at < 0 ? body : body.slice(0, at + 2);
    const text = mapStrings(head, (data) => encryptOctets(data, object, strings));
    if (at < 0) return text;
    const named = /\/Filter\s*\[?\s*\/Crypt\b/.test(head) ? /\/Name\s*\/(\w+)/.exec(head)?.[1] ?? 'Identity' : undefined;
    const filter = named ?? (!metadata && head.includes('/Type /Metadata') ? 'Identity' : streams);
    const data = encryptOctets(Buffer.from(body.slice(at + 10, body.lastIndexOf('\nendstream')), 'latin1'), object, filter);
    return `${text.replace(/\/Length \d+/, `/Length ${data.length}`)}\nstream\n${data.toString('latin1')}\nendstream`;
  };
  return { number, dictionary, direct, encrypt, encryptOctets, trailer: ` /Encrypt ${direct ? dictionary : `${number} 0 R`} /ID [<${id}> <${id}>]` };
}
