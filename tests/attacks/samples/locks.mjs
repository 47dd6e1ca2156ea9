// Locks of fields (FieldMDP and /Lock): Include, Exclude, All; names matched on dots; kids; objects shared with what is permitted (clobber).
import { filled, formPaper, pageObjects, Paper, stream, textAppearance } from '../paper.mjs';
import { fieldMdp, lock } from '../sign.mjs';

export default ({ sign, FORMAT, CONSTRAINTS, NOT_PASSED, PASSED }) => {
  const base = formPaper();
  const permitted = (paper) => sign(paper, { docmdp: 2, field: 'Certification' });
  const locked = (action, names, { by = 'both' } = {}) => sign(permitted(base), { field: 'Approval',
    ...(by !== 'lock' ? { references: fieldMdp(action, names) } : {}), ...(by !== 'reference' ? { fieldEntries: lock(action, names) } : {}) });
  const fill = (paper, number) => paper.save(filled(paper, number, 'other'));
  const all = [
    ['All: a field filled in', () => fill(locked('All'), 7), FORMAT, 'every field is locked'],
    ['All by /Lock alone', () => fill(locked('All', [], { by: 'lock' }), 7), FORMAT, 'every field is locked'],
    ['All by /Reference alone', () => fill(locked('All', [], { by: 'reference' }), 7), FORMAT, 'every field is locked'],
    ['All: a kid filled in', () => fill(locked('All'), 15), FORMAT, 'every field is locked'],
    ['Include: the named field filled in', () => fill(locked('Include', ['name']), 7), FORMAT, 'locked by name'],
    ['Include: another field filled in', () => fill(locked('Include', ['name']), 9), NOT_PASSED, 'not locked, but policy: filling in after an approval is a change'],
    ['Include: a kid of the named field filled in', () => fill(locked('Include', ['data']), 15), FORMAT, 'a name locks what lies below it'],
    ['Include: the named kid filled in', () => fill(locked('Include', ['data.street']), 15), FORMAT, 'locked by its whole name'],
    ['Exclude: the named field filled in', () => fill(locked('Exclude', ['name']), 7), NOT_PASSED, 'not locked, but policy: filling in after an approval is a change'],
    ['Exclude: another field filled in', () => fill(locked('Exclude', ['name']), 9), FORMAT, 'all but the named one are locked'],
    ['Exclude: a kid of another field', () => fill(locked('Exclude', ['name']), 15), FORMAT, 'all but the named one are locked'],
    ['Exclude nothing: any field', () => fill(locked('Exclude', []), 9), FORMAT, 'all are locked'],
    ['Include: the parent renamed', () => { const p = locked('Include', ['data']); return p.save({ 14: p.objects[14].replace('(data)', '(other)') }); }, FORMAT, 'the lock would no longer hold'],
    ['Include: the parent replaced', () => { const p = locked('Include', ['data']); return p.save({ 6: p.objects[6].replace('14 0 R', '90 0 R'), 90: p.objects[14] }); }, FORMAT, 'another field of the same name'],
    ['Include: a kid added', () => { const p = locked('Include', ['data']); return p.save({ 14: p.objects[14].replace('/Kids [', '/Kids [90 0 R '), 90: p.objects[15].replace('(street)', '(number)') }); }, FORMAT, 'kids of a locked field stay as they are'],
    ['Include: a kid removed', () => { const p = locked('Include', ['data']); return p.save({ 14: p.objects[14].replace('17 0 R', '') }); }, FORMAT, 'kids of a locked field stay as they are'],
    ['Include: the appearance of a locked field swapped', () => locked('Include', ['amount']).save({ 10: textAppearance('100000') }), NOT_PASSED, 'what is seen of a locked field changes'],
    ['Include: a second field of the locked name', () => { const p = locked('Include', ['amount']); return p.save({ 4: p.objects[4].replace('/Annots [', '/Annots [90 0 R '), 6: p.objects[6].replace('/Fields [', '/Fields [90 0 R '), 90: p.objects[9].replace('(100)', '(100000)') }); }, FORMAT, 'two fields of one name share a value'],
    ['an action that is none', () => fill(locked('Everything', ['name']), 9), NOT_PASSED, 'read as the strictest'],
    ['"Signature 1" does not lock "Signature 10"', () => {
      const field = (name) => `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /P 4 0 R /Rect [0 0 0 0] /F 132 >>`;
      const paper = permitted(formPaper({ fields: ' 40 0 R', more: { 40: field('Signature 10') } }));
      return sign(sign(paper, { field: 'Approval', references: fieldMdp('Include', ['Signature 1']) }), { into: 40 });
    }, PASSED, 'names end at dots', { count: 3 }],
    ['"Signature 1" locks "Signature 1"', () => {
      const field = (name) => `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /P 4 0 R /Rect [0 0 0 0] /F 132 >>`;
      const paper = permitted(formPaper({ fields: ' 40 0 R', more: { 40: field('Signature 1') } }));
      return sign(sign(paper, { field: 'Approval', references: fieldMdp('Include', ['Signature 1']) }), { into: 40 });
    }, FORMAT, 'the twin', { count: 3 }],
    ['legal twin: locked, and another approval', () => sign(locked('Include', ['name']), { field: 'Second' }), PASSED, 'a new signature fills nothing in', { count: 3 }],
    ['legal twin: All, and a document timestamp', () => sign(locked('All'), { timestamp: true, field: 'Timestamp' }), PASSED, 'timestamps are always permitted', { count: 3 }],
    ['legal twin: filled in before it was locked', () => { const p = permitted(base); return sign(p.save(filled(p, 7, 'Somebody')), { field: 'Approval', fieldEntries: lock('All'), references: fieldMdp('All') }); }, PASSED, 'the lock begins with the signature', { count: 2 }],
  ];
  // an object that a permitted change may replace, and that something else shows too
  const shared = (more, options = {}) => permitted(formPaper({ more, ...options }));
  const clobber = [
    ['clobber: appearance of a field is the page\'s overlay', () => {
      const p = shared({ 4: base.objects[4].replace('/F1 3 0 R >>', '/F1 3 0 R >> /XObject << /Over 10 0 R >>'), 5: stream('/Over Do') });
      return p.save({ 10: textAppearance('to everybody') });
    }, FORMAT, 'filling in may renew the appearance, but the page shows it too'],
    ['clobber: appearance of two fields', () => {
      const p = shared({ 9: base.objects[9].replace('/N 10 0 R', '/N 8 0 R') });
      return p.save({ 8: textAppearance('other'), 7: p.objects[7].replace('/V ()', '/V (other)') });
    }, NOT_PASSED, 'a field that nobody filled in looks otherwise'],
    ['clobber: font of the appearance is the page\'s', () => {
      const p = shared({});
      return p.save({ ...filled(p, 7, 'x'), 3: '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>' });
    }, FORMAT, 'filling in may add fonts, not replace those of the page'],
    ['clobber: value of a field is the page\'s content', () => {
      const p = shared({ 9: base.objects[9].replace('/V (100)', '/V 5 0 R') });
      return p.save({ 5: stream('BT /F1 18 Tf 72 720 Td (to everybody) Tj ET') });
    }, FORMAT, 'a text field may hold a stream; the page shows this one'],
    ['clobber: evidence names the page\'s content', () => {
      const p = sign(formPaper({ catalog: ' /DSS << /Certs [5 0 R] >>' }));
      return p.save({ 5: stream('0 0 9 9 re f') });
    }, NOT_PASSED, 'evidence may grow, but the page shows this stream'],
    ['clobber: evidence and catalog share a dictionary', () => {
      const p = sign(Paper.create({ ...pageObjects('x', { catalog: ' /DSS 20 0 R /OCProperties 20 0 R' }), 20: '<< /OCGs [] /D << >> >>' }));
      return p.save({ 20: '<< /OCGs [] /D << /BaseState /OFF >> >>' });
    }, NOT_PASSED, 'the same object is something else too'],
    ['clobber: appearance state of another field\'s check box', () => {
      const p = shared({ 17: base.objects[17].replace('/N 18 0 R', '/N << /Off 12 0 R /Yes 13 0 R >>') });
      return p.save({ 13: stream('0 0 20 20 re f', ' /Type /XObject /Subtype /Form /BBox [0 0 20 20]') });
    }, NOT_PASSED, 'appearances that existed are shared'],
    ['clobber twin: a new appearance for the one field', () => {
      const p = shared({ 9: base.objects[9].replace('/N 10 0 R', '/N 8 0 R') });
      return p.save(filled(p, 7, 'other'));
    }, PASSED, 'the shared one stays as it was'],
    ['clobber twin: its own appearance renewed', () => {
      const p = shared({});
      return p.save({ 7: p.objects[7].replace('/V ()', '/V (other)'), 8: textAppearance('other') });
    }, PASSED, 'nobody else shows it'],
    ['clobber twin: evidence grows', () => {
      const p = sign(Paper.create({ ...pageObjects('x', { catalog: ' /DSS 20 0 R' }), 20: '<< /Type /DSS >>' }));
      return p.save({ 20: `<< /Type /DSS /Certs [${p.size} 0 R] >>`, [p.size]: stream('certificate') });
    }, PASSED, 'nobody else leads to it'],
  ];
  return [...all, ...clobber].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
