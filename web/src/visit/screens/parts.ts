import { html, nothing } from 'lit';
import { meaningOf } from '../act';
import { forWhom } from '../represented';
import type { Scene, Screen } from './screen';

/** The heading of a screen, which receives the focus when the screen appears; `after`: the id of what should be heard behind it. */
export function heading(text: string, after?: string): Screen {
  return html`<h1 tabindex="-1" data-screen-heading aria-describedby=${after ?? nothing}>${text}</h1>`;
}

/** One large button. All look alike: none of a person's ways is a better one. */
export function button(text: string, act: () => void, name: string): Screen {
  return html`<button type="button" class="big" data-act=${name} @click=${act}>${text}</button>`;
}

/** A sentence that says what is missing; announced, because the person is elsewhere on the page. */
export function complaint(missing: boolean, text: string): Screen {
  return html`<p class="complaint" role="alert">${missing ? text : nothing}</p>`;
}

/** Several answers of one weight, none chosen beforehand. */
export function answers<T extends string>(group: {
  name: string;
  legend: string;
  options: { value: T; text: string; more?: string }[];
  chosen: T | undefined;
  choose: (value: T) => void;
}): Screen {
  return html`
    <fieldset class="answers">
      <legend>${group.legend}</legend>
      ${group.options.map(
        ({ value, text, more }) => html`
          <label class="answer">
            <input
              type="radio"
              name=${group.name}
              value=${value}
              .checked=${group.chosen === value}
              @change=${() => group.choose(value)}
            />
            <span>${text}${more === undefined ? nothing : html`<small>${more}</small>`}</span>
          </label>
        `,
      )}
    </fieldset>
  `;
}

/** What was asked and what the person chose; with a way to change it while there is one. */
export function decided({ say, state }: Scene, change?: (index: number) => void): Screen {
  const { visit, choices } = state;
  return html`
    <dl class="review">
      ${visit?.items.map(
        (asked, index) => html`
          <div class="card">
            <dt>${asked.text}</dt>
            <dd>
              <strong>${say(`choice-${choices.get(asked.id) ?? 'defer'}`)}</strong>
              ${change === undefined
                ? nothing
                : html`<button
                    type="button"
                    class="small"
                    data-act="change"
                    aria-label=${`${say('change')}: ${asked.text}`}
                    @click=${() => change(index)}
                  >
                    ${say('change')}
                  </button>`}
            </dd>
          </div>
        `,
      )}
    </dl>
  `;
}

/** What signing says, in the first person, and for whom: the same whatever the way of signing. */
export function statement({ say, state }: Scene): string {
  const { visit, choices, meaning } = state;
  if (visit === null) {
    return '';
  }
  const said = meaningOf(visit, choices, meaning);
  const statement = say(said === 'agree' ? 'statement' : `statement-${said}`, { title: visit.title });
  const represented = forWhom(say, visit, 'statement-for');
  return represented === null ? statement : `${represented} ${statement}`;
}

/** Sign, do not sign, think: always together, always alike, one press each. `words`: what signing is called here; `how`: in which way. */
export function decide({ say, flow }: Scene, sign: () => void, words = 'sign', how?: string): Screen {
  return html`
    <div class="three">
      <button type="button" class="big" data-act="sign" @click=${sign}>${say(words)}${how === undefined ? nothing : html`<small>${how}</small>`}</button>
      ${button(say('refuse'), () => flow.declining.answer('refused'), 'refuse')}
      ${button(say('defer'), () => flow.declining.answer('deferred'), 'defer')}
    </div>
  `;
}

/** What becomes of a "no" and of a "later", said before either is. */
export function freeToDecide({ say }: Scene): Screen {
  return html`<p>${say('decide-free')}</p>`;
}
