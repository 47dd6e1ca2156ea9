// Attributes and certificates that honest messages carry: those of AutoFirma and other Spanish signers, of Acrobat, OpenSSL and of CAdES, one at a time and all together.
import { attribute, certificateReference, digest } from '../cms.mjs';
import { generalizedTime, octets, oid, sequence, set, tagged, utcTime, value } from '../der.mjs';
import { plainPaper } from '../paper.mjs';
const utf8 = (t) => value(0x0c, Buffer.from(t));
const ia5 = (t) => value(0x16, Buffer.from(t));
export default ({ sign, identity, PASSED }) => {
  const me = identity('seal-p256'), issuing = identity('issuing'), tsa = identity('tsa');
  const age = attribute('1.2.840.113549.1.9.16.2.15', sequence(oid('2.16.724.1.3.1.1.2.1.9'), sequence(sequence(oid('1.3.14.3.2.26')), octets(Buffer.from('1bba2ea1c7fad1ffb4d3eaff3a1b390ea58058ab', 'hex').subarray(0, 20))), sequence(sequence(oid('1.2.840.113549.1.9.16.5.1'), ia5('https://sede.060.gob.es/politica_de_firma_anexo_1.pdf')))));
  const hints = attribute('1.2.840.113549.1.9.16.2.4', sequence(utf8('application/pdf'), oid('1.2.840.113549.1.7.1')));
  const commitment = attribute('1.2.840.113549.1.9.16.2.16', sequence(oid('1.2.840.113549.1.9.16.6.1')));
  const location = attribute('1.2.840.113549.1.9.16.2.17', sequence(tagged(0, utf8('ES')), tagged(1, utf8('Vic'))));
  const role = attribute('1.2.840.113549.1.9.16.2.18', sequence(tagged(0, sequence(sequence(oid('2.5.4.72'), set(utf8('x')))))));
  const role2 = attribute('0.4.0.19122.1.1', sequence(tagged(0, sequence(oid('2.5.4.72'), set(utf8('x'))))));
  const mime = attribute('0.4.0.1733.2.1', utf8('application/pdf'));
  const time = attribute('1.2.840.113549.1.9.5', utcTime(new Date(Date.now() - 3600_000)));
  const gtime = attribute('1.2.840.113549.1.9.5', generalizedTime(new Date(Date.now() - 3600_000)));
  const revinfo = attribute('1.2.840.113583.1.1.8', sequence(tagged(0, sequence())));
  const emptyrev = attribute('1.2.840.113583.1.1.8', sequence());
  const smime = attribute('1.2.840.113549.1.9.15', sequence(sequence(oid('2.16.840.1.101.3.4.1.42'))));
  const protection = attribute('1.2.840.113549.1.9.52', sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), tagged(1, oid('1.2.840.10045.4.3.2'))));
  const noNull = attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octets(digest('sha256', me.der))))));
  const withHash = attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(sequence(oid('2.16.840.1.101.3.4.2.3'), Buffer.from([5, 0])), octets(digest('sha512', me.der))))));
  const withPolicies = attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octets(digest('sha256', me.der)))), sequence(sequence(oid('1.3.6.1.4.1.5734.3.10.1')))));
  const chainRefs = attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octets(digest('sha256', me.der))), sequence(octets(digest('sha256', issuing.der))))));
  const v1 = certificateReference(me, { version: 1 });
  const plus = (...more) => (all) => ({ ...all, more });
  const cases = {
    'signature policy of the Spanish administration': plus(age), 'that policy, hints about the content, a time': plus(time, age, hints), 'commitment type': plus(commitment), 'place of the signer': plus(location), 'role of the signer': plus(role), 'role of the signer, second form': plus(role2), 'media type': plus(mime), 'signing time with four digits of a year': plus(gtime),
    'revocation data of Acrobat, a list of none': plus(revinfo), 'revocation data of Acrobat, none': plus(emptyrev), 'capabilities of S/MIME': plus(smime), 'protection of algorithms': plus(protection),
    'certificate named without its issuer': (a) => ({ ...a, signingCertificate: noNull }), 'certificate named by SHA-512': (a) => ({ ...a, signingCertificate: withHash }), 'certificate named with its policies': (a) => ({ ...a, signingCertificate: withPolicies }), 'chain named': (a) => ({ ...a, signingCertificate: chainRefs }), 'certificate named by SHA-1 alone': (a) => ({ ...a, signingCertificate: v1 }), 'certificate named in both forms': plus(v1),
    'all of them': plus(time, age, hints, commitment, location, role2, mime, smime, protection),
  };
  const more = {
    'a certificate of somebody else along': { certificates: [me, issuing, tsa] }, 'certificates in the other order': { certificates: [issuing, me] }, 'whole chain along': { certificates: [me, issuing, identity('root')] }, 'a certificate twice': { certificates: [me, me, issuing] }, 'indefinite lengths': { certificates: [me, issuing], ber: true },
  };
  const out = [];
  for (const sub of ['ETSI.CAdES.detached', 'adbe.pkcs7.detached']) {
    for (const [name, attributes] of Object.entries(cases)) out.push({ name: `${sub} ${name}`, make: () => sign(plainPaper(), { subFilter: sub, cms: { attributes } }), expect: PASSED, why: 'legal' });
    for (const [name, cms] of Object.entries(more)) out.push({ name: `${sub} ${name}`, make: () => sign(plainPaper(), { subFilter: sub, cms }), expect: PASSED, why: 'legal' });
  }
  return out;
};
