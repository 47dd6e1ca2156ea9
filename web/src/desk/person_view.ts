import { html, nothing } from 'lit';
import { small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { kPaperLanguages, paperLanguage, type PaperLanguage } from '../words/words';
import { kIdentifiers, type Address, type IdentifierType, type NewPerson, type Person, type Search } from './api';
import { birthDateFields, birthDateIn } from './birth_date_view';
import type { Panel } from './state';
import { signerWords } from './who_signs_view';
import { choose, form, input, stepLine, text, trouble, type Scene } from './view';

const kNone = 'none';

function kindOf({ say }: Scene, type: IdentifierType): string {
  return say(`desk-identifier-${type.toLowerCase().replace('_', '-')}`);
}

function identified(scene: Scene, { identifier }: Person): string {
  return identifier === null ? '' : scene.say('desk-identifier-end', { type: kindOf(scene, identifier.type), end: identifier.end });
}

function kinds(scene: Scene, first: readonly [string, string]): (readonly [string, string])[] {
  return [first, ...kIdentifiers.map((type) => [type, kindOf(scene, type)] as const)];
}

/** Who signs, one after the other. */
function chosen(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { signers } = state.draft;
  if (signers.length === 0) {
    return html``;
  }
  return html`
    <h2>${say('desk-signers')}</h2>
    <ol class="things">
      ${signers.map(
        ({ person, acting }, index) => html`<li class="card" data-signer=${person.id}>
          <p><strong>${signerWords(scene, acting?.name ?? null, person.name)}</strong> ${identified(scene, person)}</p>
          <div class="row-of">${small(say('desk-remove'), () => actions.remove(index), 'remove', `${say('desk-remove')}: ${person.name}`)}</div>
        </li>`,
      )}
    </ol>
  `;
}

/** Whom a search found; `act`: what can be done with each. */
export function results(scene: Scene, act: (person: Person) => Screen): Screen {
  const { say, state } = scene;
  const { found } = state;
  if (found === null) {
    return html`<p role="status">${nothing}</p>`;
  }
  return html`
    <p role="status">${say('desk-found', { count: found.persons.length })} ${found.more ? say('desk-found-more') : nothing}</p>
    <ul class="things">
      ${found.persons.map(
        (person) => html`<li class="card" data-person=${person.id}>
          <p><strong>${person.name}</strong> ${identified(scene, person)}</p>
          <div class="row-of">${act(person)}</div>
        </li>`,
      )}
    </ul>
  `;
}

/** People are looked for by a part of their name, or by a whole identifier. */
export function searching(scene: Scene): Screen {
  const { say, actions, state } = scene;
  const search = (given: FormData): void => {
    const by = text(given, 'by');
    const value = text(given, 'sought').trim();
    const wanted: Search = by === 'name' ? { name: value } : { identifier: { type: by as IdentifierType, value } };
    actions.find(wanted);
  };
  return form(
    'search',
    search,
    html`
      ${choose('by', say('desk-search-by'), kinds(scene, ['name', say('desk-search-name')]), 'name')}
      ${input(scene, { name: 'sought', label: say('desk-search'), hint: say('desk-search-hint'), value: '', type: 'search' })}
      <button type="submit" class="small" data-act="find" ?disabled=${state.busy}>${say('desk-find')}</button>
    `,
  );
}

export function who(scene: Scene): Screen {
  const { say, actions, state } = scene;
  const about = (person: Person): Screen => {
    const act = (words: string, work: () => void, name: string): Screen => small(say(words), work, name, `${say(words)}: ${person.name} ${identified(scene, person)}`);
    return html`
      ${act('desk-add', () => actions.add(person), 'add')} ${act('desk-deciders', () => actions.openDeciders(person, 'who'), 'deciders')}
      ${act('desk-protect', () => actions.go({ at: 'protecting', person }), 'protect')}
    `;
  };
  return html`
    ${stepLine(scene, 1)} ${heading(say('desk-who'))} ${chosen(scene)} ${searching(scene)} ${trouble(scene)} ${results(scene, about)}
    <div class="two">
      ${button(say('desk-newcomer'), () => actions.go({ at: 'newcomer' }), 'newcomer')}
      ${state.draft.signers.length === 0 ? nothing : button(say('continue'), () => actions.toPaper(), 'continue')}
      ${state.composing === null
        ? button(say('desk-back-list'), () => actions.list(), 'back')
        : button(say('desk-back-compose'), () => actions.compose(), 'back')}
    </div>
  `;
}

export function newcomer(scene: Scene, panel?: Panel): Screen {
  const { say, state, actions } = scene;
  const send = (given: FormData): void => {
    const type = text(given, 'type');
    const born = birthDateIn(given);
    const person: NewPerson = {
      name: text(given, 'name').trim(),
      language: text(given, 'language') as PaperLanguage,
      address: text(given, 'address') as Address,
      ...(type === kNone ? {} : { identifier: { type: type as IdentifierType, value: text(given, 'value').trim() } }),
      ...(born === null ? {} : { birthDate: born.birthDate, birthDateSeen: born.seen }),
    };
    actions.makePerson(person, panel);
  };
  return html`
    ${panel === undefined ? stepLine(scene, 1) : nothing} ${heading(say('desk-newcomer'))}
    <p>${say('desk-newcomer-text')}</p>
    ${form(
      'newcomer',
      send,
      html`
        ${input(scene, { name: 'name', label: say('desk-name'), hint: say('desk-name-hint'), value: '' })}
        ${choose('type', say('desk-identifier'), kinds(scene, [kNone, say('desk-identifier-none')]), kNone)}
        ${input(scene, { name: 'value', label: say('desk-identifier-value'), value: '' })}
        ${choose('language', say('desk-language'), Object.entries(kPaperLanguages) as [PaperLanguage, string][], paperLanguage(state.language))}
        ${choose('address', say('desk-address'), addresses(scene), 'formal')}
        ${birthDateFields(scene, say('desk-optional', { label: say('desk-birth-date') }))} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="continue" ?disabled=${state.busy}>${say('desk-newcomer-save')}</button>
          ${button(say('back'), () => actions.go(panel === undefined ? { at: 'who' } : { at: 'representative', panel }), 'back')}
        </div>
      `,
    )}
  `;
}

export function addresses({ say }: Scene): [Address, string][] {
  return [
    ['formal', say('desk-address-formal')],
    ['familiar', say('desk-address-familiar')],
  ];
}
