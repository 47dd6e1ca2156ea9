// Comments on documents whose certification permits them (P 3), in the forms in which viewers write them; and marks that do more than to mark.
import { formPaper, pageObjects, Paper, stream, textAppearance } from '../paper.mjs';

const form = (data, more = '', box = '0 0 200 20') => stream(data, ` /Type /XObject /Subtype /Form /BBox [${box}]${more}`);
const kState = (entries) => ` /Resources << /ExtGState << /R0 << /Type /ExtGState ${entries} >> >> >>`;
const kGroup = ' /Group << /S /Transparency >>';

export default ({ sign, PASSED, FORMAT, CONSTRAINTS, NOT_PASSED }) => {
  const certified = (more = {}) => sign(formPaper(more), { docmdp: 3, field: 'Certification' });
  const base = certified();
  /** Annotations from bodies; `more` are objects that these name. Numbers start at paper.size. */
  const annotated = (paper, bodies, more = {}) => {
    const first = paper.size;
    const numbers = bodies.map((_, index) => first + index);
    return paper.save({ 4: paper.objects[4].replace('/Annots [', `/Annots [${numbers.map((number) => `${number} 0 R`).join(' ')} `),
      ...Object.fromEntries(bodies.map((body, index) => [first + index, `<< /Type /Annot /P 4 0 R /F 4 ${body} >>`])), ...more });
  };
  const at = base.size;
  const text = '[72 710 272 730]'; // over the page's words
  const empty = '[300 50 500 70]'; // over nothing
  const quads = '/QuadPoints [72 730 272 730 72 710 272 710]';
  const mark = (kind, entries, appearance) => annotated(base, [`/Subtype /${kind} /Rect ${text} ${quads} ${entries}${appearance ? ` /AP << /N ${at + 1} 0 R >>` : ''}`], appearance ? { [at + 1]: appearance, [at + 2]: form('1 1 0 rg 0 0 200 20 re f', kGroup) } : {});
  const legal = [
    ['highlight as Acrobat paints it', () => mark('Highlight', '/C [1 1 0]', form('1 1 0 rg /R0 gs 0 5 m 0 15 200 15 200 5 c f', kState('/AIS false /BM /Multiply'))), 'text shines through'],
    ['highlight as poppler paints it', () => mark('Highlight', '/C [1 1 0]', form('/R0 gs\n/Fm0 Do\n', ` /Resources << /ExtGState << /R0 << /Type /ExtGState /BM /Multiply >> >> /XObject << /Fm0 ${at + 2} 0 R >> >>`)), 'the group inside is multiplied as a whole'],
    ['highlight as pdf.js paints it', () => mark('Highlight', '/C [1 0.8 0.2]', form('/R0 gs\n1 0.8 0.2 rg\n0 0 m 200 0 l 200 20 l 0 20 l h f', kState('/BM /Multiply'))), 'text shines through'],
    ['highlight as MuPDF paints it', () => mark('Highlight', '/C [1 1 0]', form('/R0 gs 1 1 0 rg 0 0 m 200 0 l 200 20 l 0 20 l h f', ` /Resources << /ExtGState << /R0 << /Type /ExtGState /BM /Multiply /ca 0.5 /CA 0.5 >> >> >>${kGroup}`)), 'text shines through'],
    ['highlight in a named colour space of the device', () => mark('Highlight', '/C [1 1 0]', form('/R0 gs /DeviceRGB cs 1 1 0 scn 0 0 200 20 re f', kState('/BM /Multiply'))), 'text shines through'],
    ['highlight of several lines, half transparent', () => mark('Highlight', '/C [1 1 0]', form('1 1 0 rg /R0 gs 0 0 200 9 re f 0 9 120 9 re f', kState('/ca 0.5'))), 'text shines through'],
    ['highlight that the viewer paints', () => mark('Highlight', '/C [1 1 0]'), 'text shines through'],
    ['underline and strike-out', () => annotated(base, ['Underline', 'StrikeOut', 'Squiggly'].map((kind) => `/Subtype /${kind} /Rect ${text} ${quads} /C [1 0 0]`)), 'thin lines'],
    ['squiggly line', () => mark('Squiggly', '/C [1 0 0]', form(`1 0 0 RG 1 w 0 1 m ${Array.from({ length: 50 }, (_, i) => `${4 * i + 4} ${i % 2 ? 1 : 3} l`).join(' ')} S`)), 'a thin line'],
    ['note with its window', () => annotated(base, [`/Subtype /Text /Rect [500 20 520 40] /Contents (please check) /Name /Comment /Popup ${at + 1} 0 R`, `/Subtype /Popup /Rect [300 500 500 600] /Parent ${at} 0 R /Open false`]), 'a comment'],
    ['note, and a reply to it', () => annotated(base, ['/Subtype /Text /Rect [500 20 520 40] /Contents (please check) /NM (one)', `/Subtype /Text /Rect [500 20 520 40] /Contents (checked) /IRT ${at} 0 R /RT /R`]), 'a comment'],
    ['note, and later a reply to it', () => { const p = annotated(base, ['/Subtype /Text /Rect [500 20 520 40] /Contents (please check) /NM (one)']); return annotated(p, [`/Subtype /Text /Rect [500 20 520 40] /Contents (checked) /IRT ${at} 0 R /RT /R`]); }, 'a comment'],
    ['note whose words change later', () => { const p = annotated(base, ['/Subtype /Text /Rect [500 20 520 40] /Contents (please check)']); return p.save({ [at]: p.objects[at].replace('please check', 'never mind') }); }, 'nobody signed the note'],
    ['text beside the words', () => annotated(base, [`/Subtype /FreeText /Rect ${empty} /Contents (seen) /DA (/F1 9 Tf 0 g) /AP << /N ${at + 1} 0 R >>`], { [at + 1]: textAppearance('seen') }), 'it covers nothing'],
    ['text beside the words, changed later', () => { const p = annotated(base, [`/Subtype /FreeText /Rect ${empty} /Contents (seen) /DA (/F1 9 Tf 0 g) /AP << /N ${at + 1} 0 R >>`], { [at + 1]: textAppearance('seen') }); return p.save({ [at]: p.objects[at].replace('(seen)', '(seen twice)').replace(`${at + 1} 0 R`, `${at + 2} 0 R`), [at + 2]: textAppearance('seen twice') }); }, 'nobody signed the text, and it still covers nothing'],
    ['text beside the words, its appearance made anew in place', () => { const p = annotated(base, [`/Subtype /FreeText /Rect ${empty} /Contents (seen) /DA (/F1 9 Tf 0 g) /AP << /N ${at + 1} 0 R >>`], { [at + 1]: textAppearance('seen') }); return p.save({ [at + 1]: textAppearance('seen twice') }); }, 'nobody signed the text, and it still covers nothing'],
    ['text beside the words, moved to another empty place later', () => { const p = annotated(base, [`/Subtype /FreeText /Rect ${empty} /Contents (seen) /DA (/F1 9 Tf 0 g) /AP << /N ${at + 1} 0 R >>`], { [at + 1]: textAppearance('seen') }); return p.save({ [at]: p.objects[at].replace(empty, '[310 60 510 80]') }); }, 'nobody signed the text, and it still covers nothing'],
    ['stamp beside the words, removed later', () => { const p = annotated(base, [`/Subtype /Stamp /Rect ${empty} /Name /Approved /AP << /N ${at + 1} 0 R >>`], { [at + 1]: textAppearance('APPROVED') }); return p.save({ 4: base.objects[4] }); }, 'nobody signed the stamp'],
    ['note removed later', () => { const p = annotated(base, ['/Subtype /Text /Rect [500 20 520 40] /Contents (please check)']); return p.save({ 4: base.objects[4] }, { free: [at] }); }, 'nobody signed the note'],
    ['drawing beside the words', () => annotated(base, [`/Subtype /Ink /Rect ${empty} /InkList [[310 55 320 65 490 60]] /C [0 0 1] /AP << /N ${at + 1} 0 R >>`], { [at + 1]: form('0 0 1 RG 1 w 10 5 m 20 15 l 190 10 l S') }), 'it covers nothing'],
    ['file attached as a comment', () => annotated(base, [`/Subtype /FileAttachment /Rect [500 20 507 37] /Contents (minutes) /FS ${at + 1} 0 R /Name /PushPin`], { [at + 1]: `<< /Type /Filespec /F (minutes.txt) /EF << /F ${at + 2} 0 R >> >>`, [at + 2]: stream('minutes', ' /Type /EmbeddedFile') }), 'a comment'],
    ['link to another page', () => annotated(base, [`/Subtype /Link /Rect ${text} /Border [0 0 0] /Dest [4 0 R /Fit]`]), 'it leads somewhere'],
    ['note in a tagged document', () => {
      const tagged = sign(formPaper({ catalog: ' /StructTreeRoot 60 0 R /MarkInfo << /Marked true >>', page: ' /StructParents 0', more: { 60: '<< /Type /StructTreeRoot /K [61 0 R] /ParentTree 62 0 R /ParentTreeNextKey 1 >>', 61: '<< /Type /StructElem /S /P /P 60 0 R /Pg 4 0 R /K 0 >>', 62: '<< /Nums [0 [61 0 R]] >>' } }), { docmdp: 3, field: 'Certification' });
      const n = tagged.size;
      return annotated(tagged, ['/Subtype /Text /Rect [500 20 520 40] /Contents (please check) /StructParent 1'], { 60: tagged.objects[60].replace('[61 0 R]', `[61 0 R ${n + 1} 0 R]`).replace('NextKey 1', 'NextKey 2'), 62: `<< /Nums [0 [61 0 R] 1 ${n + 1} 0 R] >>`,
        [n + 1]: `<< /Type /StructElem /S /Annot /P 60 0 R /Pg 4 0 R /Alt (a note) /K << /Type /OBJR /Obj ${n} 0 R /Pg 4 0 R >> >>` });
    }, 'its element names the note and nothing else'],
  ].map(([name, make, why]) => ({ name, make, expect: PASSED, why, modification: 'permitted' }));

  const evil = [
    ['highlight in black that the viewer paints', () => mark('Highlight', '/C [0 0 0]'), 'multiplied with black the words are gone'],
    ['highlight in black', () => mark('Highlight', '/C [1 1 0]', form('0 g /R0 gs 0 0 200 20 re f', kState('/BM /Multiply'))), 'multiplied with black the words are gone'],
    ['highlight without a colour of its own', () => mark('Highlight', '/C [1 1 0]', form('/R0 gs 0 0 200 20 re f', kState('/BM /Multiply'))), 'black is what a stream begins with'],
    ['highlight in black by a colour space', () => mark('Highlight', '/C [1 1 0]', form('/R0 gs /DeviceGray cs 0 sc 0 0 200 20 re f', kState('/BM /Multiply'))), 'multiplied with black the words are gone'],
    ['highlight in a colour space in which 1 is black', () => mark('Highlight', '/C [1 1 0]', form('/R0 gs /Ink cs 1 scn 0 0 200 20 re f', ' /Resources << /ExtGState << /R0 << /BM /Multiply >> >> /ColorSpace << /Ink [/Separation /Black /DeviceCMYK << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0 0 1] >>] >> >>')), 'multiplied with black the words are gone'],
    ['highlight in a pattern', () => mark('Highlight', '/C [1 1 0]', form('/R0 gs /Pattern cs /P scn 0 0 200 20 re f', kState('/BM /Multiply'))), 'what it paints is not known'],
    ['highlight with a form inside that paints its own way', () => mark('Highlight', '/C [1 1 0]', form('/R0 gs /Fm0 Do', ` /Resources << /ExtGState << /R0 << /Type /ExtGState /BM /Multiply >> >> /XObject << /Fm0 << /Nothing true >> >> >>`)), 'what is inside cannot be read'],
    ['highlight whose group inside is black', () => annotated(base, [`/Subtype /Highlight /Rect ${text} ${quads} /C [1 1 0] /AP << /N ${at + 1} 0 R >>`], { [at + 1]: form('/R0 gs /Fm0 Do', ` /Resources << /ExtGState << /R0 << /BM /Multiply >> >> /XObject << /Fm0 ${at + 2} 0 R >> >>`), [at + 2]: form('0 0 200 20 re f', kGroup) }), 'multiplied with black the words are gone'],
    ['highlight with a form inside that switches to covering', () => annotated(base, [`/Subtype /Highlight /Rect ${text} ${quads} /C [1 1 0] /AP << /N ${at + 1} 0 R >>`], { [at + 1]: form('/R0 gs /Fm0 Do', ` /Resources << /ExtGState << /R0 << /BM /Multiply >> >> /XObject << /Fm0 ${at + 2} 0 R >> >>`), [at + 2]: form('/R1 gs 1 g 0 0 200 20 re f', ' /Resources << /ExtGState << /R1 << /BM /Normal >> >> >>') }), 'the words are painted over'],
    ['highlight that is half white many times', () => mark('Highlight', '/C [1 1 1]', form(`1 g /R0 gs ${'0 0 200 20 re f '.repeat(30)}`, kState('/ca 0.6'))), 'thirty veils are a wall'],
    ['highlight that ends its translucence', () => mark('Highlight', '/C [1 1 0]', form('q /R0 gs 1 1 0 rg Q 1 g 0 0 200 20 re f', kState('/BM /Multiply'))), 'what was saved is restored, and covers'],
    ['underline in a thousand lines', () => mark('Underline', '/C [1 1 1]', form(`1 G 4 w ${Array.from({ length: 10 }, (_, i) => `0 ${2 * i} m 200 ${2 * i} l S`).join(' ')}`)), 'lines side by side are a surface'],
    ['underline in one winding line', () => mark('Underline', '/C [1 1 1]', form(`1 G 4 w 0 0 m ${Array.from({ length: 60 }, (_, i) => `${i % 2 ? 0 : 200} ${i / 3} l`).join(' ')} S`)), 'a line that winds is a surface'],
    ['link with a border as wide as the page', () => annotated(base, [`/Subtype /Link /Rect ${text} /Border [0 0 400] /C [1 1 1] /A << /S /URI /URI (https://example.org/) >>`]), 'the border paints over the words'],
    ['link with a wide border of its style', () => annotated(base, [`/Subtype /Link /Rect ${text} /BS << /W 400 /S /S >> /C [1 1 1] /A << /S /URI /URI (https://example.org/) >>`]), 'the border paints over the words'],
    ['polygon whose corners lie elsewhere than its rectangle', () => annotated(base, [`/Subtype /Polygon /Rect ${empty} /Vertices [0 700 595 700 595 760 0 760] /IC [1 1 1] /C [1 1 1]`]), 'the viewer paints it where its corners lie'],
    ['line with ends elsewhere than its rectangle', () => annotated(base, [`/Subtype /Line /Rect ${empty} /L [0 720 595 720] /BS << /W 40 >> /C [1 1 1]`]), 'the viewer paints it where its ends lie'],
    ['drawing elsewhere than its rectangle', () => annotated(base, [`/Subtype /Ink /Rect ${empty} /InkList [[0 720 595 720]] /BS << /W 40 >> /C [1 1 1]`]), 'the viewer paints it where its points lie'],
    ['square with a border that reaches over the words', () => annotated(base, ['/Subtype /Square /Rect [300 50 500 70] /BS << /W 1400 >> /C [1 1 1]']), 'the viewer paints the border as wide as it is asked to'],
    ['text with its pointer over the words', () => annotated(base, [`/Subtype /FreeText /IT /FreeTextCallout /Rect ${empty} /Contents (x) /DA (/F1 9 Tf) /CL [0 720 300 720 595 720] /BS << /W 40 >>`]), 'the viewer paints the pointer'],
    ['text beside the words, moved over them later', () => { const p = annotated(base, [`/Subtype /FreeText /Rect ${empty} /Contents (seen) /AP << /N ${at + 1} 0 R >>`], { [at + 1]: textAppearance('seen') }); return p.save({ [at]: p.objects[at].replace(empty, text) }); }, 'two steps'],
    ['empty note that becomes a stamp over the words', () => { const p = annotated(base, [`/Subtype /Text /Rect ${text} /Contents (seen)`]); return p.save({ [at]: p.objects[at].replace('/Text', '/Stamp').replace(/ >>$/, ` /AP << /N ${at + 1} 0 R >> >>`), [at + 1]: textAppearance('to everybody') }); }, 'two steps'],
    ['hidden stamp that is shown later', () => { const p = annotated(base, [`/Subtype /Stamp /Rect ${text} /AP << /N ${at + 1} 0 R >>`], { [at + 1]: textAppearance('to everybody') }); const hidden = p.objects[at].replace('/F 4', '/F 2'); return annotated(base, [`/Subtype /Text /Rect [0 0 9 9]`], {}).save({ 4: p.objects[4], [at]: hidden, [at + 1]: textAppearance('to everybody') }).save({ [at]: p.objects[at] }); }, 'two steps'],
    ['popup with an appearance', () => annotated(base, [`/Subtype /Popup /Rect ${text} /Open true /AP << /N ${at + 1} 0 R >>`], { [at + 1]: textAppearance('to everybody') }), 'an appearance paints'],
    ['note in a tagged document whose element says other words', () => {
      const tagged = sign(formPaper({ catalog: ' /StructTreeRoot 60 0 R /MarkInfo << /Marked true >>', page: ' /StructParents 0', more: { 60: '<< /Type /StructTreeRoot /K [61 0 R] /ParentTree 62 0 R /ParentTreeNextKey 1 >>', 61: '<< /Type /StructElem /S /P /P 60 0 R /Pg 4 0 R /K 0 >>', 62: '<< /Nums [0 [61 0 R]] >>' } }), { docmdp: 3, field: 'Certification' });
      const n = tagged.size;
      return annotated(tagged, ['/Subtype /Text /Rect [500 20 520 40] /Contents (please check) /StructParent 1'], { 60: tagged.objects[60].replace('[61 0 R]', `[${n + 1} 0 R 61 0 R]`), 62: `<< /Nums [0 [61 0 R] 1 ${n + 1} 0 R] >>`,
        [n + 1]: `<< /Type /StructElem /S /Annot /P 60 0 R /Pg 4 0 R /ActualText (I grant access to everybody) /K << /Type /OBJR /Obj ${n} 0 R /Pg 4 0 R >> >>` });
    }, 'what is read aloud is more than the note'],
    ['text of the page gets other words to be read aloud', () => { const tagged = sign(formPaper({ catalog: ' /StructTreeRoot 60 0 R', more: { 60: '<< /Type /StructTreeRoot /K [61 0 R] >>', 61: '<< /Type /StructElem /S /P /P 60 0 R /Pg 4 0 R /K 0 /ActualText (to nobody) >>' } }), { docmdp: 3, field: 'Certification' }); return tagged.save({ 61: tagged.objects[61].replace('nobody', 'everybody') }); }, 'what is read aloud is another text'],
  ].map(([name, make, why]) => ({ name, make, expect: NOT_PASSED, why }));

  // a comment that was signed is not taken back
  const noted = sign(Paper.create({ ...pageObjects('x', { page: ' /Annots [60 0 R]' }), 60: '<< /Type /Annot /Subtype /FreeText /P 4 0 R /F 4 /Rect [300 50 500 70] /Contents (valid until 2030) /AP << /N 61 0 R >> >>', 61: textAppearance('valid until 2030') }), { docmdp: 3, field: 'Certification' });
  const signed = [
    ['text that was certified removed', () => noted.save({ 4: noted.objects[4].replace('60 0 R', '') }), 'it was part of what was certified'],
    ['text that was certified says something else', () => noted.save({ 61: textAppearance('valid for ever') }), 'it was part of what was certified'],
    ['text that was certified moved', () => noted.save({ 60: noted.objects[60].replace('[300 50 500 70]', '[300 90 500 110]') }), 'it was part of what was certified'],
    ['text that was certified freed', () => noted.save({}, { free: [60] }), 'it was part of what was certified'],
    ['text that was certified hidden', () => noted.save({ 60: noted.objects[60].replace('/F 4', '/F 2') }), 'it was part of what was certified'],
  ].map(([name, make, why]) => ({ name, make, expect: NOT_PASSED, why }));
  return [...legal, ...evil, ...signed];
};
