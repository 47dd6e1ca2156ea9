// Check boxes and radio buttons whose states are drawn anew when a form is filled in, as iText, MuPDF and pdf-lib do: each state may say what it said, a mark or none.
import { formPaper, stream } from '../paper.mjs';

const signs = '/ZaDb << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>';
const fonts = (list = signs) => ` /Resources << /Font << ${list} >> >>`;
const look = (data, { more = '', font = fonts(), box = '0 0 20 20' } = {}) => stream(data, ` /Type /XObject /Subtype /Form /BBox [${box}]${font}${more}`);
const glyph = (code, at = '4 5', size = 14) => `q 1 1 18 18 re W n BT /ZaDb ${size} Tf 0 g ${at} Td (${code}) Tj ET Q`;
const ground = 'q 1 g 0 0 20 20 re f 0 G 0.5 0.5 19 19 re s Q';
const round = (x, y, r, end) => { const k = r * 0.5523; return `${x + r} ${y} m ${x + r} ${y + k} ${x + k} ${y + r} ${x} ${y + r} c ${x - k} ${y + r} ${x - r} ${y + k} ${x - r} ${y} c ${x - r} ${y - k} ${x - k} ${y - r} ${x} ${y - r} c ${x + k} ${y - r} ${x + r} ${y - k} ${x + r} ${y} c ${end}`; };
const widget = (entries, rect) => `<< /Type /Annot /Subtype /Widget ${entries} /P 4 0 R /F 4 /Rect [${rect}] >>`;

/** Check box 11 (states 12 Off, 13 Yes), radio buttons 70 (71: states 73, 74; 72: states 75, 76), and a check box 80 whose states are words. */
function base() {
  return formPaper({
    widgets: ' 71 0 R 72 0 R 80 0 R 83 0 R',
    fields: ' 70 0 R 80 0 R 83 0 R',
    more: {
      11: widget('/FT /Btn /T (agreed) /V /Off /AS /Off /MK << /CA (4) /BC [0] /BG [1] >> /AP << /N << /Off 12 0 R /Yes 13 0 R >> >>', '72 520 92 540'),
      12: look(ground),
      13: look(`${ground} ${glyph('4')}`),
      70: '<< /FT /Btn /Ff 49152 /T (choice) /V /Off /Kids [71 0 R 72 0 R] >>',
      71: widget('/Parent 70 0 R /AS /Off /MK << /CA (l) >> /AP << /N << /A 73 0 R /Off 74 0 R >> >>', '72 300 92 320'),
      72: widget('/Parent 70 0 R /AS /Off /MK << /CA (l) >> /AP << /N << /B 75 0 R /Off 76 0 R >> >>', '100 300 120 320'),
      73: look(`0 g ${round(10, 10, 5, 'f')}`), 74: look('/Tx BMC EMC'),
      75: look(`0 g ${round(10, 10, 5, 'f')}`), 76: look('/Tx BMC EMC'),
      80: widget('/FT /Btn /T (words) /V /Off /AS /Off /AP << /N << /Off 81 0 R /Yes 82 0 R >> >>', '72 340 92 360'),
      81: look('BT /F1 8 Tf 2 6 Td (no) Tj ET', { font: fonts('/F1 3 0 R') }), 82: look('BT /F1 8 Tf 2 6 Td (yes) Tj ET', { font: fonts('/F1 3 0 R') }),
      83: widget('/FT /Btn /T (wide) /V /Off /AS /Off /AP << /N << /Off 84 0 R /Yes 85 0 R >> >>', '60 700 460 760'),
      84: look('', { box: '0 0 400 60' }), 85: look(glyph('4'), { box: '0 0 400 60' }),
    },
  });
}

export default ({ sign, PASSED, NOT_PASSED, CONSTRAINTS, FORMAT }) => {
  const certified = sign(base(), { docmdp: 2, field: 'Certification' });
  const o = certified.objects;
  const chosen = (number) => o[number].replace('/V /Off', '/V /Yes').replace('/AS /Off', '/AS /Yes');
  const states = (off, yes, body = chosen(11)) => ({ 11: body.replace('/Off 12 0 R', '/Off 90 0 R').replace('/Yes 13 0 R', '/Yes 91 0 R'), 90: off, 91: yes });
  const off = look(ground), yes = look(`${ground} ${glyph('4')}`);
  const save = (changes) => () => certified.save(changes);
  const on = (data, more) => save(states(off, look(data, more)));
  const radio = (a, b, more = {}) => save({ 70: o[70].replace('/V /Off', '/V /A'), 71: o[71].replace('/AS /Off', '/AS /A').replace('73 0 R', '90 0 R').replace('74 0 R', '91 0 R'), 90: look(a), 91: look(b), ...more });
  const disc = `0 0 0 rg ${round(10, 10, 4, 'f')}`;
  const bad = [
    ['states the wrong way round', save(states(yes, off)), 'on looks like off'],
    ['states the wrong way round, nothing chosen', save(states(yes, off, o[11])), 'on looks like off'],
    ['states the wrong way round, in their own objects', save({ 12: o[13], 13: o[12] }), 'on looks like off'],
    ['off draws a mark', save(states(yes, yes)), 'off looks like on'],
    ['off draws a mark, in its own object', save({ 12: o[13] }), 'off looks like on'],
    ['off draws a mark of lines', save(states(look(`${ground} 0 G 4 4 m 16 16 l 4 16 m 16 4 l S`), yes)), 'off looks like on'],
    ['off draws a mark of its frame', save(states(look(`${ground} 0 g 0 0 20 20 re f`), yes)), 'off looks like on'],
    ['off draws a round mark', radio(disc, disc), 'off looks like on'],
    ['off draws a mark that is moved into it', save(states(look(`${ground} q 0 G 1 0 0 1 -300 0 cm 304 4 m 316 16 l 304 16 m 316 4 l 1 0 0 1 300 0 cm S Q`), yes)), 'viewers move it at different times'],
    ['off draws a mark that is moved into it by what was saved', save(states(look(`${ground} 0 G q 0.001 0 0 0.001 0 0 cm 4 4 m 16 16 l 4 16 m 16 4 l Q S`), yes)), 'viewers move it at different times'],
    ['on draws nothing', save(states(off, off)), 'on looks like off'],
    ['on draws a mark in white', on(`${ground} BT /ZaDb 14 Tf 1 g 4 5 Td (4) Tj ET`), 'on looks like off'],
    ['on draws a mark in the colour of its ground', on(`0 g 0 0 20 20 re f BT /ZaDb 14 Tf 0 g 4 5 Td (4) Tj ET`), 'no mark is seen'],
    ['on draws a mark under a ground', on(`${glyph('4')} ${ground}`), 'on looks like off'],
    ['on draws a mark outside of the box', on(`${ground} BT /ZaDb 14 Tf 0 g 40 5 Td (4) Tj ET`), 'on looks like off'],
    ['on draws a mark behind a clip', on(`${ground} q 1 1 1 1 re W n BT /ZaDb 14 Tf 0 g 4 5 Td (4) Tj ET Q`), 'on looks like off'],
    ['on draws a tiny mark', on(`${ground} BT /ZaDb 1 Tf 0 g 4 5 Td (4) Tj ET`), 'on looks like off'],
    ['on draws a mark in a wide space', on(`${ground} ${glyph('4')}`, { box: '0 0 2000 20' }), 'on looks like off'],
    ['on draws a mark turned to nothing', on(`${ground} ${glyph('4')}`, { more: ' /Matrix [0 0 0 0 0 0]' }), 'on looks like off'],
    ['on draws a mark that is not painted', on(`${ground} BT 3 Tr /ZaDb 14 Tf 0 g 4 5 Td (4) Tj ET`), 'on looks like off'],
    ['on draws a mark in a layer', on(`${ground} ${glyph('4')}`, { more: ' /OC << /Type /OCG /Name (x) >>' }), 'it may be hidden'],
    ['on draws a mark in a transparent state', on(`/G gs ${glyph('4')}`, { font: ` /Resources << /ExtGState << /G << /ca 0 >> >> /Font << ${signs} >> >>` }), 'on looks like off'],
    ['on draws words', on(`${ground} BT /F1 8 Tf 0 g 2 6 Td (no) Tj ET`, { font: fonts('/F1 3 0 R') }), 'it says something else'],
    ['on draws words in place of its mark, nothing chosen', save(states(off, look(`${ground} BT /F1 8 Tf 0 g 2 6 Td (no) Tj ET`, { font: fonts('/F1 3 0 R') }), o[11])), 'it says something else'],
    ['on draws a letter', on(`${ground} BT /F1 14 Tf 0 g 4 5 Td (4) Tj ET`, { font: fonts('/F1 3 0 R') }), 'a figure 4 is no check mark'],
    ['on draws a letter in a font that is called as that of signs', on(`${ground} ${glyph('4')}`, { font: fonts('/ZaDb 3 0 R') }), 'a figure 4 is no check mark'],
    ['on draws a letter in a font of signs with shapes of its own', on(`${ground} ${glyph('4')}`, { font: fonts('/ZaDb << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats /FontDescriptor << /Type /FontDescriptor /FontName /ZapfDingbats /FontFile3 5 0 R >> >>') }), 'nobody knows what it looks like'],
    ['on draws a letter in a font of signs with codes of its own', on(`${ground} ${glyph('4')}`, { font: fonts('/ZaDb << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats /Encoding << /Differences [52 /a39] >> >>') }), 'nobody knows what it looks like'],
    ['on draws two marks', on(`${ground} ${glyph('4', '1 5', 8)} ${glyph('8', '10 5', 8)}`), 'it says something else'],
    ['on draws two signs at once', on(`${ground} ${glyph('48', '1 5', 8)}`), 'it says something else'],
    ['on draws a hand', on(`${ground} ${glyph('C')}`), 'no mark of a box'],
    ['on draws words of lines', on(`${ground} 0 G 2 5 m 2 15 l 8 5 l 8 15 l S 11 5 m 11 15 l 17 15 l 17 5 l s`), 'it says something else'],
    ['on draws words of shapes', on(`${ground} 0 g 2 5 2 10 re 6 5 2 10 re ${round(14, 10, 4, 'f')}`), 'it says something else'],
    ['on draws a picture', on(`${ground} q 20 0 0 20 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q`), 'it says something else'],
    ['on draws another form', save({ ...states(off, look('/X Do', { font: ' /Resources << /XObject << /X 92 0 R >> >>' })), 92: yes }), 'not followed'],
    ['on has other words for readers aloud', on(`${ground} /Span << /ActualText (no) >> BDC ${glyph('4')} EMC`), 'it says something else'],
    ['a ground where there was none', radio(`1 g 0 0 20 20 re f ${disc}`, '1 g 0 0 20 20 re f'), 'it covers what is below'],
    ['a mark over a wide field', save({ 83: chosen(83).replace('85 0 R', '90 0 R'), 90: look('BT /ZaDb 80 Tf 0 g 4 5 Td (n) Tj ET', { box: '0 0 400 60' }) }), 'it covers what is below'],
    ['words become marks', save({ 80: chosen(80).replace('82 0 R', '90 0 R'), 90: yes }), 'the words were signed'],
    ['words that are exchanged', save({ 80: chosen(80).replace('81 0 R', '82 0 R').replace('/Yes 82 0 R', '/Yes 81 0 R') }), 'the words were signed'],
    ['another mark under the pointer', save({ ...states(off, yes), 11: states(off, yes)[11].replace('/AP << ', '/AP << /R << /Off 91 0 R /Yes 90 0 R >> ') }), 'on looks like off'],
    ['states of words for a button that had none', () => { const b = base(); const p = sign(b.save({ 11: b.objects[11].replace(/\/AP << .*? >> >>/, '') }), { docmdp: 2, field: 'Certification' }); return p.save(states(off, look('BT /F1 8 Tf 0 g 2 6 Td (no) Tj ET', { font: fonts('/F1 3 0 R') }))); }, 'it says something else'],
    ['a grey ground that hides the mark', () => { const b = base(); const grey = 'q 0.5 g 0 0 20 20 re f Q'; const p = sign(b.save({ 11: b.objects[11].replace('/BG [1]', '/BG [0.5]') }), { docmdp: 2, field: 'Certification' }); return p.save({ ...states(look(grey), look(`${grey} BT /ZaDb 14 Tf 0.45 g 4 5 Td (4) Tj ET`)), 11: states(off, yes)[11].replace('/BG [1]', '/BG [0.5]') }); }, 'on looks like off'],
    ['value becomes off, one button of two left on', () => { const b = base(); const p = sign(b.save({ 70: b.objects[70].replace('/V /Off', '/V /A'), 71: b.objects[71].replace('/AS /Off', '/AS /A') }), { docmdp: 2, field: 'Certification' }); return p.save({ 70: o[70] }); }, 'what is seen is not what is held'],
    ['value set, state left', save(states(off, yes, o[11].replace('/V /Off', '/V /Yes'))), 'what is seen is not what is held'],
    ['state set, value left', save(states(off, yes, o[11].replace('/AS /Off', '/AS /Yes'))), 'what is seen is not what is held'],
    ['radio button with the state of another', radio(disc, '', { 71: o[71].replace('/AS /Off', '/AS /A').replace('/A 73 0 R', '/B 90 0 R').replace('74 0 R', '91 0 R') }), 'what is seen is not what is held'],
    ['names of states exchanged', radio(disc, '', { 70: o[70].replace('/V /Off', '/V /B'), 71: o[71].replace('/AS /Off', '/AS /B').replace('/A 73 0 R', '/B 90 0 R'), 72: o[72].replace('/B 75 0 R', '/A 92 0 R'), 92: look(disc) }), 'the first button is the second one'],
    ['one state more', save({ ...states(off, yes), 11: states(off, yes)[11].replace('/Yes 91', '/No 91 0 R /Yes 91') }), 'another choice'],
    ['no states but one drawing', save({ 11: chosen(11).replace(/\/N << [^>]* >>/, '/N 91 0 R'), 91: yes }), 'off looks like on'],
    ['a font of its states replaced', () => { const p = certified.save({ ...states(off, look(`${ground} ${glyph('4')}`, { font: fonts('/ZaDb 92 0 R') })), 92: signs.slice(6) }); return p.save({ 92: o[3] }); }, 'a figure 4 is no check mark'],
  ].map(([name, make, why]) => [name, make, NOT_PASSED, why]);
  bad.push(['the sign of a field changed', save({ ...states(off, yes), 11: chosen(11).replace('(4)', '(no)') }), FORMAT, 'the form itself is another']);
  const good = [
    ['as before', save(states(off, yes))],
    ['as before, nothing chosen', save(states(off, yes, o[11]))],
    ['in their own objects', save({ 12: look(`${ground} `), 13: look(`${ground} ${glyph('4', '3 4', 15)}`) })],
    ...[...'48lnuH'].map((code) => [`with the sign ${code}`, on(`${ground} ${glyph(code)}`)]),
    ['with a blue mark', on(`${ground} BT /ZaDb 14 Tf 0 0 1 rg 1 0 0 1 4 5 Tm (4)Tj ET`)],
    ['as iText does', on('q 1 g 0 0 20 20 re f 0 0 0 RG 1 w 0.5 0.5 19 19 re S Q q 1 1 18 18 re W n 0 g BT /ZaDb 10 Tf 1 0 0 1 6.23 6.54 Tm (8)Tj ET Q')],
    ['as iText does, a little too large', on('q 1 g 0 0 20 20 re f Q q 1 1 18 18 re W n 0 g BT /ZaDb 28 Tf 1 0 0 1 0.6 -0.8 Tm (8)Tj ET Q', { more: ' /FormType 1 /Matrix [1 0 0 1 0 0]' })],
    ['a check of lines', on(`${ground} q 2 w 0 G 4 10 m 8 5 l 16 15 l S Q`)],
    ['a cross of lines', on(`${ground} q 1 1 18 18 re W n 0 G 4 4 m 16 16 l 4 16 m 16 4 l s Q`)],
    ['a square', on(`${ground} 0 g 5 5 10 10 re f`)],
    ['a star', on(`${ground} 0 g 10 17 m 14 5 l 4 12 l 16 12 l 6 5 l f`)],
    ['in a space of its own', on(`q 5 w 1 g 0 0 100 100 re f 0 G 2.5 2.5 95 95 re s Q ${'BT /ZaDb 70 Tf 0 g 20 25 Td (4) Tj ET'}`, { box: '0 0 100 100' })],
    ['turned with its page', on(`${ground} ${glyph('4')}`, { more: ' /Matrix [0 1 -1 0 20 0]' })],
    ['under a raised frame', on(`${ground} 1 g 1 1 m 1 19 l 19 19 l 18 18 l 2 18 l 2 2 l f 0.5 g 19 19 m 19 1 l 1 1 l 2 2 l 18 2 l 18 18 l f ${glyph('4')}`)],
    ['a radio button', radio(disc, '')],
    ['a radio button with a round frame', radio(`0.5 G ${round(10, 10, 9, 's')} ${disc}`, `0.5 G ${round(10, 10, 9, 's')}`)],
    ['a radio button, and the others with it', radio(disc, '', { 72: o[72].replace('75 0 R', '92 0 R').replace('76 0 R', '93 0 R'), 92: look(disc), 93: look('') })],
    ['a wide field with its older states', save({ 83: chosen(83) })],
    ['a value that becomes what was shown', () => { const b = base(); const p = sign(b.save({ 70: b.objects[70].replace('/V /Off', '/V /B'), 71: b.objects[71].replace('/AS /Off', '/AS /A') }), { docmdp: 2, field: 'Certification' }); return p.save({ 70: o[70].replace('/V /Off', '/V /A') }); }],
    ['no value becomes off, which it showed', () => { const b = base(); const p = sign(b.save({ 11: b.objects[11].replace('/V /Off ', '') }), { docmdp: 2, field: 'Certification' }); return p.save({ 11: o[11] }); }],
    ['on a grey ground of its own', () => { const b = base(); const grey = 'q 0.5 g 0 0 20 20 re f Q'; const p = sign(b.save({ 11: b.objects[11].replace('/BG [1]', '/BG [0.5]'), 12: look(grey), 13: look(`${grey} ${glyph('4')}`) }), { docmdp: 2, field: 'Certification' }); return p.save({ ...states(look(grey), look(`${grey} ${glyph('8')}`)), 11: states(off, yes)[11].replace('/BG [1]', '/BG [0.5]') }); }],
    ['states of a button that had none', () => { const b = base(); const p = sign(b.save({ 11: b.objects[11].replace(/\/AP << .*? >> >>/, '') }), { docmdp: 2, field: 'Certification' }); return p.save(states(off, yes)); }],
    ['words with their older drawing', save({ 80: chosen(80) })],
    ['another drawing under the button, gone', () => { const b = base(); const p = sign(b.save({ 11: b.objects[11].replace('/AP << ', '/AP << /D << /Off 12 0 R /Yes 13 0 R >> ') }), { docmdp: 2, field: 'Certification' }); return p.save(states(off, yes)); }],
  ].map(([name, make]) => [`legal twin: ${name}`, make, PASSED, 'each state says what it said']);
  const approved = sign(base());
  return [...bad, ...good, ['drawn anew after an approval', () => approved.save(states(off, yes)), CONSTRAINTS, 'policy: after an approval signature filling in is a change']]
    .map(([name, make, expect, why]) => ({ name, make, expect, why }));
};
