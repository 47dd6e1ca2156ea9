// What Chromium's virtual authenticator answers, as facts of another implementation: node make.mjs > chromium.json
import { createServer } from 'node:http';
import { chromium } from '../../node_modules/playwright-core/index.mjs';

const server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end('<!doctype html><title>.</title>'));
await new Promise((resolve) => server.listen(18099, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.SEGELL_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto('http://localhost:18099/');
const cdp = await page.context().newCDPSession(page);
await cdp.send('WebAuthn.enable');
await cdp.send('WebAuthn.addVirtualAuthenticator', { options: {
  protocol: 'ctap2', transport: 'internal', hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
const made = await page.evaluate(async () => {
  const text = (octets) => btoa(String.fromCharCode(...new Uint8Array(octets))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const challenge = (first) => Uint8Array.from({ length: 32 }, (_, at) => (first + at) % 256);
  const list = [];
  for (const [name, alg] of [['ES256', -7], ['EdDSA', -8], ['RS256', -257]]) {
    const common = { rp: { id: 'localhost', name: 'Exemple' }, attestation: 'none', pubKeyCredParams: [{ type: 'public-key', alg }],
      authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' } };
    const created = await navigator.credentials.create({ publicKey: {
      ...common, challenge: challenge(1), user: { id: challenge(7), name: 'persona', displayName: 'Persona Inventada' } } });
    const used = await navigator.credentials.get({ publicKey: {
      challenge: challenge(100), rpId: 'localhost', allowCredentials: [{ type: 'public-key', id: created.rawId }], userVerification: 'required' } });
    list.push({
      name, algorithm: alg, id: text(created.rawId),
      create: { challenge: text(challenge(1)), clientDataJSON: text(created.response.clientDataJSON), authenticatorData: text(created.response.getAuthenticatorData()) },
      get: { challenge: text(challenge(100)), clientDataJSON: text(used.response.clientDataJSON), authenticatorData: text(used.response.authenticatorData),
        signature: text(used.response.signature) },
    });
  }
  return list;
});
console.log(JSON.stringify({ origin: 'http://localhost:18099', rpId: 'localhost', browser: browser.version(), credentials: made }, null, 1));
await browser.close();
server.close();
