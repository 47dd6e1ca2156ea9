// Proves the arrows of docs/architecture.md: what a room's CMake target links, what its files include, and which third party stands in
// a public header. `--planted` runs the same check over tests/lint/planted/tree and succeeds only if every planted violation is found.
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';

// room: [folder, rooms it may use]. One line an arrow list; the complete list.
const rooms = {
  base: ['base', []],
  net: ['base/net', ['base']],
  journal: ['storage/journal', ['base']],
  signer: ['signer', ['base']],
  templates: ['signer/layout/templates', ['base']],
  layout: ['signer/layout', ['templates', 'base']],
  consent: ['consent', ['base']],
  storage: ['storage', ['base', 'journal']],
  sqlite: ['storage/sqlite', ['storage', 'base']],
  folder: ['storage/folder', ['storage', 'base']],
  app: ['service/app', ['signer', 'layout', 'templates', 'consent', 'storage', 'journal', 'base']],
  http: ['service/http', ['app', 'base']],
  segelld: ['service/segelld', ['http', 'app', 'net', 'storage', 'sqlite', 'folder', 'base']],
  cli: ['cli', ['signer', 'journal', 'consent', 'storage', 'sqlite', 'net', 'templates', 'base']],
};

// third party: [how its includes begin, how its CMake targets begin, rooms that own it]
const thirdParties = {
  OpenSSL: [/^openssl\//, /^OpenSSL::/, ['base', 'signer']],
  'nlohmann-json': [/^nlohmann\//, /^nlohmann_json/, ['base']],
  'p11-kit': [/^p11-kit\//, /p11-kit|P11/i, ['base']],
  libcurl: [/^curl\//, /^CURL::/, ['net']],
  qpdf: [/^qpdf\//, /qpdf/i, ['signer']],
  libarchive: [/^archive(_entry)?\.h/, /LibArchive/, ['signer']],
  zlib: [/^zlib\.h/, /ZLIB/, ['signer']],
  libxml2: [/^libxml\//, /LibXml2/i, ['signer']],
  Pango: [/^pango\//, /pango/i, ['layout']],
  HarfBuzz: [/^hb(-\w+)?\.h/, /harfbuzz/i, ['cli']],
  Cairo: [/^cairo/, /cairo/i, ['layout']],
  fontconfig: [/^fontconfig\//, /fontconfig/i, ['layout']],
  libqrencode: [/^qrencode\.h/, /qrencode/i, ['layout']],
  libfido2: [/^fido(\.h|\/)/, /fido/i, ['app']],
  sqlite3: [/^sqlite3\.h/, /^SQLite/i, ['sqlite']],
  libpq: [/^libpq|^postgresql\//, /^PostgreSQL::/, []],
  Poco: [/^Poco\//, /^Poco::/, ['http', 'segelld']],
  spdlog: [/^spdlog\//, /^spdlog::/, ['app', 'http', 'segelld', 'cli']],
  CLI11: [/^CLI\//, /^CLI11::/, ['cli']],
};

function* files(folder, skip) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (skip.includes(path)) continue;
    if (entry.isDirectory()) yield* files(path, skip);
    else if (/\.(h|cpp)$/.test(entry.name)) yield path;
  }
}

function check(root) {
  const found = [];
  const at = folder => join(root, folder);
  const folders = Object.values(rooms).map(([folder]) => at(folder));
  for (const [room, [folder, uses]] of Object.entries(rooms)) {
    if (!existsSync(at(folder))) continue;
    const nested = folders.filter(other => other !== at(folder) && other.startsWith(at(folder) + '/'));
    for (const path of files(at(folder), nested)) checkIncludes(found, room, uses, path);
    const cmake = join(at(folder), 'CMakeLists.txt');
    if (existsSync(cmake)) checkLinks(found, room, uses, cmake);
  }
  return found;
}

function checkIncludes(found, room, uses, path) {
  const isPublic = path.includes('/include/');
  readFileSync(path, 'utf8').split('\n').forEach((line, index) => {
    const include = /^\s*#\s*include\s*[<"]([^>"]+)[>"]/.exec(line)?.[1];
    if (!include) return;
    const where = `${path}:${index + 1}`;
    const other = include.includes('/') ? include.split('/')[0] : undefined;
    if (other && other in rooms && other !== room && !uses.includes(other)) found.push(`${where}: ${room} must not include ${other} (${include})`);
    for (const [name, [pattern, , owners]] of Object.entries(thirdParties)) {
      if (!pattern.test(include)) continue;
      if (!owners.includes(room)) found.push(`${where}: ${room} does not own ${name} (${include})`);
      else if (isPublic && room !== 'http') found.push(`${where}: ${name} in a public header (${include})`);
    }
  });
}

function checkLinks(found, room, uses, cmake) {
  const text = readFileSync(cmake, 'utf8').replace(/#.*$/gm, '');
  for (const [call] of text.matchAll(/(?:segell_room|target_link_libraries)\s*\([^)]*\)/g)) {
    const words = call.replace(/^[^(]*\(/, '').replace(/\)$/, '').split(/\s+/).filter(Boolean);
    let section = '';
    words.forEach((word, index) => {
      if (/^(SOURCES|LINK|PRIVATE|PUBLIC|INTERFACE)$/.test(word)) section = word;
      if (index === 0 || section === 'SOURCES') return;
      const other = /^segell(?:::|_)(\w+)$/.exec(word)?.[1];
      if (other && other in rooms && other !== room && !uses.includes(other)) found.push(`${cmake}: ${room} must not link ${other}`);
      for (const [name, [, pattern, owners]] of Object.entries(thirdParties)) {
        if (!pattern.test(word)) continue;
        if (!owners.includes(room)) found.push(`${cmake}: ${room} does not own ${name} (${word})`);
        else if (section === 'PUBLIC' || section === 'LINK') found.push(`${cmake}: ${name} must be PRIVATE (${word})`);
      }
    });
  }
}

if (process.argv.includes('--planted')) {
  const found = check('tests/lint/planted/tree').join('\n');
  const planted = [/consent must not include storage/, /consent does not own OpenSSL \(openssl\/evp.h\)/, /consent must not include signer/,
    /consent must not link storage/, /consent does not own OpenSSL \(OpenSSL::Crypto\)/, /cli does not own Poco/,
    /templates must not include layout/, /templates must not include consent/, /templates does not own Pango/];
  const missed = planted.filter(pattern => !pattern.test(found));
  for (const pattern of missed) console.error(`layers: planted violation not found: ${pattern}`);
  process.exit(missed.length ? 1 : 0);
}
const found = check('.');
for (const line of found) console.error(`layers: ${line}`);
process.exit(found.length ? 1 : 0);
