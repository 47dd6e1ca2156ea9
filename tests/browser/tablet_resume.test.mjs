// A page that dies at every step of a visit without coverage, as a killed tab or an empty battery does: it finds the same person at the
// same step, no half signature is one, and every act is sent once. Every kind of step by itself; SEGELL_LONG=1 takes all of them, as
// `./dev test --long` and `./dev bench visit.resume` do.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { answer, choose, drawWithPen, openBrowser, press, screen, shot, signature, tick } from './support/browser.mjs';
import { makeCustodians } from './support/custodians.mjs';
import { comeBack, die, goOnVisit, handOver, kNoor, kRamon, once, standing, stateOf, takeBack, unlock } from './support/offline.mjs';

let browser, custodians;
const kPeople = {
  [kRamon]: ['Informació i decisions', 'Pla de treball', 'Ajuda a domicili', 'Teleassistència'], [kNoor]: ['Autorització', 'Acord', 'Full informatiu'],
};
const kMethods = ['drawn', 'button', 'witnesses', 'drawn-with-dynamics'];

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
    const visit = await goOnVisit(browser, { custody: custodians.recipients, people: kPeople, methods: kMethods, quickPin: true });
    t.after(() => visit.end());
    const { peer, tablet } = visit;
    await peer.vanish();
    const points = [];
    const kinds = new Set();
    const kindOf = (name) => name.replace(/^[a-z]+: /, '').replace(/[0-9]+/, '');
    const due = (name) => long || !kinds.has(kindOf(name));

    /** Dies here, and finds the same again; whether it did. */
    const point = async (name) => {
      if (!due(name)) {
        return false;
      }
      kinds.add(kindOf(name));
      const seen = await standing(tablet);
      await die(tablet);
      await tablet.page.goto(`${peer.origin}/tablet`);
      await unlock(tablet);
      const found = await standing(tablet);
      assert.deepEqual(found, seen, `after the page died at "${name}"`);
      if (found.at === 'reading') {
        assert.equal(await tablet.page.locator('main .unseen[role="status"]').innerText(), 'El requadre és buit.', 'half a signature came back');
        assert.equal(await tablet.page.locator('main .again').count(), name.endsWith('half a signature') ? 1 : 0, 'what was lost is told, and nothing else is');
      }
      points.push(name);
      return true;
    };
    const questions = async (paper, choices) => {
      await tablet.page.locator('main[data-at="welcome"], main[data-at="item"]').waitFor();
      if (await tablet.page.locator('main[data-at="welcome"]').count() > 0) {
        await point(`${paper}: welcome`);
        await press(tablet, 'begin');
      }
      for (const [at, choice] of choices.entries()) {
        await tablet.page.locator('main .step', { hasText: `${at + 1}` }).waitFor();
        await point(`${paper}: question ${at + 1}`);
        await dieAnswering(`${paper}: question ${at + 1} answered`, at, choice);
      }
      await screen(tablet, 'reading');
      await point(`${paper}: reading`);
    };
    /** Dies between an answer and the question that follows by itself: the answer is there, and nothing goes on without the person. */
    const dieAnswering = async (name, at, choice) => {
      if (!due(name)) {
        await answer(tablet, choice);
        return;
      }
      await tablet.page.evaluate(() => { globalThis.setTimeout = (real => (work, after, ...rest) => real(work, after === 300 ? 600_000 : after, ...rest))(globalThis.setTimeout); });
      await answer(tablet, choice, async (target) => {
        await target.click();
        await tablet.page.locator(`main [data-choice="${choice}"][aria-pressed="true"]`).waitFor();
        await point(name);
        await press(tablet, 'continue');
      });
    };
    /** What was chosen is on the disk a moment after it shows: a turn of the store's own queue. */
    const settled = () => tablet.page.evaluate(() => new Promise((done) => { setTimeout(done, 30); }));
    const draw = async () => {
      const canvas = tablet.page.locator('segell-ink canvas');
      await tablet.page.locator('.signing').scrollIntoViewIfNeeded();
      await tablet.page.locator('canvas[data-drawn]').first().waitFor();
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
    await press(tablet, 'as-text');
    await press(tablet, 'change');
    await screen(tablet, 'item');
    await point('drawn: an answer taken back');
    await answer(tablet, 'grant');
    await screen(tablet, 'reading');
    await draw();
    await settled();
    await point('drawn: half a signature');
    await draw();
    await press(tablet, 'sign');

    await questions('button', ['refuse', 'object']);
    await press(tablet, 'notes');
    await screen(tablet, 'notes');
    await point('button: notes');
    await press(tablet, 'continue');
    await screen(tablet, 'reading');
    await press(tablet, 'sign');

    await questions('refused', ['defer', 'informed']);
    await press(tablet, 'refuse');
    // A finger that slipped: the paper is there again, with its answers, and a page that died changes nothing about that.
    await tablet.page.locator('main .arrival', { hasText: 'No heu signat' }).waitFor();
    await shot(tablet, 'tablet-undo');
    await point('refused: said');
    await press(tablet, 'undo');
    await screen(tablet, 'reading');
    assert.deepEqual(await tablet.page.locator('.review strong').allInnerTexts(), ['Ara no ho sé', 'Me n’han informat']);
    await press(tablet, 'refuse');

    await questions('witnessed', ['grant', 'object']);
    await press(tablet, 'witnesses');
    await screen(tablet, 'diligence');
    await point('witnessed: why');
    await tablet.page.locator('#reason').fill('Té les mans embenades.');
    await tablet.page.locator('#reason').blur();
    await settled();
    await point('witnessed: why is written');
    await press(tablet, 'sign');
    for (const [name, heading] of [['Pere Fictici', /1.* de .*2/], ['Laia Inventada', /2.* de .*2/]]) {
      await tablet.page.getByRole('heading', { name: heading }).waitFor();
      await tablet.page.locator('#witness-name').fill(name);
      await choose(tablet, 'known');
      await tick(tablet, 'adult');
      await press(tablet, 'confirm');
    }
    await screen(tablet, 'done');
    await point('witnessed: kept');
    await press(tablet, 'copy-phone');
    await screen(tablet, 'copy');
    await point('what to take along');
    await press(tablet, 'have');
    await screen(tablet, 'end');
    await takeBack(tablet);
    assert.deepEqual(await stateOf(tablet), ['tablet', 'tablet', 'tablet', 'tablet', 'waiting', 'waiting', 'waiting']);

    await handOver(tablet, kNoor, 'known');
    await questions('dynamics', ['grant', 'object']);
    await press(tablet, 'dynamics');
    await tablet.page.locator('main .given').waitFor();
    await point('dynamics: chosen');
    await draw();
    await settled();
    if (await point('dynamics: half a signature')) {
      await draw();
    }
    await press(tablet, 'sign');

    await questions('later', ['refuse', 'informed']);
    await press(tablet, 'defer');

    await questions('informed', ['defer', 'object']);
    await draw();
    await settled();
    if (await point('informed: half a signature')) {
      await draw();
    }
    await press(tablet, 'sign');
    await screen(tablet, 'done');
    await point('informed: kept');
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
    assert.deepEqual(await stateOf(tablet), ['sealed', 'sealed', 'recorded', 'sealed', 'sealed', 'recorded', 'sealed']);

    once(points, 'a point was named twice');
    t.diagnostic(`${points.length} points, each resumed: ${points.join('; ')}`);
    assert.equal(points.length, long ? 51 : 15);
    assert.equal(peer.received.length, 7);
    once(peer.received.map(({ nonce }) => nonce), 'an act arrived twice');
    assert.deepEqual(peer.received.map(({ act }) => act.counter).sort(), [1, 2, 3, 4, 5, 6, 7]);
    const of = Object.fromEntries(peer.received.map(({ title, act }) => [title, act]));
    assert.deepEqual(Object.values(kPeople).flat().map((title) => of[title].method ?? of[title].answer),
      ['drawn', 'button', 'refused', 'witnesses', 'drawn-with-dynamics', 'deferred', 'drawn']);
    assert.deepEqual(of['Pla de treball'].choices, [{ item: 'item-a', choice: 'refuse' }, { item: 'item-b', choice: 'object' }]);
    assert.equal(of['Pla de treball'].shown.sha256, peer.digestOf({ 'item-a': 'refuse', 'item-b': 'object' }), 'the octets shown are those that the service makes');
    assert.deepEqual([of['Pla de treball'].identity, of['Autorització'].identity], [{ kind: 'id-seen' }, { kind: 'known' }]);
    assert.deepEqual(of['Ajuda a domicili'].copy, { kind: 'phone', code: 'SLIP-02XX' });
    assert.deepEqual(of['Acord'].copy, { kind: 'none' });
    assert.deepEqual(of['Teleassistència'].diligence.witnesses.map(({ name }) => name), ['Pere Fictici', 'Laia Inventada']);
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
