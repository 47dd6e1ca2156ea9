import { html, nothing } from 'lit';
import type { Meaning, Method } from '../api/types';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { kPaperLanguages, type PaperLanguage } from '../words/words';
import type { Address } from './api';
import { capacitiesOf, kMeanings, kMostDays, kOtherHolder, placeOf, type Signer } from './draft';
import { addresses } from './person_view';
import { needsAsking } from './who_signs';
import { signerWords } from './who_signs_view';
import { choose, form, input, stepLine, text, tick, trouble, type Scene } from './view';

const kMethods: readonly Method[] = ['drawn', 'button', 'official', 'witnesses', 'drawn-with-dynamics'];
const kIdentities = ['id-seen', 'known', 'none'] as const;

/** How one of them signs. */
function signer(scene: Scene, one: Signer, index: number): Screen {
  const { say, state } = scene;
  const { paper } = state.draft;
  const place = placeOf(paper, one);
  const capacities = capacitiesOf(one, place);
  const meanings = kMeanings.filter((meaning) => place === undefined || place.meanings.includes(meaning));
  return html`
    <fieldset class="group-of" data-signer=${one.person.id}>
      <legend>${index + 1}. ${signerWords(scene, one.acting?.name ?? null, one.person.name)}${place === undefined ? nothing : html` · ${say(`desk-place-${place.name}`)}`}</legend>
      ${choose(`capacity-${index}`, say('desk-capacity'), capacities.map((value) => [value, say(`desk-capacity-${value}`)] as const), one.capacity as (typeof capacities)[number])}
      ${one.acting?.joint === true
        ? choose(
            `other-${index}`,
            say('desk-other-holder'),
            [['', say('desk-identity-choose')] as const, ...kOtherHolder.map((value) => [value, say(`desk-other-holder-${value}`)] as const)],
            one.otherHolder,
          )
        : nothing}
      ${choose(`identity-${index}`, say('desk-identity'), [['', say('desk-identity-choose')] as const, ...kIdentities.map((value) => [value, say(`desk-identity-${value}`)] as const)], one.identity)}
      ${choose(`language-${index}`, say('desk-language'), Object.entries(kPaperLanguages) as [PaperLanguage, string][], one.language)}
      ${choose(`address-${index}`, say('desk-address'), addresses(scene), one.address)}
      <fieldset class="ticks">
        <legend>${say('desk-meanings')}</legend>
        ${meanings.map((meaning) => tick(`meaning-${index}`, meaning, say(`desk-meaning-${meaning}`), one.meanings.includes(meaning)))}
      </fieldset>
    </fieldset>
  `;
}

function read(given: FormData, one: Signer, index: number): Signer {
  return {
    ...one,
    capacity: text(given, `capacity-${index}`),
    otherHolder: text(given, `other-${index}`) as Signer['otherHolder'],
    identity: text(given, `identity-${index}`) as Signer['identity'],
    language: text(given, `language-${index}`) as PaperLanguage,
    address: text(given, `address-${index}`) as Address,
    meanings: given.getAll(`meaning-${index}`) as Meaning[],
  };
}

export function ways(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { draft } = state;
  const send = (given: FormData): void =>
    actions.make({
      ...draft,
      signers: draft.signers.map((one, index) => read(given, one, index)),
      inOrder: draft.signers.length > 1 && given.has('order'),
      methods: kMethods.filter((method) => given.getAll('method').includes(method)),
      discreet: given.has('discreet'),
      days: Math.min(kMostDays, Math.max(1, Math.floor(Number(text(given, 'days'))) || 1)),
    });
  return html`
    ${stepLine(scene, 3)} ${heading(say('desk-ways'))}
    <p class="paper-title">${draft.title}</p>
    ${form(
      'ways',
      send,
      html`
        ${draft.signers.map((one, index) => signer(scene, one, index))}
        ${draft.signers.length > 1 ? tick('order', 'yes', say('desk-order'), draft.inOrder) : nothing}
        <fieldset class="group-of">
          <legend>${say('desk-methods')}</legend>
          ${kMethods.map((method) => tick('method', method, say(`desk-method-${method}`), draft.methods.includes(method)))}
        </fieldset>
        ${tick('discreet', 'yes', say('desk-discreet'), draft.discreet)}
        ${input(scene, { name: 'days', label: say('desk-days'), value: String(draft.days), type: 'number', max: kMostDays })}
        ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="continue" ?disabled=${state.busy}>${say('desk-make')}</button>
          ${button(say('back'), () => actions.go({ at: draft.deciders.some(needsAsking) ? 'who-signs' : draft.paper?.kind === 'template' ? 'fields' : 'paper' }), 'back')}
        </div>
      `,
    )}
  `;
}
