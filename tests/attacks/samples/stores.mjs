// What stands as evidence and is none; fields that become parents, and new fields below old parents.
import { formPaper, stream } from '../paper.mjs';

const kSign = '/Type /Annot /Subtype /Widget /FT /Sig /P 4 0 R /Rect [0 0 0 0] /F 132';

export default ({ sign, PASSED, FORMAT, CONSTRAINTS }) => {
  const entry = `/${'A'.repeat(40)}`;
  const stores = [
    ['a string', '(Hi there)'], ['a stream', stream('evidence')], ['a key of its own', '<< /Mine 5 0 R >>'], ['a key without a value', '<< /Mine null >>'],
    ['a list that is null', '<< /Certs null >>'], ['a list that is a string', '<< /Certs (x) >>'], ['a list of dictionaries', '<< /Certs [3 0 R] >>'],
    ['a list of strings', '<< /CRLs [(x)] >>'], ['another /Type', '<< /Type /Page >>'], ['/VRI null', '<< /VRI null >>'], ['/VRI a list', '<< /VRI [] >>'],
    ['/VRI of no hash', '<< /VRI << /Somebody << >> >> >>'], ['/VRI of a null', `<< /VRI << ${entry} null >> >>`], ['/VRI with a key of its own', `<< /VRI << ${entry} << /Mine null >> >> >>`],
    ['/VRI with a list of dictionaries', `<< /VRI << ${entry} << /OCSP [3 0 R] >> >> >>`], ['/VRI whose time is a page', `<< /VRI << ${entry} << /TS 4 0 R >> >> >>`],
  ];
  const levels = [['after an approval', undefined, CONSTRAINTS], ['P 2', 2, FORMAT], ['P 3', 3, FORMAT]];
  const signed = (level, base = formPaper()) => sign(base, level ? { docmdp: level, field: 'First' } : { field: 'First' });
  const evidence = levels.flatMap(([name, level, expect]) => stores.map(([what, body]) => ({
    name: `evidence that is ${what}, ${name}`, make: () => { const p = signed(level); return p.save({ 1: p.objects[1].replace(/ >>$/, ' /DSS 95 0 R >>'), 95: body }); }, expect, why: 'anything could be brought in like that',
  })));
  const whole = `<< /Type /DSS /Certs [96 0 R] /CRLs [] /OCSPs 98 0 R /VRI << ${entry} << /Type /VRI /Cert [96 0 R] /TU (D:20261120091407Z) /TS 97 0 R >> >> >>`;
  const legal = levels.map(([name, level]) => ({
    name: `legal twin: evidence of every kind, ${name}`, make: () => { const p = signed(level); return p.save({ 1: p.objects[1].replace(/ >>$/, ' /DSS 95 0 R >>'), 95: whole.replace('/Type /DSS', '/Type 94 0 R'), 94: '/DSS', 96: stream('one'), 97: stream('time'), 98: '[99 0 R]', 99: stream('answer') }); }, expect: PASSED, why: 'ISO 32000-2, 12.8.4.3',
  }));

  const kids = [['/Kids []', '/Kids []'], ['/Kids [null]', '/Kids [null]'], ['/Kids of nothing', '/Kids [93 0 R]'], ['/Kids of its own', '/Kids [7 0 R]']];
  const parents = levels.flatMap(([name, level, expect]) => kids.map(([what, more]) => ({
    name: `field that gets ${what}, ${name}`, make: () => { const p = signed(level); return p.save({ 7: p.objects[7].replace(/ >>$/, ` ${more} >>`), 93: 'null' }); }, expect, why: 'a field that some readers no longer show',
  })));

  const deep = formPaper({ widgets: ' 71 0 R', fields: ' 70 0 R', more: { 70: '<< /T (Approvals) /Kids [71 0 R] >>', 71: `<< ${kSign} /T (One) /Parent 70 0 R >>` } });
  const below = (p, name = 'Two') => p.save({ 4: p.objects[4].replace('/Annots [', '/Annots [172 0 R '), 70: '<< /T (Approvals) /Kids [71 0 R 172 0 R] >>', 172: `<< ${kSign} /T (${name}) /Parent 70 0 R >>` });
  const fields = levels.flatMap(([name, level, expect]) => [
    { name: `legal twin: empty field below a parent signed, ${name}`, make: () => sign(signed(level, deep), { into: 71 }), expect: PASSED, why: 'it was there', count: 2 },
    { name: `legal twin: new field below an old parent, signed, ${name}`, make: () => sign(below(signed(level, deep)), { into: 172 }), expect: PASSED, why: 'a further signature', count: 2 },
    { name: `new field below an old parent, of a name that is taken, ${name}`, make: () => sign(below(signed(level, deep), 'One'), { into: 172 }), expect, why: 'which of the two is meant' },
  ]);
  return [...evidence, ...legal, ...parents, ...fields];
};
