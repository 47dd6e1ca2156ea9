import { html, nothing } from 'lit';
import { meaningOf } from '../act';
import { button, decide, heading } from './parts';
import type { Scene, Screen } from './screen';

/** Signing without drawing: a statement, and the same three buttons. */
export function confirm(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { visit, choices } = state;
  if (visit === null) {
    return html``;
  }
  const statement = meaningOf(visit, choices) === 'informed' ? 'button-statement-informed' : 'button-statement';
  return html`
    ${heading(say('button-heading'))}
    <div class="card">
      <p class="paper-title">${say(statement, { title: visit.title })}</p>
      ${visit.professional?.checkedIdentity
        ? html`<p>${say('button-checked', { professional: visit.professional.name })}</p>`
        : nothing}
    </div>
    ${decide(scene, () => flow.signByButton())}
    <div class="two">${button(say('back'), () => flow.go({ at: 'method', missing: false }), 'back')}</div>
  `;
}
