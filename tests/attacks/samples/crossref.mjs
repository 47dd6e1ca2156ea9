// Tricks with cross-references, headers and what stands between: another reader would find another object, or another end.
import { packed, pageObjects, Paper, placeOf, plainPaper, stream } from '../paper.mjs';

const kEvil = stream('BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET');

export default ({ sign, NOT_PASSED, PASSED, FORMAT, FAILED }) => {
  const signed = sign(plainPaper());
  const at = signed.text.length;
  const object = (number, body, generation = 0) => `${number} ${generation} obj\n${body}\nendobj\n`;
  const line = (offset, generation = 0, kind = 'n') => `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} ${kind} \n`;
  /** A revision written by hand: body, table lines, more of the trailer. */
  const byHand = (body, table, { more = '', trailer, eof = '%%EOF\n', before = '', startxref, word = 'xref\n' } = {}) => {
    const start = at + before.length + body.length;
    return signed.append(`${before}${body}${word}${table}trailer\n${trailer ?? `<< /Size ${signed.size + 5} /Root 1 0 R /Prev ${signed.startxref}${more} >>`}\nstartxref\n${startxref ?? start}\n${eof}`);
  };
  const streamed = Paper.create(pageObjects(), { style: 'stream', compress: [2, 4] });
  const signedStream = sign(streamed, { save: { style: 'stream' } });
  const rowsOf = (rows) => packed(Buffer.concat(rows.map(([kind, second, third]) => { const row = Buffer.alloc(11); row[0] = kind; row.writeBigUInt64BE(BigInt(second), 1); row.writeUInt16BE(third, 9); return row; })).toString('latin1'), '');
  const xrefStream = (number, index, rows, { more = '', size = signedStream.size + 9, w = '[1 8 2]' } = {}) => object(number, rowsOf(rows).replace('<<', `<< /Type /XRef /W ${w} /Index [${index}] /Size ${size} /Root 1 0 R /Prev ${signedStream.startxref}${more}`));
  const withStream = (body, number, index, rows, options) => { const start = signedStream.text.length + body.length; return signedStream.append(`${body}${xrefStream(number, index, rows(start), options)}startxref\n${start}\n%%EOF\n`); };
  const evilAt = signedStream.text.length;
  const evil = [
    ['freed and used again in another generation', byHand(object(5, kEvil, 1), `5 1\n${line(at, 1)}`)],
    ['freed, used again, and the page names the new generation', byHand(object(5, kEvil, 1) + object(4, signed.objects[4].replace('5 0 R', '5 1 R')), `4 2\n${line(at + object(5, kEvil, 1).length)}${line(at, 1)}`)],
    ['entry whose generation is not the object\'s', byHand(object(5, kEvil, 3), `5 1\n${line(at, 0)}`)],
    ['two subsections that overlap', byHand(object(5, kEvil) + object(5, signed.objects[5]), `5 1\n${line(at)}4 2\n${line(placeOf(signed, 4))}${line(at + object(5, kEvil).length)}`)],
    ['subsection that begins one later than it says', byHand(object(5, kEvil), `4 1\n${line(at)}`)],
    ['subsection whose count is too small', byHand(object(5, kEvil), `4 1\n${line(placeOf(signed, 4))}${line(at)}`)],
    ['subsection whose count is too large', byHand(object(5, kEvil), `5 9\n${line(at)}`)],
    ['subsection with a negative number', byHand(object(5, kEvil), `-1 1\n${line(at)}`)],
    ['subsection of enormous count', byHand(object(5, kEvil), `5 99999999999\n${line(at)}`)],
    ['entries of 19 octets', byHand(object(5, kEvil), `5 1\n${line(at).slice(0, -2)}\n`)],
    ['entry in use of generation 65536', byHand(object(5, kEvil), `5 1\n${line(at, 65536)}`)],
    ['content freed by an entry in use at offset 0', byHand('', `5 1\n${line(0, 65536)}`)],
    ['content whose length ends before a comment and its end', byHand(object(5, kEvil.replace('\nendstream', '\n%x\nendstream')), `5 1\n${line(at)}`)],
    ['entry that is neither used nor free', byHand(object(5, kEvil), `5 1\n${line(at, 0, 'x')}`)],
    ['/Prev into the gap of the signature', (() => { const gap = signed.text.lastIndexOf('/Contents <') + 60; return byHand(object(5, kEvil), `5 1\n${line(at)}`, { trailer: `<< /Size ${signed.size} /Root 1 0 R /Prev ${gap} >>` }); })()],
    ['/Prev a real number', byHand(object(5, kEvil), `5 1\n${line(at)}`, { trailer: `<< /Size ${signed.size} /Root 1 0 R /Prev ${signed.startxref}.0 >>` })],
    ['/Prev twice', byHand(object(5, kEvil), `5 1\n${line(at)}`, { more: ` /Prev ${plainPaper().startxref}` })],
    ['/Prev by reference', byHand(object(5, kEvil) + object(90, String(signed.startxref)), `5 1\n${line(at)}`, { trailer: `<< /Size ${signed.size} /Root 1 0 R /Prev 90 0 R >>` })],
    ['cross-reference in capitals', byHand(object(5, kEvil), `5 1\n${line(at)}`, { word: 'XREF\n' })],
    ['comment between table and trailer', byHand(object(5, kEvil), `5 1\n${line(at)}%\n`)],
    ['/Root of another document in a comment', byHand('', `0 0\n`, { trailer: `<< /Size ${signed.size} %/Root 1 0 R\n/Root 90 0 R /Prev ${signed.startxref} >>` })],
    ['/Root in the generation of something else', byHand('', `0 0\n`, { trailer: `<< /Size ${signed.size} /Root 1 1 R /Prev ${signed.startxref} >>` })],
    ['/Root a direct dictionary', byHand('', `0 0\n`, { trailer: `<< /Size ${signed.size} /Root << /Type /Catalog /Pages 2 0 R >> /Prev ${signed.startxref} >>` })],
    ['/Root missing', byHand('', `0 0\n`, { trailer: `<< /Size ${signed.size} /Prev ${signed.startxref} >>` })],
    ['second header inside, and a whole document behind', signed.append(plainPaper('I grant access to everybody').text)],
    ['whole document behind, offsets counted from the beginning', (() => { const other = new Paper(signed.text, {}, { size: 1 }).save({ ...pageObjects('I grant access to everybody') }); return other; })()],
    ['/XRefStm in a later revision that has nothing to hide', byHand(object(5, kEvil), `5 1\n${line(at)}`, { more: ` /XRefStm ${signed.startxref}` })],
    ['/XRefStm in the trailer of a cross-reference stream', withStream(object(5, kEvil), 91, '5 1 91 1', (start) => [[1, evilAt, 0], [1, start, 0]], { more: ` /XRefStm ${streamed.startxref}` })],
    ['/Index that overlaps, the second entry evil', withStream(object(5, kEvil), 91, '5 1 5 1 91 1', (start) => [[1, placeOf(signedStream, 5), 0], [1, evilAt, 0], [1, start, 0]])],
    ['/Index that overlaps, the first entry evil', withStream(object(5, kEvil), 91, '5 1 5 1 91 1', (start) => [[1, evilAt, 0], [1, placeOf(signedStream, 5), 0], [1, start, 0]])],
    ['/Index with an odd number', withStream(object(5, kEvil), 91, '5 1 91', (start) => [[1, evilAt, 0], [1, start, 0]])],
    ['/W without its first field', withStream(object(5, kEvil), 91, '5 1', () => [[1, evilAt, 0]], { w: '[0 9 2]' })],
    ['/W of enormous fields', withStream(object(5, kEvil), 91, '5 1', () => [[1, evilAt, 0]], { w: '[1 99999999 2]' })],
    ['entry of an unknown kind', withStream(object(5, kEvil), 91, '4 2 91 1', (start) => [[3, evilAt, 0], [1, evilAt, 0], [1, start, 0]])],
    ['/Size that ends before the evil object', withStream(object(5, kEvil), 91, '5 1 91 1', (start) => [[1, evilAt, 0], [1, start, 0]], { size: 5 })],
    ['object inside an object stream that is inside another', withStream(object(95, stream('4 0 << /Type /Page >>', ' /Type /ObjStm /N 1 /First 4')), 91, '4 1 91 1 95 1 96 1', (start) => [[2, 96, 0], [1, start, 0], [1, evilAt, 0], [2, 95, 0]])],
    ['object stream that extends another', (() => { const page = signedStream.objects[4].replace('/Contents 5', '/Contents 94'); const carrier = stream(`4 0 ${page}`, ' /Type /ObjStm /N 1 /First 4 /Extends 96 0 R'); const body = object(94, kEvil) + object(95, carrier); return withStream(body, 91, '4 1 91 1 94 2', (start) => [[2, 95, 0], [1, start, 0], [1, evilAt, 0], [1, evilAt + object(94, kEvil).length, 0]]); })()],
    ['object stream whose index names the object twice', (() => { const page = signedStream.objects[4].replace('/Contents 5', '/Contents 94'); const index = `4 0 4 ${signedStream.objects[4].length + 1} `; const carrier = stream(`${index}${signedStream.objects[4]}\n${page}`, ` /Type /ObjStm /N 2 /First ${index.length}`); const body = object(94, kEvil) + object(95, carrier); return withStream(body, 91, '4 1 91 1 94 2', (start) => [[2, 95, 1], [1, start, 0], [1, evilAt, 0], [1, evilAt + object(94, kEvil).length, 0]]); })()],
    ['entry whose place in the object stream is another object\'s', (() => { const page = signedStream.objects[4].replace('/Contents 5', '/Contents 94'); const index = `4 0 3 ${signedStream.objects[4].length + 1} `; const carrier = stream(`${index}${signedStream.objects[4]}\n${page}`, ` /Type /ObjStm /N 2 /First ${index.length}`); const body = object(94, kEvil) + object(95, carrier); return withStream(body, 91, '4 1 91 1 94 2', (start) => [[2, 95, 1], [1, start, 0], [1, evilAt, 0], [1, evilAt + object(94, kEvil).length, 0]]); })()],
    ['object with a number of its own inside of a string of another', byHand(object(90, `(\n5 0 obj\n${kEvil}\nendobj\n)`), `5 1\n${line(at + object(90, '(').length - '\nendobj\n'.length + 1)}`)],
    ['object inside a stream of another', byHand(object(90, stream(`5 0 obj\n${kEvil}\nendobj\n`)), `5 1\n${line(at + object(90, stream(`5 0 obj\n${kEvil}\nendobj\n`)).indexOf('5 0 obj'))}`)],
    ['%%EOF without startxref between two revisions', byHand(`%%EOF\n${object(5, kEvil)}`, `5 1\n${line(at + 6)}`)],
    ['comment that hides an object from readers of lines', byHand(`%${object(5, kEvil)}`, `5 1\n${line(at + 1)}`)],
    ['startxref twice, the first of them evil', byHand(object(5, kEvil), `5 1\n${line(at)}`, { eof: `%%EOF\nstartxref\n${signed.startxref}\n%%EOF\n` })],
    ['octets between startxref and its number', byHand(object(5, kEvil), `5 1\n${line(at)}`, { startxref: `%7\n${at + object(5, kEvil).length}` })],
  ].map(([name, paper]) => ({ name, make: () => paper, expect: NOT_PASSED, why: 'readers differ, or another page is shown' }));

  const less = withStream(object(5, kEvil), 91, '91 1', (start) => [[1, start, 0], [1, evilAt, 0]]);
  const ranges = [
    ['numbers with plus signs', ([a, b, c, d]) => `[+${a} +${b} +${c} +${d}]`, 'TOTAL-PASSED|TOTAL-FAILED', 'integers may have a sign (7.3.3)'],
    ['numbers with zeros before them', ([a, b, c, d]) => `[${String(a).padStart(4, '0')} 0${b} 0${c} 0${d}]`, PASSED, 'the same numbers'],
    ['numbers with ends of line and a comment between', ([a, b, c, d]) => `[${a}%x\n${b}\r\n${c}\t${d}]`, PASSED, 'space is space (7.2.3)'],
    ['numbers that are real', ([a, b, c, d]) => `[${a}.0 ${b}.0 ${c} ${d}]`, FORMAT, 'not integers'],
    ['hexadecimal numbers', ([a, b, c, d]) => `[0x${a} ${b} ${c} ${d}]`, FORMAT, 'not integers'],
    ['exponents', ([, b, c, d]) => `[0e0 ${b} ${c} ${d}]`, FORMAT, 'not integers'],
    ['five numbers', ([a, b, c, d]) => `[${a} ${b} ${c} ${d} 0]`, FORMAT, 'exactly four numbers'],
    ['minus zero', ([, b, c, d]) => `[-0 ${b} ${c} ${d}]`, 'TOTAL-PASSED|TOTAL-FAILED', 'zero, written oddly'],
  ].map(([name, write, expect, why]) => ({ name: `/ByteRange: ${name}`, make: () => sign(plainPaper(), { write }), expect, why }));
  const contents = [
    ['an odd number of digits', (hex, size) => `${hex.padEnd(size - 1, '0')} `, FORMAT, 'room that nobody signed'],
    ['a tabulator', (hex, size) => `${hex}\t`.padEnd(size, '0'), FORMAT, 'room that nobody signed'],
    ['a character that is no digit', (hex, size) => `${hex}zz`.padEnd(size, '0'), FAILED, 'no hexadecimal string'],
    ['octets of zero', (hex, size) => `${hex}\0\0`.padEnd(size, '0'), FORMAT, 'room that nobody signed'],
    ['mixed case', (hex, size) => [...hex].map((digit, i) => (i % 2 ? digit.toUpperCase() : digit)).join('').padEnd(size, '0'), PASSED, 'the same octets'],
    ['a message behind the message', (hex, size) => `${hex}${hex.slice(0, 400)}`.padEnd(size, '0'), NOT_PASSED, 'padding is zero'],
  ].map(([name, fill, expect, why]) => ({ name: `/Contents with ${name}`, make: () => sign(plainPaper(), { fill }), expect, why }));
  const headed = (text) => { const p = plainPaper(); return sign(new Paper(p.text.replace('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', text.padEnd(15, '%')), p.objects, p)); };
  const headers = [
    ['of another version', '%PDF-1.3\n%\xe2\xe3\xcf\xd3\n', PASSED, 'any version'],
    ['of PDF 2.0', '%PDF-2.0\n%\xe2\xe3\xcf\xd3\n', PASSED, 'any version'],
    ['without a comment of binary octets', '%PDF-1.7\n\n\n\n\n\n\n', PASSED, 'recommended, not required (7.5.2)'],
    ['behind an end of line', '\n%PDF-1.7\n     ', 'INDETERMINATE|TOTAL-FAILED', 'octets before the header'],
    ['of no version', '%PDF-\n%\xe2\xe3\xcf\xd3\n   ', 'TOTAL-PASSED|INDETERMINATE|TOTAL-FAILED', 'bounded, whatever the verdict'],
  ].map(([name, text, expect, why]) => ({ name: `header ${name}`, make: () => headed(text), expect, why }));
  const legal = [
    ['legal twin: object freed, and freed in the table as the standard asks', byHand(object(90, '<< >>'), `0 1\n${line(0, 65535, 'f')}90 1\n${line(at)}`)],
    ['legal twin: entry that leads to the end of the line before its object, as PDFKit wrote it', byHand(`\n${object(90, '<< >>')}`, `90 1\n${line(at)}`)],
    ['legal twin: section without entries', byHand('', '0 0\n')],
    ['legal twin: entries end in carriage return and line feed', byHand(object(90, '<< >>'), `90 1\n${line(at).replace(' \n', '\r\n')}`)],
    ['legal twin: two subsections', byHand(object(90, '<< >>') + object(92, '<< >>'), `90 1\n${line(at)}92 1\n${line(at + object(90, '<< >>').length)}`)],
    ['legal twin: end of line before a revision', byHand(object(90, '<< >>'), `90 1\n${line(at + 2)}`, { before: '\r\n' })],
    ['legal twin: comment before a revision', byHand(object(90, '<< >>'), `90 1\n${line(at + 12)}`, { before: '% appended\r\n' })],
    ['legal twin: object stream that extends the older one', (() => { const older = Number(/\n(\d+) 0 obj\n<< \/Length \d+ \/Type \/ObjStm/.exec(signedStream.text)[1]); const carrier = stream('94 0 << >>', ` /Type /ObjStm /N 1 /First 5 /Extends ${older} 0 R`); return withStream(object(95, carrier), 91, '91 1 94 2', (start) => [[1, start, 0], [2, 95, 0], [1, evilAt, 0]]); })()],
    ['legal twin: entry in use at offset 0 of generation 65536, as Quartz writes it', byHand(object(90, '<< >>'), `90 2\n${line(at)}${line(0, 65536)}`)],
    ['legal twin: free entry of a cross-reference stream with the largest generation', withStream(object(94, '<< >>'), 91, '91 1 94 2', (start) => [[1, start, 0], [1, evilAt, 0], [0, 0, 65535]])],
    ['legal twin: white space between the octets of a stream and its end', (() => { const body = object(90, stream('q Q').replace('\nendstream', `${' '.repeat(300)}\r\n\nendstream`)); return byHand(body, `90 1\n${line(at)}`); })()],
  ].map(([name, paper]) => ({ name, make: () => paper, expect: PASSED, why: 'legal' }));
  const unnamed = { name: '/Index that says less than there is', make: () => less, expect: 'TOTAL-PASSED|INDETERMINATE', why: 'rows that /Index does not count place nothing', modification: 'none|permitted' };
  return [...evil, unnamed, ...ranges, ...contents, ...headers, ...legal];
};
