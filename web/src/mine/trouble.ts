import { Failure } from '../api/failure';

const kWords: Readonly<Record<string, string>> = {
  'correction.bad-text': 'mine-ask-empty',
  'document.unknown': 'mine-gone',
  'decision.unknown': 'mine-gone',
  'decision.not-consent': 'mine-not-consent',
  'decision.not-opposable': 'mine-not-opposable',
  'receipt.changed': 'mine-receipt-again',
  'verify.busy': 'login-busy',
};

/** What to tell the person, by the id of its words. */
export function troubleOf(fault: unknown): string {
  if (fault instanceof Failure) {
    const known = kWords[fault.reference.code ?? ''];
    if (known !== undefined) {
      return known;
    }
    if (fault.kind === 'offline' || fault.kind === 'busy') {
      return `login-${fault.kind}`;
    }
    if (fault.kind === 'unreadable') {
      return 'mine-unreadable';
    }
  }
  return 'login-server';
}
