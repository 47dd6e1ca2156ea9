import { html, nothing } from 'lit';
import { moment } from '../ui/parts';
import type { Screen } from '../visit/screens/screen';
import type { Access } from './api';
import { foot, listEnd, named, sections, type Scene } from './view';

/** Who, by role and organisation; a reader of their own list is "you". */
function who(scene: Scene, { by: { role, organisation }, question }: Access): string {
  const { say, state } = scene;
  const own = role === state.session?.role?.role && (role === 'citizen' || role === 'representative');
  return own ? say('mine-by-own') : say(`mine-by-${role}`, { organisation: question === null ? organisation : named(scene, organisation, question.recipientNames) });
}

function answer(scene: Scene, { question }: Access): Screen {
  const { say } = scene;
  if (question === null) {
    return html``;
  }
  const { purpose, purposeNames, category, categoryNames, permitted, reason } = question;
  const about = {
    purpose: purpose === '' ? say('mine-any-purpose') : named(scene, purpose, purposeNames),
    category: category === '' ? say('mine-everything') : named(scene, category, categoryNames),
  };
  return html`
    <p>${say('mine-question', about)}</p>
    <p>${permitted ? say('mine-answer-yes') : html`${say('mine-answer-no')} ${say(`mine-reason-${(reason ?? 'no-basis').replaceAll('_', '-')}`)}`}</p>
  `;
}

function access(scene: Scene, one: Access): Screen {
  const { say, state } = scene;
  return html`
    <li class="card" data-access=${one.what}>
      <p><time datetime=${one.at}>${moment(one.at, state.language)}</time></p>
      <p>
        <strong>${who(scene, one)}</strong>
        ${say(`mine-what-${one.what}`)} ${one.document === null ? nothing : html`<span class="file">${one.document.name}</span>`}
      </p>
      ${one.question === null ? html`<p>${say(`mine-why-${one.why}`)}</p>` : answer(scene, one)}
    </li>
  `;
}

export function accesses(scene: Scene): Screen {
  const { say, state } = scene;
  const { list } = state.lists.accesses;
  return html`
    ${sections(scene, 'accesses')}
    <p>${say('mine-accesses-text')}</p>
    ${list === null || list.length === 0
      ? nothing
      : html`<ul class="things">
          ${list.map((one) => access(scene, one))}
        </ul>`}
    ${listEnd(scene, 'accesses')} ${foot(scene)}
  `;
}
