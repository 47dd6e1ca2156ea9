import { describe, expect, it } from 'vitest';
import { Failure } from '../src/api/failure';
import type { Once, SessionClient } from '../src/api/session';
import { meaningOf } from '../src/visit/act';
import type { Visit } from '../src/api/types';
import { Desk, type Person, type Template } from '../src/desk/api';
import { documentOf, kEmptyDraft, missingFields, missingPlaces, placed, signerOf, type Draft, type Paper } from '../src/desk/draft';
import { Making } from '../src/desk/making';
import { troubleOf } from '../src/desk/trouble';

const person = (id: string, name: string): Person => ({ id, name, identifier: null, language: 'es', address: 'familiar' });
const plan: Template = {
  key: 'work-plan',
  languages: ['ca', 'es'],
  fields: [
    { name: 'person', type: 'person', required: true },
    { name: 'goals', type: 'list', required: true },
    { name: 'fee', type: 'money', required: false },
    { name: 'linked_benefit', type: 'text', required: false },
  ],
  items: [],
  signers: [
    { name: 'person', required: true, capacities: ['self', 'parent', 'official'], meanings: ['agree', 'agree-with-reservation', 'disagree'] },
    { name: 'professional', required: true, capacities: ['professional'], meanings: ['agree'] },
  ],
};
const paperOf = (values: Record<string, string>): Extract<Paper, { kind: 'template' }> => ({
  kind: 'template', template: plan, language: 'ca', values, items: [], until: '2027-06-30',
});
const filled = { 'person.given_name': ' Aïcha ', 'person.surname1': 'Fictícia', goals: 'Sortir\r\n\n Conèixer gent ', fee: '12,5' };

describe('a draft', () => {
  it('says its fields as the service takes them, and which are missing', () => {
    const signers = placed([signerOf(person('p1', 'Aïcha Fictícia'), 'ca')], paperOf(filled));
    expect(documentOf(paperOf(filled), signers, 'Marta Inventada')).toEqual({
      language: 'ca',
      fields: { person: { given_name: 'Aïcha', surname1: 'Fictícia' }, goals: ['Sortir', 'Conèixer gent'], fee: '12.50' },
      items: [],
      // The professional's own place has her name, though nobody is asked to sign there.
      signers: [{ signer: 'person', name: 'Aïcha Fictícia', personId: 'p1' }, { signer: 'professional', name: 'Marta Inventada' }],
    });
    expect(missingFields(paperOf(filled))).toEqual([]);
    expect(missingFields(paperOf({ goals: ' \n ' }))).toEqual(['person', 'goals']);
    expect(missingPlaces(paperOf(filled), [])).toEqual(['person']);
  });

  it('gives each signer a place of the template in their order, with what may be said there', () => {
    const [first, second, third] = placed(['a', 'b', 'c'].map((id) => signerOf(person(id, id), 'ca')), paperOf({}));
    expect([first?.place, first?.capacity, first?.meanings]).toEqual(['person', 'self', ['agree', 'agree-with-reservation', 'disagree']]);
    expect([second?.place, second?.capacity, second?.meanings]).toEqual(['professional', 'professional', ['agree']]);
    expect([third?.place, third?.capacity]).toEqual(['', 'self']);
    expect([first?.language, first?.address]).toEqual(['es', 'familiar']);
  });
});

describe('making it', () => {
  const draft: Draft = {
    ...kEmptyDraft,
    title: ' Pla ',
    paper: paperOf(filled),
    signers: placed([signerOf(person('p1', 'Aïcha Fictícia'), 'ca'), signerOf(person('p2', 'Marta'), 'ca')], paperOf(filled)),
  };
  /** Answers every call but the one that `lose` names, whose answer is lost once. */
  const double = (lose: number): { sent: Once[]; desk: Desk } => {
    const sent: Once[] = [];
    const send = (sending: Once): Promise<unknown> => {
      sent.push(sending);
      if (sent.length === lose) {
        return Promise.reject(new Failure('offline'));
      }
      const id = `r${new Set(sent.map(({ key }) => key)).size}`;
      return Promise.resolve(sending.path.startsWith('templates') ? { document: { id: 'd1' } } : { request: { id, state: 'created', link: `l${id}`, expiresAt: '' } });
    };
    return { sent, desk: new Desk({ send } as unknown as SessionClient) };
  };

  it('makes the paper, then asks one after the other', async () => {
    const { sent, desk } = double(0);
    const made = await new Making(draft, desk, 'Marta Inventada').run();
    expect(sent.map(({ path }) => path)).toEqual(['templates/work-plan/documents', 'signature-requests', 'signature-requests']);
    const bodies = sent.map(({ body }) => body as Record<string, unknown>);
    expect([bodies[1]?.['personId'], bodies[1]?.['after'], bodies[1]?.['signer'], bodies[1]?.['title']]).toEqual(['p1', undefined, 'person', 'Pla']);
    expect([bodies[2]?.['personId'], bodies[2]?.['after']]).toEqual(['p2', 'r2']);
    expect(made.map((one) => one.person)).toEqual(['Aïcha Fictícia', 'Marta']);
  });

  it.each([1, 2, 3])('after a lost answer (%i) repeats that call with its key, and none that was answered', async (lose) => {
    const { sent, desk } = double(lose);
    const making = new Making(draft, desk, 'Marta Inventada');
    await expect(making.run()).rejects.toThrow('offline');
    expect(await making.run()).toHaveLength(2);
    expect(sent).toHaveLength(4);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(3);
    expect(making.makes({ ...draft })).toBe(true);
    expect(making.makes({ ...draft, title: 'Un altre' })).toBe(false);
  });

  it('says what went wrong in words, and of an unknown refusal its code', () => {
    expect(troubleOf(new Failure('refused', { code: 'layout.no-glyph' })).words).toBe('desk-no-glyph');
    expect(troubleOf(new Failure('refused', { code: 'pdf.javascript' }))).toEqual({ words: 'desk-pdf-refused', about: 'pdf.javascript' });
    expect(troubleOf(new Failure('refused', { code: 'new.code' }))).toEqual({ words: 'desk-refused', about: 'new.code' });
    expect(troubleOf(new Failure('offline')).words).toBe('login-offline');
  });
});

describe('what signing says', () => {
  const visit = { items: [{ id: 'i' }] } as unknown as Visit;
  it('follows from the answers, unless the request offers something else', () => {
    expect(meaningOf(visit, new Map([['i', 'informed' as const]]))).toBe('informed');
    expect(meaningOf(visit, new Map([['i', 'grant' as const]]))).toBe('agree');
    expect(meaningOf({ ...visit, meanings: ['received'] }, new Map())).toBe('received');
    expect(meaningOf({ ...visit, meanings: ['agree', 'disagree'] }, new Map(), 'disagree')).toBe('disagree');
  });
});
