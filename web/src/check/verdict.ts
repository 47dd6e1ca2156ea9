import { Failure, failureOf } from '../api/failure';
import type { Order } from './order';

/** What this page reads of a verdict (`segell.verdict/1`). */
export interface Verdict {
  schema: string;
  indication: 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE' | 'NO-SIGNATURE' | 'ERROR';
  subIndication: string | null;
  signatures: SignatureVerdict[];
  notChecked: { id: string }[];
  error?: { code: string };
}

/** Somebody's signature over the value of another one, judged for itself. */
export interface CounterSignature {
  indication: Verdict['indication'];
  subIndication: string | null;
  signer: { commonName: string | null; subject: string | null };
  claimedTime: string | null;
  provenTime: string | null;
  counterSignatures?: CounterSignature[];
}

export interface SignatureVerdict {
  type: 'signature' | 'seal' | 'document-timestamp';
  indication: Verdict['indication'];
  subIndication: string | null;
  modification: 'none' | 'permitted' | 'not-permitted' | 'suspicious';
  changes: string[];
  changeClasses: string[];
  level: string;
  evidenceLevel: number;
  signer: { commonName: string | null; subject: string | null };
  claimedTime: string | null;
  provenTime: string | null;
  counterSignatures?: CounterSignature[];
  act: { present: boolean; method: string | null; meaning: string | null; verificationCode: string | null };
}

const kMilliseconds = 180_000;
/** Octets a millisecond of the slowest line that is still waited for: the service wants half of that. */
const kSlowest = 64;

/** Has the service judge a file. The file goes there and nowhere else, straight from the disk, and stays nowhere. */
export async function judge({ file, content }: Order, stop: AbortSignal): Promise<Verdict> {
  let response: Response;
  const body = content === null ? file : new Blob([file, content]);
  try {
    response = await fetch(content === null ? '/api/v1/verify' : `/api/v1/verify?signatureLength=${file.size}`, {
      method: 'POST',
      body,
      // the service tells a file by its octets: other kinds than PDF have many names
      headers: { 'Content-Type': body.type === 'application/pdf' ? body.type : 'application/octet-stream' },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([stop, AbortSignal.timeout(kMilliseconds + body.size / kSlowest)]),
    });
  } catch {
    throw new Failure('offline');
  }
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw response.status === 413 ? new Failure('refused') : failureOf(response.status, answer as object);
  }
  const verdict = answer as Verdict;
  if (verdict.schema !== 'segell.verdict/1') {
    throw new Failure('server');
  }
  return verdict;
}

/** Changes that nothing but further signatures and their proofs make. */
const kSigning: ReadonlySet<string> = new Set(['signature', 'timestamp', 'evidence', 'signature-entry', 'more']);

/** The words that a verdict begins with, as the program `segell` chooses them too. */
export function headline({ indication, subIndication, signatures }: Verdict): string {
  switch (indication) {
    case 'TOTAL-PASSED':
      if (signatures.every(({ modification }) => modification === 'none')) {
        return 'check-unchanged';
      }
      return signatures.every(({ changeClasses }) => changeClasses.every((one) => kSigning.has(one))) ? 'check-extended' : 'check-adapted';
    case 'TOTAL-FAILED':
      return subIndication === 'HASH_FAILURE' || signatures.some(({ modification }) => modification === 'not-permitted')
        ? 'check-changed'
        : 'check-false';
    case 'INDETERMINATE':
      return 'check-unknown';
    case 'NO-SIGNATURE':
      return 'check-none';
    case 'ERROR':
      return 'check-error';
  }
}

const kWhy: ReadonlySet<string> = new Set([
  'format-failure',
  'hash-failure',
  'sig-crypto-failure',
  'revoked',
  'expired',
  'not-yet-valid',
  'sig-constraints-failure',
  'chain-constraints-failure',
  'certificate-chain-general-failure',
  'crypto-constraints-failure',
  'crypto-constraints-failure-no-poe',
  'policy-processing-error',
  'signature-policy-not-available',
  'timestamp-order-failure',
  'no-signing-certificate-found',
  'no-certificate-chain-found',
  'no-certificate-chain-found-no-poe',
  'revoked-no-poe',
  'revoked-ca-no-poe',
  'out-of-bounds-not-revoked',
  'out-of-bounds-no-poe',
  'revocation-out-of-bounds-no-poe',
  'no-poe',
  'try-later',
  'signed-data-not-found',
]);

/** Everybody who signed a signature in turn, each followed by those who signed theirs; what is not good comes first. */
export function counterSigners(list: readonly CounterSignature[] | undefined): CounterSignature[] {
  const flat = (some: readonly CounterSignature[] = []): CounterSignature[] => some.flatMap((each) => [each, ...flat(each.counterSignatures)]);
  const all = flat(list);
  return [...all.filter(({ indication }) => indication !== 'TOTAL-PASSED'), ...all.filter(({ indication }) => indication === 'TOTAL-PASSED')];
}

/** The message that says why, where the verdict has a reason. */
export function why(subIndication: string | null): string | null {
  const id = subIndication?.toLowerCase().replaceAll('_', '-') ?? '';
  return kWhy.has(id) ? `why-${id}` : null;
}

/** Octets that others chose, made harmless to read: no control, format or direction characters, and not too long. */
export function printable(text: string, most = 120): string {
  const shown = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  return shown.length > most ? `${shown.slice(0, most)}…` : shown;
}
