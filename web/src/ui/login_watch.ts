import { Failure } from '../api/failure';

const kGone: ReadonlySet<string | undefined> = new Set(['auth.no-session', 'auth.foreign-call', 'auth.missing-token', 'session.step', 'http.not-found']);

/** Whether the login is gone, or was handed over on this device: then nothing is here for it. */
export function isGone(fault: unknown): boolean {
  return fault instanceof Failure && kGone.has(fault.reference.code);
}

/** What a page behind a login tells its watch, and hears from it. */
export interface Watched {
  /** How long its login may do nothing; null while nobody is logged in. */
  idleSeconds(): number | null;
  isBusy(): boolean;
  began(): void;
  failed(fault: unknown): void;
  rested(): void;
  /** Nothing of anybody stays on the screen, or in memory. */
  over(): void;
}

/** What all pages behind a login do alike: one thing at a time, and dark when the login ends. */
export class LoginWatch {
  #idle: ReturnType<typeof setTimeout> | undefined;
  #next: (() => Promise<void>) | null = null;

  constructor(private readonly page: Watched) {
    // A page that the browser kept whole for "back" begins again: the login may be over.
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) {
        window.location.reload();
      }
    });
  }

  attempt(work: () => Promise<void>): void {
    if (this.page.isBusy()) {
      return;
    }
    this.page.began();
    this.restart();
    work()
      .catch((fault: unknown) => (isGone(fault) ? this.page.over() : this.page.failed(fault)))
      .finally(() => {
        this.page.rested();
        const next = this.#next;
        this.#next = null;
        if (next !== null) {
          this.attempt(next);
        }
      });
  }

  /** The same, behind what is under way: of several that wait the last one counts. For a choice that shows as made at once. */
  follow(work: () => Promise<void>): void {
    if (this.page.isBusy()) {
      this.#next = work;
    } else {
      this.attempt(work);
    }
  }

  /** The service ends a login that does nothing; the page goes dark with it. */
  restart(): void {
    clearTimeout(this.#idle);
    const seconds = this.page.idleSeconds();
    if (seconds !== null) {
      this.#idle = setTimeout(() => this.page.over(), seconds * 1000);
    }
  }

  stop(): void {
    clearTimeout(this.#idle);
    this.#next = null;
  }
}
