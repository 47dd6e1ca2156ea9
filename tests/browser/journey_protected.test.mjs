// A woman who must not be found, her child, and the father: he is excluded, asks for the child's papers all the same, and learns nothing;
// her page shows that somebody tried. On the real service; that no exit says the address is tests/http/leak.mjs's.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, openTablet, press, screen, shot } from './support/browser.mjs';
import { deskOf } from './support/desk.mjs';
import { Logins } from './support/logins.mjs';
import { startSegelld } from './support/segelld.mjs';
import { prepareVisit, signByButton } from './support/visit_request.mjs';

const kAddress = 'Carrer de la Casa Amagada 17';
const kReason = 'Ordre de protecció inventada.';
/** What people read: without the marks that keep names of another direction apart. */
const plain = (text) => text.replace(/[\u2066-\u2069]/g, '');
let service, browser, logins, visit, code;

before(async () => {
  [service, browser] = await Promise.all([
    startSegelld({
      timestamps: null, persons: { nil: 'Nil Inventat' },
      accounts: [
        { name: 'marta', shown: 'Marta Inventada', role: 'professional', works: ['nil'] },
        { name: 'referent', shown: 'Referent Inventada', role: 'referent', works: ['nil'] },
        { name: 'delegada', shown: 'Delegada Inventada', role: 'dpo' },
        { name: 'mare', shown: 'Mare Inventada', role: 'representative', person: 'nil' },
        { name: 'pare', shown: 'Pare Inventat', role: 'representative', person: 'nil' },
      ],
      more: { 'login.second-factor-for-staff': 'no' },
    }),
    openBrowser(),
  ]);
  logins = new Logins(service, browser);
  visit = await prepareVisit(service, { known: service.persons.nil });
  ({ code } = await signByButton(service, visit));
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

const still = (tablet) => tablet.page.locator('main[aria-busy="false"]').waitFor();
const words = async (tablet) => plain(await tablet.page.locator('main').innerText());
/** An answer as the page gets it, but for the number of the call. */
const answer = (tablet, path) => tablet.page.evaluate(async (to) => {
  const response = await fetch(`/api/v1/${to}`);
  const headers = [...response.headers].filter(([name]) => !['x-request-id', 'date'].includes(name));
  return JSON.stringify([response.status, headers, (await response.text()).replace(/"requestId":"[^"]*"/, '')]);
}, path);

describe('somebody who must not be found', () => {
  let father;

  it('is protected by the professional who knows why, from that moment on', async () => {
    father = await logins.open('pare', 'mine');
    await screen(father, 'papers');
    await father.page.locator(`li[data-paper="${visit.document.id}"]`).waitFor();
    const tablet = await logins.open('marta', 'desk');
    await screen(tablet, 'list');
    const desk = deskOf(service, tablet);
    await desk.ask('POST', `/api/v1/persons/${service.persons.nil}/protections`, { kind: 'excluded-person', reason: kReason, login: 'pare' });
    await desk.ask('POST', `/api/v1/persons/${service.persons.nil}/protections`, { kind: 'address', reason: kReason, address: kAddress });
    await tablet.close();
  });

  it('is not there for the father: each answer is that about a paper that never was, octet for octet', async () => {
    const absent = [...visit.document.id].map((sign) => (sign === '0' ? '1' : '0')).join('');
    for (const path of ['content', 'disclosure', 'notes', 'reading-view', '']) {
      const [his, nobodys] = await Promise.all([visit.document.id, absent].map((id) => answer(father, `documents/${id}${path && `/${path}`}`)));
      assert.equal(his, nobodys, path);
      assert.equal(JSON.parse(his)[0], 404);
    }
    assert.equal(await answer(father, `mine/documents/${visit.document.id}/verdict`), await answer(father, `mine/documents/${absent}/verdict`));
    const list = await answer(father, 'mine/documents');
    assert.equal(JSON.parse(list)[0], 404);
    await father.page.reload();
    await father.page.locator('main[data-at="nobody"], main[data-at="login"]').first().waitFor();
    assert.ok(!(await words(father)).includes('Nil'));
    assert.ok(!(await father.page.title()).includes('Nil'));
    await father.close();
  });

  it('sees that somebody tried, in neutral words: neither who, nor that anything is kept from them', async () => {
    const mother = await logins.open('mare', 'mine');
    await screen(mother, 'papers');
    await press(mother, 'show-accesses');
    await screen(mother, 'accesses');
    await still(mother);
    const attempts = mother.page.locator('li[data-access="attempt"]');
    assert.equal(await attempts.count(), 1, 'many tries in one moment are one entry');
    const told = plain(await attempts.innerText());
    assert.match(told, /Algú\s+· va voler veure aquest paper i no va poder/);
    assert.match(told, /No n’ha vist res/);
    assert.ok(!/Pare|exclòs|protecció/i.test(told), told);
    await barriers(mother, 'an attempt');
    await shot(mother, 'protected-attempt');
    assert.deepEqual(mother.faults, []);
    await mother.close();
  });

  it('is told by the printed code as a verdict, and nothing else', async () => {
    const anyone = await openTablet(browser);
    await anyone.page.goto(`${service.origin}/check#${code}`);
    await screen(anyone, 'choose');
    await press(anyone, 'check-code');
    await screen(anyone, 'code', { timeout: 30_000 });
    const told = await words(anyone);
    assert.ok(told.includes('No s’ha canviat des que es va signar') && !/Nil|renda|padró|beca/.test(told), told);
    await anyone.close();
  });

  it('loses no protection by one person alone', async () => {
    const referent = await logins.open('referent', 'desk');
    await screen(referent, 'list');
    const desk = deskOf(service, referent);
    const { protections } = await desk.ask('GET', '/api/v1/protections');
    const { id } = protections.find(({ kind }) => kind === 'excluded-person');
    await desk.ask('POST', `/api/v1/protections/${id}/removal`, { reason: 'Ja no cal, sembla.' });
    await assert.rejects(desk.ask('POST', `/api/v1/protections/${id}/removal`, { reason: 'Ja no cal.' }), /protection\.second-person/);
    await referent.close();
    const again = await logins.open('pare', 'mine');
    assert.equal(JSON.parse(await answer(again, `documents/${visit.document.id}/content`))[0], 404);
    await again.close();
  });
});
