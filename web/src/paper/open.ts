import { GlobalWorkerOptions, PDFWorker, getDocument, version, type PDFDocumentProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;
const kParts = `/assets/pdf-${version}`;
/** One for all documents of a page: its start takes longer than most documents. What it read of one is gone when that is destroyed. */
let worker: PDFWorker | null = null;

/** Starts what opens documents, so that the first one does not wait for it. */
export function prepareToOpen(): PDFWorker {
  worker = worker === null || worker.destroyed ? new PDFWorker() : worker;
  return worker;
}

/**
 * Opens a document for drawing. The buffer is handed over, not copied: what is drawn is the very memory whose digest was taken,
 * and nobody here can touch it any more. No script of the document runs, no form of it is filled in, nothing is fetched from
 * elsewhere.
 */
export function openPaper(buffer: ArrayBuffer): Promise<PDFDocumentProxy> {
  return getDocument({
    data: new Uint8Array(buffer),
    worker: prepareToOpen(),
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    useSystemFonts: false,
    stopAtErrors: true,
    cMapUrl: `${kParts}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${kParts}/standard_fonts/`,
    wasmUrl: `${kParts}/wasm/`,
  }).promise;
}
