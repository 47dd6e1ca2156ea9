import { describe, expect, it } from 'vitest';
import { dayBegins, standsAt, type Official } from '../src/accounts/registers';
import type { SessionClient } from '../src/api/session';
import type { Asked } from '../src/desk/api';
import { carryingNote, whyNotCarried, whySetAside } from '../src/desk/trouble';
import { kNothing, type State } from '../src/desk/state';
import { Visiting } from '../src/desk/visiting';
import { againOf, byPerson, moved, Visits, withPapers, type CarriedPaper, type PreparedVisit } from '../src/desk/visits';
import { wordsIn } from '../src/words/words';

const asked = (id: string, personId = 'p1'): Asked => ({ id, personId, personName: personId } as Asked);
const paper = (request: string, part: Partial<CarriedPaper> = {}): CarriedPaper => ({
  request, title: 'T', language: 'ca', personName: 'N', requestState: 'created', state: 'waiting', newer: null, answer: null, reason: null, flags: [], ...part,
});
const visit = (state: PreparedVisit['state'], papers: CarriedPaper[]): PreparedVisit => ({
  id: 'v', deviceLabel: 'T', state, createdAt: '2026-01-01T00:00:00Z', expiresAt: '2026-01-02T00:00:00Z', papers,
});

/** A page of the desk whose service answers what `answers` says. */
function page(answers: Record<string, unknown[]>): { visiting: Visiting; state: () => State } {
  const client = {
    part: (path: string) => Promise.resolve((answers[path] ?? []).shift() ?? { list: [], next: null }),
    call: (_: string, path: string, body: unknown) => Promise.resolve({ visit: { path, body } }),
  } as unknown as SessionClient;
  let state = { ...kNothing, step: { at: 'list' }, asText: false, textSize: 'normal', language: 'ca' } as State;
  const set = (part: Partial<State>): void => {
    state = { ...state, ...part };
  };
  const visiting = new Visiting(new Visits(client), {
    state: () => state, set, say: (words, about = '') => set({ trouble: { words, about } }), attempt: (work) => void work(),
  });
  return { visiting, state: () => state };
}

describe('a visit on the desk', () => {
  it('keeps the papers of one person together, in the order in which people come', () => {
    const people = byPerson([asked('a', 'p1'), asked('b', 'p2'), asked('c', 'p1')]);
    expect(people.map(({ name, papers }) => [name, papers.map(({ id }) => id)])).toEqual([['p1', ['a', 'c']], ['p2', ['b']]]);
  });

  it('takes papers in and out, each once, and leaves the others where they were', () => {
    expect(withPapers(['b'], ['a', 'b'], true)).toEqual(['b', 'a']);
    expect(withPapers(['b', 'a', 'c'], ['a'], false)).toEqual(['b', 'c']);
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
  });

  it('is prepared again with what came to nothing, and never with what is out or done', () => {
    expect(againOf(visit('on-device', [paper('a'), paper('b', { state: 'sealed', requestState: 'signed' })]))).toEqual([]);
    expect(againOf(visit('done', [paper('a', { state: 'unfulfilled' }), paper('b', { state: 'sealed', requestState: 'signed', newer: 'c' })]))).toEqual(['a']);
    expect(againOf(visit('on-device', [paper('a', { state: 'set-aside', newer: 'b' }), paper('c')]))).toEqual(['b']);
    expect(againOf(visit('withdrawn', [paper('a', { state: 'withdrawn' }), paper('b', { state: 'withdrawn' })]))).toEqual(['a', 'b']);
    expect(againOf(visit('prepared', [paper('a', { state: 'prepared', requestState: 'cancelled', newer: 'c' }), paper('b', { state: 'prepared' })]))).toEqual(['c', 'b']);
    expect(againOf(visit('prepared', [paper('a', { state: 'prepared' })]))).toEqual([]);
    expect(againOf(visit('withdrawn', [paper('a', { state: 'withdrawn', requestState: 'signed' }), paper('b', { state: 'withdrawn' })]))).toEqual(['b']);
    expect(againOf(visit('done', [paper('a', { state: 'set-aside', requestState: 'cancelled' })]))).toEqual([]);
  });

  it('looks for the papers that are wanted as far as the list goes, and says how many are gone', async () => {
    const { visiting, state } = page({
      devices: [{ list: [{ id: 'd', label: 'T', state: 'revoked' }, { id: 'e', label: 'U', state: 'active' }], next: null }],
      'signature-requests': [{ list: [asked('a')], next: '1' }, { list: [asked('b')], next: '2' }, { list: [asked('c')], next: null }],
    });
    await visiting.compose(['c', 'gone', 'a']);
    expect(state().composing?.chosen).toEqual(['c', 'a']);
    expect(state().composing?.tablet).toBe('e');
    expect(state().trouble).toEqual({ words: 'desk-visit-left-out', about: '1' });
    visiting.actions.preview('e', 3);
    expect(state().composing?.days).toBe(3);
    await Promise.resolve();
    await Promise.resolve();
    expect(state().step).toMatchObject({ at: 'compose-sure', preview: { path: 'visits/preview', body: { device: 'e', requests: ['c', 'a'] } } });
  });

  it('is not looked at without papers, without a tablet, or with too many papers', async () => {
    const { visiting, state } = page({ devices: [], 'signature-requests': [{ list: Array.from({ length: 21 }, (_, at) => asked(`r${at}`)), next: null }] });
    await visiting.compose([]);
    visiting.actions.preview('e', 2);
    expect(state().trouble?.words).toBe('desk-visit-none-chosen');
    visiting.actions.take(['r1'], true);
    visiting.actions.preview('', 2);
    expect(state().trouble?.words).toBe('desk-visit-no-tablet');
    visiting.actions.take(Array.from({ length: 21 }, (_, at) => `r${at}`), true);
    visiting.actions.preview('e', 2);
    expect(state().trouble).toEqual({ words: 'desk-visit-too-many', about: '20' });
  });

  it('has words for every reason of the service, and for those that it does not know yet', () => {
    const say = wordsIn('en');
    const reasons = ['request.unknown', 'device.revoked', 'visit.over', 'visit.expired', 'visit.not-yet', 'visit.not-laid-out', 'visit.decisions-first', 'visit.no-method'];
    expect(new Set(reasons.map((code) => say(whyNotCarried(code), { code }))).size).toBe(reasons.length);
    expect(say(whyNotCarried('visit.else'), { code: 'visit.else' })).toContain('visit.else');
    const notes = ['request.newer', 'visit.carried-elsewhere', 'notice.newer', 'person.no-language', 'person.other-language', 'document.no-reading-view', 'else'];
    expect(new Set(notes.map((note) => say(carryingNote(note)))).size).toBe(notes.length);
    const aside = ['nonce.expired', 'request.answered-already', 'request.cancelled', 'act.stale', 'else'];
    expect(new Set(aside.map((code) => say(whySetAside(code), { code }))).size).toBe(aside.length);
  });
});

describe('the registers of an organisation', () => {
  it('hold from the beginning of a day to the beginning of the day after the last', () => {
    expect(Date.parse(dayBegins('2026-03-02')) - Date.parse(dayBegins('2026-03-01'))).toBe(86_400_000);
    expect(dayBegins('2026-12-31', 1)).toBe(dayBegins('2027-01-01'));
    expect(dayBegins('no day')).toBe('');
  });

  it('say why an entry lets nobody sign', () => {
    const entry = { state: 'registered', since: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' } as Official;
    expect(standsAt(entry, Date.parse('2026-06-01'))).toBe('registered');
    expect(standsAt(entry, Date.parse('2025-12-31'))).toBe('later');
    expect(standsAt(entry, Date.parse(entry.until))).toBe('over');
    expect(standsAt({ ...entry, state: 'withdrawn' }, Date.parse('2026-06-01'))).toBe('withdrawn');
  });
});
