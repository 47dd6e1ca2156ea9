import type { Decision, DecisionKind, Item } from './api';

/** What somebody does for another; the rest happens by itself, or is the service's word. */
export const kForAnother: ReadonlySet<DecisionKind> = new Set(['inform', 'grant', 'refuse', 'defer', 'withdraw', 'object']);

/** The newest word on whether it may be: later ones that were only heard or put off change nothing. */
function newest({ decisions }: Item): Decision | undefined {
  return decisions.find(({ kind }) => kind === 'grant' || kind === 'refuse' || kind === 'withdraw' || kind === 'object');
}

function allowedForAnother(item: Item): boolean {
  const last = newest(item);
  return last?.kind === 'grant' && last.representative !== null;
}

/** Why something is not allowed, by the id of its words: what a representative allowed can end by a birthday, or by another one's no. */
export function reasonWords(item: Item): string {
  const reason = (item.stands.reason ?? 'no-basis').replaceAll('_', '-');
  return allowedForAnother(item) && (reason === 'opposed' || reason === 'capacity-unclear') ? `mine-represented-${reason}` : `mine-reason-${reason}`;
}

/** On what ground something is allowed, by the id of its words. */
export function basisWords(item: Item): string {
  const kind = (item.stands.basis ?? item.basis.kind).toLowerCase().replaceAll('_', '-');
  return kind === 'express-consent' && allowedForAnother(item) ? 'mine-basis-represented' : `mine-basis-${kind}`;
}
