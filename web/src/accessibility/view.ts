import { html, nothing } from 'lit';
import { area, choose, form, text } from '../ui/fields';
import { frame, kPages, languages, sizes } from '../ui/frame';
import { moment } from '../ui/parts';
import type { TextSize } from '../ui/text_size';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Language, Say } from '../words/words';
import type { Feedback, Way } from './api';
import type { State, Step } from './state';

/** When the statement was prepared, and looked through last. */
const kPrepared = '2026-11-26T12:00:00Z';
/** What is known not to be accessible, in the order of the statement. */
const kGaps = ['papers', 'foreign', 'choices', 'aloud', 'plain', 'aranese'] as const;

export interface Actions {
  go(step: Step): void;
  send(feedback: Feedback): void;
  setTextSize(size: TextSize): void;
  setLanguage(language: Language): void;
  leave(): void;
}

export interface Scene {
  say: Say;
  state: State;
  actions: Actions;
}

export function page(scene: Scene): Screen {
  const { say, state, actions } = scene;
  return frame(
    {
      say,
      page: null,
      at: state.step.at,
      busy: state.busy,
      tools: [
        sizes(say, state.textSize, (size) => actions.setTextSize(size)),
        languages(say, state.language, (chosen) => actions.setLanguage(chosen)),
      ],
      leave: actions.leave,
    },
    screen(scene),
  );
}

function screen(scene: Scene): Screen {
  const { step } = scene.state;
  switch (step.at) {
    case 'statement':
      return statement(scene);
    case 'form':
      return tell(scene);
    case 'sent':
      return sent(scene, step);
  }
}

function statement(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const organisation = state.organisation?.organisation ?? say('accessibility-us');
  const telephone = state.organisation?.telephone ?? null;
  const date = moment(kPrepared, state.language, false);
  return html`
    ${heading(say('accessibility-heading'))}
    <p>${say('accessibility-promise', { organisation })}</p>
    <h2>${say('accessibility-status')}</h2>
    <p>${say('accessibility-status-text')}</p>
    <h2>${say('accessibility-gaps')}</h2>
    <h3>${say('accessibility-gaps-standard')}</h3>
    <ul class="plain">
      ${kGaps.map((gap) => html`<li>${say(`accessibility-gap-${gap}`)}</li>`)}
    </ul>
    <h3>${say('accessibility-burden')}</h3>
    <p>${say('accessibility-burden-text')}</p>
    <h3>${say('accessibility-outside')}</h3>
    <p>${say('accessibility-outside-text')}</p>
    <h2>${say('accessibility-prepared')}</h2>
    <p>${say('accessibility-prepared-text', { date })}</p>
    <h2>${say('accessibility-contact')}</h2>
    <p>${say('accessibility-contact-text')}</p>
    <div class="two">${button(say('accessibility-tell'), () => actions.go({ at: 'form' }), 'tell')}</div>
    <p>${telephone === null ? say('accessibility-voice') : say('accessibility-voice-telephone', { code: telephone })}</p>
    <h2>${say('accessibility-enforce')}</h2>
    <p>${say('accessibility-enforce-text')}</p>
  `;
}

function tell(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const submit = (given: FormData): void => {
    const page = kPages.find((one) => one === text(given, 'page-name'));
    const contact = text(given, 'contact').trim();
    const way = text(given, 'way') as Way;
    actions.send({ text: text(given, 'text').trim(), way, ...(page === undefined ? {} : { page }), ...(way === 'none' || contact === '' ? {} : { contact }) });
  };
  const pages = [['', say('accessibility-page-none')], ...kPages.map((one) => [one, say(`accessibility-page-${one}`)] as const)] as const;
  return html`
    ${heading(say('accessibility-tell'))}
    <p>${say('accessibility-tell-text')}</p>
    ${form(
      'feedback',
      submit,
      html`
        ${area(scene, {
          name: 'text',
          label: say('accessibility-text'),
          hint: say('accessibility-text-hint'),
          rows: 6,
          max: 2000,
          wrong: state.trouble === 'accessibility-text-missing',
        })}
        ${choose('page-name', say('accessibility-page'), pages, state.from ?? '')}
        <fieldset class="field">
          <legend>${say('accessibility-way')}</legend>
          ${(['none', 'phone', 'post'] as const).map(
            (way) => html`<label class="tick"><input type="radio" name="way" value=${way} ?checked=${way === 'none'} /><span>${say(`accessibility-way-${way}`)}</span></label>`,
          )}
        </fieldset>
        ${area(scene, {
          name: 'contact',
          label: say('accessibility-where'),
          hint: say('accessibility-where-hint'),
          rows: 2,
          max: 200,
          wrong: state.trouble === 'accessibility-where-missing',
        })}
        <p class="complaint" role="alert" id="trouble">${state.trouble === null ? nothing : say(state.trouble)}</p>
        <div class="two">
          <button type="submit" class="big" data-act="send" ?disabled=${state.busy}>${say('accessibility-send')}</button>
          ${button(say('back'), () => actions.go({ at: 'statement' }), 'back')}
        </div>
      `,
    )}
  `;
}

function sent({ say, state, actions }: Scene, { received }: Step & { at: 'sent' }): Screen {
  return html`
    ${heading(say('accessibility-sent'))}
    <p>${say('accessibility-sent-text', { code: received.reference.toUpperCase(), date: moment(received.dueAt, state.language, false) })}</p>
    <div class="two">${button(say('accessibility-back'), () => actions.go({ at: 'statement' }), 'back')}</div>
  `;
}
