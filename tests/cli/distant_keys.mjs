// Keys that are not in a file: in a PKCS#11 token (SoftHSM), and far away, signed for in two steps.
//   node distant_keys.mjs SEGELL PKI_DIR
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const [segell, pki] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'segell-keys-'));
after(() => rmSync(work, { recursive: true, force: true }));
const at = (name) => join(work, name);
const write = (name, content) => { writeFileSync(at(name), content); return at(name); };
const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
const PIN = '93417';
const environment = { ...process.env, SOFTHSM2_CONF: write('softhsm.conf', `directories.tokendir = ${at('tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`) };
const run = (program, ...words) => spawnSync(program, words, { encoding: 'utf8', env: environment });
const must = (program, ...words) => {
  const done = run(program, ...words);
  assert.equal(done.status, 0, done.stderr + done.stdout);
  return done.stdout;
};

mkdirSync(at('tokens'));
must('softhsm2-util', '--init-token', '--free', '--label', 'segells', '--so-pin', '12345678', '--pin', PIN);
for (const [id, name] of [['01', 'seal-rsa'], ['02', 'seal-p256']]) {
  must('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', `${pki}/${name}.key`, '-out', at(`${name}.p8`));
  must('softhsm2-util', '--import', at(`${name}.p8`), '--token', 'segells', '--label', name, '--id', id, '--pin', PIN);
}
write('pin', `${PIN}\n`);
write('informe.txt', 'Informe d\'exemple\n');
execFileSync('/usr/bin/python3', [join(import.meta.dirname ?? '.', '../support/sign_pdf.py'), 'plain', at('plain.pdf')]);

const uri = (rest) => `pkcs11:token=segells;${rest}?module-path=${MODULE}`;
const seal = (key, identity, output, input, ...more) => run(segell, 'seal', '--key', key, '--cert', `${pki}/${identity}.pem`, '--chain', `${pki}/issuing.pem`,
  '-o', at(output), ...more, at(input));
const passes = (name) => assert.equal(run(segell, 'verify', '--quiet', '--trust', `${pki}/anchors`, at(name)).status, 0, name);
const refused = (done, words, hint) => {
  assert.equal(done.status, 2, done.stdout);
  assert.match(done.stderr, words);
  assert.match(done.stderr, hint);
  assert.ok(!done.stderr.includes(PIN), 'no PIN in what is said');
};

test('a key in a token seals a PDF and a container, with the PIN from a file', () => {
  for (const [key, identity] of [['object=seal-rsa', 'seal-rsa'], ['id=%02', 'seal-p256'], ['object=seal-p256;type=private', 'seal-p256']]) {
    const done = seal(uri(key), identity, 'sealed.pdf', 'plain.pdf', '--passphrase-file', at('pin'));
    assert.equal(done.status, 0, done.stderr);
    passes('sealed.pdf');
    assert.match(must('pdfsig', '-nocert', at('sealed.pdf')), /Signature is Valid/);
  }
  assert.equal(seal(`${uri('object=seal-p256')}&pin-source=file:${at('pin')}`, 'seal-p256', 'a.asice', 'informe.txt').status, 0);
  passes('a.asice');
});

test('what is wrong with a token or its key is said by name, with the way out', () => {
  const pin = ['--passphrase-file', at('pin')];
  refused(seal(`pkcs11:token=altres;object=seal-rsa?module-path=${MODULE}`, 'seal-rsa', 'x.pdf', 'plain.pdf', ...pin), /token "altres" is not there/, /tokens that are there: "segells"/);
  refused(seal(uri('object=cap'), 'seal-rsa', 'x.pdf', 'plain.pdf', ...pin), /token "segells" holds no private key "cap"/, /hint/);
  refused(run(segell, 'seal', '--key', `pkcs11:token=segells?module-path=${MODULE}`, '--cert', `${pki}/seal-rsa.pem`, ...pin, '-o', at('x.pdf'), at('plain.pdf')),
    /several private keys/, /object=/);
  refused(seal(uri('object=seal-rsa'), 'seal-rsa', 'x.pdf', 'plain.pdf'), /asks for a PIN/, /--passphrase-file/);
  refused(seal(uri('object=seal-rsa'), 'seal-rsa', 'x.pdf', 'plain.pdf', '--passphrase-file', write('wrong', '00000\n')), /refuses the PIN/, /locks/);
  refused(seal(`${uri('object=seal-rsa')}&pin-value=${PIN}`, 'seal-rsa', 'x.pdf', 'plain.pdf'), /a PIN in the address/, /--passphrase-file/);
  refused(seal('pkcs11:token=segells;object=seal-rsa?module-path=/no/such.so', 'seal-rsa', 'x.pdf', 'plain.pdf', ...pin), /module \/no\/such\.so cannot be loaded/, /module-path/);
  refused(seal('pkcs11:%', 'seal-rsa', 'x.pdf', 'plain.pdf', ...pin), /no pkcs11: URI/, /for example/);
  refused(seal(uri('object=seal-rsa'), 'seal-p256', 'x.pdf', 'plain.pdf', ...pin), /certificate belongs to another key/, /certificate that was issued/);
  refused(run(segell, 'seal', '--key', uri('object=seal-rsa'), ...pin, '-o', at('x.pdf'), at('plain.pdf')), /no certificate beside the key/, /--cert/);
  renameSync(at('tokens'), at('away'));
  mkdirSync(at('tokens'));
  refused(seal(uri('object=seal-rsa'), 'seal-rsa', 'x.pdf', 'plain.pdf', ...pin), /token "segells" is not there/, /plugged in/);
  rmSync(at('tokens'), { recursive: true });
  renameSync(at('away'), at('tokens'));
  assert.ok(!existsSync(at('x.pdf')));
});

/** The first step; what it says is to be signed; and the state that it wrote. */
function prepare(identity, output, inputs, ...more) {
  const said = must(segell, 'seal', '--prepare', at('state'), '--cert', `${pki}/${identity}.pem`, '--chain', `${pki}/issuing.pem`, ...more, '-o', at(output), ...inputs.map(at));
  assert.ok(!existsSync(at(output)), 'nothing is written but the state');
  return { said, state: JSON.parse(readFileSync(at('state'), 'utf8')) };
}
const complete = (output, inputs, signature) => run(segell, 'seal', '--complete', at('state'), '--signature', signature, '-o', at(output), ...inputs.map(at));
/** The far-away key: it sees a digest and nothing else. */
function signDigest(identity, digest) {
  must('openssl', 'pkeyutl', '-sign', '-inkey', `${pki}/${identity}.key`, '-in', write('digest', Buffer.from(digest, 'hex')), '-out', at('signature'), '-pkeyopt', 'digest:sha256');
  return at('signature');
}

test('a seal in two steps: the digest goes out, the signature comes in', () => {
  for (const [identity, output, inputs] of [['seal-rsa', 'far.pdf', ['plain.pdf']], ['seal-p256', 'far2.pdf', ['plain.pdf']],
    ['seal-p256', 'informe.txt.p7s', ['informe.txt']], ['seal-rsa', 'far.p7m', ['informe.txt']], ['seal-p256', 'far.asice', ['informe.txt', 'plain.pdf']]]) {
    const { said, state } = prepare(identity, output, inputs);
    assert.match(said, new RegExp(`to be signed: SHA-256 ${state.digest}`));
    const done = complete(output, inputs, signDigest(identity, state.digest));
    assert.equal(done.status, 0, done.stderr);
    passes(output);
    if (output.endsWith('.pdf')) assert.match(must('pdfsig', '-nocert', at(output)), /Signature is Valid/);
  }
});

test('Base64 and the form of tokens are taken; anything else is refused, and nothing is written', () => {
  const { state } = prepare('seal-p256', 'far3.pdf', ['plain.pdf']);
  const der = readFileSync(signDigest('seal-p256', state.digest));
  const part = (from) => Buffer.concat([Buffer.alloc(32), der.subarray(from + 2, from + 2 + der[from + 1])]).subarray(-32);
  const r = part(2), s = part(4 + der[3]);
  assert.equal(complete('far3.pdf', ['plain.pdf'], write('raw', Buffer.concat([r, s]))).status, 0);
  passes('far3.pdf');
  assert.equal(complete('far4.pdf', ['plain.pdf'], write('base64', `${der.toString('base64')}\n`)).status, 0);
  passes('far4.pdf');
  refused(complete('far5.pdf', ['plain.pdf'], write('other', Buffer.alloc(64, 7))), /not by the certificate's key/, /sign the digest that was given out/);
  refused(complete('far5.pdf', ['informe.txt'], at('raw')), /PDF/, /./);
  write('plain2.pdf', Buffer.concat([readFileSync(at('sealed.pdf'))]));
  refused(complete('far5.pdf', ['plain2.pdf'], at('raw')), /not the one that was prepared/, /prepare again/);
  refused(run(segell, 'seal', '--complete', write('bad', '{}'), '--signature', at('raw'), '-o', at('far5.pdf'), at('plain.pdf')), /not what --prepare wrote/, /prepare again/);
  refused(run(segell, 'seal', '--complete', at('state'), '-o', at('far5.pdf'), at('plain.pdf')), /needs the signature/, /--signature/);
  refused(run(segell, 'seal', '-o', at('far5.pdf'), at('plain.pdf')), /--key is required/, /pkcs11/);
  assert.ok(!existsSync(at('far5.pdf')));
});
