// Two throw-away custodians for tests of the page alone: one with an RSA key, one on a curve.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function makeCustodians() {
  const folder = mkdtempSync(join(tmpdir(), 'segell-custodians-'));
  const make = (role, name, kind) => {
    execFileSync('openssl', ['req', '-x509', '-newkey', ...kind, '-nodes', '-subj', `/CN=${role}`, '-days', '2',
      '-keyout', join(folder, `${role}.key`), '-out', join(folder, `${role}.pem`)], { stdio: 'ignore' });
    const der = execFileSync('openssl', ['x509', '-in', join(folder, `${role}.pem`), '-outform', 'DER']);
    return { role, name, certificate: der.toString('base64') };
  };
  return {
    recipients: [make('custodian', 'la Notaria Exemple', ['rsa:3072']), make('reserve', 'l’Arxiu Exemple', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'])],
    open: (role, envelope) => openEnvelope(envelope, join(folder, `${role}.pem`), join(folder, `${role}.key`)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Opens a custody envelope as a custodian would: with the openssl program. */
export function openEnvelope(envelope, certificate, key) {
  const file = join(mkdtempSync(join(tmpdir(), 'segell-envelope-')), 'envelope.p7m');
  writeFileSync(file, envelope);
  try {
    return JSON.parse(execFileSync('openssl', ['cms', '-decrypt', '-inform', 'DER', '-in', file, '-recip', certificate, '-inkey', key],
      { stdio: ['ignore', 'pipe', 'pipe'] }).toString());
  } finally {
    rmSync(join(file, '..'), { recursive: true });
  }
}
