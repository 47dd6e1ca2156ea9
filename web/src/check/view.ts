import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { TextSize } from '../ui/text_size';
import { frame, languages, sizes } from '../ui/frame';
import { button, complaint, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Language, Say } from '../words/words';
import type { State } from './state';
import { codeVerdict } from './code_view';
import { verdict } from './verdict_view';

export interface Actions {
  check(files: readonly File[]): void;
  checkCode(): void;
  again(): void;
  typeCode(typed: string): void;
  setTextSize(size: TextSize): void;
  setLanguage(language: Language): void;
}

export interface Scene {
  say: Say;
  state: State;
  language: Language;
  actions: Actions;
}

export function page(scene: Scene): Screen {
  const { say, state, language, actions } = scene;
  return frame(
    {
      say,
      page: 'check',
      at: state.step.at,
      from: say('check-title'),
      tools: [
        sizes(say, state.textSize, (size) => actions.setTextSize(size)),
        languages(say, language, (chosen) => actions.setLanguage(chosen)),
      ],
    },
    screen(scene),
  );
}

function screen(scene: Scene): Screen {
  const { say, state } = scene;
  switch (state.step.at) {
    case 'choose':
      return choose(scene, state.step.wrong);
    case 'working':
      return html`<div class="waiting" aria-busy="true">
        ${heading(say('check-working'))}<span class="dots" aria-hidden="true"></span>
        ${button(say('check-stop'), () => scene.actions.again(), 'stop')}
      </div>`;
    case 'verdict':
      return verdict(scene, state.step.verdict, state.step.lone);
    case 'code':
      return codeVerdict(scene, state.step.verdict);
    case 'problem':
      return problem(scene);
  }
}

function choose({ say, state, actions }: Scene, wrong: boolean): Screen {
  return html`
    ${heading(say('check-heading'))}
    <p>${say('check-intro')}</p>
    <p>${say('check-kinds')}</p>
    <div class="card">
      <label for="code">${say('check-code-type')}</label>
      <input
        id="code"
        type="text"
        class="typed"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        aria-describedby="code-says"
        aria-invalid=${state.mistake !== null}
        .value=${live(state.code ?? state.mistake?.typed ?? '')}
        @change=${(event: Event) => actions.typeCode((event.target as HTMLInputElement).value)}
      />
      <div id="code-says">
        ${complaint(state.mistake !== null, say(`check-code-${state.mistake?.fault ?? 'incomplete'}`))}
        ${state.code === null ? nothing : html`<p>${say('check-code-intro')}</p>`}
      </div>
      ${state.code === null ? nothing : button(say('check-code-ask'), () => actions.checkCode(), 'check-code')}
    </div>
    ${complaint(wrong, say('check-one-file'))}
    <label class="drop">
      <input
        type="file"
        class="unseen"
        multiple
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          const files = [...(input.files ?? [])];
          input.value = '';
          if (files.length > 0) {
            actions.check(files);
          }
        }}
      />
      <strong>${say('check-choose')}</strong>
      <span>${say('check-drop')}</span>
    </label>
    <p>${say('check-not-kept')}</p>
  `;
}

function problem({ say, state, actions }: Scene): Screen {
  const { step } = state;
  if (step.at !== 'problem') {
    return html``;
  }
  const { kind, reference } = step.failure;
  const known = kind === 'offline' || kind === 'busy' || kind === 'refused' ? kind : 'server';
  return html`
    ${heading(say(`check-problem-${known}`))}
    <p>${say(`check-problem-${known}-text`)}</p>
    <div class="two">
      ${known === 'refused' ? nothing : button(say('try-again'), step.retry, 'retry')}
      ${button(say('check-another'), () => actions.again(), 'again')}
    </div>
    ${reference.requestId === undefined
      ? nothing
      : html`<p class="reference">${say('problem-reference')} <b>${reference.requestId}</b></p>`}
  `;
}
