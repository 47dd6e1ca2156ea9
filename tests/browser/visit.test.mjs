// What a person does on the Visit page, in a real browser, against a stand-in for the service.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activate, answer, barriers, choose, drawWithPen, focusIsOnHeading, screen, shot, signature, tap as press, tick, toPaper } from './support/browser.mjs';
import { kAct, kChoices, setStage } from './support/stage.mjs';

const stage = setStage();

describe('what a person does', () => {
  it('decides, reads and signs with the keyboard alone, with nothing chosen beforehand', async () => {
    const { page } = stage.tablet;
    const pick = async (choice, index) => {
      assert.equal(await page.locator('main [aria-pressed="true"]').count(), 0, 'an answer was chosen beforehand');
      await activate(stage.tablet, choice);
      await page.getByRole('status').getByText('Heu contestat').waitFor({ state: 'attached' });
      await (index === 2 ? screen(stage.tablet, 'reading', { timeout: 60_000 }) : page.locator('.step', { hasText: /2.* de .*2/ }).waitFor());
    };
    await stage.open();
    await screen(stage.tablet, 'welcome');
    assert.ok(await focusIsOnHeading(stage.tablet));
    await activate(stage.tablet, 'Comencem');
    await screen(stage.tablet, 'item');
    assert.ok(await focusIsOnHeading(stage.tablet));
    await pick('No hi dono permís', 1);
    assert.ok(await focusIsOnHeading(stage.tablet), 'the focus went on by itself, to the new question');
    assert.match(await page.locator('main h1').evaluate((heading) => document.getElementById(heading.getAttribute('aria-describedby')).textContent),
      /pregunta .*1.* heu contestat: .*No hi dono permís/, 'and with it what was answered is heard');
    await pick('No vull que ho consulteu', 2);
    assert.ok(await focusIsOnHeading(stage.tablet));
    await activate(stage.tablet, /^Ho signo/);
    await screen(stage.tablet, 'done');
    assert.equal(await stage.heading(), 'Segellat');

    assert.deepEqual(stage.double.sent('POST /api/v1/visit/choices')[0].body.choices, [{ item: 'i1', choice: 'refuse' }, { item: 'i2', choice: 'object' }]);
    const act = stage.double.sent(kAct)[0].body;
    assert.deepEqual(Object.keys(act).sort(), ['meaning', 'method', 'shown']);
    assert.equal(act.method, 'button');
    assert.equal(act.meaning, 'agree');
    assert.deepEqual(stage.tablet.faults, []);
  });

  it('reads the notice and the consequence before answering, and may take every answer back with one press', async () => {
    const { page } = stage.tablet;
    await stage.open();
    await press(stage.tablet, 'begin');
    await page.getByText('L’atenció que rebeu no canvia').waitFor();
    await page.locator('html:not([data-settling]) .notice summary').click();
    await page.getByText('només per tramitar l’ajut de menjador').last().waitFor();
    await answer(stage.tablet, 'grant');
    await press(stage.tablet, 'take-back');
    await page.locator('.step', { hasText: /1.* de .*2/ }).waitFor();
    assert.equal(await page.locator('[data-choice="grant"]').getAttribute('aria-pressed'), 'true');
    await answer(stage.tablet, 'refuse');
    await answer(stage.tablet, 'informed');
    await screen(stage.tablet, 'reading', { timeout: 60_000 });
    const before = await page.locator('main .code b').innerText();
    assert.deepEqual(await page.locator('.review strong').allInnerTexts(), ['No hi dono permís', 'Me n’han informat']);
    await page.locator('html:not([data-settling])').getByRole('button', { name: /^Canvia-ho: Voleu/ }).click();
    await page.locator('.step', { hasText: /1.* de .*2/ }).waitFor();
    await press(stage.tablet, 'continue');
    await screen(stage.tablet, 'reading');
    await page.locator('html:not([data-settling])').getByRole('button', { name: /^Canvia-ho: Voleu/ }).click();
    await answer(stage.tablet, 'defer');
    await screen(stage.tablet, 'reading');
    assert.deepEqual(await page.locator('.review strong').allInnerTexts(), ['Ara no ho sé', 'Me n’han informat']);
    assert.equal(await page.locator('main .code b').innerText(), before);
    assert.equal(stage.double.sent('POST /api/v1/visit/choices').length, 0, 'nothing is fixed while it can be taken back');
    const act = await stage.sign();
    const [{ body }] = stage.double.sent('POST /api/v1/visit/choices');
    assert.deepEqual(body.choices[0], { item: 'i1', choice: 'defer' });
    assert.equal(body.sha256, act.shown.sha256, 'what was frozen is what was shown');
  });

  it('takes a double tap, and a hand that was still down, for one answer', async () => {
    const { page } = stage.tablet;
    await stage.open();
    await press(stage.tablet, 'begin');
    await page.locator('html:not([data-settling]) [data-choice]').first().waitFor();
    const at = async (choice) => {
      const { x, y, width, height } = await page.locator(`[data-choice="${choice}"]`).boundingBox();
      return [x + width / 2, y + height / 2];
    };
    const second = () => page.locator('.step', { hasText: /2.* de .*2/ }).waitFor();
    const unanswered = async (why) => {
      assert.equal(await page.locator('.step', { hasText: /2.* de .*2/ }).count(), 1, why);
      assert.equal(await page.locator('main [aria-pressed="true"]').count(), 0, why);
    };
    // Taps that the page makes at the very moment: how late a busy machine hands on a real one decides nothing here.
    await page.evaluate(() => {
      globalThis.tapOn = (choice) => {
        for (const type of ['pointerdown', 'pointerup', 'click']) {
          document.querySelector(`[data-choice="${choice}"]`).dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, detail: 1, pointerType: 'touch' }));
        }
      };
    });
    // The second tap of a hand that trembles, on another answer; then a hand that drums on the next question as it appears.
    await page.evaluate(() => new Promise((done) => {
      new MutationObserver((_, observer) => {
        if (/2.* de .*2/.test(document.querySelector('main .step')?.textContent ?? '')) {
          observer.disconnect();
          ['informed', 'informed', 'informed'].forEach(globalThis.tapOn);
          requestAnimationFrame(() => done());
        }
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
      ['grant', 'refuse'].forEach(globalThis.tapOn);
    }));
    await unanswered('a hand that drums answered the next question');
    assert.match(await page.locator('#before').innerText(), /Sí, hi dono permís/);
    // A press that begins on one screen and ends on the next presses nothing there, nor does one at once after it.
    const [x, y] = await at('informed');
    await press(stage.tablet, 'take-back');
    await page.locator('html:not([data-settling]) [data-choice="refuse"]').focus();
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.keyboard.press('Enter');
    await second();
    await page.evaluate(() => window.addEventListener('pointerup', () => globalThis.tapOn('informed'), { once: true }));
    await page.mouse.up();
    await unanswered('the hand that was down answered');
    await answer(stage.tablet, 'informed');
    await screen(stage.tablet, 'reading', { timeout: 60_000 });
    assert.deepEqual(stage.tablet.faults, []);
  });

  for (const [act, said] of [['refuse', 'refused'], ['defer', 'deferred']]) {
    it(`says "${said}" in one press, as large as signing, with what follows from it said before`, async () => {
      await stage.open();
      await toPaper(stage.tablet, kChoices);
      const button = (name) => stage.tablet.page.locator(`main [data-act="${name}"]`);
      for (const width of [320, 1280]) {
        await stage.tablet.page.setViewportSize({ width, height: 800 });
        const boxes = await Promise.all(['sign', act].map((name) => button(name).boundingBox()));
        assert.deepEqual([boxes[1].width, boxes[1].height].map(Math.round), [boxes[0].width, boxes[0].height].map(Math.round));
      }
      const below = (element, other) => element.getBoundingClientRect().top > other.getBoundingClientRect().bottom;
      const follows = await stage.tablet.page.getByText('quedarà constància que heu dit que no').elementHandle();
      assert.ok(await button(act).evaluate(below, follows));  // both at one time: the paper above may still grow
      await press(stage.tablet, act);
      await screen(stage.tablet, 'answered');
      await press(stage.tablet, 'copy-none');
      await screen(stage.tablet, 'end');
      assert.deepEqual(stage.double.sent('POST /api/v1/visit/answer').map(({ body }) => body), [{ answer: said }]);
      assert.equal(stage.double.sent(kAct).length, 0);
      assert.equal(stage.double.sent('POST /api/v1/visit/choices').length, 0, 'who does not sign fixes nothing');
    });
  }

  it('takes a slip of the finger back, with what was drawn; what was said stands once the person goes on or leaves', async () => {
    const { page } = stage.tablet;
    const said = () => stage.double.sent('POST /api/v1/visit/answer').map(({ body }) => body.answer);
    await stage.open();
    await toPaper(stage.tablet, kChoices);
    await page.locator('canvas[data-drawn]').first().waitFor();
    await page.locator('.signing').scrollIntoViewIfNeeded();
    await drawWithPen(stage.tablet, signature());
    const told = page.locator('main .unseen[role="status"]', { hasText: 'traços dibuixats' });
    await told.waitFor({ state: 'attached' });
    const drawn = await told.innerText();
    await press(stage.tablet, 'refuse');
    await screen(stage.tablet, 'answered');
    await barriers(stage.tablet, 'said no');
    await shot(stage.tablet, 'said-no');
    assert.deepEqual(said(), [], 'nobody was told yet');
    await press(stage.tablet, 'undo');
    await screen(stage.tablet, 'reading');
    assert.equal(await told.innerText(), drawn);
    await press(stage.tablet, 'defer');
    await screen(stage.tablet, 'answered');
    await page.goto('about:blank');
    for (let turns = 0; said().length === 0 && turns < 100; turns += 1) {
      await new Promise((done) => { setTimeout(done, 20); });
    }
    assert.deepEqual(said(), ['deferred']);
    assert.deepEqual(stage.tablet.faults, []);
  });

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
    await tick(stage.tablet, 'interpreter');
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
    await toPaper(stage.tablet, kChoices);
    await press(stage.tablet, 'notes');
    await tick(stage.tablet, 'support');
    await page.locator('#support-name').fill('Veïna Fictícia');
    await page.locator('#support-relation').fill('veïna');
    await press(stage.tablet, 'continue');
    await screen(stage.tablet, 'reading');
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
    await toPaper(stage.tablet, kChoices);
    const places = await page.locator('segell-ink, main [data-act="sign"], main [data-act="witnesses"], main [data-act="dynamics"]')
      .evaluateAll((all) => all.map((element) => element.dataset.act ?? 'drawn'));
    assert.deepEqual(places, ['drawn', 'sign', 'witnesses', 'dynamics'], 'the least invasive way first');
    await press(stage.tablet, 'witnesses');
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
    await tick(stage.tablet, 'adult');
    await page.locator('segell-ink canvas').scrollIntoViewIfNeeded();
    await drawWithPen(stage.tablet, signature());
    await press(stage.tablet, 'confirm');
    await page.getByRole('heading', { name: /2.* de .*2/ }).waitFor();
    assert.equal(await page.locator('main input:checked').count(), 0, 'nothing is taken over from the first witness');
    assert.equal(await page.locator('segell-ink canvas').evaluate((element) =>
      element.getContext('2d').getImageData(0, 0, element.width, element.height).data.some((value) => value > 0)), false, 'nor what they drew');
    await refused('PERE FICTICI', 'dues persones diferents');
    await page.locator('#witness-name').fill('Laia Inventada');
    await choose(stage.tablet, 'known');
    await tick(stage.tablet, 'adult');
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
    await toPaper(stage.tablet, kChoices);
    assert.equal(await stage.tablet.page.locator('segell-ink').count(), 0, 'no surface where nobody draws');
    await press(stage.tablet, 'official');
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
    await toPaper(stage.tablet, kChoices);
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

  it('gives how they draw by a decision of its own, which can be taken back and leaves an empty surface', async () => {
    const { page } = stage.tablet;
    await stage.open();
    await toPaper(stage.tablet, kChoices);
    const sign = page.locator('main [data-act="sign"]');
    const status = page.locator('main [role="status"]', { hasText: /traç|buit/ });
    assert.match(await sign.innerText(), /sense dibuixar/);
    await page.locator('.signing').scrollIntoViewIfNeeded();
    await drawWithPen(stage.tablet, signature());
    await status.filter({ hasText: 'traços' }).waitFor({ state: 'attached' });
    assert.match(await sign.innerText(), /amb el dibuix que he fet/);
    await press(stage.tablet, 'dynamics');
    await page.getByText('Es desa també el ritme i la pressió').waitFor();
    assert.match(await status.innerText(), /buit/, 'what was drawn before is not given');
    await press(stage.tablet, 'sign');
    await page.getByRole('alert').getByText('Encara no heu dibuixat res').waitFor();
    assert.equal(stage.double.sent(kAct).length, 0, 'an empty surface is no button for whoever meant to draw');
    await press(stage.tablet, 'no-dynamics');
    const act = await stage.sign();
    assert.deepEqual([act.method, act.envelope], ['button', undefined]);
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
    await toPaper(stage.tablet, kChoices);
    await stage.sign();
    assert.equal(await stage.heading(), 'Rebut');
    await stage.tablet.page.getByText('El segell de temps està pendent').waitFor();
  });
});
