// A PDF writer of its own, small and obedient: it writes what it is told, wrong or not. Text is Latin-1, a character an octet.
import { deflateSync } from 'node:zlib';

const padded = (number, width) => String(number).padStart(width, '0');
const entryLine = ({ offset, generation = 0, free = false }) => `${padded(free ? 0 : offset, 10)} ${padded(generation, 5)} ${free ? 'f' : 'n'} \n`;

export const stream = (data, entries = '') => `<< /Length ${data.length}${entries} >>\nstream\n${data}\nendstream`;
export const packed = (data, entries = '') => stream(deflateSync(Buffer.from(data, 'latin1')).toString('latin1'), `${entries} /Filter /FlateDecode`);

/** Runs of consecutive object numbers. */
function runs(numbers) {
  const out = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = out.at(-1);
    if (last !== undefined && last[0] + last[1] === number) last[1] += 1;
    else out.push([number, 1]);
  }
  return out;
}

function table(entries) {
  let text = 'xref\n';
  for (const [first, count] of runs(entries.keys())) {
    text += `${first} ${count}\n`;
    for (let number = first; number < first + count; number += 1) text += entryLine(entries.get(number));
  }
  return text;
}

function rows(entries) {
  const octets = [];
  for (const number of [...entries.keys()].sort((a, b) => a - b)) {
    const { offset = 0, generation = 0, free = false, inside, index } = entries.get(number);
    const [type, second, third] = free ? [0, 0, generation] : inside !== undefined ? [2, inside, index] : [1, offset, generation];
    const row = Buffer.alloc(11);
    row[0] = type;
    row.writeBigUInt64BE(BigInt(second), 1);
    row.writeUInt16BE(third, 9);
    octets.push(row);
  }
  return Buffer.concat(octets).toString('latin1');
}

const xrefStream = (entries, trailer) => packed(rows(entries),
  ` /Type /XRef /W [1 8 2] /Index [${runs(entries.keys()).flat().join(' ')}]${trailer}`);

function objectStream(numbers, bodies) {
  let index = '';
  let data = '';
  for (const number of numbers) {
    index += `${number} ${data.length} `;
    data += `${bodies[number]}\n`;
  }
  return packed(index + data, ` /Type /ObjStm /N ${numbers.length} /First ${index.length}`);
}

/** A file and what its newest revision says. Never changed: save() and append() give another one. */
export class Paper {
  constructor(text, objects, { root = 1, size, startxref, cipher } = {}) {
    Object.assign(this, { text, objects, root, startxref, cipher, size: size ?? Math.max(0, ...Object.keys(objects).map(Number)) + 1 });
  }

  static create(objects, options = {}) {
    return new Paper(`%PDF-${options.version ?? '1.7'}\n%\xe2\xe3\xcf\xd3\n`, {}, { size: 1 }).save(objects, options);
  }

  get octets() { return Buffer.from(this.text, 'latin1'); }

  /** Octets behind the end that are no revision. */
  append(text) { return new Paper(this.text + text, this.objects, this); }

  /**
   * One more revision.
   *   style        table, stream or hybrid
   *   compress     numbers that go into an object stream (stream, hybrid)
   *   free         numbers that are freed; place: {number: offset} of entries for objects that are not written
   *   root, trailer, previous, startxref, ending   instead of the right ones; `null` leaves one out
   *   cipher       of encrypt.mjs: what every object is written with, here and in later revisions; null: none
   *   closing      a table, then a trailer of its own with /XRefStm, and one ending for both: {rows, root}, what its stream places
   *                beyond what the table does, and another root than the table's trailer
   *   between      text before the cross-reference; hideCompressed: how a hybrid file's table tells of them (absent, free)
   */
  save(changes, options = {}) {
    const { style = 'table', compress = [], free = [], place = {}, root = this.root, trailer = '', ending = '%%EOF\n', between = '',
      hideCompressed = 'absent', cipher = this.cipher } = options;
    const previous = options.previous === undefined ? this.startxref : options.previous;
    let text = this.text;
    let size = Math.max(this.size, ...Object.keys(changes).map((key) => Number(key) + 1));
    const entries = new Map();
    const write = (number, body) => {
      entries.set(number, { offset: text.length });
      text += `${number} 0 obj\n${cipher && number !== cipher.number ? cipher.encrypt(number, body) : body}\nendobj\n`;
    };
    const encrypts = cipher && !this.cipher && !cipher.direct;
    if (this.startxref === undefined) entries.set(0, { free: true, generation: 65535 });
    if (encrypts) {
      write(cipher.number, cipher.dictionary);
      size = Math.max(size, cipher.number + 1);
    }
    for (const [key, body] of Object.entries(changes)) if (!compress.includes(Number(key))) write(Number(key), body);
    const hidden = new Map();
    if (compress.length > 0) {
      const carrier = size++;
      compress.forEach((number, index) => hidden.set(number, { inside: carrier, index }));
      write(carrier, objectStream(compress, changes));
    }
    for (const number of free) entries.set(number, { free: true, generation: 1 });
    for (const [key, offset] of Object.entries(place)) entries.set(Number(key), { offset });
    text += between;
    const words = (before = previous, top = root) => ` /Size ${size} /Root ${top} 0 R${before === undefined || before === null ? '' : ` /Prev ${before}`}${cipher?.trailer ?? ''}${trailer}`;
    let start = text.length;
    if (style === 'stream') {
      const own = size++;
      for (const [number, entry] of hidden) entries.set(number, entry);
      entries.set(own, { offset: start });
      text += `${own} 0 obj\n${xrefStream(entries, words())}\nendobj\n`;
    } else {
      let twin = '';
      if (style === 'hybrid') {
        const own = size++;
        const inStream = new Map([...hidden, ...(options.twin ?? [])]);
        inStream.set(own, { offset: text.length });
        twin = ` /XRefStm ${text.length}`;
        text += `${own} 0 obj\n${xrefStream(inStream, ` /Size ${size}`)}\nendobj\n`;
        if (hideCompressed === 'free') for (const number of hidden.keys()) entries.set(number, { free: true });
        start = text.length;
      }
      if (!options.withoutTable) text += table(entries);
      if (!options.withoutTrailer) text += `trailer\n<<${words()}${twin} >>\n`;
    }
    if (options.closing) {
      const own = size++;
      const inStream = new Map([...entries, ...(options.closing.rows ?? []), [own, { offset: text.length }]]);
      const twin = text.length;
      const first = start;
      text += `${own} 0 obj\n${xrefStream(inStream, ` /Size ${size}`)}\nendobj\n`;
      start = text.length;
      text += `xref\n0 0\ntrailer\n<<${words(first, options.closing.root)} /XRefStm ${twin} >>\n`;
    }
    const startxref = options.startxref === undefined ? start : options.startxref;
    if (startxref !== null) text += `startxref\n${startxref}\n`;
    text += ending;
    return new Paper(text, { ...this.objects, ...changes }, { root, size, startxref: start, cipher: cipher ?? undefined });
  }
}

/** Where an object's newest writing begins. */
export const placeOf = (paper, number) => paper.text.lastIndexOf(`\n${number} 0 obj\n`) + 1;

/** The objects of a paper with one page and text: 1 catalog, 2 pages, 3 font, 4 page, 5 its content. */
export function pageObjects(words = 'I grant access to my file to nobody', { catalog = '', page = '', resources = '', content = '' } = {}) {
  return {
    1: `<< /Type /Catalog /Pages 2 0 R${catalog} >>`,
    2: '<< /Type /Pages /Kids [4 0 R] /Count 1 >>',
    3: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    4: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >>${resources} >>${page} >>`,
    5: stream(`BT /F1 18 Tf 72 720 Td (${words}) Tj ET\n${content}`),
  };
}

/** One page, unsigned. */
export const plainPaper = (words, options = {}, save = {}) => Paper.create(pageObjects(words, options), save);

const textAppearance = (words) => stream(`/Tx BMC BT /F1 12 Tf 2 4 Td (${words}) Tj ET EMC`, ' /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 3 0 R >> >>');

/**
 * The same with a form: 6 form, 7 text field "name" with appearance 8, 9 text field "amount" with appearance 10,
 * 11 check box "agreed" with appearances 12 and 13, 14 a field "data" with kids 15 "data.street" and 17 "data.town".
 */
export function formPaper({ catalog = '', page = '', widgets = '', fields = '', more = {} } = {}, save = {}) {
  const text = (name, value, appearance, y, extra = '') => `<< /Type /Annot /Subtype /Widget /FT /Tx /T (${name}) /V (${value}) /DA (/F1 12 Tf 0 g) /P 4 0 R /Rect [72 ${y} 272 ${y + 20}] /F 4 /AP << /N ${appearance} 0 R >>${extra} >>`;
  const objects = pageObjects('Form', { catalog: ` /AcroForm 6 0 R${catalog}`, page: ` /Annots [7 0 R 9 0 R 11 0 R 15 0 R 17 0 R${widgets}]${page}` });
  return Paper.create({
    ...objects,
    6: `<< /Fields [7 0 R 9 0 R 11 0 R 14 0 R${fields}] /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 3 0 R >> >> >>`,
    7: text('name', '', 8, 600),
    8: textAppearance(''),
    9: text('amount', '100', 10, 560),
    10: textAppearance('100'),
    11: '<< /Type /Annot /Subtype /Widget /FT /Btn /T (agreed) /V /Off /AS /Off /P 4 0 R /Rect [72 520 92 540] /F 4 /AP << /N << /Off 12 0 R /Yes 13 0 R >> >> >>',
    12: stream('', ' /Type /XObject /Subtype /Form /BBox [0 0 20 20]'),
    13: stream('2 2 16 16 re f', ' /Type /XObject /Subtype /Form /BBox [0 0 20 20]'),
    14: '<< /T (data) /FT /Tx /Kids [15 0 R 17 0 R] /DA (/F1 12 Tf 0 g) >>',
    15: '<< /Type /Annot /Subtype /Widget /Parent 14 0 R /T (street) /V (Major) /P 4 0 R /Rect [72 480 272 500] /F 4 /AP << /N 16 0 R >> >>',
    16: textAppearance('Major'),
    17: '<< /Type /Annot /Subtype /Widget /Parent 14 0 R /T (town) /V (Vila) /P 4 0 R /Rect [72 440 272 460] /F 4 /AP << /N 18 0 R >> >>',
    18: textAppearance('Vila'),
    ...more,
  }, save);
}

/** A text field filled in: its new value with an appearance of its own. */
export function filled(paper, number, value) {
  const appearance = paper.size;
  return {
    [number]: paper.objects[number].replace(/\/V \([^)]*\)/, `/V (${value})`).replace(/\/AP << \/N \d+ 0 R >>/, `/AP << /N ${appearance} 0 R >>`),
    [appearance]: textAppearance(value),
  };
}
export { textAppearance };
