import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Say } from '../words/words';

/** What went wrong at the last attempt: the id of its words, and the minutes to wait. */
export interface Trouble {
  words: string;
  minutes: number;
}

/** What a form needs to know of the page that it stands on. */
export interface FormScene {
  say: Say;
  state: {
    trouble: Trouble | null;
    busy: boolean;
    /** Secrets are shown as they are typed. */
    shown: boolean;
  };
}

/** What went wrong, in the place where the person is; announced. */
export function trouble({ say, state }: FormScene): TemplateResult {
  const words = state.trouble === null ? nothing : say(state.trouble.words, { minutes: state.trouble.minutes });
  return html`<p class="complaint" role="alert" id="trouble">${words}</p>`;
}

/** One labelled field. What it is for is said to the browser too, so that it can fill it in; pasting is never hindered. */
export function field(
  { state }: FormScene,
  {
    name, label, hint, ...rest
  }: { name: string; label: string; hint?: string; type?: 'text' | 'password'; autocomplete: string; code?: boolean },
): TemplateResult {
  const described = [hint === undefined ? '' : `${name}-hint`, state.trouble === null ? '' : 'trouble'].filter((id) => id !== '').join(' ');
  return html`
    <div class="field">
      <label for=${name}>${label}</label>
      ${hint === undefined ? nothing : html`<p class="hint" id=${`${name}-hint`}>${hint}</p>`}
      <input
        id=${name}
        name=${name}
        class=${rest.code === true ? 'code' : ''}
        type=${rest.type === 'password' && !state.shown ? 'password' : 'text'}
        autocomplete=${rest.autocomplete}
        autocapitalize="none"
        spellcheck="false"
        required
        aria-describedby=${described === '' ? nothing : described}
        aria-invalid=${state.trouble !== null}
      />
    </div>
  `;
}

/** A form that the page sends itself, with one button that goes on. */
export function form(scene: FormScene, sent: (value: (name: string) => string) => void, fields: TemplateResult, go: string): TemplateResult {
  return html`
    <form
      class="fields"
      novalidate
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget as HTMLFormElement);
        sent((name) => String(given.get(name) ?? ''));
      }}
    >
      ${fields} ${trouble(scene)}
      <button type="submit" class="big" data-act="continue" ?disabled=${scene.state.busy}>${go}</button>
    </form>
  `;
}

/** Shows what is typed into the secret fields, or hides it again; `words` name what that is. */
export function showSecrets({ say, state }: FormScene, words: string, show: (shown: boolean) => void): TemplateResult {
  return html`<button type="button" class="small" aria-pressed=${state.shown} data-act="show" @click=${() => show(!state.shown)}>
    ${say(words)}
  </button>`;
}

export function aside(text: string, act: () => void, name: string): TemplateResult {
  return html`<button type="button" class="small" data-act=${name} @click=${act}>${text}</button>`;
}
