import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkCharacter, readCode, sameCode } from '../src/check/code';
import { codeHeadline, type CodeVerdict } from '../src/check/code_check';
import { orderOf } from '../src/check/order';
import { counterSigners, headline, printable, type CounterSignature, type SignatureVerdict, type Verdict } from '../src/check/verdict';

describe('a code from paper', () => {
  const vectors = readFileSync(new URL('../../tests/vectors/verification-code/vectors.txt', import.meta.url), 'utf8')
    .split('\n').filter((line) => /^[2-9A-Z]{26} [2-9A-Z]$/.test(line)).map((line) => line.split(' ') as [string, string]);

  it('has the check character that another program computed', () => {
    expect(vectors.length).toBeGreaterThan(10);
    expect(vectors.map(([text]) => checkCharacter(text))).toEqual(vectors.map(([, check]) => check));
  });

  it('is read however it is written, and shown as it is printed', () => {
    for (const text of ['23456789ABCDEFGHJKLMNPQRSTH', ' 23456-789ab-cdefg-hjkl-mnpq-rsth ', '23456–789AB CDEFG HJKL MNPQ RSTH']) {
      expect(readCode(text), text).toEqual({ code: '23456-789AB-CDEFG-HJKL-MNPQ-RSTH' });
    }
  });

  it('is refused with what is wrong with it', () => {
    for (const text of ['', 'x', '<img src=x>', '23456-789AB-CDEFG', '23456789ABCDEFGHJKLMNPQRSTHH', '03456789ABCDEFGHJKLMNPQRSTH', 'sgv_abcdefghijkl']) {
      expect(readCode(text), text).toEqual({ fault: 'incomplete' });
    }
    for (const text of ['32456789ABCDEFGHJKLMNPQRSTH', '23456789ABCDEFGHJKLMNPQRSTJ']) {
      expect(readCode(text), text).toEqual({ fault: 'mistyped' });
    }
  });

  it('is the same with and without dashes, in either case', () => {
    expect(sameCode('7F3K9-2QDHM', '7f3k92qdhm')).toBe(true);
    expect(sameCode('7F3K9-2QDHM', '7F3K9-2QDHN')).toBe(false);
  });
});

describe('which file is the signature', () => {
  const message = (name: string) => new File([new Uint8Array([0x30, 0x82, 0x01, 0x00])], name);
  const letter = new File(['Informe'], 'informe.txt');
  const roles = async (...files: File[]) => {
    const order = await orderOf(files);
    return order === null ? null : [(order.file as File).name, (order.content as File | null)?.name ?? null, order.detachable];
  };

  it('is told by its octets, in whichever order they come', async () => {
    expect(await roles(message('informe.txt.p7s'), letter)).toEqual(['informe.txt.p7s', 'informe.txt', true]);
    expect(await roles(letter, message('sense-nom'))).toEqual(['sense-nom', 'informe.txt', true]);
    expect(await roles(letter, new File(['-----BEGIN CMS-----\n'], 'x.pem'))).toEqual(['x.pem', 'informe.txt', true]);
  });

  it('is told by its name where both could be', async () => {
    expect(await roles(message('certificat.der'), message('certificat.der.P7S'))).toEqual(['certificat.der.P7S', 'certificat.der', true]);
    expect(await roles(message('a.p7s'), message('b.p7s'))).toBeNull();
  });

  it('is nobody where none could be, or more than two came', async () => {
    expect(await roles(letter, new File(['x'], 'y.p7s'))).toBeNull();
    expect(await roles(letter, letter, message('z.p7s'))).toBeNull();
    expect(await roles()).toBeNull();
  });

  it('may be the only file; an empty one is nothing that was signed', async () => {
    expect(await roles(letter)).toEqual(['informe.txt', null, false]);
    expect(await roles(message('a.p7s'))).toEqual(['a.p7s', null, true]);
    expect(await roles(new File([], 'buit'), message('a.p7s'))).toEqual(['a.p7s', null, true]);
    expect(await roles(new File([], 'buit'))).toEqual(['buit', null, false]);
  });
});

describe('what is shown of a verdict', () => {
  const verdict = (change: Partial<Verdict>, modification: SignatureVerdict['modification'] = 'none', changeClasses: string[] = []): Verdict =>
    ({ indication: 'TOTAL-PASSED', subIndication: null, signatures: [{ modification, changeClasses }], notChecked: [], ...change }) as Verdict;

  it('begins with whether the paper changed', () => {
    expect(headline(verdict({}))).toBe('check-unchanged');
    expect(headline(verdict({}, 'permitted', ['signature', 'evidence']))).toBe('check-extended');
    expect(headline(verdict({}, 'permitted', ['signature', 'form-filling']))).toBe('check-adapted');
    expect(headline(verdict({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' }))).toBe('check-changed');
    expect(headline(verdict({ indication: 'TOTAL-FAILED', subIndication: 'SIG_CRYPTO_FAILURE' }))).toBe('check-false');
    expect(headline(verdict({ indication: 'INDETERMINATE', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' }))).toBe('check-unknown');
    expect(headline(verdict({ indication: 'NO-SIGNATURE', signatures: [] }))).toBe('check-none');
    expect(headline(verdict({ indication: 'ERROR', signatures: [] }))).toBe('check-error');
  });

  it('names everybody who signed in turn, and what is not good first', () => {
    const signer = (commonName: string, indication: Verdict['indication'], counterSignatures?: CounterSignature[]): CounterSignature =>
      ({ indication, subIndication: null, signer: { commonName, subject: null }, claimedTime: null, provenTime: null, ...(counterSignatures ? { counterSignatures } : {}) });
    const names = (list?: CounterSignature[]) => counterSigners(list).map((each) => each.signer.commonName);
    expect(names(undefined)).toEqual([]);
    expect(names([signer('a', 'TOTAL-PASSED', [signer('b', 'TOTAL-FAILED')]), signer('c', 'INDETERMINATE'), signer('d', 'TOTAL-PASSED')])).toEqual(['b', 'c', 'a', 'd']);
  });

  it('by code begins with a signature that is void, never in the colour of a good one', () => {
    const voided = [{ act: 'ACT', at: '2026-11-26T10:00:00Z' }];
    const byCode = (verdict: CodeVerdict['verdict'], voids: CodeVerdict['void']) => codeHeadline({ verdict, reason: null, void: voids });
    expect(byCode('unchanged', [])).toEqual({ words: 'check-unchanged', tone: 'good', document: null });
    expect(byCode('unchanged', voided)).toEqual({ words: 'check-void', tone: 'bad', document: 'check-unchanged' });
    expect(byCode('extended', voided)).toEqual({ words: 'check-void', tone: 'bad', document: 'check-extended' });
    expect(byCode('changed', voided)).toEqual({ words: 'check-void', tone: 'bad', document: 'check-changed' });
    expect([byCode('changed', []).tone, byCode('false', []).tone, byCode('none', []).tone]).toEqual(['bad', 'bad', 'open']);
  });

  it('holds no character that turns the line around or hides in it', () => {
    expect(printable('a\u202Eb\u0000c\nd\u200B')).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFD');
    expect(printable('Àngels Núñez · 8')).toBe('Àngels Núñez · 8');
    expect(printable('x'.repeat(500)).length).toBe(121);
  });
});
