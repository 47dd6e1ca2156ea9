import { html, nothing } from 'lit';
import { button, decide, freeToDecide, heading, statement } from './parts';
import type { Scene, Screen } from './screen';

/** Who could sign for the person, as one reads names: "A o B". */
export function officialsIn({ state, language }: Scene): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(state.visit?.officials ?? []);
}

/** The person says expressly that an official signs for them, and only this. */
export function onBehalf(scene: Scene): Screen {
  const { say, flow } = scene;
  return html`
    ${heading(say('on-behalf-heading'))}
    <div class="card">
      <p>${say('on-behalf-says', { officials: officialsIn(scene) })}</p>
      <p class="paper-title">${statement(scene)}</p>
    </div>
    <p>${say('on-behalf-text')}</p>
    ${freeToDecide(scene)} ${decide(scene, () => flow.signing.consentOnBehalf(), 'on-behalf-consent')}
    <div class="two">${button(say('back'), () => flow.signing.toPaper(), 'back')}</div>
  `;
}

/** Said; the official signs in a session of their own. */
export function consented(scene: Scene): Screen {
  const { say, handBack } = scene;
  return html`
    ${heading(say('consented-heading'))}
    <p>${say('consented-text', { officials: officialsIn(scene) })}</p>
    ${handBack === undefined ? nothing : html`<div class="two">${button(say('hand-back'), handBack, 'hand-back')}</div>`}
  `;
}
