import { html, nothing } from 'lit';
import { moment } from '../ui/parts';
import { qr } from '../ui/qr';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Asked, Link } from './api';
import type { Made } from './making';
import { signerWords } from './who_signs_view';
import { trouble, type Scene } from './view';

/** A link as the tablet takes it: a code to scan, or this very device, which then changes hands. */
function way(scene: Scene, { link: address, state: stands, expiresAt }: Link, person: string): Screen {
  const { say, state, actions } = scene;
  const waits = stands === 'waiting';
  return html`
    <section class="card" data-link=${address} data-state=${stands}>
      <h2>${person}</h2>
      ${waits ? html`<p>${say('desk-link-waits')}</p>` : nothing}
      <div class="qr">${qr(address, say('desk-qr', { person }))}</div>
      <p>${say('desk-link-until', { date: moment(expiresAt, state.language) })}</p>
      ${waits
        ? nothing
        : html`<p>${say('desk-hand-over-text')}</p>
            <div class="two">${button(say('desk-hand-over'), () => actions.handOver(address), 'hand-over')}</div>`}
    </section>
  `;
}

export function made(scene: Scene, links: readonly Made[]): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say('desk-made'))}
    <p>${say('desk-made-text')}</p>
    ${trouble(scene)} ${links.map((one) => way(scene, one, one.representing === null ? one.person : signerWords(scene, one.person, one.representing)))}
    <div class="two">
      ${button(say('desk-visit-these'), () => actions.compose(links.map(({ id }) => id)), 'compose')}
      ${button(say('desk-back-list'), () => actions.list(), 'back')}
    </div>
  `;
}

export function link(scene: Scene, { title, personName, representative }: Asked, one: Link): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say('desk-link-made'))}
    <p class="paper-title">${title}</p>
    <p>${say('desk-link-old')} ${say('desk-made-text')}</p>
    ${trouble(scene)} ${way(scene, one, signerWords(scene, representative?.name ?? null, personName))}
    <div class="two">${button(say('desk-back-list'), () => actions.list(), 'back')}</div>
  `;
}
