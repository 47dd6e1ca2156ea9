import { html, nothing } from 'lit';
import type { Meaning } from '../../api/types';
import { choosesMeaning } from '../ways';
import { answers } from './parts';
import type { Scene, Screen } from './screen';

/** The order in which they are offered, whatever that of the service. */
const kOrder: readonly Meaning[] = ['agree', 'agree-with-reservation', 'informed', 'received', 'disagree'];
/** As many as surely fit into the service's 2000 octets, whatever the script. */
const kMostLetters = 500;

/** What signing says, where several things are offered: none is chosen beforehand. */
export function meaning(scene: Scene): Screen {
  const { say, state, flow } = scene;
  if (!choosesMeaning(state)) {
    return html``;
  }
  const offered = kOrder.filter((kind) => state.visit?.meanings?.includes(kind));
  return html`
    <h2>${say('meaning-heading')}</h2>
    ${answers({
      name: 'meaning',
      legend: say('meaning-choose'),
      options: offered.map((value) => ({ value, text: say(`meaning-${value}`) })),
      chosen: state.meaning ?? undefined,
      choose: (value) => flow.chooseMeaning(value),
    })}
    ${state.meaning === 'agree-with-reservation' ? note(scene) : nothing}
  `;
}

function note({ say, state, flow }: Scene): Screen {
  return html`
    <div class="field">
      <label for="reservation">${say('meaning-note')}</label>
      <p class="hint" id="reservation-hint">${say('meaning-note-hint')}</p>
      <textarea
        id="reservation"
        rows="4"
        maxlength=${kMostLetters}
        autocomplete="off"
        aria-describedby="reservation-hint"
        .value=${state.reservation}
        @change=${() => flow.keep()}
        @input=${(event: Event) => flow.setReservation((event.currentTarget as HTMLTextAreaElement).value)}
      ></textarea>
    </div>
  `;
}
