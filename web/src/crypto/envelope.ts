import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { fromBase64 } from './encodings';

/** Who may open an envelope: a certificate in base64 of its DER form. */
export interface Recipient {
  certificate: string;
}

/** `addRecipientByCertificate`: key transport for RSA keys, key agreement for keys on a curve; the certificate decides. */
const kByCertificate = 0;

/**
 * Encrypts to the custodians: CMS EnvelopedData (RFC 5652), AES-256-CBC, the content key by RSA-OAEP with SHA-256 (RFC 4055) or by
 * ECDH on P-256 with the X9.63 key derivation over SHA-256 and AES-256 key wrap (RFC 5753). Any one recipient can open it alone.
 * After this, no one else can, this page included.
 */
export async function seal(content: Uint8Array<ArrayBuffer>, recipients: readonly Recipient[]): Promise<Uint8Array> {
  if (recipients.length === 0) {
    throw new Error('an envelope needs someone who can open it');
  }
  const engine = new pkijs.CryptoEngine({ name: 'browser', crypto });
  const enveloped = new pkijs.EnvelopedData({ version: 2 });
  enveloped.policy = { disableSplit: true };
  for (const recipient of recipients) {
    const certificate = pkijs.Certificate.fromBER(fromBase64(recipient.certificate));
    const added = enveloped.addRecipientByCertificate(
      certificate,
      { oaepHashAlgorithm: 'SHA-256', kdfAlgorithm: 'SHA-256', kekEncryptionLength: 256 },
      kByCertificate,
      engine,
    );
    if (!added) {
      throw new Error('the key of a custodian is of a kind that cannot receive an envelope');
    }
  }
  await enveloped.encrypt({ name: 'AES-CBC', length: 256 } as AesKeyGenParams, content.buffer, engine);
  const info = new pkijs.ContentInfo({ contentType: pkijs.ContentInfo.ENVELOPED_DATA, content: enveloped.toSchema() });
  const der = info.toSchema().toBER(false);
  if (asn1js.fromBER(der).offset === -1) {
    throw new Error('the envelope could not be written');
  }
  return new Uint8Array(der);
}
