// What pdfsig, mutool and `openssl cms` say of every sample, beside Segell. Each disagreement has its row in docs/validation-notes.md, "Disagreements", and each row its samples.
//   node differential.mjs SEGELL PKI_DIR SOURCE_DIR [WORD]
// Every fortieth sample unless SEGELL_LONG=1: three programs a sample take about a minute for all.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeSamples } from './samples.mjs';

const long = process.env.SEGELL_LONG !== undefined;

const [segell, pki, source, word] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'segell-differential-'));
after(() => rmSync(folder, { recursive: true }));

/** Both streams of a program that may fail in any way. */
const ask = (program, ...args) => new Promise((resolve) => {
  execFile(program, args, { encoding: 'latin1', timeout: 120_000, maxBuffer: 1 << 26 }, (error, stdout, stderr) => resolve({ text: stdout + stderr, crashed: Boolean(error?.signal) }));
});

/** One word for all signatures of a file: the worst that was said. */
function worst(answers) {
  for (const answer of ['invalid', 'edited', 'valid']) if (answers.includes(answer)) return answer;
  return 'silent';
}

const programs = {
  async pdfsig(file) {
    const { text, crashed } = await ask('pdfsig', '-nocert', file);
    if (crashed) return 'crashed';
    return worst([...text.matchAll(/Signature Validation: (.*)/g)].map(([, words]) => (words.includes('not yet been verified') ? 'silent' : words === 'Signature is Valid.' ? 'valid' : 'invalid')));
  },
  async mutool(file) {
    const { text, crashed } = await ask('mutool', 'sign', '-v', file);
    if (crashed) return 'crashed';
    return worst(text.split('Verifying signature').slice(1).map((part) => (/unchanged since signing/.test(part) ? 'valid' : /there have been edits/.test(part) ? 'edited' : /is not signed/.test(part) ? 'silent' : 'invalid')));
  },
  async openssl(file) {
    const text = readFileSync(file, 'latin1');
    const found = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].map((match) => match.slice(1).map(Number));
    const answers = [];
    for (const [a, b, c, d] of found) {
      const message = Buffer.from(text.slice(a + b, c).replace(/[^0-9A-Fa-f]/g, ''), 'hex');
      if (message.length < 10 || a + b > text.length || c + d > text.length) continue;
      writeFileSync(`${file}.cms`, message);
      writeFileSync(`${file}.content`, Buffer.from(text.slice(a, a + b) + text.slice(c, c + d), 'latin1'));
      const said = await ask('openssl', 'cms', '-verify', '-binary', '-inform', 'DER', '-in', `${file}.cms`, '-content', `${file}.content`, '-CAfile', join(pki, 'root.pem'), '-purpose', 'any', '-out', '/dev/null');
      answers.push(said.crashed ? 'crashed' : said.text.includes('CMS Verification successful') ? 'valid' : 'invalid');
    }
    return worst(answers);
  },
};

const samples = await writeSamples(pki, folder, word, long || word !== undefined ? 1 : 40);
const judged = spawnSync(segell, ['verify', '--json', '--trust', join(pki, 'anchors'), ...samples.map(({ file }) => file)], { encoding: 'utf8', maxBuffer: 1 << 28 });
const verdicts = judged.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));

/** What Segell found first, as the id of its check; for a file that passes, its class. */
function cause(verdict, group) {
  if (verdict.indication === 'TOTAL-PASSED') return `passed (${group})`;
  const failed = [...verdict.signatures.flatMap((one) => one.checks), ...verdict.checks].find(({ status }) => status === 'fail');
  return failed?.id ?? `${verdict.indication}/${verdict.subIndication ?? ''}`;
}

const agrees = (indication, answer) => {
  if (answer === 'crashed') return false;
  if (indication === 'TOTAL-PASSED') return answer === 'valid' || answer === 'edited';
  if (indication === 'INDETERMINATE') return answer !== 'valid';
  return answer === 'invalid' || answer === 'silent';
};

const asked = [];
const open = samples.map((sample, index) => ({ sample, verdict: verdicts[index] }));
await Promise.all(Array.from({ length: 2 }, async () => {
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const [program, judge] of Object.entries(programs)) {
      asked.push({ program, answer: await judge(next.sample.file), ...next, cause: cause(next.verdict, next.sample.group) });
    }
  }
}));

const disagreements = asked.filter(({ verdict, answer }) => !agrees(verdict.indication, answer));
const table = readFileSync(join(source, 'docs/validation-notes.md'), 'utf8').split('## Disagreements')[1] ?? '';
const rows = [...table.matchAll(/^\| (?!Segell |---)(.+?) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(([, causes, tools, answers, why]) => ({
  causes: causes.replaceAll('`', '').split(', '), tools: tools.replaceAll('`', '').split(', '), answers: answers.split(', '), why, count: 0,
}));
const rowOf = ({ program, answer, cause: of }) => rows.find(({ causes, tools, answers }) => causes.includes(of) && tools.includes(program) && answers.includes(answer));

test(`every disagreement is explained: ${disagreements.length} of ${asked.length} answers`, () => {
  const unexplained = disagreements.filter((one) => {
    const row = rowOf(one);
    if (row !== undefined) row.count += 1;
    return row === undefined;
  });
  const told = new Map();
  for (const { program, answer, cause: of, verdict, sample } of unexplained) {
    const key = `${of} | ${program} | ${answer} (${verdict.indication})`;
    told.set(key, [...(told.get(key) ?? []), `${sample.group}: ${sample.name}`]);
  }
  assert.equal(unexplained.length, 0, [...told].map(([key, names]) => `${key}: ${names.length}, e.g. ${names.slice(0, 3).join('; ')}`).join('\n'));
});

test('every explanation is needed', { skip: !long || word !== undefined }, () => {
  for (const { causes, tools, answers, count } of rows) {
    console.log(`${String(count).padStart(5)}  ${causes.join(', ')} | ${tools.join(', ')} | ${answers.join(', ')}`);
    assert.notEqual(count, 0, `${causes.join(', ')} ${tools.join(', ')}`);
  }
});
