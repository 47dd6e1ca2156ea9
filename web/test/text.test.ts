import { describe, expect, it } from 'vitest';
import { blocksOf, type Element } from '../src/paper/structure';
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

describe('the pieces of a tagged page', () => {
  const begin = (id?: string) => ({ type: 'beginMarkedContentProps', ...(id === undefined ? {} : { id }) });
  const end = { type: 'endMarkedContent' };
  const leaf = (id: string) => ({ type: 'content', id });
  const tree: Element = {
    role: 'Root',
    children: [{ role: 'Document', children: [
      { role: 'H1', children: [leaf('m0')] },
      { role: 'H2', children: [leaf('m4')] },
      { role: 'P', children: [{ role: 'Span', children: [leaf('m1')] }] },
      { role: 'Table', children: [{ role: 'TR', children: [
        { role: 'TH', children: [{ role: 'P', children: [leaf('m2')] }] }, { role: 'TD', children: [{ role: 'P', children: [leaf('m3')] }] },
      ] }] },
    ] }],
  };
  const items = [
    begin('m1'), run('two', 660), run('lines', 646), end, begin('m0'), run('A title', 700, 18), end, begin('m4'), run('A part', 680, 12), end,
    begin('m2'), run('Term', 620), end, begin('m3'), run('June', 620), end,
  ];
  const said = (blocks: ReturnType<typeof blocksOf>) => blocks.map(({ kind, parts }) => [kind, ...parts.map(({ text }) => text)]);

  it('keep their order and what they are, whatever the order in which they were drawn', () => {
    const blocks = blocksOf(tree, items);
    expect(said(blocks)).toEqual([['title', 'A title'], ['heading', 'A part'], ['text', 'two lines'], ['row', 'Term', 'June']]);
    expect(blocks[3]?.parts.map(({ head }) => head)).toEqual([true, false]);
  });

  it('are whole where a mark without a name stands inside one: a ligature does not leave its word', () => {
    const word = [{ ...begin('m0'), tag: 'H1' }, run('veri', 97, 10, false), { type: 'beginMarkedContentProps', id: null, tag: 'Span' }, run('fi', 97, 10, false), end,
      run('cació', 97, 10, false), end];
    expect(said(blocksOf(null, word))).toEqual([['title', 'verificació']]);
    expect(said(blocksOf({ role: 'Root', children: [{ role: 'P', children: [leaf('m0')] }] }, word))).toEqual([['text', 'verificació']]);
  });

  it('keep a word whole that is half in bold, and part the pieces of a list', () => {
    const listed: Element = { role: 'LI', children: [
      { role: 'Lbl', children: [leaf('a')] },
      { role: 'LBody', children: [leaf('b'), { role: 'Span', children: [leaf('c')] }] },
    ] };
    const word = [begin('a'), run('1.', 97, 10, false), end, begin('b'), run('ver', 97, 10, false), end, begin('c'), run('ificació', 97, 10, false), end];
    expect(said(blocksOf({ role: 'Root', children: [listed] }, word))).toEqual([['text', '1. verificació']]);
  });

  it('say the words of form fields where the tree has their place, or else their mark', () => {
    const fields = [{ id: '12R', words: 'Yes' }, { id: '13R', words: 'No' }];
    const asked = [
      { ...begin('q1'), tag: 'H2' }, run('One?', 90), end, { ...begin('f1'), tag: 'Form' }, end,
      { ...begin('q2'), tag: 'H2' }, run('Two?', 70), end, { ...begin('f2'), tag: 'Form' }, end, run('foot', 10),
    ];
    const form = (id: string) => ({ role: 'Form', children: [{ type: 'annotation', id: `pdfjs_internal_id_${id}` }] });
    const inTree: Element = { role: 'Root', children: [{ role: 'H2', children: [leaf('q1')] }, form('12R'), { role: 'H2', children: [leaf('q2')] }, form('13R')] };
    for (const where of [inTree, null]) {
      expect(said(blocksOf(where, asked, fields))).toEqual([['heading', 'One?'], ['text', 'Yes'], ['heading', 'Two?'], ['text', 'No'], ['text', 'foot']]);
    }
    expect(said(blocksOf(null, [run('bare', 90)], fields))).toEqual([['text', 'Yes'], ['text', 'No'], ['text', 'bare']]);
  });

  it('lose no word: what no tag reaches follows, and a page without tags is read by its places', () => {
    const more = [...items, begin(), run('a footer', 40), end, begin('m9'), run('tagged by nobody', 500), end, run('bare', 300)];
    expect(said(blocksOf(tree, more)).slice(4)).toEqual([['text', 'tagged by nobody'], ['text', 'a footer'], ['text', 'bare']]);
    expect(said(blocksOf(null, [run('One', 700), run('Two', 600)]))).toEqual([['text', 'One'], ['text', 'Two']]);
  });
});
