import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { why } from '../src/check/verdict';
import { isOther } from '../src/words/other_words';
import { languageOf, wordsIn } from '../src/words/words';

const folder = new URL('../src/', import.meta.url).pathname;
const read = new Map<string, string[]>();
/** The ids of a language's file, which is read once. */
function idsOf(language: string): string[] {
  const known = read.get(language);
  if (known !== undefined) {
    return known;
  }
  const words = readFileSync(join(folder, 'words', `${language}.ftl`), 'utf8');
  const ids = [...words.matchAll(/^([a-z][a-z0-9-]*) =/gm)].map((match) => match[1] as string);
  read.set(language, ids);
  return ids;
}
const sources = (at: string): string[] =>
  readdirSync(at, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(join(at, entry.name)) : entry.name.endsWith('.ts') ? [readFileSync(join(at, entry.name), 'utf8')] : [],
  );
const values = { act: 'X', hours: 5, times: 2, shown: 'S', aware: 'W', name: 'N', organisation: 'O', professional: 'P', custodian: 'C', assessment: 'AIPD-EXEMPLE-2026/03', approval: 'Ple de l’Ajuntament d’Exemple', title: 'T', count: 2, index: 1, page: 1, pages: 2, date: '1 de gener', did: 'D', meant: 'M', minutes: 2, role: 'R', law: 'L', purpose: 'P', recipient: 'R', category: 'C', channel: 'H', code: 'K', about: 'A', label: 'B', type: 'Y', end: 'E', step: 1, person: 'Q', days: 3, officer: 'F', authority: 'A', officials: 'F', answer: 'A' };

describe('the words', () => {
  it.each(['es', 'en'])('of %s are those of Catalan, each once', (language) => {
    expect(idsOf(language)).toEqual(idsOf('ca'));
    expect(new Set(idsOf(language)).size).toBe(idsOf(language).length);
  });

  it('of a partial language are some of those of Catalan, with the same values, and how many is told', () => {
    const ids = idsOf('oc-aranes');
    const text = (language: string, id: string): string => new RegExp(`^${id} = (.*)$`, 'm').exec(readFileSync(join(folder, 'words', `${language}.ftl`), 'utf8'))?.[1] ?? '';
    const named = (words: string): string[] => [...words.matchAll(/\{ (\$\w+)/g)].map((match) => match[1] as string).sort();
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !idsOf('ca').includes(id))).toEqual([]);
    for (const id of ids) {
      expect(named(text('oc-aranes', id)), id).toEqual(named(text('ca', id)));
    }
    console.log(`oc-aranes: ${ids.length} of ${idsOf('ca').length} messages (${Math.round((100 * ids.length) / idsOf('ca').length)} %), not reviewed by a native speaker`);
  });

  it('that a partial language has not are said in Catalan, with that language on them; the others are plain text', () => {
    const [say, catalan] = [wordsIn('oc-aranes'), wordsIn('ca')];
    expect(typeof say('sign')).toBe('string');
    expect(say('sign')).toBe('Signi');
    const other = say('welcome-time');
    expect(isOther(other)).toBe(true);
    expect(`${other}`).toBe(catalan('welcome-time'));
    expect((other as unknown as { values: unknown[] }).values).toEqual(['ca', catalan('welcome-time')]);
    // A sentence is in one language: with a part that is missing, all of it is said in the other one.
    expect(isOther(say('item-step', { index: say('welcome-time'), count: 2 }))).toBe(true);
    for (const id of idsOf('ca')) {
      expect(`${say(id, values)}`, id).not.toMatch(/^\s*$|\{/);
    }
  });

  it.each(['ca', 'es', 'en'] as const)('of %s can all be said', (language) => {
    const say = wordsIn(language);
    for (const id of idsOf(language)) {
      expect(say(id, values), id).not.toMatch(/^\s*$|\{/);
    }
  });

  it.each(['ca', 'es'] as const)('of %s for whom it calls tu are otherwise where, and only where, they must be', (language) => {
    const otherwise = idsOf(`${language}-familiar`);
    expect(new Set(otherwise).size).toBe(otherwise.length);
    expect(otherwise.filter((id) => !idsOf(language).includes(id))).toEqual([]);
    const [formal, familiar] = [wordsIn(language), wordsIn(language, 'familiar')];
    const visit = idsOf(language).slice(0, idsOf(language).indexOf('check-title'));
    const polite = language === 'ca' ? /\b(us|vos|vostr\w+)\b|vós/i : /\b(usted|su resguardo|diga|elija|pulse|espere|avise|quiere)\b|podrá /i;
    for (const id of visit) {
      if (otherwise.includes(id)) {
        expect(familiar(id, values), id).not.toBe(formal(id, values));
      }
    }
    // Some words are the same in both: those of a third person, or of nobody.
    const kept = ['item-before', 'copy-heading', 'problem-busy-text', 'welcome-with'];
    expect(kept.every((id) => otherwise.includes(id))).toBe(true);
    expect(otherwise.filter((id) => polite.test(familiar(id, values)))).toEqual([]);
  });

  it('are there for every id that the code says by its whole name', () => {
    const said = sources(folder).flatMap((text) => [...text.matchAll(/say\('([a-z0-9-]+)'/g)].map((match) => match[1] as string));
    expect(said.length).toBeGreaterThan(30);
    expect(said.filter((id) => !idsOf('ca').includes(id))).toEqual([]);
  });

  it('are there for every failure, choice and answer', () => {
    const kinds = [...readFileSync(join(folder, 'api/failure.ts'), 'utf8').matchAll(/^ {2}\| '([a-z-]+)'/gm)].map((match) => match[1]);
    const needed = [
      ...kinds.flatMap((kind) => [`problem-${kind}`, `problem-${kind}-text`]),
      ...['grant', 'refuse', 'defer', 'informed', 'object'].map((choice) => `choice-${choice}`),
      ...['refused', 'deferred'].flatMap((answer) => [`before-${answer}`, `answered-${answer}`, `answered-${answer}-text`]),
    ];
    expect(kinds.length).toBeGreaterThan(8);
    expect(needed.filter((id) => !idsOf('ca').includes(id))).toEqual([]);
  });

  it('of a verdict are those of the program segell, and there is one for every reason', () => {
    const straight = (text: string): string => text.replaceAll('’', "'");
    const inProgram = ['words', 'words_reasons', 'verdict_text'].map((name) => readFileSync(join(folder, `../../cli/src/${name}.cpp`), 'utf8')).join('').replaceAll(/"\n\s*"/g, '');  // a long text in parts is one
    const program = new Set([...inProgram.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map((match) => match[1]));
    const reasons = [...readFileSync(join(folder, '../../signer/src/ades/verdict.cpp'), 'utf8').matchAll(/return "([A-Z]+(?:_[A-Z]+)*)";/g)]
      .map((match) => match[1] as string)
      .filter((word) => word !== 'INDETERMINATE' && word !== 'ERROR');
    expect(reasons.length).toBeGreaterThan(15);
    for (const reason of reasons) {
      expect(why(reason), reason).not.toBeNull();
    }
    for (const language of ['ca', 'es', 'en'] as const) {
      const say = wordsIn(language);
      const shared = idsOf('ca').filter((id) => /^(why|gap|did|meant)-/.test(id));
      expect(shared.length).toBeGreaterThan(30);
      expect(shared.map((id) => straight(say(id))).filter((text) => !program.has(text)), language).toEqual([]);
      for (const id of ['unchanged', 'extended', 'changed', 'false', 'none', 'error']) {
        expect(program.has(`${straight(say(`check-${id}`))}.`), id).toBe(true);
      }
    }
  });

  it('of a choice are those that the paper prints', () => {
    const printed = JSON.parse(readFileSync(join(folder, '../../service/templates/words-1.json'), 'utf8')) as {
      languages: Record<'ca' | 'es' | 'en', Record<string, string>>;
    };
    for (const language of ['ca', 'es', 'en'] as const) {
      const say = wordsIn(language);
      for (const [choice, key] of Object.entries({ grant: 'grant', refuse: 'refuse', defer: 'defer', informed: 'inform', object: 'object' })) {
        expect(say(`choice-${choice}`).replaceAll('’', "'")).toBe(printed.languages[language][`choice-${key}`]);
      }
    }
  });

  it('speak the nearest language, and Catalan to everyone else', () => {
    expect([languageOf('es-ES'), languageOf('CA'), languageOf('en'), languageOf('ar'), languageOf('')]).toEqual(['es', 'ca', 'en', 'ca', 'ca']);
    expect(languageOf('fr-FR', 'es', 'ca'), 'the first one that is ours').toBe('es');
  });

  it('count as the language does', () => {
    const say = wordsIn('ca');
    expect(say('welcome-questions', { count: 0 })).toContain('cap');
    expect(say('welcome-questions', { count: 1 })).toContain('una pregunta');
    expect(say('welcome-questions', { count: 3 })).toContain('3');
  });
});
