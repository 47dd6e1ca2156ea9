import { html, nothing } from 'lit';
import type { Say } from '../../words/words';
import { gapIn, isEmpty, kAlone, kMostQuestions, kNoNotes, kPresences, type NotesDraft, type NotesGap, type Question } from '../notes';
import { answers, button, complaint, heading } from './parts';
import type { Scene, Screen } from './screen';

/** As many letters as surely fit into the service's octets, whatever the script. */
const kLongestText = 500;
const kLongestName = 100;

/** Notes that somebody is making: whoever accompanies the person before the tablet is theirs, or the person. */
export interface Noting {
  say: Say;
  notes: NotesDraft;
  missing: NotesGap | null;
  /** At once, so that no letter is lost. */
  change: (notes: NotesDraft) => void;
  /** A field was left: what is in it may be written down. */
  left?: () => void;
  /** On with the notes as they are; `gap`: what keeps them from being whole. */
  done: (gap: NotesGap | null) => void;
}

/** The one screen for what was asked and who helped. */
export function noting(at: Noting): Screen {
  const { say, notes, missing, change } = at;
  return html`
    ${heading(say('notes-heading'))}
    <p>${say('notes-text')}</p>
    ${notes.questions.map((one, index) => question(at, one, index))}
    ${notes.questions.length === kMostQuestions
      ? nothing
      : html`<div class="two">
          ${button(say('notes-add'), () => change({ ...notes, questions: [...notes.questions, { asked: '', answered: '' }] }), 'add-question')}
        </div>`}
    ${helpers(at)}
    ${answers({
      name: 'spoke-alone',
      legend: say('notes-alone'),
      options: kAlone.map((value) => ({ value, text: say(`notes-alone-${value}`) })),
      chosen: notes.spokeAlone ?? undefined,
      choose: (spokeAlone) => change({ ...notes, spokeAlone }),
    })}
    ${complaint(missing !== null, say(`notes-missing-${missing ?? 'alone'}`))}
    <div class="two">
      ${button(say('continue'), () => at.done(gapIn(notes)), 'continue')}
      ${isEmpty(notes) ? nothing : button(say('notes-clear'), () => change(kNoNotes), 'clear-notes')}
    </div>
  `;
}

/** The same on the person's own page. */
export function notes({ say, state, flow }: Scene): Screen {
  const { step } = state;
  if (step.at !== 'notes') {
    return html``;
  }
  return noting({
    say,
    notes: state.notes,
    missing: step.missing,
    change: (draft) => flow.setNotes(draft),
    left: () => flow.keep(),
    done: (gap) => flow.leaveNotes(gap),
  });
}

/** The way to the notes; it says whether there are some. */
export function toNotes({ say, state, flow }: Scene): Screen {
  return html`<button type="button" class="small" data-act="notes" @click=${() => flow.openNotes()}>
    ${say(isEmpty(state.notes) ? 'notes-open' : 'notes-made')}
  </button>`;
}

function question(at: Noting, one: Question, index: number): Screen {
  const { say, notes, change } = at;
  const put = (part: Partial<Question>): void =>
    change({ ...notes, questions: notes.questions.map((other, place) => (place === index ? { ...other, ...part } : other)) });
  return html`
    <fieldset class="card noted">
      <legend>${say('notes-question', { index: index + 1 })}</legend>
      ${long(at, `asked-${index}`, say('notes-asked'), one.asked, (asked) => put({ asked }))}
      ${long(at, `answered-${index}`, say('notes-answered'), one.answered, (answered) => put({ answered }))}
      <button
        type="button"
        class="small"
        data-act="remove-question"
        @click=${() => change({ ...notes, questions: notes.questions.filter((_, place) => place !== index) })}
      >
        ${say('notes-remove', { index: index + 1 })}
      </button>
    </fieldset>
  `;
}

function helpers(at: Noting): Screen {
  const { say, notes, change } = at;
  const { interpreter, supportPerson } = notes;
  return html`
    ${tick('interpreter', say('notes-interpreter'), interpreter !== null, (there) =>
      change({ ...notes, interpreter: there ? { name: '', language: '', presence: null } : null }),
    )}
    ${interpreter === null
      ? nothing
      : html`<fieldset class="card noted">
          <legend>${say('notes-interpreter')}</legend>
          ${short(at, 'interpreter-name', say('notes-name'), interpreter.name, (name) => change({ ...notes, interpreter: { ...interpreter, name } }))}
          ${short(at, 'interpreter-language', say('notes-language'), interpreter.language, (language) =>
            change({ ...notes, interpreter: { ...interpreter, language } }),
          )}
          ${answers({
            name: 'presence',
            legend: say('notes-presence'),
            options: kPresences.map((value) => ({ value, text: say(`notes-presence-${value}`) })),
            chosen: interpreter.presence ?? undefined,
            choose: (presence) => change({ ...notes, interpreter: { ...interpreter, presence } }),
          })}
        </fieldset>`}
    ${tick('support', say('notes-support'), supportPerson !== null, (there) =>
      change({ ...notes, supportPerson: there ? { name: '', relation: '' } : null }),
    )}
    ${supportPerson === null
      ? nothing
      : html`<fieldset class="card noted">
          <legend>${say('notes-support')}</legend>
          ${short(at, 'support-name', say('notes-name'), supportPerson.name, (name) => change({ ...notes, supportPerson: { ...supportPerson, name } }))}
          ${short(at, 'support-relation', say('notes-relation'), supportPerson.relation, (relation) =>
            change({ ...notes, supportPerson: { ...supportPerson, relation } }),
          )}
        </fieldset>`}
  `;
}

/** Yes or not, as large as an answer. */
export function tick(name: string, text: string, checked: boolean, change: (checked: boolean) => void): Screen {
  return html`<label class="answer">
    <input
      type="checkbox"
      name=${name}
      .checked=${checked}
      @change=${(event: Event) => change((event.currentTarget as HTMLInputElement).checked)}
    />
    <span>${text}</span>
  </label>`;
}

/** Somebody's words or name; nothing of it is remembered by the browser. */
function long({ left }: Noting, id: string, label: string, value: string, put: (value: string) => void): Screen {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <textarea
      id=${id}
      rows="3"
      maxlength=${kLongestText}
      autocomplete="off"
      .value=${value}
      @change=${() => left?.()}
      @input=${(event: Event) => put((event.currentTarget as HTMLTextAreaElement).value)}
    ></textarea>
  </div>`;
}

export function short({ left }: { left?: () => void }, id: string, label: string, value: string, put: (value: string) => void): Screen {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      type="text"
      maxlength=${kLongestName}
      autocomplete="off"
      spellcheck="false"
      .value=${value}
      @change=${() => left?.()}
      @input=${(event: Event) => put((event.currentTarget as HTMLInputElement).value)}
    />
  </div>`;
}
