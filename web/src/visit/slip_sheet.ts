import { AnnotationMode, type PDFDocumentProxy } from 'pdfjs-dist';

/** Dots an inch: enough for the small type and the QR code of a slip. */
const kDots = 200;
const kPoints = 72;

/** The one page of a slip as a picture for the printer; the screen shows it in its own resolution. */
export async function drawSheet(paper: PDFDocumentProxy): Promise<HTMLCanvasElement> {
  const page = await paper.getPage(1);
  const viewport = page.getViewport({ scale: kDots / kPoints });
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE, intent: 'print' }).promise;
  return canvas;
}
