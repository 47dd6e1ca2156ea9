import { html, nothing } from 'lit';
import { frame, languages, sizes } from '../ui/frame';
import type { TextSize } from '../ui/text_size';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Language, Say } from '../words/words';
import type { Asked, NewPerson, Person, RequestState, Search } from './api';
import type { Draft, Paper } from './draft';
import { fields } from './fields_view';
import { cancelling, list, reading } from './list_view';
import { link, made } from './made_view';
import { paper } from './paper_view';
import { newcomer, who } from './person_view';
import type { Panel, State, Step } from './state';
import type { AnsweringActions } from './answering';
import { birthDate } from './birth_date_view';
import { deciders } from './deciders_view';
import { objecting, objectionEnd } from './objection_view';
import { confiding, protecting, protections, protectSure, unprotecting } from './protect_view';
import type { ProtectingActions } from './protecting';
import { lookForRepresentative, powerState, represent } from './represent_view';
import type { RepresentingActions } from './representing';
import { review } from './reviews_view';
import { compose, composeSure } from './compose_view';
import { correction, feedback, tasks } from './tasks_view';
import type { VisitActions } from './visiting';
import type { VoidingActions } from './voiding';
import { visits } from './visits_view';
import { ways } from './ways_view';
import type { Chosen } from './who_signs';
import { whoSigns } from './who_signs_view';
import { sayingWrong, wrongSigner, wrongSigners } from './wrong_view';

export { area, choose, form, input, text, tick } from '../ui/fields';

export interface Actions extends VisitActions, VoidingActions, ProtectingActions, RepresentingActions, AnsweringActions {
  list(): void;
  more(): void;
  filter(state: RequestState | null): void;
  begin(): void;
  go(step: Step): void;
  find(search: Search): void;
  add(person: Person): void;
  remove(index: number): void;
  /** `panel`: whom they are to represent. */
  makePerson(person: NewPerson, panel?: Panel): void;
  toPaper(): void;
  takeFile(file: File | null, title: string): void;
  openTemplate(key: string): void;
  fill(paper: Extract<Paper, { kind: 'template' }>, title: string): void;
  chooseSigners(chosen: ReadonlyMap<string, Chosen>): void;
  make(draft: Draft): void;
  renew(asked: Asked): void;
  cancel(asked: Asked): void;
  confirmCancel(): void;
  read(asked: Asked): void;
  download(asked: Asked): void;
  voidRecord(asked: Asked): void;
  print(): void;
  saveToSign(asked: Asked): void;
  signFor(asked: Asked, certificate: File | null, signature: File | null): void;
  unreadable(): void;
  setAsText(asText: boolean): void;
  handOver(link: string): void;
  askAnew(about: { id: string; personId: string; personName: string }): void;
  logOut(): void;
  setTextSize(size: TextSize): void;
  setLanguage(language: Language): void;
  retry(): void;
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
      page: 'desk',
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

/** What went wrong, announced. */
export function trouble({ say, state }: Scene): Screen {
  if (state.trouble === null) {
    return html`<p class="complaint" role="alert" id="trouble">${nothing}</p>`;
  }
  const { words, about } = state.trouble;
  const named = words === 'desk-field-missing' ? say(`desk-field-${about.replaceAll('_', '-')}`) : words === 'desk-place-missing' ? say(`desk-place-${about}`) : about;
  return html`<p class="complaint" role="alert" id="trouble">${say(words, { about: named })}</p>`;
}

/** Where in the preparation somebody is. */
export function stepLine({ say }: Scene, step: 1 | 2 | 3): Screen {
  return html`<p class="step">${say('desk-step', { step })}</p>`;
}

function screen(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { step } = state;
  switch (step.at) {
    case 'opening':
      return html`<div class="waiting" aria-busy=${state.busy}>
        ${heading(say('opening'))}<span class="dots" aria-hidden="true"></span>${trouble(scene)}
        ${state.busy ? nothing : button(say('try-again'), () => actions.retry(), 'retry')}
      </div>`;
    case 'login':
      return html`
        ${heading(say('desk-heading'))}
        <p>${say(step.over ? 'login-over' : 'desk-login')}</p>
        <div class="two"><a class="big link" href="/login" data-act="login-page">${say('login-go')}</a></div>
      `;
    case 'nobody':
      return html`
        ${heading(say('desk-heading'))}
        <p>${say('desk-nobody')}</p>
        <div class="two"><a class="big link" href="/login" data-act="login-page">${say('mine-login-page')}</a></div>
      `;
    case 'list':
      return list(scene);
    case 'who':
      return who(scene);
    case 'newcomer':
      return newcomer(scene, step.panel);
    case 'paper':
      return paper(scene);
    case 'fields':
      return fields(scene);
    case 'who-signs':
      return whoSigns(scene);
    case 'ways':
      return ways(scene);
    case 'made':
      return made(scene, step.made);
    case 'link':
      return link(scene, step.asked, step.link);
    case 'cancelling':
      return cancelling(scene, step.asked);
    case 'reading':
      return reading(scene, step);
    case 'tasks':
      return tasks(scene);
    case 'correction':
      return correction(scene, step.one);
    case 'feedback':
      return feedback(scene, step.one);
    case 'review':
      return review(scene, step.one);
    case 'deciders':
      return deciders(scene, step.panel);
    case 'birth-date':
      return birthDate(scene, step.panel);
    case 'representative':
      return lookForRepresentative(scene, step.panel);
    case 'represent':
      return represent(scene, step.panel, step.representative);
    case 'power-state':
      return powerState(scene, step.panel, step.one);
    case 'objecting':
      return objecting(scene, step.panel, step.one);
    case 'objection-end':
      return objectionEnd(scene, step.panel, step.one, step.name);
    case 'protecting':
      return protecting(scene, step.person);
    case 'protect-sure':
      return protectSure(scene, step);
    case 'confiding':
      return confiding(scene, step.asked);
    case 'protections':
      return protections(scene);
    case 'unprotecting':
      return unprotecting(scene, step.one);
    case 'visits':
      return visits(scene);
    case 'compose':
      return compose(scene);
    case 'compose-sure':
      return composeSure(scene, step.preview);
    case 'saying-wrong':
      return sayingWrong(scene, step.saying);
    case 'wrong':
      return wrongSigners(scene);
    case 'wrong-one':
      return wrongSigner(scene, step.one);
    case 'left':
      return html`
        ${heading(say('login-left'))}
        <p>${say('login-left-text')}</p>
      `;
  }
}
