import { html, nothing } from 'lit';
import { area, form, text } from '../ui/fields';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Correction, Paper } from './api';
import { nameOf } from './papers_view';
import { foot, listEnd, sections, trouble, type Scene } from './view';

/** To whom one may complain about a refusal. */
function complaint({ say }: Scene, { officer, authority }: { officer: string | null; authority: string | null }): Screen {
  return html`
    <p>${say('mine-complain')}</p>
    <ul class="plain">
      <li>${officer === null ? say('mine-complain-officer') : say('mine-complain-officer-at', { officer })}</li>
      <li>${authority === null ? say('mine-complain-authority') : say('mine-complain-authority-at', { authority })}</li>
      <li>${say('mine-complain-court')}</li>
    </ul>
  `;
}

function correction(scene: Scene, one: Correction): Screen {
  const { say, state } = scene;
  const { language } = state;
  return html`
    <li class="card" data-correction=${one.state}>
      <p>
        <strong>${say(`mine-correction-${one.state}`)}</strong>
        ${say('mine-asked', { date: moment(one.askedAt, language, false) })}
        ${one.state === 'open' ? say('mine-due', { date: moment(one.dueAt, language, false) }) : nothing}
      </p>
      <p class="said">${one.text}</p>
      ${one.answer === null
        ? nothing
        : html`<p>${say('mine-answered', { date: moment(one.answer.at, language, false) })}</p>
            <p class="said">${one.answer.text}</p>
            ${one.answer.complaint === undefined ? nothing : complaint(scene, one.answer.complaint)}`}
    </li>
  `;
}

export function corrections(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { list } = state.lists.corrections;
  return html`
    ${sections(scene, 'corrections')}
    <p>${say('mine-corrections-text')}</p>
    <div class="two">${small(say('mine-ask'), () => actions.ask(null), 'ask')}</div>
    ${list === null || list.length === 0
      ? nothing
      : html`<ul class="things">
          ${list.map((one) => correction(scene, one))}
        </ul>`}
    ${listEnd(scene, 'corrections')} ${foot(scene)}
  `;
}

export function asking(scene: Scene, paper: Paper | null): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('mine-ask'))}
    ${paper === null ? nothing : html`<p class="paper-title">${nameOf(paper)}</p>`}
    <p>${say('mine-ask-text')}</p>
    ${form(
      'correction',
      (given) => actions.sendCorrection(text(given, 'words'), paper?.id ?? null),
      html`
        ${area(scene, { name: 'words', label: say('mine-ask-words'), hint: say('mine-ask-hint'), rows: 6, max: 2000 })} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="send" ?disabled=${state.busy}>${say('mine-ask-send')}</button>
          ${button(say('back'), () => actions.show(paper === null ? 'corrections' : 'papers'), 'back')}
        </div>
      `,
    )}
  `;
}

export function asked(scene: Scene, dueAt: string): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('mine-asked-heading'))}
    <p>${say('mine-asked-text', { date: moment(dueAt, state.language, false) })}</p>
    <div class="two">${button(say('mine-back-corrections'), () => actions.show('corrections'), 'back')}</div>
  `;
}
