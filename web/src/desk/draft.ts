import type { Meaning, Method } from '../api/types';
import type { Address, NewDocument, NewRequest, Person, Template } from './api';

export type Identity = 'id-seen' | 'known' | 'none';

/** How somebody signs: in which capacity, in which language, what the signature may say. */
export interface Signer {
  person: Person;
  capacity: string;
  language: 'ca' | 'es' | 'en';
  address: Address;
  /** How it is known who they are; empty until the professional says so. */
  identity: Identity | '';
  /** Where the paper has a place for each: whose place it is; empty where it has none. */
  place: string;
  meanings: Meaning[];
}

export type Paper =
  | { kind: 'pdf'; file: File }
  | { kind: 'template'; template: Template; language: string; values: Record<string, string>; items: string[]; until: string };

/** A request that is being prepared, in memory and nowhere else. */
export interface Draft {
  signers: Signer[];
  paper: Paper | null;
  title: string;
  /** One after the other, as they stand in the list. */
  inOrder: boolean;
  methods: Method[];
  discreet: boolean;
  days: number;
  /** Whom it is asked of anew, and the request of theirs that somebody else signed. */
  insteadOf: { request: string; person: string } | null;
}

export const kEmptyDraft: Draft = {
  signers: [],
  paper: null,
  title: '',
  inOrder: true,
  methods: ['drawn', 'button', 'drawn-with-dynamics'],
  discreet: false,
  days: 7,
  insteadOf: null,
};
export const kMostDays = 90;
export const kMostSigners = 16;

export const kCapacities = ['self', 'parent', 'guardian', 'curator', 'support-person', 'carer', 'professional'] as const;
export const kMeanings: readonly Meaning[] = ['agree', 'agree-with-reservation', 'informed', 'received', 'disagree'];

/** How far who signs is known (domain's evidence levels): nobody claims more than was looked at. */
const kIdentityLevels: Record<Identity, number> = { 'id-seen': 4, known: 3, none: 0 };

export function signerOf(person: Person, language: 'ca' | 'es' | 'en'): Signer {
  return {
    person,
    capacity: 'self',
    language: person.language ?? language,
    address: person.address ?? 'formal',
    identity: '',
    place: '',
    meanings: [],
  };
}

/** The places of a template, one after the other, and what may be said there. */
export function placed(signers: readonly Signer[], paper: Paper | null): Signer[] {
  return signers.map((signer, index) => {
    const place = paper?.kind === 'template' ? paper.template.signers[index] : undefined;
    if (place === undefined) {
      return { ...signer, place: '', capacity: capacityFor(signer.capacity, kCapacities) };
    }
    // Where the paper asks nothing, what signing it says is the person's to choose; else it follows from the answers.
    const asks = paper?.kind === 'template' && paper.items.length > 0;
    return {
      ...signer,
      place: place.name,
      capacity: capacityFor(signer.capacity, place.capacities),
      meanings: asks ? [] : place.meanings.filter((meaning) => kMeanings.includes(meaning)),
    };
  });
}

function capacityFor(capacity: string, allowed: readonly string[]): string {
  const offered = kCapacities.filter((one) => allowed.includes(one));
  return offered.find((one) => one === capacity) ?? offered[0] ?? 'self';
}

/** The place of a signer among those of the template. */
export function placeOf(paper: Paper | null, { place }: Signer): Template['signers'][number] | undefined {
  return paper?.kind === 'template' ? paper.template.signers.find(({ name }) => name === place) : undefined;
}

/** What the form says of a field, as the service takes it; undefined where nothing was said. */
function valueOf(type: Template['fields'][number]['type'], field: string, values: Record<string, string>): unknown {
  const text = (values[field] ?? '').trim();
  switch (type) {
    case 'list': {
      const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
      return lines.length === 0 ? undefined : lines;
    }
    case 'person': {
      const part = (name: string): string => (values[`${field}.${name}`] ?? '').trim();
      const named = { given_name: part('given_name'), surname1: part('surname1') };
      const second = part('surname2');
      return named.given_name === '' && named.surname1 === '' ? undefined : second === '' ? named : { ...named, surname2: second };
    }
    case 'money': {
      const amount = text.replace(',', '.');
      return amount === '' ? undefined : /^\d+$/.test(amount) ? `${amount}.00` : /^\d+\.\d$/.test(amount) ? `${amount}0` : amount;
    }
    default:
      return text === '' ? undefined : text;
  }
}

/** The fields that have still to be filled in. */
export function missingFields({ template, values, items }: Extract<Paper, { kind: 'template' }>): string[] {
  const needed = new Set(template.items.filter(({ name }) => items.includes(name)).flatMap(({ needs }) => needs));
  return template.fields
    .filter(({ name, type, required }) => (required || needed.has(name)) && valueOf(type, name, values) === undefined)
    .map(({ name }) => name);
}

/** A place that every such paper has, and which the professional's own name fills when nobody is asked to sign there. */
const kOwnPlace = 'professional';

/** Places of the paper that nobody takes and that must be taken. */
export function missingPlaces(paper: Paper, signers: readonly Signer[]): string[] {
  return paper.kind === 'pdf'
    ? []
    : paper.template.signers
        .filter(({ name, required }) => required && name !== kOwnPlace && !signers.some(({ place }) => place === name))
        .map(({ name }) => name);
}

export function documentOf(paper: Extract<Paper, { kind: 'template' }>, signers: readonly Signer[], professional: string): NewDocument {
  const fields: Record<string, unknown> = {};
  for (const { name, type } of paper.template.fields) {
    const value = valueOf(type, name, paper.values);
    if (value !== undefined) {
      fields[name] = value;
    }
  }
  return {
    language: paper.language,
    fields,
    items: paper.items.map((item) => ({ item, validUntil: endOf(paper.until) })),
    signers: paper.template.signers.flatMap(({ name, required }) => {
      const signer = signers.find(({ place }) => place === name);
      return signer === undefined && !(required && name === kOwnPlace)
        ? []
        : [{ signer: name, name: signer?.person.name ?? professional, ...(signer === undefined ? {} : { personId: signer.person.id }) }];
    }),
  };
}

export function requestOf(
  draft: Draft,
  signer: Signer,
  about: { documentId: string; professional: string; expiresAt: string; after: string | null },
): NewRequest {
  const kind = signer.identity === '' ? 'none' : signer.identity;
  return {
    documentId: about.documentId,
    personId: signer.person.id,
    title: draft.title.trim(),
    language: signer.language,
    capacity: signer.capacity,
    address: signer.address,
    identityEvidence: { kind, level: kIdentityLevels[kind] },
    professional: { name: about.professional },
    ...(signer.place === '' ? {} : { signer: signer.place }),
    ...(about.after === null ? {} : { after: about.after }),
    ...(draft.insteadOf?.person === signer.person.id ? { insteadOf: draft.insteadOf.request } : {}),
    discreet: draft.discreet,
    items: [],
    methods: draft.methods,
    ...(signer.meanings.length === 0 ? {} : { meanings: signer.meanings }),
    expiresAt: about.expiresAt,
  };
}

/** So many days from now, in whole seconds. */
export function inDays(days: number): string {
  return whole(new Date(Date.now() + days * 86_400_000));
}

/** The end of a day, where the professional is. */
function endOf(day: string): string {
  const end = new Date(`${day}T23:59:59`);
  return Number.isNaN(end.getTime()) ? '' : whole(end);
}

function whole(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
