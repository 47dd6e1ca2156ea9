// The Visit page alone, in a real browser, against a stand-in for the service that can misbehave on request.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { makeCustodians } from './support/custodians.mjs';
import { startDouble } from './support/double.mjs';
import {
  choose, drawWithPen, openBrowser, openTablet, press, sameSeries, screen, shot, signature, toInk, toMethod, touch,
} from './support/browser.mjs';

const kAct = 'POST /api/v1/visit/act';
const kChoices = ['grant', 'informed'];
let browser, custodians, double, tablet;

before(async () => {
  browser = await openBrowser();
  custodians = makeCustodians();
});
after(async () => {
  await browser.close();
  custodians.remove();
});
beforeEach(async () => {
  double = await startDouble({ custody: custodians.recipients });
  tablet = await openTablet(browser);
});
afterEach(async () => {
  await tablet.close();
  await double.stop();
});

const open = () => tablet.page.goto(double.link);
const heading = () => tablet.page.locator('main h1').innerText();
const signedBy = async (page = tablet) => {
  await press(page, 'sign');
  await screen(page, 'done');
  return double.sent(kAct)[0].body;
};

describe('what a person does', () => {
  it('decides, reads and signs with the keyboard alone, with nothing chosen beforehand', async () => {
    const { page } = tablet;
    const focusIsOnHeading = () => page.evaluate(() => document.activeElement?.matches('main h1') ?? false);
    const tabTo = async (wanted) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, wanted)) {
          return;
        }
      }
      assert.fail(`the keyboard does not reach ${wanted}`);
    };
    const activate = async (act) => { await tabTo(`main [data-act="${act}"]`); await page.keyboard.press('Enter'); };
    const pick = async (value) => {
      assert.equal(await page.locator('main input:checked').count(), 0, 'an answer was chosen beforehand');
      await tabTo('main input[type=radio]');
      for (let presses = 0; presses < 4; presses += 1) {
        await page.keyboard.press(presses === 0 ? 'Space' : 'ArrowDown');
        if (await page.locator(`main input[value="${value}"]`).isChecked()) {
          return;
        }
      }
      assert.fail(`the keyboard does not reach the answer ${value}`);
    };
    await open();
    await screen(tablet, 'welcome');
    assert.ok(await focusIsOnHeading());
    await activate('begin');
    await screen(tablet, 'item');
    assert.ok(await focusIsOnHeading());
    await pick('refuse');
    await activate('continue');
    await page.locator('.step', { hasText: /2.* de .*2/ }).waitFor();
    assert.ok(await focusIsOnHeading());
    await pick('object');
    await activate('continue');
    await screen(tablet, 'review');
    await activate('freeze');
    await screen(tablet, 'reading', { timeout: 60_000 });
    assert.ok(await focusIsOnHeading());
    await activate('sign');
    await screen(tablet, 'method');
    await pick('button');
    await activate('continue');
    await screen(tablet, 'button');
    await activate('sign');
    await screen(tablet, 'done');
    assert.equal(await heading(), 'Segellat');

    assert.deepEqual(double.sent('POST /api/v1/visit/choices')[0].body,
      { choices: [{ item: 'i1', choice: 'refuse' }, { item: 'i2', choice: 'object' }] });
    const act = double.sent(kAct)[0].body;
    assert.deepEqual(Object.keys(act).sort(), ['meaning', 'method', 'shown']);
    assert.equal(act.method, 'button');
    assert.equal(act.meaning, 'agree');
    assert.deepEqual(tablet.faults, []);
  });

  it('says what is missing when no answer was chosen, and stays', async () => {
    await open();
    await press(tablet, 'begin');
    await press(tablet, 'continue');
    await tablet.page.getByRole('alert').getByText('trieu una de les respostes').waitFor();
    assert.equal(await tablet.page.locator('.step', { hasText: /1.* de .*2/ }).count(), 1);
  });

  it('reads the notice and the consequence before choosing, and may change an answer before the paper is made', async () => {
    await open();
    await press(tablet, 'begin');
    await tablet.page.getByText('L’atenció que rebeu no canvia').waitFor();
    await tablet.page.locator('.notice summary').click();
    await tablet.page.getByText('només per tramitar l’ajut de menjador').last().waitFor();
    await choose(tablet, 'grant');
    await press(tablet, 'continue');
    await choose(tablet, 'informed');
    await press(tablet, 'continue');
    await tablet.page.getByRole('button', { name: /^Canvia-ho: Voleu/ }).click();
    await choose(tablet, 'defer');
    await press(tablet, 'continue');
    await press(tablet, 'continue');
    await press(tablet, 'freeze');
    await screen(tablet, 'reading', { timeout: 60_000 });
    assert.deepEqual(double.sent('POST /api/v1/visit/choices')[0].body.choices[0], { item: 'i1', choice: 'defer' });
  });

  for (const [act, answer] of [['refuse', 'refused'], ['defer', 'deferred']]) {
    it(`says "${answer}" in two presses, as large as signing`, async () => {
      await open();
      await toMethod(tablet, kChoices);
      await press(tablet, 'back');
      const [sign, other] = await Promise.all(['sign', act].map((name) => tablet.page.locator(`main [data-act="${name}"]`).boundingBox()));
      assert.deepEqual([other.width, other.height].map(Math.round), [sign.width, sign.height].map(Math.round));
      await press(tablet, act);
      await press(tablet, 'answer');
      await screen(tablet, 'answered');
      assert.deepEqual(double.sent('POST /api/v1/visit/answer').map(({ body }) => body), [{ answer }]);
      assert.equal(double.sent(kAct).length, 0);
    });
  }

  it('sees the frozen paper itself, its words beside it, and larger when asked', async () => {
    await open();
    await toMethod(tablet, kChoices);
    await press(tablet, 'back');
    const canvas = tablet.page.locator('segell-page canvas[data-drawn]');
    await canvas.waitFor();
    const dark = await canvas.evaluate((element) => {
      const { data } = element.getContext('2d').getImageData(0, 0, element.width, element.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        count += data[at] < 100 ? 1 : 0;
      }
      return count;
    });
    assert.ok(dark > 2000, `the page is drawn (${dark} dark dots)`);
    const before = (await canvas.boundingBox()).width;
    await tablet.page.locator('[data-act="size-largest"]').click();
    await tablet.page.waitForFunction((width) => document.querySelector('segell-page canvas').clientWidth > 1.5 * width, before);
    await press(tablet, 'as-text');
    await tablet.page.getByText('El que només farem si vós voleu').waitFor();
  });

  it('speaks the language of the document', async () => {
    for (const [language, words] of [['es', 'Buenos días, Ramon Exemple'], ['en', 'Hello, Ramon Exemple']]) {
      double.visit.language = language;
      await tablet.page.goto('about:blank');
      await open();
      await screen(tablet, 'welcome');
      assert.equal((await heading()).replace(/[\u2068\u2069]/g, ''), words);
      assert.equal(await tablet.page.evaluate(() => document.documentElement.lang), language);
    }
  });

  it('reads "received" while the timestamp is pending', async () => {
    double.time = 'pending';
    await open();
    await toMethod(tablet, kChoices);
    await choose(tablet, 'button');
    await press(tablet, 'continue');
    await signedBy();
    assert.equal(await heading(), 'Rebut');
    await tablet.page.getByText('El segell de temps està pendent').waitFor();
  });
});

describe('the ink', () => {
  const inkOf = (act) => inflateSync(Buffer.from(act.picture.bits, 'base64'));

  it('is a picture of the places and nothing else, whatever the pen felt and however fast it went', async () => {
    const acts = [];
    for (const speed of [{ gap: 0.004 }, { gap: 0.019 }]) {
      delete double.visit.frozen; // a visit of its own
      const twin = await openTablet(browser);
      await twin.page.goto(double.link);
      await toInk(twin, kChoices, 'drawn');
      await drawWithPen(twin, signature().map((stroke) => stroke.map((point) => ({ ...point, pressure: speed.gap * 20 }))), speed);
      await press(twin, 'sign');
      await screen(twin, 'done');
      await twin.close();
    }
    for (const { body } of double.sent(kAct)) {
      assert.deepEqual(Object.keys(body).sort(), ['capture', 'meaning', 'method', 'picture', 'shown']);
      assert.deepEqual(body.capture, { pointerType: 'pen' });
      assert.deepEqual(Object.keys(body.picture).sort(), ['bits', 'height', 'width']);
      acts.push(body);
    }
    assert.equal(acts[0].picture.bits, acts[1].picture.bits);
    const dots = inkOf(acts[0]);
    assert.equal(dots.length, 237 * 709);
    assert.ok(dots.some((octet) => octet !== 0));
  });

  it('keeps the dynamics only in an envelope that each custodian opens, sample for sample', async () => {
    await open();
    await toInk(tablet, kChoices, 'drawn-with-dynamics');
    const pen = await drawWithPen(tablet, signature());
    const act = await signedBy();
    assert.deepEqual(Object.keys(act).sort(), ['capture', 'envelope', 'meaning', 'method', 'picture', 'shown']);
    for (const role of ['custodian', 'reserve']) {
      const record = custodians.open(role, Buffer.from(act.envelope, 'base64'));
      assert.equal(record.schema, 'segell.ink/1');
      assert.equal(record.document.sha256, act.shown.sha256);
      assert.equal(record.nonce, double.visit.nonce);
      const drawn = record.points.filter(([stroke]) => stroke >= 0);
      sameSeries(drawn, pen);
    }
    assert.deepEqual(tablet.faults, []);
  });

  it('ignores the resting hand while the pen is near, and a second finger', async () => {
    await open();
    await toInk(tablet, kChoices, 'drawn');
    await drawWithPen(tablet, signature());
    await touch(tablet, 'touchStart', [{ x: 700, y: 250 }]);
    await touch(tablet, 'touchMove', [{ x: 760, y: 260 }]);
    await touch(tablet, 'touchEnd', []);
    await tablet.page.getByRole('status').getByText('2').waitFor();
    await tablet.page.waitForTimeout(800);
    await touch(tablet, 'touchStart', [{ x: 500, y: 250 }]);
    await touch(tablet, 'touchStart', [{ x: 500, y: 250 }, { x: 700, y: 100, id: 1 }]);
    await touch(tablet, 'touchMove', [{ x: 520, y: 255 }, { x: 720, y: 110, id: 1 }]);
    await touch(tablet, 'touchEnd', []);
    await tablet.page.getByRole('status').getByText('3').waitFor();
  });

  it('keeps what was drawn when the system takes the pointer away', async () => {
    await open();
    await toInk(tablet, kChoices, 'drawn');
    await touch(tablet, 'touchStart', [{ x: 100, y: 100 }]);
    await touch(tablet, 'touchMove', [{ x: 200, y: 150 }]);
    await touch(tablet, 'touchCancel', []);
    const act = await signedBy();
    assert.ok(inkOf(act).some((octet) => octet !== 0));
    assert.equal(act.capture.pointerType, 'touch');
  });

  it('survives turning the tablet and looking at another screen, and is taken back line by line', async () => {
    const count = () => tablet.page.locator('main [role=status]').innerText();
    const darkDots = () => tablet.page.locator('segell-ink canvas').evaluate((element) => {
      const { data } = element.getContext('2d').getImageData(0, 0, element.width, element.height);
      return data.filter((value, at) => at % 4 === 3 && value > 128).length;
    });
    await open();
    await toInk(tablet, kChoices, 'drawn');
    await drawWithPen(tablet, signature());
    await tablet.page.setViewportSize({ width: 800, height: 1280 });
    await tablet.page.waitForFunction(() => document.querySelector('segell-ink canvas').width < 800);
    assert.ok((await darkDots()) > 500, 'the lines are drawn anew after turning');
    await press(tablet, 'refuse');
    await screen(tablet, 'leaving');
    await press(tablet, 'back');
    await screen(tablet, 'ink');
    assert.ok((await darkDots()) > 500, 'the lines are there after looking elsewhere');
    assert.match(await count(), /2/);
    await press(tablet, 'undo');
    assert.match(await count(), /un traç/);
    await press(tablet, 'clear');
    assert.match(await count(), /buit/);
    await press(tablet, 'sign');
    await tablet.page.getByRole('alert').getByText('Encara no heu dibuixat res').waitFor();
    assert.equal(double.sent(kAct).length, 0);
  });
});

describe('when something goes wrong', () => {
  const toButton = async () => {
    await open();
    await toMethod(tablet, kChoices);
    await choose(tablet, 'button');
    await press(tablet, 'continue');
    await screen(tablet, 'button');
  };

  it('refuses a paper that is not the announced one, and goes on when the right one comes', async () => {
    double.forge = (octets) => { const other = Buffer.from(octets); other[other.length - 3] ^= 1; return other; };
    await open();
    await press(tablet, 'begin');
    for (const choice of kChoices) {
      await choose(tablet, choice);
      await press(tablet, 'continue');
    }
    await press(tablet, 'freeze');
    await screen(tablet, 'problem');
    assert.equal(await heading(), 'El paper no és el que havia de ser');
    assert.equal(await tablet.page.locator('segell-page').count(), 0);
    await shot(tablet, 'problem-digest');
    double.forge = (octets) => octets;
    await press(tablet, 'retry');
    await screen(tablet, 'reading', { timeout: 60_000 });
  });

  it('does not lose an act when the answer is lost: the same act is sent again', async () => {
    double.deaf = kAct;
    await toButton();
    await press(tablet, 'sign');
    await screen(tablet, 'problem');
    assert.equal(await heading(), 'S’ha perdut la connexió');
    double.deaf = null;
    await press(tablet, 'retry');
    await screen(tablet, 'done');
    const sent = double.sent(kAct);
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
      double.plan.push({ route: kAct, status, code });
      await toButton();
      await press(tablet, 'sign');
      await screen(tablet, 'problem');
      assert.equal(await heading(), words);
      assert.equal(await tablet.page.locator('main [data-act="retry"]').count(), canRetry ? 1 : 0);
      await tablet.page.getByText('req-7F3K').waitFor();
    });
  }

  it('says so when the link is nothing, or already done', async () => {
    await tablet.page.goto(`${double.origin}/visit`);
    await screen(tablet, 'problem');
    assert.equal(await heading(), 'Aquest enllaç no obre res');
    await tablet.page.goto('about:blank');
    double.visit.state = 'signed';
    await open();
    await screen(tablet, 'problem');
    assert.equal(await heading(), 'Això ja està fet');
  });

  it('waits in words on a slow network', async () => {
    await tablet.cdp.send('Network.enable');
    await tablet.cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 150_000, uploadThroughput: 60_000 });
    await open();
    await screen(tablet, 'welcome', { timeout: 60_000 });
    await press(tablet, 'begin');
    for (const choice of kChoices) {
      await choose(tablet, choice);
      await press(tablet, 'continue');
    }
    await press(tablet, 'freeze');
    await screen(tablet, 'working');
    await screen(tablet, 'reading', { timeout: 90_000 });
    assert.deepEqual(tablet.faults, []);
  });

  it('goes on with the paper when the link is opened again after the choices, and says who checked', async () => {
    await open();
    await toMethod(tablet, ['refuse', 'informed']);
    const later = await openTablet(browser);
    const { page } = later;
    await page.goto(double.link);
    await screen(later, 'welcome');
    await shot(later, 'resumed');
    assert.match(await page.locator('.way').innerText(), /Ja vau contestar les preguntes/);
    assert.deepEqual(await page.locator('.review strong').allInnerTexts(), ['No hi dono permís', 'Me n’han informat']);
    assert.equal(await page.locator('.review button').count(), 0, 'what is on the paper cannot be changed');
    await press(later, 'begin');
    await screen(later, 'reading', { timeout: 60_000 });
    assert.equal(double.sent('POST /api/v1/visit/choices').length, 1, 'the choices are not sent again');
    await press(later, 'sign');
    const isolated = /[\u2068\u2069]/g;
    assert.match((await page.locator('.answers').innerText()).replace(isolated, ''), /Marta Inventada ha comprovat qui soc/);
    await choose(later, 'button');
    await press(later, 'continue');
    await screen(later, 'button');
    assert.match((await page.locator('main .card').innerText()).replace(isolated, ''), /Marta Inventada ha comprovat qui sou/);
    await press(later, 'sign');
    await screen(later, 'done');
    assert.equal(double.sent(kAct)[0].body.meaning, 'agree', 'as one who decided the first item');
    assert.deepEqual(later.faults, []);
    await later.close();
  });

  it('does not say that anybody checked who did not', async () => {
    double.visit.professional.checkedIdentity = false;
    await open();
    await toMethod(tablet, kChoices);
    assert.match(await tablet.page.locator('.answers').innerText(), /Confirmo amb un botó\.?\s/);
    assert.doesNotMatch(await tablet.page.locator('main').innerText(), /Marta|comprovat/);
  });

  it('works again after the network was away', async () => {
    await open();
    await screen(tablet, 'welcome');
    await tablet.context.setOffline(true);
    await press(tablet, 'defer');
    await press(tablet, 'answer');
    await screen(tablet, 'problem');
    await tablet.context.setOffline(false);
    await press(tablet, 'retry');
    await screen(tablet, 'answered');
    assert.equal(double.sent('POST /api/v1/visit/answer').length, 1);
  });
});

describe('what stays behind', () => {
  it('is nothing: no capability in the address or history, no storage, no other host, a neutral title', async () => {
    await open();
    await toMethod(tablet, kChoices);
    const { page, context, requests } = tablet;
    assert.equal(page.url(), `${double.origin}/visit`);
    assert.equal(await page.title(), 'Visita');
    const kept = await page.evaluate(async () => ({
      local: localStorage.length, session: sessionStorage.length, cookies: document.cookie, history: JSON.stringify(history.state),
      databases: (await indexedDB.databases()).length, caches: (await globalThis.caches?.keys() ?? []).length,
      workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
    }));
    assert.deepEqual(kept, { local: 0, session: 0, cookies: '', history: 'null', databases: 0, caches: 0, workers: 0 });
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(requests.filter(({ url }) => !url.startsWith(double.origin) && !url.startsWith('blob:')).map(({ url }) => url), []);
    assert.ok(requests.every(({ url }) => !url.replace(/#.*/, '').includes(double.capability)), 'a capability stood in a requested address');
    assert.deepEqual(tablet.faults, []);
  });

  for (const way of ['button', 'keys']) {
    it(`is left at once by quick exit (${way}), and "back" does not return`, async () => {
      await tablet.context.route('https://www.meteo.cat/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>El temps</title>' }));
      await tablet.page.goto('about:blank');
      await open();
      await screen(tablet, 'welcome');
      if (way === 'button') {
        await tablet.page.locator('[data-act="exit"]').click();
      } else {
        for (let presses = 0; presses < 3; presses += 1) {
          await tablet.page.keyboard.press('Escape');
        }
      }
      await tablet.page.waitForURL('https://www.meteo.cat/');
      await tablet.page.goBack();
      assert.equal(tablet.page.url(), 'about:blank');
    });
  }
});
