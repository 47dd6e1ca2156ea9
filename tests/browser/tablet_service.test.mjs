// A visit without coverage on the real service: a professional's login and browser, a tablet without a network, and what is sealed in the
// end, judged by `segell verify` and pdfsig.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { choose, drawWithPen, openBrowser, press, screen, shot, signature, tick } from './support/browser.mjs';
import { answerAll, handOver, openVisitTablet, stateOf, takeBack, unlock } from './support/offline.mjs';
import { deskOf, enrolAtService } from './support/desk.mjs';
import { siteOf } from './support/logins.mjs';
import { bin, outcome, pki, startSegelld } from './support/segelld.mjs';
import { prepareVisit } from './support/visit_request.mjs';

let service, browser, folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'segell-tablet-'));
  [service, browser] = await Promise.all([startSegelld({ accounts: [{ name: 'marta', shown: 'Marta Inventada', role: 'professional' }] }), openBrowser()]);
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
  rmSync(folder, { recursive: true, force: true });
});

async function judged(document) {
  const path = join(folder, `${document.id}.pdf`);
  writeFileSync(path, (await service.call('GET', `/api/v1/documents/${document.id}/content`)).octets);
  const verified = await outcome(join(bin, 'segell'), 'verify', '--trust', join(pki, 'anchors'), path);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  assert.match(execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8' }), /Signature is Valid/);
}

describe('a visit without coverage', () => {
  it('is prepared with a login, done without a network, and sealed when it is back', async () => {
    const tablet = await openVisitTablet(browser);
    const { page, context } = tablet;
    const origin = siteOf(service);
    await enrolAtService(tablet, origin, { name: 'marta', code: service.codes.marta });

    const desk = deskOf(service, tablet);
    const first = await prepareVisit(desk, { name: 'Ramon Exemple Inventat' });
    const second = await prepareVisit(desk, { known: first.person.id });
    const third = await prepareVisit(desk, { name: 'Noor Inventada', methods: ['button', 'witnesses'] });
    const { devices } = await desk.ask('GET', '/api/v1/devices');
    assert.deepEqual(devices.map(({ label, state }) => [label, state]), [['Tauleta 7', 'active']]);
    const expiresAt = new Date(Date.now() + 43_200_000).toISOString().replace(/\.\d+Z$/, 'Z');
    const { visit } = await desk.ask('POST', '/api/v1/visits', {
      device: devices[0].id, requests: [first, second, third].map(({ request }) => request.id), expiresAt,
    });
    await page.reload();
    await unlock(tablet);
    await press(tablet, 'fetch');
    await page.getByText('la vostra entrada s’ha tancat').waitFor();
    assert.equal(await page.locator('.person').count(), 2);
    assert.equal((await context.cookies()).find(({ name }) => name === '__Host-segell')?.value ?? '', '', 'the login is over');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));

    await context.setOffline(true);
    await page.reload();
    await unlock(tablet);
    await handOver(tablet, 'Ramon Exemple Inventat', 'id-seen');
    await answerAll(tablet);
    await shot(tablet, 'tablet-service-1-reading');
    assert.match((await page.locator('main').innerText()).replace(/[\u2068\u2069]/g, ''), /Marta Inventada ha comprovat qui sou/);
    await press(tablet, 'dynamics');
    await page.locator('main .given').waitFor();
    await page.locator('.signing').scrollIntoViewIfNeeded();
    await drawWithPen(tablet, signature());
    await press(tablet, 'sign');
    await answerAll(tablet);
    await press(tablet, 'defer');
    await screen(tablet, 'answered');
    await press(tablet, 'undo');
    await screen(tablet, 'reading');
    await press(tablet, 'refuse');
    await screen(tablet, 'answered');
    await press(tablet, 'copy-phone');
    await screen(tablet, 'copy');
    const [link] = await page.locator('.qr').evaluateAll((all) => all.map((element) => element.dataset.link));
    await press(tablet, 'have');
    await takeBack(tablet);
    // Whoever accompanies her notes who helps, before the tablet is hers; she says it in front of two witnesses.
    await handOver(tablet, 'Noor Inventada');
    await screen(tablet, 'identity');
    await press(tablet, 'notes');
    await page.locator('main input[name="support"]').check();
    await page.locator('#support-name').fill('Veïna Fictícia');
    await page.locator('#support-relation').fill('veïna');
    await page.locator('main input[value="yes"]').check();
    await press(tablet, 'continue');
    await page.locator('main input[value="known"]').check();
    await press(tablet, 'continue');
    await answerAll(tablet, ['refuse', 'informed']);
    await press(tablet, 'witnesses');
    await page.locator('#reason').fill('No pot moure les mans.');
    await press(tablet, 'sign');
    for (const [name, heading] of [['Pere Fictici', /1.* de .*2/], ['Laia Inventada', /2.* de .*2/]]) {
      await page.getByRole('heading', { name: heading }).waitFor();
      await page.locator('#witness-name').fill(name);
      await choose(tablet, 'known');
      await tick(tablet, 'adult');
      await press(tablet, 'confirm');
    }
    await screen(tablet, 'done');
    await press(tablet, 'copy-none');
    await screen(tablet, 'end');
    await takeBack(tablet);
    assert.deepEqual(await stateOf(tablet), ['tablet', 'tablet', 'tablet']);

    await context.setOffline(false);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.waitForFunction(() => [...document.querySelectorAll('[data-state]')].every(({ dataset }) => ['sealed', 'recorded'].includes(dataset.state)), undefined, { timeout: 60_000 });
    assert.deepEqual(await stateOf(tablet), ['sealed', 'recorded', 'sealed']);
    await shot(tablet, 'tablet-service-2-sealed');
    await judged(first.document);
    await judged(third.document);
    const { acts } = (await service.ask('GET', `/api/v1/visits/${visit.id}`)).visit;
    assert.deepEqual(acts.map(({ answer, state, flags }) => [answer, state, flags ?? []]).sort(), [['refused', 'recorded', []], ['signed', 'sealed', []], ['signed', 'sealed', []]]);
    const { facts } = await service.ask('GET', `/api/v1/documents/${first.document.id}/disclosure`);
    const beside = (await service.ask('GET', `/api/v1/documents/${third.document.id}/disclosure`)).facts;
    const fact = (wanted) => beside.find((one) => one.fact.type === wanted).fact.value;
    assert.deepEqual(fact('support'), { spokeAlone: 'yes', supportPerson: { name: 'Veïna Fictícia', relation: 'veïna' } });
    assert.deepEqual(fact('representation').witnesses.map(({ name, answer }) => [name, answer]), [['Pere Fictici', 'button'], ['Laia Inventada', 'button']]);
    assert.equal((await service.ask('GET', `/api/v1/documents/${third.document.id}/notes`)).notes[0].supportPerson.name, 'Veïna Fictícia');
    const device = facts.find(({ fact }) => fact.type === 'device').fact.value;
    assert.deepEqual([device.id, device.counter], [devices[0].id, 1]);

    const phone = await openVisitTablet(browser, { viewport: { width: 390, height: 844 } });
    await phone.page.goto(link);
    await screen(phone, 'slip');
    await phone.close();
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });
});
