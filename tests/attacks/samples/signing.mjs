// What signing brings to light: pictures of timestamps, fields that were hidden, widgets that stand deeper or show on paper only.
import { formPaper, stream } from '../paper.mjs';

const cover = stream('1 g 0 0 595 842 re f 0 g BT /F1 18 Tf 72 720 Td (to everybody) Tj ET', ' /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>');
const small = stream('0 0 200 20 re S', ' /Type /XObject /Subtype /Form /BBox [0 0 200 20]');
const field = (flags, rect, more = '') => `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Approval) /P 4 0 R /Rect [${rect}] /F ${flags}${more} >>`;

export default ({ identity, sign, PASSED, NOT_PASSED, CONSTRAINTS, FORMAT }) => {
  const token = { timestamp: true, identity: identity('tsa'), cms: { certificates: [identity('tsa'), identity('issuing')], time: new Date(Date.now() - 60_000) } };
  const levels = [['after an approval', undefined], ['P 1', 1], ['P 2', 2], ['P 3', 3]];
  const signed = (level, more = {}) => sign(formPaper(more), level ? { docmdp: level, field: 'First' } : { field: 'First' });
  const placed = (level, flags, rect) => signed(level, { fields: ' 40 0 R', more: { 40: field(flags, rect), 4: formPaper().objects[4].replace('/Annots [', '/Annots [40 0 R ') } });
  const shown = (p, look = cover) => ({ into: 40, changes: { 40: p.objects[40].replace(/\/F \d+/, '/F 4').replace(/ >>$/, ' /AP << /N 95 0 R >> >>'), 95: look } });
  const everywhere = '0 0 595 842';
  const samples = levels.flatMap(([name, level]) => {
    const forbidden = level === 1 ? FORMAT : CONSTRAINTS;
    return [
      [`timestamp with a picture over the page, ${name}`, () => sign(signed(level), { ...token, field: 'Time', rect: everywhere, fieldEntries: ' /AP << /N 95 0 R >>', changes: { 95: cover } }), forbidden, 'anybody can have a timestamp made'],
      [`timestamp with a ground over the page, ${name}`, () => sign(signed(level), { ...token, field: 'Time', rect: everywhere, fieldEntries: ' /MK << /BG [1 1 1] >>' }), forbidden, 'viewers draw the ground'],
      [`timestamp with a picture over the page in a field that was there, ${name}`, () => { const p = placed(level, 4, everywhere); return sign(p, { ...token, ...shown(p) }); }, NOT_PASSED, 'a timestamp needs no picture'],
      [`timestamp in a field that was hidden, ${name}`, () => { const p = placed(level, 2, everywhere); return sign(p, { ...token, ...shown(p) }); }, NOT_PASSED, 'what was hidden comes to light'],
      [`hidden field over the page signed, ${name}`, () => { const p = placed(level, 2, everywhere); return sign(p, shown(p)); }, NOT_PASSED, 'what was hidden comes to light'],
      [`field over the page that was not viewed signed, ${name}`, () => { const p = placed(level, 36, everywhere); return sign(p, shown(p)); }, NOT_PASSED, 'what was hidden comes to light'],
      [`legal twin: timestamp with a picture on empty paper, ${name}`, () => sign(signed(level), { ...token, field: 'Time', rect: '300 50 500 70', fieldEntries: ' /AP << /N 95 0 R >>', changes: { 95: small } }), PASSED, 'it covers nothing', { count: 2 }],
      ...(level === 1 ? [] : [
        [`legal twin: hidden field on empty paper signed, ${name}`, () => { const p = placed(level, 2, '300 50 500 70'); return sign(p, shown(p, small)); }, PASSED, 'it covers nothing', { count: 2 }],
        [`legal twin: field over a line signed where it stood, ${name}`, () => { const p = placed(level, 4, '60 700 300 745'); return sign(p, shown(p, small)); }, PASSED, 'the room was left for it', { count: 2 }],
      ]),
    ];
  });
  const certified = (level) => signed(level);
  const widget = (more) => `<< /Type /Annot /Subtype /Widget /P 4 0 R /F 4 /Rect [${everywhere}] /AP << /N 95 0 R >> ${more} >>`;
  const added = (p, more) => ({ 6: p.objects[6].replace('/Fields [', '/Fields [90 0 R '), 4: p.objects[4].replace('/Annots [', '/Annots [92 0 R '), 95: cover, ...more });
  const deep = [2, 3].flatMap((level) => [
    [`new field whose widget stands two steps below it, P ${level}`, () => { const p = certified(level); return sign(p, { into: 90, changes: added(p, { 90: '<< /FT /Sig /T (New) /Kids [91 0 R] >>', 91: '<< /Parent 90 0 R /Kids [92 0 R] >>', 92: widget('/Parent 91 0 R') }) }); }, CONSTRAINTS, 'its appearance replaces what is read'],
    [`new field whose widget names it and is not named by it, P ${level}`, () => { const p = certified(level); return sign(p, { into: 90, changes: added(p, { 90: '<< /FT /Sig /T (New) /Kids [91 0 R] >>', 91: '<< /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /Parent 90 0 R >>', 92: widget('/Parent 90 0 R') }) }); }, NOT_PASSED, 'its appearance replaces what is read'],
    ...[['on paper only', 36], ['under the pointer only', 292]].map(([what, flags]) => [`new field that is shown ${what}, P ${level}`, () => sign(certified(level), { field: 'New', rect: everywhere, flags, fieldEntries: ' /AP << /N 95 0 R >>', changes: { 95: cover } }), CONSTRAINTS, 'its appearance replaces what is read']),
    [`new field with a ground over the page, P ${level}`, () => sign(certified(level), { field: 'New', rect: everywhere, fieldEntries: ' /MK << /BG [1 1 1] >>' }), CONSTRAINTS, 'viewers draw the ground'],
    [`new field with a border over the page, P ${level}`, () => sign(certified(level), { field: 'New', rect: '0 700 595 760', fieldEntries: ' /MK << /BC [1 1 1] >> /BS << /W 60 >>' }), CONSTRAINTS, 'viewers draw the border'],
    [`legal twin: new field that is never shown, P ${level}`, () => sign(certified(level), { field: 'New', rect: everywhere, flags: 34, fieldEntries: ' /AP << /N 95 0 R >>', changes: { 95: cover } }), PASSED, 'nobody sees it', { count: 2 }],
    [`legal twin: new field with an empty look, P ${level}`, () => sign(certified(level), { field: 'New', rect: '72 700 272 740', fieldEntries: ' /MK << >>' }), PASSED, 'nothing is drawn', { count: 2 }],
    [`legal twin: new field whose widget is an object of its own, P ${level}`, () => { const p = certified(level); return sign(p, { into: 90, changes: { ...added(p, { 90: '<< /FT /Sig /T (New) /Kids [92 0 R] >>', 92: widget('/Parent 90 0 R').replace(everywhere, '300 50 500 70') }), 95: small } }); }, PASSED, 'it covers nothing', { count: 2 }],
  ]);
  return [...samples, ...deep].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
