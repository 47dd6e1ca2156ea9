// A professional's desk, on the real service and with a real login: a request is prepared, signed in another browser, followed, kept.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { barriers, choose, openBrowser, openTablet, press, screen, shot } from './support/browser.mjs';
import { Logins, siteOf } from './support/logins.mjs';
import { outcome, startSegelld } from './support/segelld.mjs';
import { digits } from '../support/totp.mjs';

/** What people read: without the marks that keep names of another direction apart. */
const plain = (text) => text.replace(/[\u2066-\u2069]/g, '');
const demo = new URL('../../service/segelld/demo/informacio-i-decisions.pdf', import.meta.url).pathname;
let service, browser, site, logins;

before(async () => {
  [service, browser] = await Promise.all([
    startSegelld({
      timestamps: null, persons: { nil: 'Nil Inventat' },
      accounts: [
        { name: 'marta', shown: 'Marta Inventada', role: 'professional' },
        { name: 'nil', shown: 'Nil', role: 'citizen', person: 'nil' },
        { name: 'cosi', shown: 'Cosí Exclòs', role: 'professional' },
        { name: 'delegada', shown: 'Delegada Inventada', role: 'dpo' },
        { name: 'segona', shown: 'Segona Delegada', role: 'dpo' },
        { name: 'gemma', shown: 'Gemma Inventada', role: 'manager' },
        { name: 'ona', shown: 'Ona Inventada', role: 'professional' },
      ],
      more: {
        'login.second-factor-for-staff': 'no', 'tenant.data-protection.officer': 'dpd@exemple.example',
        'tenant.data-protection.authority': 'APDCAT', 'tenant.data-protection.second-layer': 'https://exemple.example/dades',
      },
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

const still = (tablet) => tablet.page.locator('main[aria-busy="false"]').waitFor();
const fill = async (tablet, fields) => {
  for (const [name, value] of Object.entries(fields)) {
    await tablet.page.locator(`[name="${name}"]`).fill(value);
  }
};
const card = (tablet, text) => tablet.page.locator('li[data-request]', { hasText: text });
const read = async (locator) => plain(await locator.innerText());

/** A browser in which that person is logged in, at this page. */
const open = (name, options) => logins.open(name, 'desk', options);

/** Brings somebody in, who is then on the list of those who sign. */
async function bringIn(tablet, fields, address = 'formal') {
  await press(tablet, 'newcomer');
  await screen(tablet, 'newcomer');
  await fill(tablet, fields);
  await tablet.page.locator('#address').selectOption(address);
  await press(tablet, 'continue');
  await screen(tablet, 'who');
  await tablet.page.locator('li[data-signer]', { hasText: fields.name }).waitFor();
}

describe('my work', () => {
  let links;

  it('asks for a login first, and tells nobody in the title what it is', async () => {
    const tablet = await openTablet(browser);
    await tablet.page.goto(`${site}/desk`);
    await screen(tablet, 'login');
    assert.equal(await tablet.page.title(), 'Feina');
    await barriers(tablet, 'login first');
    await tablet.close();
    const citizen = await open('nil');
    await screen(citizen, 'nobody');
    await barriers(citizen, 'nobody');
    await citizen.close();
  });

  it('prepares a work plan for two, one after the other, and shows a link for each', async () => {
    const tablet = await open('marta');
    await screen(tablet, 'list');
    await tablet.page.getByText('Encara no heu demanat cap signatura').waitFor();
    await barriers(tablet, 'empty list');
    await press(tablet, 'continue');
    await screen(tablet, 'who');
    await barriers(tablet, 'who');
    // Nil is there, but she does not work with him.
    await fill(tablet, { sought: 'Nil' });
    await press(tablet, 'find');
    await tablet.page.getByText('No hi ha ningú així').waitFor();
    await press(tablet, 'newcomer');
    await screen(tablet, 'newcomer');
    await press(tablet, 'continue');
    await tablet.page.getByRole('alert').getByText('Escriviu el nom').waitFor();
    await barriers(tablet, 'newcomer');
    await shot(tablet, 'desk-newcomer');
    await press(tablet, 'back');
    await bringIn(tablet, { name: 'Aïcha Fictícia Mostra' });
    await bringIn(tablet, { name: 'Marta Inventada' }, 'familiar');
    await shot(tablet, 'desk-who');
    await press(tablet, 'continue');
    await screen(tablet, 'paper');
    await barriers(tablet, 'paper');
    await shot(tablet, 'desk-paper');
    await press(tablet, 'template-work-plan');
    await screen(tablet, 'fields');
    assert.equal(await tablet.page.locator('[name="person.surname1"]').inputValue(), 'Fictícia');
    assert.equal(await tablet.page.locator('[name="officer"]').inputValue(), 'dpd@exemple.example');
    assert.equal(await tablet.page.locator('[name="title"]').inputValue(), 'Pla de treball');
    await press(tablet, 'continue');
    await tablet.page.getByRole('alert').getByText('D’on partim').waitFor();
    await fill(tablet, {
      starting_situation: 'Viu sola i vol sortir més.', goals: 'Sortir de casa\nConèixer gent', person_commitments: 'Sortir dos cops per setmana',
      service_commitments: 'Trucar cada dilluns', follow_up: 'Cada mes', review_date: '2027-03-15',
    });
    await barriers(tablet, 'fields');
    await shot(tablet, 'desk-fields');
    await press(tablet, 'continue');
    await screen(tablet, 'ways');
    assert.equal(await tablet.page.locator('[name="capacity-1"]').inputValue(), 'professional');
    assert.deepEqual(await tablet.page.locator('[name="meaning-0"]:checked').evaluateAll((all) => all.map(({ value }) => value)),
      ['agree', 'agree-with-reservation', 'disagree']);
    await tablet.page.locator('[name="method"][value="drawn-with-dynamics"]').uncheck();
    await barriers(tablet, 'ways');
    await shot(tablet, 'desk-ways');
    await press(tablet, 'continue');
    await tablet.page.getByRole('alert').getByText('Digueu com sabeu qui és').waitFor();
    await tablet.page.locator('#identity-0').selectOption('id-seen');
    await tablet.page.locator('#identity-1').selectOption('known');
    // The answer to the first request is lost: the same press again makes nothing twice.
    await tablet.page.route('**/signature-requests', async (route) => {
      await route.fetch();
      await route.abort();
    }, { times: 1 });
    await press(tablet, 'continue');
    await tablet.page.getByRole('alert').getByText('S’ha perdut la connexió').waitFor();
    await press(tablet, 'continue');
    await screen(tablet, 'made', { timeout: 60_000 });
    await barriers(tablet, 'made');
    await shot(tablet, 'desk-made');
    links = await tablet.page.locator('section[data-link]').evaluateAll((all) => all.map(({ dataset }) => dataset.link));
    assert.equal(links.length, 2);
    await press(tablet, 'back');
    await screen(tablet, 'list');
    await still(tablet);
    assert.equal(await tablet.page.locator('li[data-request]').count(), 2);
    assert.match(await read(card(tablet, 'Aïcha')), /Encara no s’ha obert/);
    assert.match(await read(card(tablet, 'Marta')), /Espera el seu torn/);
    await shot(tablet, 'desk-list');
    await barriers(tablet, 'list');
    assert.deepEqual(tablet.faults, []);
    assert.ok(tablet.requests.every(({ url }) => !/Aïcha|A%C3%AFcha|Nil/i.test(url)), 'no name in an address');
    await tablet.close();
  });

  it('lets the person sign with a note in her own words, and the later one only then', async () => {
    const later = await openTablet(browser);
    await later.page.goto(links[1]);
    await screen(later, 'problem');
    await later.page.getByText('Encara no és el vostre torn').waitFor();
    assert.doesNotMatch(await later.page.locator('#page').innerText(), /Marta|Pla/);
    await barriers(later, 'not yet');

    const tablet = await openTablet(browser);
    await tablet.page.goto(links[0]);
    await screen(tablet, 'welcome');
    await press(tablet, 'begin');
    await screen(tablet, 'reading', { timeout: 60_000 });
    await press(tablet, 'sign');
    await tablet.page.getByRole('alert').getByText('trieu una de les respostes').waitFor();
    await choose(tablet, 'agree-with-reservation');
    await press(tablet, 'sign');
    await tablet.page.getByRole('alert').getByText('Escriviu la nota').waitFor();
    await tablet.page.locator('#reservation').fill('Com a màxim quatre hores per setmana.');
    await barriers(tablet, 'meaning');
    await shot(tablet, 'visit-meaning');
    assert.match(plain(await tablet.page.locator('main').innerText()), /el signo amb la nota que he escrit/);
    await press(tablet, 'sign');
    await screen(tablet, 'done', { timeout: 60_000 });
    assert.deepEqual(tablet.faults, []);
    await tablet.close();

    await press(later, 'retry');
    await screen(later, 'welcome');
    // She is called tu; the person before her was not.
    assert.match(plain(await later.page.locator('main').innerText()), /Pren-te el temps que vulguis/);
    await press(later, 'begin');
    await screen(later, 'reading', { timeout: 60_000 });
    await press(later, 'sign');
    await screen(later, 'done', { timeout: 60_000 });
    await later.close();
  });

  it('shows where each stands with the words of the note, and keeps the sealed paper, which is valid', async () => {
    const tablet = await open('marta');
    await screen(tablet, 'list');
    await still(tablet);
    const signed = await read(card(tablet, 'Aïcha'));
    assert.match(signed, /Signat amb una nota/);
    assert.match(signed, /Com a màxim quatre hores per setmana/);
    assert.match(await read(card(tablet, 'Marta')), /Signat\./);
    const downloading = tablet.page.waitForEvent('download');
    await card(tablet, 'Aïcha').locator('[data-act="download"]').click();
    const download = await downloading;
    assert.match(download.suggestedFilename(), /^document-[0-9A-Z]{4}\.pdf$/);
    const octets = readFileSync(await download.path());
    assert.ok(!octets.includes('quatre hores'), 'the note is beside the paper, not in it');
    const file = join(service.folder, 'signed.pdf');
    writeFileSync(file, octets);
    const told = await outcome('pdfsig', '-nocert', file);
    assert.equal(told.stdout.match(/Signature Validation: Signature is Valid/g)?.length, 2, told.stdout);
    await still(tablet);
    await card(tablet, 'Aïcha').locator('[data-act="read"]').click();
    await screen(tablet, 'reading');
    await tablet.page.locator('canvas[data-drawn="1"]').first().waitFor();
    await barriers(tablet, 'reading');
    await tablet.page.evaluate(() => { window.printed = 0; window.print = () => { window.printed += 1; }; });
    await press(tablet, 'print');
    await tablet.page.waitForFunction(() => window.printed === 1);
    const pages = await tablet.page.locator('segell-page').count();
    assert.equal(await tablet.page.locator('.print-sheet canvas').count(), pages, 'every page goes to the printer');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('takes a PDF of one’s own, finds people again, renews a link and cancels', async () => {
    const tablet = await open('marta', { locale: 'es-ES' });
    await screen(tablet, 'list');
    await press(tablet, 'continue');
    await fill(tablet, { sought: 'aicha' });
    await press(tablet, 'find');
    await tablet.page.locator('li[data-person] [data-act="add"]').click();
    await press(tablet, 'continue');
    await screen(tablet, 'paper');
    await press(tablet, 'use-file');
    await tablet.page.getByRole('alert').getByText('Elija el fichero').waitFor();
    await tablet.page.locator('#pdf').setInputFiles({ name: 'x.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no pdf at all') });
    await fill(tablet, { title: 'Hoja informativa' });
    await press(tablet, 'use-file');
    await screen(tablet, 'ways');
    await tablet.page.locator('#identity-0').selectOption('known');
    await press(tablet, 'continue');
    await tablet.page.getByRole('alert').getByText('Este PDF no se puede').waitFor();
    await press(tablet, 'back');
    await tablet.page.locator('#pdf').setInputFiles(demo);
    await press(tablet, 'use-file');
    await screen(tablet, 'ways');
    await press(tablet, 'continue');
    await screen(tablet, 'made', { timeout: 60_000 });
    const [old] = await tablet.page.locator('section[data-link]').evaluateAll((all) => all.map(({ dataset }) => dataset.link));
    await press(tablet, 'back');
    await screen(tablet, 'list');
    await still(tablet);
    await card(tablet, 'Hoja informativa').locator('[data-act="new-link"]').click();
    await screen(tablet, 'link');
    await barriers(tablet, 'link');
    const address = await tablet.page.locator('section[data-link]').getAttribute('data-link');
    assert.notEqual(address, old);
    const person = await openTablet(browser);
    await person.page.goto(old);
    await screen(person, 'problem');
    await person.close();
    await press(tablet, 'back');
    await screen(tablet, 'list');
    await still(tablet);
    await card(tablet, 'Hoja informativa').locator('[data-act="cancel"]').click();
    await screen(tablet, 'cancelling');
    await barriers(tablet, 'cancelling');
    await press(tablet, 'confirm');
    await screen(tablet, 'list');
    await tablet.page.getByText('Se ha anulado. El enlace ya no abre nada.').waitFor();
    await still(tablet);
    await tablet.page.locator('#filter').selectOption('cancelled');
    await still(tablet);
    await tablet.page.locator('li[data-request]').first().waitFor();
    assert.deepEqual(await tablet.page.locator('li[data-request]').evaluateAll((all) => all.map(({ dataset }) => dataset.state)), ['cancelled']);
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('protects somebody in two steps; who set it is not told that it is set, and two others take it away', async () => {
    const tablet = await open('marta');
    await screen(tablet, 'list');
    await still(tablet);
    assert.equal(await tablet.page.locator('[data-act="show-protections"]').count(), 0);
    await press(tablet, 'continue');
    await fill(tablet, { sought: 'aicha' });
    await press(tablet, 'find');
    await tablet.page.locator('li[data-person] [data-act="protect"]').first().click();
    await screen(tablet, 'protecting');
    await press(tablet, 'continue');
    await tablet.page.getByRole('alert').getByText('Falta de qui').waitFor();
    await fill(tablet, { value: 'ningu', reason: 'ordre de protecció' });
    await barriers(tablet, 'protecting');
    await shot(tablet, 'desk-protecting');
    await press(tablet, 'continue');
    await screen(tablet, 'protect-sure');
    await press(tablet, 'confirm');
    await tablet.page.getByRole('alert').getByText('No hi ha cap accés amb aquest nom').waitFor();
    await press(tablet, 'back');
    await screen(tablet, 'protecting');
    await fill(tablet, { value: 'cosi', reason: 'ordre de protecció' });
    await press(tablet, 'continue');
    await screen(tablet, 'protect-sure');
    await barriers(tablet, 'protect-sure');
    await shot(tablet, 'desk-protect-sure');
    await press(tablet, 'confirm');
    await screen(tablet, 'list');
    await tablet.page.getByText('Queda protegida.').waitFor();
    await tablet.close();

    const officer = async (name) => {
      const desk = await open(name);
      await screen(desk, 'tasks');
      await still(desk);
      await press(desk, 'show-protections');
      await screen(desk, 'protections');
      await desk.page.locator('li[data-protection]').waitFor();
      return desk;
    };
    const take = async (desk) => {
      await press(desk, 'unprotect');
      await screen(desk, 'unprotecting');
      await press(desk, 'confirm');
      await desk.page.getByRole('alert').getByText('Escriviu el motiu').waitFor();
      await fill(desk, { reason: 'ja no cal' });
      await barriers(desk, 'unprotecting');
      await press(desk, 'confirm');
      await screen(desk, 'protections');
      await still(desk);
    };
    const first = await officer('delegada');
    assert.match(await read(first.page.locator('li[data-protection]')), /Aïcha[^]*cosi[^]*ordre de protecció/);
    await barriers(first, 'protections');
    await shot(first, 'desk-protections');
    await take(first);
    assert.match(await read(first.page.locator('li[data-protection]')), /Ho ha de confirmar una altra persona/);
    assert.equal(await first.page.locator('[data-act="unprotect"]').count(), 0);
    await first.close();
    const second = await officer('segona');
    await take(second);
    assert.match(await read(second.page.locator('li[data-protection]')), /ja no val/);
    assert.deepEqual(second.faults, []);
    await second.close();
  });

  it('lets an official of the register sign for who consented to it, after reading the paper', async () => {
    const later = (milliseconds) => new Date(Date.now() + milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
    const tablet = await open('ona');
    const call = (method, path, body) => tablet.page.evaluate(async (one) => {
      const { session } = await (await fetch('/api/v1/session')).json();
      const response = await fetch(`/api/v1/${one.path}`, {
        method: one.method, ...(one.body === undefined ? {} : { body: JSON.stringify(one.body) }),
        headers: { 'X-Segell-CSRF': session.csrf, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      });
      return { status: response.status, body: await response.json() };
    }, { method, path, body });
    const { secret } = (await call('POST', 'session/authenticator', {})).body;
    assert.equal((await call('POST', 'session/authenticator/confirmation', { code: digits(secret) })).status, 200);
    const keeper = await open('gemma');
    await keeper.page.goto(`${site}/login`);
    const registered = await keeper.page.evaluate(async (body) => {
      const { session } = await (await fetch('/api/v1/session')).json();
      return (await fetch('/api/v1/officials', {
        method: 'POST', body: JSON.stringify(body),
        headers: { 'X-Segell-CSRF': session.csrf, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      })).status;
    }, { account: 'ona', resolution: 'Resolució inventada 7/2026', since: later(-60_000), until: later(3_600_000) });
    assert.equal(registered, 201);
    await keeper.close();
    const { id } = (await call('POST', 'persons', { name: 'Ramon Fictici' })).body.person;
    const document = (await service.ask('POST', '/api/v1/documents', new Uint8Array(readFileSync(demo)), 'application/pdf')).document.id;
    const { request } = await service.ask('POST', '/api/v1/signature-requests', {
      documentId: document, personId: id, title: 'Autorització', language: 'ca', capacity: 'self', identityEvidence: { kind: 'known', level: 3 },
      professional: { name: 'Ona Inventada' }, items: [], methods: ['button', 'official'], expiresAt: later(3_600_000),
    });
    const person = await openTablet(browser);
    await person.page.goto(request.link.replace(service.origin, site));
    await screen(person, 'welcome');
    await press(person, 'notes');
    await choose(person, 'no');
    await press(person, 'continue');
    await press(person, 'begin');
    await screen(person, 'reading', { timeout: 60_000 });
    await press(person, 'official');
    await screen(person, 'on-behalf');
    await press(person, 'sign');
    await screen(person, 'consented');
    await person.close();

    await tablet.page.goto(`${site}/desk`);
    await screen(tablet, 'list');
    await still(tablet);
    assert.match(await read(card(tablet, 'Autorització')), /va donar el consentiment .* Podeu signar/);
    await barriers(tablet, 'on behalf');
    await card(tablet, 'Autorització').locator('[data-act="read"]').click();
    await screen(tablet, 'reading');
    await tablet.page.locator('canvas[data-drawn="1"]').first().waitFor();
    await barriers(tablet, 'reading on behalf');
    await shot(tablet, 'desk-on-behalf');
    await press(tablet, 'sign-for');
    await tablet.page.getByText('Signat en nom de la persona i segellat').waitFor();
    await still(tablet);
    assert.match(await read(card(tablet, 'Autorització')), /Signat\./);
    await card(tablet, 'Autorització').locator('[data-act="read"]').click();
    await tablet.page.locator('[data-notes]', { hasText: 'a soles' }).waitFor();
    await shot(tablet, 'desk-notes');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('hands this device over: the login is locked before the visit opens', async () => {
    const tablet = await open('marta');
    await screen(tablet, 'list');
    await press(tablet, 'continue');
    await fill(tablet, { sought: 'aicha' });
    await press(tablet, 'find');
    await tablet.page.locator('li[data-person] [data-act="add"]').click();
    await press(tablet, 'continue');
    await screen(tablet, 'paper');
    await tablet.page.locator('#pdf').setInputFiles(demo);
    await fill(tablet, { title: 'Full informatiu' });
    await press(tablet, 'use-file');
    await tablet.page.locator('#identity-0').selectOption('known');
    await press(tablet, 'continue');
    await screen(tablet, 'made', { timeout: 60_000 });
    await press(tablet, 'hand-over');
    await tablet.page.waitForURL('**/visit');
    await screen(tablet, 'welcome');
    const [cookie] = (await tablet.context.cookies()).filter(({ name }) => name === '__Host-segell');
    const asked = (path) => fetch(`${service.origin}/api/v1/${path}`, { headers: { Cookie: `__Host-segell=${cookie.value}` } }).then(({ status }) => status);
    assert.deepEqual(await Promise.all(['session', 'signature-requests', 'templates'].map(asked)), [404, 404, 404], 'whoever holds the device has nothing');
    await tablet.close();
  });

  it('is left at once, and the login is over', async () => {
    const tablet = await open('marta');
    await screen(tablet, 'list');
    await still(tablet);
    const ended = tablet.page.waitForRequest('**/session/end');
    await tablet.page.locator('[data-act="exit"]').click();
    await tablet.page.waitForURL('about:blank');
    await ended;
    await tablet.page.goBack().catch(() => null);
    assert.doesNotMatch(await tablet.page.content(), /Aïcha|Signat/);
    await tablet.close();
    assert.ok(!/Aïcha|Fictícia|quatre hores/.test(service.messages()), 'no message of the service names anybody');
  });
});

describe('its screens', () => {
  it('are gone through with the keyboard alone', async () => {
    const tablet = await open('marta');
    await screen(tablet, 'list');
    await still(tablet);
    const focused = (what) => tablet.page.evaluate((name) => document.activeElement?.[name] ?? document.activeElement?.getAttribute(name), what);
    const tabTo = async (value, what = 'data-act') => {
      for (let at = 0; at < 60; at += 1) {
        await tablet.page.keyboard.press('Tab');
        if ((await focused(what)) === value) return;
      }
      assert.fail(`the keyboard does not reach ${value}`);
    };
    await tabTo('continue');
    await tablet.page.keyboard.press('Enter');
    await screen(tablet, 'who');
    assert.equal(await focused('tagName'), 'H1', 'the new screen is announced');
    await tabTo('sought', 'name');
    await tablet.page.keyboard.type('aicha');
    await tablet.page.keyboard.press('Enter');
    await tablet.page.locator('li[data-person]').waitFor();
    await tabTo('add');
    await tablet.page.keyboard.press('Enter');
    await tablet.page.locator('li[data-signer]').waitFor();
    await tabTo('continue');
    await tablet.page.keyboard.press('Enter');
    await screen(tablet, 'paper');
    await tabTo('template-work-plan');
    await tablet.page.keyboard.press('Enter');
    await screen(tablet, 'fields');
    await tablet.close();
  });

  for (const [name, options] of [
    ['wide', { locale: 'en-GB' }],
    ['narrow', { viewport: { width: 320, height: 640 } }],
    // 1280 pixels at 400 % are 320 wide and a quarter as high.
    ['enlarged', { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4, locale: 'es-ES' }],
  ]) {
    it(`have no barrier (${name})`, async () => {
      const tablet = await open('marta', options);
      await screen(tablet, 'list');
      await still(tablet);
      await shot(tablet, `desk-${name}-list`);
      await barriers(tablet, 'list');
      await press(tablet, 'continue');
      await fill(tablet, { sought: 'aicha' });
      await press(tablet, 'find');
      await tablet.page.locator('li[data-person] [data-act="add"]').click();
      await shot(tablet, `desk-${name}-who`);
      await barriers(tablet, 'who');
      await press(tablet, 'continue');
      await screen(tablet, 'paper');
      await press(tablet, 'template-data-consent');
      await screen(tablet, 'fields');
      await shot(tablet, `desk-${name}-fields`);
      await barriers(tablet, 'fields');
      await tablet.page.locator('[name="purpose"]').fill('un ajut');
      await tablet.page.locator('[name="withdraw"]').fill('al telèfon 900 000 000');
      await press(tablet, 'continue');
      await screen(tablet, 'ways');
      await shot(tablet, `desk-${name}-ways`);
      await barriers(tablet, 'ways');
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
    });
  }
});
