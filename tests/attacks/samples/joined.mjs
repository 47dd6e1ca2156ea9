// A revision in two sections with one ending: a table, and behind it a trailer with /XRefStm. Adobe's servers save forms like that.
import { plainPaper, stream } from '../paper.mjs';

const kEvil = stream('BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET');

export default ({ sign, PASSED, FORMAT, NOT_PASSED }) => {
  const closing = {};
  const joined = (options = {}) => sign(plainPaper('I grant access to my file to nobody', {}, { style: 'hybrid', compress: [2] }), { save: { closing, ...options.save }, ...options });
  /** The signed octets end with the table's trailer: what closes the revision comes later. */
  const short = (ranges, text) => {
    const first = text.lastIndexOf('\ntrailer\n', text.lastIndexOf('xref\n0 0\n'));
    return [0, ranges[1], ranges[2], text.indexOf('>>\n', first) + 3 - ranges[2]];
  };
  const samples = [
    ['legal twin: signed', () => joined(), PASSED, 'the revision ends where its mark stands', { coverage: 'whole-file' }],
    ['legal twin: two approvals', () => sign(joined(), { field: 'Second', save: { closing } }), PASSED, 'both are whole', { count: 2, modification: 'none|permitted' }],
    ['legal twin: an approval of the usual form behind it', () => sign(joined(), { field: 'Second' }), PASSED, 'both are whole', { count: 2 }],
    ['legal twin: an object at offset 0 in the stream', () => joined({ save: { closing: { rows: [[95, { offset: 0 }]] } } }), PASSED, 'no object can stand there: it is free'],
    ['signed to the end of the table alone', () => joined({ choose: short }), FORMAT, 'what closes the revision is not signed', { coverage: 'anomalous' }],
    ['later revision, content replaced', () => { const p = joined(); return p.save({ 5: kEvil }, { closing }); }, NOT_PASSED, 'another page is shown', { coverage: 'whole-revision' }],
    ['later revision, content placed elsewhere by the stream alone', () => { const p = joined(); return p.save({ 90: kEvil }, { closing: { rows: [[5, { offset: p.text.length }]] } }); }, NOT_PASSED, 'another page is shown to some'],
    ['one revision that places the content twice', () => { const p = plainPaper(); return sign(p, { changes: { 5: p.objects[5] }, save: { closing: { rows: [[5, { offset: p.text.indexOf('3 0 obj') }]] } } }); }, NOT_PASSED, 'readers differ in what they show'],
    ['trailers that disagree about the catalog', () => { const p = plainPaper(); return sign(p, { changes: { 90: '<< /Type /Catalog /Pages 2 0 R >>' }, save: { closing: { root: 90 } } }); }, NOT_PASSED, 'readers differ in where they begin'],
    ['later revision without an ending, then one that closes it', () => { const p = joined(); const open = p.save({ 5: kEvil }, { startxref: null, ending: '' }); return open.save({}, { style: 'hybrid' }); }, NOT_PASSED, 'another page is shown'],
  ];
  return samples.map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
