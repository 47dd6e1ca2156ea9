// Makes seeds of pdf_document: small papers of two and more revisions, each with another change.
//   node make_change_seeds.mjs
import { writeFileSync } from 'node:fs';
import { filled, formPaper, plainPaper, stream } from '../../attacks/paper.mjs';

const folder = new URL('pdf_document/', import.meta.url);
const put = (name, paper) => writeFileSync(new URL(name, folder), paper.octets);

const form = formPaper();
put('filled-in', form.save(filled(form, 7, 'Somebody Invented')));
put('kid-filled-in-and-packed', form.save(filled(form, 15, 'Menor'), { style: 'stream', compress: [15] }));
const plain = plainPaper();
put('content', plain.save({ 5: stream('0 0 9 9 re f') }).save({}, { free: [3] }));
put('annotation', plain.save({ 4: plain.objects[4].replace(/ >>$/, ' /Annots [6 0 R] >>'), 6: '<< /Type /Annot /Subtype /FreeText /Rect [0 0 595 842] /AP << /N 7 0 R >> >>',
  7: stream('1 g 0 0 9 9 re f', ' /Type /XObject /Subtype /Form /BBox [0 0 9 9]') }));
put('evidence', plain.save({ 1: plain.objects[1].replace(/ >>$/, ' /DSS 6 0 R >>'), 6: '<< /Type /DSS /Certs [7 0 R] >>', 7: stream('certificate') })
  .save({ 6: '<< /Type /DSS /Certs [7 0 R 8 0 R] >>', 8: stream('another') }));
put('pages', plain.save({ 2: '<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>', 6: plain.objects[4] }).save({ 2: '<< /Type /Pages /Kids [6 0 R] /Count 1 >>' }));
put('layers', plainPaper('x', { catalog: ' /OCProperties 6 0 R' }).save({ 6: '<< /OCGs [7 0 R] /D << /OFF [7 0 R] >> >>', 7: '<< /Type /OCG /Name (one) >>' }).save({ 6: '<< /OCGs [7 0 R] /D << >> >>' }));
put('signature', plain.save({ 1: plain.objects[1].replace(/ >>$/, ' /AcroForm 6 0 R >>'), 4: plain.objects[4].replace(/ >>$/, ' /Annots [7 0 R] >>'), 6: '<< /Fields [7 0 R] /SigFlags 3 >>',
  7: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (One) /V 8 0 R /P 4 0 R /Rect [0 0 0 0] /F 132 /Lock << /Action /Include /Fields [(a)] >> >>', 8: '<< /Type /Sig /ByteRange [0 1 2 3] /Contents <30> >>' }));
