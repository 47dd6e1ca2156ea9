import { html, nothing } from 'lit';
import { moment, small } from '../ui/parts';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { Decision, Group, Item } from './api';
import { deciders } from './deciders_view';
import { basisWords, kForAnother, reasonWords } from './represented';
import type { Step } from './state';
import { foot, listEnd, named, sections, trouble, type Scene } from './view';

/** What an item is about, in the words that the person read, or else by its code. */
function subject(scene: Scene, { text, notice, category, categoryNames }: Item): string {
  return text ?? notice ?? (category === '' ? scene.say('mine-everything') : named(scene, category, categoryNames));
}

/** The language of those words, where it is not that of the page. */
function tongue({ text, notice, language }: Item): string | typeof nothing {
  return (text ?? notice) === null ? nothing : (language ?? nothing);
}

/** Whether whoever could use it knows by now. */
function recipients({ say, state }: Scene, { recipientNotice: notice }: Item): Screen | typeof nothing {
  if (notice === null) {
    return nothing;
  }
  return html`<p data-recipients=${notice.state}>${say(`mine-recipients-${notice.state}`, { date: moment(notice.at, state.language, false) })}</p>`;
}

/** What stands now, and why. */
function standing(scene: Scene, one: Item): Screen {
  const { say, state } = scene;
  const { stands, basis } = one;
  if (!stands.permitted) {
    return html`<p><strong>${say('mine-not-allowed')}</strong> ${say(reasonWords(one))}</p>
      ${recipients(scene, one)}`;
  }
  const kind = (stands.basis ?? basis.kind).toLowerCase().replaceAll('_', '-');
  return html`
    <p>
      <strong>${say('mine-allowed')}</strong> ${say(basisWords(one))}
      ${basis.law === null ? nothing : say('mine-law', { law: basis.law })}
      ${stands.until === null ? nothing : say('item-until', { date: moment(stands.until, state.language, false) })}
    </p>
    ${kind === 'law' && basis.opposable === 'no' ? html`<p>${say('mine-law-why')}</p>` : nothing}
  `;
}

/** What was decided, and by whom where somebody did it for the person. */
function deed({ say }: Scene, { kind, representative }: Decision): string {
  return representative === null || !kForAnother.has(kind) ? say(`mine-kind-${kind}`) : say(`mine-represented-${kind}`, { name: representative.name ?? say('mine-a-representative') });
}

function past(scene: Scene, decision: Decision): Screen {
  const { say, state, actions } = scene;
  const { id, kind, channel, inError } = decision;
  const at = moment(decision.at, state.language);
  const done = deed(scene, decision);
  return html`<li data-kind=${kind}>
    ${at}: ${done} ${say('mine-channel', { channel: say(`mine-channel-${channel}`) })}
    ${inError ? html`<strong>${say('mine-in-error')}</strong>` : nothing}
    ${small(say('mine-receipt'), () => actions.receipt(id), 'receipt', `${say('mine-receipt')}: ${done}, ${at}`)}
  </li>`;
}

function item(scene: Scene, one: Item): Screen {
  const { say, actions } = scene;
  const about = subject(scene, one);
  return html`
    <li class="card" data-item=${one.category}>
      <h3 class="paper-title" lang=${tongue(one)}>${about}</h3>
      ${standing(scene, one)}
      <div class="row-of">
        ${one.may.map((how) => small(say(`mine-${how}`), () => actions.end(one, how), how, `${say(`mine-${how}`)}: ${about}`))}
      </div>
      <details class="notice card">
        <summary>${say('mine-history')}</summary>
        <ul class="history">
          ${one.decisions.map((decision) => past(scene, decision))}
        </ul>
      </details>
    </li>
  `;
}

function group(scene: Scene, { purpose, purposeNames, recipient, recipientNames, items }: Group): Screen {
  const { say } = scene;
  return html`
    <section class="group">
      <h2>
        ${say('mine-group', {
          purpose: purpose === '' ? say('mine-any-purpose') : named(scene, purpose, purposeNames),
          recipient: recipient === '' ? say('mine-any-recipient') : named(scene, recipient, recipientNames),
        })}
      </h2>
      <ul class="things">
        ${items.map((one) => item(scene, one))}
      </ul>
    </section>
  `;
}

export function decisions(scene: Scene): Screen {
  const { say, state } = scene;
  const { list } = state.lists.decisions;
  return html`
    ${sections(scene, 'decisions')} ${deciders(scene)}
    ${list === null || list.length === 0 ? nothing : html`<p>${say('mine-decisions-text')}</p>`}
    ${list?.map((one) => group(scene, one)) ?? nothing} ${listEnd(scene, 'decisions')} ${foot(scene)}
  `;
}

export function ending(scene: Scene, { item: about, how }: Step & { at: 'ending' }): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say(`mine-${how}-heading`))}
    <p class="paper-title" lang=${tongue(about)}>${subject(scene, about)}</p>
    <p>${say(`mine-${how}-text`)}</p>
    ${trouble(scene)}
    <div class="two">
      ${button(say(`mine-${how}`), () => actions.confirmEnd(), 'confirm')}
      ${button(say('back'), () => actions.show('decisions'), 'back')}
    </div>
  `;
}

export function ended(scene: Scene, { item: about, how, decision }: Step & { at: 'ended' }): Screen {
  const { say, actions } = scene;
  return html`
    ${heading(say('mine-ended'))}
    <p class="paper-title" lang=${tongue(about)}>${subject(scene, about)}</p>
    <p>${say(`mine-${how}-done`)}</p>
    ${trouble(scene)}
    <div class="two">
      ${button(say('mine-receipt'), () => actions.receipt(decision), 'receipt')}
      ${button(say('mine-back-decisions'), () => actions.show('decisions'), 'back')}
    </div>
  `;
}
