// A visit from the desk to the seal: put together on My work, fetched and signed on a tablet, followed in words until it is done.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, press, screen, shot } from './support/browser.mjs';
import { deskOf } from './support/desk.mjs';
import { Logins } from './support/logins.mjs';
import { answerAll, fill, handOver, kPin, signByButton, takeBack, unlock } from './support/offline.mjs';
import { startSegelld } from './support/segelld.mjs';
import { prepareVisit } from './support/visit_request.mjs';

const kRamon = 'Ramon Exemple Inventat';
const kNoor = 'Noor Inventada';
let service, browser, logins, tablet, desk;
let ramon, device;

before(async () => {
  [service, browser] = await Promise.all([
    startSegelld({
      timestamps: null, accounts: [{ name: 'marta', shown: 'Marta Inventada', role: 'professional' }],
      more: {
        'login.second-factor-for-staff': 'no', 'tenant.data-protection.officer': 'dpd@exemple.example',
        'tenant.data-protection.authority': 'APDCAT', 'tenant.data-protection.second-layer': 'https://exemple.example/dades',
      },
    }),
    openBrowser(),
  ]);
  logins = new Logins(service, browser);
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

const plain = (text) => text.replace(/[\u2066-\u2069]/g, '');
const still = ({ page }) => page.locator('main[aria-busy="false"]').waitFor();
const read = async (locator) => plain(await locator.innerText());
const everything = (name) => desk.page.locator('fieldset', { hasText: name }).locator('input[name="everything"], input[name="paper"]').first();
const newest = () => desk.page.locator('li[data-visit]').first();
async function list() {
  await press(desk, 'show-visits');
  await screen(desk, 'visits');
  await newest().waitFor();
}

describe('a visit', () => {
  it('needs papers and a tablet, and says where both come from', async () => {
    desk = await logins.open('marta', 'desk');
    await screen(desk, 'list');
    await still(desk);
    await press(desk, 'compose');
    await screen(desk, 'compose');
    assert.match(await read(desk.page.locator('main')), /No hi ha cap paper[^]*No teniu cap tauleta[^]*\/tablet/);
    assert.equal(await desk.page.title(), 'Feina');
    await barriers(desk, 'nothing to take along');
    await press(desk, 'continue');
    await desk.page.getByRole('alert').getByText('Trieu quins papers').waitFor();
    await press(desk, 'back');
    await screen(desk, 'visits');
    await desk.page.getByText('Encara no heu preparat cap visita').waitFor();
    await barriers(desk, 'no visits');

    tablet = await logins.open('marta', 'tablet');
    await screen(tablet, 'enrol');
    await fill(tablet, { label: 'Tauleta 7', 'new-pin': kPin, again: kPin });
    await press(tablet, 'continue');
    await screen(tablet, 'list');
    [device] = (await service.ask('GET', '/api/v1/devices')).devices;
    assert.equal(device.enrolledBy, 'Marta Inventada');
  });

  it('takes a paper that is made on the way, beside those that were asked for', async () => {
    const office = deskOf(service, desk);
    ramon = [await prepareVisit(office, { name: kRamon })];
    ramon.push(await prepareVisit(office, { known: ramon[0].person.id }));
    await prepareVisit(office, { name: kNoor, methods: ['button'] });
    await press(desk, 'compose');
    await screen(desk, 'compose');
    await everything(kNoor).check();
    await press(desk, 'new-paper');
    await screen(desk, 'who');
    await desk.page.locator('[name="sought"]').fill('ramon');
    await press(desk, 'find');
    await desk.page.locator('li[data-person] [data-act="add"]').click();
    await press(desk, 'continue');
    await screen(desk, 'paper');
    await press(desk, 'template-work-plan');
    await screen(desk, 'fields');
    for (const [name, value] of Object.entries({
      starting_situation: 'Viu sol.', goals: 'Sortir de casa', person_commitments: 'Sortir', service_commitments: 'Trucar', follow_up: 'Cada mes', review_date: '2027-03-15',
    })) {
      await desk.page.locator(`[name="${name}"]`).fill(value);
    }
    await press(desk, 'continue');
    await screen(desk, 'ways');
    await desk.page.locator('#identity-0').selectOption('known');
    await press(desk, 'continue');
    await screen(desk, 'compose', { timeout: 60_000 });
    await desk.page.getByRole('status').getByText(/Heu triat .?2.? papers/).waitFor();
    await everything(kRamon).check();
    await desk.page.getByRole('status').getByText(/Heu triat .?4.? papers/).waitFor();
    await shot(desk, 'desk-visit-compose');
    await barriers(desk, 'compose');
  });

  it('says in words what goes along, until when, what cannot and the way out', async () => {
    await service.ask('POST', `/api/v1/signature-requests/${ramon[1].request.id}/cancellation`, {});
    await desk.page.locator('#days').selectOption('14');
    await press(desk, 'continue');
    await screen(desk, 'compose-sure');
    const cards = desk.page.locator('li[data-request]');
    assert.equal(await cards.count(), 4);
    const told = await read(cards.first());
    assert.match(told, /Noor Inventada[^]*Es podrà signar fins al[^]*No consta en quina llengua[^]*És un PDF fet fora/, told);
    const refused = desk.page.locator(`li[data-request="${ramon[1].request.id}"]`);
    assert.match(await read(refused), /No es pot endur\. La petició ja està contestada o anul·lada\. Traieu-lo/);
    assert.match(await read(desk.page.locator(`li[data-request="${ramon[0].request.id}"]`)), /l’avís d’alguna decisió s’ha publicat de nou/);
    assert.equal(await desk.page.locator('[data-act="prepare"]').count(), 0);
    await barriers(desk, 'what goes along');
    await shot(desk, 'desk-visit-sure');
    await refused.locator('[data-act="drop"]').click();
    await cards.nth(2).locator('[data-act="up"]').click();
    assert.equal(await desk.page.evaluate(() => document.activeElement.dataset.act), 'up', 'it can be moved again at once');
    const order = await cards.evaluateAll((all) => all.map(({ dataset }) => dataset.request));
    await press(desk, 'prepare');
    await screen(desk, 'visits');
    await desk.page.getByRole('status').getByText('baixeu-la abans de marxar').waitFor();
    const { visits: [prepared] } = await service.ask('GET', '/api/v1/visits?with=papers');
    assert.deepEqual(prepared.papers.map(({ request }) => request), order);
    assert.match(await read(newest()), /Preparada\.[^]*Tauleta: Tauleta 7/);
    await shot(desk, 'desk-visits');
    await barriers(desk, 'visits');
  });

  it('is taken back and prepared again, in few presses and with nothing typed', async () => {
    await newest().locator('[data-act="withdraw"]').click();
    await desk.page.getByRole('status').getByText('la tauleta ja no se la baixarà').waitFor();
    assert.match(await read(newest()), /Retirada/);
    await newest().locator('[data-act="again"]').click();
    await screen(desk, 'compose');
    await desk.page.getByRole('status').getByText(/Heu triat .?3.? papers/).waitFor();
    await press(desk, 'continue');
    await screen(desk, 'compose-sure');
    await press(desk, 'prepare');
    await screen(desk, 'visits');
    await newest().getByText('Preparada.').first().waitFor();
  });

  it('is fetched, signed without a network, and followed from the tablet to the seal', async () => {
    const { page, context } = tablet;
    await page.reload();
    await unlock(tablet);
    await press(tablet, 'fetch');
    await page.getByText('la vostra entrada s’ha tancat').waitFor();
    assert.equal(await page.locator('.person').count(), 2, 'the one that was taken back is not there');
    await list();
    assert.match(await read(newest()), /Desada a la tauleta\.[^]*Desat a la tauleta\./);
    assert.equal(await newest().locator('[data-act="withdraw"]').count(), 0);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await context.setOffline(true);
    await handOver(tablet, kNoor, 'known');
    await answerAll(tablet);
    await signByButton(tablet);
    await press(tablet, 'copy-none');
    await screen(tablet, 'end');
    await takeBack(tablet);
    await context.setOffline(false);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.locator('[data-state="sealed"]').waitFor({ timeout: 60_000 });
    await list();
    assert.match(await read(newest().locator('li', { hasText: kNoor })), /Segellat\./);
    assert.match(await read(newest().locator('li', { hasText: kRamon }).first()), /Desat a la tauleta\./);
    assert.equal(await newest().locator('[data-act="again"]').count(), 0, 'what is out is not prepared twice');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('leaves what a lost tablet carried to be prepared again', async () => {
    await service.ask('POST', `/api/v1/devices/${device.id}/revocation`, { reason: 'lost' });
    await list();
    assert.match(await read(newest()), /Acabada\.[^]*No arribarà: la tauleta s’ha donat de baixa/);
    await newest().locator('[data-act="again"]').click();
    await screen(desk, 'compose');
    await desk.page.getByRole('status').getByText(/Heu triat .?2.? papers/).waitFor();
    await desk.page.getByText('No teniu cap tauleta').waitFor();
    await press(desk, 'back');
    assert.deepEqual(desk.faults, []);
    await desk.close();
  });

  it('is put together with the keyboard and accessible names alone', async () => {
    tablet = await logins.open('marta', 'tablet');
    await screen(tablet, 'enrol');
    await fill(tablet, { label: 'Tauleta 8', 'new-pin': kPin, again: kPin });
    await press(tablet, 'continue');
    await screen(tablet, 'list');
    await tablet.close();
    desk = await logins.open('marta', 'desk', { locale: 'en-GB' });
    const { page } = desk;
    await screen(desk, 'list');
    await still(desk);
    const tabTo = async (role, name) => {
      const wanted = page.getByRole(role, { name });
      for (let at = 0; at < 60; at += 1) {
        await page.keyboard.press('Tab');
        if (await wanted.evaluateAll((all) => all.includes(document.activeElement))) return;
      }
      assert.fail(`the keyboard does not reach ${role} ${name}`);
    };
    let presses = 0;
    const go = async (key) => { presses += 1; await page.keyboard.press(key); };
    await tabTo('button', 'Prepare a visit');
    await go('Enter');
    await screen(desk, 'compose');
    await tabTo('checkbox', /All their papers/);
    await go('Space');
    await tabTo('button', 'See what it will carry');
    await go('Enter');
    await screen(desk, 'compose-sure');
    await tabTo('button', /^Move it down: /);
    await tabTo('button', 'Prepare it');
    await go('Enter');
    await screen(desk, 'visits');
    await page.getByRole('status').getByText('fetch it before you leave').waitFor();
    assert.ok(presses <= 4, `${presses} presses: with the five on the tablet nine at most`);
    await tabTo('button', /^Take it back: Ramon/);
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Taken back').waitFor();
    await desk.close();
  });

  for (const [name, options] of [['narrow', { viewport: { width: 320, height: 640 } }], ['enlarged', { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4, locale: 'es-ES' }]]) {
    it(`keeps nobody out (${name})`, async () => {
      desk = await logins.open('marta', 'desk', options);
      await screen(desk, 'list');
      await still(desk);
      await press(desk, 'compose');
      await screen(desk, 'compose');
      await everything(kRamon).check();
      await shot(desk, `desk-visit-${name}-compose`);
      await barriers(desk, 'compose');
      await press(desk, 'continue');
      await screen(desk, 'compose-sure');
      await shot(desk, `desk-visit-${name}-sure`);
      await barriers(desk, 'what goes along');
      await press(desk, 'back');
      await press(desk, 'back');
      await screen(desk, 'visits');
      await still(desk);
      await shot(desk, `desk-visit-${name}-visits`);
      await barriers(desk, 'visits');
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });
  }
});
