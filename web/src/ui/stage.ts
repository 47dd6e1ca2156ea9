import { render, type TemplateResult } from 'lit';
import type { TapGuard } from './tap_guard';
import type { TextSize } from './text_size';

/** What a page shows at one moment. */
export interface Showing {
  /** Two screens of different names are different ones: the next begins at its top, with the focus on its heading. */
  name: string;
  language: string;
  textSize: TextSize;
  title: string;
  content: TemplateResult;
  /** Whether a press that was meant for the screen before must do nothing here: what is pressed decides something. */
  guarded?: boolean;
}

/** Puts screens on the page, one at a time. */
export class Stage {
  #last = '';
  readonly #guard: TapGuard | null;

  /** `guard`: for screens that are `guarded`. */
  constructor(guard: TapGuard | null = null) {
    this.#guard = guard;
  }

  show({ name, language, textSize, title, content, guarded }: Showing): void {
    const root = document.getElementById('page');
    if (root === null) {
      return;
    }
    document.documentElement.lang = language;
    document.documentElement.dataset['size'] = textSize;
    document.title = title;
    render(content, root);
    if (name !== this.#last) {
      this.#last = name;
      if (guarded === true) {
        this.#guard?.screen();
      }
      window.scrollTo(0, 0);
      document.querySelector<HTMLElement>('[data-screen-heading]')?.focus({ preventScroll: true });
    }
  }
}
