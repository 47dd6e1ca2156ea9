import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import caFamiliar from './ca-familiar.ftl?raw';
import ca from './ca.ftl?raw';
import en from './en.ftl?raw';
import esFamiliar from './es-familiar.ftl?raw';
import es from './es.ftl?raw';
import ocAranes from './oc-aranes.ftl?raw';
import { isOther, otherWords } from './other_words';

const kComplete = { ca, es, en } as const;
/** What a visit says otherwise to whom it calls tu or tú; English has one form. */
const kFamiliar: Partial<Record<Language, string>> = { ca: caFamiliar, es: esFamiliar };
/** Languages of which there are some words; the others are said in Catalan, and marked. */
const kPartial = { 'oc-aranes': ocAranes } as const;
const kFallback = 'ca';

/** Languages whose words are complete: those of papers, of names, and of what the service writes. */
export type PaperLanguage = keyof typeof kComplete;
/** Languages that a page may be shown in. */
export type Language = PaperLanguage | keyof typeof kPartial;

/** Says a message in the language of the page. */
export type Say = (id: string, values?: Record<string, FluentVariable>) => string;

/** Every language of papers by its own name, the first one first. */
export const kPaperLanguages: Record<PaperLanguage, string> = { ca: 'Català', es: 'Castellano', en: 'English' };
/** Every language of pages by its own name. */
export const kLanguages: Record<Language, string> = { ...kPaperLanguages, 'oc-aranes': 'Aranés' };

/** Whether a page in that language may show words of another one. */
export function isPartial(language: Language): language is keyof typeof kPartial {
  return language in kPartial;
}

/** The first of some BCP 47 tags that is a language of ours; Catalan when none is. */
export function languageOf(...tags: readonly string[]): Language {
  const primary = tags.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find((tag) => tag === 'oc' || tag in kComplete);
  return primary === 'oc' ? 'oc-aranes' : ((primary as PaperLanguage | undefined) ?? kFallback);
}

/** The language of a paper or a name that there is in Catalan, Spanish and English alone. */
export function paperLanguage(language: Language): PaperLanguage {
  return isPartial(language) ? kFallback : language;
}

const kKept = new Map<string, Say>();

/** The words of one language. A message that is missing is a fault of ours: it throws rather than show a key to a person. */
export function wordsIn(language: Language, address: 'formal' | 'familiar' = 'formal'): Say {
  const key = `${language} ${address}`;
  const kept = kKept.get(key) ?? (isPartial(language) ? readPartial(language, address) : sayIn(language, kComplete[language], familiarIn(language, address)));
  kKept.set(key, kept);
  return kept;
}

function familiarIn(language: Language, address: 'formal' | 'familiar'): string {
  return address === 'familiar' ? (kFamiliar[language] ?? '') : '';
}

function bundleOf(language: string, source: string, otherwise: string): FluentBundle {
  const bundle = new FluentBundle(language);
  const faults = [
    ...bundle.addResource(new FluentResource(source)),
    ...bundle.addResource(new FluentResource(otherwise), { allowOverrides: true }),
  ];
  if (faults.length > 0) {
    throw faults[0];
  }
  return bundle;
}

function sayIn(language: string, source: string, otherwise: string): Say {
  const bundle = bundleOf(language, source, otherwise);
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

function readPartial(language: keyof typeof kPartial, address: 'formal' | 'familiar'): Say {
  const there = bundleOf(language, kPartial[language], '');
  const own = sayIn(language, kPartial[language], '');
  const fallback = wordsIn(kFallback, address);
  return (id, values = {}) => {
    const plain = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isOther(value) ? String(value) : value]));
    // A sentence is in one language: where a part of it has no words here, all of it is said in the other one.
    return there.hasMessage(id) && !Object.values(values).some(isOther) ? own(id, plain) : otherWords(fallback(id, plain), kFallback);
  };
}
