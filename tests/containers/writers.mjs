// Archives of the same files by other programs' writers, into files and into pipes: Info-ZIP, libarchive, 7-Zip, Java.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const java = fileURLToPath(new URL('java/Streams.java', import.meta.url));

/** name → octets. `folder` must be empty. */
export function byOtherPrograms(folder, files) {
  for (const { name, content } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const names = files.map(({ name }) => name);
  const run = (command, words, input) => execFileSync(command, words, { cwd: folder, input, maxBuffer: 1 << 26, stdio: ['pipe', 'pipe', 'ignore'] });
  const written = (name, write) => { write(join(folder, name)); return readFileSync(join(folder, name)); };
  return {
    'zip -fd': written('fd.zip', (out) => run('zip', ['-q', '-fd', out, ...names])),
    'zip -fz': written('fz.zip', (out) => run('zip', ['-q', '-fz', out, ...names])),
    'zip into a pipe': run('zip', ['-q', '-', ...names]),
    // into a pipe it adds zeros behind the end
    bsdtar: written('tar.zip', (out) => run('bsdtar', ['-c', '--format', 'zip', '-f', out, ...names])),
    'bsdtar, stored': written('stored.zip', (out) => run('bsdtar', ['-c', '--format', 'zip', '--options', 'zip:compression=store', '-f', out, ...names])),
    'bsdtar with zip64': written('tar64.zip', (out) => run('bsdtar', ['-c', '--format', 'zip', '--options', 'zip:zip64', '-f', out, ...names])),
    '7z': written('7z.zip', (out) => run('7z', ['a', '-tzip', out, ...names])),
    '7z from pipes': written('7z-si.zip', (out) => { for (const { name, content } of files) run('7z', ['a', '-tzip', `-si${name}`, out], Buffer.from(content)); }),
    '7z into a pipe': run('7z', ['a', '-tzip', '-so', 'any.zip', ...names]),
    'Java\'s stream': written('stream.zip', (out) => run('java', [java, 'stream', out, ...names])),
    'Java\'s zip file system': written('system.zip', (out) => run('java', [java, 'system', out, ...names])),
  };
}
