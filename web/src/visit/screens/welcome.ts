import { html, nothing } from 'lit';
import { button, heading } from './parts';
import type { Scene, Screen } from './screen';

export function welcome({ say, state, flow }: Scene): Screen {
  const visit = state.visit;
  if (visit === null) {
    return html``;
  }
  return html`
    ${heading(say('welcome-heading', { name: visit.personName }))}
    <p>
      ${say('welcome-from', { organisation: visit.organisation })}
      ${visit.professional ? say('welcome-with', { professional: visit.professional }) : nothing}
    </p>
    <div class="card">
      <h2>${say('welcome-paper')}</h2>
      <p class="paper-title">${visit.title}</p>
      <ol class="way">
        <li>${say('welcome-questions', { count: visit.items.length })}</li>
        <li>${say('welcome-read')}</li>
        <li>${say('welcome-decide')}</li>
      </ol>
    </div>
    <p>${say('welcome-time')}</p>
    <div class="two">
      ${button(say('welcome-begin'), () => flow.toItem(0), 'begin')}
      ${button(say('defer'), () => flow.go({ at: 'leaving', answer: 'deferred', from: state.step }), 'defer')}
    </div>
  `;
}
