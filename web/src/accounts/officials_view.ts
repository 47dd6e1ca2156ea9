import { html, nothing } from 'lit';
import { area, form, input, text } from '../ui/fields';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { registerPage } from './list_view';
import { standsAt, type Official } from './registers';
import { trouble, type Scene } from './view';

/** How much of a certificate's fingerprint is shown: enough to compare it with what its holder reads out. */
const kDigits = 16;

function card(scene: Scene, one: Official): Screen {
  const { say, state, actions } = scene;
  const stands = standsAt(one);
  const withdraw = say('officials-withdraw');
  // The last moment at which it holds, so that a day is the one that was meant.
  const until = new Date(Date.parse(one.until) - 1000).toISOString();
  return html`
    <li class="card" data-official=${one.account ?? one.id} data-state=${stands}>
      <h2>${one.name}</h2>
      <p>
        <strong>${say(`officials-${stands}`)}</strong>
        ${say('officials-term', { date: moment(one.since, state.language, false), end: moment(until, state.language, false) })}
      </p>
      <p>${one.account ?? say('officials-no-account')} · ${one.resolution}</p>
      <p>${one.procedures.length === 0 ? say('officials-every-procedure') : say('officials-procedures', { about: one.procedures.join(', ') })}</p>
      ${one.certificate === null ? nothing : html`<p>${say('officials-certificate')} <code class="id">${one.certificate.slice(0, kDigits)}…</code></p>`}
      ${one.withdrawnAt === undefined
        ? nothing
        : html`<p>${say('officials-withdrawn-at', { date: moment(one.withdrawnAt, state.language) })}</p>
            <p class="said">${one.reason}</p>`}
      ${stands === 'withdrawn' || stands === 'over'
        ? nothing
        : html`<div class="row-of">${small(withdraw, () => actions.askOfficialEnd(one), 'withdraw', `${withdraw}: ${one.name}`)}</div>`}
    </li>
  `;
}

/** Who may sign on behalf of people, and who might. */
export function officials(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const { list, next } = state.officials;
  return registerPage(scene, {
    here: 'officials',
    first: button(say('officials-new'), () => actions.beginOfficial(), 'continue'),
    cards: list?.map((one) => card(scene, one)) ?? null,
    next,
    more: () => actions.moreOfficials(),
    again: () => actions.officials(),
  });
}

export function newOfficial(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const send = (given: FormData): void => {
    const file = given.get('certificate');
    actions.addOfficial(
      {
        account: text(given, 'account').trim(),
        resolution: text(given, 'resolution').trim(),
        since: text(given, 'since'),
        until: text(given, 'until'),
        procedures: text(given, 'procedures').split('\n').map((line) => line.trim()).filter((line) => line !== ''),
      },
      file instanceof File && file.size > 0 ? file : null,
    );
  };
  return html`
    ${heading(say('officials-new'))}
    <p>${say('officials-new-text')}</p>
    ${form(
      'official',
      send,
      html`
        ${input(scene, { name: 'account', label: say('login-name'), hint: say('officials-account-hint'), value: '' })}
        ${input(scene, { name: 'resolution', label: say('officials-resolution'), hint: say('officials-resolution-hint'), value: '' })}
        ${input(scene, { name: 'since', label: say('officials-since'), value: new Date().toISOString().slice(0, 10), type: 'date' })}
        ${input(scene, { name: 'until', label: say('officials-until'), value: '', type: 'date' })}
        ${area(scene, { name: 'procedures', label: say('officials-procedures-label'), hint: say('officials-procedures-hint'), rows: 3, max: 8000, wrong: false })}
        <div class="field">
          <label for="certificate">${say('officials-certificate-label')}</label>
          <p class="hint" id="certificate-hint">${say('officials-certificate-hint')}</p>
          <input id="certificate" name="certificate" type="file" accept=".cer,.crt,.der,.pem" aria-describedby="certificate-hint" />
        </div>
        ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="continue" ?disabled=${state.busy}>${say('officials-add')}</button>
          ${button(say('back'), () => actions.officials(), 'back')}
        </div>
      `,
    )}
  `;
}

export function officialEnding(scene: Scene, one: Official): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('officials-withdraw-heading', { name: one.name }))}
    <p>${say('officials-withdraw-text')}</p>
    ${form(
      'official-ending',
      (given) => actions.endOfficial(one, text(given, 'reason').trim()),
      html`
        ${area(scene, { name: 'reason', label: say('officials-reason'), hint: say('officials-reason-hint'), rows: 2, max: 250 })} ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="confirm" ?disabled=${state.busy}>${say('officials-withdraw')}</button>
          ${button(say('back'), () => actions.officials(), 'back')}
        </div>
      `,
    )}
  `;
}
