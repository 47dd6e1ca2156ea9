/**
 * Keeps the files of the tablet's page, and gives them out whether there is a network or not. Nothing else passes through it: calls of
 * the service, and every other page, go their own way. A file is kept only when its digest is the one that was listed at the build.
 */
declare const self: ServiceWorkerGlobalScope;

interface Listed {
  path: string;
  /** Subresource integrity: the browser refuses any other octets. */
  integrity: string;
}

/** Both are written in when the pages are built (tools/tablet_worker.ts). */
declare const __SEGELL_FILES__: Listed[];
declare const __SEGELL_EDITION__: string;

const kFiles = __SEGELL_FILES__;
const kPaths = new Set(kFiles.map(({ path }) => path));
const kPrefix = 'segell-tablet-';
const kCache = `${kPrefix}${__SEGELL_EDITION__}`;
const kTogether = 8;

async function keepAll(): Promise<void> {
  const cache = await caches.open(kCache);
  const waiting = [...kFiles];
  const some = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const response = await fetch(file.path, { integrity: file.integrity, cache: 'no-cache', credentials: 'omit', redirect: 'error' });
      if (!response.ok) {
        throw new Error(`${file.path}: ${response.status}`);
      }
      await cache.put(file.path, response);
    }
  };
  await Promise.all(Array.from({ length: kTogether }, some));
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(kPrefix) && name !== kCache).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function give(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(kCache);
  return (await cache.match(path)) ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(keepAll()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') {
    void self.skipWaiting();
  }
});
self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method === 'GET' && origin === self.location.origin && kPaths.has(pathname)) {
    event.respondWith(give(event.request, pathname));
  }
});

export {};
