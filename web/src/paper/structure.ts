import { paragraphsOf, type Run } from './text';

/** The mark that opens what one element of a tagged document says, as pdf.js reports it; `id` names it in the structure tree. */
export interface Mark {
  readonly type: string;
  readonly id?: string;
}

/** An element of the structure of a page (ISO 32000-1, 14.7): what it is, and what it holds. */
export interface Element {
  readonly role: string;
  readonly children: readonly (Element | { readonly type: string; readonly id: string })[];
}

/** A piece of a page as it is read: a heading, a paragraph, or the cells of one row of a table. */
export interface Block {
  readonly kind: 'title' | 'heading' | 'text' | 'row';
  readonly parts: readonly { readonly text: string; readonly head: boolean }[];
}

const kTitles = /^(H|H1|Title)$/;
const kHeadings = /^H[2-6]$/;
/** Elements that are one piece each; whatever stands above them only groups. */
const kPieces = /^(P|LI|LBody|Caption|Note|BlockQuote|TOCI|Formula|FENote)$/;

/**
 * A page in pieces, in the order and with the roles of its tags. Words that no tag reaches are not lost: they follow as
 * paragraphs, found by where they stand. A page without tags is all such paragraphs.
 */
export function blocksOf(tree: Element | null, items: readonly (Run | Mark)[]): Block[] {
  const { marked, loose } = byMark(items);
  const blocks: Block[] = [];
  const take = (element: Element): string => {
    let text = '';
    for (const child of element.children) {
      if ('role' in child) {
        text += ` ${take(child)}`;
      } else {
        text += ` ${textOf(marked.get(child.id) ?? [])}`;
        marked.delete(child.id);
      }
    }
    return text.replace(/\s+/g, ' ').trim();
  };
  const add = (kind: Block['kind'], texts: readonly string[], heads: readonly boolean[] = []): void => {
    const parts = texts.map((text, at) => ({ text, head: heads[at] ?? false })).filter(({ text }) => text !== '');
    if (parts.length > 0) {
      blocks.push({ kind, parts });
    }
  };
  const walk = (element: Element): void => {
    if (element.role === 'TR') {
      const cells = element.children.filter((child) => 'role' in child);
      add('row', cells.map(take), cells.map(({ role }) => role === 'TH'));
      return;
    }
    const kind = kTitles.test(element.role) ? 'title' : kHeadings.test(element.role) ? 'heading' : kPieces.test(element.role) ? 'text' : null;
    if (kind !== null) {
      add(kind, [take(element)]);
      return;
    }
    for (const child of element.children) {
      if ('role' in child) {
        walk(child);
      } else {
        add('text', [take({ role: element.role, children: [child] })]);
      }
    }
  };
  if (tree !== null) {
    walk(tree);
  }
  const rest = [...marked.values()].flat().concat(loose);
  return [...blocks, ...paragraphsOf(rest).map((text) => ({ kind: 'text' as const, parts: [{ text, head: false }] }))];
}

/** What stands in each mark, and what stands in none (or in one without a name: headers, footers, watermarks). */
function byMark(items: readonly (Run | Mark)[]): { marked: Map<string, Run[]>; loose: Run[] } {
  const marked = new Map<string, Run[]>();
  const loose: Run[] = [];
  const open: (string | undefined)[] = [];
  for (const item of items) {
    if ('str' in item) {
      const id = open.findLast((one) => one !== undefined);
      const runs = id === undefined ? loose : (marked.get(id) ?? []);
      runs.push(item);
      if (id !== undefined) {
        marked.set(id, runs);
      }
    } else if (item.type.startsWith('beginMarkedContent')) {
      open.push(item.id);
    } else if (item.type === 'endMarkedContent') {
      open.pop();
    }
  }
  return { marked, loose };
}

/** The words of one mark: its runs as they follow, with a space where a line ends. */
function textOf(runs: readonly Run[]): string {
  return runs.map(({ str, hasEOL }) => (hasEOL ? `${str} ` : str)).join('');
}
