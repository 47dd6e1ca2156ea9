import { html } from 'lit';
import { button, decided, heading } from './parts';
import type { Scene, Screen } from './screen';

/** Where the service makes the paper: what was answered, before it stays so. */
export function review(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { visit } = state;
  if (visit === null) {
    return html``;
  }
  return html`
    ${heading(say('review-heading'))}
    ${decided(scene, (index) => flow.toItem(index))}
    <p>${say('review-next')}</p>
    <div class="two">
      ${button(say('review-prepare'), () => flow.freeze(), 'freeze')}
      ${button(say('defer'), () => flow.declining.answer('deferred'), 'defer')}
    </div>
  `;
}
