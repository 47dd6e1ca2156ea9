import { html, nothing } from 'lit';
import type { Role } from '../api/session';
import { choose, form, input, text } from '../ui/fields';
import { small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { kPaperLanguages, paperLanguage, type PaperLanguage } from '../words/words';
import { standing } from './account_view';
import { kRoles, type Account, type Group, type RoleOrder } from './api';
import { trouble, type Scene } from './view';

export function holdsPerson(role: Role): boolean {
  return role === 'citizen' || role === 'representative';
}

/** The role that is chosen, and whose matters it is about where it is about somebody's. */
export function roleFields(scene: Scene, role: Role): Screen {
  const { say, actions } = scene;
  const changed = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    const chosen = kRoles.find((one) => one === value);
    if (chosen !== undefined) {
      actions.chooseRole(chosen);
    }
  };
  return html`
    <div @change=${changed}>${choose('role', say('accounts-role'), kRoles.map((one) => [one, say(`role-${one}`)] as const), role)}</div>
    ${holdsPerson(role) ? input(scene, { name: 'person', label: say('accounts-person'), hint: say('accounts-person-hint'), value: '' }) : nothing}
  `;
}

export function orderOf(given: FormData, role: Role): RoleOrder {
  return holdsPerson(role) ? { role, personId: text(given, 'person').trim().toLowerCase() } : { role };
}

function card(scene: Scene, one: Account): Screen {
  const { say, actions } = scene;
  const open = say('accounts-open');
  return html`
    <li class="card" data-account=${one.name ?? one.id} data-state=${one.state}>
      <h2>${one.shownName}</h2>
      <p>${one.unit === null ? nothing : html`${one.unit} · `}${one.name ?? say('accounts-provider')}</p>
      <p><strong>${one.roles.length === 0 ? say('accounts-no-role') : one.roles.map(({ role }) => say(`role-${role}`)).join(', ')}</strong></p>
      <p>${standing(scene, one)}</p>
      <div class="row-of">${small(open, () => actions.open(one), 'open', `${open}: ${one.shownName}`)}</div>
    </li>
  `;
}

type Part = 'list' | 'devices' | 'officials';

/** The parts of the page that there are for this login; a manager keeps the register of officials alone. */
function parts({ say, state, actions }: Scene, here: Part): Screen {
  const half = (name: Part, act: () => void): Screen => html`<button
    type="button"
    class="small"
    data-act=${`show-${name}`}
    aria-current=${name === here ? 'page' : nothing}
    @click=${act}
  >
    ${say(`accounts-part-${name}`)}
  </button>`;
  return state.session?.role?.role === 'administrator'
    ? html`<nav class="parts" aria-label=${say('accounts-heading')}>
        ${half('list', () => actions.list())} ${half('devices', () => actions.devices())} ${half('officials', () => actions.officials())}
      </nav>`
    : html``;
}

function leaving({ say, actions }: Scene): Screen {
  return html`<div class="two">
    <a class="small link" href="/login" data-act="login-page">${say('mine-login-page')}</a>
    ${small(say('login-out'), () => actions.logOut(), 'out')}
  </div>`;
}

/** A register of the organisation beside its logins. `cards`: null before the first answer. */
export function registerPage(
  scene: Scene,
  { here, first, cards, next, more, again }: { here: 'devices' | 'officials'; first?: Screen; cards: Screen[] | null; next: string | null; more: () => void; again: () => void },
): Screen {
  const { say, state } = scene;
  return html`
    <p class="step">${state.session?.role?.organisation ?? nothing}</p>
    ${heading(say(`${here}-heading`))} ${parts(scene, here)}
    <p role="status">${state.news === null ? nothing : say(state.news)}</p>
    <p>${say(`${here}-text`)}</p>
    ${first === undefined ? nothing : html`<div class="two">${first}</div>`} ${trouble(scene)}
    ${cards === null
      ? state.busy
        ? html`<p role="status">${say('opening')}</p>`
        : html`<div class="two">${small(say('try-again'), again, 'again')}</div>`
      : cards.length === 0
        ? html`<p>${say(`${here}-none`)}</p>`
        : html`<ul class="things">
            ${cards}
          </ul>`}
    ${next === null ? nothing : html`<div class="two">${small(say('mine-more'), more, 'more')}</div>`} ${leaving(scene)}
  `;
}

export function list(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const groups: Group[] = ['staff', ...kRoles];
  const chosen = (event: Event): void => {
    const { value } = event.currentTarget as HTMLSelectElement;
    actions.show(groups.find((one) => one === value) ?? 'staff');
  };
  return html`
    <p class="step">${state.session?.role?.organisation ?? nothing}</p>
    ${heading(say('accounts-heading'))} ${parts(scene, 'list')}
    <p role="status">${state.news === null ? nothing : say(state.news)}</p>
    <div class="two">${button(say('accounts-new'), () => actions.begin(), 'continue')}</div>
    <div class="field">
      <label for="group">${say('accounts-show')}</label>
      <select id="group" @change=${chosen}>
        ${groups.map((one) => html`<option value=${one} ?selected=${state.group === one}>${say(one === 'staff' ? 'accounts-staff' : `role-${one}`)}</option>`)}
      </select>
    </div>
    ${trouble(scene)}
    ${state.list === null
      ? state.busy
        ? html`<p role="status">${say('opening')}</p>`
        : html`<div class="two">${small(say('try-again'), () => actions.list(), 'again')}</div>`
      : state.list.length === 0
        ? html`<p>${say('accounts-none')}</p>`
        : html`${state.list.some(({ roles }) => roles.some(({ personId }) => personId !== null)) ? html`<p>${say('accounts-logged')}</p>` : nothing}
            <ul class="things">
              ${state.list.map((one) => card(scene, one))}
            </ul>`}
    ${state.next === null ? nothing : html`<div class="two">${small(say('mine-more'), () => actions.more(), 'more')}</div>`} ${leaving(scene)}
  `;
}

export function newAccount(scene: Scene, role: Role): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('accounts-new'))}
    <p>${say('accounts-new-text')}</p>
    ${form(
      'new',
      (given) =>
        actions.add({
          shownName: text(given, 'shown').trim(),
          name: text(given, 'name').trim(),
          unit: text(given, 'unit').trim(),
          roles: [orderOf(given, role)],
          language: text(given, 'language') as PaperLanguage,
        }),
      html`
        ${input(scene, { name: 'shown', label: say('desk-name'), value: '' })}
        ${input(scene, { name: 'name', label: say('login-name'), hint: say('accounts-name-hint'), value: '' })}
        ${input(scene, { name: 'unit', label: say('accounts-unit'), hint: say('accounts-unit-hint'), value: '' })} ${roleFields(scene, role)}
        ${choose('language', say('accounts-language'), Object.entries(kPaperLanguages) as [PaperLanguage, string][], paperLanguage(state.language))} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="continue" ?disabled=${state.busy}>${say('accounts-add')}</button>
          ${button(say('back'), () => actions.list(), 'back')}
        </div>
      `,
    )}
  `;
}
