import { paragraphsOf, type Run } from './text';

/** The mark that opens what one element of a tagged document says, as pdf.js reports it; `id` names it in the structure tree. */
export interface Mark {
  readonly type: string;
  readonly id?: string | null;
  readonly tag?: string;
}

/** An element of the structure of a page (ISO 32000-1, 14.7): what it is, and what it holds. */
export interface Element {
  readonly role: string;
  readonly children: readonly (Element | { readonly type: string; readonly id: string })[];
}

/** What stands in a form field of a page, by the field's annotation. */
export interface FieldWords {
  readonly id: string;
  readonly words: string;
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

/** Elements inside a line: a word may begin in one and end beside it. */
const kInline = /^(Span|Link|Em|Strong|Quote|Code|Reference|Sub)$/;

/** What pdf.js puts before the number of an annotation that the tree names. */
const kAnnotation = /^pdfjs_internal_id_/;

type Kind = Block['kind'];

/** What a role is read as; nothing for one that only groups. */
const kindOf = (role: string): Kind | null =>
  kTitles.test(role) ? 'title' : kHeadings.test(role) ? 'heading' : kPieces.test(role) ? 'text' : null;

/**
 * A page in pieces, in the order and with the roles of its tags. Words that the tree does not reach are not lost: those with a
 * mark follow as the mark says, those without as paragraphs, found by where they stand. A page without tags is all paragraphs.
 * Words in form fields are no text of the page: they stand where the tree, or else the mark of the form, has their place.
 */
export function blocksOf(tree: Element | null, items: readonly (Run | Mark)[], fields: readonly FieldWords[] = []): Block[] {
  const { marked, loose } = byMark(items);
  const waiting = new Map(fields.map(({ id, words }) => [id, words]));
  const blocks: Block[] = [];
  const takeField = (id: string): string => {
    const words = waiting.get(id) ?? '';
    waiting.delete(id);
    return words;
  };
  const take = (element: Element): string => {
    let text = '';
    for (const child of element.children) {
      if ('role' in child) {
        text += kInline.test(child.role) ? take(child) : ` ${take(child)} `;
      } else if (child.type === 'annotation' || child.type === 'object') {
        text += takeField(child.id.replace(kAnnotation, ''));
      } else {
        text += textOf(marked.get(child.id)?.runs ?? []);
        marked.delete(child.id);
      }
    }
    return text;
  };
  const add = (kind: Kind, texts: readonly string[], heads: readonly boolean[] = []): void => {
    const parts = texts.map((text, at) => ({ text: text.replace(/\s+/g, ' ').trim(), head: heads[at] ?? false })).filter(({ text }) => text !== '');
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
    const kind = kindOf(element.role);
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
  for (const { tag, runs } of marked.values()) {
    const field = tag === 'Form' ? waiting.keys().next().value : undefined;
    add(kindOf(tag) ?? 'text', [field === undefined ? textOf(runs) : takeField(field)]);
  }
  for (const words of waiting.values()) {
    add('text', [words]);
  }
  for (const paragraph of paragraphsOf(loose)) {
    add('text', [paragraph]);
  }
  return blocks;
}

interface Marked {
  readonly tag: string;
  readonly runs: Run[];
}

/** What stands in each mark, and what stands in none (or in one without a name: headers, footers, watermarks). */
function byMark(items: readonly (Run | Mark)[]): { marked: Map<string, Marked>; loose: Run[] } {
  const marked = new Map<string, Marked>();
  const loose: Run[] = [];
  const open: Mark[] = [];
  for (const item of items) {
    if ('str' in item) {
      // A mark without a name inside one that has a name (a ligature, a change of language) belongs to it.
      const mark = open.findLast(({ id }) => typeof id === 'string');
      if (typeof mark?.id !== 'string') {
        loose.push(item);
      } else {
        const inside = marked.get(mark.id) ?? { tag: mark.tag ?? '', runs: [] };
        inside.runs.push(item);
        marked.set(mark.id, inside);
      }
    } else if (item.type.startsWith('beginMarkedContent')) {
      open.push(item);
      if (item.tag === 'Form' && typeof item.id === 'string') {
        marked.set(item.id, { tag: item.tag, runs: [] });
      }
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
