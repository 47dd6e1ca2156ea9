import type { Template } from './api';
import type { Scope } from './representations';

/** Something that papers made here ask permission for, as people know it. */
export interface NamedScope {
  /** The template and its item; null: all that the paper asks for one purpose. */
  template: string;
  item: string | null;
  scope: Partial<Scope>;
}

/** What permission can be asked for by papers made here: of each, all of it where it is of one purpose, then one by one. */
export function namedScopes(templates: readonly Template[]): NamedScope[] {
  return templates.flatMap(({ key, items }) => {
    const asked = items.filter(({ basis }) => basis === 'EXPRESS_CONSENT');
    const [purpose, ...others] = new Set(asked.map((item) => item.purpose));
    const all = asked.length > 1 && others.length === 0 && purpose ? [{ template: key, item: null, scope: { purpose } }] : [];
    const each = asked.flatMap((item) => (item.purpose === null && item.recipient === null ? [] : [{ template: key, item: item.name, scope: scopeOf(item) }]));
    return [...all, ...each];
  });
}

/** A part that a field of the paper says is any here. */
function scopeOf({ purpose, category, recipient }: Template['items'][number]): Partial<Scope> {
  const known = Object.entries({ purpose, category, recipient }).filter(([, code]) => code !== null);
  return Object.fromEntries(known) as Partial<Scope>;
}
