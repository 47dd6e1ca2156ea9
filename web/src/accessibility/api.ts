import { Failure, failureOf } from '../api/failure';
import type { PageName } from '../ui/frame';

/** Whose pages these are. */
export interface Organisation {
  organisation: string;
  telephone: string | null;
}

export type Way = 'none' | 'phone' | 'post';

export interface Feedback {
  text: string;
  page?: PageName;
  way: Way;
  contact?: string;
}

export interface Received {
  /** To ask about it. */
  reference: string;
  dueAt: string;
}

const kMilliseconds = 30_000;

export async function describe(): Promise<Organisation> {
  return (await call('organisation', {})) as Organisation;
}

/** Goes without a login: no cookie is sent along. */
export async function send(feedback: Feedback): Promise<Received> {
  const init = { method: 'POST', body: JSON.stringify(feedback), headers: { 'Content-Type': 'application/json' } };
  return ((await call('feedback', init)) as { feedback: Received }).feedback;
}

async function call(path: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/${path}`, {
      ...init,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(kMilliseconds),
    });
  } catch {
    throw new Failure('offline');
  }
  if (!response.ok) {
    const problem: unknown = await response.json().catch(() => ({}));
    throw failureOf(response.status, typeof problem === 'object' && problem !== null ? problem : {});
  }
  return response.json();
}
