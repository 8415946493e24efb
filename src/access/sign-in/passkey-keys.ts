import type { RegistrationResponseJSON } from '@simplewebauthn/server';

/**
 * The algorithms (COSE) that a passkey may sign by: EdDSA, ES256 and RS256. Every authenticator has one of them. They do
 * not follow what the machine of the forum can, so that a passkey signs in on every node.
 */
export const PASSKEY_ALGORITHMS = [-8, -7, -257];

/** Bits of an RSA key: fewer can be broken, and more are checked nowhere. */
export const RSA_BITS = { least: 2_048, most: 16_384 } as const;

/** A new passkey that could never sign in, is weak, or whose answer is not read further; null for one that is read on. */
export type UnfitKey = 'unreadable' | 'algorithm' | 'key';

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
    return await unfitnessOf(key);
  } catch {
    return 'unreadable';
  }
}

/** WebAuthn level 2, 5.8.5: ES256 has P-256, EdDSA has Ed25519. The algorithm alone says nothing of curve and length. */
async function unfitnessOf(bytes: Uint8Array<ArrayBuffer>): Promise<UnfitKey | null> {
  const { cose, decodeCredentialPublicKey } = await import('@simplewebauthn/server/helpers');
  const { COSECRV, isCOSEPublicKeyEC2, isCOSEPublicKeyOKP, isCOSEPublicKeyRSA } = cose;
  const key = decodeCredentialPublicKey(bytes);
  const algorithm = key.get(cose.COSEKEYS.alg) ?? 0;
  if (!PASSKEY_ALGORITHMS.includes(algorithm)) return 'algorithm';
  const isFit =
    (algorithm === -7 && isCOSEPublicKeyEC2(key) && key.get(cose.COSEKEYS.crv) === COSECRV.P256) ||
    (algorithm === -8 && isCOSEPublicKeyOKP(key) && key.get(cose.COSEKEYS.crv) === COSECRV.ED25519) ||
    (algorithm === -257 && isCOSEPublicKeyRSA(key) && isOfFitLength(key.get(cose.COSEKEYS.n)));
  return isFit ? null : 'key';
}

function isOfFitLength(modulus: Uint8Array | undefined): boolean {
  const digits = Buffer.from(modulus ?? [])
    .toString('hex')
    .replace(/^0+/, '');
  const bits = digits === '' ? 0 : BigInt(`0x${digits}`).toString(2).length;
  return bits >= RSA_BITS.least && bits <= RSA_BITS.most;
}
