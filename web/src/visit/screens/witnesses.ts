import { html } from 'lit';
import '../../ink/surface';
import type { InkSurface } from '../../ink/surface';
import { signerName } from '../represented';
import { kSeen } from '../witnesses';
import { short, tick } from './notes';
import { answers, button, complaint, decide, freeToDecide, heading, statement } from './parts';
import type { Scene, Screen } from './screen';

const kLongestReason = 250;

/** What the person is asked, aloud, and why they can do neither: whoever accompanies them writes that down. */
export function diligence(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { step } = state;
  if (step.at !== 'diligence') {
    return html``;
  }
  return html`
    ${heading(say('diligence-heading'))}
    <p>${say('diligence-text')}</p>
    <div class="card"><p class="paper-title">${statement(scene)}</p></div>
    <div class="field">
      <label for="reason">${say('diligence-reason')}</label>
      <p class="hint" id="reason-hint">${say('diligence-reason-hint')}</p>
      <textarea
        id="reason"
        rows="3"
        maxlength=${kLongestReason}
        autocomplete="off"
        aria-describedby="reason-hint"
        .value=${state.diligence.reason}
        @change=${() => flow.keep()}
        @input=${(event: Event) => flow.signing.setReason((event.currentTarget as HTMLTextAreaElement).value)}
      ></textarea>
    </div>
    ${freeToDecide(scene)} ${complaint(step.missing, say('diligence-missing'))} ${decide(scene, () => flow.signing.toWitness())}
    <div class="two">${button(say('ink-other-way'), () => flow.signing.toPaper(), 'other')}</div>
  `;
}

const surface = (): InkSurface | null => document.querySelector('segell-ink');

/** One witness: who they are, and that they confirm, by drawing or with the button. */
export function witness(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { step, visit, ink } = state;
  if (step.at !== 'witness' || visit === null || ink === null) {
    return html``;
  }
  const { index, gap } = step;
  const { name, identity, adult } = state.diligence.witnesses[index];
  return html`
    ${heading(say('witness-heading', { index: index + 1 }))}
    <div class="card">
      <p>${say('witness-says', { name: signerName(visit) })}</p>
      <p class="paper-title">${statement(scene)}</p>
    </div>
    ${short({ left: () => flow.keep() }, 'witness-name', say('witness-name'), name, (value) => flow.signing.setWitness({ name: value }))}
    ${answers({
      name: 'witness-identity',
      legend: say('witness-identity'),
      options: kSeen.map((value) => ({ value, text: say(`witness-identity-${value}`) })),
      chosen: identity ?? undefined,
      choose: (value) => flow.signing.setWitness({ identity: value }),
    })}
    ${tick('adult', say('witness-adult'), adult, (value) => flow.signing.setWitness({ adult: value }))}
    <p>${say('witness-draw')}</p>
    <div class="tools">
      <button type="button" class="small" data-act="clear" @click=${() => surface()?.clear()}>${say('ink-clear')}</button>
    </div>
    <div class="sheet" @ink=${() => flow.signing.drew()}>
      <segell-ink .label=${say('ink-label')} .ink=${ink}></segell-ink>
    </div>
    <p class="unseen" role="status">${state.strokes === 0 ? say('ink-none') : say('ink-some', { count: state.strokes })}</p>
    ${complaint(gap !== null, say(`witness-missing-${gap ?? 'name'}`))}
    <div class="two">
      ${button(say('witness-confirm'), () => flow.signing.confirmWitness(), 'confirm')}
      ${button(say('back'), () => flow.go({ at: 'diligence', missing: false }), 'back')}
    </div>
  `;
}
