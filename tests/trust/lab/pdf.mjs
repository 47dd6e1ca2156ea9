// PDFs in plain text: pages, signatures, document timestamps, a security store; each step one revision behind the last.
import zlib from 'node:zlib';

const text = (octets) => octets.toString('latin1');

function objectsOf(file) {
  const found = new Map();
  for (const [, number, body] of text(file).matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) found.set(Number(number), body);
  return found;
}

function revision(file, objects) {
  let out = file.length > 0 ? text(file) : '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const offsets = new Map();
  for (const [number, body] of [...objects].sort(([a], [b]) => a - b)) {
    offsets.set(number, out.length);
    out += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const start = out.length;
  out += `xref\n${file.length > 0 ? '' : '0 1\n0000000000 65535 f \n'}`;
  for (const [number, offset] of offsets) out += `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`;
  const size = Math.max(...offsets.keys(), ...objectsOf(file).keys()) + 1;
  const previous = [...text(file).matchAll(/startxref\n(\d+)\n%%EOF/g)].at(-1);
  out += `trailer\n<< /Size ${size} /Root 1 0 R${previous ? ` /Prev ${previous[1]}` : ''} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

/** One page with a line of text. */
export function plain(words = 'Segell lab') {
  const content = `BT /F1 18 Tf 72 720 Td (${words}) Tj ET`;
  return revision(Buffer.alloc(0), new Map([
    [1, '<< /Type /Catalog /Pages 2 0 R >>'], [2, '<< /Type /Pages /Kids [4 0 R] /Count 1 >>'],
    [3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    [4, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>'],
    [5, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`]]));
}

/** One more revision with a signature; `make(content)` gives the octets of /Contents for what the ranges cover. */
export function sign(file, make, { field, subFilter = 'ETSI.CAdES.detached', room = 12000, claimed, entries = '', type = 'Sig', padding = '0' } = {}) {
  const objects = objectsOf(file);
  const free = Math.max(...objects.keys()) + 1;
  const changed = new Map();
  const form = /\/AcroForm (\d+) 0 R/.exec(objects.get(1));
  const count = [...text(file).matchAll(/\/FT \/Sig/g)].length;
  if (form) {
    changed.set(Number(form[1]), objects.get(Number(form[1])).replace('/Fields [', `/Fields [${free + 1} 0 R `));
  } else {
    changed.set(free + 2, `<< /Fields [${free + 1} 0 R ] /SigFlags 3 >>`);
    changed.set(1, objects.get(1).replace('/Type /Catalog', `/Type /Catalog /AcroForm ${free + 2} 0 R`));
  }
  const page = objects.get(4);
  changed.set(4, page.includes('/Annots [') ? page.replace('/Annots [', `/Annots [${free + 1} 0 R `)
    : page.replace('/Type /Page ', `/Type /Page /Annots [${free + 1} 0 R ] `));
  changed.set(free + 1, `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${field ?? `Field${count + 1}`}) /V ${free} 0 R /P 4 0 R /Rect [0 0 0 0] /F 132 >>`);
  const blank = '/ByteRange [0 0000000000 0000000000 0000000000]';
  changed.set(free, `<< /Type /${type} /Filter /Adobe.PPKLite /SubFilter /${subFilter}${claimed ? ` /M (${claimed})` : ''}${entries}\n${blank}\n/Contents <${'0'.repeat(room * 2)}> >>`);
  let out = text(revision(file, changed));
  const start = out.lastIndexOf('/Contents <') + '/Contents '.length;
  const end = start + room * 2 + 2;
  out = out.replace(blank, `/ByteRange [0 ${start} ${end} ${out.length - end}]`.padEnd(blank.length));
  const octets = Buffer.from(out, 'latin1');
  const contents = make(Buffer.concat([octets.subarray(0, start), octets.subarray(end)])).toString('hex');
  if (contents.length > room * 2) throw new Error(`the signature needs ${contents.length / 2} octets`);
  octets.write(contents.padEnd(room * 2, padding), start + 1, 'latin1');
  return octets;
}
export const documentTimestamp = (file, make, options = {}) => sign(file, make, { subFilter: 'ETSI.RFC3161', type: 'DocTimeStamp', ...options });

/** One more revision with a /DSS of these DER values in place of what there was (`keep`: behind it). */
export function securityStore(file, { certificates = [], crls = [], ocsps = [], keep = true, vri = '' }) {
  const objects = objectsOf(file);
  let free = Math.max(...objects.keys()) + 1;
  const changed = new Map();
  const old = /\/DSS (\d+) 0 R/.exec(objects.get(1));
  const before = old && keep ? objects.get(Number(old[1])) : '';
  const streams = (key, values) => {
    const kept = new RegExp(`/${key} \\[([^\\]]*)\\]`).exec(before)?.[1] ?? '';
    const added = values.map((value) => {
      const packed = zlib.deflateSync(value).toString('latin1');
      changed.set(free, `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed}\nendstream`);
      return `${free++} 0 R`;
    });
    return kept || added.length > 0 ? ` /${key} [${kept} ${added.join(' ')}]` : '';
  };
  const body = `<< /Type /DSS${streams('Certs', certificates)}${streams('CRLs', crls)}${streams('OCSPs', ocsps)}${vri} >>`;
  const number = old ? Number(old[1]) : free;
  changed.set(number, body);
  if (!old) changed.set(1, objects.get(1).replace('/Type /Catalog', `/Type /Catalog /DSS ${number} 0 R`));
  return revision(file, changed);
}
