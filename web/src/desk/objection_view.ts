import { html } from 'lit';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { representativeName } from './deciders_view';
import { kObjectionChannels, type Objection, type Representation, type Scope } from './representations';
import { namedScopes } from './scopes';
import type { Panel } from './state';
import { area, choose, form, input, text, trouble, type Scene } from './view';

const kParts = ['purpose', 'category', 'recipient'] as const satisfies readonly (keyof Scope)[];
/** What is chosen where no paper made here names it. */
const kCodes = 'codes';

/** What can be objected to, by what is sent for it: everything, what papers ask, or what codes say. */
function scopes({ say, state }: Scene): (readonly [string, string])[] {
  const named = namedScopes(state.templates?.templates ?? []).map(
    ({ template, item, scope }) => [JSON.stringify(scope), `${say(`desk-template-${template}`)}: ${say(item === null ? 'desk-objection-all-of-it' : `desk-item-${item}`)}`] as const,
  );
  return [[JSON.stringify({}), say('desk-objection-everything')], ...named, [kCodes, say('desk-objection-codes')]];
}

function scopeIn(given: FormData): Partial<Scope> {
  const chosen = text(given, 'scope');
  const typed = kParts.flatMap((part) => (text(given, part).trim() === '' ? [] : [[part, text(given, part).trim()]]));
  return chosen === kCodes ? (Object.fromEntries(typed) as Partial<Scope>) : (JSON.parse(chosen) as Partial<Scope>);
}

/** The message itself, where there is one: kept as a paper of the service. */
function message({ say }: Scene): Screen {
  return html`<div class="field">
    <label for="message">${say('desk-optional', { label: say('desk-objection-message') })}</label>
    <input id="message" name="message" type="file" accept="application/pdf,.pdf" />
  </div>`;
}

function fileIn(given: FormData): File | null {
  const file = given.get('message');
  return file instanceof File && file.size > 0 ? file : null;
}

/** Somebody who has parental authority is against what another one allows, or allowed. */
export function objecting(scene: Scene, panel: Panel, one: Representation): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('desk-objection-say'))}
    <p><strong>${representativeName(scene, one)}</strong> ${say('desk-represents', { name: panel.person.name })}</p>
    <p>${say('desk-objection-text')}</p>
    ${form(
      'objecting',
      (given) => {
        const channel = kObjectionChannels.find((way) => way === text(given, 'channel')) ?? 'counter';
        actions.object(panel, one, { scope: scopeIn(given), channel, receivedAt: text(given, 'received'), reason: text(given, 'reason').trim() }, fileIn(given));
      },
      html`
        ${choose('channel', say('desk-objection-channel'), kObjectionChannels.map((way) => [way, say(`desk-channel-${way}`)] as const), 'email')}
        ${input(scene, { name: 'received', label: say('desk-objection-received'), value: '', type: 'date' })}
        ${area(scene, { name: 'reason', label: say('desk-objection-said'), hint: say('desk-protect-reason-hint'), rows: 3, max: 1000 })}
        ${choose('scope', say('desk-objection-scope'), scopes(scene), JSON.stringify({}))}
        <fieldset class="group-of">
          <legend>${say('desk-objection-by-codes')}</legend>
          <p class="hint">${say('desk-objection-scope-hint')}</p>
          ${kParts.map((part) => input(scene, { name: part, label: say(`desk-objection-${part}`), value: '' }))}
        </fieldset>
        ${message(scene)} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="save" ?disabled=${state.busy}>${say('desk-objection-save')}</button>
          ${button(say('back'), () => actions.go({ at: 'deciders', panel }), 'back')}
        </div>
      `,
    )}
  `;
}

/** It ends by whoever said it, or by a judgment. */
export function objectionEnd(scene: Scene, panel: Panel, one: Objection, name: string): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('desk-objection-end'))}
    <p><strong>${name}</strong></p>
    <p>${say('desk-objection-end-text')}</p>
    ${form(
      'objection-end',
      (given) => actions.endObjection(panel, one, { by: (text(given, 'by') || null) as 'holder' | 'judgment' | null, reason: text(given, 'reason').trim() }, fileIn(given)),
      html`
        <fieldset class="field">
          <legend>${say('desk-objection-by')}</legend>
          ${(['holder', 'judgment'] as const).map(
            (by) => html`<label class="tick"><input type="radio" name="by" value=${by} /><span>${say(`desk-objection-by-${by}`)}</span></label>`,
          )}
        </fieldset>
        ${area(scene, { name: 'reason', label: say('desk-protect-reason'), hint: say('desk-protect-reason-hint'), rows: 3, max: 1000 })} ${message(scene)} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="save" ?disabled=${state.busy}>${say('desk-save')}</button>
          ${button(say('back'), () => actions.go({ at: 'deciders', panel }), 'back')}
        </div>
      `,
    )}
  `;
}
