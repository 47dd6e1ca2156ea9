// A professional's login and what she does with it: at the service itself, and on the tablet that she enrols.
import { randomUUID } from 'node:crypto';
import { press, screen } from './browser.mjs';
import { kPassword } from './logins.mjs';
import { fill, kPin } from './offline.mjs';

/** The service as the professional calls it: with the cookie of the browser that she logged in with. Notices are there before her. */
export const deskOf = (service, tablet) => ({
  origin: service.origin,
  async ask(method, path, body, type = 'application/json') {
    if (path === '/api/v1/notices') {
      return service.ask(method, path, body, type);
    }
    const octets = body === undefined ? null : [...(body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body)))];
    return tablet.page.evaluate(async (call) => {
      const session = await (await fetch('/api/v1/session')).json();
      const response = await fetch(call.path, {
        method: call.method, ...(call.octets === null ? {} : { body: new Uint8Array(call.octets) }),
        headers: { 'X-Segell-CSRF': session.session.csrf, ...(call.octets === null ? {} : { 'Content-Type': call.type, 'Idempotency-Key': call.key }) },
      });
      if (!response.ok) {
        throw new Error(`${call.method} ${call.path}: ${response.status} ${await response.text()}`);
      }
      return response.json();
    }, { method, path, octets, type, key: randomUUID() });
  },
});

/** Logs in for the first time, with the code of the letter, and makes the tablet one of the service. */
export async function enrolAtService(tablet, origin, { name, code }) {
  await tablet.page.goto(`${origin}/login`);
  await screen(tablet, 'credentials');
  await press(tablet, 'letter');
  await fill(tablet, { username: name, code, 'new-password': kPassword });
  await press(tablet, 'continue');
  await screen(tablet, 'inside');
  await press(tablet, 'tablet');
  await screen(tablet, 'enrol');
  await fill(tablet, { label: 'Tauleta 7', 'new-pin': kPin, again: kPin });
  await press(tablet, 'continue');
  await screen(tablet, 'list');
}
