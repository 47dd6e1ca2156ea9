import type { Line, Place } from './geometry';

/** The lines drawn so far, as places only. This is all that is known of a signature whose dynamics the person did not give. */
export class Drawing {
  #lines: Place[][] = [];

  get lines(): readonly Line[] {
    return this.#lines;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** Starts a line; returns its index. */
  begin(place: Place): number {
    this.#lines.push([place]);
    return this.#lines.length - 1;
  }

  /** Goes on with the last line. */
  extend(place: Place): void {
    this.#lines.at(-1)?.push(place);
  }

  /** Takes the last line back; returns the index it had, or -1. */
  undo(): number {
    this.#lines.pop();
    return this.#lines.length;
  }

  clear(): void {
    this.#lines = [];
  }
}
