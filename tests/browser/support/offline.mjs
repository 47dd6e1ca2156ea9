// A tablet that goes on a visit: enrolled, with a package on it, and without a network.
import assert from 'node:assert/strict';
import { answer, choose, openTablet, press, screen } from './browser.mjs';
import { startPeer } from './peer.mjs';

export const kPin = 'cirera 58 molí';
export const kRamon = 'Ramon Exemple';
export const kNoor = 'Noor Inventada';
const kPeople = { [kRamon]: ['Informació i decisions', 'Pla de treball', 'Ajuda a domicili'], [kNoor]: ['Autorització', 'Acord'] };

export const fill = async (tablet, values) => {
  for (const [name, value] of Object.entries(values)) {
    await tablet.page.locator(`main [name="${name}"]`).fill(value);
  }
};

/** Enrols the tablet and fetches what waits for it, with the login that is there. */
export async function prepare(tablet, origin, { pin = kPin, label = 'Tauleta 7' } = {}) {
  await tablet.page.goto(`${origin}/tablet`);
  await screen(tablet, 'enrol');
  await fill(tablet, { label, 'new-pin': pin, again: pin });
  await press(tablet, 'continue');
  await screen(tablet, 'list');
  await press(tablet, 'fetch');
  await tablet.page.locator('section.visit').waitFor();
  await tablet.page.getByText('la vostra entrada s’ha tancat').waitFor();
  await tablet.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
}

export async function unlock(tablet, pin = kPin) {
  await screen(tablet, 'locked');
  await fill(tablet, { pin });
  await press(tablet, 'continue');
}

/** To a person; `identity` is asked the first time only. */
export async function handOver(tablet, name, identity = null) {
  await screen(tablet, 'list');
  // By hand: as soon as the screen takes a press, which a list that has just come back does a moment later.
  await tablet.page.locator('html:not([data-settling]) .person', { has: tablet.page.getByRole('heading', { name }) }).locator('[data-act="person"]').click();
  if (identity !== null) {
    await screen(tablet, 'identity');
    await choose(tablet, identity);
    await press(tablet, 'continue');
  }
}

/** From the person back to the list. */
export async function takeBack(tablet) {
  await tablet.page.locator('header [data-act="hand-back"]').click();
  await unlock(tablet);
  await screen(tablet, 'list');
}

/** Everything a person sees that must be there again: the screen, its heading, the question, what was answered, what is drawn. */
export async function standing(tablet) {
  const { page } = tablet;
  await page.locator('main:not([data-at="working"]):not([data-at="opening"]):not([data-at="locked"])').waitFor();
  return page.evaluate(() => ({
    at: document.querySelector('main').dataset.at,
    heading: document.querySelector('main h1')?.textContent,
    step: document.querySelector('main .step')?.textContent ?? null,
    answers: [...document.querySelectorAll('main input:checked, main [data-choice][aria-pressed="true"]')].map((one) => one.value || one.dataset.choice),
    text: [...document.querySelectorAll('main .review strong, main .paper-title, main .code b, main .before p, main .given, main #reason')].map((element) => element.value ?? element.textContent),
  }));
}

/** The page dies as a battery does: its process ends, nothing is asked, nothing is tidied up. The next one is a new page of the tablet. */
export async function die(tablet) {
  const dead = tablet.page;
  const crashed = new Promise((done) => { dead.once('crash', done); });
  tablet.cdp.send('Page.crash').catch(() => {});
  await crashed;
  tablet.page = await tablet.context.newPage();
  tablet.cdp = await tablet.context.newCDPSession(tablet.page);
  tablet.watch(tablet.page);
  await dead.close();
}

/** A tablet whose every page is watched for faults. */
export async function openVisitTablet(browser, options = {}) {
  const tablet = await openTablet(browser, options);
  tablet.watch = (page) => {
    page.on('pageerror', (fault) => tablet.faults.push(`page error: ${fault.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) {
        tablet.faults.push(`console: ${message.text()}`);
      }
    });
  };
  return tablet;
}

/** Every value of the tablet's store as text and as octets; keys as what the browser says of them. */
export async function readStore(tablet) {
  return tablet.page.evaluate(async () => {
    const database = await new Promise((done, failed) => {
      const opening = indexedDB.open('segell-tablet');
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => failed(opening.error);
    });
    const keys = [];
    const texts = [];
    const look = (value) => {
      if (value instanceof CryptoKey) {
        keys.push({ type: value.type, algorithm: value.algorithm.name, extractable: value.extractable });
      } else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
        texts.push(new TextDecoder('latin1').decode(value));
      } else if (typeof value === 'object' && value !== null) {
        Object.values(value).forEach(look);
      } else {
        texts.push(String(value));
      }
    };
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      const read = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
      look(await read(all.getAll()));
      look(await read(all.getAllKeys()));
    }
    database.close();
    return { keys, text: texts.join('\n') };
  });
}

export const stateOf = async (tablet) => tablet.page.locator('[data-state]').evaluateAll((all) => all.map((element) => element.dataset.state));

export function once(values, what) {
  assert.equal(new Set(values).size, values.length, what);
}

/** Where a PIN is typed again and again and none is guessed: the same lock, stretched less. */
export const stretchLess = (tablet) => tablet.context.addInitScript(() => {
  const real = SubtleCrypto.prototype.deriveBits;
  SubtleCrypto.prototype.deriveBits = function deriveBits(algorithm, ...rest) { return real.call(this, { ...algorithm, iterations: 1000 }, ...rest); };
});

/** A peer with a visit for `people` ({ name: [titles] }), and a tablet that carries it. */
export async function goOnVisit(browser, { options = {}, custody = [], people = kPeople, methods, quickPin = false } = {}) {
  const peer = await startPeer({ people, custody, methods });
  const tablet = await openVisitTablet(browser, options);
  if (quickPin) {
    await stretchLess(tablet);
  }
  await prepare(tablet, peer.origin);
  return { peer, tablet, end: async () => { await tablet.close(); await peer.stop(); } };
}

/** The network is back: what the tablet keeps goes out by itself. */
export async function comeBack({ peer, tablet }) {
  await peer.comeBack();
  await tablet.page.evaluate(() => window.dispatchEvent(new Event('online')));
}

/** From where a paper begins, its first screen or its first question, to the paper itself. */
export async function answerAll(tablet, choices = ['grant', 'informed']) {
  await tablet.page.locator('main[data-at="welcome"], main[data-at="item"]').waitFor();
  if (await tablet.page.locator('main[data-at="welcome"]').count() > 0) {
    await press(tablet, 'begin');
  }
  for (const choice of choices) {
    await screen(tablet, 'item');
    await answer(tablet, choice);
  }
  await screen(tablet, 'reading');
}

/** Signs with the button alone: on to `then`, the last paper's end or the next one's first question. */
export async function signByButton(tablet, then = 'done') {
  await press(tablet, 'sign');
  await screen(tablet, then);
}
