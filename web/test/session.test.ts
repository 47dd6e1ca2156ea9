import { afterEach, describe, expect, it, vi } from 'vitest';
import { once, SessionClient } from '../src/api/session';

/** The keys under which the client sent; the answers come in their order, 'lost' for one that does not arrive. */
function service(...answers: ('lost' | number)[]): string[] {
  const keys: string[] = [];
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    keys.push((init.headers as Record<string, string>)['Idempotency-Key'] ?? '');
    const answer = answers.shift() ?? 200;
    if (answer === 'lost') {
      throw new TypeError('network');
    }
    return Response.json(answer === 200 ? {} : { code: 'person.bad-name' }, { status: answer });
  });
  return keys;
}

describe('a wish whose answer was lost', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('goes out again with the same key, however it was prepared, and whatever else was sent between', async () => {
    const keys = service('lost', 200, 200, 200);
    const client = new SessionClient();
    const send = (name: string): Promise<unknown> => client.send(once('persons', { name }));
    await expect(send('Aïcha')).rejects.toMatchObject({ kind: 'offline' });
    await send('Nil');
    await send('Aïcha');
    await send('Aïcha');
    const [lost, other, again, later] = keys;
    expect(again).toBe(lost);
    expect(other).not.toBe(lost);
    expect(later, 'once it was answered, the same words are another wish').not.toBe(lost);
  });

  it('is forgotten with the login', async () => {
    const keys = service('lost', 200);
    const client = new SessionClient();
    await client.send(once('persons', { name: 'Aïcha' })).catch(() => {});
    client.forget();
    await client.send(once('persons', { name: 'Aïcha' }));
    expect(new Set(keys).size).toBe(2);
  });
});
