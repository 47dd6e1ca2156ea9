// Signatures and containers by outside programs: `openssl cms`, `openssl ts` and the archive writer beside this file.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zip } from './zip.mjs';

export class Maker {
  constructor(pki) {
    this.pki = pki;
    this.folder = mkdtempSync(join(tmpdir(), 'segell-containers-'));
    this.count = 0;
  }

  end() { rmSync(this.folder, { recursive: true, force: true }); }
  at(name) { return join(this.folder, name); }
  write(name, octets) { writeFileSync(this.at(name), octets); return this.at(name); }
  openssl(...words) { return execFileSync('openssl', words, { stdio: ['ignore', 'pipe', 'pipe'] }); }

  /** `openssl cms -sign -cades` over the content; DER, detached, unless `more` says otherwise. */
  cades(content, identities = ['seal-rsa'], more = ['-cades'], form = 'DER') {
    this.count += 1;
    const input = this.write(`content-${this.count}`, content), output = this.at(`signature-${this.count}`);
    this.openssl('cms', '-sign', '-binary', '-in', input, '-out', output, '-outform', form, '-md', 'sha256', '-certfile', `${this.pki}/issuing.pem`,
      ...identities.flatMap((one) => ['-signer', `${this.pki}/${one}.pem`, '-inkey', `${this.pki}/${one}.key`]), ...more);
    return readFileSync(output);
  }

  /** A timestamp token (RFC 3161) over the content. */
  token(content) {
    this.count += 1;
    const query = this.at(`query-${this.count}`), answer = this.at(`token-${this.count}`);
    const config = this.write(`tsa-${this.count}.cnf`, `[tsa]\ndefault_tsa = one\n[one]\nserial = ${this.at(`serial-${this.count}`)}\n`
      + 'crypto_device = builtin\nsigner_digest = sha256\ndefault_policy = 1.3.6.1.4.1.99999.1\ndigests = sha256\ness_cert_id_alg = sha256\n');
    this.openssl('ts', '-query', '-sha256', '-cert', '-data', this.write(`stamped-${this.count}`, content), '-out', query);
    this.openssl('ts', '-reply', '-config', config, '-queryfile', query, '-token_out', '-out', answer, '-signer', `${this.pki}/tsa.pem`,
      '-inkey', `${this.pki}/tsa.key`, '-chain', `${this.pki}/issuing.pem`);
    return readFileSync(answer);
  }

  /** Of files by name: their content, or { digest }. */
  manifest(signature, files, { algorithm = 'http://www.w3.org/2001/04/xmlenc#sha256', hash = 'sha256', more = '', head = '', space = 'http://uri.etsi.org/02918/v1.2.1#' } = {}) {
    const references = Object.entries(files).map(([name, content]) => `<a:DataObjectReference URI="${name.split('/').map(encodeURIComponent).join('/')}">`
      + `<d:DigestMethod Algorithm="${algorithm}"/><d:DigestValue>${(content.digest ?? createHash(hash).update(content).digest()).toString('base64')}</d:DigestValue></a:DataObjectReference>`);
    return `<?xml version="1.0" encoding="UTF-8"?>${head}<a:ASiCManifest xmlns:a="${space}" `
      + `xmlns:d="http://www.w3.org/2000/09/xmldsig#"><a:SigReference URI="${signature}"/>${references.join('')}${more}</a:ASiCManifest>`;
  }

  /** The files of an ASiC-E with one signature over `signed`; `change` gets them before they are packed. */
  extended(signed, { identities, manifest, more, change = (files) => files, around } = {}) {
    const listing = this.manifest('META-INF/signature001.p7s', signed, manifest);
    const files = [{ name: 'mimetype', content: 'application/vnd.etsi.asic-e+zip' },
      ...Object.entries(signed).map(([name, content]) => ({ name, content })),
      { name: 'META-INF/ASiCManifest001.xml', content: listing },
      { name: 'META-INF/signature001.p7s', content: this.cades(listing, identities, more) }];
    return zip(change(files), around);
  }

  /** ASiC-S around one file. */
  simple(name, content, { identities, change = (files) => files, around, mime = 'application/vnd.etsi.asic-s+zip' } = {}) {
    return zip(change([{ name: 'mimetype', content: mime }, { name, content },
      { name: 'META-INF/signature.p7s', content: this.cades(content, identities) }]), around);
  }
}
