import { Failure, failureOf } from '../api/failure';

/** What the service says about the document that it keeps under a printed code: a verdict, and nothing of the document. */
export interface CodeVerdict {
  verdict: 'unchanged' | 'extended' | 'changed' | 'false' | 'none' | 'unknown';
  /** The ETSI sub-indication, or `no-document` for a code that is none of its own. */
  reason: string | null;
  /** Signatures on it that count for nothing, by which act and since when. */
  void: { act: string; at: string }[];
}

/**
 * What is said first, by the id of its words, and in which colour: a signature that counts for nothing before all else, for whoever
 * reads the heading and goes on. Then what is left to say of the document; null where that is the heading.
 */
export function codeHeadline({ verdict, void: voided }: CodeVerdict): { words: string; tone: 'good' | 'bad' | 'open'; document: string | null } {
  const words = `check-${verdict}`;
  if (voided.length > 0) {
    return { words: 'check-void', tone: 'bad', document: words };
  }
  const tone = verdict === 'unchanged' || verdict === 'extended' ? 'good' : verdict === 'changed' || verdict === 'false' ? 'bad' : 'open';
  return { words, tone, document: null };
}

const kMilliseconds = 60_000;

/** The code travels in the body: never in an address, which histories and logs keep. */
export async function checkCode(code: string): Promise<CodeVerdict> {
  let response: Response;
  try {
    response = await fetch('/api/v1/check', {
      method: 'POST',
      body: JSON.stringify({ code }),
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
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw failureOf(response.status, answer as object);
  }
  return (answer as { check: CodeVerdict }).check;
}
