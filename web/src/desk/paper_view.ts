import { html } from 'lit';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { form, input, stepLine, text, trouble, type Scene } from './view';

/** A PDF of one's own, or one of the templates. */
export function paper(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const send = (given: FormData): void => {
    const file = given.get('pdf');
    actions.takeFile(file instanceof File && file.size > 0 ? file : null, text(given, 'title'));
  };
  return html`
    ${stepLine(scene, 2)} ${heading(say('desk-paper'))} ${trouble(scene)}
    <div class="card">
      <h2>${say('desk-templates')}</h2>
      <div class="two">
        ${state.templates?.templates.map(({ key }) => button(say(`desk-template-${key}`), () => actions.openTemplate(key), `template-${key}`))}
      </div>
    </div>
    <div class="card">
      <h2>${say('desk-pdf')}</h2>
      ${form(
        'pdf',
        send,
        html`
          <div class="field">
            <label for="pdf">${say('desk-file')}</label>
            <input id="pdf" name="pdf" type="file" accept="application/pdf,.pdf" />
          </div>
          ${input(scene, { name: 'title', label: say('desk-title-label'), hint: say('desk-title-hint'), value: state.draft.title })}
          <button type="submit" class="big" data-act="use-file">${say('desk-file-go')}</button>
        `,
      )}
    </div>
    <div class="two">${button(say('back'), () => actions.go({ at: 'who' }), 'back')}</div>
  `;
}
