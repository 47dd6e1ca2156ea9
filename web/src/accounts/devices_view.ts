import { html, nothing } from 'lit';
import { choose, form, text } from '../ui/fields';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { registerPage } from './list_view';
import { kEndings, type Device } from './registers';
import { trouble, type Scene } from './view';

function card(scene: Scene, one: Device): Screen {
  const { say, state, actions } = scene;
  const date = moment(one.enrolledAt, state.language, false);
  const end = say('devices-end');
  return html`
    <li class="card" data-device=${one.id} data-state=${one.state}>
      <h2>${one.label}</h2>
      <p>
        <strong
          >${one.state === 'active'
            ? say('devices-active')
            : say(`devices-ended-${one.reason ?? 'retired'}`, { date: moment(one.revokedAt ?? one.enrolledAt, state.language) })}</strong
        >
      </p>
      <p>${one.enrolledBy === null ? say('devices-enrolled', { date }) : say('devices-enrolled-by', { date, name: one.enrolledBy })}</p>
      ${one.outstanding === 0 ? nothing : html`<p>${say(one.state === 'active' ? 'devices-outstanding' : 'devices-unfulfilled', { count: one.outstanding })}</p>`}
      ${one.state === 'active' ? html`<div class="row-of">${small(end, () => actions.askEnd(one), 'end', `${end}: ${one.label}`)}</div>` : nothing}
    </li>
  `;
}

/** The tablets that are enrolled, and those that were. */
export function devices(scene: Scene): Screen {
  const { list, next } = scene.state.devices;
  return registerPage(scene, {
    here: 'devices',
    cards: list?.map((one) => card(scene, one)) ?? null,
    next,
    more: () => scene.actions.moreDevices(),
    again: () => scene.actions.devices(),
  });
}

/** What ending a tablet means, before it is done: it cannot be undone. */
export function ending(scene: Scene, device: Device): Screen {
  const { say, state, actions } = scene;
  return html`
    ${heading(say('devices-end-heading', { label: device.label }))}
    <p>${say('devices-end-rejected')}</p>
    ${device.outstanding === 0 ? nothing : html`<p>${say('devices-end-unfulfilled', { count: device.outstanding })}</p>`}
    <p>${say('devices-end-kept')}</p>
    <p>${say('devices-end-for-good')}</p>
    ${form(
      'ending',
      (given) => actions.end(device, kEndings.find((one) => one === text(given, 'reason')) ?? null),
      html`
        ${choose('reason', say('devices-reason'), [['', say('devices-reason-choose')] as const, ...kEndings.map((one) => [one, say(`devices-reason-${one}`)] as const)], '')}
        ${trouble(scene)}
        <div class="two">
          <button type="submit" class="big" data-act="confirm" ?disabled=${state.busy}>${say('devices-end')}</button>
          ${button(say('back'), () => actions.devices(), 'back')}
        </div>
      `,
    )}
  `;
}
