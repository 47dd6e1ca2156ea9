import { html, nothing } from 'lit';
import { frame, languages, sizes } from '../ui/frame';
import type { TextSize } from '../ui/text_size';
import { button, complaint, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { sayMoment } from '../words/dates';
import type { Language, Say } from '../words/words';
import type { Line, Slip } from './slip';
import type { State } from './state';

export interface Actions {
  enter(typed: string): void;
  ask(lines: readonly string[] | null): void;
  take(lines: readonly string[]): void;
  save(): void;
  back(): void;
  another(): void;
  setTextSize(size: TextSize): void;
  setLanguage(language: Language): void;
}

export interface Scene {
  say: Say;
  state: State;
  language: Language;
  actions: Actions;
}

export function page(scene: Scene, leave: () => void): Screen {
  const { say, state, language, actions } = scene;
  return frame(
    {
      say,
      page: 'slip',
      at: state.step.at,
      from: say('slip-title'),
      tools: [
        sizes(say, state.textSize, (size) => actions.setTextSize(size)),
        languages(say, language, (chosen) => actions.setLanguage(chosen)),
      ],
      leave,
    },
    screen(scene),
  );
}

function screen(scene: Scene): Screen {
  const { say, state } = scene;
  switch (state.step.at) {
    case 'code':
      return enter(scene);
    case 'working':
      return html`<div class="waiting" aria-busy="true">
        ${heading(say('opening'))}<span class="dots" aria-hidden="true"></span>
      </div>`;
    case 'slip':
      return slip(scene, state.step.slip, state.step.asking);
    case 'done':
      return done(scene);
    case 'problem':
      return problem(scene);
  }
}

function enter({ say, state, actions }: Scene): Screen {
  const mistake = state.step.at === 'code' ? state.step.mistake : null;
  const send = (event: Event): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('code');
    actions.enter((field as HTMLInputElement).value);
  };
  return html`
    ${heading(say('slip-enter'))}
    <p>${say('slip-enter-text')}</p>
    <form class="card" novalidate @submit=${send}>
      <label for="code">${say('slip-code')}</label>
      <input
        id="code"
        name="code"
        type="text"
        class="typed"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        aria-describedby="code-says"
        aria-invalid=${mistake !== null}
        .value=${mistake?.typed ?? ''}
      />
      <div id="code-says">${complaint(mistake !== null, say(`check-code-${mistake?.fault ?? 'incomplete'}`))}</div>
      <button type="submit" class="big" data-act="continue">${say('continue')}</button>
    </form>
  `;
}

/** What stands on the slip; each decision with the way to take it back, which asks once on the same screen. */
function slip(scene: Scene, shown: Slip, asking: readonly string[] | null): Screen {
  const { say, actions } = scene;
  const open = shown.lines.filter(({ may }) => may !== null).map(({ id }) => id);
  const all = asking !== null && asking.length > 1;
  return html`
    ${heading(say('slip-heading'))}
    <p>${say(`slip-ending-${shown.ending}`, { date: day(scene, shown.at) })}</p>
    ${shown.lines.map((line, index) => decision(scene, line, index, asking))}
    ${open.length > 1 && !all
      ? html`<div class="two">${button(say('slip-all'), () => actions.ask(open), 'all')}</div>`
      : nothing}
    ${all ? html`<div class="card">${confirm(scene, asking, 'slip-all')}</div>` : nothing}
    ${open.length === 0 ? html`<p>${say('slip-nothing')}</p>` : nothing}
    <p>${say('slip-other-ways')}</p>
    ${keep(scene)}
  `;
}

function decision(scene: Scene, line: Line, index: number, asking: readonly string[] | null): Screen {
  const { say, actions } = scene;
  const { may } = line;
  const asked = asking?.length === 1 && asking[0] === line.id;
  return html`
    <section class="card" data-line=${line.id}>
      <h2>${line.text ?? say('slip-line', { index: index + 1 })}</h2>
      <p><strong>${say(wordsOf(line))}.</strong> ${until(scene, line)}</p>
      ${may === null
        ? nothing
        : asked
          ? confirm(scene, [line.id], `slip-${may}`)
          : button(say(`slip-${may}`), () => actions.ask([line.id]), may)}
    </section>
  `;
}

/** "Ja no hi dono permís" once more, with what it means; none of the two ways out is a better one. */
function confirm({ say, actions }: Scene, lines: readonly string[], act: string): Screen {
  return html`
    <div class="asking" role="group" aria-labelledby="asking">
      <p id="asking" tabindex="-1" data-asking><strong>${say('slip-sure')}</strong> ${say('slip-sure-text')}</p>
      <div class="two">
        ${button(say(act), () => actions.take(lines), 'confirm')}
        ${button(say('back'), () => actions.ask(null), 'back')}
      </div>
    </div>
  `;
}

function done(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { step } = state;
  if (step.at !== 'done') {
    return html``;
  }
  const more = step.slip.lines.some(({ may }) => may !== null);
  return html`
    ${heading(say('slip-done'))}
    <p>${say('slip-done-text', { date: minute(scene, step.time) })}</p>
    ${step.slip.lines.map((line, index) =>
      step.taken.includes(line.id)
        ? html`<section class="card" data-line=${line.id}>
            <h2>${line.text ?? say('slip-line', { index: index + 1 })}</h2>
            <p><strong>${say(wordsOf(line))}</strong></p>
          </section>`
        : nothing,
    )}
    ${more ? html`<div class="two">${button(say('slip-see-rest'), () => actions.back(), 'rest')}</div>` : nothing}
    ${keep(scene)}
  `;
}

/** The sealed paper with what holds now, for whoever wants to keep it on this phone. */
function keep({ say, state, actions }: Scene): Screen {
  return html`
    <div class="two">${button(say('slip-save'), () => actions.save(), 'save')}</div>
    <p role="status">${state.saving === null ? nothing : say(`slip-save-${state.saving}`)}</p>
  `;
}

function problem({ say, state, actions }: Scene): Screen {
  const { step } = state;
  if (step.at !== 'problem') {
    return html``;
  }
  const { kind, reference } = step.failure;
  const known = kind === 'offline' || kind === 'busy' || kind === 'link' ? kind : 'server';
  return html`
    ${heading(say(`slip-problem-${known}`))}
    <p>${say(`slip-problem-${known}-text`)}</p>
    <div class="two">
      ${known === 'link' ? nothing : button(say('try-again'), step.retry, 'retry')}
      ${button(say('slip-another'), () => actions.another(), 'another')}
    </div>
    ${reference.requestId === undefined
      ? nothing
      : html`<p class="reference">${say('problem-reference')} <b>${reference.requestId}</b></p>`}
  `;
}

/** The words of what holds now: of what was decided, or of having taken it back. */
function wordsOf({ choice, state, may }: Line): string {
  if (may === null && (choice === 'grant' || choice === 'informed')) {
    return state === 'opposed' ? 'slip-object' : state === 'withdrawn' || state === 'refused' ? 'slip-withdraw' : `choice-${choice}`;
  }
  return choice === 'withdraw' ? 'slip-withdraw' : `choice-${choice}`;
}

function until(scene: Scene, { until: end, may }: Line): string {
  return end === null || may === null ? '' : scene.say('item-until', { date: day(scene, end) });
}

function day({ language }: Scene, time: string): string {
  return sayMoment(time, language);
}

function minute({ language }: Scene, time: string): string {
  return sayMoment(time, language, 'short');
}
