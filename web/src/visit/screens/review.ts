import { html } from 'lit';
import { button, decided, heading } from './parts';
import type { Scene, Screen } from './screen';

export function review(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { visit } = state;
  if (visit === null) {
    return html``;
  }
  return html`
    ${heading(say('review-heading'))}
    ${visit.items.length === 0 ? html`<p>${say('review-none')}</p>` : ''}
    ${decided(scene, (index) => flow.toItem(index))}
    <p>${say('review-next')}</p>
    <div class="two">
      ${button(say('review-prepare'), () => flow.freeze(), 'freeze')}
      ${button(say('defer'), () => flow.go({ at: 'leaving', answer: 'deferred', from: state.step }), 'defer')}
    </div>
  `;
}
