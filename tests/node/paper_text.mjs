// The words of a tagged PDF as pdf.js finds them by following its structure tree, page by page, an element a line. The words of form
// fields are no part of it.
//   node paper_text.mjs FILE
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { getDocument, VerbosityLevel } = await import(require.resolve('pdfjs-dist/legacy/build/pdf.mjs'));

const file = await getDocument({
  data: new Uint8Array(readFileSync(process.argv[2])),
  useSystemFonts: false,
  stopAtErrors: true,
  verbosity: VerbosityLevel.ERRORS,
}).promise;

for (let number = 1; number <= file.numPages; ++number) {
  const page = await file.getPage(number);
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const marked = new Map();
  const open = [];
  for (const item of items) {
    if ('str' in item) {
      const id = open.findLast((one) => typeof one === 'string');
      if (id !== undefined) {
        marked.set(id, (marked.get(id) ?? '') + item.str + (item.hasEOL ? ' ' : ''));
      }
    } else if (item.type.startsWith('beginMarkedContent')) {
      open.push(item.id);
    } else {
      open.pop();
    }
  }
  const walk = (element) => {
    const own = element.children.filter((child) => child.type === 'content').map(({ id }) => marked.get(id) ?? '').join('');
    if (own.trim() !== '') {
      console.log(own);
    }
    element.children.filter((child) => 'role' in child).forEach(walk);
  };
  walk(await page.getStructTree());
}
