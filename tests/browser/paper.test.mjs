// The paper on the Visit page: the page fills it in by itself, draws it, and says its words. The real service, Chromium, poppler.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { answer, barriers, openBrowser, openTablet, press, screen, shot, toPaper } from './support/browser.mjs';
import { startSegelld } from './support/segelld.mjs';
import { prepareVisit } from './support/visit_request.mjs';

let service, browser;
before(async () => {
  [service, browser] = await Promise.all([startSegelld(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  const code = await service?.stop();
  assert.ok(code === undefined || code === 0, `segelld stopped with ${code}`);
});

/** Opens a visit and answers every question; ends before the paper. */
async function decide(link, choices, options) {
  const tablet = await openTablet(browser, options);
  await tablet.page.goto(link);
  await toPaper(tablet, choices);
  return tablet;
}

const asked = (tablet, path) => tablet.requests.filter(({ url }) => url.endsWith(`/api/v1/visit/${path}`));

/** Waits until a page of the paper is drawn and gives the share of dark dots of a region, as parts of its height. */
async function darkOf(tablet, number, from, to) {
  const page = tablet.page.locator('segell-page').nth(number - 1);
  await page.scrollIntoViewIfNeeded();
  const canvas = page.locator(`canvas[data-drawn="${number}"]`);
  await canvas.waitFor();
  return canvas.evaluate((element, [top, bottom]) => {
    const start = Math.round(element.height * top);
    const { data } = element.getContext('2d').getImageData(0, start, element.width, Math.round(element.height * (bottom - top)));
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      count += data[at] < 100 ? 1 : 0;
    }
    return count;
  }, [from, to]);
}

/** A document from a template, ready for the first person. */
async function fromTemplate(language) {
  const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
  await service.ask('POST', '/api/v1/notices', { key: 'images-of-minors', language: 'ca', title: 'Imatges de menors', text: 'Com fem servir les imatges.' });
  const { person: guardian } = await service.ask('POST', '/api/v1/persons', { name: 'Laia Inventada Ficció' });
  const { person } = await service.ask('POST', '/api/v1/persons', { name: 'Núria Inventada', birthDate: '2016-03-01', birthDateSeen: 'family-book' });
  const { representation } = await service.ask('POST', `/api/v1/persons/${person.id}/representations`, {
    representativeId: guardian.id, basis: 'parental-authority', holds: 'sole', scope: [], evidence: { kind: 'family-book', reference: 'Llibre inventat', seen: true },
  });
  const { document } = await service.ask('POST', '/api/v1/templates/minor-activity/documents', {
    language,
    fields: {
      area: 'Serveis socials de Vilaexemple', person: { given_name: 'Núria', surname1: 'Inventada' }, officer: 'dpd@vilaexemple.example',
      authority: 'APDCAT', second_layer: 'https://vilaexemple.example/dades', activity: 'el casal d’estiu', place: 'Centre cívic d’Exemple',
      start: '2027-07-01', end: '2027-07-31', leader: 'Marta Figurada', contact: '900 000 000', withdraw: 'al telèfon 900 000 000',
    },
    items: ['image-wall', 'image-website'].map((item) => ({ item, noticeVersion: 1, validUntil: inDays(300) })),
    signers: [{ signer: 'guardian', name: 'Laia Inventada Ficció' }],
  });
  const { request } = await service.ask('POST', '/api/v1/signature-requests', {
    documentId: document.id, personId: person.id, title: 'Autorització', language: 'ca', capacity: 'parent',
    representationId: representation.id, identityEvidence: { kind: 'id-seen', level: 4 }, methods: ['button', 'drawn'], expiresAt: inDays(1), items: [],
  });
  return { document, link: request.link };
}

describe('a stored document', () => {
  it('is filled in on the tablet: the octets shown are never fetched, and are those that the service makes when it is signed', async () => {
    const visit = await prepareVisit(service);
    const tablet = await decide(visit.link, ['grant', 'object']);
    assert.equal(asked(tablet, 'paper').length, 1);
    assert.equal(asked(tablet, 'choices').length, 0, 'nothing is frozen while it can be taken back');
    const last = await tablet.page.locator('segell-page').count();
    assert.ok(await darkOf(tablet, last, 0.1, 0.7) > 2000, 'the choices are drawn');
    await press(tablet, 'as-text');
    const words = await tablet.page.locator('segell-page').nth(last - 1).innerText();
    const places = ['Agència Tributària', 'La meva decisió: Sí, hi dono permís', 'Consultarem al padró', 'La meva decisió: No vull que ho consulteu.']
      .map((part) => words.indexOf(part));
    assert.ok(places.every((at, index) => at > (places[index - 1] ?? -1)), `each decision follows its question: ${words}`);
    await press(tablet, 'sign');
    await screen(tablet, 'done', { timeout: 60_000 });
    const sent = JSON.parse(asked(tablet, 'choices')[0].body);
    const { octets } = await service.call('GET', `/api/v1/documents/${visit.document.id}/content`);
    assert.equal(createHash('sha256').update(octets.subarray(0, JSON.parse(asked(tablet, 'act')[0].body).shown.length)).digest('hex'), sent.sha256);
    assert.equal(asked(tablet, 'document').length, 0);
    assert.deepEqual(tablet.faults, []);
    await tablet.close();
  });

  it('is taken from the service when the paper did not arrive', async () => {
    const visit = await prepareVisit(service);
    const tablet = await openTablet(browser);
    await tablet.page.route('**/api/v1/visit', async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      body.request.paper.fillIn.base.sha256 = '0'.repeat(64);
      await route.fulfill({ response, json: body });
    });
    await tablet.page.goto(visit.link);
    await screen(tablet, 'welcome');
    await press(tablet, 'begin');
    for (const choice of ['refuse', 'informed']) {
      await answer(tablet, choice);
    }
    await screen(tablet, 'review');
    await press(tablet, 'freeze');
    await screen(tablet, 'reading', { timeout: 60_000 });
    assert.equal(asked(tablet, 'document').length, 1);
    assert.equal('sha256' in JSON.parse(asked(tablet, 'choices')[0].body), false);
    await tablet.close();
  });
});

describe('a document from a template', () => {
  for (const [language, direction] of [['ca', 'ltr'], ['ar', 'rtl']]) {
    it(`is read as its own text (${language}), at every size and width`, async () => {
      const { link } = await fromTemplate(language);
      const tablet = await decide(link, ['grant', 'refuse']);
      assert.ok(await darkOf(tablet, 1, 0, 1) > 2000);
      await shot(tablet, `paper-${language}`);
      await press(tablet, 'as-text');
      const article = tablet.page.locator('.reading-view article');
      await article.waitFor();
      assert.equal(await article.getAttribute('lang'), language);
      assert.equal(await article.getAttribute('dir'), direction);
      assert.equal(await article.locator('.decision.made').count(), 2);
      if (language === 'ca') {
        assert.match(await article.innerText(), /La meva decisió: Sí, hi dono permís fins al dia/);
        assert.match(await article.innerText(), /La meva decisió: No hi dono permís\./);
      }
      const small = await article.locator('p').first().evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
      await tablet.page.locator('[data-act="size-largest"]').click();
      const large = await article.locator('p').first().evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
      assert.ok(large > small * 1.2, `${small} → ${large}`);
      await shot(tablet, `paper-text-${language}`);
      await tablet.page.setViewportSize({ width: 320, height: 640 });
      await barriers(tablet, `reading view (${language})`);
      await shot(tablet, `paper-text-narrow-${language}`);
      assert.deepEqual(tablet.faults, []);
      await tablet.close();
    });
  }

  it('is signed in its own place', async () => {
    const { link, document } = await fromTemplate('ca');
    const tablet = await decide(link, ['defer', 'grant']);
    await press(tablet, 'sign');
    await screen(tablet, 'done', { timeout: 60_000 });
    const described = (await service.ask('GET', `/api/v1/documents/${document.id}`)).document;
    assert.deepEqual(described.revisions.map(({ kind }) => kind), ['original', 'choices', 'act']);
    const { octets } = await service.call('GET', `/api/v1/documents/${document.id}/content`);
    assert.ok(octets.includes('(signature-guardian)'));
    await tablet.close();
  });
});
