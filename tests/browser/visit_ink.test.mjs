// Signing by hand: what the surface keeps, what leaves the page, and what it does not mistake for a signature.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { drawWithPen, openTablet, press, sameSeries, screen, signature, toInk, touch } from './support/browser.mjs';
import { kAct, kChoices, setStage } from './support/stage.mjs';

const stage = setStage();

describe('the ink', () => {
  const inkOf = (act) => inflateSync(Buffer.from(act.picture.bits, 'base64'));

  it('is a picture of the places and nothing else, whatever the pen felt and however fast it went', async () => {
    const acts = [];
    for (const speed of [{ gap: 0.004 }, { gap: 0.019 }]) {
      delete stage.double.visit.frozen; // a visit of its own
      const twin = await openTablet(stage.browser);
      await twin.page.goto(stage.double.link);
      await toInk(twin, kChoices, 'drawn');
      await drawWithPen(twin, signature().map((stroke) => stroke.map((point) => ({ ...point, pressure: speed.gap * 20 }))), speed);
      await press(twin, 'sign');
      await screen(twin, 'done');
      await twin.close();
    }
    for (const { body } of stage.double.sent(kAct)) {
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
    await stage.open();
    await toInk(stage.tablet, kChoices, 'drawn-with-dynamics');
    await stage.tablet.page.getByText('AIPD-EXEMPLE-2026/03').waitFor();
    const pen = await drawWithPen(stage.tablet, signature());
    const act = await stage.sign();
    assert.deepEqual(Object.keys(act).sort(), ['capture', 'envelope', 'meaning', 'method', 'picture', 'shown']);
    for (const role of ['custodian', 'reserve']) {
      const record = stage.custodians.open(role, Buffer.from(act.envelope, 'base64'));
      assert.equal(record.schema, 'segell.ink/1');
      assert.equal(record.document.sha256, act.shown.sha256);
      assert.equal(record.nonce, stage.double.visit.nonce);
      const drawn = record.points.filter(([stroke]) => stroke >= 0);
      sameSeries(drawn, pen);
    }
    assert.deepEqual(stage.tablet.faults, []);
  });

  it('ignores the resting hand while the pen is near, and a second finger', async () => {
    await stage.open();
    await toInk(stage.tablet, kChoices, 'drawn');
    await drawWithPen(stage.tablet, signature());
    await touch(stage.tablet, 'touchStart', [{ x: 700, y: 250 }]);
    await touch(stage.tablet, 'touchMove', [{ x: 760, y: 260 }]);
    await touch(stage.tablet, 'touchEnd', []);
    await stage.tablet.page.getByRole('status').getByText('2').waitFor();
    await stage.tablet.page.waitForTimeout(800);
    await touch(stage.tablet, 'touchStart', [{ x: 500, y: 250 }]);
    await touch(stage.tablet, 'touchStart', [{ x: 500, y: 250 }, { x: 700, y: 100, id: 1 }]);
    await touch(stage.tablet, 'touchMove', [{ x: 520, y: 255 }, { x: 720, y: 110, id: 1 }]);
    await touch(stage.tablet, 'touchEnd', []);
    await stage.tablet.page.getByRole('status').getByText('3').waitFor();
  });

  it('keeps what was drawn when the system takes the pointer away', async () => {
    await stage.open();
    await toInk(stage.tablet, kChoices, 'drawn');
    await touch(stage.tablet, 'touchStart', [{ x: 100, y: 100 }]);
    await touch(stage.tablet, 'touchMove', [{ x: 200, y: 150 }]);
    await touch(stage.tablet, 'touchCancel', []);
    const act = await stage.sign();
    assert.ok(inkOf(act).some((octet) => octet !== 0));
    assert.equal(act.capture.pointerType, 'touch');
  });

  it('survives turning the tablet and looking at another screen, and is taken back line by line', async () => {
    const count = () => stage.tablet.page.locator('main [role=status]').innerText();
    const darkDots = () => stage.tablet.page.locator('segell-ink canvas').evaluate((element) => {
      const { data } = element.getContext('2d').getImageData(0, 0, element.width, element.height);
      return data.filter((value, at) => at % 4 === 3 && value > 128).length;
    });
    await stage.open();
    await toInk(stage.tablet, kChoices, 'drawn');
    await drawWithPen(stage.tablet, signature());
    await stage.tablet.page.setViewportSize({ width: 800, height: 1280 });
    await stage.tablet.page.waitForFunction(() => document.querySelector('segell-ink canvas').width < 800);
    assert.ok((await darkDots()) > 500, 'the lines are drawn anew after turning');
    await press(stage.tablet, 'notes');
    await screen(stage.tablet, 'notes');
    await press(stage.tablet, 'continue');
    await screen(stage.tablet, 'reading');
    assert.ok((await darkDots()) > 500, 'the lines are there after looking elsewhere');
    assert.match(await count(), /2/);
    await press(stage.tablet, 'undo');
    assert.match(await count(), /un traç/);
    await press(stage.tablet, 'clear');
    assert.match(await count(), /buit/);
    assert.match(await stage.tablet.page.locator('main [data-act="sign"]').innerText(), /sense dibuixar/);
  });
});
