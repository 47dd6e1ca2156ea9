// The login page on the real service, with a real browser's cookie: from the letter to logging out.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, openTablet, screen, shot } from './support/browser.mjs';
import { siteOf } from './support/logins.mjs';
import { startSegelld } from './support/segelld.mjs';
import { prepareVisit } from './support/visit_request.mjs';
import { digits } from '../support/totp.mjs';

const kPassword = 'quatre paraules ben meves';
let service, browser;

before(async () => {
  const account = (name) => ({ name, shown: 'Marta Inventada', role: 'professional' });
  [service, browser] = await Promise.all([
    startSegelld({ timestamps: null, accounts: ['marta', 'quick', 'slow', 'narrow', 'wide', 'handing', 'keyed', 'returning'].map(account),
      // Passkeys belong to the name of the address.
      more: { 'login.second-factor-for-staff': 'yes', 'public-url': 'http://localhost:{port}' } }),
    openBrowser(),
  ]);
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

async function open(options = {}) {
  const tablet = await openTablet(browser, options);
  // Secure cookies go to localhost over plain HTTP; to 127.0.0.1 they do not in every browser.
  await tablet.page.goto(`${siteOf(service)}/login`);
  await screen(tablet, 'credentials');
  return tablet;
}
async function fill(tablet, values) {
  for (const [name, value] of Object.entries(values)) {
    await tablet.page.locator(`[name="${name}"]`).fill(value); // one after the other, as hands do
  }
}
const go = (tablet, act = 'continue') => tablet.page.locator(`main [data-act="${act}"]`).first().click();
const told = (tablet, words) => tablet.page.getByRole('alert').getByText(words).waitFor();
const cookie = async (tablet) => (await tablet.context.cookies()).find(({ name }) => name === '__Host-segell');

async function activate(tablet, name, factor = 'authenticator') {
  await go(tablet, 'letter');
  await screen(tablet, 'activation');
  await fill(tablet, { username: name, code: service.codes[name].toLowerCase(), 'new-password': kPassword });
  await go(tablet);
  await screen(tablet, 'factors');
  if (factor === 'authenticator') {
    await go(tablet, 'authenticator');
    await screen(tablet, 'enrol');
  }
}
/** A security key that the browser has, and that knows whoever uses it unless it is told otherwise. */
async function plugIn({ cdp }, options = {}) {
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, ...options },
  });
  return authenticatorId;
}
async function addPasskey(tablet, name) {
  await screen(tablet, 'passkey');
  await fill(tablet, { passkey: name });
  await go(tablet);
}
async function logIn(tablet, name) {
  await screen(tablet, 'credentials');
  await fill(tablet, { username: name, password: kPassword });
  await tablet.page.keyboard.press('Enter');
}
async function enrol(tablet) {
  const secret = await tablet.page.locator('.secret code').innerText();
  await fill(tablet, { code: digits(secret) });
  await go(tablet);
  await screen(tablet, 'recovery');
  const codes = await tablet.page.locator('.codes code').allInnerTexts();
  await go(tablet);
  await screen(tablet, 'inside');
  return { secret, codes };
}

describe('a login', () => {
  it('begins with the letter, takes a second factor, and then needs both', async () => {
    const tablet = await open();
    assert.equal(await tablet.page.title(), 'Entrada', 'the title tells nobody what this is about');
    await activate(tablet, 'marta');
    const before = await cookie(tablet);
    assert.deepEqual([before.secure, before.httpOnly, before.sameSite, before.path, before.expires], [true, true, 'Strict', '/', -1]);
    assert.equal(await tablet.page.evaluate(() => document.cookie), '', 'no script reads it');
    const { secret, codes } = await enrol(tablet);
    assert.equal(codes.length, 8);
    assert.notEqual((await cookie(tablet)).value, before.value, 'a higher level has another cookie');
    assert.match(await tablet.page.locator('main').innerText(), /Marta Inventada/);
    await tablet.page.reload();
    await screen(tablet, 'inside');
    await go(tablet, 'out');
    await screen(tablet, 'left');
    assert.equal(await cookie(tablet), undefined);

    await go(tablet, 'again');
    await fill(tablet, { username: 'Marta', password: kPassword });
    await tablet.page.keyboard.press('Enter');
    await screen(tablet, 'second-factor');
    await fill(tablet, { code: '000000' });
    await go(tablet);
    await told(tablet, 'El codi no és correcte');
    await fill(tablet, { code: codes[0] });
    await go(tablet);
    await screen(tablet, 'inside');
    assert.ok(secret.length > 30);
    // Nothing of all this is in an address or stays in the browser.
    assert.ok(tablet.requests.every(({ url }) => !/marta|quatre/i.test(url)));
    assert.equal(await tablet.page.evaluate(() => localStorage.length + sessionStorage.length), 0);
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('says what is wrong where the person is, keeps the name, and lets them show what they typed', async () => {
    const tablet = await open({ locale: 'es-ES' });
    await fill(tablet, { username: 'nadie', password: 'no es esta' });
    await tablet.page.keyboard.press('Enter');
    await told(tablet, 'El nombre o la contraseña no son correctos');
    assert.equal(await tablet.page.locator('#username').inputValue(), 'nadie');
    assert.equal(await tablet.page.locator('#password').getAttribute('type'), 'password');
    await go(tablet, 'show');
    assert.equal(await tablet.page.locator('#password').getAttribute('type'), 'text');
    assert.equal(await tablet.page.locator('#password').inputValue(), 'no es esta');
    await barriers(tablet, 'wrong');
    await go(tablet, 'letter');
    await fill(tablet, { username: 'quick', code: service.codes.quick, 'new-password': 'corta' });
    await go(tablet);
    await told(tablet, 'demasiado corta');
    await fill(tablet, { 'new-password': 'quick quick quick' });
    await go(tablet);
    await told(tablet, 'fácil de adivinar');
    await fill(tablet, { code: 'AAAA-BBBB-CCCC-DDDD', 'new-password': kPassword });
    await go(tablet);
    await told(tablet, 'no son los de la carta');
    await tablet.close();
  });

  it('is filled in by password managers and takes what is pasted', async () => {
    const tablet = await open();
    const hints = () => tablet.page.locator('input').evaluateAll((all) => all.map((field) => field.autocomplete));
    assert.deepEqual(await hints(), ['username', 'current-password']);
    await tablet.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await tablet.page.evaluate(() => navigator.clipboard.writeText('enganxada'));
    await tablet.page.locator('#password').focus();
    await tablet.page.keyboard.press('Control+V');
    assert.equal(await tablet.page.locator('#password').inputValue(), 'enganxada');
    await go(tablet, 'letter');
    assert.deepEqual(await hints(), ['username', 'off', 'new-password']);
    await tablet.close();
  });

  it('is slowed down after five wrong attempts, in words that tell how long', async () => {
    const tablet = await open({ locale: 'en-GB' });
    for (let at = 0; at < 5; at += 1) {
      await fill(tablet, { username: 'slow', password: `wrong ${at}` });
      await tablet.page.keyboard.press('Enter');
      await tablet.page.locator('main[aria-busy="false"]').waitFor();
      await told(tablet, 'not right');
    }
    await fill(tablet, { username: 'slow', password: kPassword });
    await tablet.page.keyboard.press('Enter');
    await told(tablet, 'Wait one minute');
    await tablet.close();
  });

  it('reaches the API by its cookie from our page alone', async () => {
    const tablet = await open();
    await activate(tablet, 'wide');
    await enrol(tablet);
    const answers = await tablet.page.evaluate(async () => {
      const { session } = await (await fetch('/api/v1/session')).json();
      const create = (headers) => fetch('/api/v1/persons', {
        method: 'POST', body: JSON.stringify({ name: 'Persona Inventada' }),
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), ...headers },
      }).then(async (answer) => [answer.status, (await answer.json()).code]);
      return [await create({ 'X-Segell-CSRF': session.csrf }), await create({}), await create({ 'X-Segell-CSRF': 'x' })];
    });
    assert.deepEqual(answers, [[201, undefined], [403, 'auth.foreign-call'], [403, 'auth.foreign-call']]);
    const { value } = await cookie(tablet);
    const call = (headers) => fetch(`${service.origin}/api/v1/session/end`, {
      method: 'POST', body: '{"everywhere":true}', headers: { 'Content-Type': 'application/json', Cookie: `__Host-segell=${value}`, ...headers },
    });
    assert.equal((await call({ Origin: 'https://evil.example' })).status, 403);
    assert.ok(!service.messages().includes(value));
    await tablet.close();
  });
});

describe('the screens of a login', () => {
  for (const [name, options] of [['wide', { locale: 'ca-ES' }], ['narrow', { viewport: { width: 320, height: 640 } }]]) {
    it(`have no barrier (${name})`, async () => {
      const tablet = await open(options);
      await shot(tablet, `login-${name}-1`);
      await barriers(tablet, 'credentials');
      await go(tablet, 'letter');
      await shot(tablet, `login-${name}-2`);
      await barriers(tablet, 'activation');
      if (name === 'narrow') {
        await go(tablet, 'back');
        await activate(tablet, name, 'either');
        await shot(tablet, `login-${name}-factors`);
        await barriers(tablet, 'factors');
        await go(tablet, 'passkey');
        await screen(tablet, 'passkey');
        await shot(tablet, `login-${name}-passkey`);
        await barriers(tablet, 'passkey');
        await go(tablet, 'stop');
        await screen(tablet, 'left');
        await go(tablet, 'again');
        await logIn(tablet, name);
        await screen(tablet, 'factors');
        await go(tablet, 'authenticator');
        await screen(tablet, 'enrol');
        await shot(tablet, `login-${name}-3`);
        await barriers(tablet, 'enrol');
        const secret = await tablet.page.locator('.secret code').innerText();
        await fill(tablet, { code: digits(secret) });
        await go(tablet);
        await screen(tablet, 'recovery');
        await shot(tablet, `login-${name}-4`);
        await barriers(tablet, 'recovery');
        await go(tablet);
        await screen(tablet, 'inside');
        await shot(tablet, `login-${name}-5`);
        await barriers(tablet, 'inside');
        await go(tablet, 'password');
        await barriers(tablet, 'password');
        await fill(tablet, { password: kPassword, 'new-password': 'cinc paraules seves' });
        await go(tablet);
        await screen(tablet, 'inside');
        await tablet.page.getByRole('status').getByText('s’ha canviat').waitFor();
        await go(tablet, 'out-everywhere');
        await screen(tablet, 'left');
        await barriers(tablet, 'left');
      }
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
    });
  }

  it('is out of reach while another person holds the tablet, and comes back with the code of the telephone', async () => {
    const tablet = await open();
    await activate(tablet, 'handing');
    const { secret } = await enrol(tablet);
    await tablet.page.evaluate(async () => {
      const { session } = await (await fetch('/api/v1/session')).json();
      const headers = { 'Content-Type': 'application/json', 'X-Segell-CSRF': session.csrf };
      await fetch('/api/v1/session/hand-over', { method: 'POST', headers, body: '{}' });
    });
    // Whatever they open: back, a reload, another page of the service.
    for (const [page, shown] of [['mine', 'login'], ['login', 'return']]) {
      await tablet.page.goto(`${siteOf(service)}/${page}`);
      await screen(tablet, shown);
    }
    // Their own link opens, and leads back to whoever gave it.
    await tablet.page.goto((await prepareVisit(service)).link.replace(service.origin, siteOf(service)));
    await screen(tablet, 'welcome');
    await tablet.page.locator('header [data-act="hand-back"]').click();
    await screen(tablet, 'return');
    await tablet.page.reload();
    await screen(tablet, 'return');
    assert.doesNotMatch(await tablet.page.locator('body').innerText(), /Marta|Inventada|Vilaexemple/);
    await barriers(tablet, 'return');
    assert.equal(await tablet.page.evaluate(async () => (await fetch('/api/v1/session')).status), 404);
    await fill(tablet, { proof: kPassword });
    await go(tablet);
    await told(tablet, /codi no és correcte/);
    await fill(tablet, { proof: digits(secret, Date.now() + 30_000) });
    await go(tablet);
    await screen(tablet, 'inside');
    assert.match(await tablet.page.locator('main').innerText(), /Marta Inventada/);
    await tablet.close();
  });
});

describe('passkeys', () => {
  it('are set up, used at a login, added and removed; a key that knows nobody and a copy of the removed one open nothing', async () => {
    const tablet = await open();
    await activate(tablet, 'keyed', 'passkey');
    const unknown = await plugIn(tablet, { isUserVerified: false });
    await go(tablet, 'passkey');
    await addPasskey(tablet, 'ordinador');
    await told(tablet, 'no ha respost');
    await tablet.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: unknown });
    const authenticatorId = await plugIn(tablet);
    await go(tablet);
    await screen(tablet, 'recovery');
    await go(tablet);
    await screen(tablet, 'inside');
    await tablet.page.getByText('amb una clau d’accés', { exact: false }).first().waitFor();
    await go(tablet, 'out');
    await screen(tablet, 'left');
    await go(tablet, 'again');
    const { credentials: [credential] } = await tablet.cdp.send('WebAuthn.getCredentials', { authenticatorId });
    await logIn(tablet, 'keyed');
    await screen(tablet, 'second-factor');
    await barriers(tablet, 'second-factor with a passkey');
    await shot(tablet, 'login-passkey-asked');
    const before = await cookie(tablet);
    await go(tablet, 'use-passkey');
    await screen(tablet, 'inside');
    assert.notEqual((await cookie(tablet)).value, before.value, 'a higher level has another cookie');

    // A second one, and the first one goes; then the last one stays.
    await go(tablet, 'add-passkey');
    await addPasskey(tablet, 'ordinador');
    await told(tablet, 'ja hi és');
    await tablet.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    await plugIn(tablet);
    await fill(tablet, { passkey: 'clau petita' });
    await go(tablet);
    await screen(tablet, 'inside');
    await shot(tablet, 'login-passkeys');
    await barriers(tablet, 'passkeys');
    const remove = (name) => tablet.page.locator(`li[data-passkey="${name}"] [data-act="remove-passkey"]`).click();
    await remove('ordinador');
    await screen(tablet, 'removing');
    await barriers(tablet, 'removing');
    await go(tablet, 'confirm');
    await screen(tablet, 'inside');
    await tablet.page.getByRole('status').getByText('S’ha tret').waitFor();
    await remove('clau petita');
    await go(tablet, 'confirm');
    await told(tablet, 'únic segon pas');
    await go(tablet, 'back');
    await go(tablet, 'out');
    await screen(tablet, 'left');

    // Somebody copied the removed key, and sets its counter back: neither opens.
    await go(tablet, 'again');
    const copied = await openTablet(browser);
    await copied.page.goto(`${siteOf(service)}/login`);
    const copy = await plugIn(copied);
    await copied.cdp.send('WebAuthn.addCredential', { authenticatorId: copy, credential: { ...credential, isResidentCredential: false } });
    await logIn(copied, 'keyed');
    await screen(copied, 'second-factor');
    await go(copied, 'use-passkey');
    await told(copied, 'no ha respost');
    assert.deepEqual(tablet.faults, []);
    await Promise.all([tablet.close(), copied.close()]);
  });

  it('take back a tablet that was handed over, and a copied one whose counter is behind does not', async () => {
    const tablet = await open();
    await activate(tablet, 'returning', 'passkey');
    const authenticatorId = await plugIn(tablet);
    await go(tablet, 'passkey');
    await addPasskey(tablet, 'tauleta');
    await screen(tablet, 'recovery');
    const { credentials: [earlier] } = await tablet.cdp.send('WebAuthn.getCredentials', { authenticatorId });
    await go(tablet);
    await screen(tablet, 'inside');
    const handOver = () => tablet.page.evaluate(async () => {
      const { session } = await (await fetch('/api/v1/session')).json();
      const headers = { 'Content-Type': 'application/json', 'X-Segell-CSRF': session.csrf };
      return (await fetch('/api/v1/session/hand-over', { method: 'POST', headers, body: '{}' })).status;
    });
    assert.equal(await handOver(), 200);
    await tablet.page.reload();
    await screen(tablet, 'return');
    await barriers(tablet, 'return with a passkey');
    await shot(tablet, 'login-return-passkey');
    await go(tablet, 'use-passkey');
    await screen(tablet, 'inside');
    assert.equal(await handOver(), 200);
    await tablet.page.reload();
    await screen(tablet, 'return');
    await tablet.cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: earlier.credentialId });
    await tablet.cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...earlier, signCount: 0 } });
    await go(tablet, 'use-passkey');
    await told(tablet, 'no s’ha acceptat');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });
});
