import { html, nothing } from 'lit';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Template } from './api';
import type { Paper } from './draft';
import { choose, form, input, stepLine, text, tick, trouble, type Scene } from './view';

type FromTemplate = Extract<Paper, { kind: 'template' }>;
type Field = Template['fields'][number];

const kNames = ['given_name', 'surname1', 'surname2'] as const;

function labelOf({ say }: Scene, { name, required }: Field): string {
  const label = say(`desk-field-${name.replaceAll('_', '-')}`);
  return required ? label : say('desk-optional', { label });
}

function lines(scene: Scene, field: Field, value: string): Screen {
  const { say } = scene;
  const { name, type } = field;
  return html`
    <div class="field">
      <label for=${name}>${labelOf(scene, field)}</label>
      ${type === 'list' ? html`<p class="hint" id=${`${name}-hint`}>${say('desk-one-a-line')}</p>` : nothing}
      <textarea id=${name} name=${name} rows="3" autocomplete="off" aria-describedby=${type === 'list' ? `${name}-hint` : nothing} .value=${value}></textarea>
    </div>
  `;
}

/** The fields whose texts are long. */
const kLong: ReadonlySet<string> = new Set(['starting_situation', 'child_view', 'withdraw']);

function field(scene: Scene, one: Field, values: Record<string, string>): Screen {
  const { say } = scene;
  const value = values[one.name] ?? '';
  if (one.type === 'list' || kLong.has(one.name)) {
    return lines(scene, one, value);
  }
  if (one.type === 'person') {
    return html`<fieldset class="group-of">
      <legend>${labelOf(scene, one)}</legend>
      ${kNames.map((part) =>
        input(scene, { name: `${one.name}.${part}`, label: say(`desk-part-${part.replaceAll('_', '-')}`), value: values[`${one.name}.${part}`] ?? '' }),
      )}
    </fieldset>`;
  }
  const type = one.type === 'date' ? 'date' : 'text';
  const hint = one.type === 'money' ? { hint: say('desk-money') } : one.type === 'code' ? { hint: say('desk-code') } : {};
  return input(scene, { name: one.name, label: labelOf(scene, one), value, type, ...hint });
}

function items(scene: Scene, paper: FromTemplate): Screen {
  const { say } = scene;
  const { template } = paper;
  if (template.items.length === 0) {
    return html``;
  }
  return html`<fieldset class="group-of">
    <legend>${say('desk-items')}</legend>
    ${template.items.map(({ name }) => tick('item', name, say(`desk-item-${name}`), paper.items.includes(name)))}
    ${input(scene, { name: 'until', label: say('desk-items-until'), value: paper.until, type: 'date' })}
  </fieldset>`;
}

/** The fields of a template; a code is asked for only where an item needs it. */
export function fields(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { paper, title } = state.draft;
  if (paper?.kind !== 'template') {
    return html``;
  }
  const { template } = paper;
  const send = (given: FormData): void => {
    const values: Record<string, string> = {};
    for (const { name, type } of template.fields) {
      for (const part of type === 'person' ? kNames.map((one) => `${name}.${one}`) : [name]) {
        values[part] = text(given, part);
      }
    }
    actions.fill({ ...paper, language: text(given, 'rendition'), values, items: given.getAll('item').map(String), until: text(given, 'until') }, text(given, 'title'));
  };
  return html`
    ${stepLine(scene, 2)} ${heading(say(`desk-template-${template.key}`))}
    ${form(
      'fields',
      send,
      html`
        ${input(scene, { name: 'title', label: say('desk-title-label'), hint: say('desk-title-hint'), value: title })}
        ${choose('rendition', say('desk-rendition'), template.languages.map((tag) => [tag, say(`desk-rendition-${tag}`)] as const), paper.language)}
        ${template.fields.map((one) => field(scene, one, paper.values))} ${items(scene, paper)} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="continue">${say('continue')}</button>
          ${button(say('back'), () => actions.go({ at: 'paper' }), 'back')}
        </div>
      `,
    )}
  `;
}
