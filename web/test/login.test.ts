import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Failure, failureOf } from '../src/api/failure';
import { SessionClient, Wait } from '../src/api/session';
import { isOver, troubleOf } from '../src/login/trouble';

afterEach(() => vi.unstubAllGlobals());

const session = (csrf: string) => ({ session: { step: 'open', csrf } });
const answering = (...answers: Response[]): RequestInit[] => {
  const calls: RequestInit[] = [];
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    calls.push(init);
    return answers[calls.length - 1] ?? Response.json({});
  });
  return calls;
};
const sent = (init: RequestInit | undefined, name: string): string | undefined => (init?.headers as Record<string, string>)[name];

describe('the session', () => {
  it('sends what a change needs beside the cookie, always the newest', async () => {
    const calls = answering(Response.json(session('one')), Response.json(session('two')), Response.json({}));
    const client = new SessionClient();
    await client.logIn('marta', 'secret');
    await client.chooseRole('r');
    await client.end(false);
    expect(calls.map((call) => sent(call, 'X-Segell-CSRF'))).toEqual([undefined, 'one', 'two']);
    expect(calls.every((call) => call.credentials === 'same-origin' && call.redirect === 'error')).toBe(true);
  });

  it('is nobody where nobody is logged in, and a failure where something else is wrong', async () => {
    answering(Response.json({ code: 'auth.no-session' }, { status: 401 }), Response.json({ code: 'internal' }, { status: 500 }));
    const client = new SessionClient();
    expect(await client.current()).toBeNull();
    await expect(client.current()).rejects.toMatchObject({ kind: 'server' });
  });

  it('takes a password in one form, however the keyboard composed it', async () => {
    const calls = answering(Response.json(session('one')));
    await new SessionClient().logIn('marta', 'cafe\u0301');
    expect(JSON.parse(String(calls[0]?.body))).toEqual({ name: 'marta', password: 'caf\u00e9' });
  });

  it('says how long to wait', async () => {
    answering(Response.json({ code: 'login.too-many' }, { status: 429, headers: { 'Retry-After': '121' } }));
    const fault = await new SessionClient().logIn('marta', 'x').catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Wait);
    expect(troubleOf(fault)).toEqual({ words: 'login-wait', minutes: 3 });
  });
});

describe('what went wrong', () => {
  it('has words for every code that the service says here', () => {
    const header = readFileSync(new URL('../../service/app/include/app/sessions.h', import.meta.url), 'utf8');
    const codes = new Set([...header.matchAll(/"((?:login|activation|password|second-factor|auth)\.[a-z-]+)"/g)].map((match) => match[1] as string));
    expect(codes.size).toBeGreaterThan(7);
    // Said only where the page did what it cannot do.
    const never = ['second-factor.exists', 'second-factor.not-begun'];
    for (const code of codes) {
      expect(troubleOf(failureOf(401, { code })).words === 'login-server', code).toBe(never.includes(code));
    }
  });

  it('starts again only where the login is gone', () => {
    expect(isOver(failureOf(401, { code: 'auth.no-session' }))).toBe(true);
    expect(isOver(failureOf(401, { code: 'login.failed' }))).toBe(false);
    expect(troubleOf(new Failure('offline')).words).toBe('login-offline');
    expect(troubleOf(new TypeError('x')).words).toBe('login-server');
  });
});
