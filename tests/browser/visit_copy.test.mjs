// Nobody leaves empty-handed: on the real service, from the end of a visit to the paper, or the phone, that goes home.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, openTablet, press, screen, shot, toPaper } from './support/browser.mjs';
import { readOpenings } from './support/log.mjs';
import { photograph } from './support/camera.mjs';
import { bin, outcome, pki, startSegelld } from './support/segelld.mjs';
import { prepareVisit } from './support/visit_request.mjs';

let service, browser, folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'segell-copy-'));
  [service, browser] = await Promise.all([startSegelld(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
  rmSync(folder, { recursive: true, force: true });
});

async function openVisit({ options = {}, ...wanted } = {}) {
  const visit = await prepareVisit(service, wanted);
  const tablet = await openTablet(browser, options);
  await tablet.page.addInitScript(() => {
    globalThis.printed = 0;
    globalThis.print = () => { globalThis.printed += 1; };
  });
  await tablet.page.goto(visit.link);
  return { visit, tablet };
}

async function sign(tablet) {
  await toPaper(tablet, ['grant', 'informed']);
  await press(tablet, 'sign');
  await screen(tablet, 'done', { timeout: 60_000 });
}

async function say(tablet, act) {
  await toPaper(tablet, ['grant', 'informed']);
  await press(tablet, act);
  await screen(tablet, 'answered');
}

/** What a camera reads from a picture of the screen. */
async function scan(tablet) {
  const path = join(folder, 'screen.png');
  await tablet.page.locator('.qr svg').screenshot({ path });
  return execFileSync('zbarimg', ['--quiet', '--raw', path], { encoding: 'utf8' }).trim();
}

describe('before the tablet goes back', () => {
  it('the slip goes to the person’s own phone: the code on the screen is read by a camera and opens what was decided', async () => {
    const { tablet } = await openVisit();
    await sign(tablet);
    await barriers(tablet, 'done');
    await shot(tablet, 'copy-1-offer');
    await press(tablet, 'copy-phone');
    await screen(tablet, 'copy');
    await shot(tablet, 'copy-2-phone');
    await barriers(tablet, 'phone');
    const link = await scan(tablet);
    assert.match(link, new RegExp(`^${service.origin}/slip#`));
    await press(tablet, 'have');
    await screen(tablet, 'end');
    assert.equal(await tablet.page.locator('.qr').count(), 0, 'nothing of it stays on the tablet');
    await barriers(tablet, 'end');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();

    const phone = await openTablet(browser, { viewport: { width: 390, height: 844 } });
    await phone.page.goto(link);
    await screen(phone, 'slip');
    const [download] = await Promise.all([phone.page.waitForEvent('download'), press(phone, 'save')]);
    assert.match(download.suggestedFilename(), /^slip-[0-9A-Z]{4}\.pdf$/);
    const path = join(folder, 'kept.pdf');
    await download.saveAs(path);
    await phone.page.getByText('El resguard és a les baixades').waitFor();
    const verified = await outcome(join(bin, 'segell'), 'verify', '--trust', join(pki, 'anchors'), path);
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
    assert.match(execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8' }), /Signature is Valid/);
    await phone.close();

    // On paper the code is read as people hold their telephone: askew, in poor light.
    execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', path, join(folder, 'sheet')]);
    writeFileSync(join(folder, 'photograph.png'), await photograph(browser, readFileSync(join(folder, 'sheet.png'))));
    if (process.env.SEGELL_SHOTS) {
      writeFileSync(join(process.env.SEGELL_SHOTS, 'copy-2-photograph.png'), readFileSync(join(folder, 'photograph.png')));
    }
    assert.equal(execFileSync('zbarimg', ['--quiet', '--raw', join(folder, 'photograph.png')], { encoding: 'utf8' }).trim(), link);
  });

  it('the slip is printed: shown, drawn for the printer, and nothing else of the page with it', async () => {
    const { tablet } = await openVisit();
    await sign(tablet);
    await press(tablet, 'copy-printed');
    await screen(tablet, 'copy', { timeout: 60_000 });
    await tablet.page.locator('segell-page canvas[data-drawn]').waitFor();
    await shot(tablet, 'copy-3-printed');
    await barriers(tablet, 'printed');
    await tablet.page.waitForFunction(() => globalThis.printed === 1);
    await press(tablet, 'print');
    assert.equal(await tablet.page.evaluate(() => globalThis.printed), 2, 'it comes by itself, and again when asked');
    const paper = join(folder, 'printed.pdf');
    writeFileSync(paper, await tablet.page.pdf({ preferCSSPageSize: false, format: 'A4' }));
    assert.match(execFileSync('pdfinfo', [paper], { encoding: 'utf8' }), /Pages: +1\n/);
    execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', paper, join(folder, 'printed')]);
    const seen = execFileSync('zbarimg', ['--quiet', '--raw', join(folder, 'printed.png')], { encoding: 'utf8' }).trim();
    assert.match(seen, new RegExp(`^${service.origin}/slip#`), 'the printed code is read by a camera');
    assert.doesNotMatch(execFileSync('pdftotext', [paper, '-'], { encoding: 'utf8' }), /Imprimeix|Surt ràpid/);
    if (process.env.SEGELL_SHOTS) {
      writeFileSync(join(process.env.SEGELL_SHOTS, 'copy-3-on-paper.png'), readFileSync(join(folder, 'printed.png')));
    }
    await press(tablet, 'other');
    await screen(tablet, 'done');
    await press(tablet, 'copy-none');
    await screen(tablet, 'end');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  for (const [act, copy] of [['refuse', 'post'], ['defer', 'phone']]) {
    it(`whoever says "${act}" gets the same choice, and it is recorded`, async () => {
      const { visit, tablet } = await openVisit({ options: { viewport: { width: 320, height: 640 } } });
      await say(tablet, act);
      await barriers(tablet, 'answered');
      await shot(tablet, `copy-4-${act}`);
      await press(tablet, `copy-${copy}`);
      if (copy === 'phone') {
        await screen(tablet, 'copy');
        await shot(tablet, 'copy-5-phone-small');
        await barriers(tablet, 'phone');
        assert.match(await scan(tablet), /\/slip#/);
        await press(tablet, 'have');
      }
      await screen(tablet, 'end');
      await barriers(tablet, 'end');
      await tablet.close();
      const openings = await readOpenings((...words) => outcome(join(bin, 'segell'), ...words), service, join(folder, `openings-${act}`));
      const chosen = openings.filter(({ event }) => event.get(1) === 45);
      assert.equal(chosen.at(-1).event.get(63), copy);
      const slips = (await service.ask('GET', `/api/v1/signature-requests/${visit.request.id}`)).request.slips;
      assert.equal(slips.length, copy === 'phone' ? 1 : 0);
    });
  }

  it('a lost answer makes no second slip', async () => {
    const { visit, tablet } = await openVisit();
    await sign(tablet);
    await tablet.context.route('**/api/v1/visit/copy', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await press(tablet, 'copy-phone');
    await screen(tablet, 'problem');
    await tablet.context.unroute('**/api/v1/visit/copy');
    await press(tablet, 'retry');
    await screen(tablet, 'copy');
    const { request } = await service.ask('GET', `/api/v1/signature-requests/${visit.request.id}`);
    assert.equal(request.slips.length, 1);
    await tablet.close();
  });
});
