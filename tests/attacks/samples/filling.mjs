// Every kind of field filled in, with what programs do beside it, and what only looks like filling in; object streams that later revisions put others in the place of.
import { filled, formPaper, packed, pageObjects, Paper, stream, textAppearance } from '../paper.mjs';

const kBox = ' /Type /XObject /Subtype /Form /BBox [0 0 18 18]';
const widget = (entries, rect = '72 300 272 320') => `<< /Type /Annot /Subtype /Widget ${entries} /P 4 0 R /F 4 /Rect [${rect}] >>`;

/** Radio buttons 70 (71, 72), a choice 75, a signature field 77 whose widget 78 is an object of its own. */
function everyKind() {
  return formPaper({
    widgets: ' 71 0 R 72 0 R 75 0 R 78 0 R',
    fields: ' 70 0 R 75 0 R 77 0 R',
    more: {
      70: '<< /FT /Btn /Ff 49152 /T (choice) /V /Off /Kids [71 0 R 72 0 R] >>',
      71: widget('/Parent 70 0 R /AS /Off /AP << /N << /A 73 0 R /Off 74 0 R >> >>', '72 300 90 318'),
      72: widget('/Parent 70 0 R /AS /Off /AP << /N << /B 73 0 R /Off 74 0 R >> >>', '100 300 118 318'),
      73: stream('0 0 9 9 re f', kBox),
      74: stream('', kBox),
      75: widget('/FT /Ch /Ff 131072 /T (town) /Opt [(Reus) (Olot)] /V (Reus) /I [0] /AP << /N 76 0 R >>', '72 260 272 280'),
      76: textAppearance('Reus'),
      77: '<< /FT /Sig /T (Two) /Kids [78 0 R] >>',
      78: widget('/Parent 77 0 R', '72 200 272 240'),
    },
  });
}

export default ({ sign, FORMAT, CONSTRAINTS, PASSED }) => {
  const base = everyKind();
  const onLevel = (level) => {
    const certified = sign(base, { docmdp: level, field: 'Certification' });
    const { objects } = certified;
    const chosen = { 75: objects[75].replace('/V (Reus) /I [0]', '/V (Olot) /I [1]').replace('76 0 R', '90 0 R'), 90: textAppearance('Olot') };
    const anew = { 6: objects[6].replace('<<', '<< /NeedAppearances true') };
    const kidSigned = () => sign(certified, { into: 77, changes: { 78: objects[78].replace('/P 4', '/AP << /N 97 0 R >> /P 4'), 97: textAppearance('signed') } });
    return [
      ['radio button chosen', () => certified.save({ 70: objects[70].replace('/V /Off', '/V /A'), 71: objects[71].replace('/AS /Off', '/AS /A') }), PASSED, 'value and state go together'],
      ['radio button shows another than its value', () => certified.save({ 70: objects[70].replace('/V /Off', '/V /A'), 72: objects[72].replace('/AS /Off', '/AS /B') }), CONSTRAINTS, 'what is seen is not what is held'],
      ['choice made', () => certified.save(chosen), PASSED, 'a value with its appearance'],
      ['choice made, the older appearance freed', () => certified.save(chosen, { free: [76] }), PASSED, 'nothing leads to it any more'],
      ['choice taken back', () => certified.save({ 75: objects[75].replace('/V (Reus) /I [0]', '').replace('76 0 R', '90 0 R'), 90: textAppearance('') }), PASSED, 'no value is a value'],
      ['choice made by MuPDF, which rounds numbers', () => certified.save({ ...chosen, 75: chosen[75].replace(/\[72 260 272 280\]/, '[72.00001 259.9999 272.0001 280.0001]') }), PASSED, 'on paper the same'],
      ['choice made, and the field moved a little', () => certified.save({ ...chosen, 75: chosen[75].replace(/\[72 260 272 280\]/, '[72.01 260 272 280]') }), FORMAT, 'the form itself is another'],
      ...[['in dark letters', '0.2 g /F1 10 Tf', PASSED], ['of the size of its box', '/F1 0 Tf 0 0 1 rg', PASSED], ['in a font of every reader, as pdf-lib does', '0 g\n/Helvetica 12 Tf', PASSED], ['in white', '1 g /F1 10 Tf', FORMAT], ['too small', '0 g /F1 1 Tf', FORMAT], ['in no font of the form', '0 g /F9 10 Tf', FORMAT], ['not painted', '0 g /F1 10 Tf 3 Tr', FORMAT], ['in no font', '0 g', FORMAT]]
        .map(([how, style, verdict]) => [`field filled in, its next value to be written ${how}`, () => { const f = filled(certified, 7, 'x'); return certified.save({ ...f, 7: f[7].replace(/\/DA \([^)]*\)/, `/DA (${style})`) }); }, verdict, 'whoever makes it anew writes so']),
      ['field filled in to be made anew, its next value to be written otherwise', () => { const f = filled(certified, 7, 'x'); return certified.save({ ...f, ...anew, 7: f[7].replace(/\/DA \([^)]*\)/, '/DA (0.2 g /F1 10 Tf)') }); }, FORMAT, 'what is shown is made from it'],
      ['field filled in, its flags written out', () => { const f = filled(certified, 7, 'x'); return certified.save({ ...f, 7: f[7].replace(/ >>$/, ' /Ff 0 >>') }); }, PASSED, 'none was none before'],
      ['field filled in, with another flag', () => { const f = filled(certified, 7, 'x'); return certified.save({ ...f, 7: f[7].replace(/ >>$/, ' /Ff 8192 >>') }); }, FORMAT, 'a password shows nothing'],
      ['flags of a choice taken away', () => certified.save({ 75: objects[75].replace('/Ff 131072', '/Ff 0') }), FORMAT, 'the form itself is another'],
      ['flags of a radio button against those of its parent', () => certified.save({ 71: objects[71].replace('/Parent', '/Ff 0 /Parent') }), FORMAT, 'the form itself is another'],
      ['choices to choose from changed', () => certified.save({ 75: objects[75].replace('(Olot)', '(Vic)') }), FORMAT, 'the form itself is another'],
      ['value without an appearance, to be made anew', () => certified.save({ ...anew, 75: objects[75].replace('(Reus) /I', '(Olot) /I').replace(/\/AP << \/N 76 0 R >>/, '') }), PASSED, 'whoever shows it makes it from the value'],
      ['value with its older appearance, to be made anew', () => certified.save({ ...anew, 75: objects[75].replace('/V (Reus)', '/V (Olot)') }), PASSED, 'whoever shows it makes it from the value'],
      ['filled in with metadata, document information and extensions', () => certified.save({ ...filled(certified, 7, 'Somebody Invented'), 96: '<< /ModDate (D:20261120091407Z) >>',
        1: objects[1].replace(/ >>$/, ' /Metadata 95 0 R /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >> >>'), 95: stream('<x/>', ' /Type /Metadata /Subtype /XML') },
      { trailer: ' /Info 96 0 R' }), PASSED, 'what writers do with every save'],
      ['field signed whose widget is an object of its own', kidSigned, PASSED, 'the widget gets its appearance'],
      ['the appearance of that widget replaced later', () => kidSigned().save({ 97: textAppearance('somebody else') }), FORMAT, 'who signed is not what is shown'],
    ].map(([name, make, expect, why]) => ({ name: `${name}, P ${level}`, make, expect, why }));
  };

  const packedPaper = Paper.create(pageObjects('I grant access to nobody'), { style: 'stream', compress: [2, 4] });
  const carrier = Number(/\n(\d+) 0 obj\n<< \/Length \d+ \/Type \/ObjStm/.exec(packedPaper.text)[1]);
  const bodies = { 2: packedPaper.objects[2], 4: packedPaper.objects[4].replace('/Contents 5', '/Contents 99') };
  const index = `2 0 4 ${bodies[2].length + 1} `;
  const other = packed(`${index}${bodies[2]}\n${bodies[4]}\n`, ` /Type /ObjStm /N 2 /First ${index.length}`);
  const approved = sign(packedPaper, { save: { style: 'stream' } });
  const carried = [
    ['object stream in use replaced', () => approved.save({ [carrier]: other, 99: stream('BT /F1 18 Tf 72 720 Td (to everybody) Tj ET') }, { style: 'stream' }), CONSTRAINTS, 'readers look its objects up by its number, and find others (7.5.8.3)'],
    ['object stream in use freed', () => approved.save({}, { style: 'stream', free: [carrier] }), CONSTRAINTS, 'readers find nothing in it any more'],
    ['legal twin: one more object stream', () => sign(approved, { field: 'Second', save: { style: 'stream', compress: [4] } }), PASSED, 'the older one stays'],
  ].map(([name, make, expect, why]) => ({ name, make, expect, why }));
  return [...onLevel(2), ...onLevel(3), ...carried];
};
