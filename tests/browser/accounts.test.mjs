// The logins of an organisation, as an administrator keeps them on the page: letters whose code nobody here sees, roles, blocks.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, openTablet, press, screen, shot } from './support/browser.mjs';
import { deskOf } from './support/desk.mjs';
import { kPassword, Logins, post, siteOf } from './support/logins.mjs';
import { kPin } from './support/offline.mjs';
import { pki, startSegelld } from './support/segelld.mjs';
import { prepareVisit } from './support/visit_request.mjs';

let service, browser, site, logins;

before(async () => {
  [service, browser] = await Promise.all([
    startSegelld({
      timestamps: null, persons: { nil: 'Nil Inventat' },
      accounts: [
        { name: 'anna', shown: 'Anna Imaginada', role: 'administrator' },
        { name: 'marta', shown: 'Marta Inventada', role: 'professional' },
        { name: 'gemma', shown: 'Gemma Inventada', role: 'manager' },
        { name: 'nil', shown: 'Nil Inventat', role: 'citizen', person: 'nil' },
      ],
      more: { 'login.second-factor-for-staff': 'no' },
    }),
    openBrowser(),
  ]);
  site = siteOf(service);
  logins = new Logins(service, browser);
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

/** What people read: without the marks that keep names of another direction apart. */
const plain = (text) => text.replace(/[\u2066-\u2069]/g, '');
/** A browser in which that person is logged in, at this page. */
const open = (name, options) => logins.open(name, 'accounts', options);
const still = (tablet) => tablet.page.locator('main[aria-busy="false"]').waitFor();
const fill = async (tablet, fields) => {
  for (const [name, value] of Object.entries(fields)) {
    await tablet.page.locator(`[name="${name}"]`).fill(value);
  }
};
const card = (tablet, name) => tablet.page.locator(`li[data-account="${name}"]`);
const openCard = async (tablet, name) => {
  await card(tablet, name).locator('[data-act="open"]').click();
  await screen(tablet, 'account');
};
/** Asks for a change, reads what it means, and goes through with it. */
async function change(tablet, act) {
  await press(tablet, act);
  await screen(tablet, 'changing');
  await press(tablet, 'confirm');
}

describe('the logins of an organisation', () => {
  it('are for administrators, whose page tells nobody in the title what it is', async () => {
    const stranger = await openTablet(browser);
    await stranger.page.goto(`${site}/accounts`);
    await screen(stranger, 'login');
    assert.equal(await stranger.page.title(), 'Feina');
    await stranger.close();
    const marta = await open('marta');
    await screen(marta, 'nobody');
    await barriers(marta, 'nobody');
    await marta.close();
  });

  it('are made with a letter whose code no page ever receives, and it opens them', async () => {
    const tablet = await open('anna');
    const answers = [];
    tablet.page.on('response', (response) => {
      if (response.url().includes('/api/v1/accounts')) {
        answers.push(response.text().catch(() => ''));
      }
    });
    await screen(tablet, 'list');
    await still(tablet);
    assert.equal(await tablet.page.locator('li[data-account]').count(), 3, 'a citizen does not work here');
    await press(tablet, 'continue');
    await screen(tablet, 'new');
    await fill(tablet, { shown: 'Laia Fictícia', name: 'laia i prou', unit: 'Serveis Socials Nord' });
    await press(tablet, 'continue');
    await tablet.page.getByRole('alert').getByText('sense accents').waitFor();
    assert.equal(await tablet.page.locator('[name="shown"]').inputValue(), 'Laia Fictícia', 'nothing is typed twice');
    await fill(tablet, { name: 'marta' });
    await press(tablet, 'continue');
    await tablet.page.getByRole('alert').getByText('Ja hi ha algú').waitFor();
    await fill(tablet, { name: 'laia' });
    await press(tablet, 'continue');
    await screen(tablet, 'letter');
    const reference = await tablet.page.locator('main code').innerText();
    const code = service.codeOfLetter(reference);
    assert.ok((await Promise.all(answers)).length > 1);
    assert.ok(!(await Promise.all(answers)).join().includes(code), 'the code is in no answer');
    assert.ok(!(await tablet.page.content()).includes(code), 'and not on the page');
    assert.ok(!service.messages().includes(code));
    const laia = await openTablet(browser);
    await laia.page.goto(`${site}/login`);
    assert.equal(await post(laia, '/api/v1/activation', { name: 'laia', code, password: kPassword }), 201);
    await press(tablet, 'continue');
    await screen(tablet, 'list');
    await card(tablet, 'laia').getByText('Hi entra amb contrasenya').waitFor();
    assert.deepEqual(tablet.faults, []);
    await Promise.all([tablet.close(), laia.close()]);
  });

  it('get roles and lose them, are blocked and let in again, and get another letter', async () => {
    const marta = await open('marta');
    const tablet = await open('anna');
    const standing = () => marta.page.evaluate(() => fetch('/api/v1/session').then(({ status }) => status));
    await screen(tablet, 'list');
    await openCard(tablet, 'marta');
    await tablet.page.locator('#role').selectOption('dpo');
    await press(tablet, 'give');
    await tablet.page.locator('li[data-role="dpo"]').waitFor();
    await still(tablet);
    await tablet.page.locator('#role').selectOption('dpo');
    await press(tablet, 'give');
    await tablet.page.getByRole('alert').getByText('ja ho fa').waitFor();
    await tablet.page.locator('li[data-role="dpo"] [data-act="withdraw"]').click();
    await screen(tablet, 'withdrawing');
    await press(tablet, 'confirm');
    await screen(tablet, 'account');
    assert.equal(await tablet.page.locator('li[data-role="dpo"]').count(), 0);
    assert.equal(await standing(), 200);
    await change(tablet, 'session-end');
    await screen(tablet, 'account');
    assert.equal(await standing(), 401);
    await change(tablet, 'block');
    await tablet.page.locator('main').getByText('Bloquejada').waitFor();
    assert.equal(await post(marta, '/api/v1/session', { name: 'marta', password: kPassword }), 401);
    await change(tablet, 'unblock');
    await tablet.page.locator('main').getByText('Hi entra amb contrasenya').waitFor();
    assert.equal(await post(marta, '/api/v1/session', { name: 'marta', password: kPassword }), 201);
    await change(tablet, 'letter');
    await screen(tablet, 'letter');
    await barriers(tablet, 'letter');
    assert.equal(await post(marta, '/api/v1/session', { name: 'marta', password: kPassword }), 401, 'the old password is void');
    const code = service.codeOfLetter(await tablet.page.locator('main code').innerText());
    assert.equal(await post(marta, '/api/v1/activation', { name: 'marta', code, password: kPassword }), 201);
    await press(tablet, 'continue');
    await openCard(tablet, 'anna');
    await tablet.page.getByText('la vostra pròpia entrada').waitFor();
    assert.equal(await tablet.page.locator('main [data-act="withdraw"], main [data-act="block"], main [data-act="give"]').count(), 0);
    assert.deepEqual(tablet.faults, []);
    await Promise.all([tablet.close(), marta.close()]);
  });

  it('stand beside the tablets: a lost one ends after its consequences were read', async () => {
    const marta = await open('marta');
    await marta.page.goto(`${site}/tablet`);
    await screen(marta, 'enrol');
    for (const [name, value] of Object.entries({ label: 'Tauleta 7', 'new-pin': kPin, again: kPin })) {
      await marta.page.locator(`[name="${name}"]`).fill(value);
    }
    await press(marta, 'continue');
    await screen(marta, 'list');
    const { request } = await prepareVisit(deskOf(service, marta), { name: 'Ramon Exemple Inventat' });
    const carry = async () => {
      const [device] = (await service.ask('GET', '/api/v1/devices')).devices;
      const { visit } = await deskOf(service, marta).ask('POST', '/api/v1/visits', { device: device.id, requests: [request.id], expiresAt: request.expiresAt });
      await deskOf(service, marta).ask('POST', `/api/v1/visits/${visit.id}/package`, {});
    };
    await carry();
    const tablet = await open('anna');
    await screen(tablet, 'list');
    await press(tablet, 'show-devices');
    await screen(tablet, 'devices');
    const seven = tablet.page.locator('li[data-device]', { hasText: 'Tauleta 7' });
    await seven.getByText('Hi va un paper').waitFor();
    assert.match(plain(await seven.innerText()), /En ús[^]*per Marta Inventada/);
    assert.doesNotMatch(await tablet.page.content(), /Ramon/, 'nobody whose papers it carries');
    await barriers(tablet, 'devices');
    await seven.locator('[data-act="end"]').click();
    await screen(tablet, 'ending');
    const told = plain(await tablet.page.locator('main').innerText());
    assert.match(told, /no s’acceptarà res[^]*El paper que porta quedarà sense complir[^]*No es pot desfer/);
    await press(tablet, 'confirm');
    await tablet.page.getByRole('alert').getByText('Digueu per què').waitFor();
    await barriers(tablet, 'ending');
    await shot(tablet, 'accounts-ending');
    await tablet.page.locator('#reason').selectOption('lost');
    await press(tablet, 'confirm');
    await screen(tablet, 'devices');
    await seven.getByText(/Donada de baixa el .*: perduda/).waitFor();
    await seven.getByText('Un paper va quedar sense complir').waitFor();
    assert.equal(await seven.locator('[data-act="end"]').count(), 0);
    await shot(tablet, 'accounts-devices');
    assert.deepEqual(tablet.faults, []);
    await Promise.all([tablet.close(), marta.close()]);
  });

  it('stand beside the register of officials, which a manager keeps too', async () => {
    const tablet = await open('gemma');
    await screen(tablet, 'officials');
    await tablet.page.getByText('No hi ha ningú habilitat').waitFor();
    assert.equal(await tablet.page.locator('[data-act="show-list"]').count(), 0, 'a manager keeps no logins');
    await press(tablet, 'continue');
    await screen(tablet, 'new-official');
    await barriers(tablet, 'new official');
    const say = (words) => tablet.page.getByRole('alert').getByText(words).waitFor();
    await fill(tablet, { account: 'ningu', resolution: 'Resolució inventada 7/2026', until: '2020-01-01' });
    await press(tablet, 'continue');
    await say('Reviseu els dies');
    await fill(tablet, { until: '2040-12-31' });
    await press(tablet, 'continue');
    await say('No hi ha cap entrada amb aquest nom');
    await fill(tablet, { account: 'anna' });
    await press(tablet, 'continue');
    await say('Només signa en nom d’altri');
    await fill(tablet, { account: 'marta' });
    await tablet.page.locator('#certificate').setInputFiles({ name: 'x.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from('no certificate') });
    await press(tablet, 'continue');
    await say('no és un certificat');
    const pem = readFileSync(join(pki, 'custodian.pem'));
    await tablet.page.locator('#certificate').setInputFiles({ name: 'c.pem', mimeType: 'application/x-pem-file', buffer: pem });
    await press(tablet, 'continue');
    await screen(tablet, 'officials');
    const entry = tablet.page.locator('li[data-official="marta"]');
    const fingerprint = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
    const shown = plain(await entry.innerText());
    assert.match(shown, /Habilitada\.[^]*31[^]*2040[^]*Resolució inventada 7\/2026[^]*Tots els procediments/);
    assert.ok(shown.includes(fingerprint.slice(0, 16)));
    await barriers(tablet, 'officials');
    await shot(tablet, 'accounts-officials');
    await press(tablet, 'withdraw');
    await screen(tablet, 'official-ending');
    await press(tablet, 'confirm');
    await say('Escriviu per què');
    await fill(tablet, { reason: 'Canvia de feina' });
    await barriers(tablet, 'official ending');
    await press(tablet, 'confirm');
    await screen(tablet, 'officials');
    assert.match(plain(await entry.innerText()), /Retirada\.[^]*Canvia de feina/);
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('can be reached with the keyboard alone', async () => {
    const tablet = await open('anna', { locale: 'es-ES' });
    await screen(tablet, 'list');
    await still(tablet);
    const focused = () => tablet.page.evaluate(() => document.activeElement?.dataset.act ?? document.activeElement?.id ?? '');
    const tabTo = async (name) => {
      for (let at = 0; at < 40 && await focused() !== name; at += 1) {
        await tablet.page.keyboard.press('Tab');
      }
      assert.equal(await focused(), name);
    };
    await tabTo('continue');
    await tablet.page.keyboard.press('Enter');
    await screen(tablet, 'new');
    await tabTo('role');
    await tablet.page.keyboard.press('p');
    await tabTo('language');
    await tabTo('back');
    await tablet.page.keyboard.press('Enter');
    await screen(tablet, 'list');
    await still(tablet);
    await tabTo('open');
    await tablet.page.keyboard.press('Enter');
    await screen(tablet, 'account');
    await tablet.close();
  });

  for (const [name, options] of [['wide', { locale: 'en-GB' }], ['narrow', { viewport: { width: 320, height: 640 } }]]) {
    it(`have no barrier (${name})`, async () => {
      const tablet = await open('anna', options);
      await screen(tablet, 'list');
      await still(tablet);
      await shot(tablet, `accounts-${name}-list`);
      await barriers(tablet, 'list');
      await tablet.page.locator('#group').selectOption('citizen');
      await card(tablet, 'nil').waitFor();
      await barriers(tablet, 'citizens');
      await press(tablet, 'continue');
      await tablet.page.locator('#role').selectOption('representative');
      await tablet.page.locator('[name="person"]').fill('x');
      await shot(tablet, `accounts-${name}-new`);
      await barriers(tablet, 'new');
      await press(tablet, 'back');
      await tablet.page.locator('#group').selectOption('staff');
      await card(tablet, 'marta').waitFor();
      await openCard(tablet, 'marta');
      await shot(tablet, `accounts-${name}-account`);
      await barriers(tablet, 'account');
      await press(tablet, 'block');
      await screen(tablet, 'changing');
      await shot(tablet, `accounts-${name}-changing`);
      await barriers(tablet, 'changing');
      await press(tablet, 'back');
      await press(tablet, 'back');
      await screen(tablet, 'list');
      await press(tablet, 'show-devices');
      await screen(tablet, 'devices');
      await still(tablet);
      await shot(tablet, `accounts-${name}-devices`);
      await barriers(tablet, 'devices');
      await press(tablet, 'show-officials');
      await screen(tablet, 'officials');
      await press(tablet, 'continue');
      await screen(tablet, 'new-official');
      await shot(tablet, `accounts-${name}-new-official`);
      await barriers(tablet, 'new official');
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
    });
  }
});
