// Somebody else's file as a Paper, so that revisions can be written on top of it. pdf-lib reads it.
import { PDFDocument, PDFStream } from 'pdf-lib';
import { Paper } from './paper.mjs';

/** The paper, the number of its first page, and the style in which its revisions must be written. */
export async function adopt(octets) {
  const { context, catalog } = await PDFDocument.load(octets, { updateMetadata: false });
  const objects = {};
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFStream)) objects[ref.objectNumber] = object.toString();
  }
  const text = octets.toString('latin1');
  const startxref = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)[1]);
  const paper = new Paper(text, objects, { root: context.trailerInfo.Root.objectNumber, size: context.largestObjectNumber + 1, startxref });
  let page;
  catalog.Pages().traverse((_, ref) => {
    if (page === undefined && /\/Type \/Page\b(?!s)/.test(objects[ref.objectNumber])) page = ref.objectNumber;
  });
  return { paper, page, save: { style: text.startsWith('xref', startxref) ? 'table' : 'stream' } };
}
