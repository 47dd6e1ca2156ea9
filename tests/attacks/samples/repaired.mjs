// Files whose structure is damaged, and what is written behind it: where the damage was signed it is suspicious; where it came later it is an attack.
import { Paper, plainPaper, stream } from '../paper.mjs';

const kOther = stream('BT /F1 18 Tf 72 720 Td (I grant access to my file to everybody) Tj ET');

export default ({ sign, PASSED, FORMAT, FAILED, CONSTRAINTS, NOT_PASSED }) => {
  const plain = plainPaper();
  const rewrite = (change, options = {}) => new Paper(change(plain.text), plain.objects, { ...plain, ...options });
  // damaged before anybody signs; `startxref` is what a writer that repairs the file believes
  const damaged = {
    'a startxref that leads nowhere': rewrite((text) => text.replace(/startxref\n\d+/, 'startxref\n17'), { startxref: 17 }),
    'no word in front of its table': rewrite((text) => text.replace('xref\n0 ', 'xrff\n0 ')),
    'a trailer that is none': rewrite((text) => text.replace('trailer\n<<', 'trailer\n<!')),
  };
  const suspicious = { coverage: 'whole-revision', modification: 'suspicious' };
  const later = Object.entries(damaged).flatMap(([name, paper]) => [
    [`signed with ${name}`, () => sign(paper), CONSTRAINTS, 'repaired, whatever follows', { coverage: 'whole-file' }],
    [`signed with ${name}, then again`, () => sign(sign(paper), { field: 'Second' }), CONSTRAINTS, 'what was signed is damaged, and what follows is a revision', { ...suspicious, count: 2 }],
    [`signed with ${name}, then again, and again`, () => sign(sign(sign(paper), { field: 'Second' }), { field: 'Third' }), CONSTRAINTS, 'the same', { ...suspicious, count: 3 }],
    [`signed with ${name}, then timestamped`, () => sign(sign(paper), { field: 'Timestamp', timestamp: true }), CONSTRAINTS, 'the same', { ...suspicious, count: 2 }],
    [`signed with ${name}, then extended without a change`, () => sign(paper).save({}), CONSTRAINTS, 'the same', suspicious],
    [`signed with ${name}, then another page`, () => sign(paper).save({ 5: kOther }), NOT_PASSED, 'another page', {}],
    [`certified with ${name}, then another page`, () => sign(paper, { docmdp: 1 }).save({ 5: kOther }), FAILED, 'no change is permitted', {}],
    [`signed with ${name}, then the signature taken out`, () => { const p = sign(paper); return p.save({ [/(\d+) 0 obj\n<< \/Type \/Sig /.exec(p.text)[1]]: '<< >>' }); }, FORMAT, 'the signature is another object now', {}],
    [`signed with ${name}, then octets`, () => sign(paper).append('junk'), FORMAT, 'no revision', { coverage: 'anomalous' }],
    [`signed with ${name}, then an object`, () => sign(paper).append(`5 0 obj\n${kOther}\nendobj\n`), FORMAT, 'no revision', { coverage: 'anomalous' }],
    [`signed with ${name}, then a revision without an end`, () => sign(paper).save({ 5: kOther }, { ending: '' }), FORMAT, 'no revision', { coverage: 'anomalous' }],
    [`signed with ${name}, then a revision behind hidden octets`, () => sign(sign(paper).append(`5 0 obj\n${kOther}\nendobj\n`), { field: 'Second' }), FAILED, 'octets that no revision places', { count: 2 }],
    [`signed with ${name}, then a damaged revision, then a sound one`, () => sign(sign(paper).save({ 5: kOther }, { startxref: 17 }), { field: 'Second' }), FAILED, 'the damage came behind what was signed', { count: 2 }],
  ]);
  // read without repairing: the catalog is written anew with the signature
  const misplaced = rewrite((text) => text.replace(/(\d{10}) 00000 n/g, (_, place) => `${String(Number(place) + 3).padStart(10, '0')} 00000 n`));
  const signed = sign(plain);
  const sound = [
    ['a table that places nothing right', () => sign(misplaced), CONSTRAINTS, 'readers look for the objects', { coverage: 'whole-file' }],
    ['a table that places nothing right, then signed again', () => sign(sign(misplaced), { field: 'Second' }), CONSTRAINTS, 'the same', { ...suspicious, count: 2 }],
    ['a table that places nothing right, then another page', () => sign(misplaced).save({ 5: kOther }), NOT_PASSED, 'another page', {}],
    ['sound, then damaged, then signed again', () => { const p = signed.save({ 5: kOther }, { startxref: 17 }); return sign(new Paper(p.text, p.objects, { ...p, startxref: 17 }), { field: 'Second' }); }, FAILED, 'the damage came behind what the first signed', { count: 2 }],
    ['sound, then a revision that hangs in no chain, and another', () => signed.save({ 5: kOther }, { previous: 17 }).save({}), FORMAT, 'what was signed is whole by itself', { coverage: 'anomalous' }],
    ['sound, then signed again', () => sign(signed, { field: 'Second' }), PASSED, 'nothing is damaged', { count: 2 }],
  ];
  return [...later, ...sound].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
