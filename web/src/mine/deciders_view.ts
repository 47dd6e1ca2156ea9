import { html, nothing } from 'lit';
import type { Screen } from '../visit/screens/screen';
import type { Scene } from './view';

/** Who decides about the person's data: they themselves, or who represents them; nothing where nobody ever was anything else. */
export function deciders({ say, state }: Scene): Screen | typeof nothing {
  const { deciders: known, session } = state;
  if (known === null || ((known.age === 'adult' || known.age === 'unknown') && known.representatives.length === 0)) {
    return nothing;
  }
  const own = session?.role?.role === 'citizen';
  return html`
    <div class="card" data-age=${known.age}>
      <h2>${say('mine-deciders')}</h2>
      <p>${say(own ? `mine-age-${known.age}` : `mine-for-${known.age}`)}</p>
      ${known.representatives.length === 0
        ? own && known.age === 'under-14'
          ? html`<p>${say('mine-represented-none')}</p>`
          : nothing
        : html`<p>${say('mine-representatives')}</p>
            <ul class="plain">
              ${known.representatives.map(({ name, basis }) => html`<li><strong>${name}</strong>: ${say(`desk-basis-${basis}`)}</li>`)}
            </ul>`}
    </div>
  `;
}
