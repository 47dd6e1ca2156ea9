import { html, nothing } from 'lit';
import { small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Acting } from './draft';
import type { Deciders } from './representations';
import { asksConsent, chosenAtFirst, needsAsking, offerFor, type Chosen } from './who_signs';
import { form, stepLine, tick, trouble, type Scene } from './view';

/** Somebody who signs, and for whom; the person alone where nobody does. */
export function signerWords({ say }: Scene, name: string | null, person: string): string {
  return name === null ? person : say('acting-for', { name, person });
}

const kCapacityOf: Readonly<Record<Acting['basis'], string>> = {
  'parental-authority': 'desk-capacity-parent',
  judgment: 'desk-basis-judgment',
  'public-guardianship': 'desk-capacity-guardian',
  power: 'desk-basis-power',
};

/** Why it is theirs, or somebody else's, to sign this paper. */
function why({ say, state }: Scene, { person }: Deciders): string {
  return say(`desk-who-signs-${person.age}-${asksConsent(state.draft.paper) ? 'asks' : 'plain'}`);
}

function of(scene: Scene, deciders: Deciders): Screen {
  const { say, state, actions } = scene;
  const { person, objections } = deciders;
  const { paper, signers } = state.draft;
  const offer = offerFor(deciders, paper);
  const chosen = chosenAtFirst(deciders, signers, paper);
  const known = signers.find((one) => one.person.id === person.id)?.person;
  const name = known?.name ?? say('desk-somebody');
  return html`
    <fieldset class="group-of" data-person=${person.id} data-age=${person.age}>
      <legend>${name}</legend>
      <p class="hint">${why(scene, deciders)}</p>
      ${objections.some((one) => one.state === 'live') ? html`<p class="hint">${say('desk-who-signs-opposed')}</p>` : nothing}
      ${offer.self ? tick(`self-${person.id}`, 'yes', say('desk-who-signs-self', { name }), chosen.self) : nothing}
      ${offer.acting.map(({ representation, name: other, basis }) =>
        tick(`acting-${person.id}`, representation, `${other}, ${say(kCapacityOf[basis])}`, chosen.acting.includes(representation)),
      )}
      ${offer.birthDateMissing ? html`<p>${say('desk-who-signs-no-birth-date')}</p>` : nothing}
      ${offer.acting.length === 0 && !offer.birthDateMissing ? html`<p>${say('desk-who-signs-nobody')}</p>` : nothing}
      ${known === undefined
        ? nothing
        : html`<div class="row-of">
            ${small(say('desk-deciders'), () => actions.openDeciders(known, 'who-signs'), 'deciders', `${say('desk-deciders')}: ${name}`)}
          </div>`}
    </fieldset>
  `;
}

/** Who signs for those whom the paper is about: they themselves, or who the register says may. */
export function whoSigns(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { draft } = state;
  const asked = draft.deciders.filter(needsAsking);
  const send = (given: FormData): void =>
    actions.chooseSigners(
      new Map(asked.map(({ person: { id } }): [string, Chosen] => [id, { self: given.has(`self-${id}`), acting: given.getAll(`acting-${id}`).map(String) }])),
    );
  return html`
    ${stepLine(scene, 3)} ${heading(say('desk-who-signs'))}
    <p class="paper-title">${draft.title}</p>
    ${form(
      'who-signs',
      send,
      html`
        ${asked.map((one) => of(scene, one))} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="continue" ?disabled=${state.busy}>${say('continue')}</button>
          ${button(say('back'), () => actions.go({ at: draft.paper?.kind === 'template' ? 'fields' : 'paper' }), 'back')}
        </div>
      `,
    )}
  `;
}
