// The page of a person's own data and papers, on the real service and with a real login.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, openTablet, screen, shot } from './support/browser.mjs';
import { kPassword, Logins, siteOf } from './support/logins.mjs';
import { outcome, startSegelld } from './support/segelld.mjs';
import { evaluate, prepareVisit, signByButton } from './support/visit_request.mjs';

const kTexts = { income: 'Voleu que consultem la vostra renda', register: 'Consultarem al padró' };
/** What people read: without the marks that keep names of another direction apart. */
const plain = (text) => text.replace(/[\u2066-\u2069]/g, '');
let service, browser, sealed, visit, site, logins;

before(async () => {
  [service, browser] = await Promise.all([
    startSegelld({
      timestamps: null, persons: { aicha: 'Aïcha Fictícia', nil: 'Nil Inventat' },
      accounts: [
        { name: 'aicha', shown: 'Aïcha', role: 'citizen', person: 'aicha' },
        { name: 'nil', shown: 'Nil', role: 'citizen', person: 'nil' },
        { name: 'mare', shown: 'Mare Inventada', role: 'representative', person: 'aicha' },
        { name: 'marta', shown: 'Marta Inventada', role: 'professional' },
        { name: 'delegada', shown: 'Delegada Inventada', role: 'dpo' },
      ],
      more: {
        'login.second-factor-for-staff': 'no', 'tenant.telephone': '900 000 000', 'tenant.data-protection.authority': 'APDCAT, apdcat.example',
        'register.name.1': 'recipient | A09002970 | l’Agència Inventada | la Agencia Inventada | the Invented Agency',
      },
    }),
    openBrowser(),
  ]);
  site = siteOf(service);
  logins = new Logins(service, browser);
  visit = await prepareVisit(service, { known: service.persons.aicha });
  sealed = await signByButton(service, visit);
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

const go = (tablet, act) => tablet.page.locator(`main [data-act="${act}"]`).first().click();
const still = (tablet) => tablet.page.locator('main[aria-busy="false"]').waitFor();
const item = (tablet, text) => tablet.page.locator('li[data-item]', { hasText: text });

/** A browser in which that person is logged in, at this page. */
const open = (name, options) => logins.open(name, 'mine', options);
async function section(tablet, name) {
  await go(tablet, `show-${name}`);
  await screen(tablet, name);
  await still(tablet);
}

describe('my data and papers', () => {
  it('asks for a login first, is reached from it, and tells nobody in the title what it is', async () => {
    const tablet = await openTablet(browser);
    await tablet.page.goto(`${site}/mine`);
    await screen(tablet, 'login');
    assert.equal(await tablet.page.title(), 'Papers');
    await barriers(tablet, 'login first');
    await go(tablet, 'login-page');
    await screen(tablet, 'credentials');
    await tablet.page.locator('[data-act="letter"]').click();
    for (const [field, value] of Object.entries({ username: 'aicha', code: service.codes.aicha, 'new-password': kPassword })) {
      await tablet.page.locator(`[name="${field}"]`).fill(value);
    }
    await tablet.page.keyboard.press('Enter');
    await screen(tablet, 'inside');
    logins.activated.add('aicha');
    await go(tablet, 'mine');
    await screen(tablet, 'papers');
    assert.equal(new URL(tablet.page.url()).pathname + new URL(tablet.page.url()).search, '/mine');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('shows the paper with its verdict in words, reads it on the page and keeps it under a neutral name', async () => {
    const tablet = await open('aicha');
    await screen(tablet, 'papers');
    const paper = tablet.page.locator('li[data-paper]');
    assert.equal(await paper.count(), 1);
    assert.match(plain(await paper.innerText()), /Signat\./);
    await paper.getByText('No s’ha canviat des que es va signar').waitFor();
    const downloading = tablet.page.waitForEvent('download');
    await go(tablet, 'download');
    const download = await downloading;
    assert.match(download.suggestedFilename(), /^document-[0-9A-Z]{4}\.pdf$/);
    assert.deepEqual(readFileSync(await download.path()), sealed.octets);
    await still(tablet);
    await go(tablet, 'read');
    await screen(tablet, 'reading');
    await tablet.page.locator('canvas[data-drawn="1"]').waitFor();
    await tablet.page.locator('[data-act="as-text"]').click();
    await tablet.page.locator('.page-text').getByText('Voleu que consultem la vostra renda').first().waitFor();
    await shot(tablet, 'mine-reading');
    await barriers(tablet, 'reading');
    await go(tablet, 'back');
    await section(tablet, 'accesses');
    const own = await tablet.page.locator('li[data-access="document"]', { hasText: 'Vós' }).count();
    assert.equal(own, 2, 'each opening is in the list, also one’s own');
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('tells who looked by role and organisation, when and why, and no professional by name', async () => {
    const professional = await open('marta');
    await screen(professional, 'nobody');
    await barriers(professional, 'nobody');
    const denied = await professional.page.evaluate((id) => fetch(`/api/v1/documents/${id}/content`).then(({ status }) => status), visit.document.id);
    assert.equal(denied, 404, 'whoever does not work with the person opens nothing');
    await professional.close();
    await evaluate(service, { id: service.persons.aicha });
    const tablet = await open('aicha');
    await section(tablet, 'accesses');
    const told = plain(await tablet.page.locator('main').innerText());
    assert.match(told, /Un programa de Serveis Socials de Vilaexemple · obertura del paper document-[0-9A-Z]{4}\.pdf/);
    assert.match(told, /L’organització l’Agència Inventada · pregunta per les vostres dades/);
    assert.match(told, /Li vam dir que sí/);
    assert.match(told, /La tauleta d’una visita/);
    assert.doesNotMatch(told, /Marta/);
    await shot(tablet, 'mine-accesses');
    await barriers(tablet, 'accesses');
    await tablet.close();
  });

  it('withdraws in three presses, at once; objects with other words; and says so afterwards', async () => {
    const tablet = await open('aicha');
    assert.equal((await evaluate(service, { id: service.persons.aicha })).decision, true);
    await section(tablet, 'decisions');
    await shot(tablet, 'mine-decisions');
    await barriers(tablet, 'decisions');
    assert.match(plain(await item(tablet, kTexts.income).innerText()), /Ara es pot fer servir\. Perquè hi heu donat permís/);
    await item(tablet, kTexts.income).locator('[data-act="withdraw"]').click();
    await screen(tablet, 'ending');
    await barriers(tablet, 'ending');
    await shot(tablet, 'mine-ending');
    // A lost answer: the same press again is the same withdrawal.
    let lost = 0;
    await tablet.page.route('**/withdrawal', async (route) => {
      await route.fetch();
      lost += 1;
      await route.abort();
    }, { times: 1 });
    await go(tablet, 'confirm');
    await tablet.page.getByRole('alert').getByText('S’ha perdut la connexió').waitFor();
    await go(tablet, 'confirm');
    await screen(tablet, 'ended');
    await barriers(tablet, 'ended');
    assert.equal(lost, 1);
    const answer = await evaluate(service, { id: service.persons.aicha });
    assert.deepEqual([answer.decision, answer.context.reason], [false, 'withdrawn']);
    const sent = tablet.requests.filter(({ url }) => url.endsWith('/withdrawal'));
    assert.equal(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size, 1);
    await shot(tablet, 'mine-ended');
    const keep = async () => {
      const keeping = tablet.page.waitForEvent('download');
      await tablet.page.locator('[data-act="receipt"]').first().click();
      const kept = await keeping;
      assert.match(kept.suggestedFilename(), /^receipt-[0-9A-Z]{4}\.pdf$/);
      const path = await kept.path();
      await still(tablet);
      return [(await outcome('pdftotext', path, '-')).stdout, (await outcome('pdfsig', '-nocert', path)).stdout];
    };
    const [words, seal] = await keep();
    assert.match(words, /Aïcha Fictícia va decidir això[^]*Ja no hi dono permís[^]*l’Agència Inventada[^]*900 000 000/);
    assert.match(seal, /Signature is Valid/);
    await go(tablet, 'back');
    await screen(tablet, 'decisions');
    await still(tablet);
    assert.match(plain(await tablet.page.locator('main h2', { hasText: 'Qui ho rep' }).first().innerText()), /Qui ho rep: l’Agència Inventada/);
    assert.match(plain(await item(tablet, kTexts.income).innerText()), /Ara no es pot fer servir\. Heu retirat el permís/);
    // The receipt of any decision is there later too, of the first one as well.
    await item(tablet, kTexts.income).locator('summary').click();
    await item(tablet, kTexts.income).locator('[data-act="receipt"]').last().click();
    await still(tablet);
    await item(tablet, kTexts.income).locator('summary').click();
    assert.equal(await item(tablet, kTexts.income).locator('[data-act="withdraw"]').count(), 0);
    await item(tablet, kTexts.register).locator('[data-act="object"]').click();
    await screen(tablet, 'ending');
    await go(tablet, 'back');
    await screen(tablet, 'decisions');
    assert.match(plain(await item(tablet, kTexts.register).innerText()), /Ara es pot fer servir/, 'going back changes nothing');
    await item(tablet, kTexts.register).locator('[data-act="object"]').click();
    await go(tablet, 'confirm');
    await screen(tablet, 'ended');
    await go(tablet, 'back');
    await still(tablet);
    await item(tablet, kTexts.register).locator('summary').click();
    assert.match(plain(await item(tablet, kTexts.register).innerText()), /us hi vau oposar \(en aquesta pàgina\)/);
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('takes a request for a correction, and shows the answer of whoever is to give it', async () => {
    const tablet = await open('aicha', { locale: 'es-ES' });
    await screen(tablet, 'papers');
    await still(tablet);
    await tablet.page.locator('[data-act="ask"]').first().click();
    await screen(tablet, 'asking');
    await go(tablet, 'send');
    await tablet.page.getByRole('alert').getByText('Escriba qué no es correcto').waitFor();
    await barriers(tablet, 'asking');
    await tablet.page.locator('#words').fill('Mi apellido se escribe de otra manera.\nCon hache.');
    await shot(tablet, 'mine-asking');
    await go(tablet, 'send');
    await screen(tablet, 'asked');
    await barriers(tablet, 'asked');

    const desk = await open('delegada');
    await desk.page.goto(`${site}/desk`);
    const answer = async (how, words) => {
      await screen(desk, 'tasks');
      await still(desk);
      await desk.page.locator('li[data-correction][data-state="open"] [data-act="open"]').first().click();
      await screen(desk, 'correction');
      await go(desk, 'send');
      await desk.page.getByRole('alert').getByText('Trieu si s’accepta o no').waitFor();
      await barriers(desk, 'correction');
      await desk.page.locator(`input[value="${how}"]`).check();
      await desk.page.locator('#words').fill(words);
      await shot(desk, `desk-correction-${how}`);
      await go(desk, 'send');
      await screen(desk, 'tasks');
      await desk.page.getByText('S’ha enviat la resposta.').waitFor();
    };
    await screen(desk, 'tasks');
    await still(desk);
    const listed = plain(await desk.page.locator('main').innerText());
    assert.match(listed, /Espera resposta[^]*Cal respondre abans del/);
    assert.doesNotMatch(listed, /apellido|Aïcha/, 'nobody’s words and no name without an event');
    await barriers(desk, 'tasks');
    await shot(desk, 'desk-tasks');
    await answer('accepted', 'Ya está corregido.');

    await go(tablet, 'back');
    await screen(tablet, 'corrections');
    await tablet.page.getByText('Ya está corregido.').waitFor();
    await go(tablet, 'ask');
    await screen(tablet, 'asking');
    await tablet.page.locator('#words').fill('La conclusión del informe.');
    await go(tablet, 'send');
    await screen(tablet, 'asked');
    await desk.page.reload();
    await answer('refused', 'Es la valoración de quien lo firmó.');
    await desk.close();
    await go(tablet, 'back');
    await screen(tablet, 'corrections');
    assert.match(plain(await tablet.page.locator('li[data-correction="refused"]').innerText()), /valoración[^]*puede reclamar[^]*APDCAT, apdcat\.example[^]*tribunales/);
    await shot(tablet, 'mine-corrections');
    await barriers(tablet, 'corrections');
    await section(tablet, 'accesses');
    assert.match(plain(await tablet.page.locator('li[data-access="correction"]').first().innerText()), /delegada de protección de datos.*lectura de una petición/s);
    await tablet.close();
  });

  it('shows nothing of anybody else, and nothing where there is nothing', async () => {
    const tablet = await open('nil');
    await screen(tablet, 'papers');
    for (const name of ['papers', 'decisions', 'accesses', 'corrections']) {
      await section(tablet, name);
      assert.equal(await tablet.page.locator('main li').count(), 0, name);
    }
    const statuses = await tablet.page.evaluate((id) => Promise.all(['content', 'disclosure'].map((kind) => `documents/${id}/${kind}`)
      .concat(`mine/documents/${id}/verdict`).map((path) => fetch(`/api/v1/${path}`).then(async (answer) => [answer.status, (await answer.json()).code]))), visit.document.id);
    assert.deepEqual(statuses, [[404, 'document.unknown'], [404, 'document.unknown'], [404, 'document.unknown']]);
    await tablet.close();
  });

  it('names the person to whoever represents them', async () => {
    const tablet = await open('mare');
    await screen(tablet, 'papers');
    assert.match(plain(await tablet.page.locator('main').innerText()), /De Aïcha Fictícia, a qui representeu/);
    await tablet.close();
  });

  for (const [how, leave] of [
    ['by its button', (page) => page.locator('[data-act="exit"]').click()],
    ['by Escape, three times', async (page) => { for (let at = 0; at < 3; at += 1) await page.keyboard.press('Escape'); }],
  ]) {
    it(`is left at once ${how}: no way back, and the login is over`, async () => {
      const tablet = await open('aicha');
      await screen(tablet, 'papers');
      await still(tablet);
      const before = (await tablet.context.cookies()).find(({ name }) => name === '__Host-segell');
      const ended = tablet.page.waitForRequest('**/session/end');
      await leave(tablet.page);
      await tablet.page.waitForURL('about:blank');
      await ended;
      await tablet.page.goBack().catch(() => null);
      assert.doesNotMatch(await tablet.page.content(), /Aïcha|Signat/);
      let status = 0;
      for (let at = 0; at < 50 && status !== 401; at += 1) {
        status = (await fetch(`${service.origin}/api/v1/session`, { headers: { Cookie: `__Host-segell=${before.value}` } })).status;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert.equal(status, 401, 'whoever has the cookie has nothing');
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
    });
  }

  it('goes dark when the login ends somewhere else, and keeps nothing in the browser', async () => {
    const tablet = await open('aicha');
    await screen(tablet, 'papers');
    assert.equal(await tablet.page.evaluate(() => localStorage.length + sessionStorage.length), 0);
    const page = await tablet.context.request.get(`${site}/mine`);
    assert.equal(page.headers()['cache-control'], 'no-store');
    await tablet.context.clearCookies();
    await go(tablet, 'show-decisions');
    await screen(tablet, 'login');
    assert.doesNotMatch(plain(await tablet.page.locator('#page').innerText()), /Aïcha|renda|Signat/);
    // No address and no message of the service says whom or what this was about.
    assert.ok(tablet.requests.every(({ url }) => !/aicha|quatre|renda/i.test(url)));
    assert.ok(!/Aïcha|Fictícia|renda/.test(service.messages()));
    await tablet.close();
  });
});

describe('what every page has at its foot', () => {
  it('leads to the statement, whose form needs nobody to be known, and the desk gets it', async () => {
    const pages = readdirSync(new URL('../../web/', import.meta.url)).flatMap((file) => /^(?!accessibility)(\w+)\.html$/.exec(file)?.[1] ?? []);
    assert.ok(pages.length >= 8, pages.join(' '));
    for (const page of pages) {
      const tablet = await openTablet(browser, page === 'mine' ? { viewport: { width: 320, height: 640 } } : {});
      await tablet.page.goto(`${site}/${page}`);
      await tablet.page.locator('footer a').waitFor();
      assert.equal(await tablet.page.locator('footer a').getAttribute('href'), `/accessibility#${page}`);
      if (page === 'mine') {
        await tablet.page.locator('footer a').click();
        await screen(tablet, 'statement');
        await tablet.page.getByText('Serveis Socials de Vilaexemple').waitFor();
        assert.equal(await tablet.page.title(), 'Accessibilitat');
        await barriers(tablet, 'statement');
        await shot(tablet, 'accessibility-narrow');
        await go(tablet, 'tell');
        await screen(tablet, 'form');
        assert.equal(await tablet.page.locator('#page-name').inputValue(), 'mine');
        await go(tablet, 'send');
        await tablet.page.getByRole('alert').getByText('Escriviu què no podeu fer servir').waitFor();
        await tablet.page.locator('#text').fill('No veig el botó.');
        await tablet.page.locator('input[value="phone"]').check();
        await go(tablet, 'send');
        await tablet.page.getByRole('alert').getByText('Escriviu on us podem respondre').waitFor();
        await tablet.page.locator('#contact').fill('600 000 000');
        await barriers(tablet, 'form');
        await shot(tablet, 'accessibility-form');
        await go(tablet, 'send');
        await screen(tablet, 'sent');
        assert.match(plain(await tablet.page.locator('main').innerText()), /Número de l’avís: [0-9A-Z]{8}/);
        await barriers(tablet, 'sent');
        const sent = tablet.requests.find(({ url, method }) => url.endsWith('/api/v1/feedback') && method === 'POST');
        assert.ok(!sent.headers.cookie);
        assert.ok(!sent.headers.referer);
      }
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
    }
    const desk = await open('delegada');
    await desk.page.goto(`${site}/desk`);
    await screen(desk, 'tasks');
    await still(desk);
    await desk.page.locator('li[data-feedback] [data-act="open-feedback"]').click();
    await screen(desk, 'feedback');
    assert.match(plain(await desk.page.locator('main').innerText()), /No veig el botó\.[^]*telèfon:[^]*600 000 000/);
    await barriers(desk, 'feedback');
    await desk.page.locator('#words').fill('Li hem trucat.');
    await go(desk, 'send');
    await screen(desk, 'tasks');
    await still(desk);
    await desk.page.locator('li[data-feedback] [data-act="open-feedback"]').click();
    await screen(desk, 'feedback');
    const after = plain(await desk.page.locator('main').innerText());
    assert.match(after, /Li hem trucat/);
    assert.doesNotMatch(after, /600 000 000/, 'the contact goes with the answer');
    await desk.close();
  });

  it('can be read in Aranese: what it lacks is in Catalan, says so to the eye and to a screen reader', async () => {
    const tablet = await open('aicha', { locale: 'oc' });
    await screen(tablet, 'papers');
    await still(tablet);
    assert.equal(await tablet.page.evaluate(() => document.documentElement.lang), 'oc-aranes');
    assert.equal(await tablet.page.locator('h1').innerText(), 'Es mies dades e papèrs');
    const other = tablet.page.locator('main .other-words').first();
    assert.equal(await other.getAttribute('lang'), 'ca');
    assert.match(await other.evaluate((element) => getComputedStyle(element, '::after').content), /ca/);
    assert.equal(await tablet.page.locator('main').evaluate((main) => main.innerHTML.includes('[object')), false);
    await tablet.page.getByText('sense revisar per cap parlant natiu').waitFor();
    await barriers(tablet, 'aranese');
    await shot(tablet, 'mine-aranese');
    for (const part of ['decisions', 'accesses', 'corrections']) await section(tablet, part);
    await tablet.page.locator('[data-act="language-es"]').click();
    assert.equal(await tablet.page.locator('.other-words').count(), 0);
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });
});

describe('its screens', () => {
  for (const [name, options] of [
    ['wide', { locale: 'en-GB' }],
    ['narrow', { viewport: { width: 320, height: 640 } }],
    // 1280 pixels at 400 % are 320 wide and a quarter as high.
    ['enlarged', { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4, locale: 'es-ES' }],
  ]) {
    it(`have no barrier (${name})`, async () => {
      const tablet = await open('aicha', options);
      await screen(tablet, 'papers');
      await still(tablet);
      for (const part of ['papers', 'decisions', 'accesses', 'corrections']) {
        await section(tablet, part);
        await shot(tablet, `mine-${name}-${part}`);
        await barriers(tablet, part);
      }
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
    });
  }

  it('are gone through with the keyboard alone', async () => {
    const tablet = await open('aicha');
    await screen(tablet, 'papers');
    await still(tablet);
    const focused = () => tablet.page.evaluate(() => document.activeElement?.getAttribute('data-act'));
    const tabTo = async (act) => {
      for (let at = 0; at < 60; at += 1) {
        await tablet.page.keyboard.press('Tab');
        if ((await focused()) === act) return;
      }
      assert.fail(`the keyboard does not reach ${act}`);
    };
    await tabTo('show-corrections');
    await tablet.page.keyboard.press('Enter');
    await screen(tablet, 'corrections');
    assert.equal(await tablet.page.evaluate(() => document.activeElement?.tagName), 'H1', 'the new part is announced');
    await tabTo('ask');
    await tablet.page.keyboard.press('Enter');
    await screen(tablet, 'asking');
    await tablet.close();
  });
});
