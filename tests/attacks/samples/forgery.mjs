// Universal forgery: parts of the signature are absent, null or absurd. None may be skipped, none may pass.
import { signedData } from '../cms.mjs';
import { Paper, plainPaper, stream } from '../paper.mjs';

export default ({ identity, sign, FORMAT, FAILED, PASSED, NONE, NOT_PASSED }) => {
  const other = signedData(Buffer.from('another document'), identity('seal-p256')).toString('hex');
  const contents = (words) => () => sign(plainPaper(), { fill: undefined, dictionary: ({ kind, ranges, form }) => `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter /${form} /ByteRange ${ranges}${words} >>`, choose: ([, , ,], text) => [0, text.length - 40, text.length - 30, 30] });
  const ranges = (words) => () => sign(plainPaper(), { write: () => words });
  const without = (key) => () => sign(plainPaper(), { dictionary: (d) => {
    const parts = { Type: `/Type /${d.kind}`, Filter: '/Filter /Adobe.PPKLite', SubFilter: `/SubFilter /${d.form}`, M: '/M (D:20261120091407Z)', ByteRange: `/ByteRange ${d.ranges}`, Contents: `/Contents ${d.contents}` };
    delete parts[key];
    return `<< ${Object.values(parts).join(' ')} >>`;
  } });
  const message = (hex, expect, why) => [`/Contents is ${why}`, () => sign(plainPaper(), { fill: (_, size) => hex.padEnd(size, '0') }), expect, 'not a message that this document was signed with'];
  const valued = (value, more = {}) => () => {
    const paper = plainPaper();
    const form = paper.size;
    return paper.save({ 1: paper.objects[1].replace(/ >>$/, ` /AcroForm ${form} 0 R >>`), [form]: `<< /Fields [${form + 1} 0 R] /SigFlags 3 >>`,
      [form + 1]: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) ${value} /Rect [0 0 0 0] /P 4 0 R >>`, ...more });
  };
  const all = [
    ['/Contents absent', without('Contents'), FAILED, 'a signature without its value'],
    ['/Contents null', contents(' /Contents null'), FORMAT, 'a signature without its value'],
    ['/Contents empty', contents(' /Contents <>'), FORMAT, 'a signature without its value'],
    ['/Contents 00', contents(' /Contents <00>'), FORMAT, 'a signature without its value'],
    ['/Contents one digit', contents(' /Contents <0>'), FORMAT, 'a signature without its value'],
    ['/Contents only zeros', () => sign(plainPaper(), { fill: (_, size) => ''.padEnd(size, '0') }), FORMAT, 'a signature without its value'],
    ['/Contents a name', contents(' /Contents /Valid'), FORMAT, 'not a string'],
    ['/Contents a number', contents(' /Contents 1'), FORMAT, 'not a string'],
    ['/Contents true', contents(' /Contents true'), FORMAT, 'not a string'],
    ['/Contents an array', contents(' /Contents [<00>]'), FORMAT, 'not a string'],
    ['/Contents a dictionary', contents(' /Contents << >>'), FORMAT, 'not a string'],
    ['/Contents an empty literal', contents(' /Contents ()'), FORMAT, 'not in hexadecimal'],
    ['/Contents a literal', contents(' /Contents (0123456789)'), FORMAT, 'not in hexadecimal'],
    ['/Contents of an object that is not there', contents(' /Contents 77 0 R'), FORMAT, 'by reference it could become another one later'],
    ['/Contents of a string elsewhere', () => sign(plainPaper(), { changes: { 60: `<${other}>` }, dictionary: ({ kind, ranges: numbers, form }) => `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter /${form} /ByteRange ${numbers} /Contents 60 0 R >>`, choose: (_, text) => [0, text.length - 40, text.length - 30, 30] }), FORMAT, 'by reference it could become another one later'],
    ['/Contents twice, the second empty', () => sign(plainPaper(), { dictionary: ({ kind, ranges: numbers, contents: text, form }) => `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter /${form} /ByteRange ${numbers} /Contents ${text} /Contents <> >>` }), FORMAT, 'a key twice'],
    ['/Contents twice, the first empty', () => sign(plainPaper(), { dictionary: ({ kind, ranges: numbers, contents: text, form }) => `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter /${form} /Contents <> /ByteRange ${numbers} /Contents ${text} >>` }), FORMAT, 'a key twice'],
    ['/Contents written with an escape, twice', () => sign(plainPaper(), { dictionary: ({ kind, ranges: numbers, contents: text, form }) => `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter /${form} /ByteRange ${numbers} /Contents ${text} /C#6fntents <00> >>` }), FORMAT, 'a key twice, once in disguise'],
    message('3000', FAILED, 'an empty sequence'),
    message('ff'.repeat(100), FAILED, 'no message'),
    message('3082ffff', FAILED, 'cut off'),
    message(`3084${'ff'.repeat(4)}`, FAILED, 'of a length that nothing has'),
    message('3080'.repeat(900), FAILED, 'nested without end'),
    message(identity('seal-p256').der.toString('hex'), FAILED, 'a certificate'),
    message(other, 'TOTAL-FAILED/HASH_FAILURE', 'of another document'),
    ['/ByteRange absent', without('ByteRange'), FORMAT, 'nothing is signed'],
    ['/ByteRange null', ranges('null'), FORMAT, 'nothing is signed'],
    ['/ByteRange empty', ranges('[]'), FORMAT, 'nothing is signed'],
    ['/ByteRange of zeros', () => sign(plainPaper(), { choose: () => [0, 0, 0, 0] }), FORMAT, 'nothing is signed, and the digest of nothing fits'],
    ['/ByteRange without its second range', () => sign(plainPaper(), { choose: ([a, b, c]) => [a, b, c, 0] }), FORMAT, 'the end is not signed, and the digest fits'],
    ['/ByteRange without its first range', () => sign(plainPaper(), { choose: ([, , c, d]) => [0, 0, c, d] }), FORMAT, 'the beginning is not signed, and the digest fits'],
    ['/ByteRange negative', ranges('[0 -1 10 20]'), FORMAT, 'not four numbers from zero up'],
    ['/ByteRange negative length at the end', () => sign(plainPaper(), { write: ([a, b, c]) => `[${a} ${b} ${c} -10]` }), FORMAT, 'not four numbers from zero up'],
    ['/ByteRange of three', () => sign(plainPaper(), { write: ([a, b, c]) => `[${a} ${b} ${c}]` }), FORMAT, 'not four numbers'],
    ['/ByteRange of reals', () => sign(plainPaper(), { write: ([a, b, c]) => `[${a} ${b}. ${c}. 9.5]` }), FORMAT, 'not integers'],
    ['/ByteRange of strings', ranges('[(0) (9) (9) (9)]'), FORMAT, 'not integers'],
    ['/ByteRange of references', ranges('[3 0 R 3 0 R 3 0 R 3 0 R]'), FORMAT, 'not integers'],
    ['/ByteRange a string', ranges('(0 10 20 30)'), FORMAT, 'not an array'],
    ['/ByteRange a number', ranges('7'), FORMAT, 'not an array'],
    ['/ByteRange a dictionary', ranges('<< /A 1 >>'), FORMAT, 'not an array'],
    ['/ByteRange nested', ranges('[[0 1 2 3]]'), FORMAT, 'not four numbers'],
    ['/ByteRange by reference', () => {
      const plain = plainPaper();
      const once = sign(plain);
      const numbers = /\/ByteRange (\[[^\]]*\])/.exec(once.text)[1];
      return sign(plain, { changes: { 60: numbers.padEnd(36) }, write: () => '60 0 R' });
    }, FORMAT, 'by reference it could become another one later'],
    ['/ByteRange of 64 bits', ranges('[0 10 20 9223372036854775807]'), FORMAT, 'behind the end'],
    ['/ByteRange that overflows', ranges('[0 10 9223372036854775807 99]'), FORMAT, 'behind the end'],
    ['/ByteRange beyond 64 bits', ranges('[0 1 2 99999999999999999999]'), FORMAT, 'no integer that can be'],
    ['/ByteRange of 4 GiB and more', ranges('[0 5000000000 5000008194 42]'), FORMAT, 'behind the end, not modulo 2 to the 32'],
    ['/ByteRange modulo 2 to the 32', () => sign(plainPaper(), { write: ([a, b, c, d]) => `[${a} ${b + 2 ** 32} ${c + 2 ** 32} ${d}]` }), FORMAT, 'a reader of 32 bits would take it'],
    ['/ByteRange modulo 2 to the 64', () => sign(plainPaper(), { write: ([a, b, c, d]) => `[${a} ${b} ${c} ${2n ** 64n + BigInt(d)}]` }), FORMAT, 'a reader of 64 bits that overflows would take it'],
    ['/ByteRange twice', () => sign(plainPaper(), { dictionary: ({ kind, ranges: numbers, contents: text, form }) => `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter /${form} /ByteRange [0 1 2 3] /ByteRange ${numbers} /Contents ${text} >>` }), FORMAT, 'a key twice'],
    ['neither /ByteRange nor /Contents', valued('/V << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached >>'), FORMAT, 'a field that claims to be signed'],
    ['value an empty dictionary', valued('/V << >>'), FORMAT, 'a field that claims to be signed'],
    ['value a string', valued('/V (signed)'), FORMAT, 'a field that claims to be signed'],
    ['value a number', valued('/V 1'), FORMAT, 'a field that claims to be signed'],
    ['value a name', valued('/V /Signed'), FORMAT, 'a field that claims to be signed'],
    ['value true', valued('/V true'), FORMAT, 'a field that claims to be signed'],
    ['value an array', valued('/V [1 2]'), FORMAT, 'a field that claims to be signed'],
    ['value a stream', valued('/V 90 0 R', { 90: stream('signed') }), FORMAT, 'a field that claims to be signed'],
    ['value a dictionary by reference', valued('/V 90 0 R', { 90: '<< /Type /Sig >>' }), FORMAT, 'a field that claims to be signed'],
    ['value null', valued('/V null'), NONE, 'null is no value (ISO 32000-1, 7.3.7): the field waits for its signature'],
    ['value of an object that is not there', valued('/V 77 0 R'), NONE, 'undefined is null (7.3.10)'],
    ['no value', valued(''), NONE, 'an empty signature field'],
    ['signature dictionary that no field leads to', () => plainPaper().save({ 50: '<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents <30> >>' }), FAILED, 'a ByteRange anywhere counts'],
    ['signature dictionary that no entry leads to', () => plainPaper().save({}, { between: '50 0 obj\n<< /Type /Sig /ByteRange [0 1 2 3] /Contents <30> >>\nendobj\n' }), FAILED, 'a ByteRange anywhere counts'],
    ['signature dictionary cut off', () => plainPaper().append('50 0 obj\n<< /Type /Sig /ByteRange [0 1 2 3] /Contents <30'), FAILED, 'a ByteRange anywhere counts'],
    ['form of signature absent', without('SubFilter'), NOT_PASSED, 'which rules hold is not said'],
    ['form of signature unknown', () => sign(plainPaper(), { subFilter: 'acme.own.format' }), NOT_PASSED, 'which rules hold is not known'],
    ['form of signature a string', () => sign(plainPaper(), { dictionary: ({ kind, ranges: numbers, contents: text }) => `<< /Type /${kind} /Filter /Adobe.PPKLite /SubFilter (ETSI.CAdES.detached) /ByteRange ${numbers} /Contents ${text} >>` }), NOT_PASSED, 'which rules hold is not said'],
    ['without /Type', without('Type'), PASSED, '/Type is optional (table 252)'],
    ['without /M', without('M'), PASSED, '/M is optional'],
    ['without /Filter', without('Filter'), 'TOTAL-PASSED|INDETERMINATE|TOTAL-FAILED', '/Filter is required for a signature, and says which handler, not what was signed'],
    ['empty file', () => new Paper('', {}), NONE, 'nothing to verify'],
    ['no PDF', () => new Paper('Good morning', {}), NONE, 'a foreign format'],
    ['header alone', () => new Paper('%PDF-1.7\n', {}), NONE, 'nothing to verify'],
  ];
  return all.map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
