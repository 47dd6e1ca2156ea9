/**
 * What can go wrong, as a person would name it.
 * - `offline`: nothing reached the service, or its answer was lost
 * - `link`: the address opens nothing (unknown, or incomplete)
 * - `expired`: its time is over
 * - `not-yet`: somebody else is to sign first
 * - `not-representing`: whoever signs for another may not, or not any more
 * - `witness`: one of the witnesses has a part in the matter
 * - `used`: already signed or answered
 * - `frozen`: the answers are on the paper already, and these are others
 * - `stale`: the document went on in the meantime
 * - `digest`: what arrived is not what was announced
 * - `custody`: no one could receive the ink, or the tablet could not record it
 * - `unreadable`: the document does not open on this tablet
 * - `storage`: this tablet cannot keep what was done
 * - `busy`, `server`: the service cannot now
 * - `refused`: the service did not accept what was sent
 */
export type FailureKind =
  | 'offline'
  | 'link'
  | 'expired'
  | 'not-yet'
  | 'not-representing'
  | 'witness'
  | 'used'
  | 'frozen'
  | 'stale'
  | 'digest'
  | 'custody'
  | 'unreadable'
  | 'storage'
  | 'busy'
  | 'server'
  | 'refused';

export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** The service's stable code and the number of the request: what a technician asks for. */
    readonly reference: { code?: string; requestId?: string } = {},
  ) {
    super(kind);
  }
}

/** Reads the problem details of a refusal (RFC 9457). */
export function failureOf(status: number, problem: { code?: unknown; requestId?: unknown }): Failure {
  const code = typeof problem.code === 'string' ? problem.code : undefined;
  const requestId = typeof problem.requestId === 'string' ? problem.requestId : undefined;
  return new Failure(kindOf(status, code ?? ''), {
    ...(code === undefined ? {} : { code }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** Codes that say more than their status does. */
const kByCode: Record<string, FailureKind> = {
  'visit.expired': 'expired',
  'visit.over': 'used',
  'visit.not-yet': 'not-yet',
  'representation.not-valid': 'not-representing',
  'act.witness-party': 'witness',
  'visit.frozen': 'frozen',
  'act.wrong-digest': 'digest',
  'act.stale': 'stale',
  'visit.other-bytes': 'stale',
};

function kindOf(status: number, code: string): FailureKind {
  const known = kByCode[code];
  if (known !== undefined) {
    return known;
  }
  switch (status) {
    case 401:
    case 403:
    case 404:
      return 'link';
    case 410:
      return 'expired';
    case 409: // the same sending is still under way
    case 429:
    case 503:
    case 504:
      return 'busy';
    default:
      return status >= 500 ? 'server' : 'refused';
  }
}
