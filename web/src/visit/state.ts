import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { Answer, Choice, FrozenDocument, Method, Sealed, Visit } from '../api/types';
import type { Failure } from '../api/failure';
import type { Ink } from '../ink/ink';
import type { Shown } from '../crypto/digests';
import type { TextSize } from '../ui/text_size';
import type { Language } from '../words/words';

/** Where the person is. Each screen asks one thing. */
export type Step =
  | { at: 'opening' }
  | { at: 'welcome' }
  | { at: 'item'; index: number; missing: boolean }
  | { at: 'review' }
  | { at: 'working'; words: 'preparing' | 'reading-loading' | 'sending' }
  | { at: 'reading' }
  | { at: 'method'; missing: boolean }
  | { at: 'ink'; missing: boolean }
  | { at: 'button' }
  | { at: 'leaving'; answer: Answer; from: Step }
  | { at: 'done'; sealed: Sealed }
  | { at: 'answered'; answer: Answer }
  | { at: 'problem'; failure: Failure; retry: (() => void) | null };

/** Everything the page knows, in memory and nowhere else. */
export interface State {
  step: Step;
  visit: Visit | null;
  choices: ReadonlyMap<string, Choice>;
  frozen: FrozenDocument | null;
  shown: Shown | null;
  paper: PDFDocumentProxy | null;
  /** The paper's own text, where it has one. */
  reading: HTMLElement | null;
  method: Method | null;
  /** What has been drawn, and how many lines it has; the number tells the screen that it changed. */
  ink: Ink | null;
  strokes: number;
  textSize: TextSize;
  /** The language that the person chose while no visit said which. */
  language: Language | null;
  asText: boolean;
}

export const kStart: State = {
  step: { at: 'opening' },
  visit: null,
  choices: new Map(),
  frozen: null,
  shown: null,
  paper: null,
  reading: null,
  method: null,
  ink: null,
  strokes: 0,
  textSize: 'normal',
  language: null,
  asText: false,
};
