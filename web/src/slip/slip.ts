import { Failure, failureOf } from '../api/failure';

/** What stands on a slip, as the service tells whoever holds its code. */
export interface Slip {
  language: string;
  ending: 'signed' | 'refused' | 'deferred' | 'told';
  at: string;
  expiresAt: string;
  discreet: boolean;
  lines: Line[];
}

export interface Line {
  id: string;
  /** What was asked; null on a slip that names nothing. */
  text: string | null;
  choice: 'grant' | 'refuse' | 'defer' | 'informed' | 'object' | 'withdraw';
  state: string;
  /** What the holder may still do about it. */
  may: 'withdraw' | 'object' | null;
  until: string | null;
}

interface Withdrawn {
  at: string;
  lines: { id: string; decision: 'withdraw' | 'object'; state: string }[];
}

const kMilliseconds = 30_000;

/** The code travels in the body: never in an address, which histories and logs keep. */
export async function look(code: string): Promise<Slip> {
  return ((await (await post('look', { code })).json()) as { slip: Slip }).slip;
}

/** Takes lines back. May be sent again after a lost answer: what was taken back stays so. */
export async function withdraw(code: string, lines: readonly string[]): Promise<Withdrawn> {
  return ((await (await post('withdrawal', { code, lines })).json()) as { withdrawn: Withdrawn }).withdrawn;
}

/** The sealed paper, under the neutral name that the service gives it. */
export async function paper(code: string): Promise<{ name: string; file: Blob }> {
  const response = await post('paper', { code });
  const name = /filename="([A-Za-z0-9.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'slip.pdf';
  return { name, file: await response.blob() };
}

/** The slip as it stands once some of its lines were taken back. */
export function after(slip: Slip, done: Withdrawn): Slip {
  const states = new Map(done.lines.map(({ id, state }) => [id, state]));
  return {
    ...slip,
    lines: slip.lines.map((line) => (states.has(line.id) ? { ...line, state: states.get(line.id) as string, may: null } : line)),
  };
}

async function post(path: string, body: unknown): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/slip/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
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
    throw failureOf(response.status, (await response.json().catch(() => ({}))) as object);
  }
  return response;
}
