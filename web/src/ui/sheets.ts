import { AnnotationMode, type PDFDocumentProxy } from 'pdfjs-dist';

/** Dots an inch: enough for small type and a QR code. */
const kDots = 200;
const kPoints = 72;

/** One page as a picture for the printer; the screen shows it in its own resolution. */
export async function drawSheet(paper: PDFDocumentProxy, number = 1): Promise<HTMLCanvasElement> {
  const page = await paper.getPage(number);
  const viewport = page.getViewport({ scale: kDots / kPoints });
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE, intent: 'print' }).promise;
  return canvas;
}

/** All its pages, one after the other: each takes its memory. */
export async function drawSheets(paper: PDFDocumentProxy): Promise<HTMLCanvasElement[]> {
  const sheets: HTMLCanvasElement[] = [];
  for (let number = 1; number <= paper.numPages; number += 1) {
    sheets.push(await drawSheet(paper, number));
  }
  return sheets;
}
