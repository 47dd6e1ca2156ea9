// Where a page shows something: what is drawn in inks, thick by a state, in wide or falling letters counts as much as other words, and a stamp over it is one over words (P 3).
import { pageObjects, Paper, stream, textAppearance } from '../paper.mjs';

export default ({ sign, PASSED, NOT_PASSED }) => {
  const ink = '[/Separation /Black /DeviceCMYK << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0 0 1] >>]';
  const shape = '100 300 100 20 re f';
  const over = '[90 290 250 330]';
  const falling = (encoding) => ({ 20: `<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding ${encoding} /DescendantFonts [21 0 R] >>`, 21: '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>' });
  const wide = (more) => ({ 20: '<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [21 0 R] >>', 21: `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ${more} >>` });
  /** A certified page with this content, later a stamp at `rect`. */
  const stamped = (content, { resources = '', fonts = '', more = {}, rect = over } = {}) => () => {
    const objects = pageObjects('x', { content, resources });
    const p = sign(Paper.create({ ...objects, 4: objects[4].replace('/F1 3 0 R', `/F1 3 0 R${fonts}`), ...more }), { docmdp: 3, field: 'Certification' });
    return p.save({ 4: p.objects[4].replace('/Annots [', `/Annots [${p.size} 0 R `), [p.size]: `<< /Type /Annot /Subtype /Stamp /P 4 0 R /F 4 /Rect ${rect} /AP << /N ${p.size + 1} 0 R >> >>`, [p.size + 1]: textAppearance('to everybody') });
  };
  const bad = [
    ['a shape in a black ink', stamped(`/Ink cs 1 scn ${shape}`, { resources: ` /ColorSpace << /Ink ${ink} >>` })],
    ['a shape in a colour of an index', stamped(`/Ix cs 1 sc ${shape}`, { resources: ' /ColorSpace << /Ix [/Indexed /DeviceGray 1 <ff00>] >>' })],
    ['a shape in several inks', stamped(`/N cs 1 1 scn ${shape}`, { resources: ' /ColorSpace << /N [/DeviceN [/Black /Red] /DeviceCMYK << /FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1 0 1] >>] >>' })],
    ['a shape in four inks by a profile', stamped(`/P cs 1 1 1 scn ${shape}`, { resources: ' /ColorSpace << /P [/ICCBased 20 0 R] >>', more: { 20: stream('profile', ' /N 4 /Alternate /DeviceCMYK') } })],
    ['a shape in a colour of a profile with a range of its own', stamped(`/P cs 1 1 1 scn ${shape}`, { resources: ' /ColorSpace << /P [/ICCBased 20 0 R] >>', more: { 20: stream('profile', ' /N 3 /Range [0 100 -128 127 -128 127]') } })],
    ['the line that closes a shape', stamped('20 310 m 20 500 l 330 500 l 330 310 l s')],
    ['the line that closes a filled shape', stamped('1 g 20 310 m 20 500 l 330 500 l 330 310 l b')],
    ['a line that is moved before it is painted', stamped('100 500 m 200 500 l 1 0 0 1 0 -190 cm S')],
    ['a line that is moved back before it is painted', stamped('q 1 0 0 1 0 -190 cm 100 500 m 200 500 l Q S')],
    ['a white shape that is a difference', stamped(`/G gs 1 g ${shape}`, { resources: ' /ExtGState << /G << /BM /Difference >> >>' })],
    ['a white shape that is turned to black', stamped(`/G gs 1 g ${shape}`, { resources: ' /ExtGState << /G << /TR << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [0] >> >> >>' })],
    ['a line that is thick by its state', stamped('/G gs 100 350 m 250 350 l S', { resources: ' /ExtGState << /G << /LW 100 >> >>' })],
    ['letters whose font is part of their state', stamped('BT /G gs 100 300 Td (I grant access) Tj ET', { resources: ' /ExtGState << /G << /Font [3 0 R 20] >> >>' })],
    ['letters that fall', stamped('BT /T 20 Tf 100 500 Td (\\000A\\000B\\000A\\000B\\000A\\000B\\000A\\000B\\000A\\000B) Tj ET', { fonts: ' /T 20 0 R', more: falling('/Identity-V') })],
    ['letters that fall by a map of their own', stamped('BT /T 20 Tf 100 500 Td (\\000A\\000B\\000A\\000B\\000A\\000B\\000A\\000B\\000A\\000B) Tj ET', { fonts: ' /T 20 0 R', more: { ...falling('22 0 R'), 22: stream('', ' /Type /CMap /CMapName /Own /WMode 1') } })],
    ['letters that are all wide', stamped('BT /T 10 Tf 20 300 Td (\\000A\\000B\\000A) Tj ET', { fonts: ' /T 20 0 R', more: wide('/DW 9000') })],
    ['letters of which one is wide', stamped('BT /T 10 Tf 20 300 Td (\\000A\\000B\\000A) Tj ET', { fonts: ' /T 20 0 R', more: wide('/W [65 [9000 500]]') })],
    ['letters of a wide range', stamped('BT /T 10 Tf 20 300 Td (\\000A\\000B\\000A) Tj ET', { fonts: ' /T 20 0 R', more: wide('/W [60 70 9000]') })],
    ['a shape under two hundred saved states', stamped(`1 0 0 1 300 0 cm ${'q '.repeat(200)}1 0 0 1 -300 0 cm ${'Q '.repeat(200)}${'q '.repeat(3)}1 0 0 1 -300 0 cm ${shape}`)],
    ['annotations that two pages share', () => {
      const objects = pageObjects('I grant access to nobody');
      const p = sign(Paper.create({ ...objects, 2: '<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>', 4: objects[4].replace('/Contents 5', '/Annots 60 0 R /Contents 7'), 6: objects[4].replace('/MediaBox', '/Annots 60 0 R /MediaBox'), 7: stream(''), 60: '[]' }), { docmdp: 3, field: 'Certification' });
      return p.save({ 60: p.objects[60].replace('[', `[${p.size} 0 R `), [p.size]: `<< /Type /Annot /Subtype /Stamp /P 4 0 R /F 4 /Rect [60 700 400 745] /AP << /N ${p.size + 1} 0 R >> >>`, [p.size + 1]: textAppearance('to everybody') });
    }],
  ];
  const good = [
    ['a white shape', stamped(`1 g ${shape}`)],
    ['a white shape by a profile', stamped(`/P cs 1 1 1 scn ${shape}`, { resources: ' /ColorSpace << /P [/ICCBased 20 0 R] >>', more: { 20: stream('profile', ' /N 3 /Alternate /DeviceRGB') } })],
    ['a white shape in a plain state', stamped(`/G gs 1 g ${shape}`, { resources: ' /ExtGState << /G << /Type /ExtGState /BM /Normal /ca 1 /LW 1 >> >>' })],
    ['an open shape whose closing line would be below it', stamped('20 310 m 20 500 l 330 500 l 330 310 l S')],
    ['a line elsewhere that is moved before it is drawn', stamped('1 0 0 1 0 -90 cm 100 500 m 250 500 l S')],
    ['a white shape by a profile that says its range', stamped(`/P cs 1 1 1 scn ${shape}`, { resources: ' /ColorSpace << /P [/ICCBased 20 0 R] >>', more: { 20: stream('profile', ' /N 3 /Range [0 1 0 1 0 1]') } })],
    ['letters of two octets elsewhere', stamped('BT /T 10 Tf 20 300 Td (\\000A\\000B) Tj ET', { fonts: ' /T 20 0 R', more: wide('/DW 1000 /W [65 [500 600]]') })],
    ['a line with its width in a state elsewhere', stamped('/G gs 100 500 m 250 500 l S', { resources: ' /ExtGState << /G << /LW 2 >> >>' })],
  ];
  return [
    ...bad.map(([name, make]) => ({ name: `stamp over ${name}`, make, expect: NOT_PASSED, why: 'it covers what the page shows' })),
    ...good.map(([name, make]) => ({ name: `legal twin: stamp on ${name}`, make, expect: PASSED, why: 'it covers nothing', modification: 'permitted' })),
  ];
};
