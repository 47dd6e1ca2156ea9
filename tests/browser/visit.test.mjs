// What a person does on the Visit page, in a real browser, against a stand-in for the service.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choose, drawWithPen, press, screen, signature, toMethod } from './support/browser.mjs';
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

  it('notes what was asked and who helped, before or after reading, and sends it whole', async () => {
    const { page } = stage.tablet;
    await stage.open();
    await screen(stage.tablet, 'welcome');
    await press(stage.tablet, 'notes');
    await screen(stage.tablet, 'notes');
    await press(stage.tablet, 'add-question');
    await press(stage.tablet, 'continue');
    await page.getByRole('alert').getByText('pregunta buida').waitFor();
    await page.locator('#asked-0').fill('Qui ho veurà?');
    await page.locator('#answered-0').fill('Només el CAP.');
    await page.locator('main input[name="interpreter"]').check();
    await page.locator('#interpreter-name').fill('Intèrpreta Inventada');
    await press(stage.tablet, 'continue');
    await page.getByRole('alert').getByText('la llengua').waitFor();
    await page.locator('#interpreter-language').fill('amazic');
    await choose(stage.tablet, 'telephone');
    await press(stage.tablet, 'continue');
    await page.getByRole('alert').getByText('a soles').waitFor();
    await choose(stage.tablet, 'not-possible');
    await press(stage.tablet, 'continue');
    await screen(stage.tablet, 'welcome');
    await page.locator('main [data-act="notes"]', { hasText: 'n’hi ha' }).waitFor();
    await toMethod(stage.tablet, kChoices);
    await press(stage.tablet, 'back');
    await press(stage.tablet, 'notes');
    await page.locator('main input[name="support"]').check();
    await page.locator('#support-name').fill('Veïna Fictícia');
    await page.locator('#support-relation').fill('veïna');
    await press(stage.tablet, 'continue');
    await screen(stage.tablet, 'reading');
    await press(stage.tablet, 'sign');
    await choose(stage.tablet, 'button');
    await press(stage.tablet, 'continue');
    const { notes } = await stage.sign();
    assert.deepEqual(notes, {
      questions: [{ asked: 'Qui ho veurà?', answered: 'Només el CAP.' }],
      interpreter: { name: 'Intèrpreta Inventada', language: 'amazic', presence: 'telephone' },
      supportPerson: { name: 'Veïna Fictícia', relation: 'veïna' }, spokeAlone: 'not-possible',
    });
    assert.deepEqual(stage.tablet.faults, []);
  });

  it('says it in front of two witnesses, one of whom draws; who cannot be one is told why', async () => {
    const { page } = stage.tablet;
    stage.double.visit.methods = ['drawn', 'button', 'witnesses', 'drawn-with-dynamics'];
    await stage.open();
    await toMethod(stage.tablet, kChoices);
    assert.deepEqual(await page.locator('main input[name="method"]').evaluateAll((all) => all.map(({ value }) => value)), stage.double.visit.methods);
    await choose(stage.tablet, 'witnesses');
    await press(stage.tablet, 'continue');
    await screen(stage.tablet, 'diligence');
    await press(stage.tablet, 'sign');
    await page.getByRole('alert').getByText('Escriviu per què').waitFor();
    await page.locator('#reason').fill('Té les mans embenades.');
    await press(stage.tablet, 'sign');
    await screen(stage.tablet, 'witness');
    const refused = async (name, words) => {
      await page.locator('#witness-name').fill(name);
      await press(stage.tablet, 'confirm');
      await page.getByRole('alert').getByText(words).waitFor();
    };
    await refused('', 'Escriviu el nom');
    await refused('ramon exemple', 'Qui signa no pot');
    await refused('Marta  Inventada', 'no pot ser testimoni');
    await refused('Pere Fictici', 'com s’ha vist');
    await choose(stage.tablet, 'id-seen');
    await refused('Pere Fictici', 'majors d’edat');
    await page.locator('main input[name="adult"]').check();
    await page.locator('segell-ink canvas').scrollIntoViewIfNeeded();
    await drawWithPen(stage.tablet, signature());
    await press(stage.tablet, 'confirm');
    await page.getByRole('heading', { name: /2.* de .*2/ }).waitFor();
    assert.equal(await page.locator('main input:checked').count(), 0, 'nothing is taken over from the first witness');
    await refused('PERE FICTICI', 'dues persones diferents');
    await page.locator('#witness-name').fill('Laia Inventada');
    await choose(stage.tablet, 'known');
    await page.locator('main input[name="adult"]').check();
    await press(stage.tablet, 'confirm');
    await screen(stage.tablet, 'done');
    const act = stage.double.sent(kAct)[0].body;
    assert.deepEqual([act.method, act.meaning, act.picture], ['witnesses', 'agree', undefined]);
    assert.equal(act.diligence.reason, 'Té les mans embenades.');
    const [{ picture, ...first }, second] = act.diligence.witnesses;
    assert.deepEqual(first, { name: 'Pere Fictici', identity: 'id-seen', adult: true, answer: 'drawn' });
    assert.deepEqual(second, { name: 'Laia Inventada', identity: 'known', adult: true, answer: 'button' });
    assert.ok(picture.width > 0 && picture.bits.length > 0);
    assert.deepEqual(stage.tablet.faults, []);
  });

  it('lets an official sign only by an express consent, which signs nothing', async () => {
    stage.double.visit.methods = ['button', 'official'];
    stage.double.visit.officials = ['Marta Inventada'];
    await stage.open();
    await toMethod(stage.tablet, kChoices);
    await choose(stage.tablet, 'official');
    await press(stage.tablet, 'continue');
    await screen(stage.tablet, 'on-behalf');
    const [sign, other] = await Promise.all(['sign', 'refuse'].map((name) => stage.tablet.page.locator(`main [data-act="${name}"]`).boundingBox()));
    assert.deepEqual([other.width, other.height].map(Math.round), [sign.width, sign.height].map(Math.round));
    await press(stage.tablet, 'sign');
    await screen(stage.tablet, 'consented');
    const [{ body }] = stage.double.sent('POST /api/v1/visit/on-behalf');
    assert.deepEqual([body.method, body.meaning, body.consent], ['official', 'agree', true]);
    assert.equal(stage.double.sent(kAct).length, 0);
    assert.deepEqual(stage.tablet.faults, []);
  });

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
