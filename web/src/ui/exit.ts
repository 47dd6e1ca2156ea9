const kPresses = 3;
const kWithinMilliseconds = 1500;

/**
 * Quick exit: empties the page and puts a neutral one in its place, so that "back" does not return here. `before` stops what is
 * under way. Escape three times does the same.
 */
export function quickExit(before: () => void): { leave: () => void } {
  const leave = (): void => {
    before();
    const neutral = document.querySelector<HTMLMetaElement>('meta[name="segell-exit"]')?.content ?? 'about:blank';
    document.title = '';
    document.body.replaceChildren();
    window.location.replace(neutral);
  };
  onThreeEscapes(leave);
  return { leave };
}

/** Calls `leave` when Escape is pressed three times in a row. */
export function onThreeEscapes(leave: () => void): void {
  let presses: number[] = [];
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.repeat) {
      return;
    }
    presses = [...presses, performance.now()].filter((at) => performance.now() - at < kWithinMilliseconds);
    if (presses.length >= kPresses) {
      leave();
    }
  });
}
