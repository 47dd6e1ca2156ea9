import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const kWorker = 'tablet-worker.js';

/**
 * Writes into the tablet's service worker which files the page is made of and their digests (Subresource Integrity, SHA-256). It reads
 * them where they were written, so that what is listed is what is served.
 */
export function tabletWorker(): Plugin {
  return {
    name: 'segell-tablet-worker',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) {
        throw new Error('the pages are written to no folder');
      }
      const assets = readdirSync(join(dir, 'assets'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(dir.length));
      const files = ['/tablet', ...assets.sort()].map((path) => {
        const octets = readFileSync(join(dir, path === '/tablet' ? '/tablet.html' : path));
        return { path, integrity: `sha256-${createHash('sha256').update(octets).digest('base64')}` };
      });
      const list = JSON.stringify(files);
      const edition = createHash('sha256').update(list).digest('hex').slice(0, 16);
      const worker = readFileSync(join(dir, kWorker), 'utf8');
      const written = worker.replace('__SEGELL_FILES__', () => list).replace('__SEGELL_EDITION__', () => JSON.stringify(edition));
      if (written.includes('__SEGELL_')) {
        throw new Error(`${kWorker} does not say once what it keeps`);
      }
      writeFileSync(join(dir, kWorker), written);
    },
  };
}
