import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Failure, failureOf } from '../src/api/failure';
import { SessionClient } from '../src/api/session';
import { Mine } from '../src/mine/api';
import { kSections } from '../src/mine/state';
import { troubleOf } from '../src/mine/trouble';
import { isGone } from '../src/ui/login_watch';
import { wordsIn } from '../src/words/words';

afterEach(() => vi.unstubAllGlobals());

interface Schema {
  enum?: string[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
}
const text = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { schemas } = (JSON.parse(text('service/http/openapi.json')) as { components: { schemas: Record<string, Schema> } }).components;
const said = (schema: string, ...path: string[]): string[] => {
  const found = path.reduce<Schema | undefined>((at, name) => at?.properties?.[name], schemas[schema]);
  const words = found?.enum ?? found?.oneOf?.flatMap((one) => one.enum ?? []) ?? [];
  expect(words.length, `${schema}.${path.join('.')}`).toBeGreaterThan(1);
  return words;
};
const id = (word: string): string => word.toLowerCase().replaceAll('_', '-');
const values = { organisation: 'O', date: 'D', channel: 'C' };

describe('the page of one’s own data', () => {
  it('has words for everything that the service says there', () => {
    const reasons = [...text('consent/src/codes.cpp').matchAll(/\{Reason::[a-z0-9_]+, "([a-z0-9_]+)"\}/g)].map((match) => match[1] as string);
    expect(reasons.length).toBeGreaterThan(10);
    const needed = [
      ...reasons.map((word) => `mine-reason-${id(word)}`),
      ...said('MyDocument', 'state').map((word) => `mine-state-${id(word)}`),
      ...said('MyDecision', 'kind').map((word) => `mine-kind-${id(word)}`),
      ...said('MyItem', 'stands', 'basis').map((word) => `mine-basis-${id(word)}`),
      ...said('MyAccess', 'what').map((word) => `mine-what-${word}`),
      ...said('MyAccess', 'by', 'role').map((word) => `mine-by-${word}`),
      ...said('MyAccess', 'why').map((word) => `mine-why-${word}`),
      ...said('MyCorrection', 'state').map((word) => `mine-correction-${word}`),
      ...['phone', 'counter', 'web', 'letter', 'slip', 'visit'].map((word) => `mine-channel-${word}`),
      ...kSections.flatMap((section) => [`mine-${section}`, `mine-${section}-none`]),
      ...['withdraw', 'object'].flatMap((how) => [`mine-${how}`, `mine-${how}-heading`, `mine-${how}-text`, `mine-${how}-done`]),
    ];
    for (const language of ['ca', 'es', 'en'] as const) {
      const say = wordsIn(language);
      for (const one of needed) {
        expect(say(one, values), `${language} ${one}`).not.toBe('');
      }
    }
  });

  it('withdraws and objects in the words that the paper has for it', () => {
    for (const language of ['ca', 'es', 'en'] as const) {
      const say = wordsIn(language);
      expect(say('mine-object')).toBe(say('choice-object'));
    }
    expect(wordsIn('ca')('mine-withdraw')).toBe('Ja no hi dono permís');
  });

  it('goes on where a list said, and sends what it prepared as often as it must with one key', async () => {
    const calls: [string, RequestInit][] = [];
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      calls.push([path, init]);
      return Response.json({ documents: [], next: '7-abc' });
    });
    const mine = new Mine(new SessionClient());
    const { next } = await mine.papers(null);
    await mine.papers(next);
    expect(calls.map(([path]) => path)).toEqual(['/api/v1/mine/documents', '/api/v1/mine/documents?cursor=7-abc']);
    const sending = mine.prepareEnding('d1', 'object');
    await mine.send(sending);
    await mine.send(sending);
    const sent = calls.slice(2);
    expect(sent.map(([path]) => path)).toEqual(Array(2).fill('/api/v1/mine/decisions/d1/objection'));
    expect(new Set(sent.map(([, init]) => (init.headers as Record<string, string>)['Idempotency-Key'])).size).toBe(1);
  });

  it('tells a login that is over from everything else', () => {
    expect(isGone(failureOf(401, { code: 'auth.no-session' }))).toBe(true);
    expect(isGone(failureOf(401, { code: 'auth.missing-token' })), 'without a cookie the service asks for a token').toBe(true);
    expect(isGone(failureOf(404, { code: 'http.not-found' })), 'handed over on this device').toBe(true);
    expect(isGone(failureOf(404, { code: 'document.unknown' }))).toBe(false);
    expect(troubleOf(failureOf(409, { code: 'decision.not-opposable' }))).toBe('mine-not-opposable');
    expect(troubleOf(new Failure('offline'))).toBe('login-offline');
    expect(troubleOf(new TypeError('x'))).toBe('login-server');
  });
});
