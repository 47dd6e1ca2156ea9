// A visit without coverage (journey J1): what is taken along, what a person does while nobody listens, what becomes of it; and a page
// that dies at every step. The service is a peer that speaks the contract and can vanish.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { barriers, choose, drawWithPen, openBrowser, press, screen, shot, signature } from './support/browser.mjs';
import { makeCustodians } from './support/custodians.mjs';
import { die, fill, handOver, kPin, once, openVisitTablet, prepare, readStore, standing, stateOf, takeBack, unlock } from './support/offline.mjs';
import { startPeer } from './support/peer.mjs';

const kRamon = 'Ramon Exemple';
const kNoor = 'Noor Inventada';
const kPeople = { [kRamon]: ['Informació i decisions', 'Pla de treball', 'Ajuda a domicili'], [kNoor]: ['Autorització', 'Acord'] };
let browser, custodians;

before(async () => {
  browser = await openBrowser();
  custodians = makeCustodians();
});
after(async () => {
  await browser?.close();
  custodians?.remove();
});

async function goOnVisit({ options = {}, people = kPeople } = {}) {
  const peer = await startPeer({ people, custody: custodians.recipients });
  const tablet = await openVisitTablet(browser, options);
  await prepare(tablet, peer.origin);
  return { peer, tablet, end: async () => { await tablet.close(); await peer.stop(); } };
}

/** The network is back: what the tablet keeps goes out by itself. */
async function comeBack({ peer, tablet }) {
  await peer.comeBack();
  await tablet.page.evaluate(() => window.dispatchEvent(new Event('online')));
}

async function answerAll(tablet, choices = ['grant', 'informed']) {
  await screen(tablet, 'welcome');
  await press(tablet, 'begin');
  for (const choice of choices) {
    await screen(tablet, 'item');
    await choose(tablet, choice);
    await press(tablet, 'continue');
  }
  await press(tablet, 'freeze');
  await screen(tablet, 'reading');
}

async function signByButton(tablet) {
  await press(tablet, 'sign');
  await screen(tablet, 'method');
  await choose(tablet, 'button');
  await press(tablet, 'continue');
  await screen(tablet, 'button');
  await press(tablet, 'sign');
  await screen(tablet, 'done');
}

describe('a visit that is taken along', () => {
  it('is fetched whole by an enrolled tablet, the login ends, and nothing in the store can be read without the PIN', async () => {
    const visit = await goOnVisit();
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
    const visit = await goOnVisit();
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
    const visit = await goOnVisit();
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
    assert.deepEqual(tablet.faults, []);
    await visit.end();
  });

  it('is told to be lost when the browser deleted it', async () => {
    const visit = await goOnVisit();
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

describe('a page that dies', () => {
  it('goes on at the same step with the same person, at 40 of 40 points; no half signature, every act sent once', async (t) => {
    const visit = await goOnVisit();
    const { peer, tablet } = visit;
    await peer.vanish();
    const points = [];

    /** Dies here, and finds the same again. */
    const point = async (name) => {
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
    };
    const questions = async (paper, choices) => {
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
      await tablet.page.locator('segell-ink canvas').scrollIntoViewIfNeeded();
      await drawWithPen(tablet, signature());
      await tablet.page.getByText('traços dibuixats').waitFor({ state: 'attached' });
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
    await point('dynamics: half a signature');
    await draw();
    await press(tablet, 'sign');
    await screen(tablet, 'done');
    await point('dynamics: kept');
    await press(tablet, 'continue');
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
    assert.ok(points.length >= 40, `${points.length} points`);
    assert.equal(peer.received.length, 5);
    once(peer.received.map(({ nonce }) => nonce), 'an act arrived twice');
    assert.deepEqual(peer.received.map(({ act }) => act.counter).sort(), [1, 2, 3, 4, 5]);
    const of = Object.fromEntries(peer.received.map(({ title, act }) => [title, act]));
    assert.deepEqual(Object.values(kPeople).flat().map((title) => of[title].answer), ['signed', 'signed', 'refused', 'signed', 'deferred']);
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
    await visit.end();
  });
});

describe('what came of it', () => {
  it('is told apart in words: kept here, received, sealed; refused and set aside with the way out', async () => {
    const visit = await goOnVisit({ people: { [kRamon]: ['Un', 'Dos', 'Tres', 'Quatre'] } });
    const { peer, tablet } = visit;
    await peer.vanish();
    await handOver(tablet, kRamon, 'none');
    for (let at = 0; at < 4; at += 1) {
      await answerAll(tablet);
      if (at === 0) {
        await press(tablet, 'sign');
        await screen(tablet, 'method');
        assert.doesNotMatch(await tablet.page.locator('.answers').innerText(), /comprovat/, 'nobody checked who it is');
        await press(tablet, 'back');
      }
      await signByButton(tablet);
      assert.equal(await tablet.page.locator('main h1').innerText(), 'Desat en aquesta tauleta');
      if (at === 0) {
        await shot(tablet, 'tablet-2-kept');
        await barriers(tablet, 'kept');
      }
      if (at < 3) {
        await press(tablet, 'continue');
      }
    }
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
    assert.equal(await tablet.page.locator('section.visit').count(), 0);
    const { text } = await readStore(tablet);
    assert.ok(!text.includes(`own/${peer.packed[0].visit.id}`), 'nothing of the visit stays');
    assert.deepEqual(tablet.faults, []);
    await visit.end();
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
      await page.locator('main input[value="id-seen"]').check();
      await press(tablet, 'continue');
      await screen(tablet, 'welcome');
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
