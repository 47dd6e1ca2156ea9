// Runs `segell verify` on every file that the lab makes and compares what it says with what each case expects.
//   node --test run.mjs SEGELL [CASES...]        with KEEP=DIR the files stay there
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { anchors, freshLists, lists, now, root } from './lab/world.mjs';

const [segell, ...files] = process.argv.slice(2);
const work = process.env.KEEP ?? mkdtempSync(join(tmpdir(), 'segell-lab-'));
mkdirSync(work, { recursive: true });
if (!process.env.KEEP) after(() => rmSync(work, { recursive: true, force: true }));

const usual = anchors(root) + lists(...freshLists());
let count = 0;

function verify({ file, trust = usual, at = now, options = [], extra = {} }) {
  const id = join(work, String(count++).padStart(3, '0'));
  writeFileSync(`${id}.pdf`, file);
  writeFileSync(`${id}.pem`, trust);
  const more = Object.entries(extra).flatMap(([option, content]) => {
    writeFileSync(`${id}${option}`, content);
    return [option, `${id}${option}`];
  });
  const { stdout, stderr, status } = spawnSync(segell, ['verify', '--json', '--at', at.toISOString(), '--trust', `${id}.pem`, ...options, ...more, `${id}.pdf`],
    { encoding: 'utf8' });
  assert.ok(status !== null && status <= 4 && stdout !== '', `${id}.pdf: ${stderr}`);
  return { verdict: JSON.parse(stdout), id };
}

const nameOf = ({ indication, subIndication }) => (subIndication ? `${indication}/${subIndication}` : indication);

for (const name of files) {
  const { cases } = await import(name);
  describe(name.split('/').at(-1), () => {
    for (const one of cases) {
      test(`${one.name}: ${one.expect}`, () => {
        const { verdict, id } = verify(one);
        const said = JSON.stringify(verdict, null, 1);
        const which = one.signature === undefined ? verdict : verdict.signatures[one.signature];
        assert.equal(nameOf(which), one.expect, `${id}.pdf (${one.why}): ${nameOf(which)}\n${said}`);
        if (one.integrity) assert.equal(verdict.signatures[0].integrity, one.integrity, said);
        one.verdict?.(verdict, assert);
        if (one.level) assert.equal(verdict.signatures[0].level, one.level, said);
        for (const [check, status] of Object.entries(one.checks ?? {})) {
          const found = verdict.signatures.flatMap(({ checks }) => checks).filter((each) => each.id === check);
          assert.ok(found.some((each) => each.status === status), `${id}.pdf: ${check} is not ${status}\n${said}`);
        }
      });
    }
  });
}
