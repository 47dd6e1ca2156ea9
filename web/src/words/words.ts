import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import caFamiliar from './ca-familiar.ftl?raw';
import ca from './ca.ftl?raw';
import en from './en.ftl?raw';
import esFamiliar from './es-familiar.ftl?raw';
import es from './es.ftl?raw';

const kSources = { ca, es, en } as const;
/** What a visit says otherwise to whom it calls tu or tú; English has one form. */
const kFamiliar: Partial<Record<keyof typeof kSources, string>> = { ca: caFamiliar, es: esFamiliar };

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

const kKept = new Map<string, Say>();

/** The words of one language. A message that is missing is a fault of ours: it throws rather than show a key to a person. */
export function wordsIn(language: Language, address: 'formal' | 'familiar' = 'formal'): Say {
  const key = `${language} ${address}`;
  const kept = kKept.get(key) ?? read(language, address === 'familiar' ? (kFamiliar[language] ?? '') : '');
  kKept.set(key, kept);
  return kept;
}

function read(language: Language, otherwise: string): Say {
  const bundle = new FluentBundle(language);
  const faults = [
    ...bundle.addResource(new FluentResource(kSources[language])),
    ...bundle.addResource(new FluentResource(otherwise), { allowOverrides: true }),
  ];
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
