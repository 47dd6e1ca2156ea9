// People who log in, at the address at which a browser keeps their cookie.
import assert from 'node:assert/strict';
import { openTablet } from './browser.mjs';

export const kPassword = 'quatre paraules ben meves';

/** Secure cookies go to localhost over plain HTTP; to 127.0.0.1 they do not in every browser. */
export const siteOf = (service) => service.origin.replace('127.0.0.1', 'localhost');

/** A call of the page itself, with its cookies; its status. */
export const post = (tablet, path, body) => tablet.page.evaluate(([to, sent]) => fetch(to, {
  method: 'POST', body: JSON.stringify(sent), headers: { 'Content-Type': 'application/json' },
}).then(({ status }) => status), [path, body]);

/** Goes on in another role of the login; whether it has that role now. */
export const takeRole = (tablet, role) => tablet.page.evaluate(async (wanted) => {
  const { session } = await (await fetch('/api/v1/session')).json();
  const held = session.roles.find((one) => one.role === wanted);
  return held !== undefined && (await fetch('/api/v1/session/role', {
    method: 'POST', body: JSON.stringify({ id: held.id }), headers: { 'Content-Type': 'application/json', 'X-Segell-CSRF': session.csrf },
  })).ok;
}, role);

/** The logins of a service: the first time with the code of the letter, then with the password. */
export class Logins {
  activated = new Set();

  constructor(service, browser) {
    Object.assign(this, { service, browser });
  }

  /** A browser in which that person is logged in, at that page. */
  async open(name, page, options = {}) {
    const tablet = await openTablet(this.browser, options);
    await tablet.page.goto(`${siteOf(this.service)}/login`);
    assert.equal(await post(tablet, ...this.activated.has(name)
      ? ['/api/v1/session', { name, password: kPassword }]
      : ['/api/v1/activation', { name, code: this.service.codes[name], password: kPassword }]), 201);
    this.activated.add(name);
    if (this.service.representatives.includes(name)) {
      await takeRole(tablet, 'representative');
    }
    await tablet.page.goto(`${siteOf(this.service)}/${page}`);
    return tablet;
  }
}
