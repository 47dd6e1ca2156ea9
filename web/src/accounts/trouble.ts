import { Failure } from '../api/failure';

const kWords: Readonly<Record<string, string>> = {
  'account.bad-name': 'accounts-name-wrong',
  'account.name-taken': 'accounts-name-taken',
  'account.bad-shown-name': 'accounts-shown-wrong',
  'account.bad-unit': 'accounts-unit-wrong',
  'account.person-needed': 'accounts-person-wrong',
  'person.unknown': 'accounts-person-wrong',
  'account.role-held': 'accounts-role-held',
  'account.role-not-held': 'accounts-gone',
  'account.unknown': 'accounts-gone',
  'account.own': 'accounts-own',
  'account.not-active': 'accounts-not-active',
  'account.no-second-factor': 'accounts-no-factor',
  'account.elsewhere': 'accounts-elsewhere',
  'account.no-letters': 'accounts-no-letters',
  'device.unknown': 'accounts-gone',
  'official.unknown': 'accounts-gone',
  'official.no-account': 'officials-no-such-account',
  'official.not-staff': 'officials-not-staff',
  'official.bad-resolution': 'officials-resolution-missing',
  'official.bad-term': 'officials-term-wrong',
  'official.bad-procedure': 'officials-procedure-wrong',
  'official.bad-certificate': 'officials-certificate-wrong',
  'official.bad-reason': 'officials-reason-missing',
  'letter.not-kept': 'accounts-letter-lost',
};

/** What to tell, by the id of its words. */
export function troubleOf(fault: unknown): string {
  if (fault instanceof Failure) {
    const known = kWords[fault.reference.code ?? ''];
    if (known !== undefined) {
      return known;
    }
    if (fault.kind === 'offline' || fault.kind === 'busy') {
      return `login-${fault.kind}`;
    }
  }
  return 'login-server';
}
