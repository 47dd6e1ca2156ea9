import { html, nothing } from 'lit';
import { button, decide, heading, statement } from './parts';
import type { Scene, Screen } from './screen';

/** Signing without drawing: a statement, and the same three buttons. */
export function confirm(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { visit } = state;
  if (visit === null) {
    return html``;
  }
  return html`
    ${heading(say('button-heading'))}
    <div class="card">
      <p class="paper-title">${statement(scene)}</p>
      ${visit.professional?.checkedIdentity
        ? html`<p>${say('button-checked', { professional: visit.professional.name })}</p>`
        : nothing}
    </div>
    ${decide(scene, () => flow.signByButton())}
    <div class="two">${button(say('back'), () => flow.go({ at: 'method', missing: false }), 'back')}</div>
  `;
}
