import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * What pdf.js fetches while it draws: stand-ins for the fourteen standard fonts, predefined character maps, and the JPEG 2000
 * decoder in plain JavaScript. They become files of our own under /assets/pdf-VERSION, so that no page ever asks another host and no browser
 * keeps those of another version.
 */
export function pdfAssets(): Plugin {
  const manifest = createRequire(import.meta.url).resolve('pdfjs-dist/package.json');
  const root = dirname(manifest);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const kept: Record<string, (name: string) => boolean> = {
    standard_fonts: () => true,
    cmaps: () => true,
    wasm: (name) => name === 'openjpeg_nowasm_fallback.js' || name.endsWith('OPENJPEG'),
  };
  return {
    name: 'segell-pdf-assets',
    apply: 'build',
    generateBundle() {
      for (const [folder, keep] of Object.entries(kept)) {
        for (const name of readdirSync(join(root, folder)).filter(keep)) {
          this.emitFile({
            type: 'asset',
            fileName: `assets/pdf-${version}/${folder}/${name}`,
            source: readFileSync(join(root, folder, name)),
          });
        }
      }
    },
  };
}
