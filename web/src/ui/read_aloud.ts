import { LitElement, html, nothing } from 'lit';
import type { Say } from '../words/words';

/** What a voice says in one breath, in which language, and where it stands on the screen. */
export interface Piece {
  readonly text: string;
  readonly language: string;
  readonly element: Element;
}

/** All that a screen says in words. What stands inside one of them is said with it. */
const kSpoken = 'h1, h2, h3, h4, p, li, dt, dd, legend, summary, .answer, .ways > button';

/** A little slower than voices speak by themselves: people hear this for the first time, and it binds them. */
const kRate = 0.9;

/**
 * A voice of this device for a language, the device's own choice first; null when it has none. A voice that is not local would send what
 * it says to whoever runs it.
 */
export function localVoice(voices: readonly SpeechSynthesisVoice[], language: string): SpeechSynthesisVoice | null {
  const speaks = (voice: SpeechSynthesisVoice) => voice.lang.toLowerCase().replace('_', '-').split('-')[0] === language;
  const local = voices.filter((voice) => voice.localService && speaks(voice));
  return local.find((voice) => voice.default) ?? local[0] ?? null;
}

/** A text in sentences: a voice that is given too much at once falls silent. */
export function sentencesOf(text: string, language: string): string[] {
  const segments = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text);
  return [...segments].map(({ segment }) => segment.trim()).filter((sentence) => sentence !== '');
}

/** What a part of the page says, in the order of reading: nothing that is hidden, no buttons, nothing twice. */
export function piecesOf(root: Element): Piece[] {
  const spoken = [...root.querySelectorAll(kSpoken)].filter(
    (element) => element.checkVisibility() && element.closest('[aria-hidden="true"]') === null && element.parentElement?.closest(kSpoken) == null,
  );
  return spoken.flatMap((element) => {
    const language = element.closest('[lang]')?.getAttribute('lang')?.split('-')[0] ?? '';
    return sentencesOf(wordsOf(element), language).map((text) => ({ text, language, element }));
  });
}

function wordsOf(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  copy.querySelectorAll('button, [aria-hidden="true"]').forEach((silent) => silent.remove());
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/**
 * `<segell-read-aloud>`: reads the screen aloud with a voice that lives on this device, and shows what it is reading. Where the device has
 * no voice for the language there is no button. Another screen ends it.
 */
export class ReadAloud extends LitElement {
  static override properties = {
    say: { attribute: false },
    language: { type: String },
    screen: { type: String },
    told: { type: String },
    speaking: { state: true },
  };
  declare say: Say;
  declare language: string;
  declare screen: string;
  /** Something that happened a moment ago: whoever listens to this page hears it at once, and the next screen does not cut it off. */
  declare told: string;
  declare speaking: boolean;

  #spoken: Element | null = null;
  /** Kept while it is spoken: a browser may throw away one that nobody holds. */
  #utterance: SpeechSynthesisUtterance | null = null;
  /** Somebody had a screen read. */
  #listens = false;
  readonly #voices = (): void => this.requestUpdate();
  readonly #leaving = (): void => this.#stop();

  constructor() {
    super();
    this.speaking = false;
    this.told = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.speechSynthesis?.addEventListener('voiceschanged', this.#voices);
    window.addEventListener('pagehide', this.#leaving);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.speechSynthesis?.removeEventListener('voiceschanged', this.#voices);
    window.removeEventListener('pagehide', this.#leaving);
    this.#stop();
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('screen') && this.speaking) {
      this.#stop();
    }
    if (changed.has('told') && this.told !== '' && this.#listens) {
      this.#stop();
      this.#say({ text: this.told, language: this.language });
    }
  }

  protected override render() {
    if (this.#voiceFor(this.language) === null) {
      return nothing;
    }
    return html`<button type="button" class="small" data-act="read-aloud" @click=${() => (this.speaking ? this.#stop() : this.#start())}>
      ${this.say(this.speaking ? 'read-aloud-stop' : 'read-aloud')}
    </button>`;
  }

  #voiceFor(language: string): SpeechSynthesisVoice | null {
    return localVoice(window.speechSynthesis?.getVoices() ?? [], language);
  }

  #start(): void {
    const main = document.querySelector('main');
    if (main !== null) {
      this.speaking = true;
      this.#listens = true;
      this.#speak(piecesOf(main));
    }
  }

  /** Says the first piece, then the others. */
  #speak([piece, ...others]: Piece[]): void {
    this.#mark(piece?.element ?? null);
    if (piece === undefined) {
      this.speaking = false;
      return;
    }
    const utterance = this.#say(piece);
    utterance.addEventListener('end', () => this.#goOn(utterance, others));
    utterance.addEventListener('error', () => this.#goOn(utterance, []));
  }

  #say({ text, language }: Omit<Piece, 'element'>): SpeechSynthesisUtterance {
    // Words in a language that no voice here speaks are said by the screen's own voice rather than left out.
    const voice = this.#voiceFor(language) ?? this.#voiceFor(this.language);
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice?.lang ?? this.language;
    utterance.rate = kRate;
    this.#utterance = utterance;
    window.speechSynthesis.speak(utterance);
    return utterance;
  }

  #goOn(utterance: SpeechSynthesisUtterance, others: Piece[]): void {
    if (this.#utterance === utterance) {
      this.#speak(others);
    }
  }

  #stop(): void {
    this.#utterance = null;
    this.speaking = false;
    this.#mark(null);
    window.speechSynthesis?.cancel();
  }

  #mark(element: Element | null): void {
    this.#spoken?.removeAttribute('data-spoken');
    element?.setAttribute('data-spoken', '');
    element?.scrollIntoView({ block: 'nearest' });
    this.#spoken = element;
  }
}

customElements.define('segell-read-aloud', ReadAloud);
