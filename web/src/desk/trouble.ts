import { Failure } from '../api/failure';
import type { Trouble } from './state';

const kWords: Readonly<Record<string, string>> = {
  'document.too-large': 'desk-pdf-large',
  'http.body-too-large': 'desk-pdf-large',
  'document.unknown': 'desk-gone',
  'request.unknown': 'desk-gone',
  'person.unknown': 'desk-gone',
  'request.over': 'desk-over',
  'request.items-over': 'desk-items-over',
  'request.signer-taken': 'desk-taken',
  'request.document-moved': 'desk-taken',
  'request.earlier-over': 'desk-taken',
  'request.bad-title': 'desk-title-missing',
  'request.no-custodian': 'desk-no-custodian',
  'request.dynamics-unapproved': 'desk-no-custodian',
  'request.dynamics-only': 'desk-dynamics-only',
  'request.witnesses-need-professional': 'desk-witnesses-professional',
  'official.no-consent': 'desk-official-no-consent',
  'official.not-registered': 'desk-official-not-registered',
  'official.not-yet': 'desk-official-not-yet',
  'official.expired': 'desk-official-expired',
  'official.withdrawn': 'desk-official-withdrawn',
  'official.other-procedure': 'desk-official-other-procedure',
  'official.second-factor': 'desk-official-second-factor',
  'official.certificate-missing': 'desk-files-missing',
  'official.certificate-other': 'desk-official-certificate',
  'official.certificate-over': 'desk-official-certificate',
  'official.bad-signature': 'desk-official-signature',
  'visit.over': 'desk-over',
  'person.bad-name': 'desk-name-missing',
  'person.bad-identifier': 'desk-identifier-wrong',
  'person.identifier-taken': 'desk-identifier-taken',
  'person.bad-search': 'desk-search-short',
  'person.bad-birth-date': 'desk-birth-date-wrong',
  'person.no-birth-date': 'desk-who-signs-no-birth-date',
  'representation.unknown': 'desk-gone',
  'representation.not-valid': 'desk-not-represented',
  'representation.capacity': 'desk-not-represented',
  'representation.scope': 'desk-not-in-scope',
  'representation.self': 'desk-representative-same',
  'representative.unknown': 'desk-gone',
  'representation.of-age': 'desk-representation-of-age',
  'representation.there': 'desk-representation-there',
  'representation.holds': 'desk-representation-holds',
  'representation.bad-period': 'desk-representation-period',
  'representation.bad-evidence': 'desk-evidence-missing',
  'representation.bad-scope': 'desk-codes-wrong',
  'representation.transition': 'desk-representation-over',
  'representation.bad-reason': 'desk-protect-no-reason',
  'objection.bad-reason': 'desk-protect-no-reason',
  'objection.bad-time': 'desk-objection-when-missing',
  'objection.not-a-holder': 'desk-representation-over',
  'objection.over': 'desk-representation-over',
  'consent.bad-code': 'desk-codes-wrong',
  'objection.unknown': 'desk-gone',
  'review.unknown': 'desk-gone',
  'review.over': 'desk-task-answered',
  'review.changed': 'desk-review-changed',
  'review.bad-text': 'desk-answer-empty',
  'request.under-14': 'desk-under-14',
  'request.decides-alone': 'desk-decides-alone',
  'request.confidential-document': 'desk-paper-confidential',
  'request.representation-needed': 'desk-not-represented',
  'request.bad-other-holder': 'desk-other-holder-wrong',
  'template.field': 'desk-field-wrong',
  'template.item': 'desk-items-wrong',
  'consent.no-term': 'desk-items-wrong',
  'notice.unknown': 'desk-no-notice',
  'correction.unknown': 'desk-gone',
  'correction.answered': 'desk-task-answered',
  'correction.bad-text': 'desk-answer-empty',
  'feedback.unknown': 'desk-gone',
  'feedback.answered': 'desk-task-answered',
  'feedback.bad-text': 'desk-answer-empty',
  'protection.bad-person': 'desk-protect-bad-person',
  'protection.unknown-login': 'desk-protect-unknown-login',
  'protection.bad-address': 'desk-protect-bad-address',
  'protection.bad-reason': 'desk-protect-no-reason',
  'protection.second-person': 'desk-protection-other',
  'protection.confidential': 'desk-confided',
  'protection.over': 'desk-protection-over',
  'protection.unknown': 'desk-gone',
  'protection.too-many': 'desk-protect-many',
  'misattribution.unknown': 'desk-gone',
  'misattribution.not-signed': 'desk-wrong-not-signed',
  'misattribution.raised': 'desk-wrong-raised-already',
  'misattribution.same-person': 'desk-wrong-same',
  'misattribution.second-person': 'desk-wrong-other',
  'misattribution.own-matter': 'desk-wrong-own-matter',
  'misattribution.over': 'desk-task-answered',
  'misattribution.told': 'desk-task-answered',
  'incident.over': 'desk-task-answered',
  'request.document-void': 'desk-document-void',
  'request.bad-replacement': 'desk-document-void',
  'request.protected-address': 'desk-protected-address',
  'device.unknown': 'desk-visit-why-device-unknown',
  'device.revoked': 'desk-visit-why-device-revoked',
  'visit.unknown': 'desk-gone',
  'visit.on-device': 'desk-visit-on-device',
  'visit.expired': 'desk-visit-why-expired',
  'visit.not-yet': 'desk-visit-why-not-yet',
  'visit.not-laid-out': 'desk-visit-why-not-laid-out',
  'visit.decisions-first': 'desk-visit-why-decisions-first',
  'visit.no-method': 'desk-visit-why-no-method',
  'layout.no-glyph': 'desk-no-glyph',
  'layout.too-long': 'desk-too-long',
};

/** What to tell, by the id of its words. */
export function troubleOf(fault: unknown): Trouble {
  if (fault instanceof Failure) {
    const code = fault.reference.code ?? '';
    const known = kWords[code];
    if (known !== undefined) {
      return { words: known, about: '' };
    }
    if (code.startsWith('pdf.')) {
      return { words: 'desk-pdf-refused', about: code };
    }
    if (fault.kind === 'offline' || fault.kind === 'busy') {
      return { words: `login-${fault.kind}`, about: '' };
    }
    if (fault.kind === 'unreadable') {
      return { words: 'mine-unreadable', about: '' };
    }
    if (fault.kind === 'refused') {
      return { words: 'desk-refused', about: code };
    }
  }
  return { words: 'login-server', about: '' };
}

const kWhyNotCarried: Readonly<Record<string, string>> = {
  'request.unknown': 'desk-visit-why-unknown',
  'device.revoked': 'desk-visit-why-device-revoked',
  'visit.over': 'desk-visit-why-over',
  'visit.expired': 'desk-visit-why-expired',
  'visit.not-yet': 'desk-visit-why-not-yet',
  'visit.not-laid-out': 'desk-visit-why-not-laid-out',
  'visit.decisions-first': 'desk-visit-why-decisions-first',
  'visit.no-method': 'desk-visit-why-no-method',
  'representation.not-valid': 'desk-visit-why-representation',
};

/** Why a paper, or a tablet, cannot be part of a visit, with the way out; by the code of the service. */
export function whyNotCarried(code: string): string {
  return kWhyNotCarried[code] ?? 'desk-visit-why-other';
}

const kNotes: Readonly<Record<string, string>> = {
  'request.newer': 'desk-visit-note-newer',
  'visit.carried-elsewhere': 'desk-visit-note-elsewhere',
  'notice.newer': 'desk-visit-note-notice',
  'person.no-language': 'desk-visit-note-no-language',
  'person.other-language': 'desk-visit-note-other-language',
  'document.no-reading-view': 'desk-visit-note-no-reading',
};

/** What is to be known of a paper before it is taken along. */
export function carryingNote(note: string): string {
  return kNotes[note] ?? 'desk-visit-note-other';
}

const kSetAside: Readonly<Record<string, string>> = {
  'nonce.expired': 'desk-visit-aside-late',
  'request.answered-already': 'desk-visit-aside-answered',
  'request.cancelled': 'desk-visit-aside-cancelled',
  'act.stale': 'desk-visit-aside-stale',
  'representation.not-valid': 'desk-visit-aside-representation',
};

/** Why nothing was made of what a tablet sent, and what to do about it. */
export function whySetAside(reason: string): string {
  return kSetAside[reason] ?? 'desk-visit-aside-other';
}
