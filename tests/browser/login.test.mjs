// The login page on the real service, with a real browser's cookie: from the letter to logging out.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, openTablet, screen, shot } from './support/browser.mjs';
import { startSegelld } from './support/segelld.mjs';
import { prepareVisit } from './support/visit_request.mjs';

const kPassword = 'quatre paraules ben meves';
let service, browser;

before(async () => {
  const account = (name) => ({ name, shown: 'Marta Inventada', role: 'professional' });
  [service, browser] = await Promise.all([
    startSegelld({ timestamps: null, accounts: ['marta', 'quick', 'slow', 'narrow', 'wide', 'handing'].map(account), more: { 'login.second-factor-for-staff': 'yes' } }),
    openBrowser(),
  ]);
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

/** Another implementation of RFC 6238, from the key as it is shown. */
function digits(secret, at = Date.now()) {
  const bits = [...secret.replaceAll(' ', '')].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

async function open(options = {}) {
  const tablet = await openTablet(browser, options);
  // Secure cookies go to localhost over plain HTTP; to 127.0.0.1 they do not in every browser.
  await tablet.page.goto(`${service.origin.replace('127.0.0.1', 'localhost')}/login`);
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

async function activate(tablet, name) {
  await go(tablet, 'letter');
  await screen(tablet, 'activation');
  await fill(tablet, { username: name, code: service.codes[name].toLowerCase(), 'new-password': kPassword });
  await go(tablet);
  await screen(tablet, 'enrol');
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
        await activate(tablet, name);
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
      await tablet.page.goto(`${service.origin.replace('127.0.0.1', 'localhost')}/${page}`);
      await screen(tablet, shown);
    }
    // Their own link opens, and leads back to whoever gave it.
    await tablet.page.goto((await prepareVisit(service)).link.replace('127.0.0.1', 'localhost'));
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
