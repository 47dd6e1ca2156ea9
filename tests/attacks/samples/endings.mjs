// How revisions end and begin, as writers do it: white space behind the mark, before the next object, and all of it signed.
import { formPaper, pageObjects, Paper, plainPaper, stream } from '../paper.mjs';

export default ({ sign, identity, PASSED, FORMAT, FAILED, NOT_PASSED }) => {
  const endings = { 'two ends of line': '%%EOF\n\n', 'two of carriage return and line feed': '%%EOF\r\n\r\n', 'a space and an end of line': '%%EOF \n', 'carriage return': '%%EOF\r', 'nothing': '%%EOF', 'many ends of line': `%%EOF${'\n'.repeat(20)}`, 'spaces': '%%EOF    ', 'an octet of zero': '%%EOF\n\0' };
  const ended = Object.entries(endings).flatMap(([name, ending]) => {
    const first = () => sign(plainPaper('x', {}, { ending }), { save: { ending } });
    return [
      [`signed with ${name} at its end`, first, PASSED, 'all of it is signed', { coverage: 'whole-file' }],
      [`signed with ${name} at its end, then again`, () => sign(first(), { field: 'Second', save: { ending } }), PASSED, 'all of it is signed', { count: 2 }],
      [`written with ${name} at its end, then signed`, () => sign(plainPaper('x', {}, { ending })), PASSED, 'all of it is signed', { coverage: 'whole-file' }],
    ];
  });
  const signed = sign(plainPaper());
  const unsigned = [
    ['white space that nobody signed between two signatures', () => sign(new Paper(`${signed.text}\n\n   \n`, signed.objects, signed), { field: 'Second' }), PASSED, 'the second one signs it, and it says nothing', { count: 2 }],
    ['a comment that nobody signed between two signatures', () => sign(new Paper(`${signed.text}% I grant everything\n`, signed.objects, signed), { field: 'Second' }), 'TOTAL-PASSED|INDETERMINATE', 'the second one signs it, and it says nothing to any reader', { count: 2 }],
    ['octets of zero at the end that nobody signed', () => new Paper(`${signed.text}\0`, signed.objects, signed), FORMAT, 'no end of line', { coverage: 'anomalous' }],
    ['signature that ends in the middle of the white space', () => sign(plainPaper(), { save: { ending: '%%EOF\n\n\n' }, choose: ([a, b, c, d]) => [a, b, c, d - 1] }), 'TOTAL-PASSED|TOTAL-FAILED', 'white space that nobody signed, one end of line of it', {}],
    ['signature that ends before white space and more', () => sign(plainPaper(), { save: { ending: '%%EOF\n1 0 obj\n<< >>\nendobj\n' }, choose: ([a, b, c, d]) => [a, b, c, d - 22] }), FORMAT, 'more than white space follows', {}],
  ];
  const lists = [
    ['fields and annotations in lists of their own, approved twice', () => { const f = formPaper(); const p = sign(Paper.create({ ...f.objects, 4: f.objects[4].replace(/\/Annots (\[[^\]]*\])/, '/Annots 60 0 R'), 60: /\/Annots (\[[^\]]*\])/.exec(f.objects[4])[1] })); return sign(p, { field: 'Second' }); }, { count: 2 }],
    ['appearances in dictionaries of their own, filled in', () => { const p = sign(formPaper({ more: { 9: formPaper().objects[9].replace('/AP << /N 10 0 R >>', '/AP 60 0 R'), 60: '<< /N 10 0 R >>' } }), { docmdp: 2 }); return p.save({ 9: p.objects[9].replace('(100)', '(200)'), 60: '<< /N 90 0 R >>', 90: stream('/Tx BMC BT /F1 12 Tf 2 4 Td (200) Tj ET EMC', ' /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 3 0 R >> >>') }); }, {}],
    ['value in UTF-16, filled in', () => { const p = sign(formPaper(), { docmdp: 2 }); return p.save({ 9: p.objects[9].replace('(100)', '<feff004e006900f1006f>').replace('10 0 R', '90 0 R'), 90: p.objects[10].replace('100', 'Ni\xf1o').replace(/\/Length \d+/, (t) => `/Length ${Number(t.slice(8)) + 1}`) }); }, {}],
    ['appearance of the same value made anew by another program', () => { const p = sign(formPaper(), { docmdp: 2 }); return p.save({ 10: stream('q 1 g 0 0 200 20 re f Q /Tx BMC q 1 1 198 18 re W n BT /F1 10 Tf 0 g 2 5 Td (100) Tj ET Q EMC', ' /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 3 0 R >> >>') }); }, {}],
    ['appearance of the same value in a new object', () => { const p = sign(formPaper(), { docmdp: 2 }); return p.save({ 9: p.objects[9].replace('10 0 R', '90 0 R'), 90: stream('/Tx BMC BT /Helv 10 Tf 0 g 2 5 Td [(1) -20 (00)] TJ ET EMC', ' /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>') }); }, {}],
  ].map(([name, make, more]) => [name, make, PASSED, 'legal', more]);
  const lies = [
    ['appearance made anew says a tenth of the value', 'BT /F1 10 Tf 2 5 Td (10.0) Tj ET', ''],
    ['appearance made anew says the value, and a sign', 'BT /F1 10 Tf 2 5 Td (-100) Tj ET', ''],
    ['appearance made anew says another value', 'BT /F1 10 Tf 2 5 Td (100) Tj (000) Tj ET', ''],
    ['appearance made anew says the value, and draws another', 'BT /F1 10 Tf 2 5 Td (100) Tj ET 0 0 m 9 9 l S', ''],
    ['appearance made anew with a ground over its words', 'BT /F1 10 Tf 2 5 Td (100) Tj ET 1 g 0 0 200 20 re f', ''],
    ['appearance made anew with a picture', 'BT /F1 10 Tf 2 5 Td (100) Tj ET /I Do', ''],
    ['appearance made anew in a font that comes along', 'BT /E 10 Tf 2 5 Td (100) Tj ET', ' /E << /Type /Font /Subtype /TrueType /BaseFont /Own /FontDescriptor << /Type /FontDescriptor /FontFile2 91 0 R >> >>'],
    ['appearance made anew in a font that exchanges letters', 'BT /E 10 Tf 2 5 Td (100) Tj ET', ' /E << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [48 /nine] >> >>'],
    ['appearance made anew in a font of programs', 'BT /E 10 Tf 2 5 Td (100) Tj ET', ' /E << /Type /Font /Subtype /Type3 >>'],
  ].map(([name, words, fonts]) => [name, () => { const p = sign(formPaper(), { docmdp: 2 }); return p.save({ 9: p.objects[9].replace('10 0 R', '90 0 R'), 90: stream(words, ` /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 3 0 R${fonts} >> >>`), 91: stream('glyphs') }); }, NOT_PASSED, 'what is seen is not what the field holds']);
  return [...ended, ...unsigned, ...lists, ...lies].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
