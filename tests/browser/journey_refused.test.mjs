// Journey J8: Joan is asked to sign and says no. By keyboard and by the names that a screen reader says, on the real service: no is as much
// an answer as yes, it fixes nothing, he takes the proof of it home, and nobody asks him again by itself.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { activate, focusIsOnHeading, openBrowser, openTablet, screen, tabTo } from './support/browser.mjs';
import { deskOf } from './support/desk.mjs';
import { Logins, siteOf } from './support/logins.mjs';
import { startSegelld } from './support/segelld.mjs';
import { evaluate, prepareVisit, register, signByButton } from './support/visit_request.mjs';

const kPerson = 'Joan Exemple Inventat';
const kTitle = 'Informació i decisions sobre les vostres dades';
let service, browser;

before(async () => {
  [service, browser] = await Promise.all([
    startSegelld({ accounts: [{ name: 'marta', shown: 'Marta Inventada', role: 'professional' }], more: { 'login.second-factor-for-staff': 'no' } }), openBrowser(),
  ]);
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

const plain = async (locator) => (await locator.innerText()).replace(/[\u2068\u2069]/g, '');

describe('a refused signature', () => {
  it('is as much an answer as a signature, fixes nothing, goes home with the person, and is not asked for again by itself', async () => {
    const desk = await new Logins(service, browser).open('marta', 'desk');
    await screen(desk, 'list');
    // He allowed the same in another year; that stands, whatever he says today.
    const earlier = await prepareVisit(deskOf(service, desk), { name: kPerson });
    await signByButton(service, earlier);
    const allowed = async () => (await Promise.all([evaluate(service, earlier.person), evaluate(service, earlier.person, register)])).map(({ decision }) => decision);
    assert.deepEqual(await allowed(), [true, true]);
    const visit = await prepareVisit(deskOf(service, desk), { known: earlier.person.id, meanings: ['agree', 'agree-with-reservation', 'disagree'] });

    const tablet = await openTablet(browser);
    const { page } = tablet;
    const main = page.getByRole('main');
    await page.goto(visit.link);
    await screen(tablet, 'welcome');
    await activate(tablet, 'Comencem');
    // What follows from a no stands before the answers, and it takes nothing away.
    await page.getByRole('heading', { level: 1, name: /la vostra renda/ }).waitFor();
    assert.match(await plain(main), /Si dieu que no[^]*L’ajut no canvia per això[^]*Trieu una resposta/);
    await activate(tablet, 'No hi dono permís');
    await page.getByRole('heading', { level: 1, name: /al padró/ }).waitFor();
    await activate(tablet, 'Me n’han informat');
    await screen(tablet, 'reading', { timeout: 60_000 });
    assert.ok(await focusIsOnHeading(tablet));

    // Refusing, waiting and a signature with a note are all there, none of them further away than signing.
    for (const name of ['Ho signo i hi afegeixo una nota', 'No hi estic d’acord, i ho signo perquè consti']) {
      assert.equal(await main.getByRole('radio', { name }).isChecked(), false);
    }
    assert.match(await plain(main), /Si no el signeu, quedarà constància que heu dit que no, i prou\./);
    await tabTo(tablet, main.getByRole('button', { name: 'M’ho vull pensar' }));
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'No ho signo');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'D’acord: no ho heu signat' }).waitFor();
    assert.ok(await focusIsOnHeading(tablet));
    assert.match(await plain(main), /No heu de donar cap explicació[^]*Comptarà quan trieu el resguard/);
    const { request: before } = await service.ask('GET', `/api/v1/signature-requests/${visit.request.id}`);
    assert.equal(before.state, 'presented', 'who slipped can take it back');

    // He takes it home.
    await activate(tablet, 'Al meu mòbil');
    await page.getByRole('heading', { level: 1, name: /Escanegeu/ }).waitFor();
    const link = await page.locator('.qr').getAttribute('data-link');
    await activate(tablet, 'Ja el tinc');
    await screen(tablet, 'end');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
    const phone = await openTablet(browser, { viewport: { width: 390, height: 844 } });
    await phone.page.goto(link);
    await screen(phone, 'slip');
    assert.match(await plain(phone.page.getByRole('main')), /vau dir que no ho signàveu\. No s’ha signat res/);

    // Nothing was signed or fixed, and nothing that stood before is gone: neither his permission nor what the law allows.
    const { document } = await service.ask('GET', `/api/v1/documents/${visit.document.id}`);
    assert.deepEqual(document.revisions.map(({ kind }) => kind), ['original']);
    const { request } = await service.ask('GET', `/api/v1/signature-requests/${visit.request.id}`);
    assert.equal(request.state, 'refused');
    assert.deepEqual(await allowed(), [true, true]);

    // Whoever asked reads it without a reason that he did not give, and that it is not theirs to come back to; his link opens nothing more.
    await desk.page.reload();
    await screen(desk, 'list');
    const card = desk.page.getByRole('main').locator('li', { hasText: kTitle }).filter({ hasText: 'No ho ha volgut signar' });
    await card.waitFor();
    assert.match(await plain(card), /No ho ha volgut signar\.[^]*Té tot el dret a dir que no\. No hi torneu si la persona no ho demana\./);
    const again = await openTablet(browser);
    await again.page.goto(visit.link);
    await again.page.getByRole('heading', { level: 1, name: 'Això ja està fet' }).waitFor();
    for (const open of [again, phone, desk]) {
      assert.deepEqual(open.faults, []);
      await open.close();
    }
  });
});
