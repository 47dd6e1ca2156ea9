// Every screen of the Visit page, as people with other eyes, hands and screens meet it.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { makeCustodians } from './support/custodians.mjs';
import { startDouble } from './support/double.mjs';
import { barriers, choose, openBrowser, openTablet, press, screen, shot } from './support/browser.mjs';

let browser, custodians, double;

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
});
afterEach(() => double.stop());

describe('who can use it', () => {
  for (const [name, options] of [
    ['tablet', {}],
    ['small', { viewport: { width: 320, height: 640 } }],
    ['forced-colours', { forcedColors: 'active', reducedMotion: 'reduce' }],
  ]) {
    it(`has no barrier that axe finds, no sideways scrolling and no small target on any screen (${name})`, async () => {
      const own = await openTablet(browser, options);
      const { page } = own;
      const check = async (label) => {
        await shot(own, `${name}-${label}`);
        await barriers(own, label);
      };
      await page.goto(double.link);
      await screen(own, 'welcome');
      await check('1-welcome');
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
      await page.locator('canvas[data-drawn]').waitFor();
      await check('5-reading');
      await press(own, 'as-text');
      await check('6-reading-text');
      await page.locator('[data-act="size-largest"]').click();
      await check('7-largest');
      await page.locator('[data-act="size-normal"]').click();
      await press(own, 'sign');
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
});
