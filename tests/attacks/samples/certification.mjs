// Certified documents (DocMDP): what each level forbids, evil annotations, sneaky signatures, and their legal twins.
import { filled, formPaper, stream, textAppearance } from '../paper.mjs';
import { docMdp, lock } from '../sign.mjs';

const look = (data, box = '0 0 595 842') => stream(data, ` /Type /XObject /Subtype /Form /BBox [${box}]`);
const kCover = look('1 g 0 0 595 842 re f 0 g BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET');

export default ({ sign, FORMAT, CONSTRAINTS, NOT_PASSED, PASSED }) => {
  const kEmpty = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Approval) /P 4 0 R /Rect [72 100 272 150] /F 4 >>';
  const base = formPaper({ fields: ' 40 0 R', more: { 40: kEmpty } });
  const certified = (level, options = {}) => sign(base, { docmdp: level, field: 'Certification', ...options });
  const annotated = (paper, entries, more = {}) => paper.save({ 4: paper.objects[4].replace('/Annots [', `/Annots [${paper.size} 0 R `), [paper.size]: `<< /Type /Annot /P 4 0 R /F 4 ${entries} >>`, ...more });
  const covered = (paper, subtype, more = '') => annotated(paper, `/Subtype /${subtype} /Rect [0 0 595 842] /AP << /N ${paper.size + 1} 0 R >>${more}`, { [paper.size + 1]: kCover });
  const note = (paper) => annotated(paper, '/Subtype /Text /Rect [500 20 520 40] /Contents (please check) /Name /Comment');
  const evil = ['FreeText', 'Stamp', 'Redact', 'Ink', 'Square', 'Polygon', 'Line', 'Watermark'].flatMap((subtype) => [
    [`evil annotation: ${subtype} over the page, P 3`, () => covered(certified(3), subtype), NOT_PASSED, 'annotations are permitted; replacing what is read is not'],
    [`evil annotation: ${subtype}, P 2`, () => covered(certified(2), subtype), FORMAT, 'P 2 permits no annotation', { modification: 'not-permitted' }],
    [`evil annotation: ${subtype}, P 1`, () => covered(certified(1), subtype), FORMAT, 'P 1 permits nothing', { modification: 'not-permitted' }],
  ]);
  const changed = (level) => [
    [`annotation of text, P ${level}`, () => note(certified(level)), level === 3 ? PASSED : FORMAT, level === 3 ? 'P 3 permits comments' : 'only P 3 permits comments', { modification: level === 3 ? 'permitted' : 'not-permitted' }],
    [`form filled in, P ${level}`, () => { const p = certified(level); return p.save(filled(p, 7, 'Somebody Invented')); }, level === 1 ? FORMAT : PASSED, level === 1 ? 'P 1 permits nothing' : 'filling in is permitted', { modification: level === 1 ? 'not-permitted' : 'permitted' }],
    [`check box set, P ${level}`, () => { const p = certified(level); return p.save({ 11: p.objects[11].replaceAll('/Off /AS', '/Yes /AS').replace('/AS /Off', '/AS /Yes') }); }, level === 1 ? FORMAT : PASSED, 'filling in'],
    [`empty field signed, P ${level}`, () => { const p = certified(level); return sign(p, { into: 40 }); }, level === 1 ? FORMAT : PASSED, level === 1 ? 'P 1 permits nothing' : 'signing is permitted', { count: 2 }],
    [`filled in, then the empty field signed, P ${level}`, () => { const p = certified(level); return sign(p.save(filled(p, 7, 'Somebody Invented')), { into: 40 }); }, level === 1 ? FORMAT : PASSED, 'what a certified form is made for', { count: 2 }],
    [`evidence added, P ${level}`, () => { const p = certified(level); return p.save({ 1: p.objects[1].replace(/ >>$/, ` /DSS ${p.size} 0 R >>`), [p.size]: '<< /Type /DSS >>' }); }, PASSED, 'ISO 32000-2: a DSS is always permitted', { modification: 'permitted' }],
    [`document timestamp, P ${level}`, () => sign(certified(level), { timestamp: true, field: 'Timestamp' }), PASSED, 'ISO 32000-2: document timestamps are always permitted', { count: 2 }],
    [`field removed, P ${level}`, () => { const p = certified(level); return p.save({ 6: p.objects[6].replace('9 0 R ', '') }); }, FORMAT, 'no level permits it', { modification: 'not-permitted' }],
    [`field moved, P ${level}`, () => { const p = certified(level); return p.save({ 9: p.objects[9].replace('[72 560 272 580]', '[72 60 272 80]') }); }, NOT_PASSED, 'no level permits it'],
    [`text field added, P ${level}`, () => { const p = certified(level); return p.save({ 4: p.objects[4].replace('/Annots [', '/Annots [90 0 R '), 6: p.objects[6].replace('/Fields [', '/Fields [90 0 R '), 90: p.objects[7].replace('(name)', '(more)'), }); }, FORMAT, 'no level permits it'],
    [`/Perms removed, P ${level}`, () => { const p = certified(level); return p.save({ 1: p.objects[1].replace(/ \/Perms << [^>]* >>/, '') }); }, FORMAT, 'a document that was certified stays certified'],
    [`/Perms removed and content replaced, P ${level}`, () => { const p = certified(level); return p.save({ 1: p.objects[1].replace(/ \/Perms << [^>]* >>/, ''), 5: stream('0 0 9 9 re f') }); }, FORMAT, 'a document that was certified stays certified'],
    [`form removed, P ${level}`, () => { const p = certified(level); return p.save({ 1: p.objects[1].replace(/ \/AcroForm 6 0 R/, '') }); }, FORMAT, 'no level permits it'],
    [`action when opened, P ${level}`, () => { const p = certified(level); return p.save({ 1: p.objects[1].replace(/ >>$/, ' /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>') }); }, FORMAT, 'no level permits it'],
    [`file attached, P ${level}`, () => { const p = certified(level); return p.save({ 1: p.objects[1].replace(/ >>$/, ` /Names << /EmbeddedFiles << /Names [(a) ${p.size} 0 R] >> >> >>`), [p.size]: '<< /Type /Filespec /F (a) >>' }); }, FORMAT, 'no level permits it'],
  ];
  const active = [
    ['link with a script, P 3', () => annotated(certified(3), '/Subtype /Link /Rect [0 0 9 9] /A << /S /JavaScript /JS (app.alert\\(1\\)) >>'), NOT_PASSED, 'an annotation may comment, not act'],
    ['link that starts a program, P 3', () => annotated(certified(3), '/Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (program) >>'), NOT_PASSED, 'an annotation may comment, not act'],
    ['form filled in with an action added, P 2', () => { const p = certified(2); const next = filled(p, 7, 'x'); next[7] = next[7].replace(/ >>$/, ' /AA << /K << /S /JavaScript /JS (app.alert\\(1\\)) >> >> >>'); return p.save(next); }, NOT_PASSED, 'filling in adds no action'],
    ['form filled in with a longer name, P 2', () => { const p = certified(2); const next = filled(p, 7, 'x'); next[7] = next[7].replace('/T (name)', '/T (other)'); return p.save(next); }, NOT_PASSED, 'filling in renames nothing'],
    ['form filled in, read-only lifted, P 2', () => { const p = sign(formPaper({ more: { 9: base.objects[9].replace(' /F 4', ' /F 4 /Ff 1') } }), { docmdp: 2, field: 'Certification' }); const next = filled(p, 9, '100000'); return p.save(next); }, 'TOTAL-PASSED|INDETERMINATE|TOTAL-FAILED', 'read-only binds who fills in by hand; DocMDP permits the value'],
  ];
  const sneaky = [
    ['sneaky signature: new field with an appearance over the page, P 2', () => { const p = certified(2); return sign(p, { field: 'Sneaky', rect: '0 0 595 842', fieldEntries: ` /AP << /N 95 0 R >>`, changes: { 95: kCover } }); }, NOT_PASSED, 'its appearance replaces what is read'],
    ['sneaky signature: new field with an appearance over the page, P 3', () => { const p = certified(3); return sign(p, { field: 'Sneaky', rect: '0 0 595 842', fieldEntries: ` /AP << /N 95 0 R >>`, changes: { 95: kCover } }); }, NOT_PASSED, 'its appearance replaces what is read'],
    ['sneaky signature: empty field grows over the page, P 2', () => { const p = certified(2); const q = sign(p, { into: 40, changes: { 40: kEmpty.replace('[72 100 272 150]', '[0 0 595 842]').replace(/ >>$/, ' /AP << /N 95 0 R >> >>'), 95: kCover } }); return q; }, NOT_PASSED, 'its appearance replaces what is read'],
    ['sneaky signature: new field, P 1', () => sign(certified(1), { field: 'Sneaky' }), FORMAT, 'P 1 permits nothing', { count: 2 }],
    ['sneaky signature: appearance of a signed field replaced later', () => {
      const p = sign(certified(2), { into: 40, changes: { 40: kEmpty.replace(/ >>$/, ' /AP << /N 95 0 R >> >>'), 95: look('BT /F1 9 Tf 2 2 Td (signed) Tj ET', '0 0 200 50') } });
      return p.save({ 95: look('BT /F1 9 Tf 2 2 Td (somebody else) Tj ET', '0 0 200 50') });
    }, NOT_PASSED, 'who signed is not what is shown'],
    ['second certification', () => sign(certified(2), { docmdp: 2, field: 'Again' }), NOT_PASSED, 'a document is certified once (12.8.4)'],
    ['certification after an approval', () => sign(sign(base), { docmdp: 2, field: 'Late' }), NOT_PASSED, 'certification is the first signature (12.8.2.2)'],
    ['certification of an unknown level', () => { const p = certified(7); return p.save(filled(p, 7, 'x')); }, NOT_PASSED, 'read as the strictest'],
    ['second signature lowers what the certification permits', () => { const p = sign(certified(3), { into: 40, changes: { 40: kEmpty.replace(/ >>$/, `${lock('All', [], ' /P 1')} >>`) } }); return note(p); }, NOT_PASSED, 'the lock of the second one permits nothing more'],
    ['/P of a lock in an approval', () => { const p = sign(base, { into: 40, changes: { 40: kEmpty.replace(/ >>$/, `${lock('Include', ['amount'], ' /P 1')} >>`) } }); return p.save(filled(p, 7, 'x')); }, FORMAT, 'ISO 32000-2, 12.7.5.5: /P of a lock works as DocMDP'],
    ['transform without /Perms', () => { const p = sign(base, { references: docMdp(1), field: 'Half' }); return p.save(filled(p, 7, 'x')); }, NOT_PASSED, 'the transform counts, or the certification is malformed'],
    ['form filled in after an approval', () => { const p = sign(base); return p.save(filled(p, 7, 'x')); }, CONSTRAINTS, 'policy: after an approval signature filling in is a change', { modification: 'suspicious' }],
    ['annotation after an approval', () => note(sign(base)), CONSTRAINTS, 'policy: after an approval signature an annotation is a change', { modification: 'suspicious' }],
    ['annotation filled into P 2 with a timestamp', () => note(sign(certified(2), { timestamp: true, field: 'Timestamp' })), FORMAT, 'the certification still holds', { count: 2 }],
    ['form filled in with an appearance over the page, P 2', () => { const p = certified(2); const next = filled(p, 7, 'x'); next[p.size] = textAppearance('x').replace('[0 0 200 20]', '[-72 -600 595 242]'); return p.save(next); }, 'TOTAL-PASSED|INDETERMINATE|TOTAL-FAILED', 'a form is scaled into its /Rect: it covers nothing else (12.5.5)'],
    ['form filled in, the widget grown over the page, P 2', () => { const p = certified(2); const next = filled(p, 7, 'x'); next[7] = next[7].replace('[72 600 272 620]', '[0 0 595 842]'); return p.save(next); }, NOT_PASSED, 'filling in moves nothing'],
    ['hidden field shown, P 2', () => { const p = sign(formPaper({ more: { 9: base.objects[9].replace('/F 4', '/F 2') } }), { docmdp: 2, field: 'Certification' }); return p.save({ 9: p.objects[9].replace('/F 2', '/F 4') }); }, NOT_PASSED, 'what was hidden when it was certified comes to light'],
    ['certified, nothing else', () => certified(1), PASSED, 'a certification', { coverage: 'whole-file' }],
  ];
  return [...evil, ...[1, 2, 3].flatMap(changed), ...active, ...sneaky].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
