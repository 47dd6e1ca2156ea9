// The Visit page when the service misbehaves, the network goes away or the person leaves: what is said, the way out, what stays.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answer, barriers, openTablet, press, screen, shot, toPaper } from './support/browser.mjs';
import { kAct, kChoices, setStage } from './support/stage.mjs';

const stage = setStage();

describe('when something goes wrong', () => {
  const toSign = async () => {
    await stage.open();
    await toPaper(stage.tablet, kChoices);
  };

  it('refuses a paper that is not the announced one, and goes on when the right one comes', async () => {
    stage.double.forge = (octets) => { const other = Buffer.from(octets); other[other.length - 3] ^= 1; return other; };
    // What this page cannot make by itself the service makes; whoever answered is asked before, since from then on the answers stay.
    stage.double.forgeBlank = stage.double.forge;
    await stage.open();
    await press(stage.tablet, 'begin');
    for (const choice of kChoices) {
      await answer(stage.tablet, choice);
    }
    await screen(stage.tablet, 'review');
    await barriers(stage.tablet, 'review');
    await shot(stage.tablet, 'review');
    assert.deepEqual(await stage.tablet.page.locator('.review strong').allInnerTexts(), ['Sí, hi dono permís', 'Me n’han informat']);
    await press(stage.tablet, 'change');
    await answer(stage.tablet, 'refuse');
    await screen(stage.tablet, 'review');
    await press(stage.tablet, 'freeze');
    await screen(stage.tablet, 'problem');
    assert.equal(await stage.heading(), 'El paper no és el que havia de ser');
    assert.equal(await stage.tablet.page.locator('segell-page').count(), 0);
    await shot(stage.tablet, 'problem-digest');
    stage.double.forge = (octets) => octets;
    await press(stage.tablet, 'retry');
    await screen(stage.tablet, 'reading', { timeout: 60_000 });
    assert.deepEqual(await stage.tablet.page.locator('.review strong').allInnerTexts(), ['No hi dono permís', 'Me n’han informat']);
    assert.equal(await stage.tablet.page.locator('.review button').count(), 0, 'what is on the paper cannot be changed');
  });

  it('signs no other octets than those that the service froze: it shows those, to be read anew', async () => {
    await toSign();
    stage.double.plan.push({ route: 'POST /api/v1/visit/choices', status: 409, code: 'visit.other-bytes' });
    await press(stage.tablet, 'sign');
    await screen(stage.tablet, 'problem');
    assert.equal(await stage.heading(), 'El paper ha canviat mentrestant');
    await press(stage.tablet, 'retry');
    await screen(stage.tablet, 'reading', { timeout: 60_000 });
    assert.equal(stage.double.sent(kAct).length, 0);
    assert.equal(stage.double.sent('GET /api/v1/visit/document').length, 1);
    await stage.sign();
  });

  it('does not lose an act when the answer is lost: the same act is sent again', async () => {
    stage.double.deaf = kAct;
    await toSign();
    await press(stage.tablet, 'sign');
    await screen(stage.tablet, 'problem');
    assert.equal(await stage.heading(), 'S’ha perdut la connexió');
    stage.double.deaf = null;
    await press(stage.tablet, 'retry');
    await screen(stage.tablet, 'done');
    const sent = stage.double.sent(kAct);
    assert.ok(sent.length >= 2);
    assert.deepEqual(sent.map(({ key, text }) => ({ key, text })), sent.map(() => ({ key: sent[0].key, text: sent[0].text })));
  });

  for (const [status, code, words, canRetry] of [
    [410, 'visit.expired', 'Aquest enllaç ha caducat', false],
    [409, 'visit.over', 'Això ja està fet', false],
    [409, 'act.stale', 'El paper ha canviat mentrestant', true],
    [409, 'act.wrong-digest', 'El paper no és el que havia de ser', true],
    [503, 'act.timestamp-required', 'El servei està molt ocupat', true],
    [500, 'server.unexpected', 'El servei ha tingut un problema', true],
    [400, 'act.picture-unexpected', 'El servei no ho ha acceptat', false],
  ]) {
    it(`names what happened and the way out: ${code}`, async () => {
      stage.double.plan.push({ route: kAct, status, code });
      await toSign();
      await press(stage.tablet, 'sign');
      await screen(stage.tablet, 'problem');
      assert.equal(await stage.heading(), words);
      assert.equal(await stage.tablet.page.locator('main [data-act="retry"]').count(), canRetry ? 1 : 0);
      await stage.tablet.page.getByText('req-7F3K').waitFor();
    });
  }

  it('says so when the link is nothing, or already done', async () => {
    await stage.tablet.page.goto(`${stage.double.origin}/visit`);
    await screen(stage.tablet, 'problem');
    assert.equal(await stage.heading(), 'Aquest enllaç no obre res');
    await stage.tablet.page.goto('about:blank');
    stage.double.visit.state = 'signed';
    await stage.open();
    await screen(stage.tablet, 'problem');
    assert.equal(await stage.heading(), 'Això ja està fet');
  });

  it('says it in the language of whoever reads it, though no visit tells which', async () => {
    const { page } = stage.tablet;
    await page.goto(`${stage.double.origin}/visit`);
    await screen(stage.tablet, 'problem');
    for (const [language, words] of [['es', 'Este enlace no abre nada'], ['en', 'This link opens nothing'], ['ca', 'Aquest enllaç no obre res']]) {
      await page.locator(`[data-act="language-${language}"]`).click();
      await page.getByRole('heading', { name: words }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    }
    await barriers(stage.tablet, 'problem without a visit');
    await stage.open();
    await screen(stage.tablet, 'welcome');
    assert.equal(await page.locator('[data-act^="language-"]').count(), 0, 'a visit has its own language');
  });

  it('waits in words on a slow network', async () => {
    await stage.tablet.cdp.send('Network.enable');
    await stage.tablet.cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 150_000, uploadThroughput: 60_000 });
    await stage.open();
    await screen(stage.tablet, 'welcome', { timeout: 60_000 });
    await toPaper(stage.tablet, kChoices);
    await press(stage.tablet, 'sign');
    await screen(stage.tablet, 'working');
    await screen(stage.tablet, 'done', { timeout: 90_000 });
    assert.deepEqual(stage.tablet.faults, []);
  });

  it('goes on with the paper when the link is opened again after the choices, and says who checked', async () => {
    stage.double.plan.push({ route: kAct, status: 503, code: 'act.timestamp-required' });
    await stage.open();
    await toPaper(stage.tablet, ['refuse', 'informed']);
    await press(stage.tablet, 'sign');
    await screen(stage.tablet, 'problem');
    const later = await openTablet(stage.browser);
    const { page } = later;
    await page.goto(stage.double.link);
    await screen(later, 'welcome');
    await shot(later, 'resumed');
    assert.match(await page.locator('.way').innerText(), /Ja vau contestar les preguntes/);
    assert.deepEqual(await page.locator('.review strong').allInnerTexts(), ['No hi dono permís', 'Me n’han informat']);
    assert.equal(await page.locator('.review button').count(), 0, 'what is on the paper cannot be changed');
    await press(later, 'begin');
    await screen(later, 'reading', { timeout: 60_000 });
    assert.equal(stage.double.sent('POST /api/v1/visit/choices').length, 1, 'the choices are not sent again');
    const isolated = /[\u2068\u2069]/g;
    assert.match((await page.locator('main').innerText()).replace(isolated, ''), /Marta Inventada ha comprovat qui sou/);
    assert.equal(await page.locator('.review button').count(), 0);
    await press(later, 'sign');
    await screen(later, 'done');
    assert.equal(stage.double.sent(kAct).at(-1).body.meaning, 'agree', 'as one who decided the first item');
    assert.deepEqual(later.faults, []);
    await later.close();
  });

  it('does not say that anybody checked who did not', async () => {
    stage.double.visit.professional.checkedIdentity = false;
    await stage.open();
    await toPaper(stage.tablet, kChoices);
    assert.match(await stage.tablet.page.locator('main').innerText(), /confirmeu-ho amb el botó/);
    assert.doesNotMatch(await stage.tablet.page.locator('main').innerText(), /Marta|comprovat/);
  });

  it('works again after the network was away', async () => {
    await stage.open();
    await screen(stage.tablet, 'welcome');
    await stage.tablet.context.setOffline(true);
    await press(stage.tablet, 'defer');
    await screen(stage.tablet, 'answered');
    await press(stage.tablet, 'copy-none');
    await screen(stage.tablet, 'problem');
    await stage.tablet.context.setOffline(false);
    await press(stage.tablet, 'retry');
    await screen(stage.tablet, 'end');
    assert.equal(stage.double.sent('POST /api/v1/visit/answer').length, 1);
  });
});

describe('a slip of the hand', () => {
  /** Whether the browser asks before it loads the page anew; answers "stay". */
  const asksBeforeLeaving = async () => {
    const { page } = stage.tablet;
    const asked = new Promise((done) => { page.once('dialog', async (dialog) => { await dialog.dismiss(); done(dialog.type()); }); });
    page.evaluate(() => window.location.reload()).catch(() => {});
    return (await Promise.race([asked, page.waitForTimeout(1500).then(() => 'nothing')])) === 'beforeunload';
  };

  it('does not lose the answers: the browser asks first, and they are still there', async () => {
    const { page } = stage.tablet;
    await stage.open();
    await press(stage.tablet, 'begin');
    await answer(stage.tablet, 'grant');
    assert.ok(await asksBeforeLeaving());
    assert.match(await page.locator('#before').innerText(), /Sí, hi dono permís/);
  });

  it('is not asked about when nothing would be lost', async () => {
    await stage.open();
    await toPaper(stage.tablet, kChoices);
    await stage.sign();
    assert.equal(await asksBeforeLeaving(), false);
  });
});

describe('what stays behind', () => {
  it('is nothing: no capability in the address or history, no storage, no other host, a neutral title', async () => {
    await stage.open();
    await toPaper(stage.tablet, kChoices);
    const { page, context, requests } = stage.tablet;
    assert.equal(page.url(), `${stage.double.origin}/visit`);
    assert.equal(await page.title(), 'Visita');
    const kept = await page.evaluate(async () => ({
      local: localStorage.length, session: sessionStorage.length, cookies: document.cookie, history: JSON.stringify(history.state),
      databases: (await indexedDB.databases()).length, caches: (await globalThis.caches?.keys() ?? []).length,
      workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
    }));
    assert.deepEqual(kept, { local: 0, session: 0, cookies: '', history: 'null', databases: 0, caches: 0, workers: 0 });
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(requests.filter(({ url }) => !url.startsWith(stage.double.origin) && !url.startsWith('blob:')).map(({ url }) => url), []);
    assert.ok(requests.every(({ url }) => !url.replace(/#.*/, '').includes(stage.double.capability)), 'a capability stood in a requested address');
    assert.deepEqual(stage.tablet.faults, []);
  });

  for (const way of ['button', 'keys']) {
    it(`is left at once by quick exit (${way}), and "back" does not return`, async () => {
      await stage.tablet.context.route('https://www.meteo.cat/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>El temps</title>' }));
      await stage.tablet.page.goto('about:blank');
      await stage.open();
      await press(stage.tablet, 'begin');
      await answer(stage.tablet, 'grant');
      if (way === 'button') {
        await stage.tablet.page.locator('[data-act="exit"]').click();
      } else {
        for (let presses = 0; presses < 3; presses += 1) {
          await stage.tablet.page.keyboard.press('Escape');
        }
      }
      await stage.tablet.page.waitForURL('https://www.meteo.cat/');
      await stage.tablet.page.goBack();
      assert.equal(stage.tablet.page.url(), 'about:blank');
    });
  }
});
