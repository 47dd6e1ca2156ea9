// What a person does on the Visit page, in a real browser, against a stand-in for the service.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choose, press, screen, toMethod } from './support/browser.mjs';
import { kAct, kChoices, setStage } from './support/stage.mjs';

const stage = setStage();

describe('what a person does', () => {
  it('decides, reads and signs with the keyboard alone, with nothing chosen beforehand', async () => {
    const { page } = stage.tablet;
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
    await stage.open();
    await screen(stage.tablet, 'welcome');
    assert.ok(await focusIsOnHeading());
    await activate('begin');
    await screen(stage.tablet, 'item');
    assert.ok(await focusIsOnHeading());
    await pick('refuse');
    await activate('continue');
    await page.locator('.step', { hasText: /2.* de .*2/ }).waitFor();
    assert.ok(await focusIsOnHeading());
    await pick('object');
    await activate('continue');
    await screen(stage.tablet, 'review');
    await activate('freeze');
    await screen(stage.tablet, 'reading', { timeout: 60_000 });
    assert.ok(await focusIsOnHeading());
    await activate('sign');
    await screen(stage.tablet, 'method');
    await pick('button');
    await activate('continue');
    await screen(stage.tablet, 'button');
    await activate('sign');
    await screen(stage.tablet, 'done');
    assert.equal(await stage.heading(), 'Segellat');

    assert.deepEqual(stage.double.sent('POST /api/v1/visit/choices')[0].body,
      { choices: [{ item: 'i1', choice: 'refuse' }, { item: 'i2', choice: 'object' }] });
    const act = stage.double.sent(kAct)[0].body;
    assert.deepEqual(Object.keys(act).sort(), ['meaning', 'method', 'shown']);
    assert.equal(act.method, 'button');
    assert.equal(act.meaning, 'agree');
    assert.deepEqual(stage.tablet.faults, []);
  });

  it('says what is missing when no answer was chosen, and stays', async () => {
    await stage.open();
    await press(stage.tablet, 'begin');
    await press(stage.tablet, 'continue');
    await stage.tablet.page.getByRole('alert').getByText('trieu una de les respostes').waitFor();
    assert.equal(await stage.tablet.page.locator('.step', { hasText: /1.* de .*2/ }).count(), 1);
  });

  it('reads the notice and the consequence before choosing, and may change an answer before the paper is made', async () => {
    await stage.open();
    await press(stage.tablet, 'begin');
    await stage.tablet.page.getByText('L’atenció que rebeu no canvia').waitFor();
    await stage.tablet.page.locator('.notice summary').click();
    await stage.tablet.page.getByText('només per tramitar l’ajut de menjador').last().waitFor();
    await choose(stage.tablet, 'grant');
    await press(stage.tablet, 'continue');
    await choose(stage.tablet, 'informed');
    await press(stage.tablet, 'continue');
    await stage.tablet.page.getByRole('button', { name: /^Canvia-ho: Voleu/ }).click();
    await choose(stage.tablet, 'defer');
    await press(stage.tablet, 'continue');
    await press(stage.tablet, 'continue');
    await press(stage.tablet, 'freeze');
    await screen(stage.tablet, 'reading', { timeout: 60_000 });
    assert.deepEqual(stage.double.sent('POST /api/v1/visit/choices')[0].body.choices[0], { item: 'i1', choice: 'defer' });
  });

  for (const [act, answer] of [['refuse', 'refused'], ['defer', 'deferred']]) {
    it(`says "${answer}" in two presses, as large as signing`, async () => {
      await stage.open();
      await toMethod(stage.tablet, kChoices);
      await press(stage.tablet, 'back');
      const [sign, other] = await Promise.all(['sign', act].map((name) => stage.tablet.page.locator(`main [data-act="${name}"]`).boundingBox()));
      assert.deepEqual([other.width, other.height].map(Math.round), [sign.width, sign.height].map(Math.round));
      await press(stage.tablet, act);
      await press(stage.tablet, 'answer');
      await screen(stage.tablet, 'answered');
      assert.deepEqual(stage.double.sent('POST /api/v1/visit/answer').map(({ body }) => body), [{ answer }]);
      assert.equal(stage.double.sent(kAct).length, 0);
    });
  }

  it('sees the frozen paper itself, its words beside it, and larger when asked', async () => {
    await stage.open();
    await toMethod(stage.tablet, kChoices);
    await press(stage.tablet, 'back');
    const canvas = stage.tablet.page.locator('segell-page canvas[data-drawn]');
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
    await stage.tablet.page.locator('[data-act="size-largest"]').click();
    await stage.tablet.page.waitForFunction((width) => document.querySelector('segell-page canvas').clientWidth > 1.5 * width, before);
    await press(stage.tablet, 'as-text');
    await stage.tablet.page.getByText('El que només farem si vós voleu').waitFor();
  });

  it('speaks the language of the document', async () => {
    for (const [language, words] of [['es', 'Buenos días, Ramon Exemple'], ['en', 'Hello, Ramon Exemple']]) {
      stage.double.visit.language = language;
      await stage.tablet.page.goto('about:blank');
      await stage.open();
      await screen(stage.tablet, 'welcome');
      assert.equal((await stage.heading()).replace(/[\u2068\u2069]/g, ''), words);
      assert.equal(await stage.tablet.page.evaluate(() => document.documentElement.lang), language);
    }
  });

  it('reads "received" while the timestamp is pending', async () => {
    stage.double.time = 'pending';
    await stage.open();
    await toMethod(stage.tablet, kChoices);
    await choose(stage.tablet, 'button');
    await press(stage.tablet, 'continue');
    await stage.sign();
    assert.equal(await stage.heading(), 'Rebut');
    await stage.tablet.page.getByText('El segell de temps està pendent').waitFor();
  });
});
