import { Failure } from '../api/failure';

// What browsers and the service say to each other about passkeys (Web Authentication Level 2): octets here, base64url there.

interface Described {
  type: 'public-key';
  id: string;
}

/** What the service asks of an authenticator that is to make a passkey. */
export interface Creation {
  publicKey: Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> & {
    challenge: string;
    user: { id: string; name: string; displayName: string };
    excludeCredentials: Described[];
  };
}

/** What the service asks of whoever has one. */
export interface Request {
  publicKey: Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> & { challenge: string; allowCredentials: Described[] };
}

export interface Made {
  clientDataJSON: string;
  authenticatorData: string;
}

export interface Proof extends Made {
  id: string;
  signature: string;
}

export function octetsOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
}

export function textOf(octets: ArrayBuffer): string {
  const signs = Array.from(new Uint8Array(octets), (octet) => String.fromCharCode(octet)).join('');
  return btoa(signs).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function described(list: Described[]): PublicKeyCredentialDescriptor[] {
  return list.map(({ type, id }) => ({ type, id: octetsOf(id) }));
}

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
  return 'PublicKeyCredential' in window;
}

/** A browser says little of why it gave up: somebody stopped, or it took too long; or the passkey is there already. */
function failed(fault: unknown): Failure {
  const known = fault instanceof DOMException && fault.name === 'InvalidStateError';
  return new Failure('refused', { code: known ? 'passkey.known' : 'passkey.stopped' });
}

export async function makePasskey({ publicKey }: Creation): Promise<Made> {
  const made = await navigator.credentials
    .create({
      publicKey: {
        ...publicKey,
        challenge: octetsOf(publicKey.challenge),
        user: { ...publicKey.user, id: octetsOf(publicKey.user.id) },
        excludeCredentials: described(publicKey.excludeCredentials),
      },
    })
    .catch((fault: unknown) => Promise.reject(failed(fault)));
  const { response } = made as PublicKeyCredential & { response: AuthenticatorAttestationResponse };
  return { clientDataJSON: textOf(response.clientDataJSON), authenticatorData: textOf(response.getAuthenticatorData()) };
}

export async function usePasskey({ publicKey }: Request): Promise<Proof> {
  const used = await navigator.credentials
    .get({
      publicKey: { ...publicKey, challenge: octetsOf(publicKey.challenge), allowCredentials: described(publicKey.allowCredentials) },
    })
    .catch((fault: unknown) => Promise.reject(failed(fault)));
  const { rawId, response } = used as PublicKeyCredential & { response: AuthenticatorAssertionResponse };
  return {
    id: textOf(rawId),
    clientDataJSON: textOf(response.clientDataJSON),
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
  };
}
