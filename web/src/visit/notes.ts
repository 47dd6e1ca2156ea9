/** What was asked and who helped while somebody read, as the service takes it. */
export interface Notes {
  questions: Question[];
  interpreter?: Interpreter;
  supportPerson?: SupportPerson;
  /** Whether the person could speak alone with the professional. */
  spokeAlone: Alone;
}

export interface Question {
  asked: string;
  /** Empty: nobody had an answer. */
  answered: string;
}

export interface Interpreter {
  name: string;
  language: string;
  presence: Presence;
}

export interface SupportPerson {
  name: string;
  relation: string;
}

export const kPresences = ['here', 'telephone', 'video'] as const;
export type Presence = (typeof kPresences)[number];
export const kAlone = ['yes', 'no', 'not-possible'] as const;
export type Alone = (typeof kAlone)[number];

/** Notes as far as they were made. */
export interface NotesDraft {
  questions: Question[];
  interpreter: (Omit<Interpreter, 'presence'> & { presence: Presence | null }) | null;
  supportPerson: SupportPerson | null;
  spokeAlone: Alone | null;
}

export const kNoNotes: NotesDraft = { questions: [], interpreter: null, supportPerson: null, spokeAlone: null };
export const kMostQuestions = 20;

/** What keeps notes from being whole. */
export type NotesGap = 'question' | 'interpreter' | 'support' | 'alone';

/** Whether nothing was noted at all. */
export function isEmpty({ questions, interpreter, supportPerson, spokeAlone }: NotesDraft): boolean {
  return questions.length === 0 && interpreter === null && supportPerson === null && spokeAlone === null;
}

/** The first gap; null for whole notes, and for none. */
export function gapIn(draft: NotesDraft): NotesGap | null {
  const { questions, interpreter, supportPerson, spokeAlone } = draft;
  if (isEmpty(draft)) {
    return null;
  }
  if (questions.some(({ asked }) => asked.trim() === '')) {
    return 'question';
  }
  if (interpreter !== null && (interpreter.name.trim() === '' || interpreter.language.trim() === '' || interpreter.presence === null)) {
    return 'interpreter';
  }
  if (supportPerson !== null && (supportPerson.name.trim() === '' || supportPerson.relation.trim() === '')) {
    return 'support';
  }
  return spokeAlone === null ? 'alone' : null;
}

/** The notes to be sent; null where there are none, or not whole ones. */
export function notesOf(draft: NotesDraft): Notes | null {
  const { questions, interpreter, supportPerson, spokeAlone } = draft;
  if (gapIn(draft) !== null || spokeAlone === null) {
    return null;
  }
  return {
    questions: questions.map(({ asked, answered }) => ({ asked: asked.trim(), answered: answered.trim() })),
    ...(interpreter === null || interpreter.presence === null
      ? {}
      : { interpreter: { name: interpreter.name.trim(), language: interpreter.language.trim(), presence: interpreter.presence } }),
    ...(supportPerson === null ? {} : { supportPerson: { name: supportPerson.name.trim(), relation: supportPerson.relation.trim() } }),
    spokeAlone,
  };
}
