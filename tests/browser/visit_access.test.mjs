// Every screen of the Visit page, as people with other eyes, hands and screens meet it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { barriers, choose, openTablet, press, screen, shot, toMethod } from './support/browser.mjs';
import { kChoices, setStage } from './support/stage.mjs';

const stage = setStage();

describe('who can use it', () => {
  for (const [name, options] of [
    ['tablet', {}],
    ['small', { viewport: { width: 320, height: 640 } }],
    ['zoomed-in-four-times', { viewport: { width: 320, height: 256 } }],
    ['forced-colours', { forcedColors: 'active', reducedMotion: 'reduce' }],
  ]) {
    it(`has no barrier that axe finds, no sideways scrolling and no small target on any screen (${name})`, async () => {
      const own = await openTablet(stage.browser, options);
      const { page } = own;
      const check = async (label) => {
        await shot(own, `${name}-${label}`);
        await barriers(own, label);
      };
      stage.double.visit.methods = ['drawn', 'button', 'official', 'witnesses', 'drawn-with-dynamics'];
      stage.double.visit.officials = ['Marta Inventada', 'Pere Fictici'];
      await page.goto(stage.double.link);
      await screen(own, 'welcome');
      await check('1-welcome');
      await press(own, 'notes');
      await press(own, 'add-question');
      await page.locator('main input[name="interpreter"]').check();
      await page.locator('main input[name="support"]').check();
      await press(own, 'continue');
      await check('1-notes');
      await press(own, 'clear-notes');
      await press(own, 'continue');
      await press(own, 'begin');
      await page.locator('.notice summary').click();
      await press(own, 'continue');
      await check('2-item-missing');
      await choose(own, 'grant');
      await check('3-item');
      await press(own, 'continue');
      await choose(own, 'informed');
      await press(own, 'continue');
      await screen(own, 'review');
      await check('4-review');
      await press(own, 'freeze');
      await screen(own, 'reading', { timeout: 60_000 });
      await page.locator('.pages').scrollIntoViewIfNeeded();
      await page.locator('canvas[data-drawn]').waitFor();
      await check('5-reading');
      await press(own, 'as-text');
      await check('6-reading-text');
      await page.locator('[data-act="size-largest"]').click();
      await check('7-largest');
      await page.locator('[data-act="size-normal"]').click();
      await press(own, 'sign');
      await choose(own, 'official');
      await press(own, 'continue');
      await screen(own, 'on-behalf');
      await check('8-on-behalf');
      await press(own, 'back');
      await choose(own, 'witnesses');
      await press(own, 'continue');
      await page.locator('#reason').fill('No pot.');
      await check('8-diligence');
      await press(own, 'sign');
      await press(own, 'confirm');
      await check('8-witness');
      await press(own, 'back');
      await press(own, 'other');
      await choose(own, 'drawn-with-dynamics');
      await check('8-method');
      await press(own, 'continue');
      await screen(own, 'ink');
      await check('9-ink');
      await press(own, 'other');
      await choose(own, 'button');
      await press(own, 'continue');
      await check('10-button');
      await press(own, 'refuse');
      await check('11-leaving');
      await press(own, 'back');
      await press(own, 'sign');
      await screen(own, 'done');
      await check('12-done');
      assert.deepEqual(own.faults, []);
      await own.close();
    });
  }

  for (const viewport of [{ width: 1280, height: 800 }, { width: 1280, height: 700 }, { width: 800, height: 1280 }]) {
    it(`shows the surface and what is decided below it at once (${viewport.width}×${viewport.height})`, async () => {
      const own = await openTablet(stage.browser, { viewport });
      await own.page.goto(stage.double.link);
      await toMethod(own, kChoices);
      await choose(own, 'drawn');
      await press(own, 'continue');
      await screen(own, 'ink');
      const { bottom, surface } = await own.page.evaluate(() => ({
        bottom: document.querySelector('[data-act="defer"]').getBoundingClientRect().bottom,
        surface: document.querySelector('segell-ink canvas').getBoundingClientRect().width,
      }));
      assert.ok(bottom <= viewport.height, `the ways out end at ${bottom}`);
      assert.ok(surface >= 400, `${surface} pixels to sign on`);
      await own.close();
    });
  }

  it('leaves nothing of one question on the next: no notice open, nothing chosen', async () => {
    const { page } = stage.tablet;
    await stage.open();
    await press(stage.tablet, 'begin');
    await page.locator('.notice summary').click();
    await choose(stage.tablet, 'grant');
    await press(stage.tablet, 'continue');
    await page.locator('.step', { hasText: /2.* de .*2/ }).waitFor();
    assert.equal(await page.locator('.notice[open]').count(), 0);
    assert.equal(await page.locator('main input:checked').count(), 0);
  });

  it('reads the paper with its headings and its rows, and the same words as are drawn', async () => {
    const { page } = stage.tablet;
    await stage.open();
    await toMethod(stage.tablet, kChoices);
    await press(stage.tablet, 'back');
    await press(stage.tablet, 'as-text');
    await page.locator('.page-text').getByRole('heading', { name: 'Informació i decisions sobre les vostres dades', level: 2 }).waitFor();
    await page.locator('.page-text').getByRole('heading', { name: 'El que consultarem', level: 3 }).waitFor();
    assert.equal(await page.locator('.page-text .row', { hasText: 'Termini' }).innerText(), 'Termini\nFins al 30 de juny de 2027');
    const plain = (text) => text.replace(/\s+/g, ' ').trim();
    const paper = fileURLToPath(new URL('../../service/segelld/demo/informacio-i-decisions.pdf', import.meta.url));
    const drawn = plain(execFileSync('pdftotext', ['-raw', paper, '-'], { encoding: 'utf8' }));
    assert.deepEqual(plain(await page.locator('.page-text').innerText()).split(' ').sort(), drawn.split(' ').sort());
  });
});
