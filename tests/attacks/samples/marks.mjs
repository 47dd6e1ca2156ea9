// Marks, frames and grounds of check boxes and lists that are drawn anew: what a reader takes for a frame, a ground or nothing, and people for a mark, a word or another choice.
import { formPaper, stream } from '../paper.mjs';

const signs = '/ZaDb << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>';
const look = (data, { box = '0 0 20 20', more = ` /Resources << /Font << ${signs} /F1 3 0 R >> >>` } = {}) => stream(data, ` /Type /XObject /Subtype /Form /BBox [${box}]${more}`);
const ground = 'q 1 g 0 0 20 20 re f 0 G 0.5 0.5 19 19 re s Q';
const sign4 = 'q 1 1 18 18 re W n BT /ZaDb 14 Tf 0 g 4 5 Td (4) Tj ET Q';
const ink = (grey) => `[/Separation /x /DeviceGray << /FunctionType 2 /Domain [0 1] /N 1 /C0 [${grey}] /C1 [${grey}] >>]`;
const arc = (r) => { const k = r * 0.5523; return `10 ${10 + r} m ${10 + k} ${10 + r} ${10 + r} ${10 + k} ${10 + r} 10 c ${10 + r} ${10 - k} ${10 + k} ${10 - r} 10 ${10 - r} c ${10 - k} ${10 - r} ${10 - r} ${10 - k} ${10 - r} 10 c ${10 - r} ${10 + k} ${10 - k} ${10 + r} 10 ${10 + r} c`; };
const widget = (entries, rect) => `<< /Type /Annot /Subtype /Widget ${entries} /P 4 0 R /F 4 /Rect [${rect}] >>`;
const line = (words, y, colour = '0 g') => `q BT 1 0 0 1 2 ${y} Tm /F1 10 Tf ${colour} (${words})Tj 0 g ET Q`;
const band = (y, { colour = '0.7 g', x = 0, wide = 100, high = 12 } = {}) => `${colour} ${x} ${y} ${wide} ${high} re f`;
const list = (...lines) => `q 1 g 0 0 100 40 re f Q /Tx BMC q 0 0 100 40 re W n ${lines.join(' ')} Q EMC`;
const towns = [line('Reus', 28), line('Olot', 16), line('Vic', 4)];

/** Check boxes 11 (states 12 Off, 13 Yes), 80 (81, 82; low and wide) and 83 (84, 85; small), a list 70 with look 71, a combo box 72 with look 73. */
function base() {
  const box = (name, off, yes, rect, more = '/MK << /BC [0] /BG [1] >>') => widget(`/FT /Btn /T (${name}) /V /Off /AS /Off ${more} /AP << /N << /Off ${off} 0 R /Yes ${yes} 0 R >> >>`, rect);
  return formPaper({
    widgets: ' 80 0 R 83 0 R 70 0 R 72 0 R',
    fields: ' 80 0 R 83 0 R 70 0 R 72 0 R',
    more: {
      11: box('agreed', 12, 13, '72 520 92 540'), 12: look(ground), 13: look(`${ground} ${sign4}`),
      80: box('wide', 81, 82, '72 340 212 354'), 81: look('', { box: '0 0 140 14' }), 82: look('BT /ZaDb 10 Tf 0 g 40 3 Td (4) Tj ET', { box: '0 0 140 14' }),
      83: box('small', 84, 85, '72 400 80 408'), 84: look('0 G 0.5 0.5 7 7 re s', { box: '0 0 8 8' }), 85: look('0 G 0.5 0.5 7 7 re s BT /ZaDb 7 Tf 0 g 1 1.5 Td (4) Tj ET', { box: '0 0 8 8' }),
      70: widget('/FT /Ch /T (town) /MK << /BG [1] >> /Opt [[(r) (Reus)] [(o) (Olot)] [(v) (Vic)]] /V (o) /I [1] /AP << /N 71 0 R >>', '72 300 172 340'),
      71: look(list(band(14), ...towns), { box: '0 0 100 40' }),
      72: widget('/FT /Ch /Ff 131072 /T (to) /Opt [[(n) (nobody)] [(e) (everybody)]] /V (n) /AP << /N 73 0 R >>', '72 260 172 280'),
      73: look('BT /F1 12 Tf 2 5 Td (nobody) Tj ET', { box: '0 0 100 20' }),
    },
  });
}

export default ({ sign, PASSED, NOT_PASSED }) => {
  const certify = (more) => sign(base().save(more), { docmdp: 2, field: 'Certification' });
  const certified = sign(base(), { docmdp: 2, field: 'Certification' });
  const o = base().objects;
  const chosen = (body) => body.replace('/V /Off', '/V /Yes').replace('/AS /Off', '/AS /Yes');
  const off = (data, options) => () => certified.save({ 12: look(data, options) });
  const on = (data, options) => () => certified.save({ 11: chosen(o[11]), 13: look(data, options) });
  const low = (data) => () => certified.save({ 81: look(data, { box: '0 0 140 14' }) });
  const small = (data) => () => certified.save({ 84: look(data, { box: '0 0 8 8' }) });
  const listed = (...lines) => () => certified.save({ 71: look(list(...lines), { box: '0 0 100 40' }) });
  const combo = (change, before, now) => () => certify({ 72: change(o[72]), 73: look(`BT /F1 12 Tf 2 5 Td (${before}) Tj ET`, { box: '0 0 100 20' }) }).save({ 73: look(`BT /F1 12 Tf 2 5 Td (${now}) Tj ET`, { box: '0 0 100 20' }) });
  const anew = (paper) => paper.save({ 6: paper.objects[6].replace('<<', '<< /NeedAppearances true') });
  const checked = (more = {}) => certify({ 11: chosen(o[11]), ...more });
  const bad = [
    ['off draws a light grey cross', off(`${ground} 0.61 g 3 3 m 5 3 l 17 17 l 15 17 l f 3 17 m 5 17 l 17 3 l 15 3 l f`)],
    ['off draws a light grey word', off(`${ground} 0.61 g 3 3 2 14 re f 5 3 5 2 re f 12 3 2 14 re f`)],
    ['off draws a ring that is a mark', off(`${ground} 0 G 4 w ${arc(5.2)} s`)],
    ['off draws a ground that leaves a letter free', off('0.61 g 0 0 20 20 re f 1 g 0 0 m 20 0 l 20 20 l 12 20 l 12 4 l 8 4 l 8 20 l 0 20 l f')],
    ['off draws a grey square within a ground', off('1 g 0 0 20 20 re f 0.65 g 2.6 2.6 14.8 14.8 re f')],
    ['off draws a grey square by a clip', off(`${ground} q 5 5 10 10 re W n 0.62 g 0 0 20 20 re f Q`)],
    ['off draws frames that fill the box', off(`${ground} 0 g 0 0 3.5 20 re f 16.5 0 3.5 20 re f 0 0 20 3.5 re f 0 16.5 20 3.5 re f`)],
    ['off draws a frame that fills a small box', small('0 G 4 w 2 2 4 4 re s')],
    ['off draws a frame that is black by its default space', off(ground, { more: ` /Resources << /ColorSpace << /DefaultGray ${ink(0)} >> >>` })],
    ['off draws a word of lines along its border', low('0 G 0.6 w 2 0.5 m 2 3.4 l S 2 3.4 m 4 0.5 l S 4 0.5 m 4 3.4 l S 6 0.5 m 8 0.5 l 8 3.4 l 6 3.4 l s')],
    ['off draws a word of shapes along its border', low('0 g 2 0.5 1 3 re f 5 0.5 1 3 re f 8 0.5 1 3 re f 8 1.5 8 1 re f')],
    ['off draws a word of one line along its border', low(`0 G 0.6 w 2 0.5 m ${Array.from({ length: 30 }, (_, i) => `${2 + i * 4} ${i % 2 ? 0.5 : 3.4} l`).join(' ')} S`)],
    ['on draws a mark that is white by its default space', on(`${ground} ${sign4}`, { more: ` /Resources << /ColorSpace << /DefaultGray ${ink(1)} >> /Font << ${signs} >> >>` })],
    ['on draws a mark in white, and names a space for its lines', on(`${ground} 1 g /DeviceGray CS BT /ZaDb 14 Tf 4 5 Td (4) Tj ET`)],
    ['on draws a mark in a grey of a space of three colours', on(`${ground} /DeviceRGB cs 1 1 1 sc 0 sc BT /ZaDb 14 Tf 4 5 Td (4) Tj ET`)],
    ['on draws a mark of dashes that are none', on(`${ground} [0 100] 0 d 0 G 1 w 4 4 m 16 16 l 4 16 m 16 4 l S`)],
    ['on draws a mark of no area', on(`${ground} 0 g 4 4 m 16 16 l 16.05 16 l f`)],
    ['on draws a mark that goes back on itself', on(`${ground} 0 g 4 4 m 16 4 l 16 16 l 4 16 l 4 4 l 4 16 l 16 16 l 16 4 l 4 4 l f`)],
    ['on draws a mark twice, by the even-odd rule', on(`${ground} 0 g 4 4 m 16 4 l 16 16 l 4 16 l 4 4 l 16 4 l 16 16 l 4 16 l f*`)],
    ['on draws a sign flattened to a line', on(`${ground} BT /ZaDb 14 Tf 0 g 1 1 1 1 2 2 Tm (4) Tj ET`)],
    ['on draws lines in a space that is a line', on(`${ground} q 1 1 1 1 0 0 cm 0 G 1 w 1 1 m 4 1 l 4 5 l S Q`)],
    ['on draws a white frame over its mark', on(`${ground} ${sign4} 1 G 4 w 3.4 3.4 13.2 13.2 re S`)],
    ['on draws white rings over its mark', on(`${ground} ${sign4} 1 G 4 w ${arc(5.1)} S ${arc(9)} S`)],
    ['on draws a mark that its own white line covers', on(`${ground} 0 g 1 G 4 w 8 8 4 4 re B`)],
    ['on draws a mark that is in another file', on(`${ground} ${sign4}`, { more: ` /F (x) /Resources << /Font << ${signs} >> >>` })],
    ['a state that is taken away from what is chosen', () => { const p = checked(); return p.save({ 11: p.objects[11].replace('/AS /Yes', '') }); }],
    ['looks that are taken away from what is chosen', () => certified.save({ 11: chosen(o[11]).replace(/\/AP << .*? >> >>/, '') })],
    ['what is chosen and does not look so, to be made anew', () => anew(checked({ 13: look(ground) }))],
    ['what is not chosen and looks so, to be made anew', () => anew(certify({ 12: look(`${ground} ${sign4}`) }))],
    ['list that marks another, the mark of what is chosen at its end', listed(band(26), band(0, { colour: '1 g', x: 99, wide: 1, high: 40 }), band(14, { x: 95, wide: 5 }), ...towns)],
    ['list that hides its choices but for their end', listed('0 g 0 0 100 40 re f', band(0, { colour: '1 g', x: 99, wide: 1, high: 40 }), band(14, { x: 95, wide: 5 }), ...towns)],
    ['list with a mark that holes make nothing of', listed('0.7 g 0 14 100 12 re 0 14 100 12 re f*', ...towns)],
    ['list with a short mark', listed(band(14, { wide: 12.5 }), ...towns)],
    ['list that frames another', listed(band(14, { colour: '0.8 g' }), '0 G 2 w 0 26 100 12 re S', ...towns)],
    ['list that strikes out', listed(band(14), '0 G 1 w 0 32 40 0 re S', ...towns)],
    ['list with a mark over another, behind its words', listed(band(14), '0 26 100 12 re', ...towns, '0 g f')],
    ['list of two choices of one name that marks the other', () => certify({ 70: o[70].replace('(r) (Reus)', '(o) (Reus)') }).save({ 71: look(list(band(26), ...towns), { box: '0 0 100 40' }) })],
    ['combo box of two choices of one name that shows the other', combo((body) => body.replace('(e) (everybody)', '(n) (everybody)').replace('/V (n)', '/V (n) /I [1]'), 'everybody', 'nobody')],
    ['combo box that shows its value in place of its words, where choices cannot be read', combo((body) => body.replace('(n) (nobody)', '(everybody) (nobody)').replace('/V (n)', '/V (everybody)').replace('[(e) (everybody)]', '[(a) (b) (c)]'), 'nobody', 'everybody')],
    ['list that differs from its value, to be made anew', () => anew(certify({ 70: o[70].replace('/V (o) /I [1]', '/V (r) /I [0]') }))],
    ['combo box with a new value that shows a third', () => certified.save({ 72: o[72].replace('/V (n)', '/V (e)'), 73: look('BT /F1 12 Tf 2 5 Td (some) Tj ET', { box: '0 0 100 20' }) })],
  ];
  const good = [
    ['off with a frame a little thicker', off('1 g 0 0 20 20 re f 0 G 2 w 1 1 18 18 re s')],
    ['off with a raised frame in light and dark', off(`${ground} 1 g 1 1 m 1 19 l 19 19 l 18 18 l 2 18 l 2 2 l f 0.6 g 19 19 m 19 1 l 1 1 l 2 2 l 18 2 l 18 18 l f`)],
    ['off with a grey rim', off('0.65 g 0 0 20 20 re f 1 g 1.5 1.5 17 17 re f')],
    ['off with a round ground', off(`1 g ${arc(10)} f 0 G ${arc(9)} s`)],
    ['off with a dashed frame', off('1 g 0 0 20 20 re f [3 3] 0 d 0 G 0.5 0.5 19 19 re s')],
    ['on with a check of one shape', on(`${ground} 0 g 4 10 m 8 4 l 17 16 l 15 17 l 8 8 l 6 12 l f`)],
    ['on with a sign that leans', on(`${ground} BT /ZaDb 14 Tf 0 g 1 0 0.3 1 3 5 Tm (4) Tj ET`)],
    ['off with a frame in four lines', off('1 g 0 0 20 20 re f 0 G 0.5 0 m 0.5 20 l S 19.5 0 m 19.5 20 l S 0 0.5 m 20 0.5 l S 0 19.5 m 20 19.5 l S')],
    ['off with a round frame', off(`1 g 0 0 20 20 re f 0 G ${arc(9)} s`)],
    ['a small box with its frame', small('0 G 1 w 0.5 0.5 7 7 re s')],
    ['a low box with a line below', low('0 G 1 w 0 0.5 m 140 0.5 l S')],
    ['on with a mark that has a thin light line', on(`${ground} 0 g 1 G 0.5 w 6 6 8 8 re B`)],
    ['on with a dark frame over its mark', on(`1 g 0 0 20 20 re f ${sign4} 0 G 0.5 0.5 19 19 re s`)],
    ['a choice taken back with its state', () => { const p = checked(); return p.save({ 11: p.objects[11].replace('/AS /Yes', '').replace('/V /Yes', '') }); }],
    ['looks taken away from what is chosen, to be made anew', () => certified.save({ 11: chosen(o[11]).replace(/\/AP << .*? >> >>/, ''), 6: certified.objects[6].replace('<<', '<< /NeedAppearances true') })],
    ['what looks like what is chosen, to be made anew', () => anew(checked())],
    ['list with a mark that leaves its frame free', listed('0 G 1 w 0.5 0.5 99 39 re s', band(14, { x: 1, wide: 98 }), ...towns)],
    ['list that marks what is chosen twice', listed(band(14), band(14, { colour: '0.6 g' }), ...towns)],
    ['list with a new value, that marks none, as MuPDF draws it', () => certified.save({ 70: o[70].replace('/V (o) /I [1]', '/V (r) /I [0]'), 71: look(list(...towns), { box: '0 0 100 40' }) })],
    ['combo box of two choices of one name and one word', combo((body) => body.replace('(e) (everybody)', '(n) (nobody)'), 'nobody', 'nobody')],
  ];
  return [
    ...bad.map(([name, make]) => ({ name, make, expect: NOT_PASSED, why: 'what is seen is not what the field holds' })),
    ...good.map(([name, make]) => ({ name: `legal twin: ${name}`, make, expect: PASSED, why: 'it says what the field holds', modification: 'permitted' })),
  ];
};
