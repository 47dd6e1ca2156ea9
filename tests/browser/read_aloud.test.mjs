// The screen read aloud. The browser of the tests has no voices: the ones here say what they are told into a list.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answer, press, screen, toPaper } from './support/browser.mjs';
import { kChoices, setStage } from './support/stage.mjs';

const stage = setStage();

/** Gives the device voices; each sentence takes as long as the test lets it. */
async function giveVoices(page, voices) {
  await page.addInitScript((given) => {
    window.said = [];
    let current = null;
    const synthesis = Object.assign(new EventTarget(), {
      getVoices: () => given,
      speak(utterance) {
        current = utterance;
        window.said.push({ text: utterance.text, voice: utterance.voice?.name });
      },
      cancel() {
        current = null;
        window.said.push('silence');
      },
    });
    window.endSentence = () => current?.dispatchEvent(new Event('end'));
    window.SpeechSynthesisUtterance = class extends EventTarget {
      constructor(text) { super(); this.text = text; }
    };
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
  }, voices);
}
const kOwn = { name: 'own', lang: 'ca-ES', localService: true, default: false };
const kCloud = { name: 'cloud', lang: 'ca-ES', localService: false, default: true };
const button = (page) => page.locator('[data-act="read-aloud"]');
const said = (page) => page.evaluate(() => window.said);

/** Lets the voice go on to the end of the screen; what it said. */
async function hear(page) {
  for (let sentences = 0; sentences < 300 && await button(page).innerText() === 'Para de llegir'; sentences += 1) {
    await page.evaluate(() => window.endSentence());
    await page.evaluate(() => new Promise((done) => setTimeout(done)));
  }
  return (await said(page)).filter((one) => one !== 'silence');
}

describe('reading aloud', () => {
  it('says a question with its consequence and every answer, once, with a voice that lives on the tablet; and shows where it is', async () => {
    const { page } = stage.tablet;
    await giveVoices(page, [kCloud, kOwn]);
    await stage.open();
    await screen(stage.tablet, 'welcome');
    await press(stage.tablet, 'begin');
    await screen(stage.tablet, 'item');
    await button(page).click();
    const heading = await stage.heading();
    await page.locator('[data-spoken]').first().waitFor();
    const spoken = await hear(page);
    assert.deepEqual([...new Set(spoken.map(({ voice }) => voice))], ['own']);
    const text = spoken.map((one) => one.text).join(' ');
    const answers = await page.locator('main .answer').allInnerTexts();
    for (const words of [heading, await page.locator('.consequence p').innerText(), ...answers.map((answer) => answer.split('\n')[0])]) {
      assert.equal(text.split(words).length - 1, 1, `${words} in ${text}`);
    }
    assert.ok(!text.includes('Torna enrere'), 'buttons are not read');
    assert.equal(await page.locator('[data-spoken]').count(), 0);
    // Whoever listens hears what they answered, to its end, though the next question is there.
    await answer(stage.tablet, 'refuse');
    assert.deepEqual((await said(page)).at(-1), { text: 'Heu contestat: «\u2068No hi dono permís\u2069».', voice: 'own' });
    assert.equal(await button(page).innerText(), 'Llegeix-m’ho en veu alta', 'the next question is read when it is asked for');
    assert.deepEqual(stage.tablet.faults, []);
  });

  it('says the whole paper, and falls silent on the next screen', async () => {
    const { page } = stage.tablet;
    await giveVoices(page, [kOwn]);
    await stage.open();
    await toPaper(stage.tablet, kChoices);
    const words = await page.locator('.page-text p').first().textContent();
    await button(page).click();
    const text = (await hear(page)).map((one) => one.text).join(' ');
    assert.ok(text.includes(words.replace(/\s+/g, ' ').trim().split('. ')[0]), text);
    assert.match(text, /ritme i pressió\).* la clau la té/, 'and what every way of signing means');
    await button(page).click();
    assert.equal(await button(page).innerText(), 'Para de llegir');
    await press(stage.tablet, 'sign');
    await screen(stage.tablet, 'done');
    assert.equal((await said(page)).at(-1), 'silence');
    assert.equal(await button(page).innerText(), 'Llegeix-m’ho en veu alta');
  });

  it('is not offered where only a voice from elsewhere speaks the language', async () => {
    const { page } = stage.tablet;
    await giveVoices(page, [kCloud, { ...kOwn, lang: 'fr-FR' }]);
    await stage.open();
    await screen(stage.tablet, 'welcome');
    assert.equal(await button(page).count(), 0);
  });
});
