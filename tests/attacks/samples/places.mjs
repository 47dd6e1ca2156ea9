// What pages inherit, share and are reached through: the same attack on what is shown, by every way that leads there. And what is no page: names, actions, attachments, labels.
import { packed, pageObjects, Paper, stream } from '../paper.mjs';

const form = (data, more = '') => stream(data, ` /Type /XObject /Subtype /Form /BBox [0 0 595 842]${more}`);
const kEvil = 'BT /F1 18 Tf 72 700 Td (to everybody) Tj ET';

export default ({ sign, NOT_PASSED, PASSED }) => {
  /** A signed paper; `change` gets its objects and gives those of a later revision. */
  const after = (objects, change, options = {}) => () => { const p = sign(Paper.create(objects, options.create), options.sign); return p.save(change(p.objects, p), options.save); };
  const page = (resources, content, more = {}, catalog = '') => ({ ...pageObjects('I grant access to nobody', { resources, content, catalog }), ...more });
  const shown = [
    ['resources inherited from the page tree', after({ ...page('', '/Over Do'), 2: '<< /Type /Pages /Kids [4 0 R] /Count 1 /Resources 20 0 R >>', 4: pageObjects()[4].replace(/ \/Resources << .* >> >>/, ' >>'), 20: '<< /Font << /F1 3 0 R >> /XObject << /Over 21 0 R >> >>', 21: form('') }, (o) => ({ 20: o[20].replace('21 0 R', '90 0 R'), 90: form(kEvil) }))],
    ['resources given to a page that inherits', after({ ...page('', ''), 2: '<< /Type /Pages /Kids [4 0 R] /Count 1 /Resources << /Font << /F1 3 0 R >> >> >>', 4: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R >>' }, (o) => ({ 4: o[4].replace('/Parent', '/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >> >> >> /Parent') }))],
    ['/MediaBox inherited by reference', after({ ...page('', ''), 2: '<< /Type /Pages /Kids [4 0 R] /Count 1 /MediaBox 20 0 R >>', 4: pageObjects()[4].replace(' /MediaBox [0 0 595 842]', ''), 20: '[0 0 595 842]' }, () => ({ 20: '[0 0 100 100]' }))],
    ['/CropBox of a page by reference', after({ ...page('', ''), 4: pageObjects()[4].replace('/MediaBox', '/CropBox 20 0 R /MediaBox'), 20: '[0 0 595 842]' }, () => ({ 20: '[0 0 100 100]' }))],
    ['/CropBox put between page tree and page', after({ ...page('', ''), 2: '<< /Type /Pages /Kids [20 0 R] /Count 1 >>', 20: '<< /Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1 >>', 4: pageObjects()[4].replace('/Parent 2', '/Parent 20') }, (o) => ({ 20: o[20].replace('/Kids', '/CropBox [0 0 99 99] /Kids') }))],
    ['page of another parent', after({ ...page('', ''), 20: '<< /Type /Pages /Rotate 180 /Kids [] /Count 0 >>' }, (o) => ({ 4: o[4].replace('/Parent 2', '/Parent 20') }))],
    ['/UserUnit', after(page('', ''), (o) => ({ 4: o[4].replace('/MediaBox', '/UserUnit 9 /MediaBox') }))],
    ['form object inside a form object', after(page(' /XObject << /A 20 0 R >>', '/A Do', { 20: form('/B Do', ' /Resources << /XObject << /B 21 0 R >> >>'), 21: form('') }), () => ({ 21: form(kEvil, ' /Resources << /Font << /F1 3 0 R >> >>') }))],
    ['graphics state that hides', after(page(' /ExtGState << /G 20 0 R >>', '/G gs', { 20: '<< /ca 1 >>' }), () => ({ 20: '<< /ca 0 /CA 0 >>' }))],
    ['soft mask of a graphics state', after(page(' /ExtGState << /G << /SMask << /S /Luminosity /G 20 0 R >> >> >>', '/G gs', { 20: form('1 g 0 0 595 842 re f', ' /Group << /S /Transparency /CS /DeviceGray >>') }), () => ({ 20: form('', ' /Group << /S /Transparency /CS /DeviceGray >>') }))],
    ['mask of a picture', after(page(' /XObject << /I 20 0 R >>', '/I Do', { 20: stream('\x00', ' /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 21 0 R'), 21: stream('\xff', ' /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8') }), (o) => ({ 21: o[21].replace('\xff', '\x00') }))],
    ['other picture of a picture', after(page(' /XObject << /I 20 0 R >>', '/I Do', { 20: stream('\x00', ' /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Alternates [<< /Image 21 0 R /DefaultForPrinting true >>]'), 21: stream('\xff', ' /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8') }), (o) => ({ 21: o[21].replace('\xff', '\x00') }))],
    ['pattern', after(page(' /Pattern << /P 20 0 R >>', '/Pattern cs /P scn 0 0 595 842 re f', { 20: stream('', ' /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>') }), (o) => ({ 20: stream('0 0 9 9 re f', ' /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>') }))],
    ['shading function', after(page(' /Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 9] /Function 20 0 R >> >>', '/S sh', { 20: '<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [1] >>' }), () => ({ 20: '<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [0] /C1 [0] >>' }))],
    ['colour space', after(page(' /ColorSpace << /C 20 0 R >>', '/C cs 0 sc', { 20: '[/Indexed /DeviceGray 0 21 0 R]', 21: '<00>' }), () => ({ 21: '<ff>' }))],
    ['glyph of a Type 3 font', after(page(' /Properties << >>', 'BT /T3 9 Tf (A) Tj ET', { 4: pageObjects()[4].replace('/F1 3 0 R', '/F1 3 0 R /T3 20 0 R'), 20: '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 21 0 R >> /Encoding << /Differences [65 /a] >> /FirstChar 65 /LastChar 65 /Widths [9] >>', 21: stream('9 0 0 0 9 9 d1') }), () => ({ 21: stream('9 0 0 0 9 9 d1 0 0 9 9 re f') }))],
    ['characters that are copied and searched (/ToUnicode)', after(page('', '', { 3: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 20 0 R >>', 20: stream('1 beginbfchar <41> <0041> endbfchar') }), () => ({ 20: stream('1 beginbfchar <41> <0042> endbfchar') }))],
    ['map of a composite font', after(page('', '', { 3: '<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [20 0 R] >>', 20: '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDToGIDMap 21 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>', 21: stream('\x00\x01') }), () => ({ 21: stream('\x00\x02') }))],
    ['marked content whose properties are switched', after(page(' /Properties << /M 20 0 R >>', '/OC /M BDC (x) Tj EMC', { 20: '<< /Type /OCMD /OCGs 21 0 R /P /AllOn >>', 21: '<< /Type /OCG /Name (layer) >>' }, ' /OCProperties << /OCGs [21 0 R] /D << >> >>'), () => ({ 20: '<< /Type /OCMD /OCGs 21 0 R /P /AllOff >>' }))],
    ['layer that is never printed', after(page(' /Properties << /M 21 0 R >>', '/OC /M BDC (x) Tj EMC', { 21: '<< /Type /OCG /Name (layer) >>', 22: '<< /OCGs [21 0 R] /D << >> >>' }, ' /OCProperties 22 0 R'), () => ({ 22: '<< /OCGs [21 0 R] /D << /AS [<< /Event /Print /Category [/Print] /OCGs [21 0 R] >>] >> >>', 21: '<< /Type /OCG /Name (layer) /Usage << /Print << /PrintState /OFF >> >> >>' }))],
    ['contents in several parts, one of them replaced', after({ ...page('', ''), 4: pageObjects()[4].replace('5 0 R', '[5 0 R 20 0 R]'), 20: stream('') }, () => ({ 20: stream(kEvil) }))],
    ['list of contents by reference', after({ ...page('', ''), 4: pageObjects()[4].replace('/Contents 5 0 R', '/Contents 20 0 R'), 20: '[5 0 R]' }, () => ({ 20: '[90 0 R]', 90: stream(kEvil) }))],
    ['packed contents with parameters by reference', after({ ...page('', ''), 5: packed('BT /F1 18 Tf 72 720 Td (x) Tj ET', ' /DecodeParms 20 0 R'), 20: '<< /Predictor 1 >>' }, () => ({ 20: '<< /Predictor 12 /Columns 4 >>' }))],
    ['annotations in a new list by reference that adds a stamp', after(page('', ''), (o) => ({ 4: o[4].replace(/\/Annots (\[[^\]]*\])/, '/Annots 90 0 R'), 90: /\/Annots (\[[^\]]*\])/.exec(o[4])[1].replace('[', '[91 0 R '), 91: '<< /Type /Annot /Subtype /Stamp /Rect [0 700 595 760] /F 4 /AP << /N 92 0 R >> >>', 92: form('1 g 0 0 595 842 re f') }))],
    ['page in place of the first one, the older kept behind', after(page('', ''), (o) => ({ 2: '<< /Type /Pages /Kids [90 0 R 4 0 R] /Count 2 >>', 90: o[4].replace('5 0 R', '91 0 R').replace(/\/Annots \[[^\]]*\]/, ''), 91: stream(kEvil) }))],
    ['/Count that hides pages', after({ ...page('', ''), 2: '<< /Type /Pages /Kids [4 0 R 20 0 R] /Count 2 >>', 20: pageObjects()[4] }, (o) => ({ 2: '<< /Type /Pages /Kids [4 0 R 20 0 R] /Count 1 >>' }))],
    ['page becomes a node of the tree', after(page('', ''), (o) => ({ 4: '<< /Type /Pages /Parent 2 0 R /Kids [90 0 R] /Count 1 >>', 90: o[4].replace('/Parent 2', '/Parent 4').replace('5 0 R', '91 0 R'), 91: stream(kEvil) }))],
  ];
  const around = [
    ['action when the document is opened', after(page('', ''), (o) => ({ 1: o[1].replace(/ >>$/, ' /OpenAction [4 0 R /FitR 0 0 9 9] >>') }))],
    ['action by reference replaced', after(page('', '', { 20: '<< /S /GoTo /D [4 0 R /Fit] >>' }, ' /OpenAction 20 0 R'), () => ({ 20: '<< /S /URI /URI (https://example.org) >>' }))],
    ['action before the document is closed', after(page('', ''), (o) => ({ 1: o[1].replace(/ >>$/, ' /AA << /WC << /S /JavaScript /JS (x) >> >> >>') }))],
    ['action when a page is opened', after(page('', ''), (o) => ({ 4: o[4].replace('/Parent', '/AA << /O << /S /JavaScript /JS (x) >> >> /Parent') }))],
    ['address of a link that was signed', after({ ...page('', ''), 4: pageObjects()[4].replace('/Parent', '/Annots [20 0 R] /Parent'), 20: '<< /Type /Annot /Subtype /Link /Rect [0 0 99 99] /A 21 0 R >>', 21: '<< /S /URI /URI (https://example.org/) >>' }, () => ({ 21: '<< /S /URI /URI (https://example.com/) >>' }))],
    ['base address of all links', after(page('', '', {}, ' /URI << /Base (https://example.org/) >>'), (o) => ({ 1: o[1].replace('example.org', 'example.com') }))],
    ['attachment replaced', after(page('', '', { 20: '<< /Type /Filespec /F (a) /EF << /F 21 0 R >> >>', 21: stream('one', ' /Type /EmbeddedFile') }, ' /Names << /EmbeddedFiles << /Names [(a) 20 0 R] >> >>'), () => ({ 21: stream('two', ' /Type /EmbeddedFile') }))],
    ['attachment in a branch of the names added', after(page('', '', { 20: '<< /Kids [21 0 R] >>', 21: '<< /Limits [(a) (a)] /Names [(a) 22 0 R] >>', 22: '<< /Type /Filespec /F (a) >>' }, ' /Names << /EmbeddedFiles 20 0 R >>'), () => ({ 20: '<< /Kids [21 0 R 90 0 R] >>', 90: '<< /Limits [(b) (b)] /Names [(b) 91 0 R] >>', 91: '<< /Type /Filespec /F (b) >>' }))],
    ['portfolio that shows an attachment first', after(page('', ''), (o) => ({ 1: o[1].replace(/ >>$/, ' /Collection << /Type /Collection /View /D /D (evil.pdf) >> >>') }))],
    ['place that a name leads to', after(page('', '', { 20: '<< /Names [(a) [4 0 R /Fit]] >>' }, ' /Names << /Dests 20 0 R >>'), () => ({ 20: '<< /Names [(a) [4 0 R /XYZ 0 0 9]] >>' }))],
    ['script of the document', after(page('', '', { 20: '<< /S /JavaScript /JS 21 0 R >>', 21: stream('1') }, ' /Names << /JavaScript << /Names [(a) 20 0 R] >> >>'), () => ({ 21: stream('2') }))],
    ['bookmark', after(page('', '', { 20: '<< /Type /Outlines /First 21 0 R /Last 21 0 R /Count 1 >>', 21: '<< /Title (to nobody) /Parent 20 0 R /Dest [4 0 R /Fit] >>' }, ' /Outlines 20 0 R'), (o) => ({ 21: o[21].replace('nobody', 'everybody') }))],
    ['numbers of pages', after(page('', '', { 20: '<< /Nums [0 << /S /D >>] >>' }, ' /PageLabels 20 0 R'), () => ({ 20: '<< /Nums [0 << /S /D /St 9 >>] >>' }))],
    ['preferences of the viewer', after(page('', '', { 20: '<< /HideMenubar false >>' }, ' /ViewerPreferences 20 0 R'), () => ({ 20: '<< /HideMenubar true >>' }))],
    ['language', after(page('', '', {}, ' /Lang (ca)'), (o) => ({ 1: o[1].replace('(ca)', '(en)') }))],
    ['threads of articles', after(page('', '', { 20: '[<< /F 21 0 R >>]', 21: '<< /T 20 0 R /R [0 0 9 9] /P 4 0 R >>' }, ' /Threads 20 0 R'), (o) => ({ 21: o[21].replace('[0 0 9 9]', '[0 0 99 99]') }))],
    ['output intent', after(page('', '', { 20: '<< /Type /OutputIntent /S /GTS_PDFX /DestOutputProfile 21 0 R >>', 21: stream('icc') }, ' /OutputIntents [20 0 R]'), () => ({ 21: stream('other') }))],
    ['requirements of the document', after(page('', ''), (o) => ({ 1: o[1].replace(/ >>$/, ' /Requirements [<< /S /EnableJavaScripts >>] >>') }))],
    ['/NeedsRendering', after(page('', ''), (o) => ({ 1: o[1].replace(/ >>$/, ' /NeedsRendering true >>') }))],
    ['XFA added to the form', after({ ...page('', '', { 20: '<< /Fields [] >>' }, ' /AcroForm 20 0 R') }, (o) => ({ 20: o[20].replace('<<', '<< /XFA 90 0 R'), 90: stream('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>') }))],
    ['template of XFA replaced', after({ ...page('', '', { 20: '<< /Fields [] /XFA [(template) 21 0 R (datasets) 22 0 R] >>', 21: stream('<template/>'), 22: stream('<xfa:datasets/>') }, ' /AcroForm 20 0 R') }, () => ({ 21: stream('<template evil=""/>') }))],
    ['version lowered in the catalog', after(page('', '', {}, ' /Version /2.0'), (o) => ({ 1: o[1].replace('/Version /2.0', '/Version /1.0') }))],
    ['/Legal of the catalog', after(page('', ''), (o) => ({ 1: o[1].replace(/ >>$/, ' /Legal << /JavaScriptActions 0 >> >>') }))],
  ];
  const twins = [
    ['legal twin: a picture packed otherwise', () => { const p = sign(Paper.create(page(' /XObject << /A 20 0 R >>', '/A Do', { 20: form('0 0 9 9 re f') }))); return sign(p, { field: 'Second', changes: { 20: packed('0 0 9 9 re f', ' /Type /XObject /Subtype /Form /BBox [0 0 595 842]') } }); }],
    ['legal twin: version raised to what evidence needs', () => { const p = sign(Paper.create(page('', ''))); return p.save({ 1: p.objects[1].replace(/ >>$/, ' /Version /1.7 /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 5 >> >> /DSS << /Certs [] >> >>') }); }],
  ];
  return [
    ...shown.map(([name, make]) => ({ name, make, expect: NOT_PASSED, why: 'what was signed is shown otherwise' })),
    ...around.map(([name, make]) => ({ name, make, expect: NOT_PASSED, why: 'no page, and yet no part of signing' })),
    ...twins.map(([name, make]) => ({ name, make, expect: PASSED, why: 'legal' })),
  ];
};
