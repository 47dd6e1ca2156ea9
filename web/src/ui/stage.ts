import { render, type TemplateResult } from 'lit';
import type { TextSize } from './text_size';

/** What a page shows at one moment. */
export interface Showing {
  /** Two screens of different names are different ones: the next begins at its top, with the focus on its heading. */
  name: string;
  language: string;
  textSize: TextSize;
  title: string;
  content: TemplateResult;
}

/** Puts screens on the page, one at a time. */
export class Stage {
  #last = '';

  show({ name, language, textSize, title, content }: Showing): void {
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
      window.scrollTo(0, 0);
      document.querySelector<HTMLElement>('[data-screen-heading]')?.focus({ preventScroll: true });
    }
  }
}
