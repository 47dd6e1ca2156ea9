import { html, nothing } from 'lit';
import '../../ui/print_once';
import { modules } from '../../ui/qr';
import { kPageZoom } from '../../ui/text_size';
import type { CopyKind } from '../../api/types';
import type { CopyMade } from '../source';
import { button, heading } from './parts';
import type { Scene, Screen } from './screen';

const kKinds: readonly CopyKind[] = ['printed', 'phone', 'post', 'none'];

/** Before the tablet goes back: what the person takes along. All ways look alike, and taking nothing is one of them. */
export function offerCopy({ say, state, flow }: Scene): Screen {
  return html`
    <h2>${say('copy-heading')}</h2>
    <p>${say('copy-text')}</p>
    <div class="two">${kKinds.map((kind) => button(say(`copy-${kind}`), () => flow.chooseCopy(kind, state.step), `copy-${kind}`))}</div>
  `;
}

/** The slip itself: on the paper that the printer gives, or as a code for the person's own phone. */
export function copy(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { step } = state;
  if (step.at !== 'copy') {
    return html``;
  }
  return html`
    ${heading(say(`copy-${step.made.kind}-heading`))}
    <p>${say(`copy-${step.made.kind}-text`)}</p>
    ${step.slip === null ? codes(scene, step.made) : sheet(scene)}
    ${step.made.kind === 'printed' ? html`<segell-print-once></segell-print-once>` : nothing}
    <div class="two">
      ${step.made.kind === 'printed' ? button(say('copy-print'), () => window.print(), 'print') : nothing}
      ${button(say('copy-other'), () => flow.go(step.from), 'other')}
      ${button(say('copy-have'), () => flow.go({ at: 'end', copy: step.made.kind }), 'have')}
    </div>
  `;
}

/** The last screen of a visit. */
export function end({ say, state, handBack }: Scene): Screen {
  const { step } = state;
  if (step.at !== 'end') {
    return html``;
  }
  return html`
    ${heading(say('done-end'))}
    <p>${say(`end-${step.copy}`)}</p>
    ${handBack === undefined ? nothing : html`<div class="two">${button(say('hand-back'), handBack, 'hand-back')}</div>`}
  `;
}

function sheet({ say, state, flow }: Scene): Screen {
  const { step } = state;
  if (step.at !== 'copy' || step.slip === null) {
    return html``;
  }
  return html`
    <div class="pages" lang=${state.visit?.language ?? 'ca'} @unreadable=${() => flow.unreadable()}>
      <segell-page .paper=${step.slip.paper} .number=${1} .zoom=${kPageZoom[state.textSize]} .say=${say}></segell-page>
    </div>
    <div class="print-sheet" aria-hidden="true">${step.slip.sheet}</div>
  `;
}

/** The codes of all slips; where they are to be printed, written out too, on a sheet of their own. */
function codes(scene: Scene, { kind, slips }: CopyMade): Screen {
  const { say } = scene;
  const shown = slips.map(({ title, code, link, qr }) => html`
    ${title === '' ? nothing : html`<h2>${title}</h2>`}
    ${kind === 'printed' ? html`<p class="code"><span>${say('slip-code')}</span> <b>${code}</b></p>` : nothing}
    ${matrix(scene, link, qr)}
  `);
  return kind === 'printed'
    ? html`${shown}<div class="print-sheet written" aria-hidden="true">${say('copy-sheet')} ${slips.map(
        ({ title, code, link, qr }) => html`<section>
          ${title === '' ? nothing : html`<p>${title}</p>`}
          <p>${say('slip-code')}: <b>${code}</b></p>
          <p>${link.replace(/#.*$/, '')}</p>
          ${drawn(qr, say('copy-qr'))}
        </section>`,
      )}</div>`
    : html`${shown}`;
}

function matrix({ say }: Scene, link: string, rows: readonly string[]): Screen {
  return html`<div class="qr" data-link=${link}>${drawn(rows, say('copy-qr'))}</div>`;
}

function drawn(rows: readonly string[], label: string): Screen {
  return modules(rows.map((row) => [...row].map((module) => module === '1')), label);
}
