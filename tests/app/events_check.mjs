// Reads service/app/events.cddl as far as it goes (rules that are maps with integer keys, arrays, choices and sizes) and
// holds every golden event against it. Shares nothing with the encoder but the schema: CBOR comes from cborg.
// usage: node events_check.mjs SCHEMA FOLDER
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'cborg';
const decoder = { decode: (octets) => decode(octets, { useMaps: true }) };

const [schemaPath, folder] = process.argv.slice(2);
const text = readFileSync(schemaPath, 'utf8').replace(/;.*$/gm, '');
const rules = new Map();
for (const [, name, body] of text.matchAll(/^([a-z-]+)\s*=\s*([\s\S]*?)(?=^[a-z-]+\s*=|$(?![\s\S]))/gm)) {
  rules.set(name, body.trim().replace(/\s+/g, ' '));
}

function split(list) {
  const parts = [];
  let depth = 0;
  let current = '';
  for (const c of list) {
    if ('[{('.includes(c)) depth += 1;
    if (']})'.includes(c)) depth -= 1;
    if (c === ',' && depth === 0) {
      parts.push(current.trim());
      current = '';
    } else {
      current += c;
    }
  }
  if (current.trim()) parts.push(current.trim());
  return parts;
}

function sizeFits(size, length) {
  const range = /^\((\d+)\.\.(\d+)\)$/.exec(size);
  return range ? length >= Number(range[1]) && length <= Number(range[2]) : length === Number(size);
}

// "" when the value fits the type, else why not.
function fault(type, value) {
  if (type.includes(' / ')) {
    const options = type.split(' / ').map((option) => fault(option.trim(), value));
    return options.includes('') ? '' : options.join(' | ');
  }
  if (/^\d+$/.test(type)) return value === Number(type) ? '' : `is ${value}, not ${type}`;
  if (type === 'int') return Number.isSafeInteger(value) ? '' : 'is no integer';
  if (type === 'uint') return Number.isSafeInteger(value) && value >= 0 ? '' : 'is no unsigned integer';
  if (type === 'bool') return typeof value === 'boolean' ? '' : 'is no boolean';
  const sized = /^([bt])str \.size (.+)$/.exec(type);
  if (sized) {
    const octets = sized[1] === 'b' ? (value instanceof Uint8Array ? value.length : -1)
                                    : typeof value === 'string' ? Buffer.byteLength(value) : -1;
    return octets >= 0 && sizeFits(sized[2], octets) ? '' : `does not fit ${type}`;
  }
  if (type.startsWith('{')) return mapFault(type.slice(1, -1), value);
  if (type.startsWith('[')) return arrayFault(type.slice(1, -1).trim(), value);
  if (!rules.has(type)) return `the schema has no rule ${type}`;
  return fault(rules.get(type), value);
}

function mapFault(body, value) {
  if (!(value instanceof Map)) return 'is no map';
  const seen = new Set();
  for (const member of split(body)) {
    const [, optional, key, type] = /^(\? )?(\d+): (.+)$/.exec(member);
    seen.add(Number(key));
    if (!value.has(Number(key))) {
      if (!optional) return `lacks key ${key}`;
      continue;
    }
    const why = fault(type, value.get(Number(key)));
    if (why) return `key ${key} ${why}`;
  }
  for (const key of value.keys()) if (!seen.has(key)) return `has the unknown key ${key}`;
  return '';
}

function arrayFault(body, value) {
  if (!Array.isArray(value)) return 'is no array';
  const repeated = /^([*+]) (.+)$/.exec(body);
  if (repeated) {
    if (repeated[1] === '+' && value.length === 0) return 'is empty';
    return value.map((item) => fault(repeated[2], item)).find((why) => why) ?? '';
  }
  const types = split(body);
  if (types.length !== value.length) return `has ${value.length} elements, not ${types.length}`;
  return types.map((type, i) => fault(type, value[i])).find((why) => why) ?? '';
}

let bad = 0;
let good = 0;
for (const name of readdirSync(folder).filter((file) => file.endsWith('.cbor')).sort()) {
  const rule = name.replace(/\..*$/, '');
  const event = decoder.decode(readFileSync(join(folder, name)));
  const why = fault(rule, event) || fault('event', event);
  if (why) {
    bad += 1;
    console.log(`${name}: ${why}`);
  } else {
    good += 1;
  }
  // A schema that lets everything through would prove nothing: a strange key must be refused.
  if (!fault(rule, new Map([...event, [99, 1]]))) {
    bad += 1;
    console.log(`${name}: key 99 was let through`);
  }
}
console.log(`${good} events fit`);
process.exit(bad === 0 && good > 0 ? 0 : 1);
