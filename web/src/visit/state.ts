import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { Answer, Choice, CopyKind, FrozenDocument, Meaning, Visit } from '../api/types';
import type { Failure } from '../api/failure';
import type { Ink } from '../ink/ink';
import type { Shown } from '../crypto/digests';
import type { TextSize } from '../ui/text_size';
import type { Language } from '../words/words';
import { kNoNotes, type NotesDraft, type NotesGap } from './notes';
import type { CopyMade, Kept } from './source';
import { kNoDiligence, type DiligenceDraft, type WitnessGap } from './witnesses';

/** Where the person is. Each screen asks one thing. */
export type Step =
  | { at: 'opening' }
  | { at: 'welcome' }
  /** `answered`: a moment ago; the next screen follows by itself. */
  | { at: 'item'; index: number; answered?: boolean }
  /** Before the service makes the paper, where this page cannot: from then on the answers stay. */
  | { at: 'review' }
  | { at: 'working'; words: 'preparing' | 'reading-loading' | 'sending' | 'copying' }
  /** The final paper and, below it, the ways to sign it; `again`: the page ended while something was drawn, which is gone. */
  | { at: 'reading'; missing: Missing | null; again?: boolean }
  /** What was asked and who helped; `from`: where the person was. */
  | { at: 'notes'; missing: NotesGap | null; from: Step }
  /** In front of witnesses; `missing`: why the person can neither draw nor press. */
  | { at: 'diligence'; missing: boolean }
  /** An official is to sign; then: the person said so. */
  | { at: 'on-behalf' | 'consented' }
  | { at: 'witness'; index: 0 | 1; gap: WitnessGap | null }
  | { at: 'done'; kept: Kept }
  /** "No" or "later" was said, and can be taken back; `from`: where, null after the page came back. */
  | { at: 'answered'; answer: Answer; from: Step | null }
  /** `slip`: its paper and the sheet for the printer; null where a code on the screen is all there is. */
  | { at: 'copy'; made: CopyMade; slip: { paper: PDFDocumentProxy; sheet: HTMLCanvasElement } | null; from: Step }
  | { at: 'end'; copy: CopyKind }
  | { at: 'problem'; failure: Failure; retry: (() => void) | null };

/** What is still needed before a paper is signed: what signing says, the words of a note, a drawing, or any way of signing at all. */
export type Missing = 'meaning' | 'reservation' | 'ink' | 'way';

/** A screen's name: two questions are two screens, and so are two witnesses. */
export function nameOf(step: Step): string {
  return step.at === 'item' || step.at === 'witness' ? `${step.at} ${step.index}` : step.at === 'working' ? `working ${step.words}` : step.at;
}

/** Everything the page knows about one document of one person. */
export interface State {
  step: Step;
  /** Signed or answered: nothing can be lost any more. */
  over: boolean;
  visit: Visit | null;
  choices: ReadonlyMap<string, Choice>;
  /** The choices are with the service, in the frozen paper: they cannot be taken back any more. */
  fixed: boolean;
  /** The paper with the choices in it. */
  frozen: FrozenDocument | null;
  shown: Shown | null;
  paper: PDFDocumentProxy | null;
  /** The paper's own text, where it has one. */
  reading: HTMLElement | null;
  /** What the person says by signing, where several things are offered; with their words beside it. */
  meaning: Meaning | null;
  reservation: string;
  /** Whether the person gives how they draw, too. */
  dynamics: boolean;
  notes: NotesDraft;
  diligence: DiligenceDraft;
  /** What the first witness drew, while the second one is asked. */
  firstInk: Ink | null;
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
  over: false,
  visit: null,
  choices: new Map(),
  fixed: false,
  frozen: null,
  shown: null,
  paper: null,
  reading: null,
  meaning: null,
  reservation: '',
  dynamics: false,
  notes: kNoNotes,
  diligence: kNoDiligence,
  firstInk: null,
  ink: null,
  strokes: 0,
  textSize: 'normal',
  language: null,
  asText: false,
};
