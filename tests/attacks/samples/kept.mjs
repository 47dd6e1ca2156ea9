// Comments and links that were there when a document was certified (P 3): they are part of what was signed, whatever may be added beside them.
import { formPaper, stream } from '../paper.mjs';

const quads = '/QuadPoints [60 740 400 740 60 710 400 710]';

export default ({ sign, PASSED, NOT_PASSED }) => {
  const noted = (body, more = {}) => sign(formPaper({ more: { 4: formPaper().objects[4].replace('/Annots [', '/Annots [60 0 R '), 60: `<< /Type /Annot /P 4 0 R /F 4 ${body} >>`, ...more } }), { docmdp: 3, field: 'Certification' });
  const changed = (body, change, more) => () => { const p = noted(body, more); return p.save(change(p.objects, p)); };
  const replaced = (from, to) => (objects) => ({ 60: objects[60].replaceAll(from, to) });
  const removed = (objects) => ({ 4: objects[4].replace('60 0 R ', '') });
  const changesOf = (kind) => {
    const mark = `/Subtype /${kind} /Rect [60 710 400 740] ${quads} /C [1 1 0] /Contents (no)`;
    return [
      [`/${kind} removed`, changed(mark, removed), 'words that were struck out count again'],
      [`/${kind} moved to other words`, changed(mark, (o) => ({ 60: o[60].replaceAll('710', '610').replaceAll('740', '640') })), 'other words are marked'],
      [`/${kind} hidden`, changed(mark, replaced('/F 4', '/F 2')), 'words that were struck out count again'],
      [`/${kind} says something else`, changed(mark, replaced('(no)', '(yes)')), 'its words were signed'],
      [`/${kind} becomes another mark`, changed(mark, replaced(`/${kind}`, kind === 'Underline' ? '/Highlight' : '/Underline')), 'another mark'],
    ];
  };
  const bad = changesOf('StrikeOut');
  const note = '/Subtype /Text /Rect [500 20 520 40] /Contents (valid until 2030)';
  const link = '/Subtype /Link /Rect [72 710 272 740] /Border [0 0 0] /A << /S /URI /URI (https://bank.example/) >>';
  const attached = ['/Subtype /FileAttachment /Rect [500 20 507 37] /FS 61 0 R', { 61: '<< /Type /Filespec /F (a.txt) /EF << /F 62 0 R >> >>', 62: stream('one', ' /Type /EmbeddedFile') }];
  bad.push(
    ['address of a link', changed(link, replaced('bank', 'evil')), 'it leads somewhere else'],
    ['link within the document becomes an address', changed('/Subtype /Link /Rect [72 710 272 740] /Border [0 0 0] /Dest [4 0 R /Fit]', replaced('/Dest [4 0 R /Fit]', '/A << /S /URI /URI (https://evil.example/) >>')), 'it leads somewhere else'],
    ['link removed', changed(link, removed), 'it was signed'],
    ['link moved', changed(link, replaced('[72 710 272 740]', '[72 610 272 640]')), 'other words lead there'],
    ['attached file exchanged by its specification', changed(attached[0], (o) => ({ 61: o[61].replace('62 0 R', '90 0 R'), 90: stream('two', ' /Type /EmbeddedFile') }), attached[1]), 'another file under the same icon'],
    ['attached file exchanged', changed(attached[0], () => ({ 62: stream('two', ' /Type /EmbeddedFile') }), attached[1]), 'another file under the same icon'],
    ['attached file exchanged for another object of the file', changed('/Subtype /FileAttachment /Rect [500 20 507 37] /FS << /Type /Filespec /F (a.txt) /EF << /F 5 0 R >> >>', replaced('5 0 R', '10 0 R')), 'another file under the same icon'],
  );
  // what marks and takes nothing from the page, level 3 lets change and go (ISO 32000-2, table 257)
  const good = [
    ...['Highlight', 'Underline', 'Squiggly'].flatMap(changesOf),
    ['note removed', changed(note, removed), 'level 3 permits it'],
    ['note says something else', changed(note, replaced('until 2030', 'till 2031')), 'level 3 permits it'],
    ['note gets a window', changed(note, (o, p) => ({ 60: o[60].replace(/ >>$/, ` /Popup ${p.size} 0 R /M (D:20261120091407Z) >>`), 4: o[4].replace('60 0 R ', `60 0 R ${p.size} 0 R `), [p.size]: '<< /Type /Annot /Subtype /Popup /Rect [300 500 500 600] /Parent 60 0 R /Open false >>' })), 'the note says what it said'],
    ['note locked', changed(note, replaced('/F 4', '/F 196')), 'the note says what it said'],
    ['note opened', changed(`${note} /Open false`, replaced('/Open false', '/Open true')), 'the note says what it said'],
    ['mark gets the appearance that its viewer draws', changed(`/Subtype /StrikeOut /Rect [60 710 400 740] ${quads} /C [1 0 0]`, (o, p) => ({ 60: o[60].replace(/ >>$/, ` /AP << /N ${p.size} 0 R >> >>`), [p.size]: stream('1 0 0 RG 1 w 0 15 m 340 15 l S', ' /Type /XObject /Subtype /Form /BBox [0 0 340 30]') })), 'it shows what it showed'],
    ['note answered', changed(note, (o, p) => ({ 4: o[4].replace('60 0 R ', `60 0 R ${p.size} 0 R `), [p.size]: '<< /Type /Annot /Subtype /Text /P 4 0 R /F 4 /Rect [500 20 520 40] /Contents (agreed) /IRT 60 0 R /RT /R >>' })), 'an answer is a comment of its own'],
  ];
  return [
    ...bad.map(([name, make, why]) => ({ name, make, expect: NOT_PASSED, why })),
    ...good.map(([name, make, why]) => ({ name: `legal twin: ${name}`, make, expect: PASSED, why, modification: 'permitted' })),
  ];
};
