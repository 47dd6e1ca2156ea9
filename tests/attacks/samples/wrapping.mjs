// Signature wrapping attacks: what the ranges leave out is more than /Contents, or lies elsewhere.
import { Paper, placeOf, plainPaper, stream } from '../paper.mjs';

const kEvil = stream('BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET');

export default ({ sign, FORMAT, FAILED, NOT_PASSED }) => {
  const dictionary = (tail, head = '') => ({ kind, ranges, contents, form }) =>
    `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter /${form}${head} /ByteRange ${ranges} /Contents ${contents}${tail} >>`;
  const widen = (before, after) => ([a, b, c, d]) => [a, b - before, c + after, d - after];
  const inGap = (words) => (hex, size) => `${hex}00>${words(hex)}<`.padEnd(size, '0');
  const all = [
    ['gap begins a space early', () => sign(plainPaper(), { choose: widen(1, 0) }), FORMAT, 'the space before < is not signed'],
    ['gap begins at the key', () => sign(plainPaper(), { choose: widen(10, 0) }), FORMAT, '/Contents itself is not signed'],
    ['gap ends behind spaces', () => sign(plainPaper(), { dictionary: dictionary('        '), choose: widen(0, 8) }), FORMAT, 'room that nobody signed'],
    ['gap ends behind a comment', () => sign(plainPaper(), { dictionary: dictionary('%unsigned\n'), choose: widen(0, 10) }), FORMAT, 'room that nobody signed'],
    ['gap holds another key', () => sign(plainPaper(), { dictionary: dictionary(' /Reason (anything)'), choose: widen(0, 19) }), FORMAT, 'the reason is not signed'],
    ['gap holds the rest of the object and another one', () => {
      const extra = ` >>\nendobj\n5 0 obj\n${kEvil}\nendobj\n`;
      return sign(plainPaper(), { dictionary: ({ kind, ranges, contents, form }) => `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter /${form} /ByteRange ${ranges} /Contents ${contents}${extra.slice(0, -8)}`, choose: widen(0, extra.length - 8) });
    }, FORMAT, 'objects that nobody signed'],
    ['gap up to the cross-reference', () => sign(plainPaper(), { choose: ([a, b, , ], text) => [a, b, text.lastIndexOf('xref\n', text.lastIndexOf('startxref') - 1), text.length - text.lastIndexOf('xref\n', text.lastIndexOf('startxref') - 1)] }), FORMAT, 'objects that nobody signed'],
    ['gap up to the end', () => sign(plainPaper(), { choose: ([a, b, , ], text) => [a, b, text.length, 0] }), FAILED, 'the cross-reference is not signed'],
    ['gap leaves its brackets signed', () => sign(plainPaper(), { choose: widen(-1, -1) }), FORMAT, 'the gap is less than /Contents'],
    ['gap leaves > signed', () => sign(plainPaper(), { choose: widen(0, -1) }), FORMAT, 'the gap is less than /Contents'],
    ['gap leaves the padding signed', () => sign(plainPaper(), { choose: widen(0, -101) }), FORMAT, 'the gap is less than /Contents'],
    ['second /ByteRange inside the gap', () => sign(plainPaper(), { fill: inGap(() => '/ByteRange [0 9 9 9]/Pad ') }), FORMAT, 'readers differ in which of the two counts; every digest holds', { integrity: 'intact|unverifiable|broken' }],
    ['second /Contents inside the gap', () => sign(plainPaper(), { fill: inGap((hex) => `/Contents<${hex}>/Pad `) }), FORMAT, 'readers differ in which of the two counts'],
    ['keys inside the gap', () => sign(plainPaper(), { fill: inGap(() => '/Name (Somebody Else)/Reason (anything)/Pad ') }), FORMAT, 'who signs and why is not signed'],
    ['comment inside the gap', () => sign(plainPaper(), { fill: inGap(() => '%anything\n/Pad ') }), FORMAT, 'room that nobody signed'],
    ['spaces inside the string', () => sign(plainPaper(), { fill: (hex, size) => `${hex}0000    `.padEnd(size, '0') }), FORMAT, 'room that nobody signed'],
    ['ends of line inside the string', () => sign(plainPaper(), { fill: (hex, size) => `${hex.slice(0, 64)}\n${hex.slice(64)}\n`.padEnd(size, '0') }), FORMAT, 'room that nobody signed'],
    ['objects inside the gap, named by a later revision', () => {
      const signed = sign(plainPaper(), { fill: inGap(() => `>>\nendobj\n5 0 obj\n${kEvil}\nendobj\n99 0 obj\n<</Pad `) });
      return signed.save({}, { place: { 5: placeOf(signed, 5) } });
    }, FAILED, 'the whole attack: what nobody signed is shown'],
    ['objects behind the message, named by the signed revision itself', () => {
      const evil = `>>\nendobj\n5 0 obj\n${kEvil}\nendobj\n99 0 obj\n<</Pad `;
      return sign(plainPaper(), { fill: (hex, size) => `${hex}>${evil}<`.padEnd(size, '0') });
    }, FAILED, 'the gap is more than /Contents'],
    ['signature moved to a later revision, ranges kept', () => {
      const signed = sign(plainPaper());
      const number = signed.size - 3;
      return signed.save({ [number]: signed.text.slice(placeOf(signed, number)).match(/obj\n([\s\S]*?)\nendobj/)[1] });
    }, FAILED, 'the later copy stands outside of the octets that it signs'],
    ['signed end moved behind, ranges rewritten by a later revision', () => {
      const signed = sign(plainPaper());
      const number = signed.size - 3;
      const body = signed.text.slice(placeOf(signed, number)).match(/obj\n([\s\S]*?)\nendobj/)[1];
      const [, start, end, rest] = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/.exec(body).slice(1).map(Number);
      const tail = signed.text.slice(end, end + rest);
      const middle = signed.save({ 5: kEvil, [number]: body.replace(/\/ByteRange \[[^\]]*\]/, (text) => text.replace(String(end), String(end + 4000))) });
      return new Paper(middle.text.padEnd(end + 4000, ' ') + tail, middle.objects, middle);
    }, FAILED, 'the old end copied to where the rewritten range looks for it'],
    ['/Contents of another object', () => sign(plainPaper(), { changes: { 60: '<0000>' }, dictionary: ({ kind, ranges, contents, form }) => `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter /${form} /ByteRange ${ranges} /Contents 60 0 R /Spare ${contents} >>` }), FORMAT, 'the gap is another string than /Contents'],
    ['gap of another signature', () => {
      const first = sign(plainPaper());
      const [, b, c] = /\/ByteRange \[(\d+) (\d+) (\d+)/.exec(first.text).slice(1).map(Number);
      return sign(first, { field: 'Signature2', choose: (_, text) => [0, b, c, text.length - c] });
    }, FAILED, 'the second one signs its own /Contents, and leaves out that of the first'],
    ['ranges from octet 1', () => sign(plainPaper(), { choose: ([, b, c, d]) => [1, b - 1, c, d] }), FORMAT, 'the first octet is not signed'],
    ['ranges overlap', () => sign(plainPaper(), { choose: ([a, , c, d]) => [a, c + 10, c, d] }), FORMAT, 'no gap at all'],
    ['ranges end early', () => sign(plainPaper(), { choose: ([a, b, c, d]) => [a, b, c, d - 7] }), FORMAT, 'the end-of-file mark is not signed'],
    ['ranges end before startxref', () => sign(plainPaper(), { choose: ([a, b, c, d], text) => [a, b, c, text.lastIndexOf('startxref') - c] }), FORMAT, 'where the cross-reference stands is not signed'],
    ['ranges end inside of the page', () => sign(plainPaper(), { choose: ([a, b, c]) => [a, b, c, 5] }), FORMAT, 'most of the revision is not signed'],
    ['ranges end behind the file', () => sign(plainPaper(), { choose: ([a, b, c, d]) => [a, b, c, d + 100] }), FORMAT, 'octets that are not there'],
    ['first range ends early, and the gap with it', () => sign(plainPaper(), { choose: ([a, , c, d], text) => [a, text.indexOf('5 0 obj'), c, d] }), FORMAT, 'objects that nobody signed'],
    ['three ranges', () => sign(plainPaper(), { write: ([a, b, c, d]) => `[${a} ${b} ${c} ${d} ${c} 0]` }), FORMAT, 'exactly four numbers'],
    ['one range', () => sign(plainPaper(), { write: ([a, b]) => `[${a} ${b}]` }), FORMAT, 'exactly four numbers'],
  ];
  return all.map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
