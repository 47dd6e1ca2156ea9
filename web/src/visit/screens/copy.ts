import { html, nothing, svg } from 'lit';
import { kPageZoom } from '../../ui/text_size';
import type { CopyKind } from '../../api/types';
import { button, heading } from './parts';
import type { Scene, Screen } from './screen';

const kKinds: readonly CopyKind[] = ['printed', 'phone', 'post', 'none'];
/** Light modules around a QR code (ISO/IEC 18004). */
const kQuiet = 4;

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
    ${heading(say(`copy-${step.copy.kind}-heading`))}
    <p>${say(`copy-${step.copy.kind}-text`)}</p>
    ${step.slip === null ? code(scene, step.copy.slip?.link ?? '', step.copy.slip?.qr ?? []) : sheet(scene)}
    <div class="two">
      ${step.slip === null ? nothing : button(say('copy-print'), () => window.print(), 'print')}
      ${button(say('copy-other'), () => flow.go(step.from), 'other')}
      ${button(say('copy-have'), () => flow.go({ at: 'end', copy: step.copy.kind }), 'have')}
    </div>
  `;
}

/** The last screen of a visit. */
export function end({ say, state }: Scene): Screen {
  const { step } = state;
  if (step.at !== 'end') {
    return html``;
  }
  return html`
    ${heading(say('done-end'))}
    <p>${say(`end-${step.copy}`)}</p>
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

function code({ say }: Scene, link: string, rows: readonly string[]): Screen {
  const size = rows.length + 2 * kQuiet;
  const path = rows
    .flatMap((row, y) => [...row].map((module, x) => (module === '1' ? `M${x + kQuiet} ${y + kQuiet}h1v1h-1z` : '')))
    .join('');
  return html`
    <div class="qr" data-link=${link}>
      <svg viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${say('copy-qr')} shape-rendering="crispEdges">
        ${svg`<rect width=${size} height=${size} fill="#fff"></rect><path d=${path} fill="#000"></path>`}
      </svg>
    </div>
  `;
}
