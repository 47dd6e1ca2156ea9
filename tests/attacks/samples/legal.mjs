// What honest software does after somebody signed, and the shapes that honest files have.
import { signatureTimestamp } from '../cms.mjs';
import { formPaper, packed, pageObjects, Paper, plainPaper, stream } from '../paper.mjs';

export default ({ identity, sign, PASSED }) => {
  const tsa = identity('tsa');
  const issuing = identity('issuing');
  const minutes = (count) => new Date(Date.now() + count * 60_000);
  const stamp = (paper, name = 'Timestamp', time = minutes(-1)) => sign(paper, { timestamp: true, field: name, identity: tsa, cms: { certificates: [tsa, issuing], time } });
  const store = (paper, { vri = false } = {}) => {
    const at = paper.size;
    const objects = { [at]: `<< /Type /DSS /Certs [${at + 1} 0 R ${at + 2} 0 R]${vri ? ` /VRI << /${'A'.repeat(40)} << /Cert [${at + 1} 0 R] /TU (D:20261120091407Z) >> >>` : ''} >>`,
      [at + 1]: packed(issuing.der.toString('latin1')), [at + 2]: packed(tsa.der.toString('latin1')),
      1: paper.objects[1].replace(/ \/DSS \d+ 0 R/, '').replace(/ >>$/, ` /DSS ${at} 0 R >>`) };
    return paper.save(objects);
  };
  const inDirectForm = () => Paper.create(pageObjects('x', { catalog: ' /AcroForm << /Fields [] /SigFlags 3 /DA (/F1 0 Tf 0 g) >>' }));
  const info = (paper, words) => ({ [paper.size]: `<< /Producer (${words}) /ModDate (D:20261120091407Z) >>` });
  const all = [
    ['one approval', () => sign(plainPaper()), { coverage: 'whole-file', modification: 'none', integrity: 'intact', count: 1, field: 'Signature1' }],
    ['two approvals', () => sign(sign(plainPaper()), { field: 'Second' }), { count: 2, modification: 'permitted', coverage: 'whole-revision' }],
    ['three approvals', () => sign(sign(sign(plainPaper()), { field: 'Second' }), { field: 'Third' }), { count: 3 }],
    ['ten approvals', () => Array.from({ length: 9 }).reduce((paper, _, i) => sign(paper, { field: `Signature${i + 2}` }), sign(plainPaper())), { count: 10 }],
    ['two approvals by two keys', () => sign(sign(plainPaper()), { field: 'Second', identity: identity('seal-rsa') }), { count: 2 }],
    ['visible approval', () => sign(plainPaper(), { rect: '72 100 272 150', fieldEntries: ' /AP << /N 95 0 R >>', changes: { 95: stream('0 0 200 50 re S', ' /Type /XObject /Subtype /Form /BBox [0 0 200 50]') } })],
    ['second approval visible on empty paper', () => sign(sign(plainPaper()), { field: 'Second', rect: '72 100 272 150', fieldEntries: ' /AP << /N 95 0 R >>', changes: { 95: stream('0 0 200 50 re S', ' /Type /XObject /Subtype /Form /BBox [0 0 200 50]') } }), { count: 2 }],
    ['approval, then evidence', () => store(sign(plainPaper())), { modification: 'permitted' }],
    ['approval, then evidence with /VRI', () => store(sign(plainPaper()), { vri: true }), { modification: 'permitted' }],
    ['approval, evidence, document timestamp', () => stamp(store(sign(plainPaper()))), { count: 2, modification: 'permitted' }],
    ['the same once more, as renewal does', () => stamp(store(stamp(store(sign(plainPaper())), 'First', minutes(-9))), 'Second'), { count: 3 }],
    ['evidence with /Extensions in the catalog', () => { const p = sign(plainPaper()); const q = p.save({ 1: p.objects[1].replace(/ >>$/, ' /Extensions << /ESIC << /BaseVersion /1.7 /ExtensionLevel 5 >> >> >>') }); return store(q); }],
    ['approval with a timestamp, then an approval', () => sign(sign(plainPaper(), { cms: { unsigned: signatureTimestamp(tsa, { certificates: [tsa, issuing], time: minutes(-1) }) } }), { field: 'Second' }), { count: 2, level: 'B-T' }],
    ['form in the catalog itself', () => sign(inDirectForm(), { changes: { 1: inDirectForm().objects[1].replace('/AcroForm << /Fields [] /SigFlags 3 /DA (/F1 0 Tf 0 g) >>', '/AcroForm 6 0 R'), 6: '<< /Fields [] /SigFlags 3 /DA (/F1 0 Tf 0 g) >>' } })],
    ['form moved out of the catalog by the second approval', () => {
      const p = sign(inDirectForm(), { changes: { 1: inDirectForm().objects[1] , 40: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Own) /P 4 0 R /Rect [0 0 0 0] /F 132 >>' }, into: 40, before: (text) => text });
      const q = p.save({ 1: p.objects[1].replace('/Fields []', '/Fields [40 0 R]') });
      return sign(q, { field: 'Second', changes: { 1: q.objects[1].replace(/\/AcroForm << .* >> /, '/AcroForm 60 0 R '), 60: '<< /Fields [40 0 R] /SigFlags 3 /DA (/F1 0 Tf 0 g) >>' } });
    }, { expect: 'TOTAL-PASSED|INDETERMINATE' }],
    ['annotations in a list of their own', () => sign(Paper.create({ ...pageObjects('x', { page: ' /Annots 60 0 R' }), 60: '[]' }), { changes: { 60: '[41 0 R]', 40: '<< /Fields [41 0 R] /SigFlags 3 >>', 41: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Own) /P 4 0 R /Rect [0 0 0 0] /F 132 >>', 1: pageObjects('x')[1].replace(/ >>$/, ' /AcroForm 40 0 R >>') }, into: 41 })],
    ['empty field signed', () => sign(formPaper({ fields: ' 40 0 R', more: { 40: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Own) /P 4 0 R /Rect [72 100 272 150] /F 4 >>' } }), { into: 40 }), { field: 'Own' }],
    ['second empty field signed', () => { const empty = (name) => `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /P 4 0 R /Rect [0 0 0 0] /F 132 >>`; return sign(sign(formPaper({ fields: ' 40 0 R 41 0 R', more: { 40: empty('Own'), 41: empty('Other') } }), { into: 40 }), { into: 41 }); }, { count: 2 }],
    ['document information renewed while signing again', () => { const first = sign(plainPaper('x', {}, { trailer: ' /Info 90 0 R' }).save({ 90: '<< /Producer (first) >>' }, { trailer: ' /Info 90 0 R' }), { save: { trailer: ' /Info 90 0 R' } }); return sign(first, { field: 'Second', changes: { 90: '<< /Producer (second) /ModDate (D:20261120091407Z) >>' }, save: { trailer: ' /Info 90 0 R' } }); }, { count: 2 }],
    ['document information added while signing again', () => { const p = sign(plainPaper()); return sign(p, { field: 'Second', changes: info(p, 'second'), save: { trailer: ` /Info ${p.size} 0 R` } }); }, { count: 2 }],
    ['metadata renewed while signing again', () => {
      const xmp = (words) => stream(`<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:ModifyDate="${words}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`, ' /Type /Metadata /Subtype /XML');
      return sign(sign(Paper.create({ ...pageObjects('x', { catalog: ' /Metadata 60 0 R' }), 60: xmp('2026-11-20T09:14:07Z') })), { field: 'Second', changes: { 60: xmp('2026-11-20T10:14:07Z') } });
    }, { count: 2 }],
    ['identifiers in the trailer renewed', () => { const first = sign(plainPaper('x', {}, { trailer: ' /ID [<0102> <0102>]' }), { save: { trailer: ' /ID [<0102> <0304>]' } }); return sign(first, { field: 'Second', save: { trailer: ' /ID [<0102> <0506>]' } }); }, { count: 2 }],
    ['version raised in the catalog while signing', () => { const p = plainPaper(); return sign(p, { changes: { 1: p.objects[1].replace('/Catalog', '/Catalog /Version /2.0') } }); }],
    ['PDF 1.4', () => sign(plainPaper('x', {}, { version: '1.4' }))],
    ['PDF 2.0', () => sign(plainPaper('x', {}, { version: '2.0' }))],
    ['cross-reference streams throughout', () => sign(sign(plainPaper('x', {}, { style: 'stream' }), { save: { style: 'stream' } }), { field: 'Second', save: { style: 'stream' } }), { count: 2 }],
    ['object streams throughout', () => { const p = sign(plainPaper('x', {}, { style: 'stream', compress: [1, 2, 3, 4] }), { save: { style: 'stream', compress: [1, 4] } }); return sign(p, { field: 'Second', save: { style: 'stream', compress: [4] } }); }, { count: 2 }],
    ['structure tree grows by the second signature\'s element', () => {
      const tree = (kids, next, parents) => ({ 60: `<< /Type /StructTreeRoot /K [61 0 R${kids}] /ParentTree 62 0 R /ParentTreeNextKey ${next} >>`, 62: `<< /Nums [0 [61 0 R]${parents}] >>` });
      const base = Paper.create({ ...pageObjects('x', { catalog: ' /StructTreeRoot 60 0 R /MarkInfo << /Marked true >>', page: ' /StructParents 0' }), ...tree('', 1, ''), 61: '<< /Type /StructElem /S /P /P 60 0 R /Pg 4 0 R /K 0 >>' });
      const p = sign(base);
      return sign(p, { field: 'Second', fieldEntries: ' /StructParent 1', changes: { ...tree(' 70 0 R', 2, ' 1 70 0 R'), 70: '<< /Type /StructElem /S /Form /P 60 0 R /Pg 4 0 R /K << /Type /OBJR /Obj 72 0 R >> >>' } });
    }, { count: 2, expect: 'TOTAL-PASSED|INDETERMINATE' }],
    ['evidence, metadata and document information in one revision', () => {
      const p = sign(Paper.create({ ...pageObjects('x', { catalog: ' /Metadata 60 0 R' }), 60: stream('<x:xmpmeta xmlns:x="adobe:ns:meta/">one</x:xmpmeta>', ' /Type /Metadata /Subtype /XML'), 61: '<< /Producer (first) >>' }, { trailer: ' /Info 61 0 R' }), { save: { trailer: ' /Info 61 0 R' } });
      return p.save({ 1: p.objects[1].replace(/ >>$/, ' /DSS 90 0 R >>'), 90: '<< /Type /DSS >>', 60: stream('<x:xmpmeta xmlns:x="adobe:ns:meta/">two</x:xmpmeta>', ' /Type /Metadata /Subtype /XML'), 61: '<< /Producer (first) /ModDate (D:20261120091407Z) >>' }, { trailer: ' /Info 61 0 R' });
    }, { modification: 'permitted' }],
    ['second approval visible, its font added to the form', () => {
      const p = sign(plainPaper());
      const form = /\/AcroForm (\d+) 0 R/.exec(p.objects[1])[1];
      return sign(p, { field: 'Second', rect: '72 100 272 150', fieldEntries: ' /AP << /N 95 0 R >> /DA (/Helv 0 Tf 0 g)', changes: { [form]: p.objects[form].replace(/ >>$/, ' /DR << /Font << /Helv 96 0 R >> >> /DA (/Helv 0 Tf 0 g) >>'),
        95: stream('BT /Helv 9 Tf 2 2 Td (signed) Tj ET', ' /Type /XObject /Subtype /Form /BBox [0 0 200 50] /Resources << /Font << /Helv 96 0 R >> >>'), 96: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>' } });
    }, { count: 2 }],
    ['second approval in a new group of fields', () => {
      const p = sign(plainPaper());
      const form = /\/AcroForm (\d+) 0 R/.exec(p.objects[1])[1];
      return sign(p, { into: 90, changes: { [form]: p.objects[form].replace('/Fields [', '/Fields [91 0 R '), 4: p.objects[4].replace('/Annots [', '/Annots [90 0 R '), 91: '<< /T (Group) /FT /Sig /Kids [90 0 R] >>', 90: '<< /Type /Annot /Subtype /Widget /T (Second) /Parent 91 0 R /P 4 0 R /Rect [0 0 0 0] /F 132 >>' } });
    }, { count: 2 }],
    ['second approval with the annotations in a list of their own', () => {
      const p = sign(plainPaper());
      return sign(p, { field: 'Second', changes: { 4: p.objects[4].replace(/\/Annots (\[[^\]]*\])/, '/Annots 90 0 R'), 90: /\/Annots (\[[^\]]*\])/.exec(p.objects[4])[1] } });
    }, { count: 2 }],
    ['document timestamp whose field no page names', () => {
      const p = sign(plainPaper());
      const form = /\/AcroForm (\d+) 0 R/.exec(p.objects[1])[1];
      return sign(p, { timestamp: true, identity: tsa, into: 90, cms: { certificates: [tsa, issuing], time: minutes(-1) }, changes: { [form]: p.objects[form].replace('/Fields [', '/Fields [90 0 R '), 90: '<< /FT /Sig /T (Timestamp) >>' } });
    }, { count: 2 }],
    ['field of another page signed', () => { const two = Paper.create({ ...pageObjects(), 2: '<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>', 6: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R >>' }); return sign(sign(two), { field: 'Second', page: 6 }); }, { count: 2 }],
    ['revision before signing', () => { const p = plainPaper(); return sign(p.save({ 5: stream('BT /F1 18 Tf 72 720 Td (corrected before anybody signed) Tj ET') })); }],
    ['form filled in before signing', () => sign(formPaper().save({ 10: stream('BT /F1 12 Tf 2 4 Td (200) Tj ET', ' /Type /XObject /Subtype /Form /BBox [0 0 200 20]') }))],
    ['annotation added before signing', () => { const p = plainPaper(); return sign(p.save({ 4: p.objects[4].replace(/ >>$/, ' /Annots [60 0 R] >>'), 60: '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (note) >>' })); }],
    ['link over text before signing', () => sign(Paper.create({ ...pageObjects('x', { page: ' /Annots [60 0 R]' }), 60: '<< /Type /Annot /Subtype /Link /Rect [72 700 272 740] /A << /S /URI /URI (https://example.org/) >> >>' }))],
  ];
  return all.map(([name, make, more = {}]) => ({ name, make, expect: PASSED, why: 'legal', ...more }));
};
