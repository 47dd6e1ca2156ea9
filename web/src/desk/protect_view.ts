import { html, nothing } from 'lit';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { kIdentifiers, type Asked, type IdentifierType, type Person } from './api';
import type { Protection, Wanted } from './protect';
import type { Step } from './state';
import { halves } from './tasks_view';
import { area, choose, form, text, trouble, type Scene } from './view';

function kindOf({ say }: Scene, type: IdentifierType): string {
  return say(`desk-identifier-${type.toLowerCase().replace('_', '-')}`);
}

function reasonField(scene: Scene, hint: string): Screen {
  return area(scene, { name: 'reason', label: scene.say('desk-protect-reason'), hint, rows: 3, max: 1000 });
}

/** What was typed, or null where something is missing. */
function wantedOf(given: FormData): Wanted | null {
  const reason = text(given, 'reason').trim();
  const by = text(given, 'by');
  const value = text(given, 'value').trim();
  if (reason === '' || value === '') {
    return null;
  }
  if (by === 'address') {
    return { kind: 'address', reason, address: value };
  }
  return by === 'login'
    ? { kind: 'excluded-person', reason, login: value }
    : { kind: 'excluded-person', reason, identifier: { type: by as IdentifierType, value } };
}

/** The first of two steps: what is kept from whom, and why. */
export function protecting(scene: Scene, person: Person): Screen {
  const { say, state, actions } = scene;
  const ways: (readonly [string, string])[] = [
    ['login', say('desk-protect-login')],
    ...kIdentifiers.map((type) => [type, say('desk-protect-identifier', { type: kindOf(scene, type) })] as const),
    ['address', say('desk-protect-address')],
  ];
  return html`
    ${heading(say('desk-protect'))}
    <p><strong>${person.name}</strong></p>
    <p>${say('desk-protect-text')}</p>
    ${form(
      'protect',
      (given) => actions.protect(person, wantedOf(given)),
      html`
        ${choose('by', say('desk-protect-what'), ways, 'login')}
        ${area(scene, { name: 'value', label: say('desk-protect-value'), hint: say('desk-protect-value-hint'), rows: 2, max: 600 })}
        ${reasonField(scene, say('desk-protect-reason-hint'))} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="continue" ?disabled=${state.busy}>${say('continue')}</button>
          ${button(say('back'), () => actions.go({ at: 'who' }), 'back')}
        </div>
      `,
    )}
  `;
}

/** From whom, or what, something is kept. */
function kept(scene: Scene, wanted: Wanted, paper: Asked | null): string {
  switch (wanted.kind) {
    case 'address':
      return wanted.address;
    case 'confidential':
      return paper?.title ?? '';
    case 'excluded-person':
      return 'login' in wanted ? wanted.login : `${kindOf(scene, wanted.identifier.type)} ${wanted.identifier.value}`;
  }
}

/** A paper that is the person's own matter: why. */
export function confiding(scene: Scene, asked: Asked): Screen {
  const { say, state, actions } = scene;
  const person: Person = { id: asked.personId, name: asked.personName, identifier: null, language: null, address: null };
  const wantedOf = (reason: string): Wanted | null => (reason === '' ? null : { kind: 'confidential', reason, document: asked.documentId });
  return html`
    ${heading(say('desk-confide'))}
    <p class="paper-title" lang=${asked.language}>${asked.title}</p>
    <p><strong>${asked.personName}</strong></p>
    <p>${say('desk-confide-text')}</p>
    ${form(
      'confide',
      (given) => actions.protect(person, wantedOf(text(given, 'reason').trim()), asked),
      html`
        ${reasonField(scene, say('desk-protect-reason-hint'))} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="continue" ?disabled=${state.busy}>${say('continue')}</button>
          ${button(say('back'), () => actions.list(), 'back')}
        </div>
      `,
    )}
  `;
}

/** The second step: what will be, in words. */
export function protectSure(scene: Scene, { person, wanted, asked }: Step & { at: 'protect-sure' }): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('desk-protect-sure'))}
    <p><strong>${person.name}</strong></p>
    <p>${say(`desk-protect-sure-${wanted.kind}`)}</p>
    <p class="said">${kept(scene, wanted, asked)}</p>
    <p>${say('desk-protect-sure-both')}</p>
    ${trouble(scene)}
    <div class="two">
      <button type="button" class="big" data-act="confirm" ?disabled=${state.busy} @click=${() => actions.confirmProtect()}>${say('desk-protect-do')}</button>
      ${button(say('back'), () => actions.go(asked === null ? { at: 'protecting', person } : { at: 'confiding', asked }), 'back')}
    </div>
  `;
}

/** What the file of a paper is called when it is kept. */
function neutralName(document: string): string {
  return `document-${document.slice(-4).toUpperCase()}.pdf`;
}

/** From whom, or what, a protection keeps something. */
function subject(scene: Scene, { kind, address, documentId, excluded: who }: Protection): string {
  const { say } = scene;
  if (kind === 'address') {
    return address ?? '';
  }
  if (kind === 'confidential') {
    return documentId ? neutralName(documentId) : '';
  }
  if (who?.identifier !== undefined) {
    return `${kindOf(scene, who.identifier.type)} ${who.identifier.value}`;
  }
  return who?.login ?? say('desk-somebody');
}

function protection(scene: Scene, one: Protection): Screen {
  const { say, state, actions } = scene;
  const { language } = state;
  const name = one.personName ?? say('desk-somebody');
  const mayConfirm = one.state === 'set' || (one.state === 'removal-asked' && one.removal?.own === false);
  const act = say(one.state === 'set' ? 'desk-unprotect' : 'desk-unprotect-confirm');
  return html`
    <li class="card" data-protection=${one.id} data-state=${one.state}>
      <h2 class="paper-title">${name}</h2>
      <p>
        <strong>${say(`desk-protection-${one.kind}`)}</strong> ${say(`desk-protection-${one.state}`)}
        ${say('desk-protection-set-at', { date: moment(one.setAt, language, false) })}
      </p>
      <p class="said">${subject(scene, one)}</p>
      ${one.token === null ? nothing : html`<p>${say('desk-protection-token', { code: one.token })}</p>`}
      <p>${say('desk-protect-reason')}</p>
      <p class="said">${one.reason}</p>
      ${one.removal === null
        ? nothing
        : html`<p>${say('desk-protection-removal', { date: moment(one.removal.at, language, false) })}</p>
            <p class="said">${one.removal.reason}</p>`}
      ${one.state === 'removal-asked' && one.removal?.own === true ? html`<p>${say('desk-protection-other')}</p>` : nothing}
      ${mayConfirm ? html`<div class="row-of">${small(act, () => actions.unprotect(one), 'unprotect', `${act}: ${name}`)}</div>` : nothing}
    </li>
  `;
}

export function protections(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { list, next } = state.protections;
  return html`
    <p class="step">${state.session?.role?.organisation ?? nothing}</p>
    ${heading(say('desk-protections'))} ${halves(scene, 'protections')}
    <p role="status">${state.news === null ? nothing : say(state.news)}</p>
    ${trouble(scene)}
    ${list === null
      ? state.busy
        ? html`<p role="status">${say('opening')}</p>`
        : html`<div class="two">${small(say('try-again'), () => actions.protections(), 'again')}</div>`
      : list.length === 0
        ? html`<p>${say('desk-protections-none')}</p>`
        : html`<p>${say('desk-protections-text')}</p>
            <ul class="things">
              ${list.map((one) => protection(scene, one))}
            </ul>`}
    ${next === null ? nothing : html`<div class="two">${small(say('mine-more'), () => actions.moreProtections(), 'more')}</div>`}
    <div class="two">
      <a class="small link" href="/login" data-act="login-page">${say('mine-login-page')}</a>
      ${small(say('login-out'), () => actions.logOut(), 'out')}
    </div>
  `;
}

export function unprotecting(scene: Scene, one: Protection): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say(one.state === 'set' ? 'desk-unprotect' : 'desk-unprotect-confirm'))}
    <p><strong>${one.personName ?? say('desk-somebody')}</strong></p>
    <p class="said">${subject(scene, one)}</p>
    <p>${say(one.state === 'set' ? 'desk-unprotect-text' : 'desk-unprotect-confirm-text')}</p>
    ${form(
      'unprotect',
      (given) => actions.confirmUnprotect(one, text(given, 'reason').trim()),
      html`
        ${reasonField(scene, say('desk-unprotect-hint'))} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="confirm" ?disabled=${state.busy}>${say('desk-unprotect-do')}</button>
          ${button(say('back'), () => actions.protections(), 'back')}
        </div>
      `,
    )}
  `;
}
