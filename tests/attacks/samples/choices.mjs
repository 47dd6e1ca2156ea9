// Lists and combo boxes that are drawn anew with the value that they had, as iText does with every field that it is handed: the look says the choice that is made, and no other.
import { formPaper, stream } from '../paper.mjs';

const look = (data, box = '0 0 100 40') => stream(data, ` /Type /XObject /Subtype /Form /BBox [${box}] /Resources << /Font << /F1 3 0 R >> >>`);
const widget = (entries, rect) => `<< /Type /Annot /Subtype /Widget /FT /Ch ${entries} /P 4 0 R /F 4 /Rect [${rect}] >>`;
const line = (words, y, colour = '0 g') => `q BT 1 0 0 1 2 ${y} Tm /F1 10 Tf ${colour} (${words})Tj 0 g ET Q`;
const band = (y, colour = '0.04 0.14 0.41 rg') => `${colour} 0 ${y} 100 12 re f`;
const list = (...lines) => `q 1 g 0 0 100 40 re f Q /Tx BMC q 0 0 100 40 re W n ${lines.join(' ')} Q EMC`;
const combo = (words, colour = '0 g') => `q Q /Tx BMC q 1 1 98 18 re W n q BT 1 0 0 1 2 5 Tm /F1 12 Tf ${colour} (${words})Tj 0 g ET Q Q EMC`;

/** A list 70 with look 71, a combo box 72 with look 73 whose value is another word than what it shows, a text field 74 that holds nothing. */
function base() {
  return formPaper({
    widgets: ' 70 0 R 72 0 R 74 0 R',
    fields: ' 70 0 R 72 0 R 74 0 R',
    more: {
      70: widget('/T (town) /MK << /BG [1] >> /Opt [[(r) (Reus)] [(o) (Olot)] [(v) (Vic)]] /V (o) /I [1] /AP << /N 71 0 R >>', '72 300 172 340'),
      71: look(list(band(14), line('Reus', 28), line('Olot', 16, '1 g'), line('Vic', 4))),
      72: widget('/Ff 131072 /T (to) /Opt [[(n) (nobody)] [(e) (everybody)]] /V (n) /I [0] /AP << /N 73 0 R >>', '72 260 172 280'),
      73: look(combo('nobody'), '0 0 100 20'),
      74: widget('/T (free) /AP << /N 75 0 R >>', '72 220 172 240').replace('/FT /Ch', '/FT /Tx'),
      75: look('/Tx BMC EMC', '0 0 100 20'),
    },
  });
}

export default ({ sign, PASSED, NOT_PASSED }) => {
  const certified = sign(base(), { docmdp: 2, field: 'Certification' });
  const o = certified.objects;
  const anew = (number, was, data, box, change = (body) => body) => () => certified.save({ [number]: change(o[number].replace(`${was} 0 R`, '90 0 R')), 90: look(data, box) });
  const listed = (data, change) => anew(70, 71, data, undefined, change);
  const combined = (data, change) => anew(72, 73, data, '0 0 100 20', change);
  const unmarked = (body) => body.replace(/ \/I \[\d\]/, '');
  const towns = list(band(14), line('Reus', 28), line('Olot', 16, '1 g'), line('Vic', 4));
  const bad = [
    ['list that marks another', listed(list(band(26), line('Reus', 28, '1 g'), line('Olot', 16), line('Vic', 4)))],
    ['list that marks two', listed(list(band(14), band(26), line('Reus', 28, '1 g'), line('Olot', 16, '1 g'), line('Vic', 4)))],
    ['list that marks two in one path', listed(list('0.6 0.76 0.85 rg 0 26 100 12 re 0 14 100 12 re f', line('Reus', 28), line('Olot', 16), line('Vic', 4)))],
    ['list that marks another behind what it says', listed(list(line('Reus', 28), band(14), line('Olot', 16, '1 g'), band(2), line('Vic', 4, '1 g')))],
    ['list with a ground over the line above', listed(list(line('Reus', 28), '0.04 0.14 0.41 rg 0 14 100 24 re f', line('Olot', 16, '1 g'), line('Vic', 4)))],
    ['list that marks none', listed(list(line('Reus', 28), line('Olot', 16), line('Vic', 4)))],
    ['list whose mark is not seen', listed(list(band(14, '0.95 g'), line('Reus', 28), line('Olot', 16), line('Vic', 4)))],
    ['list with what is chosen in white on white', listed(list(line('Reus', 28), line('Olot', 16, '1 g'), line('Vic', 4)))],
    ['list with what is chosen in the colour of its ground', listed(list(band(14), line('Reus', 28), line('Olot', 16, '0.04 0.14 0.41 rg'), line('Vic', 4)))],
    ['list with other words', listed(list(band(14), line('Reus', 28), line('Olivella', 16, '1 g'), line('Vic', 4)))],
    ['list in another order', listed(list(band(14), line('Vic', 28), line('Olot', 16, '1 g'), line('Reus', 4)))],
    ['list that leaves one out', listed(list(band(14), line('Olot', 28), line('Vic', 16, '1 g')))],
    ['list without what is chosen', listed(list(line('Reus', 28)))],
    ['list with a ground of its own over what is chosen', listed(list(line('Reus', 28), line('Olot', 16), band(14, '0 g'), line('Vic', 4)))],
    ['list in its own object, that marks another', () => certified.save({ 71: look(list(band(2), line('Reus', 28), line('Olot', 16), line('Vic', 4, '1 g'))) })],
    ['combo box with the other choice', combined(combo('everybody'))],
    ['combo box with its value in white', combined(combo('nobody', '1 g'))],
    ['combo box that shows the other, its marks gone', combined(combo('everybody'), unmarked)],
    ['another choice is marked', () => certified.save({ 72: o[72].replace('/I [0]', '/I [1]') })],
    ['two choices are marked', () => certified.save({ 72: o[72].replace('/I [0]', '/I [0 1]') })],
    ['a choice is marked that there is not', () => certified.save({ 72: o[72].replace('/I [0]', '/I [7]') })],
    ['marks gone where two choices have one name', () => { const b = base(); const p = sign(b.save({ 72: b.objects[72].replace('[(e)', '[(n)').replace('/I [0]', '/I [1]') }), { docmdp: 2, field: 'Certification' }); return p.save({ 72: unmarked(p.objects[72]) }); }],
    ['an empty field with a white ground', anew(74, 75, 'q 1 g 0 0 100 20 re f Q /Tx BMC EMC', '0 0 100 20')],
    ['an empty field with words', anew(74, 75, combo('nobody'), '0 0 100 20')],
  ];
  const good = [
    ['list', listed(towns)],
    ['list as poppler writes it', listed(`1 g 0 0 100 40 re f ${line('Reus', 28)} q 0 g f 0 14 100 12 re f BT /F1 10 Tf 1 0 0 1 2 16 Tm 1 g (Olot) Tj ET Q ${line('Vic', 4)}`)],
    ['list, its marks gone', listed(towns, unmarked)],
    ['list that begins elsewhere', listed(list(band(26), line('Olot', 28, '1 g'), line('Vic', 16)), (body) => unmarked(body).replace('/T (town)', '/T (town) /TI 1'))],
    ['list with dark letters on a light mark', listed(list(band(14, '0.6 0.76 0.85 rg'), line('Reus', 28), line('Olot', 16), line('Vic', 4)))],
    ['list in its own object', () => certified.save({ 71: look(towns) })],
    ['list that marks another, with its value', listed(list(band(26), line('Reus', 28, '1 g'), line('Olot', 16), line('Vic', 4)), (body) => unmarked(body).replace('/V (o)', '/V (r)'))],
    ['combo box', combined(combo('nobody', '0 0 1 rg'))],
    ['combo box, its marks gone', combined(combo('nobody'), unmarked)],
    ['marks gone', () => certified.save({ 72: unmarked(o[72]) })],
    ['marks written where there were none', () => { const b = base(); const p = sign(b.save({ 72: unmarked(b.objects[72]) }), { docmdp: 2, field: 'Certification' }); return p.save({ 72: p.objects[72].replace('/V (n)', '/V (n) /I [0]') }); }],
    ['an empty field with a frame', anew(74, 75, 'q 0 G 1 w 0.5 0.5 99 19 re S Q /Tx BMC EMC', '0 0 100 20')],
  ];
  return [
    ...bad.map(([name, make]) => ({ name, make, expect: NOT_PASSED, why: 'what is seen is not what the field holds' })),
    ...good.map(([name, make]) => ({ name: `legal twin: ${name}`, make, expect: PASSED, why: 'it says what the field holds', modification: 'permitted' })),
  ];
};
