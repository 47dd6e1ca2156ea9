// Appearances of fields whose value stays: read as letters they are the value, and seen they are not. And values that were prepared to be shown later.
import { filled, formPaper, stream, textAppearance } from '../paper.mjs';

const font = (entries) => ` /Resources << /Font << /F1 3 0 R /Z << /Type /Font ${entries} >> >> >>`;
const look = (data, more = font('/Subtype /Type1 /BaseFont /Courier'), box = '0 0 200 20') => stream(data, ` /Type /XObject /Subtype /Form /BBox [${box}]${more}`);

export default ({ sign, PASSED, NOT_PASSED, CONSTRAINTS }) => {
  const certified = (more = {}) => sign(formPaper({ more }), { docmdp: 2, field: 'Certification' });
  const p = certified();
  const base = formPaper().objects;
  const anew = (paper, more = {}) => paper.save({ 6: paper.objects[6].replace('<<', '<< /NeedAppearances true'), ...more });
  const turned = (body) => body.replace(/ >>$/, ' /MK << /R 90 >> >>').replace('/Rect [72 560 272 580]', '/Rect [72 560 92 760]');
  const shown = (data, ...more) => () => p.save({ 10: look(data, ...more) });
  const accented = (entries) => () => { const q = certified({ 9: base[9].replace('(100)', '(acci\xf3)'), 10: textAppearance('acci\xf3') }); return q.save({ 10: look('BT /Z 12 Tf 2 4 Td (acci\xf3) Tj ET', font(`/Subtype /Type1 /BaseFont /Helvetica ${entries}`)) }); };
  const bad = [
    ['letters in white', shown('BT 1 g /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['letters in nearly white', shown('BT 0.98 0.98 0.9 rg /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['letters in the colour of their ground', shown('0 g 0 0 200 20 re f BT /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['letters that are not painted', shown('BT 3 Tr /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['letters outside of the box', shown('BT /F1 12 Tf 2000 4 Td (100) Tj ET')],
    ['letters above the box', shown('BT /F1 12 Tf 2 400 Td (100) Tj ET')],
    ['letters in another order', shown('BT /F1 12 Tf 30 4 Td (1) Tj -28 0 Td (00) Tj ET')],
    ['letters over one another', shown('BT /F1 12 Tf 2 4 Td [(1) 556 (0) 556 (0)] TJ ET')],
    ['letters of no size', shown('BT /F1 0.1 Tf 2 4 Td (100) Tj ET')],
    ['letters squeezed to nothing', shown('BT /F1 12 Tf 1 Tz 2 4 Td (100) Tj ET')],
    ['letters turned over', shown('BT /F1 12 Tf -1 0 0 1 40 4 Tm (100) Tj ET')],
    ['letters under a transformation', shown('0 0 0 0 0 0 cm BT /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['letters behind a clip', shown('0 0 8 20 re W n BT /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['letters behind a narrow box', shown('BT /F1 12 Tf 2 4 Td (100) Tj ET', undefined, '0 0 4 20')],
    ['letters behind a low box', shown('BT /F1 12 Tf 2 4 Td (100) Tj ET', undefined, '0 0 200 8')],
    ['letters behind a box that begins above their feet', shown('BT /F1 12 Tf 2 2 Td (100) Tj ET', undefined, '0 5 200 20')],
    ['letters turned another way than they were', () => { const turn = (m) => `${font('/Subtype /Type1 /BaseFont /Courier')} /Matrix [${m}]`; const q = certified({ 9: turned(base[9]).replace('/MK << /R 90 >>', ''), 10: look('BT /F1 12 Tf 2 4 Td (100) Tj ET', turn('0 1 -1 0 20 0')) }); return q.save({ 10: look('BT /F1 12 Tf 2 4 Td (100) Tj ET', turn('0 -1 1 0 0 200')) }); }],
    ['letters in a box so large that nobody reads them', shown('BT /F1 12 Tf 2 4 Td (100) Tj ET', undefined, '0 0 20000 2000')],
    ['letters in a box so wide that they are a line', shown('BT /F1 12 Tf 2 4 Td (100) Tj ET', undefined, '0 0 2000 20')],
    ['letters in a box so high that they are flat', shown('BT /F1 12 Tf 2 4 Td (100) Tj ET', undefined, '0 0 200 200')],
    ...[['mirrored', '-1 0 0 1 0 0'], ['upside down', '1 0 0 -1 0 0'], ['turned round', '-1 0 0 -1 0 0'], ['on their side', '0 1 -1 0 0 0'], ['slanted away', '1 0 40 1 0 0'], ['of nothing', '0 0 0 0 0 0'],
      ['of five numbers', '1 0 0 1 0']].map(([name, matrix]) =>
      [`letters by a matrix, ${name}`, shown('BT /F1 12 Tf 2 4 Td (100) Tj ET', `${font('/Subtype /Type1 /BaseFont /Courier')} /Matrix [${matrix}]`)]),
    ['letters turned in a widget that is not', shown('BT /F1 12 Tf 2 4 Td (100) Tj ET', `${font('/Subtype /Type1 /BaseFont /Courier')} /Matrix [0 1 -1 0 20 0]`, '0 0 20 200')],
    ['letters upright in a widget that is turned', () => { const q = certified({ 9: turned(base[9]) }); return q.save({ 10: look('BT /F1 12 Tf 2 4 Td (100) Tj ET') }); }],
    ['letters lifted', shown('BT /F1 12 Tf 40 Ts 2 4 Td (100) Tj ET')],
    ['letters far apart', shown('BT /F1 12 Tf 400 Tc 2 4 Td (100) Tj ET')],
    ['letters with other words for readers aloud', shown('/Span << /ActualText (999) >> BDC BT /F1 12 Tf 2 4 Td (100) Tj ET EMC')],
    ['letters in a layer', shown('BT /F1 12 Tf 2 4 Td (100) Tj ET', `${font('/Subtype /Type1 /BaseFont /Courier')} /OC << /Type /OCG /Name (x) >>`)],
    ['letters in a transparent state', shown('/G gs BT /F1 12 Tf 2 4 Td (100) Tj ET', ' /Resources << /ExtGState << /G << /ca 0 >> >> /Font << /F1 3 0 R >> >>')],
    ...['ZapfDingbats', 'Symbol'].map((name) => [`letters of /${name}`, shown('BT /Z 12 Tf 2 4 Td (100) Tj ET', font(`/Subtype /Type1 /BaseFont /${name}`))]),
    ['letters of a table of signs', shown('BT /Z 12 Tf 2 4 Td (100) Tj ET', font('/Subtype /Type1 /BaseFont /Helvetica /Encoding /MacExpertEncoding'))],
    ['letters with widths that turn back', shown('BT /Z 12 Tf 2 4 Td (100) Tj ET', font('/Subtype /Type1 /BaseFont /Helvetica /FirstChar 48 /LastChar 49 /Widths [-556 556]'))],
    ['letters that are copied as others', shown('BT /Z 12 Tf 2 4 Td (100) Tj ET', font('/Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R'))],
    ['another look under the pointer', () => p.save({ 9: p.objects[9].replace('/N 10 0 R', '/N 10 0 R /R 90 0 R'), 90: textAppearance('100000') })],
    ['another look under the button', () => p.save({ 9: p.objects[9].replace('/N 10 0 R', '/N 10 0 R /D 90 0 R'), 90: textAppearance('100000') })],
    ['a new value, and another look under the pointer', () => p.save({ 9: p.objects[9].replace('/V (100)', '/V (101)').replace('/N 10 0 R', '/N 90 0 R /R 91 0 R'), 90: textAppearance('101'), 91: textAppearance('100000') })],
    ['letters with accents, of a table that has others there', accented('/Encoding /MacRomanEncoding')],
    ['letters with accents, of a font that has others there', accented('')],
    ['letters in white of a space that is named', shown('BT /DeviceGray cs 1 sc /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['letters and lines', shown('2 4 m 40 10 l S BT /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['letters struck out by a frame of no height', shown('BT /F1 12 Tf 2 4 Td (100) Tj ET 2 8 m 2 8.5 l 90 8.5 l 90 8 l h S')],
    ['letters behind a clip of four corners', shown('0 0 m 0 20 l 8 20 l 8 0 l h W n BT /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['letters behind a clip that is askew', shown('0 0 m 0 20 l 200 20 l 8 0 l h W n BT /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['letters beside a path that is left open', shown('2 4 m 40 10 l BT /F1 12 Tf 2 4 Td (100) Tj ET S')],
    ['letters in an ink', shown('BT /Ink cs 0 sc /F1 12 Tf 2 4 Td (100) Tj ET', ' /Resources << /ColorSpace << /Ink [/Separation /None /DeviceGray << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [1] >>] >> /Font << /F1 3 0 R >> >>')],
    ['another choice marked', () => p.save({ 9: p.objects[9].replace(/ >>$/, ' /I [3] >>') })],
  ].map(([name, make]) => [name, make, NOT_PASSED, 'what is seen is not what the field holds']);
  const prepared = [
    ['value that differs from its look, to be made anew', () => anew(certified({ 9: base[9].replace('(100)', '(100000)') })), 'every viewer would write the value in its place'],
    ['value behind an empty look, to be made anew', () => anew(certified({ 10: textAppearance('') })), 'every viewer would write the value in its place'],
    ['value that differs from its look, to be made anew as another field is filled in', () => { const q = certified({ 9: base[9].replace('(100)', '(100000)') }); return anew(q, filled(q, 7, 'x')); }, 'every viewer would write the value in its place'],
    ['evidence, and a default look of fields that are made anew', () => { const q = certified({ 6: base[6].replace('/DA (/F1 12 Tf 0 g) ', '/NeedAppearances true '), 9: base[9].replace('/DA (/F1 12 Tf 0 g) ', '') }); return q.save({ 1: q.objects[1].replace(/ >>$/, ' /DSS << /Certs [] >> >>'), 6: q.objects[6].replace('<<', '<< /DA (/F1 12 Tf 1 g)') }); }, 'every viewer would write the value in white'],
  ].map(([name, make, why]) => [name, make, NOT_PASSED, why]);
  const legal = [
    ['values that are what they look like, to be made anew', () => anew(p)],
    ['as another program writes it, in the middle', shown('/Tx BMC q BT /F1 12 Tf 0 g 90 4 Td (100) Tj ET Q EMC')],
    ['on a light ground with a frame, in blue', shown('q 0.9 g 0 0 200 20 re f 0 G 0.5 0.5 199 19 re S Q /Tx BMC q 1 1 198 18 re W n BT 0 0 1 rg /F1 12 Tf 1 0 0 1 2 4 Tm (100) Tj ET Q EMC')],
    ['in a box as another program has it', shown('BT /F1 12 Tf 102 204 Td (100) Tj ET', undefined, '100 200 300 220')],
    ['in large letters, as another program puts them into a low box', shown('BT /F1 18 Tf 2 0.9 Td (100) Tj ET', undefined, '0 -2.8 200 11.3')],
    ['in a box a little larger', shown('BT /F1 12 Tf 2 4 Td (100) Tj ET', undefined, '0 0 240 24')],
    ['moved and back by a matrix', shown('BT /F1 12 Tf 2 4 Td (100) Tj ET', `${font('/Subtype /Type1 /BaseFont /Courier')} /Matrix [1 0 0 1 -72 -560]`)],
    ['in half the size, doubled by a matrix', shown('BT /F1 6 Tf 1 2 Td (100) Tj ET', `${font('/Subtype /Type1 /BaseFont /Courier')} /Matrix [2 0 0 2 0 0]`, '0 0 100 10')],
    ['turned as it was, though the widget does not say so', () => { const turn = `${font('/Subtype /Type1 /BaseFont /Courier')} /Matrix [0 1 -1 0 20 0]`; const q = certified({ 9: turned(base[9]).replace('/MK << /R 90 >>', ''), 10: look('BT /F1 12 Tf 2 4 Td (100) Tj ET', turn) }); return q.save({ 10: look('BT /F1 12 Tf 3 4 Td (100) Tj ET', turn) }); }],
    ['turned as its widget is', () => { const q = certified({ 9: turned(base[9]) }); return q.save({ 10: look('BT /F1 12 Tf 2 4 Td (100) Tj ET', `${font('/Subtype /Type1 /BaseFont /Courier')} /Matrix [0 1 -1 0 20 0]`, '0 0 200 20') }); }],
    ['in a colour of a space that is named', shown('BT /DeviceGray cs 0 sc /F1 12 Tf 2 4 Td (100) Tj ET')],
    ['in a clip of four corners', shown('1 1 m 1 19 l 199 19 l 199 1 l h W n /Tx BMC q BT 0 g /F1 12 Tf 1 0 0 1 2 4 Tm (100) Tj ET Q EMC')],
    ['with accents', accented('/Encoding /WinAnsiEncoding')],
    ['in two lines', shown('BT /F1 8 Tf 2 11 Td (1) Tj 0 -8 Td (00) Tj ET')],
  ].map(([name, make]) => [`legal twin: ${name}`, make, PASSED, 'it says what the field holds']);
  return [...bad, ...prepared, ...legal].map(([name, make, expect, why]) => ({ name: `${name}`, make, expect, why }));
};
