// What it costs to take a consent back from the slip, in a real browser against a real segelld: prints one JSON line with the
// screens and taps of a scanned and of a typed code, and with the milliseconds from the last tap to the first denial.
// Usage: node withdraw.mjs ROUNDS (SEGELL_BIN, SEGELL_PKI as for the tests)
import { openBrowser, openTablet, screen } from '../tests/browser/support/browser.mjs';
import { startSegelld } from '../tests/browser/support/segelld.mjs';
import { evaluate, prepareVisit, signByButton } from '../tests/browser/support/visit_request.mjs';

const rounds = Number(process.argv[2] ?? 5);
const [service, browser] = await Promise.all([startSegelld(), openBrowser()]);

async function slipOf() {
  const visit = await prepareVisit(service);
  await signByButton(service, visit);
  const { slip } = await service.ask('POST', `/api/v1/signature-requests/${visit.request.id}/slips`, {});
  return { ...visit, slip };
}

async function openPhone() {
  const phone = await openTablet(browser, { viewport: { width: 390, height: 844 } });
  await phone.page.addInitScript(() => {
    globalThis.cost = { screens: [], taps: 0 };
    const see = () => {
      const at = document.querySelector('main')?.dataset.at;
      if (at !== undefined && at !== 'working' && globalThis.cost.screens.at(-1) !== at) {
        globalThis.cost.screens.push(at);
      }
    };
    new MutationObserver(see).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-at'] });
    document.addEventListener('pointerup', () => { globalThis.cost.taps += 1; }, true);
  });
  return phone;
}

/** From the open page to the denial; milliseconds of the effect, and what it cost. */
async function takeBack(phone, visit) {
  const tap = (act) => phone.page.locator(`main [data-act="${act}"]`).first().tap();
  await screen(phone, 'slip');
  await tap('withdraw');
  await phone.page.locator('[data-asking]').waitFor();
  const begin = performance.now();
  const tapped = tap('confirm');
  for (;;) {
    const { decision, context } = await evaluate(service, visit.person);
    if (!decision) {
      if (context.reason !== 'withdrawn') {
        throw new Error(`denied for ${context.reason}`);
      }
      break;
    }
  }
  const effect = performance.now() - begin;
  await tapped;
  await screen(phone, 'done');
  const { screens, taps } = await phone.page.evaluate(() => globalThis.cost);
  await phone.close();
  return { screens: screens.length, taps, effect };
}

try {
  const scanned = [];
  for (let round = 0; round < rounds; round += 1) {
    const visit = await slipOf();
    const phone = await openPhone();
    await phone.page.goto(visit.slip.link);
    scanned.push(await takeBack(phone, visit));
  }
  const visit = await slipOf();
  const phone = await openPhone();
  await phone.page.goto(`${service.origin}/slip`);
  await screen(phone, 'code');
  await phone.page.locator('#code').tap();
  await phone.page.locator('#code').fill(visit.slip.code);
  await phone.page.locator('main [data-act="continue"]').tap();
  const typed = await takeBack(phone, visit);
  const effects = [...scanned, typed].map(({ effect }) => effect).sort((a, b) => a - b);
  const most = (key) => Math.max(...scanned.map((round) => round[key]));
  console.log(JSON.stringify({
    screens: most('screens'), taps: most('taps'), typedScreens: typed.screens, typedTaps: typed.taps,
    effect: effects[Math.floor(effects.length / 2)], slowest: effects.at(-1),
  }));
} finally {
  await browser.close();
  await service.stop();
}
