import type { Meaning, Method } from '../api/types';
import type { Address, NewDocument, NewRequest, Person, Template } from './api';
import type { Basis, Deciders } from './representations';

export type Identity = 'id-seen' | 'known' | 'none';

/** Somebody who signs for another, by a power that stands in the register. */
export interface Acting {
  representation: string;
  name: string;
  basis: Basis;
  /** Somebody else has that power too. */
  joint: boolean;
}

/** What stands of the consent of somebody else who has parental authority. */
export const kOtherHolder = ['declared', 'signed'] as const;

/** How somebody signs: in which capacity, in which language, what the signature may say. */
export interface Signer {
  /** Whose matter it is. */
  person: Person;
  /** Who signs for them; null: they themselves. */
  acting: Acting | null;
  /** Empty until the professional says so, and where nobody else has that power. */
  otherHolder: (typeof kOtherHolder)[number] | '';
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
  /** Who decides for those who sign, as far as it was asked. */
  deciders: Deciders[];
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
  deciders: [],
};
export const kMostDays = 90;
export const kMostSigners = 16;

export const kCapacities = ['self', 'parent', 'guardian', 'curator', 'support-person', 'carer', 'professional'] as const;
type Capacity = (typeof kCapacities)[number];
export const kMeanings: readonly Meaning[] = ['agree', 'agree-with-reservation', 'informed', 'received', 'disagree'];

/** In which capacity somebody may sign by each power; none: papers of that kind are not made here. */
const kCapacitiesBy: Readonly<Record<Basis, readonly Capacity[]>> = {
  'parental-authority': ['parent'],
  judgment: ['guardian', 'curator'],
  'public-guardianship': ['guardian'],
  power: [],
};
/** In which capacity somebody may sign who has no such power. */
const kOwnCapacities: readonly Capacity[] = ['self', 'support-person', 'carer', 'professional'];

/** How far who signs is known (domain's evidence levels): nobody claims more than was looked at. */
const kIdentityLevels: Record<Identity, number> = { 'id-seen': 4, known: 3, none: 0 };

export function signerOf(person: Person, language: 'ca' | 'es' | 'en'): Signer {
  return {
    person,
    acting: null,
    otherHolder: '',
    capacity: 'self',
    language: person.language ?? language,
    address: person.address ?? 'formal',
    identity: '',
    place: '',
    meanings: [],
  };
}

/** Whoever signs: for another, or for themselves. */
export function nameOf({ acting, person }: Signer): string {
  return acting?.name ?? person.name;
}

/** In which capacities somebody may sign at that place, or on a paper without places. */
export function capacitiesOf({ acting }: Signer, place: Template['signers'][number] | undefined): Capacity[] {
  const may = acting === null ? kOwnCapacities : kCapacitiesBy[acting.basis];
  return kCapacities.filter((one) => may.includes(one) && place?.capacities.includes(one) !== false);
}

/** The places of a template, each to the first who may sign there, and what may be said there. */
export function placed(signers: readonly Signer[], paper: Paper | null): Signer[] {
  const free = paper?.kind === 'template' ? [...paper.template.signers] : [];
  const places = new Map<Signer, Template['signers'][number]>();
  for (const signer of signers) {
    const place = free.find((one) => capacitiesOf(signer, one).length > 0);
    if (place !== undefined) {
      places.set(signer, place);
      free.splice(free.indexOf(place), 1);
    }
  }
  // Where the paper asks nothing, what signing it says is the person's to choose; else it follows from the answers.
  const asks = paper?.kind === 'template' && paper.items.length > 0;
  return signers.map((signer) => {
    const place = places.get(signer);
    const offered = capacitiesOf(signer, place);
    return {
      ...signer,
      place: place?.name ?? '',
      capacity: offered.find((one) => one === signer.capacity) ?? offered[0] ?? 'self',
      ...(place === undefined ? {} : { meanings: asks ? [] : place.meanings.filter((meaning) => kMeanings.includes(meaning)) }),
    };
  });
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
        : [{ signer: name, name: signer === undefined ? professional : nameOf(signer), ...(signer === undefined ? {} : { personId: signer.person.id }) }];
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
    ...representedBy(signer),
    address: signer.address,
    identityEvidence: { kind, level: kIdentityLevels[kind] },
    professional: { name: about.professional },
    ...(signer.place === '' ? {} : { signer: signer.place }),
    ...(about.after === null ? {} : { after: about.after }),
    ...(draft.insteadOf !== null && signer === draft.signers.find(({ person }) => person.id === draft.insteadOf?.person) ? { insteadOf: draft.insteadOf.request } : {}),
    discreet: draft.discreet,
    items: [],
    methods: draft.methods,
    ...(signer.meanings.length === 0 ? {} : { meanings: signer.meanings }),
    expiresAt: about.expiresAt,
  };
}

/** By which power, and what stands of the consent of somebody else who has it too. */
function representedBy({ acting, otherHolder }: Signer): Pick<NewRequest, 'representationId' | 'otherHolder'> {
  if (acting === null) {
    return {};
  }
  const other = !acting.joint && acting.basis === 'parental-authority' ? 'sole' : otherHolder;
  return { representationId: acting.representation, ...(other === '' ? {} : { otherHolder: other }) };
}

/** So many days from now, in whole seconds. */
export function inDays(days: number): string {
  return whole(new Date(Date.now() + days * 86_400_000));
}

/** The beginning of a day, where the professional is. */
export function startOf(day: string): string {
  const start = new Date(`${day}T00:00:00`);
  return Number.isNaN(start.getTime()) ? '' : whole(start);
}

/** The end of a day, where the professional is. */
export function endOf(day: string): string {
  const end = new Date(`${day}T23:59:59`);
  return Number.isNaN(end.getTime()) ? '' : whole(end);
}

function whole(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
