import { html, nothing } from 'lit';
import { moment } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { codeHeadline, type CodeVerdict } from './code_check';
import { why } from './verdict';
import type { Scene } from './view';

/** The verdict on the document that is kept under the code: in the words of a file's, and what it does not say. */
export function codeVerdict({ say, state, actions }: Scene, judged: CodeVerdict): Screen {
  const { verdict, reason, void: voided } = judged;
  const missing = reason === 'no-document';
  const cause = missing ? null : why(reason);
  const { words, tone, document } = codeHeadline(judged);
  return html`
    <div class=${`verdict ${tone}`} data-verdict=${verdict}>
      ${heading(say(words, { count: voided.length }))}
      ${voided.map(({ act, at }) => html`<p data-void=${act}>${say('void-by', { act, date: moment(at, state.language) })}</p>`)}
      ${document === null
        ? nothing
        : html`<dl class="facts">
            <dt>${say('check-void-document')}</dt>
            <dd>${say(document)}</dd>
          </dl>`}
      ${missing ? html`<p>${say('check-code-missing')}</p>` : nothing}
      ${verdict === 'none' ? html`<p>${say('check-code-unsigned')}</p>` : nothing}
      ${cause === null ? nothing : html`<p>${say('check-why')}: ${say(cause)}.</p>`}
    </div>
    <p class="code"><span>${say('check-code')}</span> <b>${state.code ?? ''}</b></p>
    <p>${say('check-code-only')}</p>
    <div class="two">${button(say('check-again'), () => actions.again(), 'again')}</div>
  `;
}
