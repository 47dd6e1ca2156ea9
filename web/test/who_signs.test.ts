import { describe, expect, it } from 'vitest';
import type { Person, Template } from '../src/desk/api';
import { documentOf, kEmptyDraft, missingPlaces, placed, requestOf, signerOf, type Draft, type Paper, type Signer } from '../src/desk/draft';
import { codesIn, statesAfter, type Age, type Deciders, type Representation } from '../src/desk/representations';
import { namedScopes } from '../src/desk/scopes';
import { asksConsent, chosenAtFirst, faultOf, needsAsking, offerFor, withChosen, type Chosen } from '../src/desk/who_signs';

const nil: Person = { id: 'nil', name: 'Nil Inventat', identifier: null, language: 'ca', address: 'familiar' };
const ada: Person = { id: 'ada', name: 'Ada Inventada', identifier: null, language: 'es', address: 'formal' };
const power = (id: string, change: Partial<Representation> = {}): Representation => ({
  id, representativeId: `p-${id}`, representativeName: `${id} Inventada`, basis: 'parental-authority', holds: 'joint', scope: [], scopeNames: [], from: '2013-05-02T00:00:00Z',
  until: null, evidence: { kind: 'family-book', reference: 'x', seenAt: '2026-01-01T00:00:00Z' }, state: 'valida', excluded: false, ...change,
});
const deciders = (age: Age, ...representations: Representation[]): Deciders => ({ person: { id: 'nil', name: nil.name, age, birthDate: null, birthDateSeen: null }, representations, objections: [] });
const activity: Template = {
  key: 'minor-activity', languages: ['ca'], fields: [{ name: 'person', type: 'person', required: true }],
  items: [
    { name: 'image-wall', basis: 'EXPRESS_CONSENT', purpose: 'activity-images', category: 'image.person', recipient: 'centre-wall', needs: [] },
    { name: 'image-press', basis: 'EXPRESS_CONSENT', purpose: 'activity-images', category: 'image.person', recipient: null, needs: ['press'] },
    { name: 'told', basis: 'LAW', purpose: 'care', category: 'health', recipient: 'centre', needs: [] },
  ],
  signers: [
    { name: 'guardian', required: true, capacities: ['parent', 'guardian'], meanings: ['agree', 'disagree'] },
    { name: 'minor', required: false, capacities: ['self'], meanings: ['agree', 'informed', 'disagree'] },
  ],
};
const asks = (...items: string[]): Paper => ({ kind: 'template', template: activity, language: 'ca', values: {}, items, until: '2027-06-30' });
const consent = asks('image-wall');
const plain = asks();

describe('who signs for a person', () => {
  it('is asked of a child and of whoever has a representative, and of nobody else', () => {
    expect(needsAsking(deciders('under-14'))).toBe(true);
    expect(needsAsking(deciders('14-17'))).toBe(true);
    expect(needsAsking(deciders('adult'))).toBe(false);
    expect(needsAsking(deciders('unknown', power('laia')))).toBe(true);
    expect(needsAsking(deciders('adult', power('laia', { state: 'expirada' })))).toBe(false);
    expect([asksConsent(consent), asksConsent(asks('told')), asksConsent(plain), asksConsent(null)]).toEqual([true, false, false, false]);
  });

  it('under 14 is the representative where permissions are asked, and either where none is', () => {
    const known = deciders('under-14', power('laia'), power('pare'));
    expect(offerFor(known, consent)).toMatchObject({ self: false, selfNeeded: false, birthDateMissing: false });
    expect(offerFor(known, consent).acting.map(({ name }) => name)).toEqual(['laia Inventada', 'pare Inventada']);
    expect(offerFor(known, plain).self).toBe(true);
    expect(faultOf(known, { self: false, acting: [] }, consent)).toBe('desk-who-signs-missing');
  });

  it('from 14 on is the person where permissions are asked, and cannot be anybody else alone', () => {
    const known = deciders('14-17', power('laia'));
    expect(offerFor(known, consent)).toMatchObject({ self: true, selfNeeded: true });
    expect(faultOf(known, { self: false, acting: ['laia'] }, consent)).toBe('desk-who-signs-decides-alone');
    expect(faultOf(known, { self: true, acting: ['laia'] }, consent)).toBe(null);
    expect(faultOf(known, { self: false, acting: ['laia'] }, plain)).toBe(null);
  });

  it('is nobody whose power does not hold, who is excluded, or whose kind of power signs no papers here', () => {
    const dead = (['pendent-validacio', 'pendent-signatura', 'denegada', 'expirada', 'renunciada', 'revocada', 'anulada'] as const).map((state) => power(state, { state }));
    const known = deciders('under-14', ...dead, power('excluded', { excluded: true }), power('attorney', { basis: 'power', holds: null }));
    expect(offerFor(known, consent).acting).toEqual([]);
    // Parental authority counts only where it is known how old the person is; a judgment does without.
    const unborn = deciders('unknown', power('laia'), power('tutor', { basis: 'judgment', holds: null }));
    expect(offerFor(unborn, consent)).toMatchObject({ birthDateMissing: true, self: true });
    expect(offerFor(unborn, consent).acting.map(({ representation }) => representation)).toEqual(['tutor']);
  });

  it('at first is the only one who can, and later what was chosen before', () => {
    const one = deciders('under-14', power('laia'));
    expect(chosenAtFirst(one, [signerOf(nil, 'ca')], consent)).toEqual({ self: false, acting: ['laia'] });
    const two = deciders('under-14', power('laia'), power('pare'));
    expect(chosenAtFirst(two, [signerOf(nil, 'ca')], consent)).toEqual({ self: false, acting: [] });
    const signers = withChosen([signerOf(nil, 'ca')], new Map([['nil', { self: false, acting: ['pare'] }]]), [two], consent);
    expect(chosenAtFirst(two, signers, consent)).toEqual({ self: false, acting: ['pare'] });
    expect(chosenAtFirst(deciders('14-17', power('laia')), [signerOf(nil, 'ca')], consent)).toEqual({ self: true, acting: [] });
  });
});

describe('the signers of a paper', () => {
  const chosen = (choice: Chosen): Map<string, Chosen> => new Map([['nil', choice]]);

  it('stand for each other with the place, the name and the power that the register knows: nothing is typed', () => {
    const known = deciders('under-14', power('laia'), power('pare'));
    const [laia, other] = withChosen([signerOf(nil, 'ca'), signerOf(ada, 'es')], chosen({ self: false, acting: ['laia'] }), [known], consent);
    expect(laia).toMatchObject({ place: 'guardian', capacity: 'parent', address: 'formal', otherHolder: '' });
    expect(laia?.person).toEqual(nil);
    expect(other?.person).toEqual(ada);
    const paper = consent as Extract<Paper, { kind: 'template' }>;
    expect(documentOf(paper, [laia as Signer], 'Marta').signers).toEqual([{ signer: 'guardian', name: 'laia Inventada', personId: 'nil' }]);
    const draft: Draft = { ...kEmptyDraft, title: 'T', paper: consent, signers: [{ ...(laia as Signer), otherHolder: 'declared' }] };
    expect(requestOf(draft, draft.signers[0] as Signer, { documentId: 'd', professional: 'M', expiresAt: 'e', after: null })).toMatchObject({
      personId: 'nil', capacity: 'parent', representationId: 'laia', otherHolder: 'declared', signer: 'guardian',
    });
  });

  it('from 14 on are two, the person first: theirs are the decisions, participation is the representative’s', () => {
    const known = deciders('14-17', power('laia', { holds: 'sole' }));
    const signers = withChosen([signerOf(nil, 'ca')], chosen({ self: true, acting: ['laia'] }), [known], consent);
    expect(signers.map(({ place, capacity }) => [place, capacity])).toEqual([['minor', 'self'], ['guardian', 'parent']]);
    const draft: Draft = { ...kEmptyDraft, title: 'T', paper: consent, signers, insteadOf: { request: 'r0', person: 'nil' } };
    const sent = signers.map((one) => requestOf(draft, one, { documentId: 'd', professional: 'M', expiresAt: 'e', after: null }));
    expect(sent.map((one) => [one.personId, one.representationId, one.otherHolder, one.insteadOf])).toEqual([
      ['nil', undefined, undefined, 'r0'], ['nil', 'laia', 'sole', undefined],
    ]);
    // The place that must be taken is not taken by the child alone.
    const alone = withChosen([signerOf(nil, 'ca')], chosen({ self: true, acting: [] }), [known], consent);
    expect(missingPlaces(consent, alone)).toEqual(['guardian']);
  });

  it('keep what was said of them, and with both holders the other one signs too', () => {
    const known = deciders('under-14', power('laia'), power('pare'));
    const pdf: Paper = { kind: 'pdf', file: new File([], 'x.pdf') };
    const both = withChosen([signerOf(nil, 'ca')], chosen({ self: true, acting: ['laia', 'pare'] }), [known], pdf);
    expect(both.map(({ acting, otherHolder, capacity }) => [acting?.representation ?? null, otherHolder, capacity])).toEqual([
      ['laia', 'signed', 'parent'], ['pare', 'signed', 'parent'], [null, '', 'self'],
    ]);
    const again = withChosen(both.map((one) => ({ ...one, identity: 'known' as const })), chosen({ self: false, acting: ['laia'] }), [known], pdf);
    expect(again.map(({ identity, otherHolder }) => [identity, otherHolder])).toEqual([['known', '']]);
  });

  it('who has no such power signs in no capacity of one', () => {
    const [one] = placed([{ ...signerOf(ada, 'es'), capacity: 'parent' }], consent);
    expect([one?.place, one?.capacity]).toEqual(['minor', 'self']);
  });
});

describe('the register of representations', () => {
  it('lets a state change only where it can', () => {
    expect(statesAfter('pendent-validacio')).toContain('valida');
    expect(statesAfter('valida')).toEqual(['renunciada', 'revocada', 'anulada']);
    expect(statesAfter('expirada')).toEqual(['anulada']);
    expect([statesAfter('anulada'), statesAfter('denegada')]).toEqual([[], []]);
  });

  it('names what can be objected to as the papers do: all of one purpose, then one by one, and no law', () => {
    expect(namedScopes([activity])).toEqual([
      { template: 'minor-activity', item: null, scope: { purpose: 'activity-images' } },
      { template: 'minor-activity', item: 'image-wall', scope: { purpose: 'activity-images', category: 'image.person', recipient: 'centre-wall' } },
      { template: 'minor-activity', item: 'image-press', scope: { purpose: 'activity-images', category: 'image.person' } },
    ]);
    expect(namedScopes([{ ...activity, items: activity.items.slice(2) }])).toEqual([]);
  });

  it('takes codes as people type them', () => {
    expect(codesIn(' meal-grant\nactivity-images, meal-grant ')).toEqual(['meal-grant', 'activity-images']);
    expect(codesIn(' \n')).toEqual([]);
  });
});
