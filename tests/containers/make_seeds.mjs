// Makes the seeds of fuzz.container anew: node make_seeds.mjs PKI_DIR ../fuzz/seeds/container
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Maker } from './make.mjs';
import { ALL, wideField } from './zip.mjs';

const [pki, folder] = process.argv.slice(2);
const maker = new Maker(pki);
mkdirSync(folder, { recursive: true });
const small = { identities: ['seal-p256'] };
const seeds = {
  extended: maker.extended({ 'a.txt': 'a', 'b/c.txt': 'b' }, small),
  deflated: maker.extended({ 'a.txt': 'aaaaaaaaaaaaaaaaaaaaaaaa' }, { ...small, change: (files) => files.map((file) => ({ ...file, deflate: true, descriptor: true })) }),
  wide: maker.extended({ 'a.txt': 'a' }, { ...small, around: { end64: {}, end: { count: 0xffff, size: ALL, begin: ALL } }, change: (files) => files.map((file) => ({ ...file,
    descriptor: 'wide', headerAt: ALL, local: { packed: ALL, size: ALL }, extra: wideField(0, 0), centralExtra: ({ header }) => wideField(header) })) }),
  simple: maker.simple('a.txt', 'a', small),
  detached: maker.cades('a', ['seal-p256']),
  enveloping: maker.cades('a', ['seal-p256'], ['-cades', '-nodetach', '-stream', '-indef']),
};
for (const [name, octets] of Object.entries(seeds)) writeFileSync(join(folder, name), octets);
maker.end();
