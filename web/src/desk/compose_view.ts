import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Asked } from './api';
import { carryingNote, whyNotCarried } from './trouble';
import { choose, form, text, trouble, type Scene } from './view';
import { byPerson, kVisitDays, type Composing, type Preview, type PreviewedPaper } from './visits';

/** A paper, or all of somebody's, to be taken along or not. */
function taking({ state, actions }: Scene, papers: readonly Asked[], name: string, label: Screen | string): Screen {
  const ids = papers.map(({ id }) => id);
  const chosen = state.composing?.chosen ?? [];
  const changed = (event: Event): void => actions.take(ids, (event.currentTarget as HTMLInputElement).checked);
  return html`<label class="tick"
    ><input
      type="checkbox"
      name=${name}
      value=${ids[0] ?? ''}
      .checked=${ids.every((id) => chosen.includes(id))}
      @change=${changed}
    /><span>${label}</span></label
  >`;
}

function person(scene: Scene, { personId, name, papers }: ReturnType<typeof byPerson>[number]): Screen {
  const { say, state } = scene;
  return html`
    <fieldset class="group-of" data-person=${personId}>
      <legend>${name}</legend>
      ${papers.length > 1 ? taking(scene, papers, 'everything', say('desk-visit-everything', { count: papers.length })) : nothing}
      ${papers.map((paper) =>
        taking(
          scene,
          [paper],
          'paper',
          html`<span lang=${paper.language}>${paper.title}</span> (${say('desk-visit-asked', { date: moment(paper.createdAt, state.language, false) })})`,
        ),
      )}
    </fieldset>
  `;
}

function papers(scene: Scene, { candidates, next }: Composing): Screen {
  const { say, actions } = scene;
  return html`
    ${candidates.length === 0 ? html`<p>${say('desk-visit-no-papers')}</p>` : byPerson(candidates).map((one) => person(scene, one))}
    <div class="two">
      ${next === null ? nothing : small(say('mine-more'), () => actions.moreCandidates(), 'more')}
      ${small(say('desk-visit-new-paper'), () => actions.begin(), 'new-paper')}
    </div>
  `;
}

/** Which papers of whom, on which tablet, until when. */
export function compose(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { composing } = state;
  if (composing === null) {
    return html``;
  }
  const { tablets, tablet, days } = composing;
  const send = (given: FormData): void => actions.preview(text(given, 'tablet'), Number(text(given, 'days')) || days);
  return html`
    ${heading(say('desk-visit-new'))}
    <p>${say('desk-visit-new-text')}</p>
    ${form(
      'compose',
      send,
      html`
        ${papers(scene, composing)}
        ${tablets.length === 0
          ? html`<div class="card">
              <p>${say('desk-visit-no-tablet')}</p>
            </div>`
          : choose('tablet', say('desk-visit-tablet'), tablets.map(({ id, label }) => [id, label] as const), tablet)}
        ${choose('days', say('desk-visit-days'), kVisitDays.map((count) => [String(count), say('desk-visit-day', { count })] as const), String(days))}
        <p role="status">${say('desk-visit-chosen', { count: composing.chosen.length })}</p>
        ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="continue" ?disabled=${state.busy}>${say('desk-visit-look')}</button>
          ${button(say('desk-back-visits'), () => actions.visits(), 'back')}
        </div>
      `,
    )}
  `;
}

function previewed(scene: Scene, paper: PreviewedPaper, at: number, last: number): Screen {
  const { say, state, actions } = scene;
  const title = paper.title ?? say('desk-visit-unknown-paper');
  const about = `${title}, ${paper.personName ?? ''}`;
  const act = (name: string, work: () => void): Screen => small(say(`desk-visit-${name}`), work, name, `${say(`desk-visit-${name}`)}: ${about}`);
  return html`
    <li class="card" data-request=${paper.request} data-refused=${paper.refused ?? nothing}>
      <h2 class="paper-title" lang=${paper.language ?? nothing}>${title}</h2>
      <p><strong>${paper.personName}</strong></p>
      ${paper.refused === null
        ? html`<p>${say('desk-visit-holds', { date: moment(paper.holdsUntil ?? '', state.language) })}</p>`
        : html`<p class="complaint">${say('desk-visit-refused')} ${say(whyNotCarried(paper.refused), { code: paper.refused })}</p>`}
      ${(paper.notes ?? []).map((note) => html`<p>${say(carryingNote(note))}</p>`)}
      <div class="row-of">
        ${at === 0 ? nothing : act('up', () => actions.move(at, -1))} ${at === last ? nothing : act('down', () => actions.move(at, 1))}
        ${act('drop', () => actions.drop(paper.request))}
      </div>
    </li>
  `;
}

/** In words what the tablet will carry, until when, and what is missing; the last step before it is prepared. */
export function composeSure(scene: Scene, { refused, expiresAt, papers: list }: Preview): Screen {
  const { say, state, actions } = scene;
  const { composing } = state;
  const label = composing?.tablets.find(({ id }) => id === composing.tablet)?.label ?? '';
  const good = refused === null && list.every((paper) => paper.refused === null);
  return html`
    ${heading(say('desk-visit-sure'))}
    <p>${say('desk-visit-sure-text', { label, date: moment(expiresAt, state.language) })}</p>
    ${refused === null ? nothing : html`<p class="complaint">${say(whyNotCarried(refused), { code: refused })}</p>`}
    <ol class="things">
      ${repeat(
        list,
        ({ request }) => request,
        (paper, at) => previewed(scene, paper, at, list.length - 1),
      )}
    </ol>
    ${good ? nothing : html`<p>${say('desk-visit-mend')}</p>`} ${trouble(scene)}
    <div class="two">
      ${good
        ? html`<button type="button" class="big" data-act="prepare" ?disabled=${state.busy} @click=${() => actions.prepareVisit()}>
            ${say('desk-visit-prepare')}
          </button>`
        : nothing}
      ${button(say('back'), () => actions.go({ at: 'compose' }), 'back')}
    </div>
  `;
}
