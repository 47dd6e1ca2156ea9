import { html, nothing } from 'lit';
import { moment } from '../ui/parts';
import { languages, sizes, skip } from '../ui/frame';
import type { TextSize } from '../ui/text_size';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Language, Say } from '../words/words';
import { kPages, type Feedback, type PageName, type Way } from './api';
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
  return html`
    <a class="skip" href="#content" @click=${skip}>${say('skip')}</a>
    <header>
      <p class="from"></p>
      ${sizes(say, state.textSize, (size) => actions.setTextSize(size))}
      ${languages(say, state.language, (chosen) => actions.setLanguage(chosen))}
      <button type="button" class="small exit" data-act="exit" title=${say('quick-exit-hint')} @click=${actions.leave}>
        ${say('quick-exit')}
      </button>
    </header>
    <main id="content" data-at=${state.step.at} aria-busy=${state.busy}>${screen(scene)}</main>
  `;
}

function screen(scene: Scene): Screen {
  const { step } = scene.state;
  switch (step.at) {
    case 'statement':
      return statement(scene);
    case 'form':
      return form(scene);
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

function given(form: FormData, name: string): string {
  // A browser sends each end of a line as two characters.
  return String(form.get(name) ?? '').replaceAll('\r\n', '\n').trim();
}

function form(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const wrong = state.trouble !== null;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const sent = new FormData(event.currentTarget as HTMLFormElement);
    const page = kPages.find((one) => one === given(sent, 'page'));
    const contact = given(sent, 'contact');
    const way = given(sent, 'way') as Way;
    actions.send({ text: given(sent, 'text'), way, ...(page === undefined ? {} : { page }), ...(way === 'none' || contact === '' ? {} : { contact }) });
  };
  const option = (one: PageName): Screen => html`<option value=${one} ?selected=${state.from === one}>${say(`accessibility-page-${one}`)}</option>`;
  return html`
    ${heading(say('accessibility-tell'))}
    <p>${say('accessibility-tell-text')}</p>
    <form class="fields" name="feedback" novalidate @submit=${submit}>
      <div class="field">
        <label for="text">${say('accessibility-text')}</label>
        <p class="hint" id="text-hint">${say('accessibility-text-hint')}</p>
        <textarea
          id="text"
          name="text"
          rows="6"
          maxlength="2000"
          autocomplete="off"
          required
          aria-describedby=${wrong ? 'text-hint trouble' : 'text-hint'}
          aria-invalid=${state.trouble === 'accessibility-text-missing'}
        ></textarea>
      </div>
      <div class="field">
        <label for="page-name">${say('accessibility-page')}</label>
        <select id="page-name" name="page">
          <option value="">${say('accessibility-page-none')}</option>
          ${kPages.map(option)}
        </select>
      </div>
      <fieldset class="field">
        <legend>${say('accessibility-way')}</legend>
        ${(['none', 'phone', 'post'] as const).map(
          (way) => html`<label class="tick"><input type="radio" name="way" value=${way} ?checked=${way === 'none'} /><span>${say(`accessibility-way-${way}`)}</span></label>`,
        )}
      </fieldset>
      <div class="field">
        <label for="contact">${say('accessibility-where')}</label>
        <p class="hint" id="contact-hint">${say('accessibility-where-hint')}</p>
        <textarea
          id="contact"
          name="contact"
          rows="2"
          maxlength="200"
          autocomplete="off"
          aria-describedby=${wrong ? 'contact-hint trouble' : 'contact-hint'}
          aria-invalid=${state.trouble === 'accessibility-where-missing'}
        ></textarea>
      </div>
      <p class="complaint" role="alert" id="trouble">${state.trouble === null ? nothing : say(state.trouble)}</p>
      <div class="two">
        <button type="submit" class="big" data-act="send" ?disabled=${state.busy}>${say('accessibility-send')}</button>
        ${button(say('back'), () => actions.go({ at: 'statement' }), 'back')}
      </div>
    </form>
  `;
}

function sent({ say, state, actions }: Scene, { received }: Step & { at: 'sent' }): Screen {
  return html`
    ${heading(say('accessibility-sent'))}
    <p>${say('accessibility-sent-text', { code: received.reference.toUpperCase(), date: moment(received.dueAt, state.language, false) })}</p>
    <div class="two">${button(say('accessibility-back'), () => actions.go({ at: 'statement' }), 'back')}</div>
  `;
}
