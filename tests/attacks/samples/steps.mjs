// Attacks in two steps: a revision that is legal in itself prepares the next one. And fields that were prepared before the signature.
import { filled, formPaper, pageObjects, Paper, stream, textAppearance } from '../paper.mjs';
import { fieldMdp } from '../sign.mjs';

const cover = stream('1 g 0 0 595 842 re f 0 g BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET', ' /Type /XObject /Subtype /Form /BBox [0 0 595 842]');
const kBox = ' /Type /XObject /Subtype /Form /BBox [0 0 200 20]';

export default ({ sign, PASSED, FORMAT, CONSTRAINTS, NOT_PASSED }) => {
  const certified = (level = 2, more = {}, fields = '') => sign(formPaper({ fields, more }), { docmdp: level, field: 'Certification' });
  const widget = (name, entries) => `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /P 4 0 R ${entries} >>`;
  const withField = (paper, entries) => {
    const n = paper.size;
    return [n, paper.save({ 4: paper.objects[4].replace('/Annots [', `/Annots [${n} 0 R `), 6: paper.objects[6].replace('/Fields [', `/Fields [${n} 0 R `), [n]: widget('Late', entries) })];
  };
  const signInto = (paper, into, look) => sign(paper, { into, changes: { [into]: paper.objects[into].replace(/ >>$/, ` /AP << /N ${paper.size} 0 R >> >>`), [paper.size]: look } });
  const replacedText = (paper, number, from, to) => paper.objects[number].replace(from, to);

  const evil = [
    ['empty field over the page, then signed with an appearance', () => { const [n, p] = withField(certified(), '/Rect [0 0 595 842] /F 4'); return signInto(p, n, cover); }, 'the second step paints where the first one made room'],
    ['hidden empty field over the page, then signed and shown', () => { const [n, p] = withField(certified(), '/Rect [0 0 595 842] /F 2'); return sign(p, { into: n, changes: { [n]: p.objects[n].replace('/F 2', `/F 4 /AP << /N ${p.size} 0 R >>`), [p.size]: cover } }); }, 'the second step paints where the first one made room'],
    ['field signed invisibly, its appearance added later', () => { const p = sign(certified(), { field: 'Late', rect: '0 0 595 842' }); const n = p.size - 2; return p.save({ [n]: replacedText(p, n, / >>$/, ` /AP << /N ${p.size} 0 R >> >>`), [p.size]: cover }); }, 'a signed field stays as it is'],
    ['value by reference replaced, the appearance kept', () => { const p = certified(2, { 9: formPaper().objects[9].replace('(100)', '50 0 R'), 50: '(100)' }); return p.save({ 50: '(100000)' }); }, 'the field holds what it does not show'],
    ['appearance given to a field that holds nothing', () => { const p = certified(2, { 7: formPaper().objects[7].replace(' /AP << /N 8 0 R >>', '') }); return p.save({ 7: p.objects[7].replace(' /F 4', ' /F 4 /AP << /N 90 0 R >>'), 90: textAppearance('to everybody') }); }, 'words without a value'],
    ['appearance given to a button that had none', () => { const p = certified(2, { 11: formPaper().objects[11].replace(/ \/AP << \/N << [^>]* >> >>/, '') }); return p.save({ 11: p.objects[11].replace(' /F 4', ' /F 4 /AP << /N << /Off 90 0 R /Yes 90 0 R >> >>'), 90: textAppearance('to everybody') }); }, 'what an unset box looks like is no filling in'],
    ['rich text alone', () => { const p = certified(2); return p.save({ 9: p.objects[9].replace('/V (100)', '/V (100) /RV (<body>100000</body>)') }); }, 'readers of rich text show another value than the others'],
    ['appearances made anew although every field is locked', () => { const p = sign(certified(2, { 9: formPaper().objects[9].replace('/V (100)', '/V (100000)') }), { field: 'Approval', references: fieldMdp('All') }); return p.save({ 6: p.objects[6].replace('<<', '<< /NeedAppearances true') }); }, 'locked fields come to look otherwise'],
    ['appearances no longer made anew', () => { const p = sign(formPaper({ more: { 6: formPaper().objects[6].replace('<<', '<< /NeedAppearances true'), 10: textAppearance('100000') } })); return p.save({ 6: p.objects[6].replace(' /NeedAppearances true', '') }); }, 'what was signed is made from the value; what is shown now was stored beside it'],
    ['appearances made anew, nothing filled in', () => { const p = sign(formPaper({ more: { 9: formPaper().objects[9].replace('/V (100)', '/V (100000)') } })); return p.save({ 6: p.objects[6].replace('<<', '<< /NeedAppearances true') }); }, 'what is shown is no longer what was signed'],
    ['values to choose from under other names', () => { const p = certified(2, { 60: '<< /Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /T (choice) /Opt [[(1) (nobody)] [(2) (everybody)]] /V (1) /P 4 0 R /F 4 /Rect [72 300 272 320] /AP << /N 61 0 R >> >>', 61: textAppearance('nobody') }, ' 60 0 R'); return p.save({ 60: p.objects[60].replace('[(1) (nobody)] [(2) (everybody)]', '[(1) (everybody)] [(2) (nobody)]') }); }, 'the value means something else'],
    ['longer values allowed', () => { const p = certified(2, { 9: formPaper().objects[9].replace('/T (amount)', '/T (amount) /MaxLen 3') }); return p.save({ 9: p.objects[9].replace('/MaxLen 3', '/MaxLen 9') }); }, 'the form is another'],
    ['words white on white by the field\'s own appearance', () => { const p = certified(2); return p.save({ 9: p.objects[9].replace('12 Tf 0 g', '12 Tf 1 g') }); }, 'the value cannot be seen'],
    ['background of a field', () => { const p = certified(2); return p.save({ 9: p.objects[9].replace(/ >>$/, ' /MK << /BG [0 0 0] >> >>') }); }, 'the value cannot be seen'],
    ['value moved to the field above', () => { const p = certified(2); return p.save({ 14: p.objects[14].replace('/T (data)', '/T (data) /V (everybody)') }); }, 'its kids have values of their own, and others inherit'],
    ['calculations changed while filling in', () => { const p = certified(2, { 6: formPaper().objects[6].replace('<<', '<< /CO [9 0 R]') }); return p.save({ ...filled(p, 7, 'x'), 6: p.objects[6].replace('/CO [9 0 R]', '/CO [7 0 R 9 0 R]') }); }, 'the form is another'],
    ['script of a field changed while filling in', () => { const p = certified(2, { 9: formPaper().objects[9].replace(/ >>$/, ' /AA << /C 60 0 R >> >>'), 60: '<< /S /JavaScript /JS (event.value = 1) >>' }); return p.save({ ...filled(p, 7, 'x'), 60: '<< /S /JavaScript /JS (event.value = 2) >>' }); }, 'the form is another'],
    ['font of the form replaced while filling in', () => { const p = certified(2, { 6: formPaper().objects[6].replace('/F1 3 0 R', '/F1 3 0 R /F2 60 0 R'), 60: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>' }); return p.save({ ...filled(p, 7, 'x'), 60: '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>' }); }, 'values look otherwise'],
    ['field moved to another page\'s list', () => { const two = Paper.create({ ...formPaper().objects, 2: '<< /Type /Pages /Kids [4 0 R 60 0 R] /Count 2 >>', 60: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [] >>' }); const p = sign(two, { docmdp: 2, field: 'Certification' }); return p.save({ 4: p.objects[4].replace('9 0 R ', ''), 60: p.objects[60].replace('[]', '[9 0 R]').replace('[0 0 595 842] /Annots', '[0 0 595 842] /Annots') }); }, 'the value stands elsewhere'],
    ['radio button with a state of another name', () => { const p = certified(2); return p.save({ 11: p.objects[11].replace('/V /Off /AS /Off', '/V /Yes /AS /Yes').replace('/Yes 13 0 R', '/Yes 90 0 R'), 90: textAppearance('to everybody') }); }, 'what a set box looks like was certified'],
  ].map(([name, make, why]) => ({ name, make, expect: NOT_PASSED, why }));

  const box = (name, parent, states, rect) => `<< /Type /Annot /Subtype /Widget${parent ? ` /Parent ${parent} 0 R` : ''}${name} /AS /Off /P 4 0 R /F 4 /Rect [${rect}] /AP << /N << ${states} >> >> >>`;
  const shared = certified(2, {
    60: '<< /FT /Tx /T (twice) /V () /DA (/F1 12 Tf 0 g) /Kids [61 0 R 62 0 R] >>',
    61: '<< /Type /Annot /Subtype /Widget /Parent 60 0 R /P 4 0 R /F 4 /Rect [72 300 272 320] /AP << /N 63 0 R >> >>', 62: '<< /Type /Annot /Subtype /Widget /Parent 60 0 R /P 4 0 R /F 4 /Rect [72 260 272 280] /AP << /N 64 0 R >> >>', 63: textAppearance(''), 64: textAppearance(''),
    65: '<< /FT /Btn /T (boxes) /V /Off /Kids [66 0 R 67 0 R] >>', 66: box('', 65, '/Off 12 0 R /Yes 13 0 R', '72 220 92 240'), 67: box('', 65, '/Off 12 0 R /Yes 13 0 R', '72 180 92 200'),
    4: formPaper().objects[4].replace('/Annots [', '/Annots [61 0 R 62 0 R 66 0 R 67 0 R '),
  }, ' 60 0 R 65 0 R');
  const bare = certified(2, { 9: formPaper().objects[9].replace(' /AP << /N 10 0 R >>', '').replace('/V (100)', '') });
  const legal = [
    ['empty field on empty paper, then signed', () => { const [n, p] = withField(certified(), '/Rect [300 50 500 70] /F 4'); return signInto(p, n, stream('0 0 200 20 re S', kBox)); }, 'it covers nothing'],
    ['invisible field added, then signed', () => { const [n, p] = withField(certified(), '/Rect [0 0 0 0] /F 132'); return sign(p, { into: n }); }, 'it shows nothing'],
    ['text of several widgets filled in', () => shared.save({ 60: shared.objects[60].replace('/V ()', '/V (Somebody)'), 61: shared.objects[61].replace('63 0 R', '90 0 R'), 62: shared.objects[62].replace('64 0 R', '91 0 R'), 90: textAppearance('Somebody'), 91: textAppearance('Somebody') }), 'every widget shows the value'],
    ['text of several widgets filled in, appearances in place', () => shared.save({ 60: shared.objects[60].replace('/V ()', '/V (Somebody)'), 63: textAppearance('Somebody'), 64: textAppearance('Somebody') }), 'every widget shows the value'],
    ['box of several widgets set', () => shared.save({ 65: shared.objects[65].replace('/V /Off', '/V /Yes'), 66: shared.objects[66].replace('/AS /Off', '/AS /Yes'), 67: shared.objects[67].replace('/AS /Off', '/AS /Yes') }), 'every widget shows the value'],
    ['value and appearance given to a field that had neither', () => bare.save({ 9: bare.objects[9].replace(' /F 4', ' /F 4 /V (100) /AP << /N 90 0 R >>'), 90: textAppearance('100') }), 'filling in'],
    ['value by reference replaced with its appearance', () => { const p = certified(2, { 9: formPaper().objects[9].replace('(100)', '50 0 R'), 50: '(100)' }); return p.save({ 50: '(200)', 10: textAppearance('200') }); }, 'filling in'],
    ['empty appearance given to an empty field', () => { const p = certified(2, { 7: formPaper().objects[7].replace(' /AP << /N 8 0 R >>', '') }); return p.save({ 7: p.objects[7].replace(' /F 4', ' /F 4 /AP << /N 90 0 R >>'), 90: stream('/Tx BMC EMC', kBox) }); }, 'it shows nothing, as before'],
    ['rich text with its value', () => { const p = certified(2); return p.save({ 9: p.objects[9].replace('/V (100)', '/V (200) /RV (<body>200</body>)').replace('10 0 R', '90 0 R'), 90: textAppearance('200') }); }, 'filling in'],
    ['filled in twice', () => { const p = certified(2); const q = p.save(filled(p, 9, '200')); return q.save(filled(q, 9, '300')); }, 'filling in'],
    ['filled in, and calculated beside it', () => { const p = certified(2); return p.save({ ...filled(p, 7, '5'), 9: p.objects[9].replace('(100)', '(500)').replace('10 0 R', '95 0 R'), 95: textAppearance('500') }); }, 'filling in'],
    ['filled in by a program that states who changed it when', () => { const p = certified(2); const next = filled(p, 9, '200'); next[9] = next[9].replace(/ >>$/, ' /M (D:20261120091407Z) >>'); return p.save({ ...next, 6: p.objects[6].replace('<<', '<< /NeedAppearances true') }); }, 'filling in'],
    ['filled in with all that hangs on the form written again', () => { const p = certified(2); return p.save({ ...Object.fromEntries(Object.entries(p.objects).filter(([, body]) => !body.includes('/ByteRange'))), ...filled(p, 9, '200') }); }, 'equal values are no change'],
    ['appearances no longer made anew, all of them made', () => { const p = certified(2, { 6: formPaper().objects[6].replace('<<', '<< /NeedAppearances true') }); return p.save({ ...filled(p, 9, '200'), 6: p.objects[6].replace(' /NeedAppearances true', '') }); }, 'filling in'],
    ['signed where the form asked for new appearances of no field', () => { const p = sign(Paper.create({ ...pageObjects('x', { catalog: ' /AcroForm 6 0 R' }), 6: '<< /Fields [] /NeedAppearances true >>' })); return sign(p, { field: 'Second', changes: { 6: p.objects[6].replace(' /NeedAppearances true', '') } }); }, 'no field looks otherwise'],
  ].map(([name, make, why]) => ({ name, make, expect: PASSED, why }));
  return [...evil, ...legal];
};
