import { html, nothing } from 'lit';
import { forWhom, signerName } from '../represented';
import { toNotes } from './notes';
import { button, decided, heading } from './parts';
import type { Scene, Screen } from './screen';

export function welcome(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const visit = state.visit;
  if (visit === null) {
    return html``;
  }
  const represented = forWhom(say, visit, 'welcome-for');
  return html`
    ${heading(say('welcome-heading', { name: signerName(visit) }))}
    ${represented === null ? nothing : html`<p><strong>${represented}</strong></p>`}
    <p>
      ${say('welcome-from', { organisation: visit.organisation })}
      ${visit.professional ? say('welcome-with', { professional: visit.professional.name }) : nothing}
    </p>
    <div class="card">
      <h2>${say('welcome-paper')}</h2>
      <p class="paper-title">${visit.title}</p>
      <ol class="way">
        <li>${state.fixed ? say('welcome-answered') : say('welcome-questions', { count: visit.items.length })}</li>
        ${state.fixed || visit.items.length === 0 ? nothing : html`<li>${say('welcome-onward')}</li>`}
        <li>${say('welcome-read')}</li>
        <li>${say('welcome-decide')}</li>
      </ol>
    </div>
    ${state.fixed ? html`<h2>${say('review-heading')}</h2>${decided(scene)}` : nothing}
    ${visit.onBehalf === true ? html`<p class="card">${say('on-behalf-waits')}</p>` : nothing}
    <p>${say('welcome-time')}</p>
    <p>${toNotes(scene)}</p>
    <div class="two">
      ${button(say(state.fixed ? 'continue' : 'welcome-begin'), () => flow.begin(), 'begin')}
      ${button(say('defer'), () => flow.declining.answer('deferred'), 'defer')}
    </div>
  `;
}
