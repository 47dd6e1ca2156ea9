import { html, nothing, svg, type TemplateResult } from 'lit';
import { encode } from 'uqr';

/** Light modules around a QR code (ISO/IEC 18004). */
const kQuiet = 4;

/** A QR code as one path. Without a label its words stand beside it, and it is hidden from readers. */
export function qr(text: string, label?: string): TemplateResult {
  return modules(encode(text, { ecc: 'M', border: 0 }).data, label);
}

/** The same from its modules, row by row. */
export function modules(rows: readonly (readonly boolean[])[], label?: string): TemplateResult {
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + kQuiet} ${y + kQuiet}h1v1h-1z`] : []))).join('');
  const side = rows.length + 2 * kQuiet;
  return html`<svg
    viewBox=${`0 0 ${side} ${side}`}
    role=${label === undefined ? nothing : 'img'}
    aria-label=${label ?? nothing}
    aria-hidden=${label === undefined ? 'true' : nothing}
    shape-rendering="crispEdges"
  >
    ${svg`<rect width=${side} height=${side} fill="#fff"></rect><path d=${path} fill="#000"></path>`}
  </svg>`;
}
