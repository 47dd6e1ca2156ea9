import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What every page begins with, out of one file, in place of the mark `<!-- shared head -->`. */
export function sharedHead(): Plugin {
  const mark = '<!-- shared head -->';
  const file = new URL('../src/ui/head.html', import.meta.url);
  return {
    name: 'segell-shared-head',
    transformIndexHtml: {
      order: 'pre',
      handler(page) {
        if (!page.includes(mark)) {
          throw new Error(`a page has no ${mark}`);
        }
        return page.replace(mark, readFileSync(file, 'utf8').trim().replaceAll('\n', '\n    '));
      },
    },
  };
}
