/**
 * Takes the capability out of the address. It stands in the fragment, which never reaches a server; from here on it stands in
 * memory only, so that neither the address bar nor the history of a shared tablet opens the visit again.
 */
export function takeCapability(location: Location, history: History): string | null {
  const found = /^#(sgv_[A-Za-z0-9_-]{16,256})$/.exec(location.hash);
  if (location.hash !== '') {
    history.replaceState(null, '', location.pathname);
  }
  return found?.[1] ?? null;
}
