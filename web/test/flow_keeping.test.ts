import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../src/api/failure';
import type { Visit } from '../src/api/types';
import { Flow, type InPile } from '../src/visit/flow';
import { kNoNotes } from '../src/visit/notes';
import type { Progress } from '../src/visit/progress';
import type { VisitSource } from '../src/visit/source';
import { nameOf, type State } from '../src/visit/state';

const notice = { title: 'T', text: 'T', sha256: '00' };
const visit: Visit = {
  id: 'r1', state: 'created', title: 'Paper', language: 'ca', personName: 'Ramon Exemple', organisation: 'Vilaexemple', methods: ['button'], nonce: 'n',
  items: ['a', 'b'].map((id) => ({ id, text: id, consequenceIfRefused: '', notice, choices: ['grant', 'refuse'] })),
};

/** A tablet's memory that a test can hold back, or break. */
function setUp(saved: Progress | null = null, pile?: InPile) {
  const order: string[] = [];
  let broken = false;
  const kept: Progress[] = [];
  const said: string[] = [];
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
    act: () => ({ attempt: never }), copy: () => ({ attempt: async () => ({ kind: 'none', slips: [], paper: null }) }), leave: () => {},
    answer: (answer) => ({ attempt: async () => void said.push(answer) }),
    takeBack: async () => void said.push('taken back'),
    settle: async () => void said.push('settled'),
  };
  const flow = new Flow(source, (state: State) => order.push(`shown ${state.step.at} ${state.choices.size}`), pile);
  const until = async (at: string) => {
    const standing = (): boolean => flow.state.step.at === at || nameOf(flow.state.step) === at;
    for (let turns = 0; !standing() && turns < 400; turns += 1) {
      await new Promise((done) => setTimeout(done, 2));
    }
    expect(standing(), `${nameOf(flow.state.step)}, not ${at}`).toBe(true);
  };
  return { flow, order, kept, said, until, breakIt: (now: boolean) => (broken = now) };
}

describe('what a person does', () => {
  it('is kept before the next screen shows, and an answer leads on by itself', async () => {
    const { flow, order, until } = setUp();
    flow.start();
    await until('welcome');
    flow.begin();
    await until('item');
    flow.choose(0, 'grant');
    flow.choose(0, 'refuse'); // the second half of a double tap
    await until('item 1');
    flow.choose(1, 'refuse');
    await until('review');
    expect([...flow.state.choices]).toEqual([['a', 'grant'], ['b', 'refuse']]);
    // What shows without being kept before is the mark that an answer is on its way, or that something is under way.
    const steps = order.filter((line, at) => line.startsWith('kept') || order[at - 1]?.startsWith('kept'));
    expect(steps).toEqual(['welcome 0', 'item 0', 'item 1', 'item 1', 'item 2', 'review 2'].flatMap((what) => [`kept ${what}`, `shown ${what}`]));
  });

  it('is taken back, and leads to where nothing was answered yet, or to the end', async () => {
    const { flow, until } = setUp();
    flow.start();
    await until('welcome');
    flow.begin();
    await until('item');
    flow.choose(0, 'grant');
    await until('item 1');
    flow.toItem(0);
    await until('item 0');
    flow.choose(0, 'refuse');
    await until('item 1');
    flow.choose(1, 'grant');
    await until('review');
    flow.toItem(0);
    await until('item 0');
    flow.goOn();
    await until('review');
    expect([...flow.state.choices]).toEqual([['a', 'refuse'], ['b', 'grant']]);
  });

  it('leads to the next paper when this one is done, also when the page ended in between', async () => {
    const passed: string[] = [];
    const pile = (name: string) => ({ number: 2, count: 3, before: null, next: async () => void passed.push(name), takeBack: null });
    const { flow, until } = setUp(null, pile('refused'));
    flow.start();
    await until('item');
    flow.declining.answer('refused');
    await vi.waitFor(() => expect(passed).toEqual(['refused']));
    const later = setUp({ place: { at: 'done' }, choices: [], frozen: null, dynamics: false, asText: false }, pile('signed'));
    later.flow.start();
    await vi.waitFor(() => expect(passed).toEqual(['refused', 'signed']));
  });

  it('can be taken back where it was a no or a later: to where it was said, and it stands with the next thing that is done', async () => {
    const { flow, said, until } = setUp();
    flow.start();
    await until('welcome');
    flow.declining.answer('deferred');
    await until('answered');
    expect(flow.state.over).toBe(true);
    flow.declining.takeBack();
    await until('welcome');
    expect(flow.state.over).toBe(false);
    flow.declining.answer('refused');
    await until('answered');
    flow.chooseCopy('none', flow.state.step);
    await until('end');
    expect(said).toEqual(['deferred', 'taken back', 'refused', 'settled']);
    flow.declining.takeBack(); // where nothing was said there is nothing to take back
    expect([flow.state.step.at, said.length]).toEqual(['end', 4]);
  });

  it('can be taken back after the page ended, and from the paper behind it', async () => {
    const { flow, until, said } = setUp({ place: { at: 'answered', answer: 'refused' }, choices: [['a', 'grant']], frozen: null, dynamics: false, asText: false });
    flow.start();
    await until('answered');
    flow.declining.takeBack();
    await until('item 1');
    expect([said, [...flow.state.choices]]).toEqual([['taken back'], [['a', 'grant']]]);

    const back = vi.fn(async () => {});
    const later = setUp(null, { number: 2, count: 2, before: { title: 'Paper', answer: 'refused', verificationCode: '' }, next: null, takeBack: back });
    later.flow.start();
    await later.until('item 0');
    expect(later.flow.declining.canTakeBackBefore).toBe(true);
    later.flow.declining.takeBackBefore();
    await vi.waitFor(() => expect(back).toHaveBeenCalledOnce());
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
    const { flow, until } = setUp({ place: { at: 'notes', from: { at: 'item', index: 1 } }, choices: [['a', 'grant']], frozen: null, dynamics: false, asText: false });
    flow.start();
    await until('notes');
    expect([...flow.state.choices]).toEqual([['a', 'grant']]);
    const { step } = flow.state;
    expect(step.at === 'notes' && step.from).toEqual({ at: 'item', index: 1 });
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
