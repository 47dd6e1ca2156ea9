import { html } from 'lit';

/**
 * Words in another language than the page's, because the page's language has none for it. Where a template shows them as content
 * they carry their own language and a mark that says so; wherever else text is wanted (an attribute, a title) they are that text.
 */
export function otherWords(text: string, language: string): string {
  // Lit renders what has the shape of a template; everything else sees a String.
  return Object.assign(new String(text), html`<span lang=${language} class="other-words">${text}</span>`) as unknown as string;
}

/** Whether a text is in another language than the page's. */
export function isOther(text: unknown): boolean {
  return text instanceof String;
}
