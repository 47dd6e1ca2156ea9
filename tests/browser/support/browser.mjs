// A real browser and the hands of a person: pen, finger, keyboard.
import { chromium } from 'playwright-core';
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.SEGELL_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/**
 * A tablet that notes everything a test may ask about later: what it requested, what the page complained of, which rules of the
 * content security policy it broke.
 */
export async function openTablet(browser, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 }, hasTouch: true, locale: 'ca-ES', ignoreHTTPSErrors: true, ...options,
  });
  const page = await context.newPage();
  const requests = [];
  const faults = [];
  context.on('request', (request) => requests.push({
    method: request.method(), url: request.url(), headers: request.headers(), body: request.postDataBuffer(),
  }));
  page.on('pageerror', (fault) => faults.push(`page error: ${fault.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) {
      faults.push(`console: ${message.text()}`);
    }
  });
  const cdp = await context.newCDPSession(page);
  return { context, page, cdp, requests, faults, close: () => context.close() };
}

/** The screen that the person sees, by the name that the page gives it. */
export const screen = (tablet, name, options = {}) => tablet.page.locator(`main[data-at="${name}"]`).waitFor(options);
/** Presses by hand begin when the screen takes them: one that came by itself lets a moment pass. Keys are not held back. */
const live = (tablet, selector) => tablet.page.locator(`html:not([data-settling]) main ${selector}`).first();
const there = (tablet, selector) => tablet.page.locator(`main ${selector}`).first();
export const tap = (tablet, act) => live(tablet, `[data-act="${act}"]`).click();
export const press = (tablet, act) => there(tablet, `[data-act="${act}"]`).press('Enter');
export const choose = (tablet, value) => live(tablet, `input[type=radio][value="${value}"]`).check();
export const tick = (tablet, name) => live(tablet, `input[type=checkbox][name="${name}"]`).check();

/** Goes with the Tab key alone to something of the page. */
export async function tabTo({ page }, target) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.first().evaluate((element) => element === document.activeElement)) {
      return;
    }
  }
  assert.fail(`the keyboard does not reach ${target}`);
}

/** With the keyboard, by the name that a screen reader says. */
export async function activate(tablet, name, role = 'button') {
  await tabTo(tablet, tablet.page.getByRole('main').getByRole(role, { name }));
  await tablet.page.keyboard.press(role === 'button' ? 'Enter' : 'Space');
}

export const focusIsOnHeading = ({ page }) => page.evaluate(() => document.activeElement?.matches('main h1') ?? false);

/** Answers the question on the screen, which leads on by itself: with a key, or with the hand that is given. */
export async function answer(tablet, choice, hand) {
  const target = (hand === undefined ? there : live)(tablet, `[data-choice="${choice}"]`);
  await target.waitFor();
  const step = await tablet.page.locator('main .step').textContent();
  await (hand === undefined ? target.press('Enter') : hand(target));
  await tablet.page.waitForFunction((before) => document.querySelector('main .step')?.textContent !== before, step);
}

/** From the first screen to the paper, and the ways to sign it. */
export async function toPaper(tablet, choices) {
  await screen(tablet, 'welcome');
  await press(tablet, 'begin');
  for (const choice of choices) {
    await answer(tablet, choice);
  }
  await screen(tablet, 'reading', { timeout: 60_000 });
}

export async function toInk(tablet, choices, method) {
  await toPaper(tablet, choices);
  if (method === 'drawn-with-dynamics') {
    await press(tablet, 'dynamics');
    await tablet.page.locator('main .given').waitFor();
  }
  await tablet.page.locator('.signing').scrollIntoViewIfNeeded();
}

/** A signature of two strokes, as points of a surface 916 pixels wide with what the pen feels at each. */
export function signature() {
  const first = Array.from({ length: 48 }, (_, at) => ({
    x: 40 + 9 * at, y: 120 + Math.round(55 * Math.sin(at / 3)), pressure: 0.1875 + (at % 16) / 32,
    tiltX: 20 + (at % 7), tiltY: -15 - (at % 5), twist: 30 + at,
  }));
  const second = Array.from({ length: 20 }, (_, at) => ({
    x: 80 + 20 * at, y: 190 - 2 * at, pressure: 0.40625 + at / 64, tiltX: 31, tiltY: -22, twist: 45,
  }));
  return [first, second];
}

/**
 * Draws strokes with a pen on the surface; `gap` is the seconds between two samples, as the pen's own clock says them. Returns what
 * the pen did, sample by sample: stroke, seconds since the first, place on the surface, pressure, tilts, twist, buttons.
 */
export async function drawWithPen(tablet, strokes, { gap = 0.004, start = Date.now() / 1000 } = {}) {
  const box = await tablet.page.locator('segell-ink canvas').boundingBox();
  const done = [];
  let clock = 0;
  for (const [stroke, points] of strokes.entries()) {
    const send = async (type, point, force, buttons) => {
      await tablet.cdp.send('Input.dispatchMouseEvent', {
        type, x: box.x + point.x, y: box.y + point.y, pointerType: 'pen', force, buttons,
        button: type === 'mouseMoved' && buttons === 0 ? 'none' : 'left', clickCount: 1, timestamp: start + clock,
        tiltX: point.tiltX, tiltY: point.tiltY, twist: point.twist,
      });
      done.push([stroke, clock, point.x, point.y, force, point.tiltX, point.tiltY, point.twist, buttons]);
      clock += gap;
    };
    await send('mousePressed', points[0], points[0].pressure, 1);
    for (const point of points.slice(1)) {
      await send('mouseMoved', point, point.pressure, 1);
    }
    await send('mouseReleased', points.at(-1), 0, 0);
    clock += 30 * gap;
  }
  return done;
}

/**
 * Whether a recorded series is what the pen did: every sample, in order, with its place, pressure, tilts and twist as they were;
 * times within what the browser's clock resolves: a tenth of a millisecond at either end of the span.
 */
export function sameSeries(recorded, pen) {
  const withoutTime = ([stroke, , ...rest]) => [stroke, ...rest];
  assert.deepEqual(recorded.map(withoutTime), pen.map(withoutTime));
  for (const [at, [, microseconds]] of recorded.entries()) {
    assert.ok(Math.abs(microseconds - pen[at][1] * 1e6) <= 200, `sample ${at}: ${microseconds} µs, the pen said ${pen[at][1]} s`);
  }
}

/** A finger; `timestamp` in seconds on its own clock, now when left out. */
export async function touch(tablet, type, points, timestamp) {
  const box = await tablet.page.locator('segell-ink canvas').boundingBox();
  await tablet.cdp.send('Input.dispatchTouchEvent', {
    type, timestamp, touchPoints: points.map(({ x, y, id = 0 }) => ({ x: box.x + x, y: box.y + y, id, force: 0.7 })),
  });
}

// The small form: a page takes it in half the time, and takes it anew after each load.
const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Axe's findings on the screen as it stands, a line each. Its source goes into a page once, past the page's own policy. */
export async function findings({ page }) {
  if (!await page.evaluate(() => 'axe' in window)) {
    await page.evaluate(kAxe);
  }
  const violations = await page.evaluate(async (rules) => {
    const found = await window.axe.run(document, { runOnly: rules, resultTypes: ['violations'], preload: false });
    return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) }));
  }, kRules);
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

/** Nothing on the screen keeps anyone out: no finding of axe, no sideways scrolling, no target under 64 pixels. */
export async function barriers(tablet, label) {
  const { page } = tablet;
  assert.deepEqual(await findings(tablet), [], `axe on ${label}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${label} scrolls sideways by ${wide}`);
  const small = await page.locator('button, .answer, .drop, summary').evaluateAll((all) => all.filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    return width < 63.5 || height < 63.5;
  }).map((element) => `${element.textContent.trim()} ${element.clientWidth}×${element.clientHeight}`));
  assert.deepEqual(small, [], `small targets on ${label}`);
}

/** Keeps a picture of the screen where SEGELL_SHOTS says; for the eyes of whoever works on the page. */
export async function shot(tablet, name) {
  const folder = process.env.SEGELL_SHOTS;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    await tablet.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }
}
