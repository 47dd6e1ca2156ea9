// The page that the printed code leads to, on the real service: whoever holds the file learns whether it changed. And what the
// pages may do at all: the policy of the real service, and that it holds.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, openTablet, screen, shot } from './support/browser.mjs';
import { bin, outcome, pki, startSegelld } from './support/segelld.mjs';
import { prepareVisit, signByButton } from './support/visit_request.mjs';
import { filesBelow } from './support/traces.mjs';
import { attribute, counterSignature, signedData } from '../trust/lab/cms.mjs';
import { tlv } from '../trust/lab/der.mjs';
import { certificate, profiles } from '../trust/lab/x509.mjs';

let service, browser, paper, other;

before(async () => {
  [service, browser] = await Promise.all([startSegelld(), openBrowser()]);
  paper = await signByButton(service, await prepareVisit(service));
  other = await signByButton(service, await prepareVisit(service, { name: 'Roser Exemple Inventada' }));
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

/** A message whose signature two people signed in turn, one of them another value, and whose first signature a third one. */
function countersigned() {
  const people = ['Ajuntament d’Exemple', 'Secretaria d’Exemple', 'Intervenció d’Exemple', 'Arxiu d’Exemple'].map((commonName) =>
    certificate({ commonName, from: new Date('2026-01-01T00:00:00Z'), until: new Date('2040-01-01T00:00:00Z'), extensions: profiles.signer() }));
  const [council, secretary, auditor, archive] = people;
  const signingTime = attribute('1.2.840.113549.1.9.5', tlv(0x17, Buffer.from('261121100000Z')));
  return signedData(council, Buffer.from('Informe d’exemple'), { detached: false, certificates: people, unsigned: (value) => [
    counterSignature(secretary, value, { unsigned: (inner) => [counterSignature(archive, inner)] }), counterSignature(auditor, Buffer.alloc(64, 7), { attributes: (usual) => [...usual, signingTime] })] });
}

const pdf = (buffer) => ({ name: 'paper.pdf', mimeType: 'application/pdf', buffer });
const changed = () => {
  const octets = Buffer.from(paper.octets);
  octets[Math.floor(paper.shown / 2)] ^= 1;
  return octets;
};

async function open({ code, locale = 'ca-ES', ...options } = {}) {
  const tablet = await openTablet(browser, { locale, ...options });
  await tablet.page.goto(`${service.origin}/check${code ? `#${code}` : ''}`);
  await screen(tablet, 'choose');
  return tablet;
}
async function give(tablet, given) {
  await tablet.page.locator('input[type=file]').setInputFiles(Buffer.isBuffer(given) ? pdf(given) : given);
  await screen(tablet, 'verdict', { timeout: 30_000 });
  return { heading: await tablet.page.locator('main h1').innerText(), text: (await tablet.page.locator('main').innerText()).replace(/[\u2068\u2069]/g, '') };
}

describe('the paper in the hand', () => {
  it('has not changed: says so, who, how, when, and what is not proven, and that its code is the printed one', async () => {
    const tablet = await open({ code: paper.code });
    assert.equal(await tablet.page.locator('#code').inputValue(), paper.code);
    const { heading, text } = await give(tablet, paper.octets);
    assert.equal(heading, 'No s’ha canviat des que es va signar');
    for (const words of ['segellat per', 'que declara que una persona (nom no revelat) ho va confirmar amb un botó i que hi està d’acord',
      'provat per un segell de temps', 'Nivell d’evidència', 'que la persona signés de la seva mà', 'És el mateix codi']) {
      assert.ok(text.includes(words), `${words} in ${text}`);
    }
    assert.equal(await tablet.page.locator('[data-code]').getAttribute('data-code'), 'same');
    assert.equal(await tablet.page.evaluate(() => document.activeElement?.matches('main h1')), true, 'the verdict is read out first');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('is another paper than the one whose code was scanned', async () => {
    const tablet = await open({ code: other.code.toLowerCase().replaceAll('-', '') });
    const { heading } = await give(tablet, paper.octets);
    assert.equal(heading, 'No s’ha canviat des que es va signar');
    assert.equal(await tablet.page.locator('[data-code]').getAttribute('data-code'), 'other');
    assert.ok((await tablet.page.locator('[data-code]').innerText()).includes('és d’un altre paper'));
    await tablet.close();
  });

  it('has the code that is typed from it, however it is typed; and a slip is named before the file is sent', async () => {
    const tablet = await open();
    const { page } = tablet;
    // every other sign is found (ISO/IEC 7064); of two signs turned, one pair in five hundred is not
    const slipped = (paper.code[0] === 'A' ? 'B' : 'A') + paper.code.slice(1);
    for (const [typed, words] of [[paper.code.slice(0, 12), 'El codi no és sencer'], [slipped, 'Aquest codi no pot ser']]) {
      await page.locator('#code').fill(typed);
      await page.keyboard.press('Tab');
      await page.getByRole('alert').getByText(words).waitFor();
      assert.equal(await page.locator('#code').inputValue(), typed, 'what was typed stays, to be compared');
      await barriers(tablet, words);
    }
    await page.locator('#code').fill(` ${paper.code.toLowerCase().replaceAll('-', ' ')} `);
    await page.keyboard.press('Enter');
    await page.getByText('El codi sol no demostra res').waitFor();
    assert.equal(await page.locator('#code').inputValue(), paper.code);
    await give(tablet, paper.octets);
    assert.equal(await page.locator('[data-code]').getAttribute('data-code'), 'same');
    await tablet.close();
  });

  it('was changed: says so first, and vouches for no code', async () => {
    const tablet = await open({ code: paper.code });
    const { heading, text } = await give(tablet, changed());
    assert.equal(heading, 'S’ha canviat després de signar-se');
    assert.match(text, /el contingut signat ha canviat/);
    assert.match(text, /No podem dir si aquest fitxer és el paper d’aquest codi/);
    assert.equal(await tablet.page.locator('[data-code="same"]').count(), 0);
    await tablet.close();
  });

  it('carries no signature, or is no PDF at all: says which, and the next file can be checked', async () => {
    const tablet = await open();
    const unsigned = await give(tablet, paper.octets.subarray(0, paper.shown));
    assert.equal(unsigned.heading, 'No hi ha cap signatura');
    await tablet.page.locator('[data-act="again"]').click();
    for (const octets of [Buffer.from('PK\x03\x04 no PDF'), Buffer.alloc(0)]) {
      const { heading } = await give(tablet, octets);
      assert.match(heading, /^No s’ha pogut llegir$|^No hi ha cap signatura$/);
      await tablet.page.locator('[data-act="again"]').click();
      await screen(tablet, 'choose');
    }
    assert.equal((await give(tablet, paper.octets)).heading, 'No s’ha canviat des que es va signar');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('can be dropped, one at a time', async () => {
    const tablet = await open();
    const drop = (count) => tablet.page.evaluate(([base64, times]) => {
      const data = new DataTransfer();
      const octets = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      for (let at = 0; at < times; at += 1) {
        data.items.add(new File([octets], `paper-${at}.pdf`, { type: 'application/pdf' }));
      }
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }, [paper.octets.toString('base64'), count]);
    await drop(2);
    await tablet.page.getByText('Trieu un sol fitxer').waitFor();
    await drop(1);
    await screen(tablet, 'verdict', { timeout: 30_000 });
    await tablet.close();
  });

  it('is a container, or a signature with its document beside it, as the program makes them; and each thing that is wrong has its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'segell-check-'));
    try {
      const at = (name) => join(folder, name);
      const write = (name, octets) => { writeFileSync(at(name), octets); return at(name); };
      write('informe.txt', 'Informe d’exemple\n'.repeat(250_000));  // too much to be held in memory
      for (const name of ['informe.txt.p7s', 'informe.p7m', 'informe.asice', 'informe.asics']) {
        const { code, stderr } = await outcome(join(bin, 'segell'), 'seal', '--key', `${pki}/seal-p256.key`, '--cert', `${pki}/seal-p256.pem`, '--chain', `${pki}/issuing.pem`, '-o', at(name), at('informe.txt'));
        assert.equal(code, 0, stderr);
      }
      const longer = write('longer.asice', Buffer.concat([readFileSync(at('informe.asice')), Buffer.from('més')]));
      const tablet = await open({ viewport: { width: 320, height: 640 } });
      const unchanged = 'No s’ha canviat des que es va signar';
      for (const [label, files, words, more] of [
        ['detached', [at('informe.txt'), at('informe.txt.p7s')], unchanged, 'segellat per'],
        ['alone', [at('informe.txt.p7s')], 'No ho podem saber', 'Trieu-los tots dos alhora'],
        ['other-content', [at('informe.txt.p7s'), write('altre.txt', 'Informe')], 'S’ha canviat després de signar-se', 'el contingut signat ha canviat'],
        ['enveloping', [at('informe.p7m')], unchanged, ''],
        ['simple', [at('informe.asics')], unchanged, ''],
        ['container', [at('informe.asice')], unchanged, ''],
        ['hostile', [longer], 'La signatura no és bona', 'no està feta com ha d’estar feta'],
        ['empty', [write('buit.pdf', '')], 'No hi ha cap signatura', ''],
      ]) {
        const { heading, text } = await give(tablet, files);
        assert.equal(heading, words, `${label}: ${text}`);
        assert.ok(text.includes(more), `${label}: ${text}`);
        await shot(tablet, `check-kind-${label}`);
        await barriers(tablet, label);
        await tablet.page.locator('[data-act="again"]').click();
        await screen(tablet, 'choose');
      }
      await tablet.page.locator('input[type=file]').setInputFiles([at('informe.txt'), write('paper.pdf', paper.octets)]);
      await tablet.page.getByText('o dos, si un és la signatura').waitFor();
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says who signed the signature in turn, when, and whether theirs is good', async () => {
    const tablet = await open({ viewport: { width: 320, height: 640 } });
    const { heading, text } = await give(tablet, { name: 'informe.p7m', mimeType: 'application/octet-stream', buffer: countersigned() });
    assert.equal(heading, 'No ho podem saber', 'nobody here trusts the authority of the test');
    assert.match(text, /Signada al seu torn per/);
    const told = (await tablet.page.locator('[data-countersigned]').allInnerTexts()).map((one) => one.replace(/[\u2068\u2069]/g, ''));
    assert.equal(told.length, 3, told.join('\n'));
    assert.match(told[0], /^Secretaria d’Exemple; quan: .*No ho podem saber \(/);
    assert.match(told[1], /^Arxiu d’Exemple; quan: /, 'who signed the secretary’s comes behind it');
    assert.match(told[2], /^Intervenció d’Exemple; quan: .*2026.* \(ho diu qui signa\)\. No és bona \(va signar una altra cosa\)$/);
    await shot(tablet, 'check-countersigned');
    await barriers(tablet, 'countersigned');
    for (const [language, words] of [['es', 'Firmada a su vez por'], ['en', 'Signed in turn by']]) {
      await tablet.page.locator(`[data-act="language-${language}"]`).click();
      await tablet.page.getByText(words).waitFor();
    }
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('may be let go of while it is under way', async () => {
    const tablet = await open();
    let answer;
    await tablet.context.route('**/api/v1/verify', (route) => { answer = () => route.abort(); });
    await tablet.page.locator('input[type=file]').setInputFiles(pdf(paper.octets));
    await screen(tablet, 'working');
    await barriers(tablet, 'working');
    await tablet.page.locator('[data-act="stop"]').click();
    await screen(tablet, 'choose');
    await answer?.();
    await tablet.context.unroute('**/api/v1/verify');
    await give(tablet, paper.octets);
    await tablet.close();
  });

  it('speaks the language of whoever asks, and ignores a fragment that is no code', async () => {
    for (const [locale, words] of [['es-ES', 'No ha cambiado desde que se firmó'], ['en-GB', 'Unchanged since signing']]) {
      const tablet = await open({ locale, code: '<b>x</b>' });
      assert.equal(await tablet.page.locator('#code').inputValue(), '');
      assert.equal((await give(tablet, paper.octets)).heading, words);
      await tablet.close();
    }
  });

  it('says the verdict in each language at a press, the file given once', async () => {
    const tablet = await open();
    await give(tablet, changed());
    for (const [language, words] of [['es', 'Ha cambiado después de firmarse'], ['en', 'Changed afterwards'], ['ca', 'S’ha canviat després de signar-se']]) {
      await tablet.page.locator(`[data-act="language-${language}"]`).click();
      await tablet.page.getByRole('heading', { name: words }).waitFor();
      assert.equal(await tablet.page.evaluate(() => document.documentElement.lang), language);
    }
    await tablet.close();
  });

  it('may be asked again when the service was busy or away', async () => {
    const tablet = await open();
    await tablet.context.route('**/api/v1/verify', (route) => route.fulfill({
      status: 503, contentType: 'application/problem+json', headers: { 'Retry-After': '1' }, body: JSON.stringify({ code: 'verify.busy', requestId: 'r-7F3K' }),
    }));
    await tablet.page.locator('input[type=file]').setInputFiles(pdf(paper.octets));
    await screen(tablet, 'problem');
    assert.match(await tablet.page.locator('main').innerText(), /molt ocupat[^]*r-7F3K/);
    await barriers(tablet, 'problem');
    await tablet.context.unroute('**/api/v1/verify');
    await tablet.page.locator('[data-act="retry"]').click();
    await screen(tablet, 'verdict', { timeout: 30_000 });
    await tablet.close();
  });

  it('stays nowhere: the store and the messages of the service do not know that it was there', async () => {
    const before = filesBelow(service.data).map(({ path, octets }) => `${path} ${octets.length}`);
    const mark = Buffer.from('%PDF-1.7 canary-of-a-stranger');
    const tablet = await open();
    await give(tablet, mark);
    await tablet.close();
    assert.deepEqual(filesBelow(service.data).map(({ path, octets }) => `${path} ${octets.length}`), before);
    assert.ok(filesBelow(service.data).every(({ octets }) => !octets.includes('canary-of-a-stranger')));
    assert.ok(!service.messages().includes('canary-of-a-stranger'));
  });

  for (const [name, options] of [
    ['check', {}], ['check-small', { viewport: { width: 320, height: 640 } }], ['check-forced', { forcedColors: 'active', reducedMotion: 'reduce' }],
  ]) {
    it(`has no barrier on any screen (${name})`, async () => {
      const tablet = await open({ code: paper.code, ...options });
      await shot(tablet, `${name}-1-choose`);
      await barriers(tablet, 'choose');
      for (const [label, octets] of [['2-passed', paper.octets], ['3-changed', changed()], ['4-foreign', Buffer.from('no PDF')]]) {
        await give(tablet, octets);
        await shot(tablet, `${name}-${label}`);
        await barriers(tablet, label);
        await tablet.page.locator('[data-act="again"]').click();
        await screen(tablet, 'choose');
      }
      await tablet.page.locator('[data-act="size-largest"]').click();
      await give(tablet, paper.octets);
      await shot(tablet, `${name}-5-largest`);
      await barriers(tablet, 'largest');
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
    });
  }
});

describe('the code on the paper', () => {
  const ask = async (tablet) => {
    await tablet.page.locator('[data-act="check-code"]').click();
    await screen(tablet, 'code', { timeout: 30_000 });
    return { heading: await tablet.page.locator('main h1').innerText(), text: await tablet.page.locator('main').innerText() };
  };
  const bodies = (tablet) => tablet.requests.filter(({ url }) => url.endsWith('/api/v1/check')).map(({ body }) => body.toString());

  it('tells the verdict on the document that is kept, in words, and nothing of the document', async () => {
    for (const [locale, words] of [['ca-ES', 'No s’ha canviat des que es va signar'], ['es-ES', 'No ha cambiado desde que se firmó'], ['en-GB', 'Unchanged since signing']]) {
      const tablet = await open({ code: paper.code, locale });
      const { heading, text } = await ask(tablet);
      assert.equal(heading, words);
      assert.ok(text.includes(paper.code));
      for (const secret of ['Ramon', 'Inventat', 'Vilaexemple', 'Informació i decisions', 'renda']) {
        assert.ok(!text.includes(secret), secret);
      }
      assert.deepEqual(bodies(tablet), [JSON.stringify({ code: paper.code })]);
      assert.ok(tablet.requests.every(({ url }) => !url.includes(paper.code) || url.includes('#')), 'the code is in no address');
      await shot(tablet, `check-code-${locale}`);
      await barriers(tablet, 'code');
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
    }
  });

  it('that is none of ours: we cannot tell, because the document is missing', async () => {
    const tablet = await open({ code: '23456-789AB-CDEFG-HJKL-MNPQ-RSTH', viewport: { width: 320, height: 640 } });
    const { heading, text } = await ask(tablet);
    assert.equal(heading, 'No ho podem saber');
    assert.match(text, /Falta el document/);
    await shot(tablet, 'check-code-unknown');
    await barriers(tablet, 'unknown code');
    await tablet.page.locator('[data-act="again"]').click();
    await screen(tablet, 'choose');
    await tablet.close();
  });
});

describe('what a page may do', () => {
  for (const path of ['/visit', '/check', '/slip']) {
    it(`is its own scripts and nothing made on the spot (${path})`, async () => {
      const response = await fetch(service.origin + path);
      const policy = response.headers.get('content-security-policy');
      assert.match(policy, /^default-src 'none'; /);
      assert.doesNotMatch(policy, /unsafe|data:|blob:|\*|http/);
      const tablet = await openTablet(browser);
      await tablet.page.goto(service.origin + path);
      const refused = await tablet.page.evaluate(async () => {
        const broken = new Set();
        document.addEventListener('securitypolicyviolation', (event) => broken.add(event.effectiveDirective));
        const address = URL.createObjectURL(new Blob([''], { type: 'text/javascript' }));
        try { new Worker(address); } catch { /* refused at once */ }
        new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
        await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => {});
        await fetch('https://segell.example/').catch(() => {});
        const style = document.createElement('style');
        style.textContent = 'p { color: red }';
        document.head.append(style);
        const frame = document.createElement('iframe');
        frame.src = '/visit';
        document.body.append(frame);
        await new Promise((done) => { setTimeout(done, 500); });
        return [...broken].sort();
      });
      assert.deepEqual(refused, ['connect-src', 'frame-src', 'img-src', 'script-src', 'style-src-elem', 'worker-src']);
      await tablet.close();
    });
  }
});
