import { html, nothing, type TemplateResult } from 'lit';
import type { Notes } from '../visit/notes';
import type { Say } from '../words/words';

/** What was noted down while a paper was read, for whoever may see the paper; nothing where nothing was. */
export function notesView(say: Say, notes: readonly Notes[], language: string): TemplateResult | typeof nothing {
  return notes.length === 0
    ? nothing
    : html`<section class="card" data-notes>
        <h2>${say('notes-heading')}</h2>
        ${notes.map((one) => shown(say, one, language))}
      </section>`;
}

function shown(say: Say, { questions, interpreter, supportPerson, spokeAlone }: Notes, language: string): TemplateResult {
  return html`
    <dl class="notes">
      ${questions.map(
        ({ asked, answered }) => html`
          <dt lang=${language}>${asked}</dt>
          <dd lang=${answered === '' ? nothing : language}>${answered === '' ? say('notes-unanswered') : answered}</dd>
        `,
      )}
      ${interpreter === undefined
        ? nothing
        : html`<dt>${say('notes-interpreter')}</dt>
            <dd>${interpreter.name} · ${interpreter.language} · ${say(`notes-presence-${interpreter.presence}`)}</dd>`}
      ${supportPerson === undefined
        ? nothing
        : html`<dt>${say('notes-support')}</dt>
            <dd>${supportPerson.name} · ${supportPerson.relation}</dd>`}
      <dt>${say('notes-alone')}</dt>
      <dd>${say(`notes-alone-${spokeAlone}`)}</dd>
    </dl>
  `;
}
