import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../src/api/failure';
import type { Once, SessionClient } from '../src/api/session';
import { Answering } from '../src/desk/answering';
import { Desk, type Person } from '../src/desk/api';
import { Representations, type Deciders, type Representation } from '../src/desk/representations';
import { Representing } from '../src/desk/representing';
import { kNothing, type State } from '../src/desk/state';
import { Tasks } from '../src/desk/tasks';

const nil: Person = { id: 'nil', name: 'Nil Inventat', identifier: null, language: 'ca', address: null };
const deciders: Deciders = { person: { id: 'nil', name: nil.name, age: 'under-14', birthDate: '2014-05-02', birthDateSeen: 'family-book' }, representations: [], objections: [] };
const laia = { id: 'laia', basis: 'parental-authority', state: 'valida' } as Representation;

let state: State;
let sent: Once[];
let stored: string[];
let asked: string[];
let work: Promise<void>;
let lost: boolean;

const page = {
  state: () => state,
  set: (part: Partial<State>) => { state = { ...state, ...part }; },
  say: (words: string, about = '') => page.set({ trouble: { words, about } }),
  attempt: (what: () => Promise<void>) => { work = what().catch(() => page.say('lost')); },
};
const client = {
  call: async (_: string, path: string) => { asked.push(path); return deciders; },
  part: async (path: string) => { asked.push(path); return { list: [], next: null }; },
  store: async (_: Blob, key: string) => { stored.push(key); return { document: { id: 'd1' } }; },
  send: async (sending: Once) => {
    sent.push(sending);
    if (lost) {
      lost = false;
      throw new Failure('offline');
    }
    return {};
  },
} as unknown as SessionClient;
const left: string[] = [];
const { actions } = new Representing(new Desk(client), new Representations(client), page, (back) => left.push(back));
const panel = { person: nil, deciders, back: 'who' as const };

beforeEach(() => {
  state = { ...kNothing, step: { at: 'who' }, asText: false, textSize: 'normal', language: 'ca' };
  [sent, stored, asked, lost] = [[], [], [], false];
});

describe('the panel of who decides', () => {
  it('opens as it stands then, and goes back to where it was opened from', async () => {
    actions.openDeciders(nil, 'tasks');
    await work;
    expect(asked).toEqual(['persons/nil/representations']);
    expect(state.step).toEqual({ at: 'deciders', panel: { person: nil, deciders, back: 'tasks' } });
    actions.leaveDeciders({ ...panel, back: 'who-signs' });
    expect(left).toEqual(['who-signs']);
  });

  it('puts a birth date in the place of the one before, and shows what follows', async () => {
    actions.saveBirthDate(panel, null);
    expect(state.trouble?.words).toBe('desk-birth-date-missing');
    actions.saveBirthDate(panel, { birthDate: '2012-11-26', seen: 'id-document' });
    await work;
    expect(sent.map(({ method, path, body }) => [method, path, body])).toEqual([['PUT', 'persons/nil/birth-date', { birthDate: '2012-11-26', seen: 'id-document' }]]);
    expect([state.step.at, state.news]).toEqual(['deciders', 'desk-saved']);
  });

  it('asks for what is missing before it sends anything', () => {
    const evidence = { kind: 'family-book', reference: '', seen: true } as const;
    actions.represent(panel, { representativeId: 'p', basis: 'parental-authority', holds: 'joint', scope: [], evidence });
    expect(state.trouble?.words).toBe('desk-evidence-missing');
    actions.changePower(panel, laia, null, 'x');
    expect(state.trouble?.words).toBe('desk-choice-missing');
    actions.changePower(panel, laia, 'revocada', '');
    expect(state.trouble?.words).toBe('desk-protect-no-reason');
    actions.object(panel, laia, { scope: {}, channel: 'email', receivedAt: '', reason: 'x' }, null);
    expect(state.trouble?.words).toBe('desk-objection-when-missing');
    expect(sent).toEqual([]);
  });

  it('says of somebody whose document nobody saw that they cannot sign yet', async () => {
    const evidence = { kind: 'judgment', reference: 'Jutjat 3', seen: false } as const;
    actions.represent(panel, { representativeId: 'p', basis: 'judgment', scope: [], evidence });
    await work;
    expect(state.news).toBe('desk-represented-pending');
  });

  it('stores the message of an objection once, also where the answer is lost', async () => {
    const message = new File(['x'], 'correu.pdf');
    const said = { scope: { purpose: 'activity-images' }, channel: 'email', receivedAt: '2026-11-20', reason: 'No vol fotos.' } as const;
    lost = true;
    actions.object(panel, laia, said, message);
    await work;
    expect(state.trouble?.words).toBe('lost');
    actions.object(panel, laia, said, message);
    await work;
    expect(new Set(stored).size).toBe(1);
    expect(sent.map(({ path }) => path)).toEqual(['representations/laia/objections', 'representations/laia/objections']);
    expect(sent[1]?.body).toMatchObject({ documentId: 'd1', scope: { purpose: 'activity-images' }, channel: 'email', reason: 'No vol fotos.' });
    expect((sent[1]?.body as { receivedAt: string }).receivedAt).toMatch(/^2026-11-(19|20)T.*Z$/);
  });
});

describe('what waits for an answer', () => {
  const answering = new Answering(new Tasks(client), page);

  it('has reviews for those who work with people, and for nobody else', async () => {
    await answering.openList();
    expect(asked).toEqual(['reviews', 'corrections', 'feedback']);
    asked = [];
    page.set({ session: { role: { role: 'dpo' } } as State['session'] });
    await answering.openList();
    expect(asked).toEqual(['corrections', 'feedback']);
    expect(state.reviews.list).toBe(null);
  });

  it('ends a review with words alone', async () => {
    const one = { id: 'r1', kind: 'turned-14', personId: 'nil', personName: nil.name, since: '2026-11-20T00:00:00Z', state: 'open', uses: null, logIndex: 7 } as const;
    answering.actions.answerReview(one, '');
    expect([state.trouble?.words, sent.length]).toEqual(['desk-answer-empty', 0]);
    answering.actions.answerReview(one, 'Hi hem parlat.');
    await work;
    expect(sent.map(({ path, body }) => [path, body])).toEqual([['reviews/r1/answer', { text: 'Hi hem parlat.', seen: 7 }]]);
  });
});
