import { Failure } from '../api/failure';
import type { Visit } from '../api/types';

/** One request of a package: what the service says of it on line, and what an act of it needs when nobody listens. */
export interface PackageRequest extends Visit {
  /** Whose it is, where the service says so: two people may bear one name. */
  person?: string;
  nonceExpiresAt: string;
  slip: { code: string; link: string } | null;
  discreet: boolean;
}

/** What a tablet carries to a visit (`segell.visit-package/1`). */
export interface VisitPackage {
  schema: 'segell.visit-package/1';
  visit: { id: string; device: string; issuedAt: string; expiresAt: string; organisation: string };
  capability: string;
  requests: PackageRequest[];
}

const kMostRequests = 20;

/** Reads a package; a Failure names one that this page does not know how to carry. */
export function readPackage(answer: unknown): VisitPackage {
  const found = (isRecord(answer) && 'package' in answer ? answer['package'] : answer) as Partial<VisitPackage> | null;
  const good =
    isRecord(found) &&
    found.schema === 'segell.visit-package/1' &&
    isRecord(found.visit) &&
    [found.visit.id, found.visit.device, found.visit.issuedAt, found.visit.expiresAt, found.capability].every(isText) &&
    Array.isArray(found.requests) &&
    found.requests.length >= 1 &&
    found.requests.length <= kMostRequests &&
    found.requests.every(isRequest) &&
    new Set(found.requests.map(({ nonce }) => nonce)).size === found.requests.length;
  if (!good) {
    throw new Failure('server', { code: 'tablet.package-unknown' });
  }
  return found as VisitPackage;
}

function isRequest(request: unknown): boolean {
  return (
    isRecord(request) &&
    [request['id'], request['nonce'], request['title'], request['language'], request['personName']].every(isText) &&
    Array.isArray(request['items']) &&
    Array.isArray(request['methods']) &&
    (isRecord(request['paper']) || isRecord(request['frozen']))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
