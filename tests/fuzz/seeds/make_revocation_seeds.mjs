// Seeds of fuzz_revocation, by the second implementation in tests/trust/lab: node make_revocation_seeds.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crl, extension, issuingPoint, ocsp } from '../../trust/lab/x509.mjs';
import { octets } from '../../trust/lab/der.mjs';
import { day, issuing, responder, signer } from '../../trust/lab/world.mjs';

const folder = fileURLToPath(new URL('revocation/', import.meta.url));
mkdirSync(folder, { recursive: true });
const answer = { of: signer, issuer: issuing, responder, embed: [responder], thisUpdate: day('2026-11-19'), nextUpdate: day('2026-11-26') };
const list = { issuer: issuing, thisUpdate: day('2026-11-01'), nextUpdate: day('2026-12-31') };
const seeds = {
  'ocsp-good': ocsp(answer),
  'ocsp-revoked': ocsp({ ...answer, status: 'revoked', revokedAt: day('2026-10-01'), reason: 1, byKey: true, nonce: Buffer.alloc(16, 1) }),
  'crl-entry': crl({ ...list, revoked: [{ of: signer, date: day('2026-10-01'), reason: 6 }] }),
  'crl-indirect': crl({ ...list, revoked: [{ of: signer, date: day('2026-10-01'), issuerName: issuing.subject }],
    extensions: [issuingPoint({ indirect: true, reasons: [1, 2], point: 'http://crl.example/a.crl' }), extension('2.5.29.60', octets('x'))] }),
};
for (const [name, evidence] of Object.entries(seeds)) writeFileSync(folder + name, Buffer.concat([signer.der, issuing.der, evidence]));
