// The journey of somebody who changes her mind on her phone (reference journey J2): she logs in with the lowest level, reads who can use her
// data, withdraws, objects and keeps the proof. By keyboard and accessible names alone, in Spanish.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { barriers, openBrowser, openTablet, press, screen, shot } from './support/browser.mjs';
import { kPassword, Logins, siteOf } from './support/logins.mjs';
import { outcome, startSegelld } from './support/segelld.mjs';
import { evaluate, health, income, prepareVisit, register, signByButton } from './support/visit_request.mjs';

/** What people read: without the marks that keep names of another direction apart. */
const plain = (text) => text.replace(/[\u2066-\u2069]/g, '');
let service, browser, phone, aicha;

before(async () => {
  [service, browser] = await Promise.all([
    startSegelld({
      timestamps: null, persons: { aicha: 'Aïcha Fictícia', altra: 'Altra Fictícia' },
      accounts: [
        { name: 'aicha', shown: 'Aïcha', role: 'citizen', person: 'aicha' },
        { name: 'marta', shown: 'Marta Inventada', role: 'professional', works: ['aicha'] },
        { name: 'pere', shown: 'Pere Inventat', role: 'professional', works: ['altra'] },
      ],
      more: {
        'tenant.telephone': '900 000 000', 'login.second-factor-for-staff': 'no',
        'register.basis.1': 'meal-grant | health.summary | A09002970 | LAW | e | h | no | 2026-01-01 | - | Llei inventada 1/2020, art. 3',
      },
    }),
    openBrowser(),
  ]);
  aicha = { id: service.persons.aicha };
  // In front of a professional who saw her document she said yes once; two more uses rest on other grounds.
  await signByButton(service, await prepareVisit(service, { known: aicha.id, law: true }));
  phone = await openTablet(browser, { viewport: { width: 390, height: 844 }, locale: 'es-ES', isMobile: true });
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

const answer = async (scope) => {
  const { decision, context } = await evaluate(service, aicha, scope);
  return [decision, context?.reason];
};
/** The keyboard alone, to what a screen reader calls so. */
async function tabTo(role, name, within = phone.page) {
  const wanted = within.getByRole(role, { name });
  for (let at = 0; at < 60; at += 1) {
    await phone.page.keyboard.press('Tab');
    if (await wanted.evaluateAll((all) => all.includes(document.activeElement))) {
      return;
    }
  }
  assert.fail(`the keyboard does not reach ${role} ${name}`);
}
/** The keyboard, to something that opens and closes: it has no role that a test could ask for. */
async function tabToText(text) {
  for (let at = 0; at < 60; at += 1) {
    await phone.page.keyboard.press('Tab');
    if (await phone.page.evaluate((words) => document.activeElement?.matches('summary') && document.activeElement.textContent.includes(words), text)) {
      return;
    }
  }
  assert.fail(`the keyboard does not reach ${text}`);
}
const enter = () => phone.page.keyboard.press('Enter');
const row = (text) => phone.page.getByRole('listitem').filter({ has: phone.page.getByRole('heading', { name: text }) });
const told = async (text) => plain(await row(text).innerText());
const rows = { income: 'Voleu que consultem la vostra renda', register: 'Consultarem al padró', health: 'El centre de salut' };
async function decisions() {
  await tabTo('button', 'Qué he decidido');
  await enter();
  await screen(phone, 'decisions');
  await row(rows.income).waitFor();
}

describe('somebody changes her mind on her phone', () => {
  it('logs in with the lowest level, and reads three rows that say why each may be used', async () => {
    const { page } = phone;
    await page.goto(`${siteOf(service)}/login`);
    await screen(phone, 'credentials');
    await tabTo('button', /carta/);
    await enter();
    await page.getByLabel('Código de la carta').waitFor();
    for (const [label, text] of [['Nombre de entrada', 'aicha'], ['Código de la carta', service.codes.aicha], ['Contraseña nueva', kPassword]]) {
      await tabTo('textbox', new RegExp(label));
      await page.keyboard.type(text);
    }
    await enter();
    await screen(phone, 'inside');
    const { session } = await page.evaluate(() => fetch('/api/v1/session').then((response) => response.json()));
    assert.equal(session.level, 'low');
    await tabTo('link', /datos y papeles/);
    await enter();
    await screen(phone, 'papers');
    await decisions();
    assert.equal(await page.locator('li[data-item]').count(), 3);
    assert.match(await told(rows.income), /Ahora se puede usar\. Porque ha dado permiso/);
    assert.match(await told(rows.register), /Ahora se puede usar\. Porque le han informado y no se ha opuesto/);
    assert.match(await told(rows.health), /Porque lo permite una ley\.[^]*Llei inventada 1\/2020[^]*no pide permiso ni deja oponerse[^]*reclamar/);
    assert.equal(await row(rows.health).getByRole('button', { name: /permiso|consulten/ }).count(), 0, 'the law leaves nothing to press');
  });

  it('withdraws at once with no more assurance than granting took; a second press is the same withdrawal', async () => {
    assert.deepEqual(await answer(income), [true, undefined]);
    const { page } = phone;
    await tabTo('button', /^Ya no doy permiso: /);
    await enter();
    await screen(phone, 'ending');
    await tabTo('button', 'Ya no doy permiso');
    const sent = [];
    page.on('request', (request) => { if (request.url().endsWith('/withdrawal')) sent.push(request.headers()['idempotency-key']); });
    await enter();
    await enter();
    await screen(phone, 'ended');
    assert.equal(new Set(sent).size, 1, 'one wish, however often it is pressed');
    assert.deepEqual(await answer(income), [false, 'withdrawn']);
    assert.deepEqual(await answer(register), [true, undefined], 'nothing else changed');
  });

  it('keeps the sealed receipt in her language', async () => {
    const { page } = phone;
    await tabTo('button', 'Descargar el resguardo');
    const keeping = page.waitForEvent('download');
    await enter();
    const path = await (await keeping).path();
    assert.match((await outcome('pdftotext', path, '-')).stdout, /Aïcha Fictícia[^]*Ya no doy permiso[^]*900 000 000/);
    assert.match((await outcome('pdfsig', '-nocert', path)).stdout, /Signature is Valid/);
    await page.locator('main[aria-busy="false"]').waitFor();
  });

  it('objects to what rests on not having objected', async () => {
    const { page } = phone;
    await tabTo('button', 'Volver a lo que he decidido');
    await enter();
    await screen(phone, 'decisions');
    await row(rows.register).waitFor();
    await tabTo('button', /^No quiero que lo consulten: /);
    await enter();
    await screen(phone, 'ending');
    await tabTo('button', 'No quiero que lo consulten');
    await enter();
    await screen(phone, 'ended');
    assert.equal((await answer(register))[0], false);
    assert.equal((await answer(health))[0], true, 'what a law allows goes on');
    await tabTo('button', 'Volver a lo que he decidido');
    await enter();
    await screen(phone, 'decisions');
    await row(rows.register).waitFor();
    assert.match(await told(rows.income), /Ha retirado el permiso/);
    assert.match(await told(rows.register), /Se ha opuesto/);
    assert.equal(await page.getByRole('button', { name: /doy permiso/ }).count(), 0, 'nobody is led to grant again');
  });

  it('reads that recipients are to be told until a professional notes who was, and how; nobody else sees the task', async () => {
    const recipients = () => phone.page.locator('[data-recipients]');
    assert.deepEqual(await recipients().evaluateAll((all) => all.map((one) => one.dataset.recipients)), ['open', 'open']);
    assert.match(await told(rows.income), /Todavía hay que avisar a quien podía usarlo/);

    const logins = new Logins(service, browser);
    const [desk, others] = await Promise.all([logins.open('marta', 'desk'), logins.open('pere', 'desk')]);
    for (const tablet of [desk, others]) {
      await screen(tablet, 'list');
      await tablet.page.getByRole('button', { name: 'Pendents de resposta' }).click();
      await screen(tablet, 'tasks');
      await tablet.page.locator('main[aria-busy="false"]').waitFor();
    }
    assert.equal(await others.page.locator('li[data-review]').count(), 0);
    await others.close();
    // Two withdrawals, one task: whoever takes the telephone tells everything at once.
    assert.equal(await desk.page.locator('li[data-review="recipient-notice"]').count(), 1);
    await press(desk, 'open-review');
    await screen(desk, 'review');
    const uses = (await desk.page.locator('li[data-use]').allInnerTexts()).map(plain);
    assert.equal(uses.length, 2);
    assert.match(uses.join('\n'), /household\.register, per a meal-grant[^]*renda[^]*, per a meal-grant/);
    await barriers(desk, 'telling recipients');
    await shot(desk, 'recipient-notice');
    await desk.page.getByLabel(/^Què s’ha fet/).fill('S’ha trucat a qui ho consultava.');
    await desk.page.getByRole('button', { name: 'Desa-ho' }).click();
    await screen(desk, 'tasks');
    await desk.page.locator('main[aria-busy="false"]').waitFor();
    assert.equal(await desk.page.locator('li[data-review]').count(), 0);
    assert.deepEqual(desk.faults, []);
    await desk.close();

    await phone.page.reload();
    await screen(phone, 'papers');
    await decisions();
    assert.deepEqual(await recipients().evaluateAll((all) => all.map((one) => one.dataset.recipients)), ['answered', 'answered']);
    assert.match(await told(rows.income), /alguien dejó apuntado que se ha avisado a quien podía usarlo/);
    await shot(phone, 'recipients-told');
  });

  it('is told of every use before and after: the effect is forward only', async () => {
    await tabTo('button', 'Quién lo ha mirado');
    await enter();
    await screen(phone, 'accesses');
    const asked = phone.page.locator('li[data-access="question"]', { hasText: /Quería usar/ });
    await asked.first().waitFor();
    const words = (await asked.allInnerTexts()).map(plain);
    assert.ok(words.some((text) => /Le dijimos que sí/.test(text)), words.join('\n'));
    assert.ok(words.some((text) => /Ha retirado el permiso/.test(text)), words.join('\n'));
  });

  it('is reminded of her no before anything is asked again, and that it may stay so', async () => {
    const again = await prepareVisit(service, { known: aicha.id });
    const tablet = await openTablet(browser, { viewport: { width: 800, height: 1280 } });
    await tablet.page.goto(again.link);
    await screen(tablet, 'welcome');
    await press(tablet, 'begin');
    await screen(tablet, 'item');
    assert.match(await tablet.page.locator('[data-earlier-no="withdrawn"]').innerText(), /vau retirar aquest permís\. No cal que canvieu de parer/);
    await shot(tablet, 'asked-again');
    await tablet.close();
    await signByButton(service, again);
  });

  it('grants again only by a paper of its own, which is a new decision beside the old ones', async () => {
    assert.deepEqual(await answer(income), [true, undefined]);
    await phone.page.reload();
    await screen(phone, 'papers');
    await decisions();
    for (let at = 0; at < 3 && !/dio permiso/.test(await told(rows.income)); at += 1) {
      await tabToText('Todo lo que decidió sobre esto');
      await enter();
    }
    const history = await told(rows.income);
    assert.equal(history.match(/dio permiso/g)?.length, 2, history);
    assert.equal(history.match(/retiró el permiso \(en esta página\)/g)?.length, 1, history);
    assert.deepEqual(phone.faults, []);
    await phone.close();
  });
});
