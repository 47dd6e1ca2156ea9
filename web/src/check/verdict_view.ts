import { html, nothing } from 'lit';
import { button, heading } from '../visit/screens/parts';
import type { Screen } from '../visit/screens/screen';
import { sameCode } from './code';
import { counterSigners, headline, printable, why, type CounterSignature, type SignatureVerdict, type Verdict } from './verdict';
import type { Scene } from './view';
import { sayMoment } from '../words/dates';

const kMethods: ReadonlySet<string> = new Set(['drawn', 'drawn-with-dynamics', 'button', 'official', 'witnesses']);
const kMeanings: ReadonlySet<string> = new Set(['agree', 'agree-with-reservation', 'informed', 'received', 'disagree']);
const kGaps: ReadonlySet<string> = new Set(['revocation', 'time', 'act.identity-evidence', 'ocsp', 'signature-policy', 'counter-signature', 'pdf.encryption']);
const kMostSignatures = 12;
const kMostChanges = 20;
const kMostCounterSigners = 12;
const kHighestEvidence = 6;

/** The verdict in words: changed or not first, then who, what and when, and what it does not prove. */
export function verdict(scene: Scene, judged: Verdict, lone: boolean): Screen {
  const { say, actions } = scene;
  const reason = why(judged.subIndication);
  const { indication, signatures } = judged;
  const tone = indication === 'TOTAL-PASSED' ? 'good' : indication === 'TOTAL-FAILED' ? 'bad' : 'open';
  return html`
    <div class=${`verdict ${tone}`}>
      ${heading(say(headline(judged)))}
      ${reason === null ? nothing : html`<p>${say('check-why')}: ${say(reason)}.</p>`}
      ${lone && judged.subIndication === 'SIGNED_DATA_NOT_FOUND' ? html`<p>${say('check-content-missing')}</p>` : nothing}
      ${indication === 'NO-SIGNATURE' || indication === 'ERROR' ? html`<p>${say(`${headline(judged)}-text`)}</p>` : nothing}
    </div>
    ${codes(scene, judged)}
    ${signatures.slice(0, kMostSignatures).map((signature) => one(scene, signature, signatures.length > 1))}
    ${signatures.length > kMostSignatures
      ? html`<p>${say('check-more', { count: signatures.length - kMostSignatures })}</p>`
      : nothing}
    ${gaps(scene, judged)}
    <div class="two">${button(say('check-another'), () => actions.again(), 'again')}</div>
    <p class="reference">
      <b>${indication}${judged.subIndication === null ? '' : ` ${printable(judged.subIndication)}`}</b>
      ${judged.error === undefined ? nothing : html`<b>${printable(judged.error.code)}</b>`}
    </p>
  `;
}

/** Whether the file is the paper whose code was printed. Without a good seal its code is worth nothing. */
function codes({ say, state }: Scene, { indication, signatures }: Verdict): Screen {
  const inside = [...new Set(signatures.map(({ act }) => act.verificationCode).filter((code) => code !== null))];
  const { code } = state;
  if (indication !== 'TOTAL-PASSED' || inside.length === 0) {
    return html`${code === null
      ? nothing
      : html`<p class="code"><span>${say('check-code')}</span> <b>${code}</b></p>
          <p>${say('check-code-unknown')}</p>`}`;
  }
  const same = code !== null && inside.every((other) => sameCode(code, other));
  return html`
    <div class=${code !== null && !same ? 'card other' : 'card'} data-code=${code === null ? 'inside' : same ? 'same' : 'other'}>
      <p class="code">
        <span>${say('check-code-inside')}</span> ${inside.map((other) => html`<b>${printable(other)}</b> `)}
      </p>
      ${code === null
        ? nothing
        : html`<p class="code"><span>${say('check-code')}</span> <b>${code}</b></p>
            <p><strong>${say(same ? 'check-code-same' : 'check-code-other')}</strong></p>`}
    </div>
  `;
}

function one({ say, language }: Scene, signature: SignatureVerdict, several: boolean): Screen {
  const reason = why(signature.subIndication);
  const { changes } = signature;
  return html`
    <section class="card" data-indication=${signature.indication}>
      ${several ? html`<h2>${say(`check-outcome-${signature.indication.toLowerCase()}`)}</h2>` : nothing}
      ${signature.indication === 'TOTAL-PASSED' ? nothing : html`<p><strong>${say('check-claims')}</strong></p>`}
      <dl class="facts">
        ${several && reason !== null ? fact(say('check-why'), say(reason)) : nothing}
        ${fact(say('check-who'), who(say, signature))}
        ${signature.type === 'seal' ? fact(say('check-kind'), say('check-organisational')) : nothing}
        ${fact(say('check-when'), when(say, language, signature))}
        ${countersigned(say, language, signature)}
        ${changes.length === 0 && signature.indication !== 'TOTAL-PASSED'
          ? nothing
          : fact(say('check-changes'), changes.length === 0 ? say('check-no-changes') : listed(say, changes))}
        ${signature.type === 'document-timestamp'
          ? nothing
          : fact(say('check-level'), `${signature.evidenceLevel}/${kHighestEvidence}, ${printable(signature.level)}`)}
      </dl>
    </section>
  `;
}

/** Who signed this signature in turn, when, and whether theirs is good: each stands for itself. */
function countersigned(say: Scene['say'], language: string, { counterSignatures }: SignatureVerdict): Screen {
  const all = counterSigners(counterSignatures);
  if (all.length === 0) {
    return html``;
  }
  const more = all.length - kMostCounterSigners;
  return fact(
    say('check-countersigned'),
    html`<ul class="changes">
      ${all.slice(0, kMostCounterSigners).map((each) => html`<li data-countersigned=${each.indication}>${inTurn(say, language, each)}</li>`)}
      ${more > 0 ? html`<li>${say('check-more', { count: more })}</li>` : nothing}
    </ul>`,
  );
}

function inTurn(say: Scene['say'], language: string, each: CounterSignature): string {
  // what differs is the value that was signed in turn, not the content of the file
  const reason = each.subIndication === 'HASH_FAILURE' ? 'check-countersigned-other' : why(each.subIndication);
  const values = { name: signerName(say, each), date: when(say, language, each), answer: say(`check-outcome-${each.indication.toLowerCase()}`) };
  return reason === null ? say('check-countersigner', values) : say('check-countersigner-why', { ...values, label: say(reason) });
}

/** Every change by its name, as far as a person reads. */
function listed(say: Scene['say'], changes: readonly string[]): Screen {
  const more = changes.length - kMostChanges;
  return html`<ul class="changes">
    ${changes.slice(0, kMostChanges).map((change) => html`<li lang="en">${printable(change, 160)}</li>`)}
    ${more > 0 ? html`<li>${say('check-more', { count: more })}</li>` : nothing}
  </ul>`;
}

function fact(label: string, text: string | Screen): Screen {
  return html`<dt>${label}</dt>
    <dd>${text}</dd>`;
}

function signerName(say: Scene['say'], { signer }: Pick<SignatureVerdict, 'signer'>): string {
  return printable(signer.commonName ?? signer.subject ?? '') || say('check-nobody');
}

function who(say: Scene['say'], { type, signer, act }: SignatureVerdict): string {
  const name = signerName(say, { signer });
  const kind = type === 'document-timestamp' ? 'timestamp' : type === 'seal' || act.present ? 'seal' : 'signature';
  const method = act.method ?? '';
  const meaning = act.meaning ?? '';
  if (!act.present || !kMethods.has(method) || !kMeanings.has(meaning)) {
    return say(`check-by-${kind}`, { name });
  }
  return say('check-by-declared', { name, did: say(`did-${method}`), meant: say(`meant-${meaning}`) });
}

function when(say: Scene['say'], language: string, { provenTime, claimedTime }: Pick<SignatureVerdict, 'provenTime' | 'claimedTime'>): string {
  const time = provenTime ?? claimedTime;
  if (time === null) {
    return say('check-no-time');
  }
  const date = new Date(time);
  const shown = Number.isNaN(date.getTime())
    ? printable(time)
    : sayMoment(date, language, 'long');
  return `${shown} (${say(provenTime === null ? 'check-claimed' : 'check-proven')})`;
}

function gaps({ say }: Scene, { signatures, notChecked }: Verdict): Screen {
  const ids = [...new Set(notChecked.map(({ id }) => id))].filter((id) => id !== 'trusted-list');
  const lines = [
    ...(signatures.some(({ act }) => act.present) ? [say('gap-hand')] : []),
    ...ids.map((id) => (kGaps.has(id) ? say(`gap-${id.replaceAll('.', '-')}`) : printable(id))),
  ];
  return lines.length === 0
    ? html``
    : html`<section class="card">
        <h2>${say('check-not-proven')}</h2>
        <ul class="way">
          ${lines.map((line) => html`<li>${line}</li>`)}
        </ul>
      </section>`;
}
