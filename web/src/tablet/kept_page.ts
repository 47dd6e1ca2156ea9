/** The page's own files, kept by a service worker so that it starts without a network (worker.ts). Its scope is this page alone. */
export async function keepPage(kept: (done: boolean) => void): Promise<void> {
  const workers = navigator.serviceWorker;
  const controlled = workers.controller !== null;
  // Another edition took over: this one would ask for parts that are gone. What was done is kept; the PIN brings it back.
  let loading = false;
  workers.addEventListener('controllerchange', () => {
    if (controlled && !loading) {
      loading = true;
      window.location.reload();
    }
  });
  try {
    const registration = await workers.register('/tablet-worker.js', { scope: '/tablet', updateViaCache: 'none' });
    registration.waiting?.postMessage('take-over');
    await workers.ready;
    kept(true);
  } catch {
    kept(controlled);
  }
}
