// A real OpenID provider (oidc-provider) on loopback, behind a door that can change what the token endpoint says, for the tests
// of logging in. Everything else goes through untouched.
import { createServer, request as httpRequest } from 'node:http';
import { Provider } from 'oidc-provider';
import { exportJWK, generateKeyPair, importJWK, SignJWT, decodeJwt } from 'jose';

async function makeKey(kid, algorithm) {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: algorithm, use: 'sig' };
}
const listen = (server, port = 0) => new Promise((done) => { server.listen(port, '127.0.0.1', () => done(server.address().port)); });

/** `accounts`: { document, acr } by login. `spoil(claims, token)` of what is returned may give another token than the provider's. */
export async function startPeer({ accounts, redirect }) {
  const keys = [await makeKey('first', 'RS256')];
  let inner;
  let innerPort;
  const peer = { spoil: null, keyReads: 0, tokenRequests: 0 };
  const door = createServer((incoming, outgoing) => {
    if (incoming.url === '/jwks') peer.keyReads += 1;
    if (incoming.url === '/token') peer.tokenRequests += 1;
    const onward = httpRequest({ host: '127.0.0.1', port: innerPort, path: incoming.url, method: incoming.method,
      headers: { ...incoming.headers, 'x-forwarded-proto': 'http', 'x-forwarded-host': incoming.headers.host } }, async (answer) => {
      const parts = [];
      for await (const part of answer) parts.push(part);
      let body = Buffer.concat(parts);
      if (incoming.url === '/token' && peer.spoil !== null && answer.statusCode === 200) {
        const tokens = JSON.parse(body);
        tokens.id_token = await peer.spoil(decodeJwt(tokens.id_token), tokens.id_token);
        body = Buffer.from(JSON.stringify(tokens));
      }
      const { 'transfer-encoding': _, ...headers } = answer.headers;
      outgoing.writeHead(answer.statusCode, { ...headers, 'content-length': body.length });
      outgoing.end(body);
    });
    incoming.pipe(onward);
  });
  peer.port = await listen(door);
  peer.issuer = `http://127.0.0.1:${peer.port}`;
  peer.sign = async (claims, { kid = keys[0].kid, alg = keys[0].alg, key } = {}) =>
    new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key ?? (await importJWK(keys[0], keys[0].alg)));
  const open = async () => {
    const provider = new Provider(peer.issuer, {
      clients: [{ client_id: 'segell', client_secret: 'a secret: with / signs', redirect_uris: [redirect], response_types: ['code'],
        grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: keys[0].alg }],
      jwks: { keys }, pkce: { required: () => true }, features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      acrValues: ['urn:low', 'urn:substantial'],
      conformIdTokenClaims: false, claims: { openid: ['sub', 'document'], acr: null },
      cookies: { keys: ['only for this test'] },
      findAccount: (_, id) => (accounts[id] ? { accountId: id, claims: () => ({ sub: id, document: accounts[id].document }) } : undefined),
      async loadExistingGrant(context) {
        const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    });
    provider.proxy = true;
    const answer = provider.callback();
    inner = createServer((incoming, outgoing) => {
      if (!incoming.url.startsWith('/interaction/')) return answer(incoming, outgoing);
      const login = incoming.headers['x-login']; // who sits at the provider's own page
      return provider.interactionFinished(incoming, outgoing, { login: { accountId: login, acr: accounts[login].acr } });
    });
    innerPort = await listen(inner);
  };
  await open();
  /** The provider signs with another key from now on, and publishes that one alone. */
  peer.rotate = async (kid, algorithm) => {
    inner.closeAllConnections();
    inner.close();
    keys.splice(0, 1, await makeKey(kid, algorithm));
    await open();
  };
  peer.stop = () => { for (const server of [inner, door]) { server.closeAllConnections(); server.close(); } };
  return peer;
}

/** What a browser does at the provider, in the hands of `login`; gives the address that it is sent back to. */
export async function logInAt(address, login) {
  const jar = new Map();
  const go = async (url) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie, 'x-login': login } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      jar.set(name, value);
    }
    return answer;
  };
  let url = address;
  for (let hop = 0; hop < 10; hop += 1) {
    const answer = await go(url);
    const next = answer.headers.get('location');
    if (next === null) throw new Error(`the provider said ${answer.status}: ${(await answer.text()).slice(0, 400)}`);
    url = new URL(next, url).href;
    if (url.includes('/login/return')) return url;
  }
  throw new Error('the provider goes round in circles');
}
