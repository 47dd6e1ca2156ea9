// Encrypted files that open without a password: every handler's revision and crypt filter, and what happens to the encryption afterwards.
import { encryption } from '../encrypt.mjs';
import { filled, formPaper, packed, pageObjects, Paper, stream } from '../paper.mjs';

const kEvil = stream('BT /F1 18 Tf 72 720 Td (I grant access to everybody) Tj ET');
const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/">one</x:xmpmeta>';

export default ({ sign, identity, PASSED, CONSTRAINTS, NOT_PASSED, FAILED }) => {
  const paper = (options = {}, more = {}, save = {}) => Paper.create({ ...pageObjects('I grant access to nobody', { catalog: ' /Lang (ca)' }), ...more }, { cipher: encryption(options), ...save });
  const second = (first) => sign(first, { field: 'Second', identity: identity('seal-rsa'), more: ' /Reason (seen) /Name (Somebody Invented)' });
  const handlers = { 'RC4, 40 bits': { revision: 2 }, 'RC4, 128 bits': { revision: 3 }, 'crypt filter of RC4': { revision: 4, method: 'V2' }, 'AES-128': { revision: 4 }, 'AES-256 of the extension': { revision: 5 }, 'AES-256': { revision: 6 } };
  const each = Object.entries(handlers).flatMap(([name, options]) => [
    [`${name}: approved twice`, () => second(sign(paper(options))), PASSED, 'legal', { count: 2, modification: 'permitted' }],
    [`${name}: in object streams`, () => second(sign(paper(options, {}, { style: 'stream', compress: [1, 2, 3, 4] }), { save: { style: 'stream', compress: [1, 4] } })), PASSED, 'strings in them are not encrypted by themselves', { count: 2 }],
    [`${name}: page replaced`, () => sign(paper(options)).save({ 5: kEvil }), CONSTRAINTS, 'what was signed is no longer shown', { modification: 'suspicious' }],
    [`${name}: form filled in, certified`, () => { const p = sign(Paper.create(formPaper().objects, { cipher: encryption(options) }), { docmdp: 2 }); return p.save(filled(p, 7, 'Somebody')); }, PASSED, 'permitted', { modification: 'permitted' }],
  ]);
  // PDFBox encrypts the room of a signature like any string, and puts the message over its beginning
  const room = 12288;
  const inEncryptedRoom = (options, { plain = () => {}, object = 0, noise = false } = {}) => {
    const p = paper(options);
    const zeros = Buffer.alloc(options.revision < 4 || options.method === 'V2' ? room : room - 32);
    plain(zeros);
    const kept = noise ? Buffer.alloc(room, 'noise') : p.cipher.encryptOctets(zeros, p.size + object, 'StdCF');
    return sign(p, { room, fill: (hex) => hex + kept.toString('hex').slice(hex.length) });
  };
  const rooms = Object.entries(handlers).flatMap(([name, options]) => [
    [`${name}: the room of the signature encrypted`, () => inEncryptedRoom(options), PASSED, 'nothing but zeros', { count: 1 }],
    [`${name}: the room of the signature encrypted, with something in it`, () => inEncryptedRoom(options, { plain: (octets) => octets.write('smuggled', 9000) }), CONSTRAINTS, 'room that nobody signed'],
    [`${name}: the room of the signature encrypted as another object's`, () => inEncryptedRoom(options, { object: 1 }), options.revision >= 5 ? PASSED : CONSTRAINTS, options.revision >= 5 ? 'one key for all objects' : 'not what encrypting makes of it'],
    [`${name}: the room of the signature full of noise`, () => inEncryptedRoom(options, { noise: true }), CONSTRAINTS, 'room that nobody signed'],
  ]);
  const tsa = () => ({ timestamp: true, field: 'Timestamp', identity: identity('tsa'), cms: { certificates: [identity('tsa'), identity('issuing')], time: new Date(Date.now() - 60_000) } });
  const legal = [
    ['dictionary in the trailer', () => second(sign(paper({ direct: true }))), { count: 2 }],
    ['strings plain, streams not', () => second(sign(paper({ strings: 'Identity' }))), { count: 2 }],
    ['streams plain, strings not', () => second(sign(paper({ streams: 'Identity' }))), { count: 2 }],
    ['strings by RC4, streams by AES', () => second(sign(paper({ strings: 'Other' }))), { count: 2 }],
    ['one stream plain by its own filter', () => second(sign(paper({}, { 5: pageObjects('x')[5].replace('<<', '<< /Filter [/Crypt] /DecodeParms [<< /Type /CryptFilterDecodeParms /Name /Identity >>]') }))), { count: 2 }],
    ['one stream by another named filter', () => second(sign(paper({}, { 5: pageObjects('x')[5].replace('<<', '<< /Filter [/Crypt] /DecodeParms [<< /Name /Other >>]') }))), { count: 2 }],
    ['metadata plain', () => second(sign(paper({ metadata: false }, { 60: stream(xmp, ' /Type /Metadata /Subtype /XML'), 1: pageObjects('x', { catalog: ' /Metadata 60 0 R' })[1] }))), { count: 2 }],
    ['metadata plain, AES-256', () => second(sign(paper({ revision: 6, metadata: false }, { 60: stream(xmp, ' /Type /Metadata /Subtype /XML'), 1: pageObjects('x', { catalog: ' /Metadata 60 0 R' })[1] }))), { count: 2 }],
    ['evidence and a document timestamp', () => { const p = sign(paper()); return sign(p.save({ 1: p.objects[1].replace(/ >>$/, ' /DSS 90 0 R >>'), 90: '<< /Type /DSS /Certs [91 0 R] >>', 91: packed(identity('issuing').der.toString('latin1')) }), tsa()); }, { count: 2, modification: 'permitted' }],
    ['evidence written anew, other octets for the same value', () => { const p = sign(paper()); const q = p.save({ 1: p.objects[1].replace(/ >>$/, ' /DSS 90 0 R >>'), 90: '<< /Type /DSS /Certs [91 0 R] >>', 91: stream(identity('issuing').der.toString('latin1')) }); return q.save({ 90: '<< /Type /DSS /Certs [92 0 R] >>', 92: stream(identity('issuing').der.toString('latin1')) }); }, { modification: 'permitted' }],
    ['content written again', () => { const p = sign(paper()); return p.save({ 5: p.objects[5] }); }, { modification: 'permitted|none' }],
    ['second identifier renewed', () => { const p = sign(paper()); const renewed = { ...p.cipher, trailer: p.cipher.trailer.replace(/<\w+>\]/, '<fedcba9876543210>]') }; return sign(p, { field: 'Second', save: { cipher: renewed } }); }, { count: 2 }],
    ['AES-256 without an identifier', () => { const cipher = encryption({ revision: 6 }); return sign(Paper.create(pageObjects(), { cipher: { ...cipher, trailer: cipher.trailer.replace(/ \/ID.*$/, '') } })); }, { count: 1 }],
  ].map(([name, make, more]) => [name, make, PASSED, 'legal', more]);
  const other = encryption({ number: 201, strings: 'Identity' });
  const restated = (change) => { const p = sign(paper()); return p.save({ 200: change(p.cipher.dictionary) }); };
  const withTrailer = (options, change) => { const p = sign(paper(options)); return p.save({ 90: '<< >>' }, { cipher: { ...p.cipher, trailer: change(p.cipher.trailer) } }); };
  const evil = [
    ['encryption left out later', () => { const p = sign(paper()); return p.save({ 90: '<< >>' }, { cipher: null }); }, 'readers of the newest trailer decrypt nothing'],
    ['encryption left out later, content in plain', () => { const p = sign(paper()); return p.save({ 5: kEvil }, { cipher: null }); }, 'another page, and readers that differ'],
    ['encryption named anew later', () => { const p = sign(paper()); return p.save({ 201: other.dictionary }, { cipher: { ...p.cipher, number: 201, trailer: other.trailer } }); }, 'readers differ in which one counts'],
    ['encryption dictionary replaced: streams are plain now', () => restated((body) => body.replace('/StmF /StdCF', '/StmF /Identity')), 'every stream becomes other octets'],
    ['encryption dictionary replaced: another method', () => restated((body) => body.replace('/AESV2', '/V2')), 'every stream becomes other octets'],
    ['encryption dictionary freed', () => sign(paper()).save({}, { free: [200] }), 'readers decrypt nothing'],
    ['first identifier changed', () => withTrailer({}, (text) => text.replace(/\[<\w+>/, '[<fedcba9876543210>')), 'the key is another one'],
    ['identifiers left out', () => withTrailer({}, (text) => text.replace(/ \/ID.*$/, '')), 'the key is another one'],
    ['encrypted by a later revision', () => { const p = sign(Paper.create(pageObjects())); return p.save({ 90: '<< >>' }, { cipher: encryption() }); }, 'what was signed in plain is decrypted now'],
    ['encrypted by a later revision, dictionary in the trailer', () => { const p = sign(Paper.create(pageObjects())); return p.save({ 90: '<< >>' }, { cipher: encryption({ direct: true }) }); }, 'what was signed in plain is decrypted now'],
    ['password needed', () => sign(paper({ password: 'secret' })), 'what the pages show was not read'],
    ['password needed, AES-256', () => sign(paper({ revision: 6, password: 'secret' })), 'what the pages show was not read'],
    ['for holders of certificates', () => { const cipher = encryption(); return sign(Paper.create(pageObjects(), { cipher: { ...cipher, dictionary: cipher.dictionary.replace('/Standard', '/Adobe.PubSec /SubFilter /adbe.pkcs7.s5') } })); }, 'what the pages show was not read'],
    ['handler of a later revision', () => { const cipher = encryption({ revision: 6 }); return sign(Paper.create(pageObjects(), { cipher: { ...cipher, dictionary: cipher.dictionary.replace('/R 6', '/R 7') } })); }, 'what the pages show was not read'],
    ['crypt filter that is not there', () => { const cipher = encryption(); return sign(Paper.create(pageObjects(), { cipher: { ...cipher, dictionary: cipher.dictionary.replace('/StmF /StdCF', '/StmF /Missing') } })); }, 'what the pages show was not read'],
    ['/Contents encrypted', () => { const p = paper({ revision: 3 }); return sign(p, { fill: (hex, size) => p.cipher.encryptOctets(Buffer.from(hex.padEnd(size, '0'), 'hex'), p.size, 'StdCF').toString('hex') }); }, 'a signature is never encrypted (7.6.1)'],
    ['page that switches to plain octets of another text', () => { const p = sign(paper()); return p.save({ 5: kEvil.replace('<<', '<< /Filter [/Crypt] /DecodeParms [<< /Name /Identity >>]') }); }, 'another page'],
  ].map(([name, make, why]) => [name, make, NOT_PASSED, why]);
  return [...rooms, ...each, ...legal, ...evil].map(([name, make, expect, why, more]) => ({ name, make, expect, why, ...more }));
};
