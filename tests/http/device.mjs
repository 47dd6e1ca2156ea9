// A device as any page on a tablet may be one: keys of WebCrypto, the shipped fill-in, and nothing of the service's code.
import { randomUUID, webcrypto } from 'node:crypto';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { build } from '../../web/node_modules/vite/dist/node/index.js';
import { caller, expect, later, sha, source } from './segelld.mjs';

const { subtle } = webcrypto;
const [{ output: [fillInModule] }] = await build({
  configFile: false, root: join(source, 'web'), logLevel: 'silent',
  build: { write: false, minify: false, lib: { entry: join(source, 'web/src/paper/fill_in.ts'), formats: ['es'], fileName: 'fill_in' } },
});
const { fillIn } = await import('data:text/javascript;base64,' + Buffer.from(fillInModule.code).toString('base64'));

// RFC 8785 for what an act holds: texts, whole numbers, lists and objects with ASCII names.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).filter(name => value[name] !== undefined).sort();
  return `{${members.map(name => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

export class Device {
  counter = 0;
  static async enrol(desk, label = 'Tauleta d’exemple') {
    const it = new Device();
    it.keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    it.publicKey = Buffer.from(await subtle.exportKey('spki', it.keys.publicKey)).toString('base64');
    const proof = await it.sign(`segell.device/1\n${it.publicKey}`);
    it.id = expect(await desk('POST', '/api/v1/devices', { label, publicKey: it.publicKey, proof }), 201).device.id;
    return it;
  }
  async sign(text) {
    const octets = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, this.keys.privateKey, Buffer.from(text));
    return Buffer.from(octets).toString('base64url');
  }
  async prepare(desk, requests, ms = 864e5) {
    return expect(await desk('POST', '/api/v1/visits', { device: this.id, requests, expiresAt: later(ms) }), 201).visit.id;
  }
}

// What a device carries of one visit, with every paper: from here on no network is needed until send().
export class Package {
  static async fetch(base, desk, device, visit, caller) {
    const it = new Package();
    it.device = device;
    it.content = expect(await desk('POST', `/api/v1/visits/${visit}/package`, {}), 201);
    it.reach(base, caller);
    it.papers = [];
    for (const { id, paper, frozen } of it.content.requests) {
      const { bytes, status } = await it.call('GET', `/api/v1/package/requests/${id}/paper`);
      assert.equal(status, 200);
      assert.equal(sha('sha256', bytes), (paper ?? frozen).sha256);
      it.papers.push(bytes);
    }
    return it;
  }
  reach(base, by = caller) { this.call = by(base, this.content.capability); }

  outline(index, answer) {
    const { id, nonce } = this.content.requests[index];
    const now = new Date().toISOString().replace(/\.\d+/, '');
    return {
      schema: 'segell.captured-act/1', visit: this.content.visit.id, device: this.device.id, request: id, nonce,
      counter: ++this.device.counter, times: { handedOver: now, captured: now }, answer,
    };
  }
  async signed(index, choice = 'grant', more = {}) {
    const { items, paper } = this.content.requests[index];
    const choices = items.map(({ id }) => ({ item: id, choice }));
    const octets = this.papers[index];
    const shown = paper === undefined ? octets
      : Buffer.from(await fillIn(new Uint8Array(octets).buffer, paper.fillIn, new Map(choices.map(one => [one.item, one.choice]))));
    return {
      ...this.outline(index, 'signed'), choices, shown: { sha256: sha('sha256', shown), sha512: sha('sha512', shown), length: shown.length },
      method: 'button', meaning: 'agree', ...more,
    };
  }
  // The call as it leaves: the same octets each time they are sent.
  async order(act) { return { act, signature: await this.device.sign(canonical(act)) }; }
  async send(act) { return this.upload(await this.order(act)); }
  upload(order) { return this.call('POST', '/api/v1/package/acts', order, { key: order.act.nonce ?? randomUUID() }); }
  async states() { return expect(await this.call('GET', '/api/v1/package'), 200).acts; }
}
