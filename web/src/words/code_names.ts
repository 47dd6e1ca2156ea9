import { paperLanguage, type Language } from './words';

/** What a code of a purpose, a category of data or a recipient is called; null where it has no name. */
export type CodeNames = Record<'ca' | 'es' | 'en', string> | null;

/** The name of a code in the language of the page; the code itself where it has none. */
export function nameOf(language: Language, code: string, names: CodeNames): string {
  return names?.[paperLanguage(language)] ?? code;
}
