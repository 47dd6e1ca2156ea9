import { html, nothing } from 'lit';
import { notesView } from '../ui/notes_view';
import { kPageZoom } from '../ui/text_size';
import { moment, small } from '../ui/parts';
import { heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Paper } from './api';
import type { Step } from './state';
import { foot, listEnd, sections, trouble, type Scene } from './view';

/** How a paper is called: by its title, or by its neutral name alone. */
export function nameOf({ title, name }: Paper): string {
  return title ?? name;
}

function paper(scene: Scene, one: Paper): Screen {
  const { say, state, actions } = scene;
  const name = nameOf(one);
  const verdict = state.verdicts.get(one.id);
  return html`
    <li class="card" data-paper=${one.id}>
      <h2 class="paper-title" lang=${one.title === null ? nothing : one.language}>${name}</h2>
      ${one.title === null ? nothing : html`<p class="file">${one.name}</p>`}
      <p>
        <strong>${say(`mine-state-${one.state.replaceAll('_', '-')}`)}</strong>
        ${say('mine-asked', { date: moment(one.askedAt, state.language, false) })}
        ${one.sealedAt === null ? nothing : say('mine-sealed', { date: moment(one.sealedAt, state.language) })}
      </p>
      ${one.void === null
        ? nothing
        : html`<p data-void=${one.void.act}>${say('void-by', { act: one.void.act, date: moment(one.void.at, state.language) })} ${say('mine-void')}</p>`}
      ${one.sealedAt === null ? nothing : html`<p role="status" data-verdict>
            ${one.void === null ? nothing : html`${say('check-void-document')}:`} ${say(verdict ?? 'mine-checking')}
          </p>`}
      <div class="row-of">
        ${small(say('mine-read'), () => actions.read(one), 'read', `${say('mine-read')}: ${name}`)}
        ${small(say('mine-download'), () => actions.download(one), 'download', `${say('mine-download')}: ${name}, ${one.name}`)}
        ${one.void === null ? nothing : small(say('void-record'), () => actions.voidRecord(one), 'void-record', `${say('void-record')}: ${name}`)}
        ${small(say('mine-ask'), () => actions.ask(one), 'ask', `${say('mine-ask')}: ${name}`)}
      </div>
    </li>
  `;
}

export function papers(scene: Scene): Screen {
  const { say, state } = scene;
  const { list } = state.lists.papers;
  return html`
    ${sections(scene, 'papers')}
    ${list === null || list.length === 0
      ? nothing
      : html`<p>${say('mine-logged')}</p>
          <ul class="things">
            ${list.map((one) => paper(scene, one))}
          </ul>`}
    ${listEnd(scene, 'papers')} ${foot(scene)}
  `;
}

export function reading(scene: Scene, step: Step & { at: 'reading' }): Screen {
  const { say, state, actions } = scene;
  return html`
    <div lang=${step.paper.title === null ? nothing : step.paper.language}>${heading(nameOf(step.paper))}</div>
    ${trouble(scene)}
    <div class="row-of">
      ${small(say('back'), () => actions.show('papers'), 'back')}
      ${small(say(state.asText ? 'reading-as-paper' : 'reading-as-text'), () => actions.setAsText(!state.asText), 'as-text')}
    </div>
    <div class="pages" lang=${step.paper.language} @unreadable=${() => actions.unreadable()}>
      ${Array.from(
        { length: step.pages.numPages },
        (_, index) => html`<segell-page
          .paper=${step.pages}
          .number=${index + 1}
          .zoom=${kPageZoom[state.textSize]}
          .asText=${state.asText}
          .say=${say}
        ></segell-page>`,
      )}
    </div>
    ${notesView(say, step.notes, step.paper.language)}
    <div class="two">${small(say('back'), () => actions.show('papers'), 'back')}</div>
  `;
}
