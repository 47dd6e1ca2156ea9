// Every sample of every class, with the verdict that it must get.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIdentity } from './cms.mjs';
import attributes from './samples/attributes.mjs';
import buttons from './samples/buttons.mjs';
import choices from './samples/choices.mjs';
import certification from './samples/certification.mjs';
import comments from './samples/comments.mjs';
import habits from './samples/habits.mjs';
import foreign from './samples/foreign.mjs';
import crossref from './samples/crossref.mjs';
import drawn from './samples/drawn.mjs';
import encryption from './samples/encryption.mjs';
import endings from './samples/endings.mjs';
import filling from './samples/filling.mjs';
import forgery from './samples/forgery.mjs';
import joined from './samples/joined.mjs';
import stores from './samples/stores.mjs';
import incremental from './samples/incremental.mjs';
import java from './samples/java.mjs';
import kept from './samples/kept.mjs';
import legal from './samples/legal.mjs';
import letters from './samples/letters.mjs';
import locks from './samples/locks.mjs';
import looks from './samples/looks.mjs';
import marks from './samples/marks.mjs';
import messages from './samples/messages.mjs';
import oddities from './samples/oddities.mjs';
import places from './samples/places.mjs';
import programs from './samples/programs.mjs';
import repaired from './samples/repaired.mjs';
import resources from './samples/resources.mjs';
import rights from './samples/rights.mjs';
import shadow from './samples/shadow.mjs';
import signing from './samples/signing.mjs';
import steps from './samples/steps.mjs';
import strays from './samples/strays.mjs';
import structure from './samples/structure.mjs';
import timestamps from './samples/timestamps.mjs';
import titles from './samples/titles.mjs';
import written from './samples/written.mjs';
import wrapping from './samples/wrapping.mjs';
import writers from './samples/writers.mjs';
import { sign } from './sign.mjs';

const classes = { buttons, choices, marks, incremental, wrapping, forgery, shadow, certification, comments, drawn, kept, signing, filling, looks, written, letters, steps, habits, encryption, places, crossref, strays, repaired, joined, stores, endings, resources, rights, locks, structure, messages, timestamps, titles, legal, foreign, writers, oddities, attributes, ...(process.env.SEGELL_LONG ? { java, programs } : {}) };

/** What the classes make their samples with. */
function makeKit(pki) {
  const identities = new Map();
  const identity = (name) => {
    if (!identities.has(name)) identities.set(name, readIdentity(pki, name));
    return identities.get(name);
  };
  return {
    pki,
    identity,
    /** Signs with the seal of the example PKI unless told otherwise, its issuer's certificate along. */
    sign(paper, options = {}) {
      const signer = options.identity ?? identity(options.timestamp ? 'tsa' : 'seal-p256');
      const cms = typeof options.cms === 'function' ? options.cms : { certificates: [signer, identity('issuing')], ...options.cms };
      return sign(paper, { ...options, identity: signer, cms });
    },
    PASSED: 'TOTAL-PASSED',
    FAILED: 'TOTAL-FAILED',
    FORMAT: 'TOTAL-FAILED/FORMAT_FAILURE',
    CONSTRAINTS: 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE',
    NOT_PASSED: 'TOTAL-FAILED|INDETERMINATE',
    NONE: 'NO-SIGNATURE',
  };
}

/** Writes the samples whose class or name holds `word` into a folder, each to its `file`; of these every so many. */
export async function writeSamples(pki, folder, word = '', every = 1) {
  mkdirSync(folder, { recursive: true });
  const kit = makeKit(pki);
  const samples = Object.entries(classes).flatMap(([group, list]) => list(kit).map((sample) => ({ group, ...sample })))
    .filter(({ group, name }) => `${group}: ${name}`.includes(word))
    .filter((_, index) => index % every === 0)
    .map((sample) => ({ ...sample, file: join(folder, `${sample.group}-${sample.name.replace(/[^A-Za-z0-9]+/g, '-')}.pdf`) }));
  if (new Set(samples.map(({ file }) => file)).size !== samples.length) throw new Error('two samples have one name');
  for (const { file, make } of samples) writeFileSync(file, (await make()).octets);
  return samples;
}
