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

/** What a browser keeps of a login: its cookie, as the service sets it. */
const kept = (text) => {
  const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(text);
  assert.equal(rest, '; Path=/; Secure; HttpOnly; SameSite=Strict');
  return { name, value, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' };
};

/**
 * The logins of a service: the first time with the code of the letter, then with the password. The login page has tests of its own
 * (login.test.mjs): here a browser opens with the cookie that the page would have got, at the page that a test is about.
 */
export class Logins {
  activated = new Set();

  constructor(service, browser) {
    Object.assign(this, { service, browser });
  }

  /** The cookies of a login, in the role that the tests mean by that name. */
  async #logIn(name) {
    const cookies = new Map();
    const call = async (path, body, more = {}) => {
      const site = siteOf(this.service);
      const response = await fetch(site + path, {
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        headers: {
          'Content-Type': 'application/json', Origin: site, 'Sec-Fetch-Site': 'same-origin', ...more,
          ...(cookies.size === 0 ? {} : { Cookie: [...cookies.values()].map((cookie) => `${cookie.name}=${cookie.value}`).join('; ') }),
        },
      });
      assert.ok(response.ok, `${path}: ${response.status}`);
      response.headers.getSetCookie().map(kept).forEach((cookie) => cookies.set(cookie.name, cookie));
      return response.text();
    };
    await call(...this.activated.has(name)
      ? ['/api/v1/session', { name, password: kPassword }]
      : ['/api/v1/activation', { name, code: this.service.codes[name], password: kPassword }]);
    this.activated.add(name);
    if (this.service.representatives.includes(name)) {
      const { session } = JSON.parse(await call('/api/v1/session'));
      const held = session.roles.find(({ role }) => role === 'representative');
      if (held !== undefined) {  // a representation that is over is no role
        await call('/api/v1/session/role', { id: held.id }, { 'X-Segell-CSRF': session.csrf });
      }
    }
    return [...cookies.values()];
  }

  /** A browser in which that person is logged in, at that page. */
  async open(name, page, options = {}) {
    const tablet = await openTablet(this.browser, options);
    await tablet.context.addCookies(await this.#logIn(name));
    await tablet.page.goto(`${siteOf(this.service)}/${page}`);
    return tablet;
  }
}
