// Resources of the form that the pages paint with too (as LibreOffice writes its forms): what signers add there, and what attackers would; and how older programs write streams and catalogs.
import { formPaper, Paper, pageObjects, plainPaper, stream } from '../paper.mjs';

const kFont = '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>';
const kLayer = ' /Type /XObject /Subtype /Form /BBox [0 0 200 50]';
const kCover = stream('1 1 1 rg 0 0 595 842 re f', ' /Type /XObject /Subtype /Form /BBox [0 0 595 842]');

/** One dictionary of resources, 70, for the page, the form, a field and an appearance; `apart`: its fonts are an object of their own, 71. */
function sharedPaper({ content = '', apart = false, more = {}, entries = '', extra = '' } = {}) {
  const { objects } = formPaper();
  const fonts = `<< /F1 3 0 R${extra} >>`;
  return Paper.create({
    ...objects,
    4: objects[4].replace('/Resources << /Font << /F1 3 0 R >> >>', '/Resources 70 0 R'),
    5: stream(`BT /F1 18 Tf 72 720 Td (Form) Tj ET\n${content}`),
    6: objects[6].replace('/DR << /Font << /F1 3 0 R >> >>', '/DR 70 0 R'),
    9: objects[9].replace('/DA (', '/DR 70 0 R /DA ('),
    10: objects[10].replace('/Resources << /Font << /F1 3 0 R >> >>', '/Resources 70 0 R'),
    18: objects[18].replace('/Resources << /Font << /F1 3 0 R >> >>', '/Resources 70 0 R'),
    70: `<< /Font ${apart ? '71 0 R' : fonts}${entries} /ProcSet [/PDF /Text] >>`,
    ...(apart ? { 71: fonts } : {}),
    ...more,
  });
}

export default ({ sign, PASSED, NOT_PASSED }) => {
  const twice = (paper, changes, options = {}) => sign(sign(paper, options), { field: 'Second', rect: '300 50 500 100', fieldEntries: ' /AP << /N 95 0 R >>',
    changes: { 95: stream('q 1 0 0 1 0 0 cm /FRM Do Q', `${kLayer} /Resources << /XObject << /FRM 96 0 R >> >>`), 96: stream('BT /F9 9 Tf 2 2 Td (signed) Tj ET', `${kLayer} /Resources << /Font << /F9 97 0 R >> >>`), 97: kFont, ...changes } });
  const layer = '<< /Font << /F1 3 0 R >> /XObject << /FRM 96 0 R >> /ProcSet [/PDF /Text] >>';
  const cover = { 98: kCover };
  const shared = [
    ['a layer of the second signature added', () => twice(sharedPaper(), { 70: layer }), PASSED],
    ['a layer and a font added, the fonts apart', () => twice(sharedPaper({ apart: true }), { 70: layer.replace('<< /F1 3 0 R >>', '71 0 R'), 71: '<< /F1 3 0 R /Helv 97 0 R >>' }), PASSED],
    ['a font that an appearance has of its own', () => twice(sharedPaper({ more: { 8: stream('/Helv 12 Tf', `${kLayer} /Resources << /Font << /Helv 3 0 R >> >>`) } }), { 70: '<< /Font << /F1 3 0 R /Helv 97 0 R >> /ProcSet [/PDF /Text] >>' }), PASSED],
    ['certified with P 2, a layer added', () => twice(sharedPaper(), { 70: layer }, { docmdp: 2 }), PASSED],
    ['a layer that the page draws already', () => twice(sharedPaper({ content: '/FRM Do' }), { 70: layer.replace('96 0 R', '98 0 R'), ...cover }), NOT_PASSED],
    ['a layer that the page draws already, in other letters', () => twice(sharedPaper({ content: '/F#52M Do' }), { 70: layer.replace('96 0 R', '98 0 R'), ...cover }), NOT_PASSED],
    ['a layer that a picture run as content draws', () => twice(sharedPaper({ more: { 3: '<< /Type /Font /Subtype /Type3 /CharProcs 80 0 R >>', 80: '<< /a 81 0 R >>', 81: stream('xx', ' /Subtype /Image /Filter /DCTDecode') } }), { 70: layer }), NOT_PASSED],
    ['a layer that an appearance draws already', () => twice(sharedPaper({ more: { 10: stream('/FRM Do', `${kLayer} /Resources 70 0 R`) } }), { 70: layer }), NOT_PASSED],
    ['a font that the page sets already', () => twice(sharedPaper({ apart: true, content: 'BT /Helv 12 Tf (nobody) Tj ET' }), { 71: '<< /F1 3 0 R /Helv 97 0 R >>' }), NOT_PASSED],
    ['a font replaced beside what is added', () => twice(sharedPaper(), { 70: layer.replace('/F1 3 0 R', '/F1 97 0 R') }), NOT_PASSED],
    ['a colour space that nobody names', () => twice(sharedPaper(), { 70: layer.replace('/XObject', '/ColorSpace << /DefaultRGB [/CalRGB << /WhitePoint [1 1 1] >>] >> /XObject') }), NOT_PASSED],
    ['a graphics state that is a list of fonts elsewhere', () => twice(sharedPaper({ apart: true, content: '/G gs', entries: ' /ExtGState << /G 71 0 R >>' }), { 71: '<< /F1 3 0 R /SMask << /S /Alpha /G 98 0 R >> >>', ...cover }), NOT_PASSED],
    ['a glyph of the page\'s font that is a list of layers elsewhere', () => twice(sharedPaper({ entries: ' /XObject 80 0 R', more: { 80: '<< /a 81 0 R >>', 81: stream('9 0 d0 0 0 9 9 re f'), 3: '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs 80 0 R /FirstChar 70 /LastChar 71 /Widths [9 9] /Encoding << /Differences [70 /b] >> >>' } }), { 80: '<< /a 81 0 R /b 98 0 R >>', ...cover }), NOT_PASSED],
    ['an appearance that is a list of layers elsewhere', () => twice(sharedPaper({ entries: ' /XObject 80 0 R', more: { 80: '<< /a 8 0 R >>', 9: formPaper().objects[9].replace('<< /N 10 0 R >>', '80 0 R') } }), { 80: '<< /a 8 0 R /N 98 0 R >>', ...cover }), NOT_PASSED],
    ['a graphics state named as its own kind', () => twice(sharedPaper({ content: '/Font gs', more: { 4: formPaper().objects[4].replace('/Resources << /Font << /F1 3 0 R >> >>', '/Resources << /Font << /F1 3 0 R >> /ExtGState 70 0 R >>') } }), { 70: '<< /Font << /F1 3 0 R /SMask << /S /Alpha /G 98 0 R >> >> /ProcSet [/PDF /Text] >>', ...cover }), NOT_PASSED],
  ].map(([name, make, expect]) => ({ name: `form and page share resources: ${name}`, make, expect, why: expect === PASSED ? 'nothing in the document uses the name' : 'the page may look otherwise' }));

  const written = (start) => Paper.create({ ...pageObjects(), 5: stream('BT /F1 18 Tf 72 720 Td (nobody) Tj ET').replace('stream\n', start) });
  const catalog = (words) => sign(plainPaper('x', { catalog: words }));
  const habits = [
    ['stream data behind a carriage return alone', () => sign(written('stream\r')), PASSED, 'every reader begins there'],
    ['stream data behind spaces and an end of line', () => sign(written('stream  \r\n')), PASSED, 'every reader begins there'],
    ['stream data behind a carriage return, and too short a length', () => sign(Paper.create({ ...pageObjects(), 5: pageObjects()[5].replace('stream\n', 'stream\r').replace(/\/Length \d+/, '/Length 9') })), NOT_PASSED, 'readers differ in where it ends'],
    ['stream data followed by a comment', () => sign(Paper.create({ ...pageObjects(), 5: pageObjects()[5].replace('\nendstream', '\n%\nendstream') })), NOT_PASSED, 'readers differ in whether that is data'],
    ['stream data behind a tabulator', () => sign(written('stream\t\n')), NOT_PASSED, 'no end of line follows'],
    ['TCPDF: two modes of a document with bookmarks', () => catalog(' /PageMode /UseNone /PageMode /UseOutlines'), PASSED, 'panels beside the pages'],
    ['two modes, one of them somewhere else', () => catalog(' /PageMode /UseNone /PageMode 77 0 R'), NOT_PASSED, 'a mode is a name'],
    ['two modes in something that is no catalog', () => sign(plainPaper('x', { page: ' /PageMode /UseNone /PageMode /UseOutlines' })), NOT_PASSED, 'nobody writes that'],
    ['two modes and two trees of pages', () => catalog(' /PageMode /UseNone /PageMode /UseOutlines /Pages 77 0 R'), NOT_PASSED, 'readers differ in which pages they show'],
  ].map(([name, make, expect, why]) => ({ name, make, expect, why }));
  return [...shared, ...habits];
};
