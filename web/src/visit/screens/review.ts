import { html } from 'lit';
import { button, heading } from './parts';
import type { Scene, Screen } from './screen';

export function review({ say, state, flow }: Scene): Screen {
  const { visit, choices } = state;
  if (visit === null) {
    return html``;
  }
  return html`
    ${heading(say('review-heading'))}
    ${visit.items.length === 0 ? html`<p>${say('review-none')}</p>` : ''}
    <dl class="review">
      ${visit.items.map(
        (asked, index) => html`
          <div class="card">
            <dt>${asked.text}</dt>
            <dd>
              <strong>${say(`choice-${choices.get(asked.id) ?? 'defer'}`)}</strong>
              <button type="button" class="small" aria-label=${`${say('change')}: ${asked.text}`} @click=${() => flow.toItem(index)}>
                ${say('change')}
              </button>
            </dd>
          </div>
        `,
      )}
    </dl>
    <p>${say('review-next')}</p>
    <div class="two">
      ${button(say('review-prepare'), () => flow.freeze(), 'freeze')}
      ${button(say('defer'), () => flow.go({ at: 'leaving', answer: 'deferred', from: state.step }), 'defer')}
    </div>
  `;
}
