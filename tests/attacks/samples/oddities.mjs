// What is rare and legal: entries of signatures, forms, evidence and sections that some signer writes or the standard has, one at a time.
import { formPaper, packed, pageObjects, Paper, plainPaper, stream } from '../paper.mjs';
export default ({ sign, identity, PASSED, FORMAT, CONSTRAINTS }) => {
  const ref = (p, data, more = '') => ` /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P ${p} /V /1.2 >> /Data ${data}${more} >>]`;
  const empty = (name, more = '') => `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /P 4 0 R /Rect [72 100 272 150] /F 4${more} >>`;
  const tsa = identity('tsa'), issuing = identity('issuing');
  const stamp = (p, more = {}) => sign(p, { timestamp: true, field: 'T', identity: tsa, cms: { certificates: [tsa, issuing], time: new Date(Date.now() - 60000) }, ...more });
  const two = (m1, m2 = '') => formPaper({ fields: ' 40 0 R 41 0 R', widgets: ' 40 0 R 41 0 R', more: { 40: empty('A', m1), 41: empty('B', m2).replace('100 272 150', '30 272 80') } });
  const seed = ' /SV << /Type /SV /Ff 39 /Filter /Adobe.PPKLite /SubFilter [/ETSI.CAdES.detached /adbe.pkcs7.detached] /DigestMethod [/SHA256 /SHA384] /Reasons [(I agree)] /MDP << /P 0 >> /AddRevInfo false /LockDocument /auto /TimeStamp << /URL (https://example.org/) /Ff 0 >> /V 3 >>';
  const ext = (p, text) => p.save({ 1: p.objects[1].replace(/ >>$/, ` /Extensions << ${text} >> >>`) });
  const dss = (p, more = '') => ({ 1: p.objects[1].replace(/ >>$/, ` /DSS ${p.size} 0 R${more} >>`), [p.size]: `<< /Type /DSS /Certs [${p.size + 1} 0 R] /CRLs [] /OCSPs [] /VRI << /${'AB12'.repeat(10)} << /Type /VRI /Cert [${p.size + 1} 0 R] /CRL [] /OCSP [] /TU (D:20261120091407Z) /TS ${p.size + 2} 0 R >> >> >>`, [p.size + 1]: packed(issuing.der.toString('latin1')), [p.size + 2]: stream('token') });
  const cases = {
    'reference with /Data the catalog': () => sign(plainPaper(), { docmdp: 2, references: ref(2, '1 0 R') }),
    'reference with /Data and digests of old': () => sign(plainPaper(), { docmdp: 2, references: ref(2, '1 0 R', ' /DigestMethod /MD5 /DigestValue <00112233445566778899aabbccddeeff> /DigestLocation [0 0]') }),
    'DocMDP without /Type': () => sign(plainPaper(), { docmdp: 2, references: ' /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 2 /V /1.2 >> >>]' }),
    'DocMDP without /P': () => sign(plainPaper(), { docmdp: 2, references: ' /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /V /1.2 >> >>]' }),
    'FieldMDP with /Data, and its lock': () => sign(two(' /Lock << /Type /SigFieldLock /Action /Include /Fields [(name)] >>'), { into: 40, references: ' /Reference [<< /Type /SigRef /TransformMethod /FieldMDP /Data 1 0 R /TransformParams << /Type /TransformParams /Action /Include /Fields [(name)] /V /1.2 >> >>]' }),
    'the same, then the second signs': () => sign(sign(two(' /Lock << /Type /SigFieldLock /Action /Include /Fields [(name)] >>'), { into: 40, references: ' /Reference [<< /Type /SigRef /TransformMethod /FieldMDP /Data 1 0 R /TransformParams << /Type /TransformParams /Action /Include /Fields [(name)] /V /1.2 >> >>]' }), { into: 41 }),
    'lock of all but one with P 3, and that one signed': () => sign(sign(two(' /Lock << /Type /SigFieldLock /Action /Exclude /Fields [(B)] /P 3 >>'), { into: 40 }), { into: 41 }),
    'seed values': () => sign(two(seed), { into: 40 }),
    'seed values in both of two fields': () => sign(sign(two(seed, seed), { into: 40 }), { into: 41 }),
    'ESIC and ADBE extensions beside evidence': () => { const p = sign(plainPaper()); return p.save(dss(p, ' /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> /ESIC << /BaseVersion /1.7 /ExtensionLevel 2 >> >>')); },
    'list of ISO extensions beside a second signature': () => { const p = sign(plainPaper()); return sign(p, { field: 'S2', changes: { 1: p.objects[1].replace(/ >>$/, ' /Extensions << /ISO_ [<< /Type /DeveloperExtensions /BaseVersion /2.0 /ExtensionLevel 32002 /ExtensionRevision (:2022) /URL (https://www.iso.org/standard/45875.html) >>] >> >>') } }); },
    'ESIC extension raised by a timestamp': () => { const p = sign(Paper.create(pageObjects('x', { catalog: ' /Extensions << /ESIC << /BaseVersion /1.7 /ExtensionLevel 2 >> >>' }))); return stamp(p, { changes: { 1: p.objects[1].replace('Level 2', 'Level 5') } }); },
    'extensions alone': () => ext(sign(plainPaper()), '/ESIC << /BaseVersion /1.7 /ExtensionLevel 2 >>'),
    'evidence with empty lists and /TS': () => { const p = sign(plainPaper()); return p.save(dss(p)); },
    'evidence whose /VRI says what it is': () => { const p = sign(plainPaper()); return p.save({ ...dss(p), [p.size]: dss(p)[p.size].replace('/VRI <<', '/VRI << /Type /VRI') }); },
    'evidence, then a timestamp': () => { const p = sign(plainPaper()); return stamp(p.save(dss(p))); },
    'evidence and a timestamp in one revision': () => { const p = sign(plainPaper()); return stamp(p, { changes: dss(p) }); },
    'evidence in the revision that signs': () => { const p = plainPaper(); return sign(p, { changes: dss(p) }); },
    'document timestamp whose /Type is /Sig': () => { const p = sign(plainPaper()); return stamp(p, { dictionary: ({ ranges, contents }) => `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /ByteRange ${ranges} /Contents ${contents} >>` }); },
    'document timestamp with /M and /V': () => stamp(sign(plainPaper()), { more: ' /V 0 /Name (TSA)' }),
    'comment between revisions': () => { const p = sign(plainPaper()).append('% saved by Invented 1.0\n'); return sign(new Paper(p.text, p.objects, { root: p.root, size: p.size, startxref: p.startxref }), { field: 'S2' }); },
    'comments of a header between revisions': () => { const p = sign(plainPaper()).append('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'); return sign(p, { field: 'S2' }); },
    'blank lines between revisions': () => sign(sign(plainPaper()).append('\r\n\r\n\n'), { field: 'S2' }),
    'no end-of-line behind the end': () => sign(sign(plainPaper(), { save: { ending: '%%EOF' } }).append('\n'), { field: 'S2' }),
    'carriage returns at ends': () => sign(sign(plainPaper(), { save: { ending: '%%EOF\r' } }), { field: 'S2' }),
    'when it was saved, alone': () => { const p = sign(plainPaper('x', {}, { trailer: ' /Info 90 0 R' }).save({ 90: '<< /Producer (a) >>' }, { trailer: ' /Info 90 0 R' }), { save: { trailer: ' /Info 90 0 R' } }); return p.save({ 90: '<< /Producer (b) /ModDate (D:20261120091407Z) >>' }, { trailer: ' /Info 90 0 R' }); },
    'section of no entries': () => sign(plainPaper()).save({}),
    'cross-reference stream of itself alone': () => sign(plainPaper('x', {}, { style: 'stream' }), { save: { style: 'stream' } }).save({}, { style: 'stream' }),
    'two sections of no entries, then a signature': () => sign(sign(plainPaper()).save({}).save({}), { field: 'S2' }),
    'field and widget apart': () => { const p = plainPaper(); return sign(p, { into: 50, changes: { 1: p.objects[1].replace(/ >>$/, ' /AcroForm << /Fields [50 0 R] /SigFlags 3 >> >>'), 50: '<< /FT /Sig /T (Apart) /Kids [51 0 R] >>', 51: '<< /Type /Annot /Subtype /Widget /Parent 50 0 R /P 4 0 R /Rect [0 0 0 0] /F 132 >>', 4: p.objects[4].replace(/ >>$/, ' /Annots [51 0 R] >>') } }); },
    'the same as a second signature': () => { const p = sign(plainPaper()); const f = /\/AcroForm (\d+) 0 R/.exec(p.objects[1])[1]; return sign(p, { into: 50, changes: { [f]: p.objects[f].replace('/Fields [', '/Fields [50 0 R '), 50: '<< /FT /Sig /T (Apart) /Kids [51 0 R] >>', 51: '<< /Type /Annot /Subtype /Widget /Parent 50 0 R /P 4 0 R /Rect [0 0 0 0] /F 132 >>', 4: p.objects[4].replace('/Annots [', '/Annots [51 0 R ') } }); },
    'second signature in a field without a widget': () => { const p = sign(plainPaper()); const f = /\/AcroForm (\d+) 0 R/.exec(p.objects[1])[1]; return sign(p, { into: 50, changes: { [f]: p.objects[f].replace('/Fields [', '/Fields [50 0 R '), 50: '<< /FT /Sig /T (Bare) >>' } }); },
    'all entries of a signature': () => sign(plainPaper(), { more: ' /Changes [1 2 3] /Prop_Build << /Filter << /Name /Adobe.PPKLite >> /App << /Name /DSS /REx (6.0) >> >> /Prop_AuthTime 0 /Prop_AuthType /Password /R 131102 /ContactInfo (c) /Location (Vic) /Reason (r) /Name (n)' }),
    'form gets /DR, /DA, /Q and /SigFlags': () => { const p = formPaper(); const q = sign(p.save({ 6: '<< /Fields [7 0 R 9 0 R 11 0 R 14 0 R] >>' })); return sign(q, { field: 'S2', changes: { 6: q.objects[6].replace(/ >>$/, ' /DA (/Helv 0 Tf 0 g) /Q 0 /SigFlags 3 /DR << /Font << /Helv 3 0 R >> /Encoding << /PDFDocEncoding 97 0 R >> >> >>'), 97: '<< /Type /Encoding /Differences [24 /breve] >>' } }); },
    '/NeedAppearances false added': () => { const q = sign(formPaper()); return sign(q, { field: 'S2', changes: { 6: q.objects[6].replace(/ >>$/, ' /NeedAppearances false >>') } }); },
    'ground beside the look of a signature': () => { const p = two(''); const q = sign(p, { into: 40 }); return sign(q, { into: 41, changes: { 41: empty('B', ' /MK << /BG [1 1 1] >> /AP << /N 95 0 R >>').replace('100 272 150', '30 272 80'), 95: stream('0 0 200 50 re S', ' /Type /XObject /Subtype /Form /BBox [0 0 200 50]') } }); },
    '/Tabs set by the second signature': () => { const p = sign(plainPaper()); return sign(p, { field: 'S2', changes: { 4: p.objects[4].replace(/ >>$/, ' /Tabs /S >>') } }); },
    'empty /Names': () => sign(Paper.create(pageObjects('x', { catalog: ' /Names << >> /ViewerPreferences << /DisplayDocTitle true >>' }))),
    '/Legal, certified with P 1': () => sign(Paper.create(pageObjects('x', { catalog: ' /Legal << /JavaScriptActions 0 /Attestation (none) >>' })), { docmdp: 1 }),
    'certified with P 1, then evidence and a timestamp': () => { const p = sign(plainPaper(), { docmdp: 1 }); return stamp(p.save(dss(p))); },
    'portfolio': () => sign(Paper.create({ ...pageObjects('x', { catalog: ' /Collection << /Type /Collection /View /T >> /Names << /EmbeddedFiles << /Names [(a) 60 0 R] >> >>' }), 60: '<< /Type /Filespec /F (a) /EF << /F 61 0 R >> >>', 61: stream('x', ' /Type /EmbeddedFile') })),
    'private data of a page beside a signature': () => { const p = sign(plainPaper()); return sign(p, { field: 'S2', changes: { 4: p.objects[4].replace(/ >>$/, ' /PieceInfo << /X << /LastModified (D:20261120) >> >> /LastModified (D:20261120) >>') } }); },
    'metadata added beside a signature': () => { const p = sign(plainPaper()); return sign(p, { field: 'S2', changes: { 1: p.objects[1].replace(/ >>$/, ' /Metadata 96 0 R >>'), 96: stream('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:ModifyDate>2026</xmp:ModifyDate></rdf:Description></rdf:RDF></x:xmpmeta>', ' /Type /Metadata /Subtype /XML') } }); },
  };
  return [
    ...Object.entries(cases).map(([name, make]) => ({ name, make, expect: PASSED, why: 'legal' })),
    { name: 'all fields locked with P 2, then another signature', make: () => sign(sign(two(' /Lock << /Type /SigFieldLock /Action /All /P 2 >>'), { into: 40 }), { into: 41 }), expect: FORMAT, why: 'a signature field is a field' },
    { name: 'evidence whose /VRI says that it is something else', make: () => { const p = sign(plainPaper()); return p.save({ ...dss(p), [p.size]: dss(p)[p.size].replace('/VRI <<', '/VRI << /Type /Page') }); }, expect: CONSTRAINTS, why: 'it is no store' },
    { name: 'kinds of evidence under another /Type', make: () => { const p = sign(plainPaper()); return p.save({ ...dss(p), [p.size]: dss(p)[p.size].replace('/Type /DSS', '/Type /Catalog') }); }, expect: CONSTRAINTS, why: 'it is no store' },
  ];
};
