/** What ownership needs to know of a pointer event. */
export interface Pointer {
  readonly pointerId: number;
  readonly pointerType: string;
}

/** How long touch stays locked out after the pen was last near: a hand leaves the glass later than its pen. */
export const kPenGraceMilliseconds = 600;

/**
 * Which pointer draws. One at a time: a second finger changes nothing. While a pen is near, and for a moment after, touch is a
 * resting hand and draws nothing; a pen that arrives while a "finger" draws takes over, and the finger's line was the hand.
 */
export class Ownership {
  #owner: Pointer | null = null;
  #penNear = false;
  #forget: ReturnType<typeof setTimeout> | undefined;

  /** Asks for the surface on pointer-down. */
  take(pointer: Pointer): 'draws' | 'draws-instead-of-hand' | 'ignored' {
    if (pointer.pointerType === 'pen') {
      this.penIsNear();
    } else if (pointer.pointerType === 'touch' && this.#penNear) {
      return 'ignored';
    }
    if (this.#owner === null) {
      this.#owner = { pointerId: pointer.pointerId, pointerType: pointer.pointerType };
      return 'draws';
    }
    if (pointer.pointerType === 'pen' && this.#owner.pointerType === 'touch') {
      this.#owner = { pointerId: pointer.pointerId, pointerType: pointer.pointerType };
      return 'draws-instead-of-hand';
    }
    return 'ignored';
  }

  /** Whether this pointer is the one that draws now. */
  holds(pointer: Pointer): boolean {
    return this.#owner?.pointerId === pointer.pointerId;
  }

  /** Whether any pointer draws now. */
  get taken(): boolean {
    return this.#owner !== null;
  }

  /** Gives the surface back on pointer-up or cancel. */
  release(pointer: Pointer): void {
    if (this.holds(pointer)) {
      this.#owner = null;
    }
    if (pointer.pointerType === 'pen') {
      this.penIsNear();
    }
  }

  /** A pen hovers or touches: keep the hand out. A timer, so that no time is kept. */
  penIsNear(): void {
    this.#penNear = true;
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => {
      this.#penNear = this.#owner?.pointerType === 'pen';
    }, kPenGraceMilliseconds);
  }
}
