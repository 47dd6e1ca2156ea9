// Journey J1: Marta visits Ramon, 84, at a farm without coverage. By keyboard and by the names that a screen reader says, on the real
// service; only what is drawn needs a finger. What the store holds, what is set aside and what a lost tablet may still send is asked
// elsewhere (tablet, tablet_resume, tests/http/visit_package).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { activate, focusIsOnHeading, openBrowser, screen, tabTo, touch } from './support/browser.mjs';
import { deskOf, enrolAtService } from './support/desk.mjs';
import { siteOf } from './support/logins.mjs';
import { die, kPin, once, openVisitTablet, stateOf, stretchLess } from './support/offline.mjs';
import { bin, outcome, pki, startSegelld } from './support/segelld.mjs';
import { prepareVisit } from './support/visit_request.mjs';

const kPerson = 'Ramon Exemple Inventat';
const kTitles = ['Informació i consentiments', 'Pla de treball', 'Derivació a ajuda a domicili'];
let service, browser;

before(async () => {
  [service, browser] = await Promise.all([startSegelld({ accounts: [{ name: 'marta', shown: 'Marta Inventada', role: 'professional' }] }), openBrowser()]);
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

const plain = async (locator) => (await locator.innerText()).replace(/[\u2068\u2069]/g, '');
const hears = (tablet, name) => tablet.page.getByRole('heading', { level: 1, name }).waitFor();

async function unlock(tablet) {
  await screen(tablet, 'locked');
  await tabTo(tablet, tablet.page.getByLabel('PIN', { exact: true }));
  await tablet.page.keyboard.type(kPin);
  await tablet.page.keyboard.press('Enter');
}

/** Answers the two questions of a paper; the focus goes with him. */
async function answer(tablet, first, second) {
  await hears(tablet, /la vostra renda/);
  await activate(tablet, first);
  await hears(tablet, /al padró/);
  assert.ok(await focusIsOnHeading(tablet));
  await activate(tablet, second);
  await screen(tablet, 'reading');
  assert.ok(await focusIsOnHeading(tablet));
}

/** Two lines of a finger. */
async function draw(tablet) {
  await tablet.page.locator('.signing').scrollIntoViewIfNeeded();
  for (const y of [60, 110]) {
    await touch(tablet, 'touchStart', [{ x: 60, y }]);
    for (let x = 80; x < 400; x += 20) {
      await touch(tablet, 'touchMove', [{ x, y: y + (x % 40) }]);
    }
    await touch(tablet, 'touchEnd', []);
  }
  await tablet.page.getByRole('status').getByText(/2.? traços/).waitFor({ state: 'attached' });
}

describe('a home visit without coverage', () => {
  it('is prepared, decided, signed by hand and with the button, survives an empty battery, and is sealed once each when coverage is back', async () => {
    const tablet = await openVisitTablet(browser);
    await stretchLess(tablet);
    await enrolAtService(tablet, siteOf(service), { name: 'marta', code: service.codes.marta });
    const desk = deskOf(service, tablet);
    const asked = [await prepareVisit(desk, { name: kPerson, title: kTitles[0] })];
    for (const title of kTitles.slice(1)) {
      asked.push(await prepareVisit(desk, { known: asked[0].person.id, title }));
    }
    const { devices: [device] } = await desk.ask('GET', '/api/v1/devices');
    const { visit } = await desk.ask('POST', '/api/v1/visits', {
      device: device.id, requests: asked.map(({ request }) => request.id), expiresAt: new Date(Date.now() + 43_200_000).toISOString().replace(/\.\d+Z$/, 'Z'),
    });
    await tablet.page.reload();
    await unlock(tablet);
    await activate(tablet, 'Baixa-les i tanca l’entrada');
    await tablet.page.getByText('la vostra entrada s’ha tancat').waitFor();
    await tablet.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));

    // The farm. She has seen his document; from here on the tablet is his.
    await tablet.context.setOffline(true);
    await tablet.page.reload();
    await unlock(tablet);
    await screen(tablet, 'list');
    await activate(tablet, new RegExp(kPerson));
    await hears(tablet, new RegExp(`Com sabeu que és .*${kPerson}`));
    await activate(tablet, 'He vist el seu document', 'radio');
    await activate(tablet, new RegExp(`Dona la tauleta a .*${kPerson}`));
    await hears(tablet, new RegExp(`Bon dia, .*${kPerson}`));

    // He asks something; the answer is noted. No field of it is named by its looks alone.
    await activate(tablet, 'Notes de la conversa');
    await activate(tablet, 'Apunta una pregunta');
    for (const [label, words] of [['Què s’ha preguntat', 'Ho veurà el meu fill?'], ['Què s’ha respost', 'No, si no ho voleu.']]) {
      await tabTo(tablet, tablet.page.getByLabel(label));
      await tablet.page.keyboard.type(words);
    }
    await activate(tablet, 'Sí', 'radio');
    await activate(tablet, 'Continua');
    await hears(tablet, /Bon dia/);

    // The first paper: he draws, and does not give how he draws.
    await activate(tablet, 'Comencem');
    await answer(tablet, 'Sí, hi dono permís', 'Me n’han informat');
    assert.match(await plain(tablet.page.getByRole('main')), /Notes de la conversa: n’hi ha/);
    await draw(tablet);
    await activate(tablet, /^Ho signo amb el dibuix que he fet/);

    // The second one comes by itself and says what became of the first. The battery dies over half a signature.
    await tablet.page.getByText(/Ara, el paper .*2.* de .*3.*: .*Pla de treball/).waitFor();
    assert.match(await plain(tablet.page.locator('#before')), /Heu signat «Informació i consentiments»\. Queda desat en aquesta tauleta/);
    await answer(tablet, 'Sí, hi dono permís', 'Me n’han informat');
    await draw(tablet);
    await die(tablet);
    await tablet.page.goto(`${siteOf(service)}/tablet`);
    await unlock(tablet);
    await screen(tablet, 'reading');
    await tablet.page.getByRole('status').getByText('La signatura que havíeu començat no s’ha desat').waitFor();
    await tablet.page.getByRole('status').getByText('El requadre és buit').waitFor({ state: 'attached' });
    await draw(tablet);
    await activate(tablet, /^Ho signo amb el dibuix que he fet/);

    // The third: no to what is only if he wants, and the button, which is worth the same.
    await answer(tablet, 'No hi dono permís', 'Me n’han informat');
    await activate(tablet, /^Ho signo amb aquest botó, sense dibuixar/);
    await hears(tablet, 'Desat en aquesta tauleta');
    await activate(tablet, 'Imprès en paper');
    await hears(tablet, 'El vostre resguard');
    const codes = await tablet.page.locator('main .code b').allInnerTexts();
    assert.equal(codes.length, 3, 'a code for each paper goes home with him');
    once(codes, 'two papers have one code');
    await activate(tablet, 'Ja el tinc');
    await hears(tablet, 'Ja podeu tornar la tauleta. Gràcies.');
    await tablet.page.locator('header').getByRole('button', { name: 'Torna la tauleta' }).click();
    await unlock(tablet);
    await screen(tablet, 'list');
    assert.deepEqual(await stateOf(tablet), ['tablet', 'tablet', 'tablet']);

    // Coverage is back, and bad: the answer to the first act is lost, the others arrive twice.
    let sent = 0;
    await tablet.context.route('**/api/v1/package/acts', async (route) => {
      await route.fetch();
      sent += 1;
      await (sent === 1 ? route.abort() : route.fallback());
    });
    await tablet.context.setOffline(false);
    await tablet.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await tablet.page.waitForFunction(() => [...document.querySelectorAll('[data-state]')].every(({ dataset }) => dataset.state === 'sealed'), undefined, { timeout: 60_000 });
    assert.ok(sent >= 3);
    const { acts } = (await service.ask('GET', `/api/v1/visits/${visit.id}`)).visit;
    assert.deepEqual(acts.map(({ answer: said, state, flags }) => [said, state, flags ?? []]), kTitles.map(() => ['signed', 'sealed', []]));

    const counters = [];
    for (const [at, { document }] of asked.entries()) {
      const { facts } = await service.ask('GET', `/api/v1/documents/${document.id}/disclosure`);
      const fact = (type) => facts.find((one) => one.fact.type === type)?.fact.value;
      counters.push(fact('device').counter);
      // When it happened lies between two moments that the service itself knows, whatever the tablet's clock says.
      const { notBefore, received, deviceClaimed } = fact('times');
      assert.ok(notBefore <= received && deviceClaimed.handedOver <= deviceClaimed.captured);
      assert.deepEqual(fact('question-and-answer'), at === 0 ? [{ asked: 'Ho veurà el meu fill?', answered: 'No, si no ho voleu.' }] : null);
      const path = join(service.folder, `${document.id}.pdf`);
      writeFileSync(path, (await service.call('GET', `/api/v1/documents/${document.id}/content`)).octets);
      const verified = await outcome(join(bin, 'segell'), 'verify', '--trust', join(pki, 'anchors'), path);
      assert.equal(verified.code, 0, verified.stdout + verified.stderr);
    }
    assert.deepEqual(counters.sort(), [1, 2, 3]);
    assert.match(execFileSync('pdfsig', ['-nocert', join(service.folder, `${asked[1].document.id}.pdf`)], { encoding: 'utf8' }), /Signature is Valid/);
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });
});
