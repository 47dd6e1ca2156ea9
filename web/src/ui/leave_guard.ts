/**
 * Asks before the page goes away by a slip (reload, "back", a closed tab) while that would lose what a person did. The question
 * is the browser's own. Quick exit never asks: it takes the guard away first.
 */
export class LeaveGuard {
  #on = false;
  readonly #ask = (event: Event): void => event.preventDefault();

  guard(needed: boolean): void {
    if (needed !== this.#on) {
      this.#on = needed;
      if (needed) {
        window.addEventListener('beforeunload', this.#ask);
      } else {
        window.removeEventListener('beforeunload', this.#ask);
      }
    }
  }
}
