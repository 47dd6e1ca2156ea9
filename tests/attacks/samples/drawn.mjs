// Comments without an appearance that viewers find: each viewer draws them by itself, by other keys than their rectangle. And what a comment may not be at all.
import { formPaper, stream, textAppearance } from '../paper.mjs';

const form = (data, more = '', box = '0 0 200 20') => stream(data, ` /Type /XObject /Subtype /Form /BBox [${box}]${more}`);
const quad = (left, bottom, right, top) => `${left} ${top} ${right} ${top} ${left} ${bottom} ${right} ${bottom}`;

export default ({ sign, PASSED, NOT_PASSED }) => {
  const certified = (more = {}) => sign(formPaper(more), { docmdp: 3, field: 'Certification' });
  const base = certified();
  const at = base.size;
  const annotated = (paper, bodies, more = {}, flags = 4) => {
    const numbers = bodies.map((_, index) => paper.size + index);
    return paper.save({ 4: paper.objects[4].replace('/Annots [', `/Annots [${numbers.map((number) => `${number} 0 R`).join(' ')} `),
      ...Object.fromEntries(bodies.map((body, index) => [numbers[index], `<< /Type /Annot /P 4 0 R /F ${flags} ${body} >>`])), ...more });
  };
  const empty = '/Rect [300 50 500 70]'; // over nothing
  const words = '/Rect [72 710 272 730]';
  const look = { [at + 1]: textAppearance('x') };
  const bad = [];
  const good = [];
  const add = (list, name, body, why, more = {}, flags = 4) => list.push([name, () => annotated(base, [body], more, flags), why]);

  const absent = { 'an empty /AP': '/AP << >>', 'a /D alone': '/AP << /D 8 0 R >>', 'a null for /N': '/AP << /N null >>', 'states and none in force': '/AP << /N << /X 8 0 R >> >>', 'a string': '/AP (x)', 'a number': '/AP << /N 5 >>', 'a dictionary': '/AP << /N << >> >>' };
  for (const [name, entry] of Object.entries(absent)) {
    add(bad, `polygon whose appearance is ${name}`, `/Subtype /Polygon ${empty} /Vertices [0 700 595 700 595 760 0 760] /IC [1 1 1] /C [1 1 1] ${entry}`, 'viewers draw it where its corners lie');
    add(bad, `line whose appearance is ${name}`, `/Subtype /Line ${empty} /L [0 720 595 720] /BS << /W 40 >> /C [1 1 1] ${entry}`, 'viewers draw it where its ends lie');
    add(bad, `square whose appearance is ${name}`, `/Subtype /Square ${empty} /BS << /W 1400 >> /C [1 1 1] ${entry}`, 'viewers draw its border as wide as it is asked to');
  }
  add(good, 'polygon with an appearance, which corners elsewhere do not move', `/Subtype /Polygon ${empty} /Vertices [0 700 595 700 595 760] /AP << /N ${at + 1} 0 R >>`, 'the appearance stays in its rectangle', look);
  add(good, 'stamp of a state in force', `/Subtype /Stamp ${empty} /AS /X /AP << /N << /X ${at + 1} 0 R >> >>`, 'the appearance stays in its rectangle', look);

  const line = (more, end = 490) => `/Subtype /Line ${empty} /L [310 60 ${end} 60] /C [0 0 0] ${more}`;
  add(bad, 'line with its caption moved over the words', line('/Cap true /Contents (I grant access to everybody) /CO [0 640]'), 'viewers write the caption there');
  add(bad, 'line with a caption longer than itself', line('/Cap true /Contents (I grant access to everybody for ever and always and always)'), 'no rule says how far it reaches');
  for (const key of ['LL', 'LLE', 'LLO']) add(bad, `line with leaders (/${key})`, line(`/LL 5 /${key} 660 /BS << /W 3 >>`), 'viewers draw them over the page');
  for (const end of ['Square', 'Circle', 'Diamond', 'ClosedArrow']) {
    add(bad, `line that ends in a /${end}`, `/Subtype /Line /Rect [72 680 272 690] /L [80 685 400 685] /LE [/${end} /${end}] /IC [1 1 1] /BS << /W 12 >> /C [1 1 1]`, 'its ends are many times as wide as the line');
    add(bad, `line of several parts that ends in a /${end}`, `/Subtype /PolyLine /Rect [72 680 272 690] /Vertices [80 685 400 685] /LE [/${end} /${end}] /IC [1 1 1] /BS << /W 12 >> /C [1 1 1]`, 'its ends are many times as wide as the line');
  }
  add(good, 'thin line beside the words', line(''), 'it covers nothing');
  add(good, 'arrow beside the words', line('/LE [/None /OpenArrow] /BS << /W 1 >>'), 'it covers nothing');
  for (const kind of ['Square', 'Circle', 'Caret', 'FreeText']) add(bad, `/${kind} that is larger than its rectangle (/RD)`, `/Subtype /${kind} ${empty} /RD [-300 -700 -300 -700] /IC [1 1 1] /C [1 1 1] /DA (/F1 9 Tf)`, 'viewers draw it where the differences lead');
  add(bad, 'square with clouds', `/Subtype /Square ${empty} /BE << /S /C /I 90 >> /IC [1 1 1]`, 'no rule says how far they reach');
  add(bad, 'polygon by a path of PDF 2.0', `/Subtype /Polygon ${empty} /Path [[0 700] [595 700] [595 760] [0 760]] /IC [1 1 1]`, 'viewers draw it where its corners lie');
  add(bad, 'watermark with a place on paper of its own', `/Subtype /Watermark ${empty} /FixedPrint << /Type /FixedPrint /Matrix [1 0 0 1 0 660] >> /AP << /N ${at + 1} 0 R >>`, 'printed it covers the words', look);

  for (const [width, rect] of [[2, '60 724 595 724.5'], [3, '60 723 595 727'], [4, '60 726 595 727'], [4, '60 700 595 740']]) add(bad, `link framed by ${width} points, [${rect}]`, `/Subtype /Link /Rect [${rect}] /Border [0 0 ${width}] /C [1 1 1] /A << /S /URI /URI (https://example.org/) >>`, 'its frame is a bar over the words');
  for (const width of [1, 2, 3]) add(good, `link framed by ${width} points around a line of text`, `/Subtype /Link /Rect [72 708 272 738] /Border [0 0 ${width}] /C [0 0 1] /A << /S /URI /URI (https://example.org/) >>`, 'the words stay readable');

  for (const kind of ['StrikeOut', 'Underline', 'Squiggly']) {
    add(bad, `/${kind} of a line as high as half the page`, `/Subtype /${kind} /Rect [0 0 595 842] /QuadPoints [${quad(60, 500, 595, 940)}] /C [1 1 1]`, 'viewers draw lines as thick as the text is high');
    add(bad, `/${kind} of sixty lines over one another`, `/Subtype /${kind} /Rect [60 700 595 760] /QuadPoints [${Array.from({ length: 60 }, (_, i) => quad(60, 705 + i * 0.7, 595, 710 + i * 0.7)).join(' ')}] /C [1 1 1]`, 'lines side by side are a wall');
    add(good, `/${kind} of three lines of text`, `/Subtype /${kind} /Rect [60 660 595 740] /QuadPoints [${[720, 690, 660].map((y) => quad(60, y - 4, 400, y + 14)).join(' ')}] /C [1 0 0]`, 'the words stay readable');
  }
  add(bad, 'highlight without a colour', `/Subtype /Highlight ${words} /QuadPoints [${quad(60, 710, 400, 740)}]`, 'some viewers paint it black');
  add(bad, 'highlight with a colour of no parts', `/Subtype /Highlight ${words} /C [] /QuadPoints [${quad(60, 710, 400, 740)}]`, 'some viewers paint it black');
  add(bad, 'highlight in grey thirty times', `/Subtype /Highlight ${words} /C [.3 .3 .3] /QuadPoints [${Array.from({ length: 30 }, () => quad(60, 710, 400, 740)).join(' ')}]`, 'thirty veils are a wall');
  const light = { [at + 1]: form('1 1 0 rg /R0 gs 0 0 200 20 re f', ' /Resources << /ExtGState << /R0 << /BM /Multiply >> >> >>') };
  for (const [name, colour] of [['black', '/C [0 0 0]'], ['no colour', ''], ['a colour of no parts', '/C []']]) add(bad, `highlight of ${name} with a light appearance`, `/Subtype /Highlight ${words} /QuadPoints [${quad(60, 710, 400, 740)}] ${colour} /AP << /N ${at + 1} 0 R >>`, 'some viewers draw every highlight by themselves', light);
  add(bad, 'highlight without room for its appearance, in black', `/Subtype /Highlight /Rect [80 720 80 720] /QuadPoints [${quad(60, 710, 400, 740)}] /C [0 0 0] /AP << /N ${at + 1} 0 R >>`, 'some viewers draw every highlight by themselves', light);
  add(good, 'highlight with a light appearance', `/Subtype /Highlight ${words} /QuadPoints [${quad(60, 710, 400, 740)}] /C [1 1 0] /AP << /N ${at + 1} 0 R >>`, 'the words stay readable', light);
  add(bad, 'stamp without a rectangle', `/Subtype /Stamp /AP << /N ${at + 1} 0 R >>`, 'viewers differ in where it stands', { [at + 1]: form('1 g 0 0 595 842 re f', '', '0 0 595 842') });
  add(good, 'highlight of two lines', `/Subtype /Highlight /Rect [60 660 595 740] /C [1 1 0] /QuadPoints [${quad(60, 716, 400, 734)} ${quad(60, 690, 300, 708)}]`, 'the words stay readable');
  add(bad, 'highlight that covers while the pointer is over it', `/Subtype /Highlight ${words} /QuadPoints [${quad(60, 710, 400, 740)}] /C [1 1 0] /AP << /N ${at + 1} 0 R /R ${at + 2} 0 R >>`, 'words that vanish when they are looked at',
    { [at + 1]: form('1 1 0 rg /R0 gs 0 0 200 20 re f', ' /Resources << /ExtGState << /R0 << /BM /Multiply >> >> >>'), [at + 2]: form('1 g 0 0 200 20 re f') });
  for (const kind of ['FileAttachment', 'Sound', 'Caret']) add(bad, `/${kind} as large as the words`, `/Subtype /${kind} /Rect [60 700 400 745] /Contents (x)`, 'viewers may draw it in its rectangle');
  add(good, 'note with a large rectangle', '/Subtype /Text /Rect [60 600 400 690] /Contents (x)', 'viewers draw notes in one size');

  for (const [turn, rect] of [[90, '100 705 140 760'], [180, '272 690 472 700'], [270, '72 560 272 700']]) bad.push([`stamp that does not turn with its page, ${turn} degrees`, () => { const p = certified({ page: ` /Rotate ${turn}` }); return annotated(p, [`/Subtype /Stamp /Rect [${rect}] /AP << /N ${p.size + 1} 0 R >>`], { [p.size + 1]: form('1 g 0 0 200 20 re f') }, 20); }, 'it turns around its corner, over the words']);
  add(good, 'stamp that does not turn, on a page that is not turned', `/Subtype /Stamp ${empty} /AP << /N ${at + 1} 0 R >>`, 'it stays in its rectangle', look, 20);

  for (const [kind, more] of [['RichMedia', '/RichMediaSettings << /Activation << /Condition /PO >> >>'], ['3D', '/3DA << /A /PO >>'], ['Screen', '/MK << >>'], ['Movie', '/Movie << /F (film.avi) >>']]) add(bad, `/${kind} beside the words`, `/Subtype /${kind} ${empty} ${more} /AP << /N ${at + 1} 0 R >>`, 'it plays something, and is no comment', look);
  return [
    ...bad.map(([name, make, why]) => ({ name, make, expect: NOT_PASSED, why })),
    ...good.map(([name, make, why]) => ({ name: `legal twin: ${name}`, make, expect: PASSED, why, modification: 'permitted' })),
  ];
};
