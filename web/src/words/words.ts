import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import ca from './ca.ftl?raw';
import en from './en.ftl?raw';
import es from './es.ftl?raw';

const kSources = { ca, es, en } as const;

/** Languages whose words are complete. */
export type Language = keyof typeof kSources;

/** Says a message in the language of the visit. */
export type Say = (id: string, values?: Record<string, FluentVariable>) => string;

/** Every language by its own name, the first one first. */
export const kLanguages: Record<Language, string> = { ca: 'Català', es: 'Castellano', en: 'English' };

/** The first of some BCP 47 tags that is a language of ours; Catalan when none is. */
export function languageOf(...tags: readonly string[]): Language {
  const primary = tags.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find((tag) => tag in kSources);
  return (primary as Language | undefined) ?? 'ca';
}

const kKept = new Map<Language, Say>();

/** The words of one language. A message that is missing is a fault of ours: it throws rather than show a key to a person. */
export function wordsIn(language: Language): Say {
  const kept = kKept.get(language) ?? read(language);
  kKept.set(language, kept);
  return kept;
}

function read(language: Language): Say {
  const bundle = new FluentBundle(language);
  const faults = bundle.addResource(new FluentResource(kSources[language]));
  if (faults.length > 0) {
    throw faults[0];
  }
  return (id, values = {}) => {
    const pattern = bundle.getMessage(id)?.value;
    if (!pattern) {
      throw new Error(`no words for ${id} in ${language}`);
    }
    const errors: Error[] = [];
    const text = bundle.formatPattern(pattern, values, errors);
    if (errors.length > 0) {
      throw errors[0];
    }
    return text;
  };
}
