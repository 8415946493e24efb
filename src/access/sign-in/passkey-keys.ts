import type { RegistrationResponseJSON } from '@simplewebauthn/server';

/**
 * The algorithms (COSE) that a passkey may sign by: EdDSA, ES256 and RS256. Every authenticator has one of them. They do
 * not follow what the machine of the forum can, so that a passkey signs in on every node.
 */
export const PASSKEY_ALGORITHMS = [-8, -7, -257];

/** A new passkey that could never sign in, or whose answer is not read further; null for one that is read on. */
export type UnfitKey = 'unreadable' | 'algorithm';

/**
 * The forum asks for no certificates of the authenticator. An answer that brings some would be checked against addresses
 * that it names itself, so it is refused unread.
 */
export async function unfitKeyOf({ response }: RegistrationResponseJSON): Promise<UnfitKey | null> {
  const { decodeAttestationObject, parseAuthenticatorData } = await import('@simplewebauthn/server/helpers');
  try {
    const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(response.attestationObject, 'base64url')));
    const format = decoded.get('fmt');
    const attests = format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
    const { credentialPublicKey: key } = parseAuthenticatorData(decoded.get('authData'));
    if (!attests || key === undefined) return 'unreadable';
    return PASSKEY_ALGORITHMS.includes(await algorithmOf(key)) ? null : 'algorithm';
  } catch {
    return 'unreadable';
  }
}

/** The algorithm that a public key in COSE names. */
async function algorithmOf(key: Uint8Array<ArrayBuffer>): Promise<number> {
  const { cose, decodeCredentialPublicKey } = await import('@simplewebauthn/server/helpers');
  return decodeCredentialPublicKey(key).get(cose.COSEKEYS.alg) ?? 0;
}
