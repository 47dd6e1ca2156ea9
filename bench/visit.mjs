// What a visit costs the people in it: a professional and one person, three documents with two decisions each, on a slow tablet with a slow
// network, against a real segelld. Prints one JSON line: milliseconds waited for the machine, and taps. The page itself notes each tap and when
// the screen last changed after it, so that the time in which a person reads or draws is not in it.
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
  const requests = [];
  let known;
  for (let made = 0; made < kDocuments; made += 1) {
    const { request, person } = await prepareVisit(desk, known === undefined ? { name: kPerson } : { known });
    known = person.id;
    requests.push(request.id);
  }
  const { devices } = await desk.ask('GET', '/api/v1/devices');
  await desk.ask('POST', '/api/v1/visits', {
    device: devices[0].id, requests, expiresAt: new Date(Date.now() + 43_200_000).toISOString().replace(/\.\d+Z$/, 'Z'),
  });
}

async function slow({ cdp }) {
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: kRoundTrip, downloadThroughput: -1, uploadThroughput: -1 });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: kSlowdown });
}

async function signOne(tablet, isLast) {
  const tap = (act) => tablet.page.locator(`main [data-act="${act}"]`).first().tap();
  const answer = (value) => tablet.page.locator(`main input[type=radio][value="${value}"]`).tap();
  await screen(tablet, 'welcome');
  await tap('begin');
  for (const choice of kChoices) {
    await tablet.page.locator(`main input[value="${choice}"]`).waitFor();
    await answer(choice);
    await tap('continue');
  }
  await screen(tablet, 'review');
  await tap('freeze');
  await screen(tablet, 'reading', { timeout: 60_000 });
  await tap('sign');
  await screen(tablet, 'method');
  await answer('drawn');
  await tap('continue');
  await screen(tablet, 'ink');
  await tablet.page.locator('segell-ink canvas').scrollIntoViewIfNeeded();
  await drawWithPen(tablet, signature());
  await tap('sign');
  await screen(tablet, 'done', { timeout: 60_000 });
  if (!isLast) {
    await tap('continue');
  }
}

try {
  const tablet = await openVisitTablet(browser);
  await prepared(tablet);
  await tablet.page.addInitScript(noteCost);
  await tablet.page.reload();
  await slow(tablet);
  await unlock(tablet);
  await press(tablet, 'fetch');
  await tablet.page.locator('section.visit').waitFor({ timeout: 60_000 });
  await handOver(tablet, kPerson, 'id-seen');
  await screen(tablet, 'welcome');
  const professional = await costOf(tablet);
  for (let signed = 0; signed < kDocuments; signed += 1) {
    await signOne(tablet, signed === kDocuments - 1);
  }
  const both = await costOf(tablet);
  const waits = both.waits.slice(professional.waits.length);
  if (process.env.SEGELL_BENCH_WAITS) {
    console.error(waits.map(Math.round).join(' '));
  }
  console.log(JSON.stringify({
    wait: waits.reduce((sum, one) => sum + one, 0), longest: Math.max(...waits), documents: kDocuments, decisions: kDocuments * kChoices.length,
    taps: both.taps - professional.taps, keys: both.keys - professional.keys, professional: professional.taps,
  }));
} finally {
  await browser.close();
  await service.stop();
}
