import { html, nothing, type TemplateResult } from 'lit';
import { sayMoment } from '../words/dates';
import type { Language } from '../words/words';

/** A moment as people say it, in their own time. */
export function moment(time: string, language: Language, withTime = true): string {
  return sayMoment(time, language, withTime ? 'short' : undefined);
}

export function small(text: string, act: () => void, name: string, label?: string): TemplateResult {
  return html`<button type="button" class="small" data-act=${name} aria-label=${label ?? nothing} @click=${act}>${text}</button>`;
}
