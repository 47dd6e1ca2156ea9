// Usage rights (/UR3), XFA forms: what Acrobat alone makes, and what is fair to say of it.
import { filled, formPaper, plainPaper, stream } from '../paper.mjs';

const kRights = ' /Reference [<< /Type /SigRef /TransformMethod /UR3 /TransformParams << /Type /TransformParams /V /2.2 /Document [/FullSave] /Form [/FillIn /SubmitStandalone] /Signature [/Modify] >> >>]';

export default ({ sign, identity, PASSED, CONSTRAINTS, FORMAT, NOT_PASSED }) => {
  /** Grants rights: a signature that /Perms names and no field holds. */
  const granted = (paper, options = {}) => {
    const { key = 'UR3', ...more } = options;
    return sign(paper, { references: kRights, held: false, changes: { 1: paper.objects[1].replace(/ >>$/, ` /Perms << /${key} ${paper.size} 0 R >> >>`) }, ...more });
  };
  /** The same, written into the catalog itself, as Acrobat does. */
  const inCatalog = (paper, options = {}) => {
    const more = ({ ranges, contents }) => ` /Perms << /UR3 << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached${kRights} /ByteRange ${ranges} /Contents ${contents} >> >> >>`;
    const next = sign(paper, { held: false, dictionary: (parts) => paper.objects[1].replace(/ >>$/, more(parts)), save: { root: paper.size }, ...options });
    // what later revisions write anew holds the very same
    const number = paper.size;
    next.objects[number] = next.text.slice(next.text.lastIndexOf(`\n${number} 0 obj\n`) + `\n${number} 0 obj\n`.length, next.text.lastIndexOf('\nendobj', next.text.lastIndexOf('\nxref')));
    return next;
  };
  const foreign = { identity: identity('seal-unknown-ca') };
  const rights = [
    ['usage rights alone', () => granted(plainPaper()), PASSED, 'an intact signature by somebody trusted', { count: 1 }],
    ['usage rights alone, then content replaced', () => granted(plainPaper()).save({ 5: stream('0 0 9 9 re f') }), CONSTRAINTS, 'all that was signed is changed', { count: 1 }],
    ['usage rights alone, by somebody unknown', () => granted(plainPaper(), foreign), 'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND', 'whose they are cannot be told', { count: 1 }],
    ['usage rights by somebody unknown, then an approval', () => sign(granted(plainPaper(), foreign), { field: 'Approval' }), PASSED, 'rights of a viewer say nothing about the document', { count: 1, field: 'Approval' }],
    ['usage rights, then an approval, then content replaced', () => sign(granted(plainPaper(), foreign), { field: 'Approval' }).save({ 5: stream('0 0 9 9 re f') }), CONSTRAINTS, 'the approval is about the document', { count: 1 }],
    ['usage rights that are broken, then an approval', () => { const p = granted(plainPaper(), { ...foreign, fill: (hex, size) => hex.replace(/.{200}$/, '0'.repeat(200)).padEnd(size, '0') }); return sign(p, { field: 'Approval' }); }, NOT_PASSED, 'what does not hold is told', { count: 2 }],
    ['usage rights claimed by a signature that /Perms do not name', () => { const p = granted(plainPaper(), { ...foreign, key: 'Other' }); return sign(p, { field: 'Approval' }); }, NOT_PASSED, 'a signature like any other', { count: 2 }],
    ['signature that /Perms name as usage rights and that claims none', () => { const p = granted(plainPaper(), { ...foreign, references: '' }); return sign(p, { field: 'Approval' }); }, NOT_PASSED, 'a signature like any other', { count: 2 }],
    ['usage rights in the catalog itself', () => inCatalog(plainPaper()), PASSED, 'an intact signature by somebody trusted', { count: 1 }],
    ['usage rights in the catalog itself, then an approval that writes it anew', () => sign(inCatalog(plainPaper(), foreign), { field: 'Approval' }), PASSED, 'the same rights, stated again', { count: 1, field: 'Approval' }],
    ['usage rights in the catalog itself, taken out by an approval', () => { const p = inCatalog(plainPaper(), foreign); p.objects[6] = p.objects[6].replace(/ \/Perms .*$/, ' >>'); return sign(p, { field: 'Approval' }); }, PASSED, 'rights of a viewer end', { count: 1, field: 'Approval' }],
    ['usage rights in the catalog itself, then others in their place', () => { const p = inCatalog(plainPaper(), foreign); p.objects[6] = p.objects[6].replace(/FullSave/, 'FullSafe'); return sign(p, { field: 'Approval' }); }, NOT_PASSED, 'signed once, stated otherwise'],
    ['usage rights in the catalog itself, then content replaced', () => inCatalog(plainPaper()).save({ 5: stream('0 0 9 9 re f') }), CONSTRAINTS, 'all that was signed is changed', { count: 1 }],
    ['usage rights held by a field', () => sign(sign(plainPaper(), { ...foreign, references: kRights, changes: { 1: plainPaper().objects[1].replace(/ >>$/, ' /Perms << /UR3 6 0 R >> >>') } }), { field: 'Approval' }), NOT_PASSED, 'a signature like any other', { count: 2 }],
    ['usage rights added after an approval', () => { const p = sign(plainPaper()); return p.save({ 1: p.objects[1].replace(/ >>$/, ' /Perms << /UR3 90 0 R >> >>'), 90: '<< /Type /Sig /Filter /Adobe.PPKLite >>' }); }, NOT_PASSED, 'permissions change'],
  ];

  const packets = (data, template = '<template/>') => ({ 60: stream('<xdp:xdp>'), 61: stream(template), 62: stream(`<xfa:datasets>${data}</xfa:datasets>`), 63: stream('</xdp:xdp>') });
  const list = '[(preamble) 60 0 R (template) 61 0 R (datasets) 62 0 R (postamble) 63 0 R]';
  const xfa = (level, more = {}) => sign(formPaper({ more: { ...packets('<name/>'), 6: formPaper().objects[6].replace('<<', `<< /XFA ${list}`), ...more } }), { docmdp: level, field: 'Certification' });
  const template = `<?xml version="1.0" encoding="UTF-8"?>\n<template a='1' xmlns="http://www.xfa.org/">\r\n  <?target  data?>\r\n  <field name="x" h='2'/><text>a &gt; b &amp; c\r\nd</text>\n</template>`;
  const anew = '<template a="1" xmlns="http://www.xfa.org/">\n<?target  data?><field h="2" name="x"></field><text>a > b &#38; c\nd</text></template>'.replace('&#38;', '&amp;');
  const rewritten = (change, place = 95) => () => {
    const p = xfa(2, { 61: packets('', template)[61] });
    const written = { [place]: packets('', change(anew))[61] };
    return p.save({ ...filled(p, 7, 'Somebody'), ...written, 6: p.objects[6].replace('61 0 R', `${place} 0 R`) });
  };
  const other = [
    ['another attribute', (text) => text.replace('a="1"', 'a="2"')],
    ['one attribute more', (text) => text.replace('h="2"', 'h="2" presence="hidden"')],
    ['an attribute twice', (text) => text.replace('h="2"', 'h="2" h="3"')],
    ['another text', (text) => text.replace('b &amp; c', 'b &amp; e')],
    ['words that were text as an element', (text) => text.replace('a > b', 'a <b/>')],
    ['an element as text', (text) => text.replace('<field h="2" name="x"></field>', '&lt;field h="2" name="x">&lt;/field>')],
    ['an element elsewhere', (text) => text.replace('<field h="2" name="x"></field>', '').replace('</text>', '</text><field h="2" name="x"></field>')],
    ['an element inside of another', (text) => text.replace('</field><text>', '<text>').replace('</text>', '</text></field>')],
    ['a note for programs left out', (text) => text.replace('<?target  data?>', '')],
    ['another encoding declared', (text) => `<?xml version="1.0" encoding="UTF-7"?>${text}`],
    ['entities declared', (text) => `<!DOCTYPE template [<!ENTITY x "y">]>${text}`],
    ['marked data', (text) => text.replace('a > b', '<![CDATA[a > b]]>')],
    ['a control character', (text) => text.replace('d</text>', 'd\x01</text>')],
    ['a tag left open', (text) => text.replace('</template>', '</template')],
  ].map(([name, change]) => [`XFA: template written anew with ${name}`, rewritten(change), FORMAT, 'the form is another']);
  const same = [
    ['XFA: template written anew by iText', rewritten((text) => text), PASSED, 'the same template', { modification: 'permitted' }],
    ['XFA: the same in its own object', rewritten((text) => text, 61), PASSED, 'the same template', { modification: 'permitted' }],
  ];
  const forms = [2, 3].flatMap((level) => [
    [`XFA: filled in with its data, P ${level}`, () => { const p = xfa(level); return p.save({ ...filled(p, 7, 'Somebody'), 62: packets('<name>Somebody</name>')[62] }); }, PASSED, 'filling in', { modification: 'permitted' }],
    [`XFA: filled in with its data in a new object, P ${level}`, () => { const p = xfa(level); return p.save({ ...filled(p, 7, 'Somebody'), 6: p.objects[6].replace('62 0 R', '95 0 R'), 95: packets('<name>Somebody</name>')[62] }); }, PASSED, 'filling in', { modification: 'permitted' }],
    [`XFA: template changed while filling in, P ${level}`, () => { const p = xfa(level); return p.save({ ...filled(p, 7, 'Somebody'), 61: packets('', '<template evil=""/>')[61] }); }, FORMAT, 'the form is another'],
    [`XFA: template in another object while filling in, P ${level}`, () => { const p = xfa(level); return p.save({ ...filled(p, 7, 'Somebody'), 6: p.objects[6].replace('61 0 R', '95 0 R'), 95: packets('', '<template evil=""/>')[61] }); }, FORMAT, 'the form is another'],
    [`XFA: packets in another order, P ${level}`, () => { const p = xfa(level); return p.save({ 6: p.objects[6].replace(list, '[(preamble) 60 0 R (datasets) 61 0 R (template) 62 0 R (postamble) 63 0 R]') }); }, FORMAT, 'the data become the template'],
    [`XFA: taken out, P ${level}`, () => { const p = xfa(level); return p.save({ 6: p.objects[6].replace(` /XFA ${list}`, '') }); }, FORMAT, 'the form is another'],
    [`XFA: one stream, replaced, P ${level}`, () => { const p = xfa(level, { 6: formPaper().objects[6].replace('<<', '<< /XFA 60 0 R') }); return p.save({ 60: stream('<xdp:xdp evil=""/>') }); }, FORMAT, 'the form is another'],
  ]).concat([
    ['XFA: data filled in, P 1', () => xfa(1).save({ 62: packets('<name>Somebody</name>')[62] }), FORMAT, 'P 1 permits nothing'],
    ['XFA: data filled in after an approval', () => sign(formPaper({ more: { ...packets('<name/>'), 6: formPaper().objects[6].replace('<<', `<< /XFA ${list}`) } })).save({ 62: packets('<name>Somebody</name>')[62] }), CONSTRAINTS, 'policy: filling in is a change'],
    ['XFA: second approval, nothing filled in', () => sign(sign(formPaper({ more: { ...packets('<name/>'), 6: formPaper().objects[6].replace('<<', `<< /XFA ${list}`) } })), { field: 'Second' }), PASSED, 'nothing of it changes', { count: 2 }],
  ]);
  return [...rights, ...forms, ...same, ...other].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
