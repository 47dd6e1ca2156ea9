import { defineConfig } from 'vitest/config';
import { pdfAssets } from './tools/pdf_assets.ts';
import { sharedHead } from './tools/shared_head.ts';
import { tabletWorker } from './tools/tablet_worker.ts';

export default defineConfig({
  // Every address is absolute: the pages are served at /visit and the like, their parts at /assets.
  base: '/',
  publicDir: false,
  plugins: [pdfAssets(), sharedHead(), tabletWorker()],
  build: {
    target: 'chrome120',
    outDir: 'dist',
    modulePreload: { polyfill: false },
    // Nothing is turned into a data: address, so that the content security policy can stay at 'self'.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: {
        visit: 'visit.html',
        accessibility: 'accessibility.html',
        check: 'check.html',
        login: 'login.html',
        slip: 'slip.html',
        mine: 'mine.html',
        desk: 'desk.html',
        accounts: 'accounts.html',
        tablet: 'tablet.html',
        'tablet-worker': 'src/tablet/worker.ts',
      },
      output: {
        // A service worker keeps its address: the browser asks there for a newer one.
        entryFileNames: (chunk) => (chunk.name === 'tablet-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
        // Servers agree on the media type of .js; on that of .mjs they do not.
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith('.mjs')) ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]',
      },
    },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node', testTimeout: 20_000 },  // several run at a time, on machines with two cores
});
