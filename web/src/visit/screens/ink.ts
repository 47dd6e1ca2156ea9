import { html, nothing } from 'lit';
import '../../ink/surface';
import type { InkSurface } from '../../ink/surface';
import { kGoodHertz } from '../../ink/series';
import { complaint, decide, heading, statement } from './parts';
import { custodianOf } from './method';
import type { Scene, Screen } from './screen';

const surface = (): InkSurface | null => document.querySelector('segell-ink');

export function ink(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { step } = state;
  if (step.at !== 'ink' || state.ink === null) {
    return html``;
  }
  const kept = state.ink.series === null ? say('ink-drawn-only') : say('ink-dynamics', { custodian: custodianOf(scene) });
  const drawn = state.strokes === 0 ? say('ink-none') : say('ink-some', { count: state.strokes });
  const rate = state.ink.series?.quality().rateHz ?? kGoodHertz;
  return html`
    ${heading(say('ink-heading'))}
    <p>${say('ink-says')} <strong>${statement(scene)}</strong></p>
    <p>${say('ink-help')} ${kept}</p>
    ${step.again === true ? html`<p class="again" role="status">${say('ink-again')}</p>` : nothing}
    <div class="tools">
      <button type="button" class="small" data-act="undo" @click=${() => surface()?.undo()}>${say('ink-undo')}</button>
      <button type="button" class="small" data-act="clear" @click=${() => surface()?.clear()}>${say('ink-clear')}</button>
      <button type="button" class="small" data-act="other" @click=${() => flow.go({ at: 'method', missing: false })}>
        ${say('ink-other-way')}
      </button>
    </div>
    <div class="sheet" @ink=${() => flow.drew()}>
      <segell-ink .label=${say('ink-label')} .ink=${state.ink}></segell-ink>
    </div>
    <p class="unseen" role="status">${drawn}</p>
    ${rate < kGoodHertz ? html`<p class="slow" role="status">${say('ink-slow')}</p>` : ''}
    ${complaint(step.missing, say('ink-missing'))} ${decide(scene, () => flow.signByInk())}
  `;
}
