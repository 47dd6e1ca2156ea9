// What programs that cannot be run here write: Acrobat, Word, DSS, pyHanko, signers of telephones. Each as its files are built, from their own documentation and from what is known of them.
import { createHash } from 'node:crypto';
import { filled, formPaper, packed, pageObjects, Paper, plainPaper, stream, textAppearance } from '../paper.mjs';
import { fieldMdp, lock } from '../sign.mjs';

const xmp = (date, words = '') => stream(`<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 5.6-c017"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><xmp:ModifyDate>${date}</xmp:ModifyDate><xmp:CreateDate>2026-11-20T09:00:00+01:00</xmp:CreateDate><xmp:MetadataDate>${date}</xmp:MetadataDate><dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Form${words}</rdf:li></rdf:Alt></dc:title><xmpMM:DocumentID>uuid:0001</xmpMM:DocumentID><xmpMM:InstanceID>uuid:${createHash('sha256').update(date).digest('hex').slice(0, 12)}</xmpMM:InstanceID><pdf:Producer>Invented</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>\n${' '.repeat(200)}\n<?xpacket end="w"?>`, ' /Type /Metadata /Subtype /XML');
const info = (date, words = '') => `<< /CreationDate (D:20261120090000+01'00') /Creator (Invented) /ModDate (D:${date}) /Producer (Invented) /Title (Form${words}) >>`;
const layer = (data, more = '', box = '0 0 200 50') => stream(data, ` /Type /XObject /Subtype /Form /FormType 1 /BBox [${box}] /Matrix [1 0 0 1 0 0]${more}`);

/** A signature's appearance in the layers of Acrobat 6 (n0, n2 in FRM), objects from `first` on. */
const layers = (first) => ({
  [first]: layer('q 1 0 0 1 0 0 cm /FRM Do Q', ` /Resources << /XObject << /FRM ${first + 1} 0 R >> /ProcSet [/PDF] >>`),
  [first + 1]: layer('q 1 0 0 1 0 0 cm /n0 Do Q q 1 0 0 1 0 0 cm /n2 Do Q', ` /Resources << /XObject << /n0 ${first + 2} 0 R /n2 ${first + 3} 0 R >> /ProcSet [/PDF] >>`),
  [first + 2]: layer('% DSBlank\n', ' /Resources << /ProcSet [/PDF] >>', '0 0 100 100'),
  [first + 3]: layer('BT /F1 9 Tf 2 2 Td (Digitally signed) Tj ET', ' /Resources << /Font << /F1 3 0 R >> /ProcSet [/PDF /Text] >>'),
});

const kBuild = ' /Prop_Build << /Filter << /Name /Adobe.PPKLite /R 131104 /Date (Oct 1 2026 00:00:00) >> /PubSec << /R 131105 /NonEFontNoWarn true >> /App << /Name /Exchange-Pro /R 1638656 /OS [/Win] /REx (2026.001.20035) /TrustedMode true >> >>';

export default ({ sign, identity, PASSED, CONSTRAINTS, NOT_PASSED, FORMAT }) => {
  const acrobat = (options = {}) => formPaper({ catalog: ' /Metadata 60 0 R /Lang (ca) /Names << /JavaScript << /Names [(init) 62 0 R] >> >> /ViewerPreferences << /DisplayDocTitle true >>', fields: ' 63 0 R',
    more: { 60: xmp('2026-11-20T09:00:00+01:00'), 61: info("20261120090000+01'00'"), 62: '<< /S /JavaScript /JS (var x = 1;) >>',
      63: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /P 4 0 R /Rect [300 100 500 150] /F 4 /MK << >> /StructParent 3${options.lock ?? ''} >>`, 4: formPaper().objects[4].replace('/Annots [', '/Annots [63 0 R ') } }, { style: 'stream', compress: [1, 2, 3, 4, 6, 7, 9, 11, 14, 15, 17, 61, 62, 63], trailer: ` /Info 61 0 R /ID [<${'A0'.repeat(16)}> <${'A0'.repeat(16)}>]` });
  const dated = (hour) => ({ 60: xmp(`2026-11-20T${hour}:00:00+01:00`), 61: info(`20261120${hour}0000+01'00'`) });
  const trailer = (id) => ` /Info 61 0 R /ID [<${'A0'.repeat(16)}> <${id.repeat(16)}>]`;
  /** Signs its field as Acrobat does: metadata and dates, fonts of the form, layers, packed objects. */
  const acrobatSigns = (paper, into, hour, options = {}) => {
    const n = paper.size;
    const grown = paper.objects[6].replace('/DR << /Font << /F1 3 0 R >> >>', '/DR << /Encoding << /PDFDocEncoding 80 0 R >> /Font << /F1 3 0 R /Helv 81 0 R /ZaDb 82 0 R >> >> /SigFlags 3');
    return sign(paper, { into, more: `${kBuild} /Name (Invented Person)`, save: { style: 'stream', compress: [6, 61, 80, 81, 82, into], trailer: trailer(hour) }, ...options,
      changes: { ...dated(hour), 6: grown, 80: '<< /Type /Encoding /Differences [24 /breve /caron] >>', 81: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Name /Helv /Encoding 80 0 R >>', 82: '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats /Name /ZaDb >>',
        [into]: paper.objects[into].replace('/MK << >>', `/MK << >> /AP << /N ${n} 0 R >>`), ...layers(n), ...options.changes } });
  };
  const field = (number, name, more = '') => (paper) => paper.save({ 4: paper.objects[4].replace('/Annots [', `/Annots [${number} 0 R `), 6: paper.objects[6].replace('/Fields [', `/Fields [${number} 0 R `), [number]: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /P 4 0 R /Rect [300 30 500 80] /F 4 /MK << >>${more} >>` });
  const twoFields = (more = '') => { const paper = field(90, 'Signature2', more)(acrobat()); return new Paper(paper.text, paper.objects, paper); };

  // DSS renews its store by writing it anew: the same streams under new numbers, each revision after a signature
  const certificates = ['issuing', 'tsa', 'seal-rsa'].map((name) => identity(name).der.toString('latin1'));
  const dssStore = (paper, count, vriTime) => {
    const n = paper.size;
    const streams = Object.fromEntries(certificates.slice(0, count).map((der, i) => [n + 1 + i, stream(der)]));
    const refs = Object.keys(streams).map((number) => `${number} 0 R`).join(' ');
    const vri = createHash('sha1').update('one').digest('hex').toUpperCase();
    return paper.save({ 1: paper.objects[1].replace(/ \/DSS \d+ 0 R/, '').replace(/ >>$/, ` /DSS ${n} 0 R >>`), [n]: `<< /Certs [${refs}] /VRI << /${vri} << /Cert [${refs}]${vriTime ? ` /TU (D:${vriTime})` : ''} >> >> >>`, ...streams });
  };
  const stamp = (paper, name, options = {}) => sign(paper, { timestamp: true, field: name, identity: identity('tsa'), cms: { certificates: [identity('tsa'), identity('issuing')], time: new Date(Date.now() - (name === 'T1' ? 120_000 : 60_000)) }, ...options });

  /** Word: a table, and behind its end a second section that only names the stream with the same entries. */
  const word = () => {
    const paper = Paper.create({ ...pageObjects('made by a word processor', { catalog: ' /StructTreeRoot 7 0 R /MarkInfo << /Marked true >>' }), 6: info('20261120090000Z'), 7: '<< /Type /StructTreeRoot /K [8 0 R] >>', 8: '<< /Type /StructElem /S /P /P 7 0 R /Pg 4 0 R /K 0 >>' }, { trailer: ' /Info 6 0 R /ID [<0102> <0102>]' });
    const [body, tail] = [paper.text.slice(0, paper.startxref), paper.text.slice(paper.startxref)];
    const rows = [[0, 0, 65535]];
    for (let number = 1; number <= 8; number += 1) rows.push([1, body.indexOf(`\n${number} 0 obj\n`) + 1, 0]);
    rows.push([1, body.length, 0]);
    const data = Buffer.concat(rows.map(([kind, place, generation]) => { const row = Buffer.alloc(7); row[0] = kind; row.writeUInt32BE(place, 1); row.writeUInt16BE(generation, 5); return row; })).toString('latin1');
    const twin = `9 0 obj\n<< /Type /XRef /Size 10 /W [1 4 2] /Root 1 0 R /Info 6 0 R /ID [<0102> <0102>] /Length ${data.length} >>\nstream\n${data}\nendstream\nendobj\n`;
    const at = body.length + twin.length;
    const first = body + twin + tail.replace(/\/Size \d+/, '/Size 10').replace(/startxref\n\d+/, `startxref\n${at}`).replace('0 9\n', '0 10\n').replace('trailer', `${String(body.length).padStart(10, '0')} 00000 n \ntrailer`);
    const text = `${first}xref\n0 0\ntrailer\n<< /Size 10 /Root 1 0 R /Info 6 0 R /ID [<0102> <0102>] /Prev ${at} /XRefStm ${body.length} >>\nstartxref\n${first.length}\n%%EOF`;
    return new Paper(text, paper.objects, { root: 1, size: 10, startxref: first.length });
  };

  const legal = [
    ['Acrobat: field signed with layers, fonts of the form and metadata', () => acrobatSigns(acrobat(), 63, '10'), { count: 1 }],
    ['Acrobat: second field signed, metadata renewed', () => acrobatSigns(acrobatSigns(twoFields(), 63, '10'), 90, '11'), { count: 2, modification: 'permitted' }],
    ['Acrobat: certified with P 2 and /Perms, filled in, signed', () => { const p = acrobatSigns(twoFields(), 63, '10', { docmdp: 2 }); const q = p.save({ ...filled(p, 7, 'Somebody'), ...dated('11') }, { style: 'stream', compress: [7, 61], trailer: trailer('11') }); return acrobatSigns(q, 90, '12'); }, { count: 2, modification: 'permitted' }],
    ['Acrobat: signed with a lock, the fields set to read-only', () => { const p = field(90, 'Signature2')(acrobat({ lock: lock('Include', ['name', 'amount', 'data']) })); const closed = Object.fromEntries([7, 9, 15, 17].map((number) => [number, p.objects[number].replace(/ >>$/, ' /Ff 1 >>')])); return acrobatSigns(acrobatSigns(p, 63, '10', { references: fieldMdp('Include', ['name', 'amount', 'data']), changes: closed }), 90, '11'); }, { count: 2, modification: 'permitted' }],
    ['Acrobat: second signature locks and closes fields', () => { const p = twoFields(lock('All')); const closed = (q) => Object.fromEntries([7, 9, 15, 17].map((number) => [number, q.objects[number].replace(/ >>$/, ' /Ff 1 >>')])); const q = acrobatSigns(p, 63, '10'); return acrobatSigns(q, 90, '11', { references: fieldMdp('All'), changes: closed(q) }); }, { count: 2, modification: 'permitted' }],
    ['Acrobat: evidence for long validation added with dates and extensions', () => { const p = acrobatSigns(acrobat(), 63, '10'); return p.save({ ...dated('11'), 1: p.objects[1].replace(/ >>$/, ' /DSS 95 0 R /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >> >>'), 95: `<< /Certs [96 0 R] /VRI << /${'AB'.repeat(20)} << /Cert [96 0 R] /TU (D:20261120110000Z) >> >> >>`, 96: packed(certificates[0]) }, { style: 'stream', compress: [1, 61, 95], trailer: trailer('11') }); }, { modification: 'permitted' }],
    ['saved again: dates alone', () => { const p = acrobatSigns(acrobat(), 63, '10'); return p.save(dated('11'), { style: 'stream', compress: [61], trailer: trailer('11') }); }, { modification: 'permitted' }],
    ['saved again: dates in the metadata of an older program alone', () => { const old = (date) => stream(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about='' xmlns:xap='http://ns.adobe.com/xap/1.0/' xap:ModifyDate='${date}' xap:CreatorTool='Invented'/><rdf:Description xmlns:xapMM="http://ns.adobe.com/xap/1.0/mm/" xapMM:InstanceID="uuid:${date}"/></rdf:RDF></x:xmpmeta>`, ' /Type /Metadata /Subtype /XML'); const p = sign(Paper.create({ ...pageObjects('x', { catalog: ' /Metadata 60 0 R' }), 60: old('2026-11-20') })); return p.save({ 60: old('2026-11-21') }); }, { modification: 'permitted' }],
    ['saved again: dates in the document information alone', () => { const p = acrobatSigns(acrobat(), 63, '10'); return p.save({ 61: dated('11')[61] }, { style: 'stream', trailer: trailer('11') }); }, { modification: 'permitted' }],
    ['saved again: dates of a certified document', () => { const p = acrobatSigns(acrobat(), 63, '10', { docmdp: 2 }); return p.save(dated('11'), { style: 'stream', compress: [61], trailer: trailer('11') }); }, { modification: 'permitted' }],
    ['saved again: document information added', () => { const p = sign(plainPaper()); return p.save({ 90: "<< /Producer (Invented) /ModDate (D:20261120110000Z) >>" }, { trailer: ' /Info 90 0 R' }); }, { modification: 'permitted' }],
    ['saved again: nothing but a new identifier', () => { const p = sign(plainPaper('x', {}, { trailer: ' /ID [<0102> <0102>]' }), { save: { trailer: ' /ID [<0102> <0304>]' } }); return p.save({}, { trailer: ' /ID [<0102> <0506>]' }); }, { modification: 'permitted|none' }],
    ['Word: signed', () => sign(word()), { count: 1, coverage: 'whole-file' }],
    ['Word: signed twice, and evidence', () => dssStore(sign(sign(word()), { field: 'Second' }), 2), { count: 2, modification: 'permitted' }],
    ['Word: certified, then signed', () => sign(sign(word(), { docmdp: 2 }), { field: 'Second' }), { count: 2 }],
    ['DSS: evidence written anew with every renewal', () => { let p = dssStore(sign(plainPaper()), 1); p = stamp(p, 'T1'); p = dssStore(p, 2); p = stamp(p, 'T2'); return dssStore(p, 3, '20261120110000Z'); }, { count: 3, modification: 'permitted' }],
    ['DSS: evidence of another program written anew without /VRI', () => { const p = dssStore(sign(plainPaper()), 3); const n = p.size; return stamp(p.save({ 1: p.objects[1].replace(/\/DSS \d+ 0 R/, `/DSS ${n} 0 R`), [n]: `<< /Certs [${certificates.map((_, i) => `${n + 1 + i} 0 R`).join(' ')}] >>`, ...Object.fromEntries(certificates.map((der, i) => [n + 1 + i, packed(der)])) }), 'T1'); }, { count: 2, modification: 'permitted' }],
    ['DSS: evidence, timestamp and visible second signature', () => { const p = stamp(dssStore(sign(plainPaper()), 2), 'T1'); return sign(p, { field: 'Second', rect: '300 50 500 100', fieldEntries: ' /AP << /N 95 0 R >>', changes: { 95: layer('BT /F1 9 Tf 2 2 Td (signed) Tj ET') } }); }, { count: 3, modification: 'permitted' }],
    ['pyHanko: lock with DocMDP from the field, then a timestamp', () => stamp(dssStore(sign(formPaper({ fields: ' 63 0 R', more: { 63: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sig1) /P 4 0 R /Rect [0 0 0 0] /F 132${lock('All', [], ' /P 1')} >>` } }), { into: 63, references: ' /Reference [<< /Type /SigRef /TransformMethod /FieldMDP /Data 1 0 R /TransformParams << /Type /TransformParams /Action /All /V /1.2 >> >> << /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>]' }), 2), 'T1'), { count: 2 }],
    ['pyHanko: store in objects of its own, merged', () => { const p = sign(plainPaper()); const one = p.save({ 1: p.objects[1].replace(/ >>$/, ' /DSS 80 0 R /Extensions << /ESIC << /BaseVersion /1.7 /ExtensionLevel 5 >> >> >>'), 80: '<< /Type /DSS /Certs 81 0 R /VRI 82 0 R >>', 81: '[83 0 R]', 82: `<< /${'CD'.repeat(20)} 84 0 R >>`, 83: packed(certificates[0]), 84: '<< /Type /VRI /Cert [83 0 R] >>' }); return stamp(one.save({ 81: '[83 0 R 85 0 R]', 85: packed(certificates[1]), 82: `<< /${'CD'.repeat(20)} 84 0 R /${'EF'.repeat(20)} 86 0 R >>`, 86: '<< /Type /VRI /Cert [85 0 R] >>' }), 'T1'); }, { count: 2, modification: 'permitted' }],
    ['telephone: name without quotes, odd spacing, /Type left out', () => sign(plainPaper(), { dictionary: ({ ranges, contents, form }) => `<</Filter/Adobe.PPKLite\n/SubFilter/${form}/Name(Invented)/M(D:20261120091407+01'00')/ByteRange${ranges}/Contents${contents}/Reason()/Location()/ContactInfo()>>` })],
    ['telephone: /Contents before /ByteRange, capital digits', () => sign(plainPaper(), { dictionary: ({ kind, ranges, contents, form }) => `<< /Contents ${contents} /Type /${kind} /SubFilter /${form} /ByteRange ${ranges} /Filter /Adobe.PPKMS >>`, fill: (hex, size) => hex.toUpperCase().padEnd(size, '0') })],
    ['telephone: picture of the signature with a mask', () => sign(plainPaper(), { rect: '300 50 500 100', fieldEntries: ' /AP << /N 90 0 R >>', changes: { 90: layer('q 200 0 0 50 0 0 cm /Img Do Q', ' /Resources << /XObject << /Img 91 0 R >> >>'), 91: stream('\x00', ' /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 92 0 R'), 92: stream('\x80', ' /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8') } })],
    ['tagged: second visible signature, the tree of numbers in branches', () => {
      const kids = (last, more) => `<< /Limits [2 ${last}] /Nums [2 8 0 R${more}] >>`;
      const p = sign(Paper.create({ ...pageObjects('x', { catalog: ' /StructTreeRoot 7 0 R /MarkInfo << /Marked true >>', page: ' /StructParents 0' }), 7: '<< /Type /StructTreeRoot /K 8 0 R /ParentTree 9 0 R /ParentTreeNextKey 3 >>', 8: '<< /Type /StructElem /S /Document /P 7 0 R /Pg 4 0 R /K [0 1] >>', 9: '<< /Kids [10 0 R 11 0 R] >>', 10: '<< /Limits [0 1] /Nums [0 [8 0 R] 1 8 0 R] >>', 11: kids(2, '') }));
      const n = p.size + 1;
      return sign(p, { field: 'Second', fieldEntries: ' /StructParent 3', changes: { 7: p.objects[7].replace('NextKey 3', 'NextKey 4'), 8: p.objects[8].replace('[0 1]', `[0 1 ${p.size} 0 R]`), 11: kids(3, ` 3 ${p.size} 0 R`), [p.size]: `<< /Type /StructElem /S /Form /P 8 0 R /Pg 4 0 R /K << /Type /OBJR /Obj ${n + 1} 0 R /Pg 4 0 R >> >>` } });
    }, { count: 2, modification: 'permitted' }],
    ['tagged: second signature, a new branch of the tree of numbers', () => {
      const p = sign(Paper.create({ ...pageObjects('x', { catalog: ' /StructTreeRoot 7 0 R /MarkInfo << /Marked true >>', page: ' /StructParents 0' }), 7: '<< /Type /StructTreeRoot /K [8 0 R] /ParentTree 9 0 R /ParentTreeNextKey 1 >>', 8: '<< /Type /StructElem /S /Document /P 7 0 R /Pg 4 0 R /K [0] >>', 9: '<< /Kids [10 0 R] >>', 10: '<< /Limits [0 0] /Nums [0 [8 0 R]] >>' }));
      const n = p.size;
      return sign(p, { field: 'Second', fieldEntries: ' /StructParent 1', changes: { 7: p.objects[7].replace('[8 0 R]', `[8 0 R ${n} 0 R]`).replace('NextKey 1', 'NextKey 2'), 9: `<< /Kids [10 0 R ${n + 1} 0 R] >>`, [n]: `<< /Type /StructElem /S /Form /P 7 0 R /Pg 4 0 R /K << /Type /OBJR /Obj ${n + 3} 0 R /Pg 4 0 R >> >>`, [n + 1]: `<< /Limits [1 1] /Nums [1 ${n} 0 R] >>` } });
    }, { count: 2, modification: 'permitted' }],
    ['bookmarks, layers, names and page labels untouched by a second signature', () => {
      const p = sign(Paper.create({ ...pageObjects('x', { catalog: ' /Outlines 60 0 R /OCProperties << /OCGs [62 0 R] /D << /Order [62 0 R] /AS [<< /Event /View /Category [/View] /OCGs [62 0 R] >>] >> >> /Names << /Dests 63 0 R >> /PageLabels << /Nums [0 << /S /D >>] >> /OpenAction [4 0 R /Fit] /PieceInfo << /Own << /LastModified (D:20261120) /Private 64 0 R >> >>' }), 60: '<< /Type /Outlines /First 61 0 R /Last 61 0 R /Count 1 >>', 61: '<< /Title (one) /Parent 60 0 R /Dest [4 0 R /Fit] >>', 62: '<< /Type /OCG /Name (layer) >>', 63: '<< /Names [(a) [4 0 R /Fit]] >>', 64: stream('private') }));
      return sign(p, { field: 'Second', changes: Object.fromEntries(Object.entries(p.objects).filter(([, body]) => !body.includes('/ByteRange'))) });
    }, { count: 2 }],
  ];
  const evil = [
    ['document information with another title, saved alone', () => { const p = acrobatSigns(acrobat(), 63, '10'); return p.save({ 61: info('20261120110000Z', ' that grants everything') }, { style: 'stream', trailer: trailer('11') }); }, CONSTRAINTS, 'the title is shown in the window'],
    ['metadata with another title, saved alone', () => { const p = acrobatSigns(acrobat(), 63, '10'); return p.save({ 60: xmp('2026-11-20T11:00:00+01:00', ' that grants everything') }, { style: 'stream', trailer: trailer('11') }); }, CONSTRAINTS, 'the title is shown in the window'],
    ['metadata with a title that hides behind a date, saved alone', () => { const p = acrobatSigns(acrobat(), 63, '10'); return p.save({ 60: p.objects[60].replace(/<xmp:ModifyDate>[^<]*/, '<xmp:ModifyDate>2026</xmp:ModifyDate><dc:title>everything</dc:title><xmp:ModifyDate>2026').replace(/\/Length \d+/, (words) => `/Length ${Number(words.slice(8)) + '<xmp:ModifyDate>2026</xmp:ModifyDate><dc:title>everything</dc:title><xmp:ModifyDate>2026'.length - '<xmp:ModifyDate>2026-11-20T10:00:00+01:00'.length}`) }, { style: 'stream', trailer: trailer('11') }); }, CONSTRAINTS, 'the title is shown in the window'],
    ['dates of a document certified with P 1', () => { const p = acrobatSigns(acrobat(), 63, '10', { docmdp: 1 }); return p.save(dated('11'), { style: 'stream', compress: [61], trailer: trailer('11') }); }, FORMAT, 'P 1 permits nothing'],
    ['Word: the second section hides another page', () => { const p = word(); const evilPage = stream('BT /F1 18 Tf 72 720 Td (to everybody) Tj ET'); const q = p.save({ 20: evilPage }); return sign(q.save({ 21: '<< >>' }, { style: 'hybrid', twin: [[5, { offset: q.text.lastIndexOf('\n20 0 obj') + 1 }]] })); }, NOT_PASSED, 'readers of old and new show another page'],
    ['tagged: the signature\'s branch brings other words along', () => {
      const p = sign(Paper.create({ ...pageObjects('x', { catalog: ' /StructTreeRoot 7 0 R', page: ' /StructParents 0' }), 7: '<< /Type /StructTreeRoot /K [8 0 R] /ParentTree 9 0 R /ParentTreeNextKey 1 >>', 8: '<< /Type /StructElem /S /Document /P 7 0 R /Pg 4 0 R /K [0] >>', 9: '<< /Kids [10 0 R] >>', 10: '<< /Limits [0 0] /Nums [0 [8 0 R]] >>' }));
      const n = p.size;
      return sign(p, { field: 'Second', changes: { 9: `<< /Kids [${n + 1} 0 R] >>`, [n + 1]: `<< /Limits [0 0] /Nums [0 [${n} 0 R]] >>`, [n]: '<< /Type /StructElem /S /P /P 7 0 R /Pg 4 0 R /K 0 /ActualText (to everybody) >>' } });
    }, NOT_PASSED, 'what is read aloud is another text'],
    ['DSS: evidence written anew without what only /VRI named', () => { const p = sign(plainPaper()); const q = p.save({ 1: p.objects[1].replace(/ >>$/, ' /DSS 80 0 R >>'), 80: `<< /Certs [81 0 R] /VRI << /${'AB'.repeat(20)} << /Cert [81 0 R] /OCSP [82 0 R] >> >> >>`, 81: packed(certificates[0]), 82: stream('an answer') }); return stamp(q.save({ 80: '<< /Certs [81 0 R] >>' }), 'T1'); }, CONSTRAINTS, 'what was proven can no longer be'],
    ['DSS: a piece of evidence replaced in its place', () => { const p = dssStore(sign(plainPaper()), 2); return p.save({ [p.size - 1]: stream('another certificate') }); }, CONSTRAINTS, 'what was proven can no longer be'],
    ['DSS: evidence written anew with less', () => { let p = dssStore(sign(plainPaper()), 3); p = stamp(p, 'T1'); return dssStore(p, 1); }, CONSTRAINTS, 'what was proven can no longer be'],
    ['appearance layers of the first signature exchanged by the second', () => { const p = acrobatSigns(twoFields(), 63, '10'); const n2 = Number(/n2 (\d+) 0 R/.exec(p.text)[1]); return acrobatSigns(p, 90, '11', { changes: { [n2]: layer('BT /F1 9 Tf 2 2 Td (signed by somebody else) Tj ET', ' /Resources << /Font << /F1 3 0 R >> >>') } }); }, NOT_PASSED, 'who signed is not what is shown'],
    ['script of the document exchanged while signing', () => { const p = acrobatSigns(twoFields(), 63, '10'); return acrobatSigns(p, 90, '11', { changes: { 62: '<< /S /JavaScript /JS (app.launchURL\\(1\\)) >>' } }); }, NOT_PASSED, 'a signature changes no script'],
  ];
  return [...legal.map(([name, make, more]) => ({ name, make, expect: PASSED, why: 'legal', ...more })), ...evil.map(([name, make, expect, why]) => ({ name, make, expect, why }))];
};
