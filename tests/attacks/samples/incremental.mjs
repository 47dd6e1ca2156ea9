// Incremental saving attacks: something follows the signed octets. Attackers differ in how much of a revision they write, since readers differ in how little they need.
import { Paper, pageObjects, placeOf, plainPaper, stream } from '../paper.mjs';
import { docMdp } from '../sign.mjs';

const kOther = stream('BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET');

export default ({ sign, FORMAT, CONSTRAINTS, FAILED, PASSED, NOT_PASSED }) => {
  const signed = sign(plainPaper());
  const object = `5 0 obj\n${kOther}\nendobj\n`;
  const at = signed.text.length;
  const entry = `5 1\n${String(at).padStart(10, '0')} 00000 n \n`;
  const trailer = `trailer\n<< /Size ${signed.size} /Root 1 0 R /Prev ${signed.startxref} >>\n`;
  const xrefAt = at + object.length;
  const repointed = (paper) => paper.save({ 4: paper.objects[4].replace('/Contents 5 0 R', `/Contents ${paper.size} 0 R`), [paper.size]: kOther });
  const all = [
    ['content stream replaced in a complete revision', () => signed.save({ 5: kOther }), CONSTRAINTS, 'no certification: policy judges, and other content is never permitted', { modification: 'suspicious', coverage: 'whole-revision', integrity: 'intact' }],
    ['page leads to another content stream', () => repointed(signed), CONSTRAINTS, 'the same through the page', { modification: 'suspicious' }],
    ['content added to an array of contents', () => signed.save({ 4: signed.objects[4].replace('/Contents 5 0 R', `/Contents [5 0 R ${signed.size} 0 R]`), [signed.size]: kOther }), CONSTRAINTS, 'the same, old content kept', { modification: 'suspicious' }],
    ['catalog leads to another page tree', () => signed.save({ 1: signed.objects[1].replace('/Pages 2 0 R', `/Pages ${signed.size} 0 R`),
      [signed.size]: `<< /Type /Pages /Kids [${signed.size + 1} 0 R] /Count 1 >>`, [signed.size + 1]: signed.objects[4].replace('/Parent 2 0 R', `/Parent ${signed.size} 0 R`).replace('/Contents 5 0 R', `/Contents ${signed.size + 2} 0 R`), [signed.size + 2]: kOther }), CONSTRAINTS, 'the same through the catalog'],
    ['trailer leads to another catalog', () => signed.save({ [signed.size]: signed.objects[1].replace('/Pages 2 0 R', `/Pages ${signed.size + 1} 0 R`), [signed.size + 1]: `<< /Type /Pages /Kids [${signed.size + 2} 0 R] /Count 1 >>`,
      [signed.size + 2]: signed.objects[4].replace('/Parent 2 0 R', `/Parent ${signed.size + 1} 0 R`).replace('/Contents 5 0 R', `/Contents ${signed.size + 3} 0 R`), [signed.size + 3]: kOther }, { root: signed.size }), NOT_PASSED, 'the same through the trailer'],
    ['page added', () => signed.save({ 2: '<< /Type /Pages /Kids [4 0 R 90 0 R] /Count 2 >>', 90: signed.objects[4].replace('/Contents 5 0 R', '/Contents 91 0 R').replace(/\/Annots \[[^\]]*\]/, ''), 91: kOther }), CONSTRAINTS, 'a page that nobody signed'],
    ['page removed', () => {
      const two = sign(Paper.create({ ...pageObjects(), 2: '<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>', 6: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R >>', 7: stream('0 0 9 9 re f') }));
      return two.save({ 2: '<< /Type /Pages /Kids [4 0 R] /Count 1 >>' });
    }, CONSTRAINTS, 'a page that was signed is gone'],
    ['content replaced by a revision with a cross-reference stream', () => signed.save({ 5: kOther }, { style: 'stream' }), CONSTRAINTS, 'another form of the same'],
    ['content replaced inside an object stream', () => {
      const page = signed.objects[4].replace('/Contents 5 0 R', `/Contents ${signed.size} 0 R`);
      return signed.save({ 4: page, [signed.size]: kOther }, { style: 'stream', compress: [4] });
    }, CONSTRAINTS, 'the changed page lies inside an object stream'],
    ['object alone, without a cross-reference', () => signed.append(object), FORMAT, 'readers that scan for objects show it', { coverage: 'anomalous' }],
    ['object and trailer, no cross-reference', () => signed.append(object + trailer), FORMAT, 'readers that scan take it', { coverage: 'anomalous' }],
    ['object and cross-reference, no trailer', () => signed.append(`${object}xref\n${entry}`), FORMAT, 'unterminated', { coverage: 'anomalous' }],
    ['no startxref', () => signed.append(`${object}xref\n${entry}${trailer}`), FORMAT, 'unterminated', { coverage: 'anomalous' }],
    ['no startxref but an end-of-file mark', () => signed.append(`${object}xref\n${entry}${trailer}%%EOF\n`), FORMAT, 'unterminated', { coverage: 'anomalous' }],
    ['no end-of-file mark', () => signed.append(`${object}xref\n${entry}${trailer}startxref\n${xrefAt}\n`), FAILED, 'unterminated'],
    ['startxref of the signed revision repeated', () => signed.append(`${object}xref\n${entry}${trailer}startxref\n${signed.startxref}\n%%EOF\n`), FORMAT, 'the section that counts is not the one that stands there', { coverage: 'anomalous' }],
    ['startxref 0', () => signed.append(`${object}startxref\n0\n%%EOF\n`), FAILED, 'leads nowhere'],
    ['startxref behind the end', () => signed.append(`${object}startxref\n99999999\n%%EOF\n`), FAILED, 'leads nowhere'],
    ['startxref without a number', () => signed.append(`${object}startxref\n%%EOF\n`), FAILED, 'leads nowhere'],
    ['everything behind comment signs', () => signed.append(`%${object.replaceAll('\n', '\n%')}\n`), FORMAT, 'no revision, whatever it says', { coverage: 'anomalous' }],
    ['everything behind one comment sign', () => signed.append(`%${object.replaceAll('\n', ' ')}`), FORMAT, 'no revision', { coverage: 'anomalous' }],
    ['end-of-file mark once more', () => signed.append('%%EOF\n'), FORMAT, 'no revision', { coverage: 'anomalous' }],
    ['octets of zero', () => signed.append('\0'.repeat(64)), FORMAT, 'no revision', { coverage: 'anomalous' }],
    ['spaces', () => signed.append('        '), FORMAT, 'no revision', { coverage: 'anomalous' }],
    ['several ends of line', () => signed.append('\n\n\n'), FORMAT, 'no revision', { coverage: 'anomalous' }],
    ['without /Prev: the signed revision is left out', () => {
      const whole = { ...signed.objects, 5: kOther };
      return new Paper(signed.text, signed.objects, { root: 1, size: signed.size }).save(whole);
    }, FAILED, 'the newest section denies that a signed revision exists'],
    ['/Prev skips the signed revision', () => {
      const plain = plainPaper();
      return signed.save({ 5: kOther }, { previous: plain.startxref });
    }, FAILED, 'the signed revision hangs in no chain'],
    ['/Prev names itself', () => signed.save({ 5: kOther }, { previous: signed.text.length + object.length }), FAILED, 'a circle'],
    ['/Prev in a circle of two', () => {
      const next = signed.save({ 5: kOther });
      const length = next.text.length + `1 0 obj\n${next.objects[1]}\nendobj\n`.length;
      const text = next.text.replace(/\/Prev \d+ >>\nstartxref\n\d+\n%%EOF\n$/, (tail) => tail.replace(/\/Prev \d+/, (key) => `/Prev ${String(length).padStart(key.length - 6, '0')}`));
      return new Paper(text, next.objects, next).save({ 1: next.objects[1] });
    }, FAILED, 'a circle'],
    ['/Prev names no section', () => signed.save({ 5: kOther }, { previous: 17 }), FAILED, 'leads nowhere'],
    ['/Prev negative', () => signed.save({ 5: kOther }, { previous: -1 }), FAILED, 'leads nowhere'],
    ['entry one octet off', () => signed.save({}, { place: { 5: at + 1 }, between: object }), NOT_PASSED, 'readers that scan take what the entry misses'],
    ['entry of another object', () => signed.save({}, { place: { 5: placeOf(signed, 3) } }), NOT_PASSED, 'readers that do not compare numbers show another object'],
    ['entry behind the end', () => signed.save({}, { place: { 5: 4_000_000 } }), NOT_PASSED, 'leads nowhere'],
    ['object twice in one section', () => {
      const text = `${object}xref\n${entry}5 1\n${String(placeOf(signed, 5)).padStart(10, '0')} 00000 n \n${trailer}startxref\n${xrefAt}\n%%EOF\n`;
      return signed.append(text);
    }, NOT_PASSED, 'readers differ in which of the two counts'],
    ['octets before the header', () => new Paper(`junk\n${signed.text}`, signed.objects, signed), FAILED, 'all that was signed moved'],
    ['octet of the content flipped', () => new Paper(signed.text.replace('to nobody', 'to n0body'), signed.objects, signed), 'TOTAL-FAILED/HASH_FAILURE', 'the digest says so', { integrity: 'broken' }],
    ['content freed', () => signed.save({}, { free: [5] }), CONSTRAINTS, 'freed is null: the page is empty'],
    ['objects that no entry names, in a revision with a timestamp', () => {
      const padded = signed.save({}, { between: object });
      return padded;
    }, PASSED, 'a well-formed revision that changes nothing: no entry leads to the object, and the newest section is whole', { modification: 'permitted|none' }],
  ];
  const certified = [1, 2, 3].flatMap((level) => {
    const paper = sign(plainPaper(), { docmdp: level });
    return [
      [`content replaced although certified, P ${level}`, () => paper.save({ 5: kOther }), FORMAT, 'no level of DocMDP permits it', { modification: 'not-permitted' }],
      [`page leads to another content although certified, P ${level}`, () => repointed(paper), FORMAT, 'no level of DocMDP permits it', { modification: 'not-permitted' }],
    ];
  });
  const reference = sign(plainPaper(), { references: docMdp(1) });
  return [...all, ...certified,
    ['content replaced although a signature asks for P 1 without /Perms', () => reference.save({ 5: kOther }), NOT_PASSED, 'the transform counts, or the certification is malformed'],
  ].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
