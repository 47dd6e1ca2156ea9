import { Failure } from '../api/failure';
import { Wait } from '../api/session';
import type { Trouble } from '../ui/form';

/** The service's codes that have words of their own on this page. */
const kWords: Readonly<Record<string, string>> = {
  'login.failed': 'login-wrong',
  'login.busy': 'login-busy',
  'activation.failed': 'login-code-wrong',
  'activation.expired': 'login-code-expired',
  'password.too-short': 'login-password-short',
  'password.too-long': 'login-password-long',
  'password.too-simple': 'login-password-simple',
  'second-factor.failed': 'login-factor-wrong',
  'second-factor.needed': 'login-factor-last',
  'passkey.refused': 'login-passkey-wrong',
  'passkey.stopped': 'login-passkey-stopped',
  'passkey.unknown': 'login-passkey-none',
  'passkey.known': 'login-passkey-known',
  'passkey.bad-name': 'login-passkey-name-missing',
  'passkey.user-not-verified': 'login-passkey-unverified',
  'passkey.too-many': 'login-passkey-many',
  'passkey.not-offered': 'login-passkey-elsewhere',
  'passkey.origin': 'login-passkey-elsewhere',
  'auth.no-session': 'login-over',
  'auth.foreign-call': 'login-over',
  'session.step': 'login-over',
  'http.not-found': 'login-over',
  'oidc.unknown-identity': 'login-provider-unknown',
  'login.too-many': 'login-provider-wait',
};

/** What to tell the person, by the id of its words. */
export function troubleOf(fault: unknown): Trouble {
  if (fault instanceof Wait) {
    return { words: 'login-wait', minutes: Math.max(1, Math.ceil(fault.seconds / 60)) };
  }
  if (fault instanceof Failure) {
    const known = kWords[fault.reference.code ?? ''];
    if (known === undefined && fault.reference.code?.startsWith('oidc.') === true) {
      return { words: 'login-provider-failed', minutes: 0 };
    }
    if (known !== undefined) {
      return { words: known, minutes: 0 };
    }
    if (fault.kind === 'offline' || fault.kind === 'busy') {
      return { words: `login-${fault.kind}`, minutes: 0 };
    }
  }
  return { words: 'login-server', minutes: 0 };
}

/** Whether the login is gone, so that the page starts again. */
export function isOver(fault: unknown): boolean {
  return fault instanceof Failure && kWords[fault.reference.code ?? ''] === 'login-over';
}
