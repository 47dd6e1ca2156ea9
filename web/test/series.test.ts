import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Drawing } from '../src/ink/drawing';
import { kPenGraceMilliseconds, Ownership } from '../src/ink/ownership';
import { kInAir, Series, type PenEvent } from '../src/ink/series';

const box = { left: 10, top: 20, width: 800, height: 300, devicePixelRatio: 2, zoom: 1 };
const event = (change: Partial<PenEvent>): PenEvent => ({
  timeStamp: 1000, clientX: 110, clientY: 120, pressure: 0.3, tiltX: 0, tiltY: 0, twist: 0, buttons: 1, pointerType: 'pen', ...change,
});

describe('a series', () => {
  it('keeps what the pen said, with times from its first sample', () => {
    const series = new Series();
    series.add(0, event({ timeStamp: 5000.1 }), box);
    series.add(0, event({ timeStamp: 5004.3, clientX: 111.25, pressure: 0.41, tiltX: 30, tiltY: -20, twist: 45 }), box);
    expect(series.samples()).toEqual([
      [0, 0, 100, 100, 0.3, 0, 0, 0, 1],
      [0, 4200, 101.25, 100, 0.41, 30, -20, 45, 1],
    ]);
    expect(series.quality().rateHz).toBe(238);
  });

  it.each([0, 0.5, 1])('says null, not a number, where a device only pretends to feel pressure (%d)', (pressure) => {
    const series = new Series();
    series.add(0, event({ pressure }), box);
    series.add(0, event({ pressure }), box);
    series.add(0, event({ pressure: 0, buttons: 0 }), box);
    expect(series.samples().map((sample) => sample[4])).toEqual([null, null, null]);
    expect(series.quality().pressure).toBe(false);
  });

  it('says null too where a pen without a sensor says 0 at first touch and 0.5 from then on', () => {
    const series = new Series();
    for (const pressure of [0, 0.5, 0.5, 1]) {
      series.add(0, event({ pressure }), box);
    }
    expect(series.quality().pressure).toBe(false);
  });

  it('keeps what the pen felt and invents nothing for the mouse that drew beside it', () => {
    const series = new Series();
    series.add(0, event({ pressure: 0.3 }), box);
    series.add(kInAir, event({ pressure: 0, buttons: 0 }), box);
    series.add(1, event({ pressure: 0.5, pointerType: 'mouse' }), box);
    expect(series.samples().map((sample) => sample[4])).toEqual([0.3, 0, null]);
    expect(series.pointerType).toBe('pen+mouse');
  });

  it('counts its time from the first sample that is left, and forgets with a line what drew it', () => {
    const series = new Series();
    series.add(0, event({ timeStamp: 1000, pointerType: 'mouse' }), box);
    series.undo(0);
    series.add(0, event({ timeStamp: 9000 }), box);
    series.add(0, event({ timeStamp: 9004 }), box);
    expect(series.samples().map((sample) => sample[1])).toEqual([0, 4000]);
    expect(series.start).toBe(9000);
    expect(series.pointerType).toBe('pen');
  });

  it('counts samples lost while the pen moved, and none for a pen at rest', () => {
    const series = new Series();
    let time = 0;
    const step = (gap: number, clientX: number): void => series.add(0, event({ timeStamp: (time += gap), clientX }), box);
    for (let at = 0; at < 20; at += 1) {
      step(4, 100 + 3 * at);
    }
    expect(series.quality()).toMatchObject({ rateHz: 250, dropped: 0 });
    step(16, 172);
    expect(series.quality().dropped).toBe(3);
    step(400, 172.5);
    expect(series.quality().dropped).toBe(3);
  });

  it('does not call a resting hand a line that the person took back', () => {
    const series = new Series();
    series.add(0, event({ pointerType: 'touch' }), box);
    expect(series.forget(0)).toBe(true);
    expect(series.forget(0)).toBe(false);
    expect(series.quality().undoneLines).toBe(0);
  });

  it('notes a zoom, by pinching and by the browser', () => {
    const series = new Series();
    series.add(0, event({}), box);
    series.add(0, event({}), { ...box, zoom: 2 });
    series.add(0, event({}), { ...box, zoom: 2, devicePixelRatio: 3 });
    expect(series.quality().surfaces.map(({ fromSample }) => fromSample)).toEqual([0, 1, 2]);
  });

  it('forgets a line that was taken back, keeps the others, and says so', () => {
    const series = new Series();
    series.add(0, event({}), box);
    series.add(kInAir, event({ buttons: 0 }), box);
    series.add(1, event({}), box);
    series.add(kInAir, event({ buttons: 0 }), box);
    series.undo(1);
    expect(series.samples().map((sample) => sample[0])).toEqual([0, kInAir]);
    expect(series.quality().undoneLines).toBe(1);
  });

  it('notes that the tablet was turned and that a line was interrupted', () => {
    const series = new Series();
    series.add(0, event({}), box);
    series.noteCancelled(0);
    series.add(1, event({}), { ...box, width: 400, height: 150 });
    expect(series.quality().surfaces).toEqual([
      { fromSample: 0, width: 800, height: 300, devicePixelRatio: 2, zoom: 1 },
      { fromSample: 1, width: 400, height: 150, devicePixelRatio: 2, zoom: 1 },
    ]);
    expect(series.quality().cancelledLines).toEqual([0]);
    expect(series.samples()).toHaveLength(2);
  });
});

describe('the surface', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const pen = { pointerId: 1, pointerType: 'pen' };
  const hand = { pointerId: 2, pointerType: 'touch' };
  const finger = { pointerId: 3, pointerType: 'touch' };

  it('belongs to one pointer at a time', () => {
    const ownership = new Ownership();
    expect(ownership.take(finger)).toBe('draws');
    expect(ownership.take(hand)).toBe('ignored');
    ownership.release(hand);
    expect(ownership.holds(finger)).toBe(true);
  });

  it('ignores the hand while the pen is near and a moment after', () => {
    const ownership = new Ownership();
    ownership.take(pen);
    expect(ownership.take(hand)).toBe('ignored');
    ownership.release(pen);
    expect(ownership.take(hand)).toBe('ignored');
    vi.advanceTimersByTime(kPenGraceMilliseconds + 1);
    expect(ownership.take(hand)).toBe('draws');
  });

  it('goes to the pen when the hand came first', () => {
    const ownership = new Ownership();
    ownership.take(hand);
    expect(ownership.take(pen)).toBe('draws-instead-of-hand');
    expect(ownership.holds(hand)).toBe(false);
    expect(ownership.holds(pen)).toBe(true);
  });
});

describe('a drawing', () => {
  it('takes back its last line, then the one before', () => {
    const drawing = new Drawing();
    drawing.begin({ x: 0, y: 0 });
    drawing.begin({ x: 1, y: 0 });
    drawing.extend({ x: 1, y: 1 });
    expect(drawing.undo()).toBe(1);
    expect(drawing.lines).toEqual([[{ x: 0, y: 0 }]]);
    drawing.clear();
    expect(drawing.isEmpty).toBe(true);
  });
});
