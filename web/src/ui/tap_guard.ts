/** As long as the second half of a double tap may be late. */
const kSettleMilliseconds = 500;

/**
 * Keeps a press that was meant for one screen from deciding something on the next, which may have come by itself under the hand: what
 * can be pressed there answers presses that begin after the hand was lifted and a moment has passed. A hand that drums waits longer.
 * Keys are not held back: their focus is on the new screen's heading, where they press nothing.
 */
export class TapGuard {
  #shown = 0;
  #live = 0;
  #pressed = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(target: EventTarget = window) {
    const capture = { capture: true };
    target.addEventListener('pointerdown', (event) => this.#press(event.timeStamp), capture);
    target.addEventListener('pointerup', (event) => this.#lift(event.timeStamp), capture);
    target.addEventListener('pointercancel', (event) => this.#lift(event.timeStamp), capture);
    target.addEventListener('click', (event) => this.#click(event as PointerEvent), capture);
  }

  /** Another screen appeared. */
  screen(now = performance.now()): void {
    this.#shown = now;
    this.#settle(now);
  }

  #settle(from: number): void {
    this.#live = Math.max(this.#live, from + kSettleMilliseconds);
    document.documentElement.dataset['settling'] = '';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => delete document.documentElement.dataset['settling'], Math.max(0, this.#live - performance.now()));
  }

  #press(at: number): void {
    this.#pressed = at;
    if (at < this.#live) {
      this.#settle(at);
    }
  }

  /** A press that the last screen began ends on this one. */
  #lift(at: number): void {
    if (this.#pressed < this.#shown) {
      this.#settle(at);
    }
  }

  #click(event: PointerEvent): void {
    const onScreen = event.target instanceof Element && event.target.closest('main') !== null;
    if (onScreen && event.detail > 0 && this.#pressed < this.#live) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }
}
