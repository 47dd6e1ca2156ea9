import { html, nothing } from 'lit';
import { aside, trouble } from '../ui/form';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import type { OnList, PaperState } from './shelf';
import type { Scene } from './view';
import { sayMoment } from '../words/dates';

/** Words for what came of a paper that the service has but did not seal. Reasons without words of their own share one. */
const kReasons: Readonly<Record<string, string>> = {
  'nonce.expired': 'tablet-reason-late',
  'request.answered-already': 'tablet-reason-answered',
  'act.stale': 'tablet-reason-stale',
  'device.revoked': 'tablet-reason-revoked',
  'representation.not-valid': 'tablet-reason-representation',
};

const kOpen: readonly PaperState[] = ['waiting', 'begun'];
const kUnsent: readonly PaperState[] = ['tablet', 'refused'];

/** The professional's work list: what is on this tablet, and how it stands with it. */
export function list(scene: Scene): Screen {
  const { say, state, actions } = scene;
  const unsent = state.list.flatMap(({ people }) => people.flatMap(({ papers }) => papers)).filter((paper) => kUnsent.includes(paper.state));
  return html`
    ${heading(say('tablet-heading'))}
    <p role="status" class="news">${state.news === null ? nothing : say(state.news)}</p>
    ${trouble(scene)} ${warnings(scene)}
    ${unsent.length === 0 ? nothing : html`<p>${say('tablet-unsent', { count: unsent.length })}</p>`}
    ${unsent.some((paper) => paper.state === 'refused')
      ? html`<div class="two">${aside(say('tablet-send-again'), () => actions.tryAgain(), 'send-again')}</div>`
      : nothing}
    ${state.list.length === 0 ? html`<p>${say('tablet-none')}</p>` : state.list.map((visit) => one(scene, visit))}
    ${fetching(scene)}
    <div class="two">
      ${aside(say('tablet-change-pin'), () => actions.go({ at: 'pin' }), 'pin')}
      <a class="small link" href="/login" data-act="login-page">${say('mine-login-page')}</a>
    </div>
  `;
}

/** What could lose what is kept here, while there is still time to do something about it. */
function warnings({ say, state }: Scene): Screen {
  return html`
    ${state.persisted ? nothing : html`<p class="card">${say('tablet-not-persisted')}</p>`}
    ${state.pageKept ? nothing : html`<p class="card">${say('tablet-page-not-kept')}</p>`}
  `;
}

function one(scene: Scene, { visit, people }: OnList): Screen {
  const { say, state, actions } = scene;
  const over = Date.parse(visit.expiresAt) < Date.now();
  const settled = people.every(({ papers }) => papers.every((paper) => !kUnsent.includes(paper.state)));
  const until = sayMoment(visit.expiresAt, state.language, 'short');
  return html`
    <section class="card visit" data-visit=${visit.id}>
      <h2>${say(over ? 'tablet-visit-over' : 'tablet-visit-until', { date: until })}</h2>
      ${people.map(({ name, representing, papers }, person) => {
        const open = papers.some((paper) => kOpen.includes(paper.state));
        return html`<div class="person">
          <h3>${representing === null ? name : say('acting-for', { name, person: representing })}</h3>
          <ul>
            ${papers.map((paper) => html`<li>${paper.title}: ${standing(scene, paper)}</li>`)}
          </ul>
          ${open
            ? html`<button
                type="button"
                class="small"
                data-act="person"
                data-person=${person}
                ?disabled=${state.busy}
                @click=${() => actions.choosePerson(visit.id, person)}
              >
                ${say('tablet-hand-over', { name })}
              </button>`
            : nothing}
        </div>`;
      })}
      ${settled ? aside(say('tablet-remove'), () => actions.go({ at: 'removing', visit: visit.id }), 'remove') : nothing}
    </section>
  `;
}

/** How it stands with a paper, in words; for what went otherwise, what it means and the way out. */
function standing({ say }: Scene, { state, reason, flags }: OnList['people'][number]['papers'][number]): Screen {
  const why = reason === null ? nothing : html` ${say(kReasons[reason] ?? 'tablet-reason-other', { code: reason })}`;
  return html`<strong data-state=${state}>${say(`tablet-state-${state}`)}</strong>${why}
    ${flags.includes('superseded') ? html` ${say('tablet-superseded')}` : nothing}
    ${flags.includes('copy-failed') ? html` ${say('tablet-copy-failed')}` : nothing}`;
}

function fetching({ say, state, actions }: Scene): Screen {
  if (state.session === null) {
    return html`<div class="card">
      <h2>${say('tablet-fetch')}</h2>
      <p>${say('tablet-fetch-login')}</p>
    </div>`;
  }
  const count = state.waiting?.length ?? 0;
  return html`<div class="card">
    <h2>${say('tablet-fetch')}</h2>
    <p>${say('tablet-fetch-count', { count })}</p>
    <p>${say('tablet-fetch-ends')}</p>
    ${count === 0
      ? nothing
      : html`<button type="button" class="small" data-act="fetch" ?disabled=${state.busy} @click=${() => actions.fetchAll()}>
          ${say('tablet-fetch-go')}
        </button>`}
    ${aside(say('login-out'), () => actions.endSession(), 'out')}
  </div>`;
}

/** One question before a visit leaves the tablet. */
export function removing({ say, state, actions }: Scene, visit: string): Screen {
  const open = state.list.find((one) => one.visit.id === visit)?.people.some(({ papers }) => papers.some((paper) => kOpen.includes(paper.state)));
  return html`
    ${heading(say('tablet-remove-heading'))}
    <p>${say(open === true ? 'tablet-remove-open' : 'tablet-remove-text')}</p>
    <div class="two">
      ${button(say('tablet-remove'), () => actions.remove(visit), 'remove')} ${button(say('back'), () => actions.go({ at: 'list' }), 'back')}
    </div>
  `;
}
