// What a visit costs the people in it: a professional and one person, three documents with two decisions each, on a slow tablet with a slow
// network, against a real segelld. Prints one JSON line: milliseconds waited for the machine, and taps, the professional's from her desk on, the
// person's from the greeting until they have what they take along. The page itself notes each tap and when the screen last changed after it,
// so that the time in which a person reads or draws is not in it.
// Usage: node visit.mjs (SEGELL_BIN, SEGELL_PKI as for the tests)
import { drawWithPen, openBrowser, press, screen, signature } from '../tests/browser/support/browser.mjs';
import { deskOf, enrolAtService } from '../tests/browser/support/desk.mjs';
import { handOver, openVisitTablet, unlock } from '../tests/browser/support/offline.mjs';
import { siteOf } from '../tests/browser/support/logins.mjs';
import { startSegelld } from '../tests/browser/support/segelld.mjs';
import { prepareVisit } from '../tests/browser/support/visit_request.mjs';

const kDocuments = 3;
const kChoices = ['grant', 'informed'];
const kPerson = 'Ramon Exemple Inventat';
const kRoundTrip = 400;  // milliseconds
const kSlowdown = 4;

const [service, browser] = await Promise.all([
  startSegelld({ accounts: [{ name: 'marta', shown: 'Marta Inventada', role: 'professional' }] }), openBrowser(),
]);

/** In the page: presses that a finger would make, characters typed, and for each press the milliseconds until the last change of the screen. */
function noteCost() {
  const cost = { taps: 0, keys: 0, waits: [] };
  let from = null;
  new MutationObserver(() => {
    requestAnimationFrame(() => {
      if (from !== null) {
        cost.waits[cost.waits.length - 1] = performance.now() - from;
      }
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });
  document.addEventListener('pointerdown', ({ pointerType }) => {
    if (pointerType === 'pen') {
      from = null;  // what the pen draws is the signature itself
    }
  }, true);
  document.addEventListener('pointerup', ({ pointerType, timeStamp }) => {
    if (pointerType !== 'pen') {
      cost.taps += 1;
      cost.waits.push(0);
      from = timeStamp;
    }
  }, true);
  document.addEventListener('keydown', () => { cost.keys += 1; }, true);
  globalThis.cost = cost;
}

const costOf = ({ page }) => page.evaluate(async () => {
  await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
  return structuredClone(globalThis.cost);
});

async function prepared(tablet) {
  const origin = siteOf(service);
  await enrolAtService(tablet, origin, { name: 'marta', code: service.codes.marta });
  const desk = deskOf(service, tablet);
  let known;
  for (let made = 0; made < kDocuments; made += 1) {
    const { person } = await prepareVisit(desk, known === undefined ? { name: kPerson } : { known });
    known = person.id;
  }
}

/** The professional puts the visit together at her desk; what that cost her. */
async function composed(tablet) {
  await tablet.page.goto(`${siteOf(service)}/desk`);
  await screen(tablet, 'list');
  await tablet.page.locator('main[aria-busy="false"]').waitFor();
  await press(tablet, 'compose');
  await screen(tablet, 'compose');
  await tablet.page.locator('input[name="everything"]').check();
  await press(tablet, 'continue');
  await screen(tablet, 'compose-sure');
  await press(tablet, 'prepare');
  await screen(tablet, 'visits');
  const cost = await costOf(tablet);
  await tablet.page.goto(`${siteOf(service)}/tablet`);
  return cost;
}

async function slow({ cdp }) {
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: kRoundTrip, downloadThroughput: -1, uploadThroughput: -1 });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: kSlowdown });
}

/** As a finger does: when the screen takes presses, and no sooner. */
const tap = async ({ page }, selector) => page.locator(`html:not([data-settling]) main ${selector}`).first().tap();

/** One paper: from its first question to the act, and what came by itself after it. */
async function signOne(tablet, then) {
  for (const choice of kChoices) {
    await tap(tablet, `[data-choice="${choice}"]`);
  }
  await screen(tablet, 'reading', { timeout: 60_000 });
  await tablet.page.locator('.signing').scrollIntoViewIfNeeded();
  await drawWithPen(tablet, signature());
  await tap(tablet, '[data-act="sign"]');
  await screen(tablet, then, { timeout: 60_000 });
}

try {
  const tablet = await openVisitTablet(browser);
  await prepared(tablet);
  await tablet.page.addInitScript(noteCost);
  const desk = await composed(tablet);
  await slow(tablet);
  await unlock(tablet);
  await press(tablet, 'fetch');
  await tablet.page.locator('section.visit').waitFor({ timeout: 60_000 });
  await handOver(tablet, kPerson, 'id-seen');
  await screen(tablet, 'welcome');
  const professional = await costOf(tablet);
  await tap(tablet, '[data-act="begin"]');
  for (let left = kDocuments; left > 0; left -= 1) {
    await signOne(tablet, left > 1 ? 'item' : 'done');
  }
  // What the person takes along, on their own phone: of the choices one that is not over with its tap.
  await tap(tablet, '[data-act="copy-phone"]');
  await screen(tablet, 'copy');
  await tap(tablet, '[data-act="have"]');
  await screen(tablet, 'end');
  const both = await costOf(tablet);
  const waits = both.waits.slice(professional.waits.length);
  if (process.env.SEGELL_BENCH_WAITS) {
    console.error(waits.map(Math.round).join(' '));
  }
  console.log(JSON.stringify({
    wait: waits.reduce((sum, one) => sum + one, 0), longest: Math.max(...waits), documents: kDocuments, decisions: kDocuments * kChoices.length,
    taps: both.taps - professional.taps, keys: both.keys - professional.keys, professional: desk.taps + professional.taps,
  }));
} finally {
  await browser.close();
  await service.stop();
}
