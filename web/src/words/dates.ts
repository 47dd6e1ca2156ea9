import { isPartial, languageOf, paperLanguage } from './words';

const kKept = new Map<string, Intl.DateTimeFormat>();

/** A moment as people say it in the language of that tag, in their own time; `timeStyle`: the hour too. */
export function sayMoment(time: string | Date, tag: string, timeStyle?: 'short' | 'long'): string {
  const language = languageOf(tag);
  const key = `${language} ${timeStyle ?? ''}`;
  // Browsers know no Aranese: figures alone, which are the same in Catalan.
  const dateStyle = isPartial(language) ? 'short' : 'long';
  const known = kKept.get(key) ?? new Intl.DateTimeFormat(paperLanguage(language), { dateStyle, ...(timeStyle === undefined ? {} : { timeStyle }) });
  kKept.set(key, known);
  return known.format(new Date(time));
}
