import { describe, expect, it } from 'vitest';
import { Failure } from '../src/api/failure';
import type { Visit } from '../src/api/types';
import { Flow } from '../src/visit/flow';
import { kNoNotes } from '../src/visit/notes';
import type { Progress } from '../src/visit/progress';
import type { VisitSource } from '../src/visit/source';
import type { State } from '../src/visit/state';

const notice = { title: 'T', text: 'T', sha256: '00' };
const visit: Visit = {
  id: 'r1', state: 'created', title: 'Paper', language: 'ca', personName: 'Ramon Exemple', organisation: 'Vilaexemple', methods: ['button'], nonce: 'n',
  items: ['a', 'b'].map((id) => ({ id, text: id, consequenceIfRefused: '', notice, choices: ['grant', 'refuse'] })),
};

/** A tablet's memory that a test can hold back, or break. */
function setUp(saved: Progress | null = null) {
  const order: string[] = [];
  let broken = false;
  const kept: Progress[] = [];
  const never = () => Promise.reject(new Failure('unreadable'));
  const source: VisitSource = {
    noted: kNoNotes,
    onBehalf: () => ({ attempt: async () => {} }),
    keeper: {
      saved: async () => kept.at(-1) ?? saved,
      save: async (progress) => {
        await new Promise((done) => setTimeout(done, 1));
        if (broken) {
          throw new Failure('storage', { code: 'tablet.QuotaExceededError' });
        }
        kept.push(progress);
        order.push(`kept ${progress.place.at} ${progress.choices.length}`);
      },
    },
    visit: async () => visit, paper: never, document: never, readingView: never, freeze: never,
    act: () => ({ attempt: never }), answer: () => ({ attempt: async () => {} }), copy: () => ({ attempt: never }), leave: () => {},
  };
  const flow = new Flow(source, (state: State) => order.push(`shown ${state.step.at} ${state.choices.size}`));
  const until = async (at: string) => {
    for (let turns = 0; flow.state.step.at !== at && turns < 200; turns += 1) {
      await new Promise((done) => setTimeout(done, 2));
    }
    expect(flow.state.step.at).toBe(at);
  };
  return { flow, order, kept, until, breakIt: (now: boolean) => (broken = now) };
}

describe('what a person does', () => {
  it('is kept before the next screen shows, however fast they are', async () => {
    const { flow, order, until } = setUp();
    flow.start();
    await until('welcome');
    flow.begin();
    flow.choose('a', 'grant');
    flow.answerItem(0);
    flow.choose('b', 'refuse');
    flow.answerItem(1);
    await until('review');
    const steps = order.filter((line) => !line.startsWith('shown opening'));
    expect(steps).toEqual(['welcome 0', 'item 0', 'item 1', 'item 1', 'item 2', 'review 2'].flatMap((what) => [`kept ${what}`, `shown ${what}`]));
  });

  it('is not shown as done where it cannot be kept; the way out keeps it', async () => {
    const { flow, until, breakIt, kept } = setUp();
    flow.start();
    await until('welcome');
    breakIt(true);
    flow.begin();
    await until('problem');
    const { step } = flow.state;
    expect(step.at === 'problem' && step.failure).toMatchObject({ kind: 'storage', reference: { code: 'tablet.QuotaExceededError' } });
    breakIt(false);
    if (step.at === 'problem') {
      step.retry?.();
    }
    await until('item');
    expect(kept.at(-1)?.place).toEqual({ at: 'item', index: 0 });
  });

  it('is found again, and what was answered with it', async () => {
    const { flow, until } = setUp({ place: { at: 'leaving', answer: 'deferred', from: { at: 'item', index: 1 } }, choices: [['a', 'grant']], frozen: null, method: null, asText: false });
    flow.start();
    await until('leaving');
    expect([...flow.state.choices]).toEqual([['a', 'grant']]);
    const { step } = flow.state;
    expect(step.at === 'leaving' && step.from).toEqual({ at: 'item', index: 1, missing: false });
  });

  it('changes nothing on the screen of whoever holds the tablet next', async () => {
    const { flow, order, until } = setUp();
    flow.start();
    await until('welcome');
    flow.begin();
    flow.abandon();
    const before = order.filter((line) => line.startsWith('shown')).length;
    await new Promise((done) => setTimeout(done, 20));
    expect(order.filter((line) => line.startsWith('shown')).length).toBe(before);
  });
});
