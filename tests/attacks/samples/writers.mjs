// What iText 2 (AutoFirma's base), pdf.js (Firefox) and their like write beside a signature or a value: it changes nothing, and its evil twins do.
import { formPaper, pageObjects, Paper, stream, textAppearance } from '../paper.mjs';

/** A page that has its box, its turn and its resources from the tree above. */
function inheriting() {
  const objects = pageObjects();
  const [resources] = /\/Resources << \/Font << \/F1 3 0 R >> >>/.exec(objects[4]);
  return Paper.create({
    ...objects,
    2: `<< /Type /Pages /Kids [6 0 R] /Count 1 /MediaBox [0 0 595 842] /Rotate 0 >>`,
    6: `<< /Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1 ${resources} >>`,
    4: objects[4].replace(resources, '').replace('/MediaBox [0 0 595 842]', '').replace('/Parent 2 0 R', '/Parent 6 0 R'),
    7: '<< /Font << /F1 8 0 R >> >>',
    8: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>',
  });
}

const kTown = '/Type /Annot /Subtype /Widget /FT /Tx /T (place) /V (Vic) /P 4 0 R /F 4 /DA (/F1 12 Tf 0 g) /Rect [72 300 272 320]';
const kBox = '/Type /Annot /Subtype /Widget /FT /Btn /T (box) /V /Off /AS /Off /P 4 0 R /F 4 /Rect [72 260 92 280] /DA (/ZaDb 0 Tf 0 g)';
const kMade = '/MK << /BC [0.8980 0.1333 0.2157] /BG [1] /CA (8) >>';
const state = (data) => stream(data, ' /Type /XObject /Subtype /Form /BBox [0 0 20 20]');

/** A text field 70 with look 71, a check box 72 with states 73 and 74, both with a ground and a border. */
const coloured = () => formPaper({
  widgets: ' 70 0 R 72 0 R',
  fields: ' 70 0 R 72 0 R',
  more: { 70: `<< ${kTown} ${kMade.replace(' /CA (8)', '')} /AP << /N 71 0 R >> >>`, 71: textAppearance('Vic'), 72: `<< ${kBox} ${kMade} /AP << /N << /Off 73 0 R /Yes 74 0 R >> >> >>`, 73: state(''), 74: state('4 4 m 16 16 l 4 16 m 16 4 l S') },
});

/** A signed form whose resources name a layer 80; `look`: an appearance that names it too, of the text field 70. */
const layered = (sign, look) => {
  const c = coloured();
  const layer = stream('0 0 10 10 re f', ' /Type /XObject /Subtype /Form /BBox [0 0 10 10]');
  return sign(c.save({ 6: c.objects[6].replace('/DR <<', '/DR << /XObject << /FRM 80 0 R >>'), 71: look ?? c.objects[71], 80: layer }));
};
const uses = (more) => stream('/FRM Do', ` /Type /XObject /Subtype /Form /BBox [0 0 200 20]${more}`);

/** A form whose viewers draw what fields hold. */
const madeAnew = (words = { 8: '', 10: '100' }, widgets = (body) => body) => {
  const form = formPaper();
  const looks = Object.fromEntries(Object.entries(words).map(([number, text]) => [number, textAppearance(text)]));
  return form.save({ ...looks, 6: form.objects[6].replace(/ >>$/, ' /NeedAppearances true >>'), 9: widgets(form.objects[9]) });
};

export default ({ sign, PASSED, CONSTRAINTS, FORMAT, NOT_PASSED }) => {
  const release = (paper, words = '(2.1.7)', node = 2) => ({ [node]: paper.objects[node].replace(/ >>$/, ` /ITXT ${words} >>`) });
  const plain = () => sign(Paper.create(pageObjects()));
  const certified = (level, paper) => sign(paper, { docmdp: level, field: 'Certification' });
  const second = (paper, changes) => sign(paper, { field: 'Second', changes });
  const page = (make, change) => () => { const p = make(inheriting()); return second(p, { 4: change(p.objects[4]) }); };
  const entry = (text) => (body) => body.replace(/ >>$/, ` ${text} >>`);
  const filled = (change, more = '0.898 0.133 0.216') => () => {
    const p = certified(2, coloured());
    const colours = `/MK << /BC [${more}] /BG [1 1 1] >>`;
    return p.save({ 70: change(p.objects[70].replace('(Vic)', '(Reus)').replace('71 0 R', '90 0 R').replace(/\/MK <<.*?>>/, colours)), 90: textAppearance('Reus') });
  };
  const checked = (change) => () => { const p = certified(2, coloured()); return p.save({ 72: change(p.objects[72].replace('/V /Off /AS /Off', '/V /Yes /AS /Yes').replace(/\/MK <<.*?>>/, '/MK << /BC [0.8980392 0.1333333 0.2156862] /BG [1 1 1] >>')) }); };
  const same = (body) => body;
  const stored = (words, widgets) => () => { const p = sign(madeAnew(words, widgets)); return second(p, { 6: p.objects[6].replace(' /NeedAppearances true', '') }); };
  const relayered = (look, change = (body) => body.replace('/FRM 80 0 R', '/FRM 92 0 R')) => () => {
    const p = layered(sign, look);
    return second(p, { 6: change(p.objects[6]), 92: stream('0 0 20 20 re f', ' /Type /XObject /Subtype /Form /BBox [0 0 20 20]') });
  };
  const astray = (value, state, then) => () => { const c = coloured(); const p = certified(2, c.save({ 72: c.objects[72].replace('/V /Off /AS /Off', `/V /${value} /AS /${state}`) })); return p.save({ 72: p.objects[72].replace(`/AS /${state}`, `/AS /${then}`) }); };
  const withFont = (more, change = (body) => body.replace('/Own 3 0 R', `/Own 3 0 R${more}`)) => () => {
    const c = coloured();
    const p = certified(2, c.save({ 70: entry('/DR << /Font << /Own 3 0 R >> >>')(c.objects[70]) }));
    return p.save({ 70: change(p.objects[70].replace('(Vic)', '(Reus)').replace('71 0 R', '90 0 R')), 90: textAppearance('Reus'), 93: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>' });
  };
  /** A field that only the page names, in a document that is certified, or signed. */
  const stray = (entries, first = (p) => sign(p, { docmdp: 2, into: 50 })) => () => {
    const own = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Own) /P 4 0 R /Rect [0 0 0 0] /F 132 >>';
    const p = first(formPaper({ fields: ' 50 0 R', widgets: ' 50 0 R', more: { 50: own } }));
    const at = p.size + 1;
    const widget = (what) => `<< /Type /Annot /Subtype /Widget ${what} /P 4 0 R /Rect [0 0 0 0] /F 132 >>`;
    const page = p.objects[4].replace('/Annots [', `/Annots [${at} 0 R `);
    if (entries) return p.save({ 4: page, [at]: widget(entries) });
    return sign(p, { into: at, changes: { 4: page, [at]: widget('/FT /Sig /T (Stray)') } });
  };
  const good = [
    ['PDFBox: another layer in the form\'s resources, beside a signature', relayered(), PASSED, { count: 2 }],
    ['PDFBox: the same, and looks that have their own under its name', relayered(uses(' /Resources << /XObject << /FRM 73 0 R >> >>')), PASSED, { count: 2 }],
    ['iText 2: a second signature and its release among the pages', () => { const p = plain(); return second(p, release(p)); }, PASSED, { count: 2, modification: 'permitted' }],
    ['iText 2: the same in a certified document', () => { const p = certified(2, Paper.create(pageObjects())); return second(p, release(p)); }, PASSED, { count: 2 }],
    ['iText 2: its release raised by another signature', () => { const p = plain(); const q = second(p, release(p)); return sign(q, { field: 'Third', changes: { 2: q.objects[2].replace('2.1.7', '4.2.0') } }); }, PASSED, { count: 3 }],
    ['iText 2: saved again, dates and its release alone', () => { const p = plain(); return p.save(release(p)); }, PASSED, { modification: 'permitted' }],
    ['iText: a page gets what it inherited, written out', page((p) => sign(p), entry('/MediaBox [0 0 595 842] /Rotate 0 /Resources << /Font << /F1 3 0 R >> >>')), PASSED, { count: 2 }],
    ['iText: the same in a document certified with P 2', page((p) => certified(2, p), entry('/MediaBox [0 0 595 842] /Rotate 0')), PASSED, { count: 2 }],
    ['pdf.js: a text filled in, its colours in three parts', filled(same), PASSED, { modification: 'permitted' }],
    ['pdf.js: a box checked, its colours in three parts and its mark\'s name gone', checked(same), PASSED, { modification: 'permitted' }],
    ['poppler: a text filled in, its widget named a state', () => { const p = certified(2, coloured()); return p.save({ 70: entry('/AS /N')(p.objects[70].replace('(Vic)', '(Reus)').replace('71 0 R', '90 0 R')), 90: textAppearance('Reus') }); }, PASSED, { modification: 'permitted' }],
    ['poppler: a text filled in with a font among the field\'s own resources', withFont(' /G 3 0 R'), PASSED, { modification: 'permitted' }],
    ['poppler: a text drawn anew with its value, its widget named a state', () => { const p = certified(2, coloured()); return p.save({ 70: entry('/AS /N')(p.objects[70].replace('71 0 R', '90 0 R')), 90: textAppearance('Vic') }); }, PASSED, { modification: 'permitted' }],
    ['iText: looks are no longer made anew, and say what fields hold', stored(), PASSED, { count: 2 }],
  ];
  const bad = [
    ['PDFBox: another layer that looks without resources draw', relayered(uses('')), NOT_PASSED],
    ['PDFBox: another layer that looks draw whose resources lack it', relayered(uses(' /Resources << /Font << /F1 3 0 R >> >>')), NOT_PASSED],
    ['PDFBox: another layer, and another font', relayered(undefined, (body) => body.replace('/FRM 80 0 R', '/FRM 92 0 R').replace('/F1 3 0 R', '/F1 93 0 R')), NOT_PASSED],
    ['PDFBox: a layer taken out of the form\'s resources', relayered(undefined, (body) => body.replace('/XObject << /FRM 80 0 R >>', '')), NOT_PASSED],
    ['a box that was signed unchecked gets the value that nobody saw', astray('Yes', 'Off', 'Yes'), CONSTRAINTS],
    ['a box that was signed checked loses the check', astray('Off', 'Yes', 'Off'), CONSTRAINTS],
    ['iText: a box gets a state that is not its value', astray('Off', 'Off', 'Yes'), CONSTRAINTS],
    ['iText: a box loses the state that is its value', astray('Yes', 'Yes', 'Off'), CONSTRAINTS],
    ['iText 2: a release that is no text', () => { const p = plain(); return second(p, release(p, '5 0 R')); }, NOT_PASSED],
    ['iText 2: a release in a document certified with P 1', () => { const p = certified(1, Paper.create(pageObjects())); return p.save(release(p)); }, FORMAT],
    ['iText 2: another turn of all pages beside the release', () => { const p = sign(inheriting()); return second(p, { 2: release(p)[2].replace('/Rotate 0', '/Rotate 180') }); }, NOT_PASSED],
    ['iText: a page gets another box', page((p) => sign(p), entry('/MediaBox [0 0 595 420]')), NOT_PASSED],
    ['iText: a page gets a part of its box', page((p) => sign(p), entry('/CropBox [0 0 595 420]')), NOT_PASSED],
    ['iText: a page gets another turn', page((p) => sign(p), entry('/Rotate 90')), NOT_PASSED],
    ['iText: a page gets other letters', page((p) => sign(p), entry('/Resources << /Font << /F1 8 0 R >> >>')), NOT_PASSED],
    ['iText: a page gets what it inherited, and the tree above another box', () => { const p = sign(inheriting()); return second(p, { 4: entry('/Rotate 0')(p.objects[4]), 2: p.objects[2].replace('595 842', '595 420') }); }, NOT_PASSED],
    ['iText: a page gets what it inherited and goes below another node', () => { const p = sign(inheriting()); return second(p, { 4: entry('/Rotate 0')(p.objects[4]).replace('/Parent 6 0 R', '/Parent 2 0 R') }); }, NOT_PASSED],
    ['pdf.js: a text filled in, another ground', filled((body) => body.replace('/BG [1 1 1]', '/BG [0 0 0]')), NOT_PASSED],
    ['pdf.js: a text filled in, another border', filled(same, '0.898 0.333 0.216'), NOT_PASSED],
    ['pdf.js: a text filled in, turned', filled((body) => body.replace('/MK <<', '/MK << /R 180')), NOT_PASSED],
    ['pdf.js: a text filled in, with a caption', filled((body) => body.replace('/MK <<', '/MK << /CA (not)')), NOT_PASSED],
    ['pdf.js: a box checked, with the name of another mark', checked((body) => body.replace('/MK <<', '/MK << /CA (n)')), NOT_PASSED],
    ['pdf.js: colours alone, nothing filled in, where viewers draw looks', () => { const b = coloured(); const p = certified(2, b.save({ 6: b.objects[6].replace(/ >>$/, ' /NeedAppearances true >>') })); return p.save({ 72: p.objects[72].replace(/\/MK <<.*?>>/, '/MK << /BC [0.898 0.133 0.216] /BG [1 1 1] >>') }); }, NOT_PASSED],
    ['poppler: a text filled in with another font in the place of the field\'s own', withFont('', (body) => body.replace('/Own 3 0 R', '/Own 93 0 R')), NOT_PASSED],
    ['poppler: a signature that the form does not name', stray(), CONSTRAINTS],
    ['poppler: the same after an approval', stray(undefined, (p) => sign(p)), CONSTRAINTS],
    ['poppler: the same, with another value', stray('/FT /Tx /T (Stray) /V (words)'), FORMAT],
    ['poppler: the same, empty', stray('/FT /Sig /T (Stray)'), FORMAT],
    ['poppler: a state is named of looks that were there', () => { const c = coloured(); const p = certified(2, c.save({ 70: entry('/AS /Vic')(c.objects[70].replace('/N 71 0 R', '/N << /Vic 71 0 R /Olot 91 0 R >>')), 91: textAppearance('Olot') })); return p.save({ 70: p.objects[70].replace('/AS /Vic', '/AS /Olot') }); }, CONSTRAINTS],
    ['poppler: a state is named, and a box\'s mark with it', () => { const p = certified(2, coloured()); return p.save({ 72: p.objects[72].replace('/AS /Off', '/AS /Yes') }); }, CONSTRAINTS],
    ['iText: looks are no longer made anew, and say something else', stored({ 8: '', 10: '900' }), CONSTRAINTS],
    ['iText: looks are no longer made anew, and what was held was shown by nothing else', stored({ 8: '', 10: '' }), CONSTRAINTS],
    ['iText: looks are no longer made anew, and there are none', stored({ 8: '', 10: '100' }, (body) => body.replace(/\/AP << .*? >>/, '')), CONSTRAINTS],
    ['iText: looks are no longer made anew, and a box stands otherwise than its value', () => { const b = madeAnew(); const p = sign(b.save({ 11: b.objects[11].replace('/AS /Off', '/AS /Yes') })); return second(p, { 6: p.objects[6].replace(' /NeedAppearances true', '') }); }, CONSTRAINTS],
  ];
  return [...good.map(([name, make, expect, more]) => ({ name, make, expect, why: 'as its writer leaves it', ...more })), ...bad.map(([name, make, expect]) => ({ name, make, expect, why: 'it is shown otherwise' }))];
};
