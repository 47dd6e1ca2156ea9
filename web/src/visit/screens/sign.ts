import { html, nothing } from 'lit';
import '../../ink/surface';
import type { InkSurface } from '../../ink/surface';
import { kGoodHertz } from '../../ink/series';
import type { Missing } from '../state';
import { choosesMeaning, draws, wayOf } from '../ways';
import { officialsIn } from './on_behalf';
import { button, complaint, decide, freeToDecide, statement } from './parts';
import type { Scene, Screen } from './screen';

const kComplaints: Record<Missing, string> = {
  meaning: 'meaning-missing-meaning', reservation: 'meaning-missing-reservation', ink: 'ink-missing', way: 'method-missing',
};

const surface = (): InkSurface | null => document.querySelector('segell-ink');

/** Who holds the key of what the person gives: the first custodian named. */
function custodianOf({ state }: Scene): string {
  return state.visit?.custody?.recipients.find((recipient) => recipient.role === 'custodian')?.name ?? '';
}

/**
 * Below the paper: how it can be signed, and the three answers. The least invasive ways need no choosing, they are done: a drawing in the
 * box, or the button alone. The others stand below, the recording of the hand last.
 */
export function sign(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { visit, step } = state;
  if (visit === null || step.at !== 'reading') {
    return html``;
  }
  const way = wayOf(state);
  return html`
    <h2>${say('reading-decide')}</h2>
    ${choosesMeaning(state) && state.meaning === null ? nothing : html`<p>${say('ink-says')} <strong>${statement(scene)}</strong></p>`}
    ${freeToDecide(scene)} ${how(scene)}
    ${step.again === true ? html`<p class="again" role="status">${say('ink-again')}</p>` : nothing}
    ${draws(state) ? box(scene) : nothing}
    ${complaint(step.missing !== null, say(kComplaints[step.missing ?? 'way']))}
    ${decide(scene, () => flow.signing.sign(), 'sign', way === null ? undefined : say(`sign-${way}`))}
    ${others(scene)}
  `;
}

/** The ways that need no choosing, in words. */
function how({ say, state }: Scene): Screen {
  const { visit, dynamics } = state;
  const button = !dynamics && visit?.methods.includes('button') === true;
  const checked = visit?.professional?.checkedIdentity === true ? visit.professional.name : null;
  return html`
    ${draws(state) ? html`<p>${say('ink-help')} ${dynamics ? nothing : say('ink-drawn-only')}</p>` : nothing}
    ${button ? html`<p>${say(draws(state) ? 'button-or' : 'button-alone')} ${checked === null ? nothing : say('button-checked', { professional: checked })}</p>` : nothing}
  `;
}

function box(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const drawn = state.strokes === 0 ? say('ink-none') : say('ink-some', { count: state.strokes });
  const rate = state.ink?.series?.quality().rateHz ?? kGoodHertz;
  return html`
    ${state.dynamics ? html`<p class="given">${say('ink-dynamics', { custodian: custodianOf(scene) })} ${ground(scene)}</p>` : nothing}
    <div class="signing">
      <div class="sheet" @ink=${() => flow.signing.drew()}>
        <segell-ink .label=${say('ink-label')} .ink=${state.ink}></segell-ink>
      </div>
      <div class="tools">
        <button type="button" class="small" data-act="undo" @click=${() => surface()?.undo()}>${say('ink-undo')}</button>
        <button type="button" class="small" data-act="clear" @click=${() => surface()?.clear()}>${say('ink-clear')}</button>
      </div>
    </div>
    <p class="unseen" role="status">${drawn}</p>
    ${rate < kGoodHertz ? html`<p class="slow" role="status">${say('ink-slow')}</p>` : nothing}
  `;
}

/** Why the organisation may record a hand at all: the assessment of it, and who approved that. */
function ground({ say, state }: Scene): string {
  const { assessment, approval } = state.visit?.custody ?? {};
  return assessment === undefined || approval === undefined ? '' : say('ink-dynamics-ground', { assessment, approval });
}

/** Other ways of signing, each worth the same. */
function others(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const offers = (way: string): boolean => state.visit?.methods.some((method) => method === way) === true;
  if (!offers('official') && !offers('witnesses') && !offers('drawn-with-dynamics')) {
    return html``;
  }
  return html`
    <h2>${say('method-others')}</h2>
    <p>${say('method-equal')}</p>
    <div class="ways">
      ${offers('official') ? other(say('method-official'), say('method-official-more', { officials: officialsIn(scene) }), () => flow.signing.toOthers('on-behalf'), 'official') : nothing}
      ${offers('witnesses') ? other(say('method-witnesses'), say('method-witnesses-more'), () => flow.signing.toOthers('diligence'), 'witnesses') : nothing}
      ${!offers('drawn-with-dynamics')
        ? nothing
        : state.dynamics
          ? button(say('method-no-dynamics'), () => flow.signing.giveDynamics(false), 'no-dynamics')
          : other(
              say('method-dynamics'),
              say('method-dynamics-more', { custodian: custodianOf(scene), organisation: state.visit?.organisation ?? '' }),
              () => giveDynamics(scene),
              'dynamics',
            )}
    </div>
  `;
}

/** The way of the hand is on the surface: whoever chose it is led there. */
function giveDynamics({ flow }: Scene): void {
  flow.signing.giveDynamics(true);
  requestAnimationFrame(() => surface()?.scrollIntoView({ block: 'center' }));
}

function other(text: string, more: string, act: () => void, name: string): Screen {
  return html`<button type="button" class="big" data-act=${name} @click=${act}>${text}<small>${more}</small></button>`;
}
