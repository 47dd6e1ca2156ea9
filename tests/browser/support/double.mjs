// Stands in for the service in tests of the page alone: answers the visit's endpoints from memory, keeps what it was sent, and
// misbehaves on request. Nothing of it is used where the real service is under test.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { extname, join, normalize } from 'node:path';

const root = new URL('../../../', import.meta.url).pathname;
const kinds = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
/** The policy of the real service, out of its source: the page must do with it here too. */
export const policy = [...(/kPagePolicy =\n((?:\s*".*"\n?)+);/.exec(readFileSync(join(root, 'service/http/src/api.cpp'), 'utf8'))[1]).matchAll(/"(.*)"/g)]
  .map(([, text]) => text).join('');

const hash = (name, octets) => createHash(name).update(octets).digest('hex');

export const items = [
  { id: 'i1', text: 'Voleu que consultem la vostra renda a l’Agència Tributària per tramitar l’ajut de menjador?',
    consequenceIfRefused: 'Haureu de portar vós el certificat de renda. L’atenció que rebeu no canvia.',
    notice: { title: 'Consulta de la renda', text: 'Qui ho farà: l’Ajuntament de Vilaexemple.\nPer a què: només per tramitar l’ajut de menjador.\n'
      + 'Fins quan: 31 de desembre de 2027. Podeu canviar d’opinió quan vulgueu.', sha256: '00' },
    validUntil: '2027-12-31T00:00:00Z', choices: ['grant', 'refuse', 'defer'] },
  { id: 'i2', text: 'Consultarem al padró amb qui viviu. La llei ens ho permet, i us hi podeu oposar.',
    consequenceIfRefused: 'Haureu de portar vós el volant de convivència.',
    notice: { title: 'Consulta del padró', text: 'Base: missió d’interès públic. Us hi podeu oposar per motius personals.', sha256: '01' },
    choices: ['informed', 'object'] },
];

/**
 * A paper that can be filled in, as the contract has it (segell.fill-in/1): what is appended is a comment with two places a question, so
 * that the drawn page stays what it is. `made`: the octets with some choices in them.
 */
function fillable(paper, asked) {
  const width = 16;
  const place = `/${' '.repeat(width)}`;
  const append = `%${place.repeat(2 * asked.length)}\n`;
  const slots = asked.map(({ id, choices }, index) => ({
    item: id, at: [0, 1].map((twin) => 2 + (2 * index + twin) * place.length), choices: Object.fromEntries(choices.map((choice) => [choice, choice])),
  }));
  const recipe = { schema: 'segell.fill-in/1', base: { length: paper.length, sha256: hash('sha256', paper) }, width, append: Buffer.from(append).toString('base64'), slots };
  const made = (choices) => {
    const added = Buffer.from(append);
    slots.forEach(({ item, at }) => at.forEach((place) => added.write(choices.find((one) => one.item === item).choice, place)));
    return Buffer.concat([paper, added]);
  };
  return { recipe, made };
}

export async function startDouble({ custody = [] } = {}) {
  const paper = await readFile(join(root, 'service/segelld/demo/informacio-i-decisions.pdf'));
  const { recipe, made } = fillable(paper, items);
  const kCode = 'SGLL-7F3K-92QD-HM4X-WT8R-5CVJ-NP';
  const double = {
    capability: `sgv_${randomBytes(24).toString('base64url')}`,
    paper, received: [], answers: new Map(), plan: [], deaf: null, delay: 0, time: 'tsa',
    /** Changes what leaves as the document, without changing what was announced. */
    forge: (octets) => octets,
    /** The same of the paper that waits for the choices. */
    forgeBlank: (octets) => octets,
    visit: {
      id: 'r1', state: 'created', title: 'Informació i decisions sobre les vostres dades', language: 'ca',
      personName: 'Ramon Exemple', organisation: 'Serveis Socials de Vilaexemple', professional: { name: 'Marta Inventada', checkedIdentity: true },
      items, methods: ['drawn', 'button', 'drawn-with-dynamics'],
      custody: { recipients: custody, assessment: 'AIPD-EXEMPLE-2026/03', approval: 'Ple de l’Ajuntament d’Exemple' }, nonce: randomBytes(16).toString('base64url'),
      paper: { sha256: hash('sha256', paper), length: paper.length, pages: 1, verificationCode: kCode, fillIn: recipe },
    },
  };

  const problem = (response, status, code) => {
    response.writeHead(status, { 'Content-Type': 'application/problem+json' });
    response.end(JSON.stringify({ type: 'about:blank', title: code, status, code, requestId: 'req-7F3K' }));
  };
  const json = (response, status, value) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(value));
  };
  const frozen = (octets) => ({ sha256: hash('sha256', octets), sha512: hash('sha512', octets), length: octets.length, pages: 1, verificationCode: kCode });
  const octets = (response, value) => {
    response.writeHead(200, { 'Content-Type': 'application/pdf', 'Cache-Control': 'no-store' });
    response.end(value);
  };
  const serve = {
    'GET /api/v1/visit': (_, response) => json(response, 200, { request: double.visit }),
    'POST /api/v1/visit/choices': (body, response) => {
      const document = frozen(made(body.choices));
      if (body.sha256 !== undefined && body.sha256 !== document.sha256) {
        problem(response, 409, 'visit.other-bytes');
        return;
      }
      double.visit.frozen = { ...document, choices: body.choices };
      json(response, 200, { document });
    },
    'GET /api/v1/visit/paper': (_, response) => octets(response, double.forgeBlank(paper)),
    'GET /api/v1/visit/document': (_, response) => octets(response, double.forge(made(double.visit.frozen.choices))),
    'POST /api/v1/visit/act': (_, response) => json(response, 201, { sealed: {
      documentId: 'd1', verificationCode: kCode, length: 1, sha256: '00', time: double.time, logIndex: 7,
    } }),
    'POST /api/v1/visit/on-behalf': (_, response) => json(response, 201, { request: { state: 'presented' } }),
    'POST /api/v1/visit/answer': (body, response) => json(response, 200, { request: { state: body.answer } }),
    'POST /api/v1/visit/copy': (body, response) => json(response, 201, { copy: { kind: body.copy } }),
  };

  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) {
      parts.push(part);
    }
    const { pathname } = new URL(request.url, 'http://double');
    if (!pathname.startsWith('/api/')) {
      const path = normalize(/^\/[a-z]+$/.test(pathname) ? `${pathname}.html` : pathname);
      try {
        const octets = await readFile(join(root, 'web/dist', path));
        response.writeHead(200, {
          'Content-Type': kinds[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': policy,
          'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store',
        });
        response.end(octets);
      } catch {
        problem(response, 404, 'http.no-route');
      }
      return;
    }
    if (double.delay > 0) {
      await new Promise((done) => setTimeout(done, double.delay));
    }
    if (request.headers.authorization !== `Bearer ${double.capability}`) {
      problem(response, 401, 'auth.invalid-token');
      return;
    }
    const route = `${request.method} ${pathname}`;
    const body = parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString()) : null;
    double.received.push({ route, body, text: Buffer.concat(parts).toString(), key: request.headers['idempotency-key'] });
    const planned = double.plan.findIndex((plan) => plan.route === route);
    if (planned >= 0) {
      const [{ status, code }] = double.plan.splice(planned, 1);
      problem(response, status, code);
      return;
    }
    if (double.deaf === route) {
      request.socket.destroy(); // what was sent arrived, the answer is lost on the way
      return;
    }
    (serve[route] ?? ((_, answer) => problem(answer, 404, 'http.no-route')))(body, response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  double.origin = `http://127.0.0.1:${server.address().port}`;
  double.link = `${double.origin}/visit#${double.capability}`;
  double.sent = (route) => double.received.filter((received) => received.route === route);
  double.stop = () => new Promise((stopped) => { server.closeAllConnections(); server.close(stopped); });
  return double;
}
