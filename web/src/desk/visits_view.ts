import { html, nothing } from 'lit';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { halves } from './tasks_view';
import { whySetAside } from './trouble';
import { trouble, type Scene } from './view';
import { againOf, isOver, type CarriedPaper, type PreparedVisit } from './visits';

/** What came of a paper, in words, with what it means and the way out where it went otherwise. */
function standing({ say }: Scene, paper: CarriedPaper): Screen {
  const { state, answer, reason, flags, newer, requestState } = paper;
  const words = state === 'recorded' ? `desk-visit-paper-${answer === 'deferred' ? 'deferred' : 'refused'}` : `desk-visit-paper-${state}`;
  return html`<strong data-paper=${state}>${say(words)}</strong> ${reason === null ? nothing : say(whySetAside(reason), { code: reason })}
    ${isOver(paper) ? say('desk-visit-request-over', { about: say(`desk-state-${requestState.replaceAll('_', '-')}`) }) : nothing}
    ${newer !== null && state !== 'sealed' && state !== 'recorded' ? say('desk-visit-newer') : nothing}
    ${flags.includes('superseded') ? say('tablet-superseded') : nothing} ${flags.includes('copy-failed') ? say('tablet-copy-failed') : nothing}`;
}

function visit(scene: Scene, one: PreparedVisit): Screen {
  const { say, state, actions } = scene;
  const names = [...new Set(one.papers.map(({ personName }) => personName ?? ''))].join(', ');
  const again = againOf(one);
  const about = `${names}, ${one.deviceLabel}`;
  return html`
    <li class="card" data-visit=${one.id} data-state=${one.state}>
      <h2>${names}</h2>
      <p>
        <strong>${say(`desk-visit-state-${one.state}`)}</strong>
        ${say('desk-visit-where', { label: one.deviceLabel, date: moment(one.expiresAt, state.language) })}
      </p>
      <ul>
        ${one.papers.map((paper) => html`<li data-request=${paper.request}><span lang=${paper.language}>${paper.title}</span> (${paper.personName}): ${standing(scene, paper)}</li>`)}
      </ul>
      <p>${say(`desk-visit-next-${one.state}`)}</p>
      <div class="row-of">
        ${one.state === 'prepared' ? small(say('desk-visit-withdraw'), () => actions.withdraw(one), 'withdraw', `${say('desk-visit-withdraw')}: ${about}`) : nothing}
        ${again.length === 0 ? nothing : small(say('desk-visit-again'), () => actions.compose(again), 'again', `${say('desk-visit-again')}: ${about}`)}
      </div>
    </li>
  `;
}

/** The visits that were prepared, and how each stands. */
export function visits(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { list, next } = state.visits;
  return html`
    <p class="step">${state.session?.role?.organisation ?? nothing}</p>
    ${heading(say('desk-visits'))} ${halves(scene, 'visits')}
    <p role="status">${state.news === null ? nothing : say(state.news)}</p>
    <div class="two">${button(say('desk-visit-new'), () => actions.compose(), 'compose')}</div>
    ${trouble(scene)}
    ${list === null
      ? state.busy
        ? html`<p role="status">${say('opening')}</p>`
        : html`<div class="two">${small(say('try-again'), () => actions.visits(), 'reload')}</div>`
      : list.length === 0
        ? html`<p>${say('desk-visits-none')}</p>`
        : html`<p>${say('desk-logged')}</p>
            <ul class="things">
              ${list.map((one) => visit(scene, one))}
            </ul>`}
    ${next === null ? nothing : html`<div class="two">${small(say('mine-more'), () => actions.moreVisits(), 'more')}</div>`}
    <div class="two">
      ${small(say('desk-again'), () => actions.visits(), 'reload')} ${small(say('login-out'), () => actions.logOut(), 'out')}
    </div>
  `;
}
