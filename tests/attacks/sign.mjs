// Signs a Paper with one more revision.
import { signedData, timestampToken } from './cms.mjs';
import { Paper } from './paper.mjs';

const kRanges = '[0 0000000000 0000000000 0000000000]';

const signedOctets = (text, [a, b, c, d]) => Buffer.from(text.slice(a, a + b) + text.slice(c, c + d), 'latin1');

/** The reference of a certification, or of a FieldMDP. */
export const docMdp = (level) => ` /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P ${level} /V /1.2 >> >>]`;
export const fieldMdp = (action, names = []) => ` /Reference [<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams << /Type /TransformParams /Action /${action}${names.length > 0 ? ` /Fields [${names.map((name) => `(${name})`).join(' ')}]` : ''} /V /1.2 >> >>]`;
export const lock = (action, names = [], more = '') => ` /Lock << /Type /SigFieldLock /Action /${action}${names.length > 0 ? ` /Fields [${names.map((name) => `(${name})`).join(' ')}]` : ''}${more} >>`;

const added = (body, key, item) => (body.includes(`${key} [`) ? body.replace(`${key} [`, `${key} [${item} `) : body.replace('<<', `<< ${key} [${item}]`));
const closed = (body, more) => body.replace(/\s*>>$/, `${more} >>`);

/**
 * What signing changes: the objects of one more signature. `number` is the signature dictionary's.
 *   into       number of an empty signature field to be signed, instead of a new one
 *   held       false: no field holds it
 */
export function signatureObjects(paper, { field = 'Signature1', page = 4, into, fieldEntries = '', rect = '0 0 0 0', flags = 132, dictionary, certify = false, held = true, changes = {} }) {
  const number = Math.max(paper.size, ...Object.keys(changes).map((key) => Number(key) + 1));
  const now = { ...paper.objects, ...changes };
  const objects = { ...changes };
  const change = (at, update) => {
    now[at] = update(now[at]);
    objects[at] = now[at];
  };
  if (!held) {
    objects[number] = dictionary;
    return { objects, number };
  }
  if (into !== undefined) {
    change(into, (body) => closed(body, ` /V ${number} 0 R`));
  } else {
    const widget = number + 1;
    objects[widget] = `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${field}) /V ${number} 0 R /P ${page} 0 R /Rect [${rect}] /F ${flags}${fieldEntries} >>`;
    const form = /\/AcroForm (\d+) 0 R/.exec(now[paper.root]);
    if (form) {
      change(Number(form[1]), (body) => added(body, '/Fields', `${widget} 0 R`));
    } else if (/\/AcroForm\s*<</.test(now[paper.root])) {
      change(paper.root, (body) => body.replace(/(\/AcroForm\s*<<[\s\S]*?\/Fields\s*\[)/, `$1${widget} 0 R `));
    } else {
      objects[number + 2] = `<< /Fields [${widget} 0 R] /SigFlags 3 >>`;
      change(paper.root, (body) => closed(body, ` /AcroForm ${number + 2} 0 R`));
    }
    const list = /\/Annots (\d+) 0 R/.exec(now[page]);
    if (list) change(Number(list[1]), (body) => body.replace('[', `[${widget} 0 R `));
    else change(page, (body) => added(body, '/Annots', `${widget} 0 R`));
  }
  if (certify) change(paper.root, (body) => closed(body, ` /Perms << /DocMDP ${number} 0 R >>`));
  objects[number] = dictionary;
  return { objects, number };
}

/**
 * One more signed revision.
 *   identity     whose signature; timestamp: a document timestamp by it
 *   docmdp       certifies with that level
 *   references   text of /Reference (docMdp(), fieldMdp())
 *   dictionary   from {ranges, contents, kind} to the whole dictionary's text
 *   choose       from the right ranges to those that are written and hashed
 *   write        from ranges to the text of /ByteRange
 *   cms          options of cms.mjs, or a function (octets, identity) → Buffer
 *   fill         from the hexadecimal text of the message and the room to all that stands between < and >
 *   before       what is done to the finished text before it is hashed (it must keep its length)
 *   save         options of Paper.save
 */
export function sign(paper, options) {
  const { identity, timestamp = false, docmdp, room = 12288, references = docmdp === undefined ? '' : docMdp(docmdp), choose = (ranges) => ranges,
    write = (ranges) => `[${ranges.join(' ')}]`, cms = {}, fill = (hex, size) => hex.padEnd(size, '0'), subFilter, save = {}, more = '' } = options;
  const form = timestamp ? 'ETSI.RFC3161' : subFilter ?? 'ETSI.CAdES.detached';
  const contents = `<${'0'.repeat(2 * room)}>`;
  const plain = ({ kind, ranges }) => `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter /${form} /M (D:20261120091407Z)${references}${more} /ByteRange ${ranges} /Contents ${contents} >>`;
  const dictionary = (options.dictionary ?? plain)({ kind: timestamp ? 'DocTimeStamp' : 'Sig', ranges: kRanges, contents, form, references });
  const { objects } = signatureObjects(paper, { ...options, dictionary, certify: docmdp !== undefined });
  const next = paper.save(objects, save);
  let { text } = next;
  const start = text.lastIndexOf(contents);
  const end = start + contents.length;
  const ranges = choose([0, start, end, text.length - end], text);
  const at = text.lastIndexOf(kRanges);
  if (at >= 0) text = text.slice(0, at) + write(ranges).padEnd(kRanges.length) + text.slice(at + kRanges.length);
  if (options.before) text = options.before(text);
  const octets = signedOctets(text, ranges);
  const message = typeof cms === 'function' ? cms(octets, identity) : timestamp ? timestampToken(octets, identity, cms) : signedData(octets, identity, cms);
  const inside = fill(message.toString('hex'), 2 * room);
  if (start >= 0 && inside.length !== 2 * room) throw new Error(`the message needs ${inside.length / 2} octets of room`);
  if (start >= 0) text = text.slice(0, start + 1) + inside + text.slice(end - 1);
  return new Paper(text, next.objects, next);
}
