// Shadow attacks: content is prepared before somebody signs, and switched afterwards.
import { filled, formPaper, pageObjects, Paper, placeOf, plainPaper, stream, textAppearance } from '../paper.mjs';

const form = (data, more = '') => stream(data, ` /Type /XObject /Subtype /Form /BBox [0 0 595 842]${more}`);

export default ({ sign, CONSTRAINTS, NOT_PASSED, PASSED }) => {
  const cover = (more = {}) => sign(Paper.create({ ...pageObjects('I grant access to everybody', { resources: ' /XObject << /Over 6 0 R >>', content: '/Over Do' }), 6: form('1 g 0 700 595 60 re f 0 g BT /F1 18 Tf 72 720 Td (to nobody) Tj ET'), ...more }));
  const layered = (state = '/ON [7 0 R] /OFF [8 0 R]') => sign(Paper.create({
    ...pageObjects('', { catalog: ` /OCProperties 9 0 R`, resources: ' /Properties << /A 7 0 R /B 8 0 R >>', content: '/OC /A BDC BT /F1 18 Tf 72 700 Td (to nobody) Tj ET EMC /OC /B BDC BT /F1 18 Tf 72 700 Td (to everybody) Tj ET EMC' }),
    7: '<< /Type /OCG /Name (shown) >>', 8: '<< /Type /OCG /Name (hidden) >>',
    9: `<< /OCGs [7 0 R 8 0 R] /D << ${state} /Order [7 0 R 8 0 R] >> >>`,
  }));
  const stamped = sign(Paper.create({ ...pageObjects('I grant access to everybody', { page: ' /Annots [6 0 R]' }), 6: '<< /Type /Annot /Subtype /Stamp /Rect [0 700 595 760] /F 4 /P 4 0 R /AP << /N 7 0 R >> >>', 7: form('1 g 0 0 595 60 re f') }));
  const image = (sample) => stream(sample, ' /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8');
  const pictured = sign(Paper.create({ ...pageObjects('', { resources: ' /XObject << /I 6 0 R >>', content: 'q 100 0 0 100 72 500 cm /I Do Q' }), 6: image('\x00') }));
  const fonted = sign(Paper.create({ ...pageObjects(), 3: '<< /Type /Font /Subtype /TrueType /BaseFont /Own /FirstChar 65 /LastChar 66 /Widths [500 500] /FontDescriptor 6 0 R /Encoding 8 0 R >>', 6: '<< /Type /FontDescriptor /FontName /Own /Flags 32 /FontBBox [0 0 9 9] /ItalicAngle 0 /Ascent 9 /Descent 0 /CapHeight 9 /StemV 9 /FontFile2 7 0 R >>', 7: stream('glyphs'), 8: '<< /Type /Encoding /Differences [65 /A /B] >>' }));
  const valued = sign(formPaper());
  const two = sign(Paper.create({
    ...pageObjects('I grant access to nobody'), 30: '<< /Type /Catalog /Pages 31 0 R >>', 31: '<< /Type /Pages /Kids [32 0 R] /Count 1 >>',
    32: '<< /Type /Page /Parent 31 0 R /MediaBox [0 0 595 842] /Contents 33 0 R /Resources << /Font << /F1 3 0 R >> >> >>', 33: stream('BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET'),
  }));
  const all = [
    ['hide: overlay taken out of the page', () => { const p = cover(); return p.save({ 4: p.objects[4].replace('/XObject << /Over 6 0 R >>', '') }); }, CONSTRAINTS, 'what lay underneath comes to light'],
    ['hide: overlay freed', () => cover().save({}, { free: [6] }), CONSTRAINTS, 'freed is null: what lay underneath comes to light'],
    ['hide: overlay emptied', () => cover().save({ 6: form('') }), CONSTRAINTS, 'what lay underneath comes to light'],
    ['hide: overlay becomes null', () => cover().save({ 6: 'null' }), CONSTRAINTS, 'what lay underneath comes to light'],
    ['hide: overlay with another /BBox', () => cover().save({ 6: form('1 g 0 700 595 60 re f', '').replace('[0 0 595 842]', '[0 0 1 1]') }), CONSTRAINTS, 'what lay underneath comes to light'],
    ['hide: overlay put into optional content', () => cover().save({ 6: form('1 g 0 700 595 60 re f', ' /OC << /Type /OCG /Name (off) >>') }), CONSTRAINTS, 'what lay underneath comes to light'],
    ['hide: stamp taken out of the page', () => stamped.save({ 4: stamped.objects[4].replace(/6 0 R/, '') }), NOT_PASSED, 'what lay underneath comes to light'],
    ['hide: stamp freed', () => stamped.save({}, { free: [6] }), NOT_PASSED, 'what lay underneath comes to light'],
    ['hide: stamp hidden by its flags', () => stamped.save({ 6: stamped.objects[6].replace('/F 4', '/F 2') }), NOT_PASSED, 'what lay underneath comes to light'],
    ['hide: stamp moved', () => stamped.save({ 6: stamped.objects[6].replace('[0 700 595 760]', '[0 0 595 60]') }), NOT_PASSED, 'what lay underneath comes to light'],
    ['hide: stamp with another appearance', () => stamped.save({ 7: form('') }), NOT_PASSED, 'what lay underneath comes to light'],
    ['hide: optional content switched in its default', () => { const p = layered(); return p.save({ 9: p.objects[9].replace('/ON [7 0 R] /OFF [8 0 R]', '/ON [8 0 R] /OFF [7 0 R]') }); }, CONSTRAINTS, 'other layers are shown'],
    ['hide: optional content all on', () => { const p = layered(); return p.save({ 9: p.objects[9].replace('/OFF [8 0 R]', '') }); }, CONSTRAINTS, 'other layers are shown'],
    ['hide: optional content taken out of the catalog', () => { const p = layered(); return p.save({ 1: p.objects[1].replace('/OCProperties 9 0 R', '') }); }, CONSTRAINTS, 'every layer is shown'],
    ['hide: page cut by another /CropBox', () => { const p = cover(); return p.save({ 4: p.objects[4].replace('/MediaBox', '/CropBox [0 0 300 300] /MediaBox') }); }, CONSTRAINTS, 'part of the page is gone'],
    ['hide: page turned', () => { const p = cover(); return p.save({ 4: p.objects[4].replace('/MediaBox', '/Rotate 180 /MediaBox') }); }, CONSTRAINTS, 'the page looks otherwise'],
    ['replace: font descriptor', () => fonted.save({ 6: fonted.objects[6].replace('/Flags 32', '/Flags 4') }), CONSTRAINTS, 'glyphs may change their look'],
    ['replace: font file', () => fonted.save({ 7: stream('others') }), CONSTRAINTS, 'glyphs change their look'],
    ['replace: encoding of a font', () => fonted.save({ 8: '<< /Type /Encoding /Differences [65 /B /A] >>' }), CONSTRAINTS, 'letters change places'],
    ['replace: widths of a font', () => fonted.save({ 3: fonted.objects[3].replace('[500 500]', '[0 900]') }), CONSTRAINTS, 'letters change places'],
    ['replace: image', () => pictured.save({ 6: image('\xff') }), CONSTRAINTS, 'another picture'],
    ['replace: length of the content, which ends in two places', () => {
      const data = 'BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET\nendstream\nendobj\n1 g 0 700 595 60 re f 0 g BT /F1 18 Tf 72 720 Td (to nobody) Tj ET';
      const p = sign(Paper.create({ ...pageObjects(), 5: `<< /Length 6 0 R >>\nstream\n${data}\nendstream`, 6: String(data.length) }));
      return p.save({ 6: String(data.indexOf('\nendstream')) });
    }, NOT_PASSED, 'the second half of the content is gone, and no octet of it changed'],
    ['replace: filter of the content, by reference', () => { const p = sign(Paper.create({ ...pageObjects(), 5: '<< /Length 12 /Filter 6 0 R >>\nstream\n3020302030>  \nendstream', 6: '/ASCIIHexDecode' })); return p.save({ 6: '[]' }); }, NOT_PASSED, 'the same octets mean something else'],
    ['replace: /MediaBox inherited from the page tree', () => { const p = sign(Paper.create({ ...pageObjects(), 2: '<< /Type /Pages /Kids [4 0 R] /Count 1 /Rotate 0 >>' })); return p.save({ 2: '<< /Type /Pages /Kids [4 0 R] /Count 1 /Rotate 180 >>' }); }, NOT_PASSED, 'the page looks otherwise'],
    ['replace: the same number in another generation', () => { const p = sign(plainPaper()); return p.append('').save({}, { between: `5 1 obj\n${stream('0 0 9 9 re f')}\nendobj\n`, free: [5] }); }, NOT_PASSED, 'the old content is freed'],
    ['replace: resources of the page', () => { const p = cover(); return p.save({ 4: p.objects[4].replace('/F1 3 0 R', '/F1 << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>') }); }, CONSTRAINTS, 'letters change their look'],
    ['replace: value of a text field', () => valued.save(filled(valued, 9, '100000')), NOT_PASSED, 'after an approval signature filling in counts as a change'],
    ['replace: appearance of a text field, its value kept', () => valued.save({ 10: textAppearance('100000') }), NOT_PASSED, 'what is seen is not what the field holds'],
    ['replace: value of a text field, its appearance kept', () => valued.save({ 9: valued.objects[9].replace('/V (100)', '/V (100000)') }), NOT_PASSED, 'what the field holds is not what is seen'],
    ['replace: default appearance of the form', () => valued.save({ 6: valued.objects[6].replace('/F1 12 Tf 0 g', '/F1 12 Tf 1 g') }), NOT_PASSED, 'white on white'],
    ['hide and replace: trailer switches to the second document', () => two.save({}, { root: 30 }), NOT_PASSED, 'everything was signed, and something else is shown'],
    ['hide and replace: entry leads to the second content', () => two.save({}, { place: { 5: placeOf(two, 33) } }), NOT_PASSED, 'a section without any new object'],
    ['hide and replace: page tree switched', () => two.save({ 1: two.objects[1].replace('/Pages 2 0 R', '/Pages 31 0 R') }), NOT_PASSED, 'everything was signed, and something else is shown'],
    ['hide and replace: an older writing of the same object', () => {
      const first = plainPaper('I grant access to everybody');
      const second = sign(first.save({ 5: pageObjects('I grant access to nobody')[5] }));
      return second.save({}, { place: { 5: placeOf(first, 5) } });
    }, CONSTRAINTS, 'the section brings back what a revision before the signature had replaced'],
    ['hide and replace: only the cross-reference stream differs', () => two.save({}, { style: 'stream', place: { 1: placeOf(two, 30) } }), NOT_PASSED, 'entries lead to other objects'],
    ['hide and replace: reference that dangled when it was signed', () => {
      const p = sign(Paper.create(pageObjects('I grant access to nobody', { resources: ' /XObject << /Over 99 0 R >>', content: '/Over Do' })));
      return p.save({ 99: form('1 g 0 700 595 60 re f 0 g BT /F1 18 Tf 72 720 Td (to everybody) Tj ET') });
    }, CONSTRAINTS, 'the object comes to life'],
    ['hide and replace: freed object brought back', () => {
      const first = Paper.create({ ...pageObjects('I grant access to nobody', { resources: ' /XObject << /Over 6 0 R >>', content: '/Over Do' }), 6: form('1 g 0 700 595 60 re f') });
      const p = sign(first.save({}, { free: [6] }));
      return p.save({}, { place: { 6: placeOf(first, 6) } });
    }, NOT_PASSED, 'the object comes back to life'],
    ['legal twin: a second approval over optional content', () => sign(layered(), { field: 'Signature2' }), PASSED, 'nothing is switched', { count: 2 }],
    ['legal twin: a second approval over an overlay', () => sign(cover(), { field: 'Signature2' }), PASSED, 'nothing is taken away', { count: 2 }],
    ['legal twin: a second approval on a form', () => sign(valued, { field: 'Signature2' }), PASSED, 'nothing is filled in', { count: 2 }],
    ['legal twin: a second approval where a reference dangles', () => sign(sign(Paper.create(pageObjects('x', { resources: ' /XObject << /Over 99 0 R >>' }))), { field: 'Signature2' }), PASSED, 'it goes on dangling', { count: 2 }],
  ];
  return all.map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
