import type { Part } from '../api/session';

/** A list with its next part behind it. */
export async function behind<T>(
  { list, next }: { list: T[] | null; next: string | null },
  fetchPart: (cursor: string | null) => Promise<Part<T>>,
): Promise<{ list: T[]; next: string | null }> {
  let more: T[] = [];
  let cursor = next;
  // A part may be empty while more follow.
  do {
    const part = await fetchPart(cursor);
    more = part.list;
    cursor = part.next;
  } while (cursor !== null && more.length === 0);
  return { list: [...(list ?? []), ...more], next: cursor };
}
