// A web server that misbehaves on request, for the tests of net. Prints "port N", "tls N" and "other N" once it listens on the loopback.
//   node peer.mjs CERTIFICATE.pem ISSUER.pem KEY
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createServer as createTlsServer} from 'node:https';

const [certificate, issuer, key] = process.argv.slice(2);
let connections = 0;

const answers = {
  '/echo': (request, response) => {
    const pieces = [];
    request.on('data', piece => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      response.setHeader('X-Method', request.method);
      response.setHeader('X-Seen', JSON.stringify(request.rawHeaders));
      response.setHeader('Set-Cookie', 'a=b');
      response.end(body);
    });
  },
  '/status': (request, response) => response.writeHead(418).end('private words of the peer'),
  '/redirect': (request, response) => response.writeHead(302, {location: '/echo'}).end(),
  '/large': (request, response) => response.end(Buffer.alloc(100_000, 'x')),
  '/endless': (request, response) => {
    const more = () => { while (response.write(Buffer.alloc(4096, 'x'))); };
    response.on('drain', more);
    response.on('close', () => response.off('drain', more));
    more();
  },
  '/silent': () => {},
  '/dribble': (request, response) => {
    const timer = setInterval(() => response.write('x'), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/cut': (request, response) => {
    response.writeHead(200, {'content-length': 100});
    response.write('only this');
    setTimeout(() => response.destroy(), 50);
  },
  '/long-head': (request, response) => {
    for (let i = 0; i < 100; ++i) response.setHeader(`x-${i}`, 'y'.repeat(1000));
    response.end();
  },
  '/connections': (request, response) => response.end(String(connections)),
};
const answer = (request, response) => (answers[request.url.split('?')[0]] ?? ((_, r) => r.writeHead(404).end()))(request, response);

const plain = createServer({maxHeaderSize: 1 << 20}, answer).on('connection', () => ++connections);
plain.listen(0, '127.0.0.1', () => console.log(`port ${plain.address().port}`));
const identity = {cert: readFileSync(certificate) + '\n' + readFileSync(issuer), key: readFileSync(key)};
const tls = createTlsServer(identity, answer);
tls.listen(0, '127.0.0.1', () => console.log(`tls ${tls.address().port}`));
// An address that the certificate does not name.
const other = createTlsServer(identity, answer);
other.listen(0, '127.0.0.2', () => console.log(`other ${other.address().port}`));
