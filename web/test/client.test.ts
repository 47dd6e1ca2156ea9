import { afterEach, describe, expect, it, vi } from 'vitest';
import { Client } from '../src/api/client';
import { Failure, failureOf } from '../src/api/failure';
import { takeCapability } from '../src/visit/capability';

afterEach(() => vi.unstubAllGlobals());

describe('the capability', () => {
  const open = (hash: string) => {
    const replaceState = vi.fn();
    const taken = takeCapability({ hash, pathname: '/visit' } as Location, { replaceState } as unknown as History);
    return { taken, replaced: replaceState.mock.calls[0]?.[2] };
  };

  it('leaves the address as soon as it is read', () => {
    expect(open('#sgv_abcdefghijklmnop')).toEqual({ taken: 'sgv_abcdefghijklmnop', replaced: '/visit' });
  });

  it('is nothing when it does not look like one, and leaves the address all the same', () => {
    expect(open('#sgt_abcdefghijklmnop')).toEqual({ taken: null, replaced: '/visit' });
    expect(open('#sgv_<script>')).toEqual({ taken: null, replaced: '/visit' });
    expect(open('').taken).toBe(null);
  });
});

describe('the client', () => {
  it('repeats a sending with the same key and the same octets', async () => {
    const calls: RequestInit[] = [];
    vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
      calls.push(init);
      if (calls.length === 1) {
        throw new TypeError('lost');
      }
      return Response.json({ request: { state: 'refused' } });
    });
    const client = new Client('sgv_abcdefghijklmnop');
    const answer = client.prepareAnswer('refused', null);
    await expect(client.sendAnswer(answer)).rejects.toMatchObject({ kind: 'offline' });
    await client.sendAnswer(answer);
    const key = (init: RequestInit | undefined) => (init?.headers as Record<string, string>)['Idempotency-Key'];
    expect(key(calls[0])).toMatch(/^[0-9a-f-]{36}$/);
    expect(key(calls[1])).toBe(key(calls[0]));
    expect(calls[1]?.body).toBe(calls[0]?.body);
    expect(key(calls[0])).not.toBe(client.prepareAnswer('refused', null).key);
  });

  it('says the capability in a header, sends no cookie and follows no redirect', async () => {
    const fetched = vi.fn(async (..._: [string, RequestInit]) => Response.json({ request: {} }));
    vi.stubGlobal('fetch', fetched);
    await new Client('sgv_abcdefghijklmnop').visit();
    const [path, init] = fetched.mock.calls[0] as [string, RequestInit];
    expect(path).toBe('/api/v1/visit');
    expect(init).toMatchObject({ credentials: 'omit', redirect: 'error', cache: 'no-store', referrerPolicy: 'no-referrer' });
    expect((init.headers as Record<string, string>)['Authorization']).toBe('Bearer sgv_abcdefghijklmnop');
  });
});

describe('a refusal of the service', () => {
  it.each([
    [401, 'auth.invalid-token', 'link'],
    [410, 'visit.expired', 'expired'],
    [409, 'visit.over', 'used'],
    [409, 'visit.frozen', 'frozen'],
    [409, 'act.stale', 'stale'],
    [409, 'act.wrong-digest', 'digest'],
    [409, 'idempotency.in-flight', 'busy'],
    [503, 'act.timestamp-required', 'busy'],
    [500, 'server.unexpected', 'server'],
    [400, 'act.picture-missing', 'refused'],
  ])('of status %d and code %s means %s to the person', (status, code, kind) => {
    const failure = failureOf(status, { code, requestId: 'r1' });
    expect(failure).toBeInstanceOf(Failure);
    expect(failure.kind).toBe(kind);
    expect(failure.reference).toEqual({ code, requestId: 'r1' });
  });
});
