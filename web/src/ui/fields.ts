import { html, nothing, type TemplateResult } from 'lit';

/** A form that the page sends itself. */
export function form(name: string, sent: (given: FormData) => void, content: TemplateResult): TemplateResult {
  return html`<form
    class="fields"
    name=${name}
    novalidate
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      sent(new FormData(event.currentTarget as HTMLFormElement));
    }}
  >
    ${content}
  </form>`;
}

/** What was typed there. */
export function text(given: FormData, name: string): string {
  // A browser sends each end of a line as two characters.
  return String(given.get(name) ?? '').replaceAll('\r\n', '\n');
}

/** A choice among few. */
export function choose<T extends string>(name: string, label: string, options: readonly (readonly [T, string])[], chosen: T): TemplateResult {
  return html`
    <div class="field">
      <label for=${name}>${label}</label>
      <select id=${name} name=${name}>
        ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
      </select>
    </div>
  `;
}

/** Something to be ticked or not. */
export function tick(name: string, value: string, label: string, ticked: boolean): TemplateResult {
  return html`<label class="tick"><input type="checkbox" name=${name} value=${value} .checked=${ticked} /><span>${label}</span></label>`;
}

/** One labelled field to type into; `state.trouble`: what is wrong is said beside the form. */
export function input(
  { state }: { state: { trouble: unknown } },
  { name, label, hint, value, ...rest }: { name: string; label: string; hint?: string; value: string; type?: string; max?: number },
): TemplateResult {
  const described = [hint === undefined ? '' : `${name}-hint`, state.trouble === null ? '' : 'trouble'].filter((id) => id !== '').join(' ');
  return html`
    <div class="field">
      <label for=${name}>${label}</label>
      ${hint === undefined ? nothing : html`<p class="hint" id=${`${name}-hint`}>${hint}</p>`}
      <input
        id=${name}
        name=${name}
        type=${rest.type ?? 'text'}
        min=${rest.type === 'number' ? 1 : nothing}
        max=${rest.max ?? nothing}
        autocomplete="off"
        .value=${value}
        aria-describedby=${described === '' ? nothing : described}
      />
    </div>
  `;
}

/** One labelled field for several lines; `wrong`: the trouble is with this one. Longer text than `max` characters cannot be typed. */
export function area(
  { state }: { state: { trouble: unknown } },
  { name, label, hint, rows, max, wrong = state.trouble !== null }: { name: string; label: string; hint: string; rows: number; max: number; wrong?: boolean },
): TemplateResult {
  return html`
    <div class="field">
      <label for=${name}>${label}</label>
      <p class="hint" id=${`${name}-hint`}>${hint}</p>
      <textarea
        id=${name}
        name=${name}
        rows=${rows}
        maxlength=${max}
        autocomplete="off"
        aria-describedby=${state.trouble === null ? `${name}-hint` : `${name}-hint trouble`}
        aria-invalid=${wrong}
      ></textarea>
    </div>
  `;
}
