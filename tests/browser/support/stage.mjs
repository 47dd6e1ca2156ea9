// One browser a file; for each test a tablet before the page, and a stand-in for the service behind it.
import { after, afterEach, before, beforeEach } from 'node:test';
import { makeCustodians } from './custodians.mjs';
import { startDouble } from './double.mjs';
import { openBrowser, openTablet, press, screen } from './browser.mjs';

export const kAct = 'POST /api/v1/visit/act';
export const kChoices = ['grant', 'informed'];

/** Sets the stage for the tests of a file; what it returns is filled in anew before each of them. */
export function setStage() {
  const stage = {
    browser: null, double: null, tablet: null,
    open: () => stage.tablet.page.goto(stage.double.link),
    heading: () => stage.tablet.page.locator('main h1').innerText(),
    /** Presses "I sign" and waits for the end; the act that arrived. */
    async sign() {
      await press(stage.tablet, 'sign');
      await screen(stage.tablet, 'done');
      return stage.double.sent(kAct)[0].body;
    },
  };
  let custodians;
  before(async () => {
    stage.browser = await openBrowser();
    custodians = makeCustodians();
    stage.custodians = custodians;
  });
  after(async () => {
    await stage.browser.close();
    custodians.remove();
  });
  beforeEach(async () => {
    stage.double = await startDouble({ custody: custodians.recipients });
    stage.tablet = await openTablet(stage.browser);
  });
  afterEach(async () => {
    await stage.tablet.close();
    await stage.double.stop();
  });
  return stage;
}
