import { html, nothing } from 'lit';
import { notesView } from '../ui/notes_view';
import { moment, small } from '../ui/parts';
import { kPageZoom } from '../ui/text_size';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { kStates, type Asked, type RequestState } from './api';
import { onBehalfLine, signingFor } from './on_behalf_view';
import type { Step } from './state';
import { halves } from './tasks_view';
import { signerWords } from './who_signs_view';
import { trouble, type Scene } from './view';

/** Requests that nobody answered yet: their links can be made anew, and they can be cancelled. */
const kPending: ReadonlySet<RequestState> = new Set(['created', 'presented', 'deferred', 'waiting', 'expired']);
const kSigned: ReadonlySet<RequestState> = new Set(['signed', 'signed_with_reservation']);

function stateWords(prefix: string, state: RequestState): string {
  return `${prefix}-${state.replaceAll('_', '-')}`;
}

/** What is to be done next; where somebody else is to sign first, whether that still goes on. */
function next({ say }: Scene, { state, after }: Asked): string {
  const over = state === 'waiting' && after !== null && !kPending.has(after.state) && !kSigned.has(after.state);
  return say(over || (state === 'waiting' && after?.state === 'expired') ? 'desk-next-stuck' : stateWords('desk-next', state));
}

function asked(scene: Scene, one: Asked): Screen {
  const { say, state, actions } = scene;
  const about = `${one.title}, ${one.personName}`;
  const act = (name: string, work: () => void): Screen => small(say(`desk-${name}`), work, name, `${say(`desk-${name}`)}: ${about}`);
  const signed = kSigned.has(one.state);
  return html`
    <li class="card" data-request=${one.id} data-state=${one.state}>
      <h2 class="paper-title" lang=${one.language}>${one.title}</h2>
      <p><strong>${signerWords(scene, one.representative?.name ?? null, one.personName)}</strong></p>
      <p>
        <strong>${say(stateWords('desk-state', one.state))}</strong>
        ${say('desk-asked', { date: moment(one.createdAt, state.language, false) })}
        ${kPending.has(one.state) ? say('desk-until', { date: moment(one.expiresAt, state.language) }) : nothing}
      </p>
      ${one.meaning === null ? nothing : html`<p>${say('desk-meant')} ${say(`meant-${one.meaning}`)}.</p>`}
      ${one.reservation === null ? nothing : html`<p class="said" lang=${one.language}>${one.reservation}</p>`}
      ${onBehalfLine(scene, one)}
      ${one.void === null ? nothing : html`<p data-void=${one.void.act}>${say('void-by', { act: one.void.act, date: moment(one.void.at, state.language) })}</p>`}
      <p>${next(scene, one)}</p>
      <div class="row-of">
        ${kPending.has(one.state) ? html`${act('new-link', () => actions.renew(one))}${act('cancel', () => actions.cancel(one))}` : nothing}
        ${act('read', () => actions.read(one))} ${signed || one.state === 'repudiated' ? act('download', () => actions.download(one)) : nothing}
        ${signed ? act('wrong-say', () => actions.startSayingWrong(one)) : nothing}
        ${one.state === 'repudiated' ? html`${act('void-record', () => actions.voidRecord(one))}${act('wrong-anew', () => actions.askAnew(one))}` : nothing}
      </div>
    </li>
  `;
}

function filters({ say, state, actions }: Scene): Screen {
  const chosen = (event: Event): void => {
    const { value } = event.currentTarget as HTMLSelectElement;
    actions.filter(kStates.find((one) => one === value) ?? null);
  };
  return html`
    <div class="field">
      <label for="filter">${say('desk-filter')}</label>
      <select id="filter" @change=${chosen}>
        <option value="" ?selected=${state.filter === null}>${say('desk-filter-all')}</option>
        ${kStates.map((one) => html`<option value=${one} ?selected=${state.filter === one}>${say(stateWords('desk-filter', one))}</option>`)}
      </select>
    </div>
  `;
}

export function list(scene: Scene): Screen {
  const { say, state, actions } = scene;
  return html`
    <p class="step">${state.session?.role?.organisation ?? nothing}</p>
    ${heading(say('desk-heading'))} ${halves(scene, 'list')}
    <p role="status">${state.news === null ? nothing : say(state.news)}</p>
    <div class="two">
      ${button(say('desk-new'), () => actions.begin(), 'continue')} ${button(say('desk-visit-new'), () => actions.compose(), 'compose')}
    </div>
    ${filters(scene)} ${trouble(scene)}
    ${state.list === null
      ? state.busy
        ? html`<p role="status">${say('opening')}</p>`
        : html`<div class="two">${small(say('try-again'), () => actions.list(), 'again')}</div>`
      : state.list.length === 0
        ? html`<p>${say(state.filter === null ? 'desk-none' : 'desk-none-so')}</p>`
        : html`<p>${say('desk-logged')}</p>
            <ul class="things">
              ${state.list.map((one) => asked(scene, one))}
            </ul>`}
    ${state.next === null ? nothing : html`<div class="two">${small(say('mine-more'), () => actions.more(), 'more')}</div>`}
    <div class="two">
      ${small(say('desk-again'), () => actions.list(), 'reload')}
      <a class="small link" href="/login" data-act="login-page">${say('mine-login-page')}</a>
      ${small(say('login-out'), () => actions.logOut(), 'out')}
    </div>
  `;
}

export function cancelling(scene: Scene, { title, personName }: Asked): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('desk-cancel-heading'))}
    <p class="paper-title">${title}</p>
    <p><strong>${personName}</strong></p>
    <p>${say('desk-cancel-text')}</p>
    ${trouble(scene)}
    <div class="two">
      <button type="button" class="big" data-act="confirm" ?disabled=${state.busy} @click=${() => actions.confirmCancel()}>${say('desk-cancel')}</button>
      ${button(say('back'), () => actions.list(), 'back')}
    </div>
  `;
}

export function reading(scene: Scene, step: Step & { at: 'reading' }): Screen {
  const { say, state, actions } = scene;
  const { asked: one, pages, notes, sheets } = step;
  return html`
    <div lang=${one.language}>${heading(one.title)}</div>
    <p><strong>${signerWords(scene, one.representative?.name ?? null, one.personName)}</strong> <span class="file">${one.name}</span></p>
    ${trouble(scene)}
    <div class="row-of">
      ${small(say('back'), () => actions.list(), 'back')}
      ${small(say(state.asText ? 'reading-as-paper' : 'reading-as-text'), () => actions.setAsText(!state.asText), 'as-text')}
      ${small(say('desk-download'), () => actions.download(one), 'download')} ${small(say('copy-print'), () => actions.print(), 'print')}
      ${small(say('desk-confide'), () => actions.go({ at: 'confiding', asked: one }), 'confide')}
    </div>
    <div class="pages" lang=${one.language} @unreadable=${() => actions.unreadable()}>
      ${Array.from(
        { length: pages.numPages },
        (_, index) => html`<segell-page
          .paper=${pages}
          .number=${index + 1}
          .zoom=${kPageZoom[state.textSize]}
          .asText=${state.asText}
          .say=${say}
        ></segell-page>`,
      )}
    </div>
    ${notesView(say, notes, one.language)} ${signingFor(scene, one)}
    ${sheets.length === 0 ? nothing : html`<div class="print-sheet" aria-hidden="true">${sheets}</div>`}
  `;
}
