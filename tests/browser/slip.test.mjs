// What a person does with the slip that they took home: on the real service, from the scanned code to the answer that others get.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, openTablet, screen, shot } from './support/browser.mjs';
import { startSegelld } from './support/segelld.mjs';
import { evaluate, income, prepareVisit, register, signByButton } from './support/visit_request.mjs';

let service, browser;

before(async () => {
  [service, browser] = await Promise.all([startSegelld(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

/** A signed visit and a slip of it. */
async function signed(options) {
  const visit = await prepareVisit(service, options);
  await signByButton(service, visit);
  const { slip } = await service.ask('POST', `/api/v1/signature-requests/${visit.request.id}/slips`, {});
  return { ...visit, slip };
}

const reasonOf = async (visit, scope = income) => {
  const { decision, context } = await evaluate(service, visit.person, scope);
  return decision ? 'permit' : context.reason;
};

/** A phone that counts what it costs: the screens that the person sees and the taps that they give. */
async function openPhone(options = {}) {
  const phone = await openTablet(browser, { viewport: { width: 390, height: 844 }, ...options });
  await phone.page.addInitScript(() => {
    globalThis.cost = { screens: [], taps: 0 };
    const see = () => {
      const at = document.querySelector('main')?.dataset.at;
      if (at !== undefined && at !== 'working' && globalThis.cost.screens.at(-1) !== at) {
        globalThis.cost.screens.push(at);
      }
    };
    new MutationObserver(see).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-at'] });
    document.addEventListener('click', (event) => { globalThis.cost.taps += event.isTrusted ? 1 : 0; }, true);
  });
  phone.cost = () => phone.page.evaluate(() => globalThis.cost);
  phone.tap = (act) => phone.page.locator(`main [data-act="${act}"]`).first().tap();
  return phone;
}

describe('the slip in the hand', () => {
  it('is scanned and a consent is withdrawn: two screens, two taps, no login, and the answer to others changes at once', async () => {
    const visit = await signed();
    assert.equal(await reasonOf(visit), 'permit');
    const phone = await openPhone();
    await phone.page.goto(visit.slip.link);
    await screen(phone, 'slip');
    await shot(phone, 'slip-phone-1');
    await phone.tap('withdraw');
    await phone.page.locator('[data-asking]').waitFor();
    await shot(phone, 'slip-phone-2-asking');
    const begin = performance.now();
    await phone.tap('confirm');
    await screen(phone, 'done');
    assert.equal(await reasonOf(visit), 'withdrawn');
    const took = performance.now() - begin;
    assert.ok(took < 1000, `took ${took} ms`);
    await shot(phone, 'slip-phone-3-done');
    assert.deepEqual(await phone.cost(), { screens: ['slip', 'done'], taps: 2 });
    assert.equal(await phone.page.locator('main h1').innerText(), 'Fet');
    assert.equal(await reasonOf(visit, register), 'permit', 'the other decision stands');

    await phone.tap('rest');
    await screen(phone, 'slip');
    await phone.tap('object');
    await phone.tap('confirm');
    await screen(phone, 'done');
    assert.equal(await reasonOf(visit, register), 'opposed');
    assert.deepEqual(phone.faults, []);
    await phone.close();
  });

  it('is typed in from the paper, everything at once: three screens, four taps at most', async () => {
    const visit = await signed();
    const phone = await openPhone();
    await phone.page.goto(`${service.origin}/slip`);
    await screen(phone, 'code');
    await phone.page.locator('#code').tap();
    await phone.page.locator('#code').fill(visit.slip.code.toLowerCase().replaceAll('-', ' '));
    await phone.page.keyboard.press('Enter');
    await screen(phone, 'slip');
    await phone.tap('all');
    await phone.tap('confirm');
    await screen(phone, 'done');
    const { screens, taps } = await phone.cost();
    assert.deepEqual(screens, ['code', 'slip', 'done']);
    // "Enter" on a form is a click of its button too.
    assert.ok(taps <= 4, `${taps} taps`);
    assert.deepEqual([await reasonOf(visit), await reasonOf(visit, register)], ['withdrawn', 'opposed']);
    await phone.close();
  });

  it('leaves no trace of its code: not in the address, the history, a header, nor any store of the browser', async () => {
    const visit = await signed();
    const phone = await openPhone();
    await phone.page.goto('about:blank');
    await phone.page.goto(visit.slip.link);
    await screen(phone, 'slip');
    const bare = visit.slip.code.replaceAll('-', '');
    const holds = (text) => text.includes(visit.slip.code) || text.includes(bare);
    assert.equal(phone.page.url(), `${service.origin}/slip`);
    assert.ok(phone.requests.length > 3);
    for (const { url, headers } of phone.requests) {
      assert.ok(!holds(url) && !holds(JSON.stringify(headers)), url);
    }
    assert.equal(phone.requests.filter(({ body }) => body !== null && holds(body.toString())).length, 1, 'one body carries it');
    const kept = await phone.page.evaluate(async () => JSON.stringify([
      { ...localStorage }, { ...sessionStorage }, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length, history.state,
    ]));
    assert.equal(kept, '[{},{},"",0,0,null]');
    await phone.page.reload();
    await screen(phone, 'code');
    assert.equal(await phone.page.locator('#code').inputValue(), '');
    assert.ok(!holds(service.messages()));
    await phone.close();
  });

  it('shows nothing but what stands on it, under a title that says nothing', async () => {
    const visit = await signed({ name: 'Canària Exemple Inventada' });
    const phone = await openPhone();
    await phone.page.goto(visit.slip.link);
    await screen(phone, 'slip');
    const text = await phone.page.locator('body').innerText();
    for (const word of ['Canària', 'Vilaexemple', 'Informació i decisions', 'meal-grant']) {
      assert.ok(!text.includes(word), word);
    }
    assert.equal(await phone.page.title(), 'Resguard');
    await phone.close();
  });

  it('names nothing at all where the person must not be found with it', async () => {
    const visit = await signed({ discreet: true });
    const phone = await openPhone();
    await phone.page.goto(visit.slip.link);
    await screen(phone, 'slip');
    const text = (await phone.page.locator('main').innerText()).replace(/[\u2068\u2069]/g, '');
    assert.doesNotMatch(text, /renda|Agència|padró|beca/i);
    assert.match(text, /Decisió 1/);
    await phone.tap('withdraw');
    await phone.tap('confirm');
    await screen(phone, 'done');
    assert.equal(await reasonOf(visit), 'withdrawn');
    await phone.close();
  });

  it('that was used, and one that is bound to nobody, say the same', async () => {
    const visit = await signed();
    const phone = await openPhone();
    await phone.page.goto(visit.slip.link);
    await screen(phone, 'slip');
    await phone.tap('all');
    await phone.tap('confirm');
    await screen(phone, 'done');
    const said = [];
    const { slips } = await service.ask('POST', '/api/v1/slips', { count: 1, bindBy: new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z') });
    for (const code of [visit.slip.code, slips[0].code]) {
      await phone.page.goto('about:blank');
      await phone.page.goto(`${service.origin}/slip#${code}`);
      await screen(phone, 'problem');
      said.push((await phone.page.locator('main').innerText()).replace(/[0-9a-z]{26}/, ''));
    }
    assert.match(said[0], /Aquest codi no obre res/);
    assert.equal(said[0], said[1]);
    await phone.close();
  });

  it('whose code is mistyped says so before anything is sent', async () => {
    const visit = await signed();
    const phone = await openPhone();
    await phone.page.goto(`${service.origin}/slip`);
    await screen(phone, 'code');
    const last = visit.slip.code.at(-1);
    for (const [typed, words] of [[visit.slip.code.slice(0, 9), 'El codi no és sencer'],
      [visit.slip.code.slice(0, -1) + (last === 'A' ? 'B' : 'A'), 'Aquest codi no pot ser']]) {
      await phone.page.locator('#code').fill(typed);
      await phone.tap('continue');
      await phone.page.getByRole('alert').getByText(words).waitFor();
      assert.equal(await phone.page.locator('#code').inputValue(), typed);
      await barriers(phone, words);
    }
    assert.equal(phone.requests.filter(({ url }) => url.includes('/api/')).length, 0);
    await phone.close();
  });

  it('goes by keyboard alone, and the question takes the focus', async () => {
    const visit = await signed();
    const phone = await openPhone({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
    const { page } = phone;
    const tabTo = async (wanted) => {
      for (let presses = 0; presses < 30; presses += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, wanted)) {
          return;
        }
      }
      assert.fail(`the keyboard does not reach ${wanted}`);
    };
    const focused = (selector) => page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    await page.goto(visit.slip.link);
    await screen(phone, 'slip');
    assert.ok(await focused('main h1'));
    await tabTo('main [data-act="withdraw"]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.matches('[data-asking]'));
    await tabTo('main [data-act="back"]');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('[data-asking]').count(), 0);
    await tabTo('main [data-act="withdraw"]');
    await page.keyboard.press('Enter');
    await tabTo('main [data-act="confirm"]');
    await page.keyboard.press('Enter');
    await screen(phone, 'done');
    assert.ok(await focused('main h1'));
    assert.equal(await reasonOf(visit), 'withdrawn');
    await phone.close();
  });

  it('may be tried again after a lost answer, and counts once', async () => {
    const visit = await signed();
    const phone = await openPhone();
    await phone.page.goto(visit.slip.link);
    await screen(phone, 'slip');
    await phone.context.route('**/api/v1/slip/withdrawal', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await phone.tap('withdraw');
    await phone.tap('confirm');
    await screen(phone, 'problem');
    assert.match(await phone.page.locator('main').innerText(), /S’ha perdut la connexió/);
    await barriers(phone, 'problem');
    await phone.context.unroute('**/api/v1/slip/withdrawal');
    await phone.tap('retry');
    await screen(phone, 'done');
    assert.equal(await reasonOf(visit), 'withdrawn');
    await phone.close();
  });

  it('is left at once by quick exit, and "back" does not return to it', async () => {
    const visit = await signed();
    const phone = await openPhone();
    await phone.context.route('https://www.meteo.cat/**', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: 'weather' }));
    await phone.page.goto(visit.slip.link);
    await screen(phone, 'slip');
    await phone.page.locator('[data-act="exit"]').tap();
    await phone.page.waitForURL('https://www.meteo.cat/');
    await phone.page.goBack().catch(() => null);
    assert.doesNotMatch(await phone.page.locator('body').innerText(), /renda|permís/);
    await phone.close();
  });

  for (const [name, options] of [
    ['slip-wide', { viewport: { width: 1280, height: 800 } }], ['slip-small', { viewport: { width: 320, height: 640 } }],
    ['slip-forced', { forcedColors: 'active', reducedMotion: 'reduce' }], ['slip-es', { locale: 'es-ES' }],
  ]) {
    it(`has no barrier on any screen (${name})`, async () => {
      const visit = await signed();
      const phone = await openPhone(options);
      await phone.page.goto(`${service.origin}/slip`);
      await screen(phone, 'code');
      await shot(phone, `${name}-0-code`);
      await barriers(phone, 'code');
      await phone.page.goto('about:blank');
      await phone.page.goto(visit.slip.link);
      await screen(phone, 'slip');
      await shot(phone, `${name}-1-slip`);
      await barriers(phone, 'slip');
      await phone.tap('withdraw');
      await barriers(phone, 'asking');
      await shot(phone, `${name}-2-asking`);
      await phone.tap('confirm');
      await screen(phone, 'done');
      await shot(phone, `${name}-3-done`);
      await barriers(phone, 'done');
      await phone.page.locator('[data-act="size-largest"]').click();
      await phone.tap('rest');
      await screen(phone, 'slip');
      await shot(phone, `${name}-4-largest`);
      await barriers(phone, 'largest');
      assert.deepEqual(phone.faults, []);
      await phone.close();
    });
  }
});
