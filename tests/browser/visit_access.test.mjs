// Every screen of the Visit page, as people with other eyes, hands and screens meet it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { answer, barriers, openTablet, press, screen, shot, tick, toPaper } from './support/browser.mjs';
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
      await tick(own, 'interpreter');
      await tick(own, 'support');
      await press(own, 'continue');
      await check('1-notes');
      await press(own, 'clear-notes');
      await press(own, 'continue');
      await press(own, 'begin');
      await page.locator('html:not([data-settling]) .notice summary').click();
      await check('2-item');
      await answer(own, 'grant');
      await check('3-next-item');
      await press(own, 'take-back');
      await check('3-item-taken-back');
      await press(own, 'continue');
      await answer(own, 'informed');
      await screen(own, 'reading', { timeout: 60_000 });
      await page.locator('.pages').scrollIntoViewIfNeeded();
      await page.locator('canvas[data-drawn]').waitFor();
      await check('5-reading');
      await press(own, 'as-text');
      await check('6-reading-text');
      await page.locator('[data-act="size-largest"]').click();
      await check('7-largest');
      await page.locator('[data-act="size-normal"]').click();
      await press(own, 'as-text');
      await press(own, 'official');
      await screen(own, 'on-behalf');
      await check('8-on-behalf');
      await press(own, 'back');
      await press(own, 'witnesses');
      await page.locator('#reason').fill('No pot.');
      await check('8-diligence');
      await press(own, 'sign');
      await press(own, 'confirm');
      await check('8-witness');
      await press(own, 'back');
      await press(own, 'other');
      await press(own, 'dynamics');
      await press(own, 'sign');
      await page.getByRole('alert').getByText('Encara no heu dibuixat res').waitFor();
      await check('9-dynamics');
      await press(own, 'no-dynamics');
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
      await toPaper(own, kChoices);
      const { bottom, surface } = await own.page.evaluate(() => {
        const canvas = document.querySelector('segell-ink canvas');
        canvas.scrollIntoView({ block: 'start' });
        const { top, width } = canvas.getBoundingClientRect();
        return { bottom: document.querySelector('main [data-act="defer"]').getBoundingClientRect().bottom - top, surface: width };
      });
      assert.ok(bottom <= viewport.height, `the ways out end at ${bottom} below the top of the surface`);
      assert.ok(surface >= 400, `${surface} pixels to sign on`);
      await own.close();
    });
  }

  it('leaves nothing of one question on the next: no notice open, nothing chosen', async () => {
    const { page } = stage.tablet;
    await stage.open();
    await press(stage.tablet, 'begin');
    await page.locator('html:not([data-settling]) .notice summary').click();
    await answer(stage.tablet, 'grant');
    await page.locator('.step', { hasText: /2.* de .*2/ }).waitFor();
    assert.equal(await page.locator('.notice[open]').count(), 0);
    assert.equal(await page.locator('main [aria-pressed="true"]').count(), 0);
  });

  it('reads the paper with its headings and its rows, and the same words as are drawn', async () => {
    const { page } = stage.tablet;
    await stage.open();
    await toPaper(stage.tablet, kChoices);
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
