// A child of twelve: his mother decides for him, his father objects, and at fourteen he decides himself. On the real service, on the pages
// of whoever works with him, of his mother and of himself; what must hold is asserted where it must.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, openTablet, press, screen, shot, toPaper } from './support/browser.mjs';
import { deskOf } from './support/desk.mjs';
import { kKinds, readOpenings } from './support/log.mjs';
import { Logins, siteOf, takeRole } from './support/logins.mjs';
import { bin, outcome, startSegelld } from './support/segelld.mjs';
import { evaluate, prepareVisit } from './support/visit_request.mjs';

const kView = 'M’agrada, però sense fotos al futbol.';
const work = mkdtempSync(join(tmpdir(), 'segell-guardian-'));
const segell = (...words) => outcome(join(bin, 'segell'), ...words);
/** What people read: without the marks that keep names of another direction apart. */
const plain = (text) => text.replace(/[\u2066-\u2069]/g, '');
const images = (recipient) => ({ purpose: 'activity-images', category: 'image.person', recipient });
/** The same day, that many years ago. */
const yearsAgo = (years) => {
  const day = new Date();
  day.setFullYear(day.getFullYear() - years);
  return day.toISOString().slice(0, 10);
};
let service, browser, logins, desk, nil;

before(async () => {
  [service, browser] = await Promise.all([
    startSegelld({
      timestamps: null, persons: { nil: 'Nil Inventat', laia: 'Laia Inventada', pare: 'Pare Inventat', veina: 'Veïna Fictícia' },
      accounts: [
        { name: 'marta', shown: 'Marta Inventada', role: 'professional', works: ['nil', 'laia', 'pare', 'veina'] },
        { name: 'laia', shown: 'Laia', role: 'citizen', person: 'laia', alsoFor: 'nil' },
        { name: 'pare', shown: 'Pare', role: 'citizen', person: 'pare', alsoFor: 'nil' },
        { name: 'veina', shown: 'Veïna', role: 'citizen', person: 'veina', alsoFor: 'nil' },
        { name: 'nil', shown: 'Nil', role: 'citizen', person: 'nil' },
      ],
      more: {
        'login.second-factor-for-staff': 'no', 'tenant.data-protection.officer': 'dpd@exemple.example',
        'tenant.data-protection.authority': 'APDCAT', 'tenant.data-protection.second-layer': 'https://exemple.example/dades',
      },
    }),
    openBrowser(),
  ]);
  nil = { id: service.persons.nil };
  logins = new Logins(service, browser);
  await service.ask('POST', '/api/v1/notices', { key: 'images-of-minors', language: 'ca', title: 'Imatges', text: 'Qui les fa servir i per a què.' });
  desk = await logins.open('marta', 'desk');
  await screen(desk, 'list');
});
after(async () => {
  await browser?.close();
  rmSync(work, { recursive: true });
  assert.equal(await service?.stop(), 0);
});

const still = (tablet) => tablet.page.locator('main[aria-busy="false"]').waitFor();
const words = async (tablet) => plain(await tablet.page.locator('main').innerText());
const named = (tablet, name, role = 'button') => tablet.page.getByRole('main').getByRole(role, { name });
const may = async (recipient) => {
  const { decision, context } = await evaluate(service, nil, images(recipient));
  return decision ? 'permit' : context.reason;
};
const fill = async (fields) => {
  for (const [label, value] of Object.entries(fields)) {
    await desk.page.getByLabel(label, { exact: true }).fill(value);
  }
};
const search = async (name) => {
  await desk.page.getByLabel('Què busqueu?').fill(name);
  await named(desk, 'Cerca').click();
};
/** Back to the list, by whatever the screen offers. */
async function toList() {
  const at = () => desk.page.locator('main').getAttribute('data-at');
  for (let before = await at(); before !== 'list'; before = await at()) {
    await named(desk, /^(Peticions|Torna a la llista|Torna enrere)$/).first().click();
    await desk.page.waitForFunction((was) => document.querySelector('main').dataset.at !== was, before);
  }
  await still(desk);
}
/** The panel of who decides for Nil, by the way that a professional goes. */
async function toDeciders() {
  await toList();
  await named(desk, 'Demana una signatura').click();
  await screen(desk, 'who');
  await search('Nil');
  await named(desk, /^Qui decideix: Nil/).click();
  await screen(desk, 'deciders');
}
/** What stands on the panel of that representative. */
const card = (name) => desk.page.locator('li[data-representation]', { hasText: name });

async function represent(name, reference) {
  await named(desk, 'Afegeix qui la representa').click();
  await screen(desk, 'representative');
  await search(name);
  await named(desk, `És aquesta persona: ${name}`).click();
  await screen(desk, 'represent');
  await desk.page.getByLabel('Número o referència').fill(reference);
  await named(desk, 'He vist el document', 'checkbox').check();
  await named(desk, 'Desa-ho').click();
  await screen(desk, 'deciders');
}

async function sayBirthDate(date) {
  await named(desk, /data de naixement/).click();
  await screen(desk, 'birth-date');
  await desk.page.getByLabel('Data de naixement', { exact: true }).fill(date);
  await desk.page.getByLabel('D’on s’ha llegit').selectOption({ label: 'Del llibre de família' });
  await named(desk, 'Desa-ho').click();
  await screen(desk, 'deciders');
}

/** A paper for Nil with three questions about images, as far as who signs it. */
async function askForActivity() {
  await toList();
  await named(desk, 'Demana una signatura').click();
  await screen(desk, 'who');
  await search('Nil');
  await named(desk, /^Ha de signar: Nil/).click();
  await named(desk, 'Continua').click();
  await screen(desk, 'paper');
  await named(desk, 'Autorització per a una activitat').click();
  await screen(desk, 'fields');
  await fill({
    'Servei': 'Centre obert', 'Activitat': 'Colònies', 'Lloc': 'Mura', 'Comença': '2027-07-01', 'Acaba': '2027-07-05', 'Qui n’és responsable': 'Gemma Inventada',
    'Telèfon de contacte': '900 000 000', 'On es pot canviar d’opinió': 'al taulell',
  });
  await desk.page.getByLabel(/Què en pensa/).fill(kView);
  await named(desk, 'Fotos a les xarxes socials', 'checkbox').uncheck();
  await named(desk, 'Continua').click();
  await screen(desk, 'who-signs');
}

/** From who signs to the links. */
async function make(identities) {
  await screen(desk, 'ways');
  for (const at of identities.keys()) {
    await desk.page.getByLabel('Com sabeu qui és?').nth(at).selectOption({ label: identities[at] });
  }
  await named(desk, 'Prepara-ho').click();
  await screen(desk, 'made', { timeout: 60_000 });
  return desk.page.locator('[data-link]').evaluateAll((all) => all.map((one) => [one.querySelector('h2').textContent, one.dataset.link]));
}

/** A visit with these answers, signed with the button. Returns what its greeting said. */
async function visit(link, choices, look = async () => {}) {
  const tablet = await openTablet(browser);
  await tablet.page.goto(link);
  await screen(tablet, 'welcome');
  const greeting = await words(tablet);
  await barriers(tablet, 'greeting');
  await toPaper(tablet, choices);
  await look(tablet);
  await press(tablet, 'sign');
  await screen(tablet, 'done', { timeout: 60_000 });
  assert.deepEqual(tablet.faults, []);
  await tablet.close();
  return greeting;
}

/** Whoever logs in sees what one of their roles lets them: as the person's representative. */
async function asRepresentative(name) {
  const tablet = await logins.open(name, 'login');
  const taken = await takeRole(tablet, 'representative');
  await tablet.page.goto(`${siteOf(service)}/mine`);
  return { ...tablet, taken };
}
const status = (tablet, path) => tablet.page.evaluate(async (to) => (await fetch(`/api/v1/${to}`)).status, path);

describe('a guardian decides for a child', () => {
  let paper, documentId;

  it('is somebody whom the register knows: how old the child is, who represents him, what shows it', async () => {
    await toDeciders();
    assert.ok((await words(desk)).includes('No consta quan va néixer'));
    await sayBirthDate(yearsAgo(12));
    assert.ok((await words(desk)).includes('Té menys de 14 anys'));
    await represent('Laia Inventada', 'tom 1, pàgina 2');
    await represent('Pare Inventat', 'tom 1, pàgina 2');
    await card('Pare Inventat').waitFor();
    assert.match(await card('Laia Inventada').innerText(), /Val: hi pot signar\.[^]*compartida amb una altra persona[^]*tom 1, pàgina 2 \(vist el/);
    await barriers(desk, 'who decides');
    await shot(desk, 'guardian-deciders');
  });

  it('is asked in the child’s place, with nothing retyped; the child is not offered, and the page says why', async () => {
    await askForActivity();
    const told = await words(desk);
    assert.ok(told.includes('Té menys de 14 anys, i el paper demana permisos: els dona qui representa la persona'), told);
    assert.deepEqual(await desk.page.locator('fieldset[data-person] input').evaluateAll((all) => all.map(({ parentElement }) => parentElement.textContent.trim())),
      ['Laia Inventada, mare o pare', 'Pare Inventat, mare o pare']);
    await barriers(desk, 'who signs');
    await shot(desk, 'guardian-who-signs');
    await named(desk, 'Continua').click();
    await desk.page.getByRole('alert').getByText('Digueu qui signa').waitFor();
    await named(desk, 'Laia Inventada, mare o pare', 'checkbox').check();
    await named(desk, 'Continua').click();
    await screen(desk, 'ways');
    await desk.page.getByLabel('Com sabeu qui és?').selectOption({ label: 'N’he vist el document' });
    await named(desk, 'Prepara-ho').click();
    await desk.page.getByRole('alert').getByText('l’altra persona que té la pàtria potestat').waitFor();
    await desk.page.getByLabel('I l’altra persona que té la pàtria potestat?').selectOption({ label: 'Qui signa diu que l’altra hi està d’acord' });
    await barriers(desk, 'how it is signed');
    const [[name, link]] = await make(['N’he vist el document']);
    assert.equal(plain(name), 'Laia Inventada, per Nil Inventat');
    paper = link;
  });

  it('is nobody else: who has no power is not offered, and is refused by the service', async () => {
    const office = deskOf(service, desk);
    const { requests } = await office.ask('GET', '/api/v1/signature-requests');
    documentId = requests[0].documentId;
    const { representations } = await office.ask('GET', `/api/v1/persons/${nil.id}/representations`);
    const { representation } = await office.ask('POST', `/api/v1/persons/${service.persons.veina}/representations`, {
      representativeId: service.persons.laia, basis: 'power', scope: [], evidence: { kind: 'power', reference: 'x', seen: true },
    });
    for (const [more, code] of [
      [{}, /request\.under-14/], [{ capacity: 'parent' }, /request\.representation-needed/],
      [{ capacity: 'parent', representationId: representation.id, otherHolder: 'declared' }, /representation\.unknown/],
      [{ capacity: 'guardian', representationId: representations[0].id, otherHolder: 'declared' }, /representation\.capacity/],
    ]) {
      await assert.rejects(prepareVisit(office, { known: nil.id, ...more }), code);
    }
    const neighbour = await asRepresentative('veina');
    assert.equal(neighbour.taken, false, 'what is no power of hers is no role of hers');
    assert.ok(!(await words(neighbour)).includes('Nil'));
    assert.equal(await status(neighbour, `documents/${documentId}/content`), 404);
    await neighbour.close();
  });

  it('signs for him, said in so many words, with his own view on the paper; yes to one wall is no to everything else', async () => {
    const greeting = await visit(paper, ['grant', 'refuse', 'refuse'], async (tablet) => {
      const told = await words(tablet);
      assert.ok(told.includes('Signo per a Nil Inventat, com a mare o pare. He llegit el paper'), told);
      await press(tablet, 'as-text');
      await tablet.page.getByText(kView).first().waitFor();
      await barriers(tablet, 'the paper');
      await shot(tablet, 'guardian-paper');
    });
    assert.match(greeting, /Bon dia, Laia Inventada[^]*Avui signeu per a Nil Inventat, com a mare o pare\./);
    assert.deepEqual([await may('centre-wall'), await may('area-website'), await may('press'), await may('area-social-networks')],
      ['permit', 'refused', 'refused', 'not_party']);
    const { octets } = await service.call('GET', `/api/v1/documents/${documentId}/content`);
    writeFileSync(join(work, 'sealed.pdf'), octets);
    const told = (await outcome('pdftotext', '-layout', join(work, 'sealed.pdf'), '-')).stdout.replaceAll(/\s+/g, ' ');
    assert.ok(told.includes('sense fotos al futbol') && /Laia Inventada/.test(told) && /Nil Inventat/.test(told), told);
    assert.match((await outcome('pdfsig', join(work, 'sealed.pdf'))).stdout, /Signature is Valid/);
  });

  it('sees what is the child’s, until a paper is his own matter alone', async () => {
    const own = await prepareVisit(service, { known: nil.id, title: 'Assumpte meu', items: [] });
    const laia = await asRepresentative('laia');
    await screen(laia, 'papers');
    assert.ok((await words(laia)).includes('De Nil Inventat, a qui representeu.'));
    await laia.page.locator(`li[data-paper="${own.document.id}"]`).waitFor();
    await toList();
    await named(desk, 'Torna a mirar').click();
    await named(desk, 'Llegeix el paper: Assumpte meu, Nil Inventat').click();
    await screen(desk, 'reading', { timeout: 60_000 });
    await named(desk, 'Fes-lo confidencial').click();
    await screen(desk, 'confiding');
    await named(desk, 'Continua').click();
    await desk.page.getByRole('alert').getByText('Escriviu el motiu').waitFor();
    await desk.page.getByLabel('Motiu').fill('Ho demana ell.');
    await barriers(desk, 'confiding');
    await named(desk, 'Continua').click();
    await screen(desk, 'protect-sure');
    await barriers(desk, 'confiding, sure');
    await named(desk, 'Protegeix-la ara').click();
    await screen(desk, 'list');
    await desk.page.getByText('Queda confidencial.').waitFor();
    await laia.page.reload();
    await screen(laia, 'papers');
    await laia.page.locator(`li[data-paper="${documentId}"]`).waitFor();
    assert.equal(await laia.page.locator(`li[data-paper="${own.document.id}"]`).count(), 0);
    for (const path of ['content', 'notes', 'reading-view']) {
      assert.equal(await status(laia, `documents/${own.document.id}/${path}`), 404, path);
    }
    const told = await laia.page.evaluate(async () => Promise.all(['documents', 'decisions', 'accesses', 'corrections'].map(async (part) => (await fetch(`/api/v1/mine/${part}`)).text())));
    assert.ok(!told.join().includes(own.document.id) && !told.join().includes('Assumpte meu'));
    assert.deepEqual(laia.faults, []);
    await laia.close();
  });

  it('is stopped by the objection of one holder, whatever is newer, until it is taken back; somebody is told to look', async () => {
    await toDeciders();
    await card('Pare Inventat').getByRole('button', { name: /^Diu que no hi està d’acord/ }).click();
    await screen(desk, 'objecting');
    await named(desk, 'Fes-ho constar').click();
    await desk.page.getByRole('alert').getByText('Escriviu el motiu').waitFor();
    await desk.page.getByLabel('Quin dia es va rebre').fill(yearsAgo(0));
    await desk.page.getByLabel('Què ha dit').fill('No vol fotos d’en Nil.');
    await desk.page.getByLabel('A què s’oposa').selectOption({ label: 'Autorització per a una activitat: tot el que demana' });
    await desk.page.getByLabel(/El missatge, en PDF/).setInputFiles({
      name: 'correu.pdf', mimeType: 'application/pdf', buffer: (await service.call('GET', `/api/v1/documents/${documentId}/content`)).octets,
    });
    await barriers(desk, 'objecting');
    await named(desk, 'Fes-ho constar').click();
    await screen(desk, 'deciders');
    assert.match(await words(desk), /S’hi oposa\.[^]*imatges de les activitats[^]*No vol fotos d’en Nil/);
    await shot(desk, 'guardian-objection');
    assert.equal(await may('centre-wall'), 'opposed');

    await toList();
    await named(desk, 'Pendents de resposta').click();
    await screen(desk, 'tasks');
    await still(desk);
    await barriers(desk, 'reviews');
    await shot(desk, 'guardian-reviews');
    await named(desk, /^Obre-la: té un representant que s’hi oposa/).click();
    await screen(desk, 'review');
    await barriers(desk, 'a review');
    await desk.page.getByLabel('Què s’ha fet').fill('La participació continua, sense fotos.');
    await named(desk, 'Desa-ho').click();
    await screen(desk, 'tasks');
    await still(desk);
    // What the objection ended has a recipient: somebody is to tell them.
    await named(desk, /^Obre-la: ha dit que no a un ús de les seves dades/).click();
    await screen(desk, 'review');
    assert.equal(await desk.page.locator('li[data-use]').count(), 1);
    await desk.page.getByLabel(/^Què s’ha fet/).fill('S’ha dit a qui penja les fotos.');
    await named(desk, 'Desa-ho').click();
    await screen(desk, 'tasks');
    await still(desk);
    assert.equal(await desk.page.locator('li[data-review]').count(), 0);

    await toDeciders();
    await named(desk, /^Fi de l’oposició/).click();
    await screen(desk, 'objection-end');
    await named(desk, 'Ho ha retirat la mateixa persona', 'radio').check();
    await desk.page.getByLabel('Motiu').fill('Ha tornat a escriure.');
    await barriers(desk, 'end of an objection');
    await named(desk, 'Desa-ho').click();
    await screen(desk, 'deciders');
    assert.ok((await words(desk)).includes('Ja no s’hi oposa.'));
    assert.equal(await may('centre-wall'), 'permit');
  });

  it('who is excluded from the child can neither sign nor see', async () => {
    const father = await asRepresentative('pare');
    await screen(father, 'papers');
    await deskOf(service, desk).ask('POST', `/api/v1/persons/${nil.id}/protections`, { kind: 'excluded-person', reason: 'Ordre inventada.', login: 'pare' });
    for (const path of ['mine/documents', `documents/${documentId}/content`]) {
      assert.equal(await status(father, path), 404, path);
    }
    await father.close();
    await askForActivity();
    assert.deepEqual(await desk.page.locator('fieldset[data-person] input').count(), 1, 'the mother alone');
    await named(desk, /^Qui decideix: Nil/).click();
    await screen(desk, 'deciders');
    assert.ok(plain(await card('Pare Inventat').innerText()).includes('Una protecció l’exclou: no pot signar'));
    const { representations } = await deskOf(service, desk).ask('GET', `/api/v1/persons/${nil.id}/representations`);
    const { id } = representations.find(({ representativeName }) => representativeName === 'Pare Inventat');
    await assert.rejects(prepareVisit(deskOf(service, desk), { known: nil.id, capacity: 'parent', representationId: id, otherHolder: 'declared' }), /representation\.not-valid/);
  });

  it('at fourteen decides himself: what was allowed for him is no basis any more, and somebody is told to ask him', async () => {
    await sayBirthDate(yearsAgo(14));
    assert.ok((await words(desk)).includes('decideix la persona mateixa'));
    assert.equal(await may('centre-wall'), 'capacity_unclear');
    await askForActivity();
    const told = await words(desk);
    assert.ok(told.includes('Ja té 14 anys: els permisos d’aquest paper els dona la persona mateixa'), told);
    await named(desk, /en nom propi$/, 'checkbox').uncheck();
    await named(desk, 'Laia Inventada, mare o pare', 'checkbox').check();
    await named(desk, 'Continua').click();
    await desk.page.getByRole('alert').getByText('marqueu que signa en nom propi').waitFor();
    await named(desk, /en nom propi$/, 'checkbox').check();
    await named(desk, 'Laia Inventada, mare o pare', 'checkbox').check();
    await named(desk, 'Continua').click();
    await screen(desk, 'ways');
    await desk.page.getByLabel('I l’altra persona que té la pàtria potestat?').selectOption({ label: 'Qui signa diu que l’altra hi està d’acord' });
    const links = await make(['La conec', 'La conec']);
    assert.deepEqual(links.map(([name]) => plain(name)), ['Nil Inventat', 'Laia Inventada, per Nil Inventat'], 'two requests, and his is the first');
    const greeting = await visit(links[0][1], ['grant', 'grant', 'refuse']);
    assert.ok(greeting.includes('Bon dia, Nil Inventat') && !greeting.includes('Laia'), greeting);
    assert.deepEqual([await may('centre-wall'), await may('area-website'), await may('press')], ['permit', 'permit', 'refused']);
    // She signs that he takes part: no question is hers any more.
    const hers = await visit(links[1][1], []);
    assert.match(hers, /Bon dia, Laia Inventada[^]*Avui signeu per a Nil Inventat/);
    assert.equal(await may('centre-wall'), 'permit');
    await toList();
    await named(desk, 'Pendents de resposta').click();
    await screen(desk, 'tasks');
    await named(desk, /^Obre-la: ha fet 14 anys/).waitFor();
    assert.deepEqual(desk.faults, []);
  });

  it('tells him on his own page who decided for him, and that he decides now', async () => {
    const own = await logins.open('nil', 'mine');
    await screen(own, 'papers');
    await press(own, 'show-decisions');
    await screen(own, 'decisions');
    await still(own);
    const told = await words(own);
    assert.ok(told.includes('Ja teniu 14 anys: sobre les vostres dades i la vostra imatge decidiu vós.'), told);
    assert.ok(told.includes('Laia Inventada'), told);
    await own.page.locator('details.notice summary').first().click();
    await barriers(own, 'his decisions');
    await shot(own, 'guardian-mine');
    assert.deepEqual(own.faults, []);
    await own.close();
  });

  it('left the log whole, with every step in it and nobody’s words, names or birthday', async () => {
    const { code, stdout, stderr } = await segell('log', 'fsck', '--kek', join(service.folder, 'kek'), service.data);
    assert.equal(code, 0, stdout + stderr);
    const openings = await readOpenings(segell, service, join(work, 'openings.jsonl'));
    const kinds = openings.map(({ event }) => kKinds[event.get(1)]);
    for (const kind of ['birth-date-recorded', 'representation-recorded', 'holder-objected', 'objection-ended', 'capacity-review-due', 'review-answered', 'representations-listed']) {
      assert.ok(kinds.includes(kind), `${kind} in ${[...new Set(kinds)]}`);
    }
    const represented = openings.filter(({ event }) => kKinds[event.get(1)] === 'decision-recorded' && event.get(160) !== undefined);
    assert.equal(represented.length, 3, 'the mother’s, each with the power by which she decided');
    for (const { raw } of openings) {
      for (const word of ['No vol fotos', 'Ordre inventada', 'Laia', yearsAgo(12), yearsAgo(14), 'tom 1']) {
        assert.ok(!raw.includes(word), word);
      }
    }
  });
});
