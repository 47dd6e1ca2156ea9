import { html, nothing } from 'lit';
import { moment, small } from '../ui/parts';
import type { Screen } from '../visit/screens/screen';
import type { Asked } from './api';
import type { Scene } from './view';

/** Words for why the register does not let whoever looks sign. */
const kWhy: Readonly<Record<string, string>> = {
  'official.not-registered': 'desk-official-not-registered',
  'official.not-yet': 'desk-official-not-yet',
  'official.expired': 'desk-official-expired',
  'official.withdrawn': 'desk-official-withdrawn',
  'official.other-procedure': 'desk-official-other-procedure',
};

/** What the person said, and whether whoever looks may sign for them; nothing where nobody is to. */
export function onBehalfLine({ say, state }: Scene, { onBehalf, language }: Asked): Screen | typeof nothing {
  if (onBehalf === null) {
    return nothing;
  }
  const why = onBehalf.why === null ? null : (kWhy[onBehalf.why] ?? 'desk-official-not-registered');
  return html`
    <p data-on-behalf>
      ${say('desk-on-behalf', { date: moment(onBehalf.at, state.language) })} ${say(`meant-${onBehalf.meaning}`)}.
      ${onBehalf.may ? say('desk-on-behalf-may') : why === null ? nothing : say(why)}
    </p>
    ${onBehalf.reservation === null ? nothing : html`<p class="said" lang=${language}>${onBehalf.reservation}</p>`}
  `;
}

/** Under the paper that the official has just read: signing it for the person. */
export function signingFor(scene: Scene, one: Asked): Screen | typeof nothing {
  const { say, state, actions } = scene;
  const { onBehalf } = one;
  if (onBehalf === null || !onBehalf.may) {
    return nothing;
  }
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const file = (name: string): File | null => {
      const value = given.get(name);
      return value instanceof File && value.size > 0 ? value : null;
    };
    actions.signFor(one, file('certificate'), file('signature'));
  };
  return html`
    <form class="card fields" novalidate @submit=${send}>
      <h2>${say('desk-sign-for', { name: one.personName })}</h2>
      ${onBehalfLine(scene, one)}
      ${onBehalf.toSign === null
        ? nothing
        : html`<p>${say('desk-sign-with')}</p>
            <div class="row-of">${small(say('desk-to-sign'), () => actions.saveToSign(one), 'to-sign')}</div>
            ${file('certificate', say('desk-certificate'))} ${file('signature', say('desk-signature'))}`}
      <button type="submit" class="big" data-act="sign-for" ?disabled=${state.busy}>${say('desk-sign-for-go')}</button>
    </form>
  `;
}

function file(name: string, label: string): Screen {
  return html`<div class="field"><label for=${name}>${label}</label><input id=${name} name=${name} type="file" /></div>`;
}
