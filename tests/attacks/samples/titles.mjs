// The document's title: viewers show it above the page, and screen readers begin with it. Metadata that come along with a signature or evidence may say when and by what, and no other title.
import { pageObjects, Paper, stream } from '../paper.mjs';

const trailer = { trailer: ' /Info 61 0 R' };
const dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';
const packet = (inside, about = dc) => `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${about}>${inside}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
const alternatives = (words, name = 'dc:title') => `<${name}><rdf:Alt>${Object.entries(words).map(([lang, text]) => `<rdf:li xml:lang="${lang}">${text}</rdf:li>`).join('')}</rdf:Alt></${name}>`;
const metadata = (text) => stream(text, ' /Type /Metadata /Subtype /XML');
const xmp = (title, more = '') => metadata(packet(alternatives({ 'x-default': title }) + more));
const wide = (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('latin1');
const date = '<xmp:ModifyDate xmlns:xmp="http://ns.adobe.com/xap/1.0/">2026-11-20T10:00:00Z</xmp:ModifyDate>';

export default ({ sign, PASSED, FORMAT, CONSTRAINTS }) => {
  const paper = (title, packetOf = xmp(title)) => Paper.create({ ...pageObjects('I refuse', { catalog: ` /ViewerPreferences << /DisplayDocTitle true >>${packetOf ? ' /Metadata 60 0 R' : ''}` }),
    ...(packetOf ? { 60: packetOf } : {}), 61: `<< /Producer (Invented)${title ? ` /Title (${title})` : ''} >>` }, trailer);
  const signed = (options = {}, title = 'Refusal', packetOf = undefined) => sign(paper(title, packetOf), { save: trailer, ...options });
  const evidence = (p, changes, save = trailer) => p.save({ 1: p.objects[1].replace(/ >>$/, ' /DSS 90 0 R >>'), 90: '<< /Type /DSS >>', ...changes }, save);
  const info = (words) => `<< /Producer (Other) /ModDate (D:20261120100000Z) /Title ${words} >>`;
  const withMetadata = (p) => p.objects[1].replace(/ >>$/, ' /DSS 90 0 R /Metadata 60 0 R >>');

  const other = [
    ['in the information', (p) => evidence(p, { 61: info('(Consent)') })],
    ['in XMP', (p) => evidence(p, { 60: xmp('Consent', date) })],
    ['in both', (p) => evidence(p, { 60: xmp('Consent'), 61: info('(Consent)') })],
    ['in another information', (p) => evidence(p, { 92: info('(Consent)') }, { trailer: ' /Info 92 0 R' })],
    ['with a timestamp', (p) => sign(p, { timestamp: true, field: 'Time', changes: { 61: info('(Consent)') }, save: trailer })],
  ];
  const levels = [['no certification', {}, CONSTRAINTS], ['P 1', { docmdp: 1 }, FORMAT], ['P 2', { docmdp: 2 }, CONSTRAINTS], ['P 3', { docmdp: 3 }, CONSTRAINTS]];
  const exchanged = levels.flatMap(([level, options, expect]) => other.map(([name, change]) => [`${level}: another title ${name}`, () => change(signed(options)), expect, 'the title is shown in the window']));

  const hidden = [
    ['under another prefix', (p) => evidence(p, { 60: metadata(packet(alternatives({ 'x-default': 'Consent' }, 'own:title'), 'xmlns:own="http://purl.org/dc/elements/1.1/"')) })],
    ['without a prefix', (p) => evidence(p, { 60: metadata(packet('<title xmlns="http://purl.org/dc/elements/1.1/">Consent</title>')) })],
    ['as an attribute', (p) => evidence(p, { 60: metadata(packet('', `${dc} dc:title = 'Consent'`)) })],
    ['in UTF-16', (p) => evidence(p, { 60: metadata(wide(packet(alternatives({ 'x-default': 'Consent' })))) })],
    ['for one language more', (p) => evidence(p, { 60: metadata(packet(alternatives({ 'x-default': 'Refusal', ca: 'Consentiment' }))) })],
    ['by numbers of characters', (p) => evidence(p, { 60: xmp('&#67;onsent') })],
    ['in UTF-16, in the information', (p) => evidence(p, { 61: info(`<feff${Buffer.from('Consent', 'utf16le').swap16().toString('hex')}>`) })],
    ['with a second signature', (p) => sign(p, { field: 'Second', changes: { 60: xmp('Consent'), 61: info('(Consent)') }, save: trailer })],
  ].map(([name, change]) => [`another title ${name}`, () => change(signed()), CONSTRAINTS, 'the title is shown in the window']);
  const first = [
    ['a title where there was none, in the information', () => evidence(signed({}, '', null), { 61: info('(Consent)') })],
    ['a title where there was none, in XMP', () => { const p = signed({}, '', null); return evidence(p, { 1: withMetadata(p), 60: xmp('Consent') }); }],
  ].map(([name, make]) => [name, make, CONSTRAINTS, 'the title is shown in the window']);

  const legal = [
    ...levels.map(([level, options]) => [`${level}: dates and programs beside the same title`, () => evidence(signed(options), { 60: xmp('Refusal', date), 61: info('(Refusal)') })]),
    ['the same title in another encoding', () => evidence(signed(), { 61: info(`<feff${Buffer.from('Refusal', 'utf16le').swap16().toString('hex')}>`) })],
    ['the same title under another prefix', () => evidence(signed(), { 60: metadata(packet(alternatives({ 'x-default': 'Refusal' }, 'own:title'), 'xmlns:own="http://purl.org/dc/elements/1.1/"')) })],
    ['the title of the information, in XMP for the first time', () => { const p = signed({}, 'Refusal & more', null); return evidence(p, { 1: withMetadata(p), 60: xmp('Refusal &amp; more', date) }); }],
    ['the title goes', () => evidence(signed(), { 61: '<< /Producer (Other) >>' })],
    ['the same title with a second signature', () => sign(signed(), { field: 'Second', changes: { 60: xmp('Refusal', date), 61: info('(Refusal)') }, save: trailer })],
    ['other properties beside the same title', () => evidence(signed(), { 60: xmp('Refusal', '<dc:format>application/pdf</dc:format>') })],
  ].map(([name, make]) => [name, make, PASSED, 'nobody is shown another title']);
  return [...exchanged, ...hidden, ...first, ...legal].map(([name, make, expect, why]) => ({ name, make, expect, why }));
};
