import { html } from 'lit';
import { small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Person } from './api';
import { representativeName } from './deciders_view';
import { endOf, startOf } from './draft';
import { results, searching } from './person_view';
import { codesIn, kBases, kEvidence, statesAfter, type Basis, type EvidenceKind, type NewRepresentation, type Representation, type Settable } from './representations';
import type { Panel } from './state';
import { area, choose, form, input, text, tick, trouble, type Scene } from './view';

/** Whom is it that represents them? Somebody whom the organisation knows already, or who is brought in now. */
export function lookForRepresentative(scene: Scene, panel: Panel): Screen {
  const { say, actions } = scene;
  const take = (found: Person): Screen =>
    found.id === panel.person.id
      ? html`<p>${say('desk-representative-same')}</p>`
      : small(say('desk-representative-take'), () => actions.go({ at: 'represent', panel, representative: found }), 'take', `${say('desk-representative-take')}: ${found.name}`);
  return html`
    ${heading(say('desk-representative-who'))}
    <p><strong>${panel.person.name}</strong></p>
    ${searching(scene)} ${trouble(scene)} ${results(scene, take)}
    <div class="two">
      ${button(say('desk-newcomer'), () => actions.go({ at: 'newcomer', panel }), 'newcomer')}
      ${button(say('back'), () => actions.go({ at: 'deciders', panel }), 'back')}
    </div>
  `;
}

function wantedOf(given: FormData, representative: Person): NewRepresentation {
  const basis = text(given, 'basis') as Basis;
  const [from, until] = [text(given, 'from'), text(given, 'until')];
  return {
    representativeId: representative.id,
    basis,
    ...(basis === 'parental-authority' ? { holds: given.has('sole') ? 'sole' : 'joint' } : {}),
    scope: codesIn(text(given, 'scope')),
    ...(from === '' ? {} : { from: startOf(from) }),
    ...(until === '' ? {} : { until: endOf(until) }),
    evidence: { kind: text(given, 'evidence') as EvidenceKind, reference: text(given, 'reference').trim(), seen: given.has('seen') },
  };
}

/** By which power, for what, from when until when, and what shows it. */
export function represent(scene: Scene, panel: Panel, representative: Person): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('desk-represent', { name: representative.name, person: panel.person.name }))}
    ${form(
      'represent',
      (given) => actions.represent(panel, wantedOf(given, representative)),
      html`
        ${choose('basis', say('desk-basis'), kBases.map((basis) => [basis, say(`desk-basis-${basis}`)] as const), 'parental-authority')}
        ${tick('sole', 'yes', say('desk-represent-sole'), false)}
        <fieldset class="group-of">
          <legend>${say('desk-evidence')}</legend>
          ${choose('evidence', say('desk-evidence-kind'), kEvidence.map((kind) => [kind, say(`desk-evidence-${kind}`)] as const), 'family-book')}
          ${input(scene, { name: 'reference', label: say('desk-evidence-reference'), hint: say('desk-evidence-reference-hint'), value: '' })}
          ${tick('seen', 'yes', say('desk-evidence-seen-tick'), false)}
        </fieldset>
        ${input(scene, { name: 'from', label: say('desk-optional', { label: say('desk-represent-from') }), hint: say('desk-represent-from-hint'), value: '', type: 'date' })}
        ${input(scene, { name: 'until', label: say('desk-optional', { label: say('desk-represent-until') }), value: '', type: 'date' })}
        ${area(scene, { name: 'scope', label: say('desk-optional', { label: say('desk-represent-scope') }), hint: say('desk-represent-scope-hint'), rows: 2, max: 1000, wrong: false })}
        ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="save" ?disabled=${state.busy}>${say('desk-save')}</button>
          ${button(say('back'), () => actions.lookForRepresentative(panel), 'back')}
        </div>
      `,
    )}
  `;
}

/** What became of a power. */
export function powerState(scene: Scene, panel: Panel, one: Representation): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('desk-power-change'))}
    <p><strong>${representativeName(scene, one)}</strong> ${say('desk-represents', { name: panel.person.name })}</p>
    <p>${say(`desk-power-${one.state}`)}</p>
    ${form(
      'power-state',
      (given) => actions.changePower(panel, one, (text(given, 'state') || null) as Settable | null, text(given, 'reason').trim()),
      html`
        <fieldset class="field">
          <legend>${say('desk-power-next')}</legend>
          ${statesAfter(one.state).map(
            (next) => html`<label class="tick"><input type="radio" name="state" value=${next} /><span>${say(`desk-power-to-${next}`)}</span></label>`,
          )}
        </fieldset>
        ${area(scene, { name: 'reason', label: say('desk-protect-reason'), hint: say('desk-protect-reason-hint'), rows: 3, max: 1000 })} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="save" ?disabled=${state.busy}>${say('desk-save')}</button>
          ${button(say('back'), () => actions.go({ at: 'deciders', panel }), 'back')}
        </div>
      `,
    )}
  `;
}
