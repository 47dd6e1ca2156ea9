const kName = 'segell-tablet';
/** As long as a browser lets it be. */
const kSeconds = 400 * 24 * 60 * 60;

/**
 * A note beside the store that something was kept here. It says nothing else, and lies where a browser that needs room does not
 * look: without it, a deleted store could not be told from one that never was.
 */
export const marker = {
  set(): void {
    write('1', kSeconds);
  },
  clear(): void {
    write('', 0);
  },
  get isSet(): boolean {
    return document.cookie.split('; ').includes(`${kName}=1`);
  },
};

function write(value: string, seconds: number): void {
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${kName}=${value}; Path=/tablet; Max-Age=${seconds}; SameSite=Strict${secure}`;
}
