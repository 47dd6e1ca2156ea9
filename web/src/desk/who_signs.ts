import { kMostSigners, placed, signerOf, type Acting, type Paper, type Signer } from './draft';
import type { Deciders } from './representations';

/** Who signs, for one of the people whom a paper is about. */
export interface Chosen {
  self: boolean;
  /** Their representations. */
  acting: string[];
}

/** Who can be chosen to sign for a person on this paper. */
export interface Offer {
  self: boolean;
  /** The person's own signature cannot be left out: what the paper asks is theirs alone to allow. */
  selfNeeded: boolean;
  acting: Acting[];
  /** Somebody has parental authority, and nobody knows how old the person is. */
  birthDateMissing: boolean;
}

/** Whether anybody is to be asked who signs: of a child, and of whoever has a representative. */
export function needsAsking({ person, representations }: Deciders): boolean {
  return person.age === 'under-14' || person.age === '14-17' || representations.some(({ state }) => state === 'valida');
}

/** Whether the paper asks for a permission that only the right person can give. */
export function asksConsent(paper: Paper | null): boolean {
  return paper?.kind === 'template' && paper.template.items.some(({ name, basis }) => basis === 'EXPRESS_CONSENT' && paper.items.includes(name));
}

/**
 * Under 14 the permissions are the representative's to give, from 14 on the person's own; what asks for none a representative may sign
 * until the person is of age. Parental authority counts only where the register knows how old the person is.
 */
export function offerFor({ person: { age }, representations }: Deciders, paper: Paper | null): Offer {
  const consent = asksConsent(paper);
  const valid = representations.filter(({ state, excluded, basis }) => state === 'valida' && !excluded && basis !== 'power');
  const usable = valid.filter(({ basis }) => age !== 'unknown' || basis !== 'parental-authority');
  return {
    self: age !== 'under-14' || !consent,
    selfNeeded: age === '14-17' && consent,
    acting: usable.map(({ id, representativeName, basis, holds }) => ({ representation: id, name: representativeName ?? '', basis, joint: holds === 'joint' })),
    birthDateMissing: usable.length < valid.length,
  };
}

/** What is chosen at first: what was chosen before, else the only one who can sign. */
export function chosenAtFirst(deciders: Deciders, signers: readonly Signer[], paper: Paper | null): Chosen {
  const { self, selfNeeded, acting } = offerFor(deciders, paper);
  const own = signers.filter(({ person }) => person.id === deciders.person.id);
  const before = acting.filter(({ representation }) => own.some((one) => one.acting?.representation === representation));
  if (before.length > 0) {
    return { self: selfNeeded || (self && own.some((one) => one.acting === null)), acting: before.map(({ representation }) => representation) };
  }
  const [only, ...others] = acting;
  return { self, acting: !self && only !== undefined && others.length === 0 ? [only.representation] : [] };
}

/** What is wrong with a choice, by the id of its words; null for nothing. */
export function faultOf(deciders: Deciders, { self, acting }: Chosen, paper: Paper | null): string | null {
  if (offerFor(deciders, paper).selfNeeded && !self) {
    return 'desk-who-signs-decides-alone';
  }
  return self || acting.length > 0 ? null : 'desk-who-signs-missing';
}

/** The signers of a draft, once it is known who signs for whom; each keeps what was said of them. Whoever decides comes first. */
export function withChosen(signers: readonly Signer[], chosen: ReadonlyMap<string, Chosen>, deciders: readonly Deciders[], paper: Paper | null): Signer[] {
  const persons = new Set<string>();
  const made = signers.flatMap((signer): Signer[] => {
    const { id } = signer.person;
    const choice = chosen.get(id);
    const known = deciders.find(({ person }) => person.id === id);
    if (choice === undefined || known === undefined) {
      return [signer];
    }
    if (persons.has(id)) {
      return [];
    }
    persons.add(id);
    const own = signers.filter(({ person }) => person.id === id);
    const self = choice.self ? [own.find(({ acting }) => acting === null) ?? signerOf(signer.person, signer.language)] : [];
    const others = offerFor(known, paper)
      .acting.filter(({ representation }) => choice.acting.includes(representation))
      .map((acting, _, all): Signer => {
        const before = own.find((one) => one.acting?.representation === acting.representation);
        const alone = all.filter(({ joint }) => joint).length < 2;
        const otherHolder = !acting.joint ? '' : alone ? (before?.otherHolder === 'signed' ? '' : (before?.otherHolder ?? '')) : 'signed';
        return { ...(before ?? { ...signerOf(signer.person, signer.language), address: 'formal' }), acting, otherHolder };
      });
    return known.person.age === 'under-14' ? [...others, ...self] : [...self, ...others];
  });
  return placed(made.slice(0, kMostSigners), paper);
}
