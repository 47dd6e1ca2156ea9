import { describe, expect, it } from 'vitest';
import { readCode, sameCode } from '../src/check/code';
import { headline, printable, type SignatureVerdict, type Verdict } from '../src/check/verdict';

describe('a code out of an address', () => {
  it('is read however it is written, and nothing else is', () => {
    expect(readCode('7F3K9-2QDHM-4XWT8')).toBe('7F3K9-2QDHM-4XWT8');
    expect(readCode(' 7f3k9-2qdhm ')).toBe('7F3K9-2QDHM');
    for (const text of ['', 'x', '<img src=x>', '7F3K9-2QDHM-OI', `${'7F3K9'.repeat(20)}`, 'sgv_abcdefghijkl']) {
      expect(readCode(text), text).toBeNull();
    }
  });

  it('is the same with and without dashes, in either case', () => {
    expect(sameCode('7F3K9-2QDHM', '7f3k92qdhm')).toBe(true);
    expect(sameCode('7F3K9-2QDHM', '7F3K9-2QDHN')).toBe(false);
  });
});

describe('what is shown of a verdict', () => {
  const verdict = (change: Partial<Verdict>, modification: SignatureVerdict['modification'] = 'none'): Verdict =>
    ({ indication: 'TOTAL-PASSED', subIndication: null, signatures: [{ modification }], notChecked: [], ...change }) as Verdict;

  it('begins with whether the paper changed', () => {
    expect(headline(verdict({}))).toBe('check-unchanged');
    expect(headline(verdict({}, 'permitted'))).toBe('check-extended');
    expect(headline(verdict({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' }))).toBe('check-changed');
    expect(headline(verdict({ indication: 'TOTAL-FAILED', subIndication: 'SIG_CRYPTO_FAILURE' }))).toBe('check-false');
    expect(headline(verdict({ indication: 'INDETERMINATE', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' }))).toBe('check-unknown');
    expect(headline(verdict({ indication: 'NO-SIGNATURE', signatures: [] }))).toBe('check-none');
    expect(headline(verdict({ indication: 'ERROR', signatures: [] }))).toBe('check-error');
  });

  it('holds no character that turns the line around or hides in it', () => {
    expect(printable('a\u202Eb\u0000c\nd\u200B')).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFD');
    expect(printable('Àngels Núñez · 8')).toBe('Àngels Núñez · 8');
    expect(printable('x'.repeat(500)).length).toBe(121);
  });
});
