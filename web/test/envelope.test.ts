import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seal } from '../src/crypto/envelope';

const folder = mkdtempSync(join(tmpdir(), 'segell-envelope-'));
const keys = { custodian: ['rsa:3072'], reserve: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], stranger: ['rsa:2048'] };
const content = new TextEncoder().encode(JSON.stringify({ points: Array.from({ length: 500 }, (_, n) => [0, n * 4000, n, n / 3]) }));

const recipient = (name: string) => ({
  certificate: execFileSync('openssl', ['x509', '-in', join(folder, `${name}.pem`), '-outform', 'DER']).toString('base64'),
});
const open = (name: string): Buffer =>
  execFileSync(
    'openssl',
    ['cms', '-decrypt', '-inform', 'DER', '-in', join(folder, 'envelope.p7m'), '-recip', join(folder, `${name}.pem`),
      '-inkey', join(folder, `${name}.key`)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );

beforeAll(() => {
  for (const [name, kind] of Object.entries(keys)) {
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', ...kind, '-nodes', '-subj', `/CN=${name}`, '-days', '2', '-keyout', join(folder, `${name}.key`),
        '-out', join(folder, `${name}.pem`)],
      { stdio: 'ignore' },
    );
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the custody envelope', () => {
  it('opens with openssl for each recipient, by RSA and by P-256, and for no one else', async () => {
    writeFileSync(join(folder, 'envelope.p7m'), await seal(content, [recipient('custodian'), recipient('reserve')]));
    expect(open('custodian').equals(Buffer.from(content))).toBe(true);
    expect(open('reserve').equals(Buffer.from(content))).toBe(true);
    expect(() => open('stranger')).toThrow();
  });

  it('names the algorithms that the format asks for', async () => {
    writeFileSync(join(folder, 'envelope.p7m'), await seal(content, [recipient('custodian'), recipient('reserve')]));
    const text = execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', join(folder, 'envelope.p7m')]).toString();
    expect(text).toContain('aes-256-cbc');
    expect(text).toContain('rsaesOaep');
    expect(text).toContain('dhSinglePass-stdDH-sha256kdf-scheme');
    expect(readFileSync(join(folder, 'envelope.p7m')).includes(Buffer.from('points'))).toBe(false);
  });

  it('differs each time, and is refused without recipients', async () => {
    const [one, other] = await Promise.all([seal(content, [recipient('custodian')]), seal(content, [recipient('custodian')])]);
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
    await expect(seal(content, [])).rejects.toThrow();
  });
});
