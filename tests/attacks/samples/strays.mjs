// Objects where no cross-reference looks for them: readers that lose their way search the file for "N G obj", and take the last they find. And files that say they begin somewhere else.
import { pageObjects, Paper, plainPaper, stream } from '../paper.mjs';

const kEvil = stream('BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET');
const kHidden = `\nendstream\nendobj\n5 0 obj\n${kEvil}\nendobj\n98 0 obj\n<< /Length 3 >>\nstream\nx`;
const line = (offset, generation = 0, kind = 'n') => `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} ${kind} \n`;

export default ({ sign, PASSED, NOT_PASSED }) => {
  const signed = sign(plainPaper());
  const evidence = (paper, data, options = {}, odd = (text) => text) => {
    const n = paper.size;
    const next = paper.save({ 1: paper.objects[1].replace(/ >>$/, ` /DSS ${n} 0 R >>`), [n]: `<< /Type /DSS /Certs [${n + 1} 0 R] >>`, [n + 1]: stream(data) }, options);
    const text = paper.text + odd(next.text.slice(paper.text.length));
    return new Paper(text, next.objects, next);
  };
  const plain = (odd, data = 'certificate', options = {}) => () => evidence(signed, data, options, odd);
  const body = { between: `5 0 obj\n${kEvil}\nendobj\n` };
  const bad = [
    ['content in the data of a certificate', plain((text) => text, kHidden)],
    ['content in the data of a certificate, cross-reference stream', plain((text) => text, kHidden, { style: 'stream' })],
    ['content in the data of a certificate, and an enormous /Size', plain((text) => text.replace(/\/Size \d+/, '/Size 99999999'), kHidden)],
    ['content in the data of a certificate, and document information that is nowhere', plain((text) => text.replace('/Root 1 0 R', '/Root 1 0 R /Info 500 0 R'), kHidden)],
    ['content that no entry names, and an enormous /Size', plain((text) => text.replace(/\/Size \d+/, '/Size 99999999'), 'certificate', body)],
    ['content that no entry names, and document information that is nowhere', plain((text) => text.replace('/Root 1 0 R', '/Root 1 0 R /Info 500 0 R'), 'certificate', body)],
    ['content that no entry names, and a reference to nothing', plain((text) => text.replace('/Type /DSS', '/Type /DSS /VRI 500 0 R'), 'certificate', body)],
    ['content in a string', plain((text) => text.replace('/Root 1 0 R', `/Root 1 0 R /Odd (\n5 0 obj\n${kEvil.replace(/[()]/g, '\\$&')}\nendobj\n) /Info 500 0 R`))],
    ['content in the picture of a new signature', () => sign(signed, { field: 'Second', rect: '300 50 500 70', fieldEntries: ' /AP << /N 95 0 R >>', changes: { 95: stream(kHidden, ' /Type /XObject /Subtype /Form /BBox [0 0 200 20]') } })],
    ['a comment between startxref and its number', plain((text) => text.replace('startxref\n', 'startxref % x\n'))],
  ];

  // Two views of one file. The front one is the evil one: readers begin there as long as the file is as long as /L says.
  const linearized = (length) => {
    const objects = pageObjects('I grant access to my file to nobody');
    let text = `%PDF-1.7\n50 0 obj\n<< /Linearized 1 /L ${String(length).padStart(8, '0')} /H [0 0] /O 4 /E 0 /N 1 /T 0 >>\nendobj\n`;
    const table = (places, more = '', start = 0) => `xref\n0 6\n${line(0, 65535, 'f')}${[1, 2, 3, 4, 5].map((number) => line(places[number])).join('')}${more}trailer\n<< /Size 51 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
    const front = text.length + table({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }).length;
    const places = {};
    let bodies = '';
    const put = (number, content) => { places[number] = front + bodies.length; bodies += `${number} 0 obj\n${content}\nendobj\n`; };
    for (const number of [1, 2, 3, 4]) put(number, objects[number]);
    put(5, kEvil);
    const first = { ...places };
    put(5, objects[5]);
    text += table(first) + bodies;
    const startxref = text.length;
    return new Paper(text + table(places, `50 1\n${line(9)}`, startxref), { ...objects, 50: '' }, { root: 1, size: 51, startxref });
  };
  const grown = (make) => {
    const length = make(sign(linearized(0))).text.length;
    return make(sign(linearized(length)));
  };
  bad.push(
    ['linearized once it has grown by evidence', () => grown((p) => evidence(p, 'certificate'))],
    ['linearized once it has grown by a signature', () => grown((p) => sign(p, { field: 'Second' }))],
  );

  // the same, prepared before the signature: behind the object that it stands for
  const prepared = (between) => sign(Paper.create(pageObjects('I grant access to nobody'), { between }));
  const decoy = prepared(body.between);
  const oldest = (odd, data = 'certificate', options = {}) => () => evidence(decoy, data, options, odd);
  const size = (number) => (text) => text.replace(/\/Size \d+/, `/Size ${number}`);
  const nowhere = (text) => text.replace('/Root 1 0 R', '/Root 1 0 R /Info 500 0 R');
  bad.push(
    ['content of the oldest revision that no entry names, and an enormous /Size', oldest(size(99999999))],
    ['content of the oldest revision that no entry names, and an enormous /Size, cross-reference stream', oldest(size(99999999), 'certificate', { style: 'stream' })],
    ['content of the oldest revision that no entry names, and a /Size above what readers take', oldest(size(8400000))],
    ['content of the oldest revision that no entry names, and document information that is nowhere', oldest(nowhere)],
    ['content of the oldest revision that no entry names, and document information of another generation', oldest((text) => text.replace('/Root 1 0 R', '/Root 1 0 R /Info 2 7 R'))],
    ['content of the oldest revision that no entry names, and a signature that refers to nothing', () => sign(decoy, { field: 'Second', fieldEntries: ' /MK << /IX 500 0 R >>' })],
    ['content of the oldest revision that no entry names, and a second signature in a file of an enormous /Size', () => { const p = sign(decoy, { field: 'Second' }); return evidence(p, 'certificate', {}, size(99999999)); }],
    ['content in a comment of the oldest revision, and document information that is nowhere', () => evidence(prepared('% 5 0 obj << /Length 3 >> stream\n'), 'certificate', {}, nowhere)],
  );
  const good = [
    ['an old page in the oldest revision, before the one that counts, and document information that is nowhere', () => {
      const first = `%PDF-1.7\n5 0 obj\n${kEvil}\nendobj\n`;
      const p = sign(new Paper(first, {}, { size: 1 }).save(pageObjects('I grant access to nobody')));
      return evidence(p, 'certificate', {}, nowhere);
    }],
    ['content of the oldest revision that nothing needs, and document information that is nowhere', () => evidence(prepared(`77 0 obj\n${kEvil}\nendobj\n`), 'certificate', {}, nowhere)],
    ['content of the oldest revision that no entry names, and evidence', oldest((text) => text)],
    ['content of the oldest revision that no entry names, and a signature', () => sign(decoy, { field: 'Second' })],
    ['a large /Size that readers take', plain((text) => text.replace(/\/Size \d+/, '/Size 8388608'))],
    ['evidence', plain((text) => text)],
    ['evidence whose data speak of objects', plain((text) => text, 'this obj and that obj, 5 objects, endobj\nendobj')],
    ['document information that is nowhere, and no stray object', plain((text) => text.replace('/Root 1 0 R', '/Root 1 0 R /Info 500 0 R'))],
    ['document information that is new', () => { const p = signed; return sign(p, { field: 'Second', changes: { 90: '<< /Producer (second) >>' }, save: { trailer: ' /Info 90 0 R' } }); }],
    ['a file once linearized, saved again and signed twice', () => sign(sign(linearized(99)), { field: 'Second' })],
  ];
  return [
    ...bad.map(([name, make]) => ({ name, make, expect: NOT_PASSED, why: 'some readers show another page' })),
    ...good.map(([name, make]) => ({ name: `legal twin: ${name}`, make, expect: PASSED, why: 'nothing else is to be found' })),
  ];
};
