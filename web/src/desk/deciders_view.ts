import { html, nothing } from 'lit';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { nameOf } from '../words/code_names';
import { statesAfter, type NamedScope, type Objection, type Representation } from './representations';
import type { Panel } from './state';
import { trouble, type Scene } from './view';

/** A representative as people read it, whoever looks knows of them or not. */
export function representativeName({ say }: Scene, { representativeName: name }: Representation): string {
  return name ?? say('desk-somebody');
}

/** What an objection is about. */
function scopeWords({ say, state: { language } }: Scene, scope: NamedScope): string {
  const { purpose, category, recipient } = scope;
  const parts = [
    purpose === '' ? '' : say('desk-scope-purpose', { about: nameOf(language, purpose, scope.purposeNames) }),
    category === '' ? '' : say('desk-scope-category', { about: nameOf(language, category, scope.categoryNames) }),
    recipient === '' ? '' : say('desk-scope-recipient', { about: nameOf(language, recipient, scope.recipientNames) }),
  ].filter((part) => part !== '');
  return parts.length === 0 ? say('desk-scope-all') : parts.join(' ');
}

/** What a power is for. */
function purposeWords({ say, state: { language } }: Scene, { scope, scopeNames }: Representation): string {
  const names = scope.map((code, at) => nameOf(language, code, scopeNames[at] ?? null));
  return names.length === 0 ? say('desk-scope-all') : say('desk-scope-purpose', { about: names.join(', ') });
}

function period({ say, state }: Scene, { from, until }: { from: string; until: string | null }): Screen {
  const date = (time: string): string => moment(time, state.language, false);
  return html`${say('desk-power-from', { date: date(from) })} ${until === null ? nothing : say('desk-power-until', { date: date(until) })}`;
}

/** What shows it; nothing once whoever it names was erased. */
function evidenceWords({ say, state }: Scene, { evidence }: Representation): Screen | typeof nothing {
  if (evidence === null) {
    return nothing;
  }
  const { kind, reference, seenAt } = evidence;
  const seen = seenAt === null ? say('desk-evidence-unseen') : say('desk-evidence-seen', { date: moment(seenAt, state.language, false) });
  return html`<p>${say(`desk-evidence-${kind}`)}${reference === null || reference === '' ? nothing : html`, ${reference}`} (${seen})</p>`;
}

/** What the register says of one of them, and what can be changed of it. */
function representation(scene: Scene, panel: Panel, one: Representation): Screen {
  const { say, actions } = scene;
  const name = representativeName(scene, one);
  const act = (words: string, work: () => void, about: string): Screen => small(say(words), work, about, `${say(words)}: ${name}`);
  return html`
    <li class="card" data-representation=${one.id} data-state=${one.state}>
      <h3 class="paper-title">${name}</h3>
      <p><strong>${say(one.excluded ? 'desk-power-excluded' : `desk-power-${one.state}`)}</strong></p>
      <p>
        ${say(`desk-basis-${one.basis}`)}${one.holds === null ? nothing : html`, ${say(`desk-holds-${one.holds}`)}`}. ${period(scene, one)}
        ${purposeWords(scene, one)}
      </p>
      ${evidenceWords(scene, one)}
      <div class="row-of">
        ${statesAfter(one.state).length === 0 ? nothing : act('desk-power-change', () => actions.go({ at: 'power-state', panel, one }), 'change-state')}
        ${one.state === 'valida' && one.basis === 'parental-authority' ? act('desk-objection-say', () => actions.startObjecting(panel, one), 'object') : nothing}
      </div>
    </li>
  `;
}

function objection(scene: Scene, panel: Panel, one: Objection): Screen {
  const { say, state, actions } = scene;
  const holder = panel.deciders.representations.find(({ id }) => id === one.representationId);
  const name = holder === undefined ? say('desk-somebody') : representativeName(scene, holder);
  const { evidence } = one;
  const date = (time: string): string => moment(time, state.language, false);
  return html`
    <li class="card" data-objection=${one.id} data-state=${one.state}>
      <h3 class="paper-title">${name}</h3>
      <p>
        <strong>${say(`desk-objection-${one.state}`)}</strong> ${say('desk-power-from', { date: date(one.from) })}
        ${one.until === null ? nothing : say('desk-power-until', { date: date(one.until) })} ${scopeWords(scene, one.scope)}
      </p>
      ${evidence === null ? nothing : html`<p>${say(`desk-channel-${evidence.channel}`)}:</p><p class="said">${evidence.reason}</p>`}
      ${one.state === 'live'
        ? html`<div class="row-of">
            ${small(say('desk-objection-end'), () => actions.go({ at: 'objection-end', panel, one, name }), 'end-objection', `${say('desk-objection-end')}: ${name}`)}
          </div>`
        : nothing}
    </li>
  `;
}

/** Who decides for a person: how old they are, who represents them, who is against it. */
export function deciders(scene: Scene, panel: Panel): Screen {
  const { say, state, actions } = scene;
  const { person, representations, objections } = panel.deciders;
  return html`
    ${heading(say('desk-deciders'))}
    <p><strong>${panel.person.name}</strong></p>
    <p role="status">${state.news === null ? nothing : say(state.news)}</p>
    ${trouble(scene)}
    <p data-age=${person.age}>
      ${person.birthDate === null ? nothing : say('desk-born', { date: moment(person.birthDate, state.language, false) })} ${say(`desk-age-${person.age}`)}
    </p>
    <div class="row-of">
      ${small(say(person.age === 'unknown' ? 'desk-birth-date-new' : 'desk-birth-date-mend'), () => actions.go({ at: 'birth-date', panel }), 'birth-date')}
    </div>
    <section class="group">
      <h2>${say('desk-representatives')}</h2>
      ${representations.length === 0
        ? html`<p>${say('desk-representatives-none')}</p>`
        : html`<ul class="things">
            ${representations.map((one) => representation(scene, panel, one))}
          </ul>`}
      <div class="two">${button(say('desk-representative-new'), () => actions.lookForRepresentative(panel), 'new-representative')}</div>
    </section>
    ${objections.length === 0
      ? nothing
      : html`<section class="group">
          <h2>${say('desk-objections')}</h2>
          <ul class="things">
            ${objections.map((one) => objection(scene, panel, one))}
          </ul>
        </section>`}
    <div class="two">${button(say('back'), () => actions.leaveDeciders(panel), 'back')}</div>
  `;
}
