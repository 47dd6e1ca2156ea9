// A page that dies at every step of a visit without coverage, as a killed tab or an empty battery does: it finds the same person at the
// same step, no half signature is one, and every act is sent once. Every kind of step by itself; SEGELL_LONG=1 takes all of them, as
// `./dev test --long` and `./dev bench visit.resume` do.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { choose, drawWithPen, openBrowser, press, screen, signature } from './support/browser.mjs';
import { makeCustodians } from './support/custodians.mjs';
import { answerAll, comeBack, die, goOnVisit, handOver, kNoor, kRamon, kTitles, once, standing, stateOf, takeBack, unlock } from './support/offline.mjs';

let browser, custodians;

before(async () => {
  browser = await openBrowser();
  custodians = makeCustodians();
});
after(async () => {
  await browser?.close();
  custodians?.remove();
});

describe('a page that dies', () => {
  const long = process.env.SEGELL_LONG === '1';
  it(`goes on at the same step with the same person, at ${long ? 'all' : 'one of each kind of the'} points; no half signature, every act sent once`, async (t) => {
    const visit = await goOnVisit(browser, { custody: custodians.recipients, quickPin: true });
    t.after(() => visit.end());
    const { peer, tablet } = visit;
    await peer.vanish();
    const points = [];
    const kinds = new Set();

    /** Dies here, and finds the same again; whether it did. */
    const point = async (name) => {
      const kind = name.replace(/^[a-z]+: /, '').replace(/[0-9]+/, '');
      if (kinds.has(kind) && !long) {
        return false;
      }
      kinds.add(kind);
      const seen = await standing(tablet);
      await die(tablet);
      await tablet.page.goto(`${peer.origin}/tablet`);
      await unlock(tablet);
      const found = await standing(tablet);
      assert.deepEqual(found, seen, `after the page died at "${name}"`);
      if (found.at === 'ink') {
        assert.equal(await tablet.page.locator('main .unseen').innerText(), 'El requadre és buit.', 'half a signature came back');
      }
      points.push(name);
      return true;
    };
    const questions = async (paper, choices) => {
      await screen(tablet, 'welcome');
      await point(`${paper}: welcome`);
      await press(tablet, 'begin');
      for (const [at, choice] of choices.entries()) {
        await tablet.page.locator('main .step', { hasText: `${at + 1}` }).waitFor();
        await point(`${paper}: question ${at + 1}`);
        await choose(tablet, choice);
        await tablet.page.waitForFunction(() => document.querySelector('main input:checked') !== null);
        await settled();
        await point(`${paper}: question ${at + 1} answered`);
        await press(tablet, 'continue');
      }
      await screen(tablet, 'review');
      await point(`${paper}: review`);
      await press(tablet, 'freeze');
      await screen(tablet, 'reading');
      await point(`${paper}: reading`);
    };
    /** What was chosen is on the disk a moment after it shows: a turn of the store's own queue. */
    const settled = () => tablet.page.evaluate(() => new Promise((done) => { setTimeout(done, 30); }));
    const method = async (paper, way) => {
      await press(tablet, 'sign');
      await screen(tablet, 'method');
      await point(`${paper}: way of signing`);
      await choose(tablet, way);
      await settled();
      await point(`${paper}: way of signing chosen`);
      await press(tablet, 'continue');
    };
    const draw = async () => {
      const canvas = tablet.page.locator('segell-ink canvas');
      await canvas.scrollIntoViewIfNeeded();
      const before = await canvas.boundingBox();
      await drawWithPen(tablet, signature());
      await tablet.page.getByText('traços dibuixats').waitFor({ state: 'attached' });
      assert.deepEqual(await canvas.boundingBox(), before, 'the surface moved under the pen');
    };

    await handOver(tablet, kRamon, 'id-seen');
    await questions('drawn', ['grant', 'informed']);
    await press(tablet, 'as-text');
    await settled();
    await point('drawn: reading as text');
    await method('drawn', 'drawn');
    await screen(tablet, 'ink');
    await point('drawn: empty surface');
    await draw();
    await point('drawn: half a signature');
    await draw();
    await press(tablet, 'sign');
    await screen(tablet, 'done');
    await point('drawn: kept');
    await press(tablet, 'continue');

    await questions('button', ['refuse', 'object']);
    await method('button', 'button');
    await screen(tablet, 'button');
    await point('button: statement');
    await press(tablet, 'sign');
    await screen(tablet, 'done');
    await point('button: kept');
    await press(tablet, 'continue');

    await screen(tablet, 'welcome');

    await point('refused: welcome');
    await press(tablet, 'defer');
    await screen(tablet, 'leaving');
    await point('refused: leaving for later');
    await press(tablet, 'back');
    await answerAll(tablet, ['defer', 'informed']);
    await press(tablet, 'refuse');
    await screen(tablet, 'leaving');
    await point('refused: leaving for good');
    await press(tablet, 'answer');
    await screen(tablet, 'answered');
    await point('refused: recorded');
    await press(tablet, 'copy-phone');
    await screen(tablet, 'copy');
    await point('what to take along');
    await press(tablet, 'have');
    await screen(tablet, 'end');
    await takeBack(tablet);
    assert.deepEqual(await stateOf(tablet), ['tablet', 'tablet', 'tablet', 'waiting', 'waiting']);

    await handOver(tablet, kNoor, 'known');
    await questions('dynamics', ['grant', 'object']);
    await method('dynamics', 'drawn-with-dynamics');
    await screen(tablet, 'ink');
    await draw();
    if (await point('dynamics: half a signature')) {
      await draw();
    }
    await press(tablet, 'sign');
    await screen(tablet, 'done');
    await point('dynamics: kept');
    await press(tablet, 'continue');
    await screen(tablet, 'welcome');
    await point('deferred: welcome');
    await press(tablet, 'defer');
    await press(tablet, 'answer');
    await screen(tablet, 'answered');
    await point('deferred: recorded');
    await press(tablet, 'copy-none');
    await screen(tablet, 'end');
    await takeBack(tablet);

    // Dying while it sends: what arrived is not sent as another act, what did not is not lost.
    peer.deaf = 2;
    await comeBack(visit);
    await tablet.page.waitForFunction(() => document.querySelector('[data-state="sealed"], [data-state="received"]') !== null).catch(() => {});
    await die(tablet);
    await tablet.page.goto(`${peer.origin}/tablet`);
    await unlock(tablet);
    await screen(tablet, 'list');
    points.push('sending');
    await tablet.page.waitForFunction(() => [...document.querySelectorAll('[data-state]')].every(({ dataset }) => ['sealed', 'recorded'].includes(dataset.state)), undefined, { timeout: 30_000 });
    assert.deepEqual(await stateOf(tablet), ['sealed', 'sealed', 'recorded', 'sealed', 'recorded']);

    once(points, 'a point was named twice');
    t.diagnostic(`${points.length} points, each resumed: ${points.join('; ')}`);
    assert.equal(points.length, long ? 43 : 17);
    assert.equal(peer.received.length, 5);
    once(peer.received.map(({ nonce }) => nonce), 'an act arrived twice');
    assert.deepEqual(peer.received.map(({ act }) => act.counter).sort(), [1, 2, 3, 4, 5]);
    const of = Object.fromEntries(peer.received.map(({ title, act }) => [title, act]));
    assert.deepEqual(kTitles.map((title) => of[title].answer), ['signed', 'signed', 'refused', 'signed', 'deferred']);
    assert.deepEqual(of['Pla de treball'].choices, [{ item: 'item-a', choice: 'refuse' }, { item: 'item-b', choice: 'object' }]);
    assert.equal(of['Pla de treball'].shown.sha256, peer.digestOf({ 'item-a': 'refuse', 'item-b': 'object' }), 'the octets shown are those that the service makes');
    assert.deepEqual([of['Pla de treball'].identity, of['Autorització'].identity], [{ kind: 'id-seen' }, { kind: 'known' }]);
    assert.deepEqual(of['Ajuda a domicili'].copy, { kind: 'phone', code: 'SLIP-02XX' });
    assert.deepEqual(of['Acord'].copy, { kind: 'none' });
    // The one picture that was finished is whole: as many dots as a signature has, not half of them.
    const dots = (act) => inflateSync(Buffer.from(act.picture.bits, 'base64')).reduce((sum, octet) => sum + octet.toString(2).replaceAll('0', '').length, 0);
    assert.equal(dots(of['Informació i decisions']), dots(of['Autorització']), 'two whole signatures of the same strokes');
    const record = custodians.open('custodian', Buffer.from(of['Autorització'].envelope, 'base64'));
    assert.equal(new Set(record.points.filter(([line]) => line >= 0).map(([line]) => line)).size, 2);
    assert.equal(record.nonce, of['Autorització'].nonce);
    assert.ok(!('envelope' in of['Informació i decisions']));
    assert.deepEqual(tablet.faults, []);
  });
});
