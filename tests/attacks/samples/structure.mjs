// How a file is built: keys twice, signatures replaced, shared or misplaced, hybrid views, object streams, freed objects, marks and tails.
import { filled, formPaper, packed, pageObjects, Paper, placeOf, plainPaper, stream } from '../paper.mjs';

const kEvil = stream('BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET');

export default ({ sign, FORMAT, FAILED, NOT_PASSED, PASSED, NONE }) => {
  const signed = sign(plainPaper());
  const number = signed.size - 3; // signature dictionary, then its field, then the form
  const field = number + 1;
  const form = number + 2;
  const widget = (name, value, extra = '') => `<< /Type /Annot /Subtype /Widget /T (${name}) /V ${value} /P 4 0 R /Rect [0 0 0 0] /F 132${extra} >>`;
  const hybrid = (options) => plainPaper('x', {}, {}).save({ 60: '<< /Type /Metadata2 /Harmless true >>' }, { style: 'hybrid', compress: [60], ...options });
  const all = [
    ['key twice in the signature', () => sign(plainPaper(), { more: ' /Name (A) /Name (B)' }), FORMAT, 'readers differ in which of the two counts'],
    ['key twice in the field', () => sign(plainPaper(), { fieldEntries: ' /V null' }), NOT_PASSED, 'readers differ in whether the field is signed'],
    ['key twice in the catalog', () => sign(plainPaper('x', { catalog: ' /Pages 77 0 R' })), NOT_PASSED, 'readers differ in which pages they show'],
    ['key twice in the page', () => sign(plainPaper('x', { page: ' /Contents 77 0 R' })), NOT_PASSED, 'readers differ in what they show'],
    ['key twice in a later catalog', () => signed.save({ 1: signed.objects[1].replace(/ >>$/, ' /Pages 77 0 R >>') }), NOT_PASSED, 'readers differ in which pages they show'],
    ['key twice in the trailer', () => sign(plainPaper(), { save: { trailer: ' /Root 77 0 R' } }), NOT_PASSED, 'readers differ in which catalog counts'],
    ['signature freed later', () => signed.save({}, { free: [number] }), FORMAT, 'broken, not forgotten', { count: 1 }],
    ['signature null later', () => signed.save({ [number]: 'null' }), FORMAT, 'broken, not forgotten', { count: 1 }],
    ['signature replaced by an empty dictionary later', () => signed.save({ [number]: '<< >>' }), FORMAT, 'broken, not forgotten'],
    ['name of the signer changed later', () => { const body = signed.text.slice(placeOf(signed, number)).match(/obj\n([\s\S]*?)\nendobj/)[1]; return signed.save({ [number]: body.replace('/Type /Sig', '/Type /Sig /Name (Somebody Else)') }); }, FORMAT, 'the dictionary is what was signed, or nothing'],
    ['field without its value later', () => signed.save({ [field]: signed.objects[field].replace(` /V ${number} 0 R`, '') }), NOT_PASSED, 'the field looks as if it waited for a signature', { count: 1 }],
    ['field with a null value later', () => signed.save({ [field]: signed.objects[field].replace(`/V ${number} 0 R`, '/V null') }), NOT_PASSED, 'the field looks as if it waited for a signature', { count: 1 }],
    ['field freed later', () => signed.save({}, { free: [field] }), NOT_PASSED, 'a signature that nobody sees', { count: 1 }],
    ['field taken out of the form later', () => signed.save({ [form]: '<< /Fields [] /SigFlags 3 >>' }), NOT_PASSED, 'a signature that nobody sees', { count: 1 }],
    ['form taken out of the catalog later', () => signed.save({ 1: signed.objects[1].replace(/ \/AcroForm \d+ 0 R/, '') }), NOT_PASSED, 'a signature that nobody sees', { count: 1 }],
    ['field becomes a text field later', () => signed.save({ [field]: signed.objects[field].replace('/FT /Sig', '/FT /Tx') }), NOT_PASSED, 'a signature that nobody sees', { count: 1 }],
    ['field renamed later', () => signed.save({ [field]: signed.objects[field].replace('(Signature1)', '(Other)') }), NOT_PASSED, 'which approval it was is not what was signed'],
    ['value shared by two fields of the form', () => sign(formPaper({ fields: ' 40 0 R', more: { 40: widget('Twin', '41 0 R', ' /FT /Sig') } })), FORMAT, 'one value signs one field', { count: 1 }],
    ['value shared by a second field later', () => signed.save({ [form]: `<< /Fields [${field} 0 R 90 0 R] /SigFlags 3 >>`, 90: widget('Twin', `${number} 0 R`, ' /FT /Sig') }), NOT_PASSED, 'one value signs one field', { count: 1 }],
    ['two signature dictionaries of one /Contents', () => {
      const body = signed.text.slice(placeOf(signed, number)).match(/obj\n([\s\S]*?)\nendobj/)[1];
      return signed.save({ 4: signed.objects[4].replace('/Annots [', '/Annots [91 0 R '), [form]: `<< /Fields [${field} 0 R 91 0 R] /SigFlags 3 >>`, 90: body, 91: widget('Second', '90 0 R', ' /FT /Sig') });
    }, FAILED, 'the second one stands where it signs nothing', { count: 2 }],
    ['signature as value of a text field', () => sign(formPaper(), { into: 40, changes: { 6: formPaper().objects[6].replace('/Fields [', '/Fields [40 0 R '), 40: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (Text) /P 4 0 R /Rect [0 0 0 0] /F 132 >>' } }), FORMAT, 'only fields of signatures hold signatures', { count: 1 }],
    ['signature as value of a button', () => sign(formPaper(), { into: 40, changes: { 6: formPaper().objects[6].replace('/Fields [', '/Fields [40 0 R '), 40: '<< /Type /Annot /Subtype /Widget /FT /Btn /T (Button) /P 4 0 R /Rect [0 0 0 0] /F 132 >>' } }), FORMAT, 'only fields of signatures hold signatures', { count: 1 }],
    ['signature as value of a field without a type', () => sign(formPaper(), { into: 40, changes: { 6: formPaper().objects[6].replace('/Fields [', '/Fields [40 0 R '), 40: '<< /Type /Annot /Subtype /Widget /T (Untyped) /P 4 0 R /Rect [0 0 0 0] /F 132 >>' } }), FORMAT, 'only fields of signatures hold signatures', { count: 1 }],
    ['signature that an annotation alone leads to', () => sign(plainPaper(), { before: (text) => text.replace(/\/Fields \[\d+ 0 R\]/, (all) => `/Fields [${' '.repeat(all.length - 10)}]`) }), NOT_PASSED, 'no field of the form', { count: 1 }],
    ['signature inside an object stream', () => { const p = plainPaper(); return sign(p, { save: { style: 'stream', compress: [p.size] } }); }, FAILED, 'what is packed cannot be signed'],
    ['legal twin: field inside an object stream', () => { const p = plainPaper(); return sign(p, { save: { style: 'stream', compress: [p.size + 1, p.size + 2, 1, 4] } }); }, PASSED, 'fields, catalog and page may be packed'],
    ['legal twin: field type inherited from its parent', () => sign(formPaper(), { into: 40, changes: { 6: formPaper().objects[6].replace('/Fields [', '/Fields [41 0 R '), 41: '<< /FT /Sig /T (Group) /Kids [40 0 R] >>', 40: '<< /Type /Annot /Subtype /Widget /T (Own) /Parent 41 0 R /P 4 0 R /Rect [0 0 0 0] /F 132 >>' } }), PASSED, '/FT is inherited (table 220)', { field: 'Group.Own' }],
    ['legal twin: one field with two widgets', () => sign(formPaper(), { into: 40, changes: { 6: formPaper().objects[6].replace('/Fields [', '/Fields [40 0 R '), 40: '<< /FT /Sig /T (Own) /Kids [41 0 R 42 0 R] >>', 41: '<< /Type /Annot /Subtype /Widget /Parent 40 0 R /P 4 0 R /Rect [0 0 0 0] /F 132 >>', 42: '<< /Type /Annot /Subtype /Widget /Parent 40 0 R /P 4 0 R /Rect [0 0 0 0] /F 132 >>' } }), PASSED, 'widgets are no fields', { count: 1 }],
    ['hybrid: both views alike', () => sign(hybrid({}), {}), PASSED, 'hybrid-reference files are legal (7.5.8.4)'],
    ['hybrid: hidden objects freed in the table', () => sign(hybrid({ hideCompressed: 'free' }), {}), PASSED, 'what the standard itself describes'],
    ['hybrid: signed revision is hybrid', () => { const p = plainPaper(); return sign(p, { save: { style: 'hybrid', compress: [p.size + 1, p.size + 2] } }); }, PASSED, 'the field is hidden from readers of old, as in the standard\'s own example'],
    ['hybrid: the stream states another content', () => { const p = plainPaper(); const q = p.save({ 60: kEvil }); return sign(q.save({ 61: '<< >>' }, { style: 'hybrid', twin: [[5, { offset: placeOf(q, 60) }]] })); }, NOT_PASSED, 'readers of old and new show another page'],
    ['hybrid: later revision hides another content from old readers', () => signed.save({ 60: '<< >>', 61: kEvil }, { style: 'hybrid', twin: [[5, { offset: signed.text.length + '60 0 obj\n<< >>\nendobj\n'.length }]] }), NOT_PASSED, 'readers of old and new show another page'],
    ['hybrid: later revision hides a packed page from old readers', () => signed.save({ 4: signed.objects[4].replace('/Contents 5 0 R', '/Contents 61 0 R'), 61: kEvil }, { style: 'hybrid', compress: [4] }), NOT_PASSED, 'readers of old and new show another page'],
    ['hybrid: /XRefStm leads nowhere', () => { const p = plainPaper(); return sign(p, { save: { trailer: ' /XRefStm 99999999' } }); }, NOT_PASSED, 'half of the cross-reference is missing'],
    ['hybrid: /XRefStm leads to a table', () => { const p = plainPaper(); return sign(p, { save: { trailer: ` /XRefStm ${p.startxref}` } }); }, NOT_PASSED, 'half of the cross-reference is missing'],
    ['legal twin: tables first, then streams', () => sign(plainPaper(), { save: { style: 'stream' } }), PASSED, 'each revision has its own form'],
    ['legal twin: streams first, then a table', () => sign(plainPaper('x', {}, { style: 'stream' })), PASSED, 'each revision has its own form'],
    ['legal twin: all in object streams', () => sign(plainPaper('x', {}, { style: 'stream', compress: [1, 2, 3, 4] }), { save: { style: 'stream' } }), PASSED, 'packed objects are read'],
    ['legal twin: repacked with equal values later', () => signed.save({ 3: signed.objects[3], 2: signed.objects[2] }, { style: 'stream', compress: [2, 3] }), PASSED, 'another place, the same values', { modification: 'permitted|none' }],
    ['legal twin: rewritten with equal values later', () => signed.save({ 1: signed.objects[1].replaceAll(' /', '/'), 5: signed.objects[5] }), PASSED, 'another writing, the same values', { modification: 'permitted|none' }],
    ['object stream of another length than it says', () => { const bad = packed('60 0 << >>', ' /Type /ObjStm /N 9 /First 5'); const p = plainPaper().save({ 70: bad }); return sign(p); }, 'TOTAL-PASSED|INDETERMINATE', 'no entry leads into it'],
    ['legal twin: reference to nothing', () => sign(plainPaper('x', { page: ' /Thumb 77 0 R' })), PASSED, 'undefined is null (7.3.10)'],
    ['legal twin: reference to a freed object', () => sign(plainPaper('x', { page: ' /Thumb 60 0 R' }).save({ 60: 'null' }).save({}, { free: [60] })), PASSED, 'freed is null'],
    ['legal twin: reference of another generation', () => sign(plainPaper('x', { page: ' /Thumb 3 7 R' })), PASSED, 'another generation is null'],
    ['references in a circle', () => sign(Paper.create({ ...pageObjects('x', { page: ' /Thumb 60 0 R' }), 60: '61 0 R', 61: '60 0 R' })), 'TOTAL-PASSED|INDETERMINATE', 'bounded, whatever the verdict'],
    ['page tree in a circle', () => sign(Paper.create({ ...pageObjects(), 2: '<< /Type /Pages /Kids [4 0 R 2 0 R] /Count 2 >>' })), 'TOTAL-PASSED|INDETERMINATE|TOTAL-FAILED', 'bounded, whatever the verdict'],
    ['fields in a circle', () => { const p = formPaper({ fields: ' 40 0 R', more: { 40: '<< /T (loop) /Kids [40 0 R] >>' } }); return sign(p); }, NOT_PASSED, 'which fields there are cannot be told'],
    ['outlines in a circle', () => sign(Paper.create({ ...pageObjects('x', { catalog: ' /Outlines 60 0 R' }), 60: '<< /First 61 0 R /Last 61 0 R >>', 61: '<< /Title (a) /Parent 60 0 R /Next 61 0 R >>' })), PASSED, 'not walked'],
    ['nested without end', () => sign(Paper.create({ ...pageObjects(), 60: `${'['.repeat(5000)}${']'.repeat(5000)}` })), 'TOTAL-PASSED|INDETERMINATE|TOTAL-FAILED', 'bounded, whatever the verdict'],
    ['end-of-file marks in a stream', () => sign(Paper.create({ ...pageObjects(), 60: stream('%%EOF\n%%EOF\nstartxref\n0\n%%EOF\n') })), PASSED, 'data is no structure'],
    ['end-of-file mark in a comment of the signed revision', () => sign(plainPaper(), { save: { between: '% %%EOF inside\n' } }), 'TOTAL-PASSED', 'signed itself; worth a word'],
    ['end-of-file mark without its end of line', () => sign(plainPaper('x', {}, { ending: '%%EOF' }), { save: { ending: '%%EOF' } }), PASSED, 'the end of line is optional', { coverage: 'whole-file' }],
    ['legal twin: one end of line appended', () => sign(plainPaper(), { save: { ending: '%%EOF' } }).append('\n'), PASSED, 'one end of line is harmless', { coverage: 'whole-file' }],
    ['legal twin: carriage return and line feed appended', () => sign(plainPaper(), { save: { ending: '%%EOF' } }).append('\r\n'), PASSED, 'one end of line is harmless', { coverage: 'whole-file' }],
    ['legal twin: carriage return appended', () => sign(plainPaper(), { save: { ending: '%%EOF' } }).append('\r'), PASSED, 'one end of line is harmless', { coverage: 'whole-file' }],
    ['legal twin: one end of line appended to another', () => signed.append('\n'), PASSED, 'one unsigned end of line is harmless', { coverage: 'whole-file' }],
    ['legal twin: carriage returns everywhere', () => sign(plainPaper('x', {}, { ending: '%%EOF\r\n' }), { save: { ending: '%%EOF\r\n' } }), PASSED, 'another end of line'],
    ['end of line and more appended', () => sign(plainPaper(), { save: { ending: '%%EOF' } }).append('\nx'), FORMAT, 'no revision', { coverage: 'anomalous' }],
    ['embedded PDF that is signed, in a PDF that is not', () => Paper.create({ ...pageObjects('x', { catalog: ' /Names << /EmbeddedFiles << /Names [(a) 60 0 R] >> >>' }), 60: '<< /Type /Filespec /F (a) /EF << /F 61 0 R >> >>', 61: stream(signed.text, ' /Type /EmbeddedFile') }), NONE, 'signatures of embedded files do not count'],
    ['embedded PDF that is signed, in a PDF that is signed too', () => sign(Paper.create({ ...pageObjects('x', { catalog: ' /Names << /EmbeddedFiles << /Names [(a) 60 0 R] >> >>' }), 60: '<< /Type /Filespec /F (a) /EF << /F 61 0 R >> >>', 61: stream(signed.text, ' /Type /EmbeddedFile') })), PASSED, 'one signature, the outer one', { count: 1 }],
    ['embedded PDF that is broken, in a PDF that is signed', () => sign(Paper.create({ ...pageObjects('x'), 61: packed(signed.text.replace('nobody', 'n0body'), ' /Type /EmbeddedFile') })), PASSED, 'one signature, the outer one', { count: 1 }],
    ['encrypted', () => sign(plainPaper(), { save: { trailer: ' /Encrypt 60 0 R /ID [<00> <00>]' }, changes: { 60: '<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <00> /U <00> >>' } }), NOT_PASSED, 'what the pages show was not read'],
    ['encrypted by a later revision', () => signed.save({ 60: '<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <00> /U <00> >>' }, { trailer: ' /Encrypt 60 0 R /ID [<00> <00>]' }), NOT_PASSED, 'what the pages show became something else'],
    ['entry behind 4 GiB', () => signed.save({}, { style: 'stream', place: { 5: 2 ** 32 + placeOf(signed, 5) } }), NOT_PASSED, 'a reader of 32 bits would take it'],
    ['entry behind 2 to the 53', () => signed.save({}, { style: 'stream', place: { 5: Number.MAX_SAFE_INTEGER } }), NOT_PASSED, 'leads nowhere'],
    ['/Size too small', () => { const text = signed.text.replace(/\/Size \d+ \/Root 1 0 R \/Prev/, '/Size 3 /Root 1 0 R /Prev'); return sign(new Paper(text.replace(/\/Size \d+/, '/Size 3'), plainPaper().objects, plainPaper())); }, 'TOTAL-PASSED|INDETERMINATE|TOTAL-FAILED', 'some readers take objects beyond /Size for null'],
    ['word obj missing in the signed revision', () => { const p = plainPaper(); return sign(new Paper(p.text.replace('3 0 obj', '3 0 obi'), p.objects, p)); }, NOT_PASSED, 'an object that cannot be read'],
    ['stream longer than it is', () => { const p = plainPaper(); return sign(new Paper(p.text.replace(/\/Length \d+/, (words) => words.replace(/\d+/, (digits) => String(Number(digits) - 3))), p.objects, p)); }, NOT_PASSED, 'readers differ in where the data ends'],
    ['header in the middle', () => { const p = plainPaper(); return sign(new Paper(p.text.replace('%PDF-1.7', '%pdf-1.7'), p.objects, p)); }, 'NO-SIGNATURE|TOTAL-FAILED|INDETERMINATE', 'no PDF by its first octets, and yet a ByteRange'],
    ['filled in, undone, and the entries of both left', () => { const p = formPaper(); const s = sign(p, { docmdp: 1 }); const next = s.save(filled(s, 7, 'x')); return next.save({ 7: s.objects[7] }); }, 'TOTAL-PASSED|TOTAL-FAILED|INDETERMINATE', 'P 1 forbids the step, though nothing of it is left'],
  ];
  return all.map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
