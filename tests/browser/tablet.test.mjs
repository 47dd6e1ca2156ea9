// A visit without coverage (journey J1): what is taken along, what a person does while nobody listens, what becomes of it. The service is
// a peer that speaks the contract and can vanish.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, screen, shot, tap as press } from './support/browser.mjs';
import { answerAll, comeBack, die, fill, goOnVisit, handOver, kNoor, kPin, kRamon, once, openVisitTablet, prepare, readStore, signByButton, stateOf, takeBack, unlock } from './support/offline.mjs';
import { startPeer } from './support/peer.mjs';

let browser;

before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

describe('a visit that is taken along', () => {
  it('is fetched whole by an enrolled tablet, the login ends, and nothing in the store can be read without the PIN', async () => {
    const visit = await goOnVisit(browser);
    const { peer, tablet } = visit;
    assert.equal(peer.devices.length, 1);
    assert.equal(peer.ended, 1, 'the login ended');
    assert.equal(await tablet.page.locator('section.visit').count(), 1, 'only what was made for this tablet');
    await shot(tablet, 'tablet-1-list');
    const { keys, text } = await readStore(tablet);
    assert.deepEqual(keys.map(({ algorithm, type, extractable }) => `${algorithm} ${type} ${extractable}`).sort(),
      ['ECDSA private false', 'ECDSA public true', 'HMAC secret false']);
    for (const canary of [kRamon, kNoor, 'Pla de treball', peer.visits[0].capability, '%PDF', 'Vilaexemple', 'Tauleta 7', peer.packed[0].requests[0].nonce, 'SLIP-', kPin]) {
      assert.ok(!text.includes(canary), `the store says "${canary}"`);
    }
    await visit.end();
  });

  it('opens without a network; a wrong PIN opens nothing and must wait, also after the page ended', async () => {
    const visit = await goOnVisit(browser);
    const { peer, tablet } = visit;
    await peer.vanish();
    await tablet.page.reload();
    for (let tries = 1; tries <= 4; tries += 1) {
      await unlock(tablet, `cirera 59 molí ${tries}`);
      await tablet.page.getByRole('alert').getByText('El PIN no és correcte').waitFor();
      await tablet.page.locator('main[aria-busy="false"]').waitFor();
    }
    assert.match(await tablet.page.getByRole('alert').innerText(), /Espereu un minut/);
    await die(tablet);
    await tablet.page.goto(`${peer.origin}/tablet`);
    await unlock(tablet);
    await tablet.page.getByRole('alert').getByText('Massa PIN').waitFor();
    assert.equal(await tablet.page.getByText(kRamon).count(), 0);
    assert.deepEqual(tablet.faults, []);
    await visit.end();
  });

  it('shows one person their own papers only; back, reload and Escape lead to the PIN and to nothing else', async () => {
    const visit = await goOnVisit(browser);
    const { peer, tablet } = visit;
    const { page } = tablet;
    await peer.vanish();
    await handOver(tablet, kRamon, 'id-seen');
    await screen(tablet, 'welcome');
    const seen = await page.content();
    assert.ok(!seen.includes(kNoor) && !seen.includes('Tauleta 7') && !seen.includes('Autorització'), 'somebody else shows');
    assert.equal(await page.title(), 'Visita');
    for (const leave of [() => page.reload(), () => page.goBack().catch(() => {}), async () => { for (let at = 0; at < 3; at += 1) await page.keyboard.press('Escape'); }]) {
      await leave();
      await page.goto(`${peer.origin}/tablet`);
      await screen(tablet, 'locked');
      assert.doesNotMatch(await page.locator('body').innerText(), /Ramon|Noor|Vilaexemple|Tauleta 7/);
      await unlock(tablet);
      await screen(tablet, 'welcome');
    }
    await page.locator('[data-act="exit"]').click();
    await unlock(tablet, kPin);
    await screen(tablet, 'welcome');
    await takeBack(tablet);
    assert.deepEqual(await stateOf(tablet), ['begun', 'waiting', 'waiting', 'waiting', 'waiting']);
    const second = await tablet.context.newPage();
    await second.goto(`${peer.origin}/tablet`);
    await second.locator('main[data-at="elsewhere"]').waitFor();
    await second.close();
    assert.deepEqual(tablet.faults, []);
    await visit.end();
  });

  it('is told to be lost when the browser deleted it', async () => {
    const visit = await goOnVisit(browser);
    const { tablet } = visit;
    await tablet.page.goto('about:blank');
    await tablet.page.goto(`${visit.peer.origin}/check`); // same origin, without the store in use
    await tablet.page.evaluate(() => new Promise((done) => { indexedDB.deleteDatabase('segell-tablet').onsuccess = done; }));
    await tablet.page.goto(`${visit.peer.origin}/tablet`);
    await screen(tablet, 'lost');
    await barriers(tablet, 'lost');
    await press(tablet, 'start-over');
    await screen(tablet, 'login');
    await visit.end();
  });
});

describe('what came of it', () => {
  it('is told apart in words: kept here, received, sealed; refused and set aside with the way out', async (t) => {
    const visit = await goOnVisit(browser, { people: { [kRamon]: ['Un', 'Dos', 'Tres', 'Quatre'] } });
    t.after(() => visit.end());
    const { peer, tablet } = visit;
    await peer.vanish();
    await handOver(tablet, kRamon, 'none');
    for (let at = 0; at < 4; at += 1) {
      await answerAll(tablet);
      if (at === 0) {
        assert.doesNotMatch(await tablet.page.locator('main').innerText(), /comprovat/, 'nobody checked who it is');
      }
      await signByButton(tablet, at < 3 ? 'item' : 'done');
      if (at === 0) {
        const before = (await tablet.page.locator('#before').innerText()).replace(/[\u2068\u2069]/g, '');
        assert.match(before, /Heu signat «Un». Queda desat en aquesta tauleta\.[^]*SGLL-[^]*Ara, el paper 2 de 4: «Dos»/);
        await shot(tablet, 'tablet-2-next');
        await barriers(tablet, 'next paper');
      }
    }
    assert.equal(await tablet.page.locator('main h1').innerText(), 'Desat en aquesta tauleta');
    await shot(tablet, 'tablet-2-kept');
    await barriers(tablet, 'kept');
    await press(tablet, 'copy-printed');
    await screen(tablet, 'copy');
    await shot(tablet, 'tablet-3-slips');
    await barriers(tablet, 'slips');
    assert.equal(await tablet.page.locator('.qr').count(), 4);
    await press(tablet, 'have');
    await screen(tablet, 'end');
    await barriers(tablet, 'end');
    await takeBack(tablet);
    assert.deepEqual(await stateOf(tablet), ['tablet', 'tablet', 'tablet', 'tablet']);
    await shot(tablet, 'tablet-4-unsent');

    const nonces = peer.packed[0].requests.map(({ nonce }) => nonce);
    peer.states.set(nonces[1], { state: 'set-aside', reason: 'request.answered-already' });
    peer.states.set(nonces[2], { state: 'received' });
    peer.states.set(nonces[3], { state: 'sealed', flags: ['superseded'] });
    peer.plan.push({ route: 'POST /api/v1/package/acts', key: nonces[0], status: 403, code: 'device.revoked' });
    await comeBack(visit);
    await tablet.page.locator('[data-state="set-aside"]').waitFor();
    await tablet.page.locator('[data-state="sealed"]').waitFor();
    assert.deepEqual(await stateOf(tablet), ['refused', 'set-aside', 'received', 'sealed']);
    const said = await tablet.page.locator('section.visit').innerText();
    for (const words of ['El servei no l’ha acceptat', 'està donada de baixa', 'ja havia contestat', 'Rebut', 'Segellat', 'n’hi ha una de més nova']) {
      assert.match(said, new RegExp(words));
    }
    await shot(tablet, 'tablet-5-states');
    await barriers(tablet, 'states');
    assert.equal(await tablet.page.locator('[data-act="remove"]').count(), 0, 'what the service does not have is never removed');
    await press(tablet, 'send-again');
    await tablet.page.waitForFunction(() => document.querySelector('[data-state="refused"]') === null);
    peer.states.set(nonces[2], { state: 'sealed' });
    await tablet.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await tablet.page.waitForFunction(() => document.querySelectorAll('[data-state="sealed"]').length === 3);
    once(peer.received.map(({ nonce }) => nonce), 'an act arrived twice');
    assert.equal(peer.received.length, 4);

    await press(tablet, 'remove');
    await screen(tablet, 'removing');
    await press(tablet, 'remove');
    await screen(tablet, 'list');
    await tablet.page.locator('section.visit').waitFor({ state: 'detached' });
    const { text } = await readStore(tablet);
    assert.ok(!text.includes(`own/${peer.packed[0].visit.id}`), 'nothing of the visit stays');
    assert.deepEqual(tablet.faults, []);
  });
});

describe('who can use it', () => {
  for (const [name, options] of [['tablet', {}], ['small', { viewport: { width: 320, height: 640 } }]]) {
    it(`has no barrier on any screen, in three languages (${name})`, async () => {
      const peer = await startPeer({ people: { [kRamon]: ['Pla de treball'] } });
      const tablet = await openVisitTablet(browser, options);
      const { page } = tablet;
      const check = async (label) => {
        await shot(tablet, `tablet-${name}-${label}`);
        await barriers(tablet, label);
      };
      await page.goto(`${peer.origin}/tablet`);
      await screen(tablet, 'enrol');
      await fill(tablet, { label: 'Tauleta 7', 'new-pin': '111111', again: '111111' });
      await press(tablet, 'continue');
      await page.getByRole('alert').getByText('massa fàcil').waitFor();
      await check('1-enrol');
      for (const [language, words] of [['es', 'Dé de alta esta tableta'], ['en', 'Enrol this tablet'], ['ca', 'Doneu d’alta aquesta tauleta']]) {
        await page.locator(`[data-act="language-${language}"]`).click();
        await page.getByRole('heading', { name: words }).waitFor();
      }
      await prepare(tablet, peer.origin);
      await check('2-list');
      await press(tablet, 'pin');
      await check('3-pin');
      await press(tablet, 'back');
      await handOver(tablet, kRamon);
      await screen(tablet, 'identity');
      await press(tablet, 'continue');
      await page.getByRole('alert').getByText('digueu com ho sabeu').waitFor();
      await check('4-identity');
      await press(tablet, 'notes');
      await press(tablet, 'add-question');
      await page.locator('#asked-0').fill('Qui ho veurà?');
      await page.locator('main input[value="yes"]').check();
      await check('4-notes');
      await press(tablet, 'continue');
      await screen(tablet, 'identity');
      await page.locator('main input[value="id-seen"]').check();
      await press(tablet, 'continue');
      await screen(tablet, 'welcome');
      await page.locator('main [data-act="notes"]', { hasText: 'n’hi ha' }).waitFor();
      await check('5-welcome');
      await page.locator('header [data-act="hand-back"]').click();
      await screen(tablet, 'locked');
      await check('6-locked');
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
      await peer.stop();
    });
  }
});
