import { fromBase64, toHex } from './encodings';

/** What is in a file that should be a certificate, as DER: PEM is taken out of its lines, anything else is left as it is. */
export async function certificateIn(file: File): Promise<Uint8Array<ArrayBuffer>> {
  const octets = new Uint8Array(await file.arrayBuffer());
  const pem = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/.exec(new TextDecoder('latin1').decode(octets));
  try {
    return pem?.[1] === undefined ? octets : fromBase64(pem[1].replace(/\s+/g, ''));
  } catch {
    return octets;
  }
}

/** The SHA-256 of a certificate's DER in hexadecimal; null where the file holds no X.509 certificate. */
export async function fingerprintIn(file: File): Promise<string | null> {
  const octets = await certificateIn(file);
  const { Certificate } = await import('pkijs');
  try {
    Certificate.fromBER(octets);
  } catch {
    return null;
  }
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', octets)));
}
