// Looks of text fields that readers take for the value and people do not: letters over one another, cut off, or in a font, a colour or a state that is not what it seems; and looks that are stored beside a value until somebody shows them.
import { filled, formPaper, stream, textAppearance } from '../paper.mjs';

const fonts = (list = '/F1 3 0 R', more = '') => ` /Resources << /Font << ${list} >>${more} >>`;
const look = (data, { more = fonts(), box = '0 0 200 20' } = {}) => stream(data, ` /Type /XObject /Subtype /Form /BBox [${box}]${more}`);
const text = (show) => `BT /F1 12 Tf 2 4 Td ${show} ET`;
const ink = (grey) => `[/Separation /x /DeviceGray << /FunctionType 2 /Domain [0 1] /N 1 /C0 [${grey}] /C1 [${grey}] >>]`;
const helvetica = (more = '') => `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica ${more} >>`;
const embedded = '<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Own /Encoding /WinAnsiEncoding /FirstChar 48 /LastChar 57 /Widths [556 556 556 556 556 556 556 556 556 556] /FontDescriptor << /Type /FontDescriptor /FontName /AAAAAA+Own /Flags 32 /FontFile2 41 0 R >> >>';

export default ({ sign, PASSED, NOT_PASSED }) => {
  const base = formPaper().objects;
  const certified = (more = {}) => sign(formPaper({ more }), { docmdp: 2, field: 'Certification' });
  const p = certified();
  const shown = (data, options) => () => p.save({ 10: look(data, options) });
  const worth = (value, data, options) => () => certified({ 9: base[9].replace('(100)', `(${value})`), 10: textAppearance(value) }).save({ 10: look(data, options) });
  const prepared = (objects, data, options) => () => certified(objects).save({ 10: look(data, options) });
  const other = { more: fonts('/F1 3 0 R /Z 40 0 R') };
  const wide = { box: '0 0 400 60' };
  const covering = (number, y) => base[number].replace(`/Rect [72 ${y} 272 ${y + 20}]`, '/Rect [60 700 460 760]');
  const anew = (paper, set = '<< /NeedAppearances true') => paper.save({ 6: paper.objects[6].replace('<<', set) });
  const made = (more) => certified({ 6: base[6].replace('<<', '<< /NeedAppearances true'), ...more });
  const stored = (paper) => paper.save({ 6: paper.objects[6].replace('/NeedAppearances true', '') });
  const combo = (value, words) => ({ 9: base[9].replace('/FT /Tx', '/FT /Ch /Ff 131072 /Opt [[(n) (nobody)] [(e) (everybody)]]').replace('(100)', `(${value})`), 10: textAppearance(words) });
  const bad = [
    ['letters over one another by a move', shown(text('(10) Tj 6.67 0 Td (0) Tj'))],
    ['letters over one another by many shifts', shown(text('[(1) 250 () 250 () 250 (0) 250 () 250 () (0)] TJ'))],
    ['a minus under its figure by a move', worth('-100', text('(-) Tj 0.5 0 Td (100) Tj'))],
    ['a comma under a figure by a shift', worth('1,000', text('[(1,) 240 (000)] TJ'))],
    ['the last figures in small', worth('10000', 'BT /F1 12 Tf 2 4 Td (100) Tj /F1 3 Tf 21 0 Td (00) Tj ET')],
    ['the last figures in grey', worth('10000', text('(100) Tj 0.6 g 21 0 Td (00) Tj'))],
    ['the last figures far away', worth('10000', text('(100) Tj 160 0 Td (00) Tj'))],
    ['the last figures far away by a shift', worth('10000', text('[(100) -12000 (00)] TJ'))],
    ['figures that climb', worth('100', 'BT /F1 12 Tf 2 4 Td (1) Tj 7 2.9 Td (0) Tj 7 2.9 Td (0) Tj ET')],
    ['a cyan beyond what there is', shown(text('-9 1 1 rg (100) Tj'))],
    ['an ink beyond what there is', shown(text('9 0 0 0 k (100) Tj'))],
    ['a grey in a space of three colours', shown(text('/DeviceRGB cs 1 1 1 sc 0 sc (100) Tj'))],
    ['a value that is a name, and a look of another', () => p.save({ 9: p.objects[9].replace('/V (100)', '/V /100').replace('/N 10 0 R', '/N 90 0 R'), 90: textAppearance('100000') })],
    ['a value in a stream, and a look of another', () => p.save({ 9: p.objects[9].replace('/V (100)', '/V 91 0 R').replace('/N 10 0 R', '/N 90 0 R'), 91: stream('101'), 90: textAppearance('100000') })],
    ['a line over the line before', shown(text('(10) Tj 6.67 -3.1 Td (0) Tj'))],
    ['a size that is restored', shown('/F1 0.1 Tf q /F1 12 Tf Q BT 2 4 Td (100) Tj ET')],
    ['a font that is restored', prepared({ 40: helvetica('/Encoding << /Differences [49 /nine] >>') }, '/Z 12 Tf q /F1 12 Tf Q BT 2 4 Td (100) Tj ET', other)],
    ['a distance of lines that is restored', shown("100 TL q 10 TL Q BT /F1 8 Tf 2 12 Td (1) Tj (00) ' ET")],
    ['a font of the document in which a 1 is a 9', prepared({ 40: helvetica('/Encoding << /Type /Encoding /Differences [49 /nine] >>') }, text('(100) Tj').replace('F1', 'Z'), other)],
    ['a font of the document whose letters are programs', prepared({ 40: '<< /Type /Font /Subtype /Type3 /BaseFont /X /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /CharProcs << /a 41 0 R >> /Encoding << /Differences [48 /a /a] >> /FirstChar 48 /LastChar 49 /Widths [600 600] >>', 41: stream('600 0 d0 0 0 500 700 re f') }, text('(100) Tj').replace('F1', 'Z'), other)],
    ['a font of the document that no field was shown in', prepared({ 40: embedded, 41: stream('x') }, text('(100) Tj').replace('F1', 'Z'), other)],
    ['a font of the document whose letters have no width', prepared({ 40: helvetica('/FirstChar 48 /LastChar 49 /Widths [0 556]') }, text('(100) Tj').replace('F1', 'Z'), other)],
    ...['Wingdings', 'Webdings', 'AdobeBlank', 'D050000L'].map((name) => [`a font that is called ${name}`, shown(text('(100) Tj').replace('F1', 'Z'), { more: fonts(`/Z << /Type /Font /Subtype /TrueType /BaseFont /${name} >>`) })]),
    ...['DefaultGray', 'DeviceGray'].map((name) => [`a black that is white, by /${name}`, shown(text('/DeviceGray cs 0 sc (100) Tj'), { more: fonts('/F1 3 0 R', ` /ColorSpace << /${name} ${ink(1)} >>`) })]),
    ['grey letters on a ground that is hardly lighter', shown(`0.61 g 0 0 200 20 re f 0.6 g ${text('(100) Tj')}`)],
    ['a clip of two rectangles that is empty', shown(`0 0 200 20 re 0 0 200 20 re W* n ${text('(100) Tj')}`)],
    ['a clip of two rectangles without the first figure', shown(`0 0 8.5 20 re 0 0 200 20 re W* n ${text('(100) Tj')}`)],
    ['a clip of two rectangles, one the other way round', shown(`0 0 200 20 re 200 0 -200 20 re W n ${text('(100) Tj')}`)],
    ['a line so thick that it is a black ground', shown(`0 G 60 w 0 0 200 20 re S ${text('0 g (100) Tj')}`)],
    ['a ground that is filled behind the letters', shown(`0 0 200 20 re ${text('0 g (100) Tj')} 1 g f`)],
    ['a ground over all but a figure, behind the letters', shown(`8.5 0 200 20 re ${text('0 g (100) Tj')} 1 g f`)],
    ['a frame that is drawn behind the letters', shown(`0 0 200 20 re ${text('0 g (100) Tj')} 1 G 60 w S`)],
    ['a frame that strikes out', shown(`0 G 1 w 2 8 22 0 re S ${text('(100) Tj')}`)],
    ['a frame that is a minus', shown('0 G 1 w 0.5 8 3 0 re S BT /F1 12 Tf 5 4 Td (100) Tj ET')],
    ['a frame that is one figure more', shown(`0 G 1 w 24 4 0 8 re S ${text('(100) Tj')}`)],
    ['four corners that are one figure more', shown(`0 G 1 w 23 4 m 23 12 l 27 12 l 27 4 l h S ${text('(100) Tj')}`)],
    ['a frame over the first figure', shown('0 G 4 w 2 2 196 16 re S BT /F1 12 Tf -0.5 6 Td (100) Tj ET')],
    ['the last figure cut off', shown('BT /F1 12 Tf 186.5 4 Td (100) Tj ET')],
    ['the minus cut off', worth('-100', 'BT /F1 10 Tf -3 4 Td (-100) Tj ET')],
    ['the point cut off', worth('10.00', 'BT /F1 12 Tf 2 -1.8 Td (10.00) Tj ET')],
    ['the tail of the comma cut off', worth('1,000', 'BT /F1 12 Tf 2 0 Td (1,000) Tj ET')],
    ['an E without its foot', worth('E', 'BT /F1 18 Tf 2 -2.7 Td (E) Tj ET', { box: '0 0 200 14' })],
    ['a T without its head', worth('T', 'BT /F1 18 Tf 2 3 Td (T) Tj ET', { box: '0 0 200 13' })],
    ['a tilde cut off', worth('a\xf1o', 'BT /Z 18 Tf 2 3 Td (a\xf1o) Tj ET', { box: '0 0 200 13', more: fonts(`/Z ${helvetica('/Encoding /WinAnsiEncoding')}`) })],
    ['a ground where there was none, over words of the page', () => certified({ 9: covering(9, 560) }).save({ 10: look('1 g 0 0 400 60 re f 0 g BT /F1 12 Tf 2 4 Td (100) Tj ET', wide) })],
    ['a white frame on an empty field, over words of the page', () => certified({ 7: covering(7, 600), 8: look('', wide) }).save({ 8: look('1 G 200 w 0 0 400 60 re S', wide) })],
    ['a ground on an empty field that was to have one and did not, over words of the page', () => certified({ 7: covering(7, 600).replace(/ >>$/, ' /MK << /BG [1] >> >>'), 8: look('', wide) }).save({ 8: look('1 g 0 0 400 60 re f', wide) })],
    ['two numbers that become one', worth('12 5', text('(125) Tj'))],
    ['a number that becomes two', worth('125', text('(12 5) Tj'))],
    ['a drawing that is in another file', () => p.save({ 10: stream(text('(100) Tj'), ` /Type /XObject /Subtype /Form /F (x) /BBox [0 0 200 20]${fonts()}`) })],
    ['a drawing that stands for a page of another file', () => p.save({ 10: stream(text('(100) Tj'), ` /Type /XObject /Subtype /Form /Ref << /F (x) /Page 0 >> /BBox [0 0 200 20]${fonts()}`) })],
    ['a drawing that is a picture', () => p.save({ 10: stream(text('(100) Tj'), ` /Type /XObject /Subtype /Image /BBox [0 0 200 20]${fonts()}`) })],
    ['a value with a blank more, and a look of another', () => p.save({ 9: p.objects[9].replace('(100)', '(100 )').replace('/N 10 0 R', '/N 90 0 R'), 90: textAppearance('100000') })],
    ['a new value, and a look of a third', () => p.save({ 9: p.objects[9].replace('(100)', '(101)').replace('/N 10 0 R', '/N 90 0 R'), 90: textAppearance('100000') })],
    ['a new value, and the older look written again', () => p.save({ 9: p.objects[9].replace('(100)', '(100000)').replace('/N 10 0 R', '/N 90 0 R'), 90: p.objects[10] })],
    ['a new value on a ground over words of the page', () => certified({ 9: covering(9, 560) }).save({ 9: covering(9, 560).replace('(100)', '(101)'), 10: look('1 g 0 0 400 60 re f 0 g BT /F1 12 Tf 2 4 Td (101) Tj ET', wide) })],
    ['another look where looks are made anew by some readers', () => made({}).save({ 10: textAppearance('100000') })],
    ['another look that was stored, shown from now on', () => stored(made({ 10: textAppearance('100000') }))],
    ['another choice that was stored, shown from now on', () => stored(made(combo('n', 'everybody')))],
    ['a choice that differs from its look, to be made anew', () => anew(certified(combo('e', 'nobody')))],
    ['a value that is not there behind a look, to be made anew', () => anew(certified({ 9: base[9].replace('/V (100) ', '') }))],
    ['a value that differs from its look, to be made anew, with a script for the pointer', () => anew(certified({ 9: base[9].replace('(100)', '(100000)').replace(/>>$/, '/AA << /X << /S /JavaScript /JS (x) >> >> >>') }))],
  ];
  const good = [
    ['letters that are set one by one', shown(text('(1) Tj 6.67 0 Td (0) Tj 6.67 0 Td (0) Tj'))],
    ['letters in the cells of a comb', () => certified({ 9: base[9].replace('/FT /Tx', '/FT /Tx /Ff 16777216 /MaxLen 5') }).save({ 10: look(text('(1) Tj 40 0 Td (0) Tj 40 0 Td (0) Tj')) })],
    ['a new value in a stream', () => p.save({ 9: p.objects[9].replace('/V (100)', '/V 91 0 R').replace('/N 10 0 R', '/N 90 0 R'), 91: stream('101'), 90: textAppearance('101') })],
    ['words far apart', worth('12 5', text('(12) Tj 90 0 Td (5) Tj'))],
    ['a colour of three numbers in its space', shown(text('/DeviceRGB cs 0 0 0.5 sc (100) Tj'))],
    ['letters that are moved closer to one another', worth('AVA, 1', text('[(A) 70 (V) 70 (A,) -30 ( 1)] TJ'))],
    ['a font and a size that are kept', shown('/F1 12 Tf q /F1 1 Tf Q BT 2 4 Td (100) Tj ET')],
    ['a font of the document whose codes are named as usual', prepared({ 40: helvetica('/Encoding << /Type /Encoding /Differences [39 /quotesingle 49 /one 128 /Euro] >>') }, text('(100) Tj').replace('F1', 'Z'), other)],
    ['a font of the document that the value was shown in', prepared({ 10: look(text('(100) Tj').replace('F1', 'Z'), other), 40: embedded, 41: stream('x') }, 'BT /Z 12 Tf 3 4 Td (100) Tj ET', other)],
    ['a profile of the document for its colours', prepared({ 40: stream('x', ' /N 3') }, text('0 0 0 rg (100) Tj'), { more: fonts('/F1 3 0 R', ' /ColorSpace << /DefaultRGB [/ICCBased 40 0 R] >>') })],
    ['dark letters on a grey ground', shown(`0.7 g 0 0 200 20 re f 0.2 g ${text('(100) Tj')}`)],
    ['a thick frame around letters', shown('0 G 3 w 1.5 1.5 197 17 re s q 3 3 194 14 re W n BT /F1 12 Tf 5 5 Td (100) Tj ET Q')],
    ['letters up to the right border', shown('BT /F1 12 Tf 179 4 Td (100) Tj ET')],
    ['a comma with its tail', worth('1,000', 'BT /F1 12 Tf 2 2 Td (1,000) Tj ET')],
    ['a sum in euros', () => certified({ 9: base[9].replace('(100)', '<feff0031002020ac>'), 10: look(text('(1 \x80) Tj').replace('F1', 'Z'), { more: fonts(`/Z ${helvetica('/Encoding /WinAnsiEncoding')}`) }) }).save({ 10: look('BT /Z 12 Tf 3 4 Td (1 \x80) Tj ET', { more: fonts(`/Z ${helvetica('/Encoding /WinAnsiEncoding')}`) }) })],
    ['a ground that was there, over words of the page', () => certified({ 9: covering(9, 560), 10: look('1 g 0 0 400 60 re f 0 g BT /F1 12 Tf 2 4 Td (100) Tj ET', wide) }).save({ 10: look('1 g 0 0 400 60 re f 0 g BT /F1 12 Tf 3 4 Td (100) Tj ET', wide) })],
    ['words parted by a move', worth('12 5', text('(12) Tj 20 0 Td (5) Tj'))],
    ['words parted by a shift', worth('12 5', text('[(12) -300 (5)] TJ'))],
    ['words parted by a line', worth('12 5', 'BT /F1 8 Tf 2 11 Td (12) Tj 0 -9 Td (5) Tj ET')],
    ['a new value with its look', () => p.save(filled(p, 9, '101'))],
    ['a new value in letters that are not read', () => p.save({ 9: p.objects[9].replace('(100)', '(101)'), 10: look('/Span << /MCID 0 >> BDC BT /F1 12 Tf 2 4 Td (101) Tj ET EMC') })],
    ['a new value that a script formats', () => { const q = certified({ 9: base[9].replace(/>>$/, '/AA << /F << /S /JavaScript /JS (x) >> >> >>') }); return q.save({ 9: q.objects[9].replace('(100)', '(1000)'), 10: textAppearance('1,000.00') }); }],
    ['a new choice, by its words', () => { const q = certified(combo('n', 'nobody')); return q.save({ 9: q.objects[9].replace('/V (n)', '/V (e)'), 10: textAppearance('everybody') }); }],
    ['a new choice, by its name', () => { const q = certified(combo('n', 'nobody')); return q.save({ 9: q.objects[9].replace('/V (n)', '/V (e)'), 10: textAppearance('e') }); }],
    ['its look where looks are made anew by some readers', () => made({}).save({ 10: look('BT /F1 12 Tf 3 4 Td (100) Tj ET') })],
    ['looks that are stored as the values are, shown from now on', () => stored(made({}))],
    ['looks that were not, made so and shown from now on', () => { const q = made({ 10: textAppearance('') }); return q.save({ 6: q.objects[6].replace('/NeedAppearances true', ''), 10: textAppearance('100') }); }],
    ['choices that are what they look like, to be made anew', () => anew(certified(combo('n', 'nobody')))],
    ['a value that a script formats, to be made anew', () => anew(certified({ 9: base[9].replace('(100)', '(1000)').replace(/>>$/, '/AA << /F << /S /JavaScript /JS (x) >> >> >>'), 10: textAppearance('1,000.00') }))],
  ];
  return [
    ...bad.map(([name, make]) => ({ name, make, expect: NOT_PASSED, why: 'what is seen is not what the field holds' })),
    ...good.map(([name, make]) => ({ name: `legal twin: ${name}`, make, expect: PASSED, why: 'it says what the field holds', modification: 'permitted' })),
  ];
};
