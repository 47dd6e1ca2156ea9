import { html } from 'lit';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { kBirthDateSeen, type BirthDate, type BirthDateSeen } from './representations';
import type { Panel } from './state';
import { area, choose, form, input, text, trouble, type Scene } from './view';

/** A birth date, and what it was read from. */
export function birthDateFields(scene: Scene, label: string, known: string | null = null): Screen {
  const { say } = scene;
  return html`
    ${input(scene, { name: 'birth-date', label, hint: say('desk-birth-date-hint'), value: known ?? '', type: 'date' })}
    ${choose(
      'birth-date-seen',
      say('desk-birth-date-seen'),
      kBirthDateSeen.map((seen) => [seen, say(`desk-birth-date-${seen}`)] as const),
      'id-document',
    )}
  `;
}

/** What was given there; null without a date. */
export function birthDateIn(given: FormData): BirthDate | null {
  const birthDate = text(given, 'birth-date');
  return birthDate === '' ? null : { birthDate, seen: text(given, 'birth-date-seen') as BirthDateSeen };
}

/** A birth date that was not known, or was wrong. */
export function birthDate(scene: Scene, panel: Panel): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('desk-birth-date'))}
    <p><strong>${panel.person.name}</strong></p>
    <p>${say('desk-birth-date-text')}</p>
    ${form(
      'birth-date',
      (given) => {
        const said = birthDateIn(given);
        const reason = text(given, 'reason').trim();
        actions.saveBirthDate(panel, said === null || reason === '' ? said : { ...said, reason });
      },
      html`
        ${birthDateFields(scene, say('desk-birth-date'), panel.deciders.person.birthDate)}
        ${area(scene, { name: 'reason', label: say('desk-optional', { label: say('desk-protect-reason') }), hint: say('desk-birth-date-reason-hint'), rows: 2, max: 1000, wrong: false })}
        ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="save" ?disabled=${state.busy}>${say('desk-save')}</button>
          ${button(say('back'), () => actions.go({ at: 'deciders', panel }), 'back')}
        </div>
      `,
    )}
  `;
}
