import type { Visit } from '../api/types';
import type { Say } from '../words/words';

/** Who reads, decides and signs: the person, or somebody whom the register lets sign for them. */
export function signerName({ representative, personName }: Pick<Visit, 'representative' | 'personName'>): string {
  return representative?.name ?? personName;
}

/** For whom they do, and as what; null for oneself. `words`: those of the greeting, or of what signing says. */
export function forWhom(say: Say, { representative, personName }: Visit, words: 'welcome-for' | 'statement-for'): string | null {
  return representative ? `${say(`${words}-${representative.capacity}`, { name: personName })}` : null;
}
