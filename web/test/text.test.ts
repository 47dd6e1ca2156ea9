import { describe, expect, it } from 'vitest';
import { paragraphsOf, type Run } from '../src/paper/text';

const run = (str: string, y: number, height = 10, hasEOL = true): Run => ({ str, transform: [1, 0, 0, 1, 50, y], height, hasEOL });

describe('the words of a page', () => {
  it('are paragraphs: close lines of one size belong together', () => {
    expect(paragraphsOf([run('Title', 700, 18), run('one line', 660), run('and its end.', 646), run('Another.', 620)])).toEqual([
      'Title',
      'one line and its end.',
      'Another.',
    ]);
  });

  it('join runs of one line and part lines that are not announced', () => {
    expect(paragraphsOf([run('Ter', 700, 10, false), run('mini', 700, 10, false), run('next', 640, 10, false)])).toEqual(['Termini', 'next']);
  });

  it('are none on an empty page', () => {
    expect(paragraphsOf([])).toEqual([]);
  });
});
