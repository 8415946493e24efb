import { createPublicKey } from 'node:crypto';
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

/**
 * WebAuthn level 2, 5.8.5: ES256 has P-256, EdDSA has Ed25519. The algorithm alone says nothing of the curve, nor whether
 * whoever has no secret can sign too.
 */
async function unfitnessOf(bytes: Uint8Array<ArrayBuffer>): Promise<UnfitKey | null> {
  const { cose, decodeCredentialPublicKey } = await import('@simplewebauthn/server/helpers');
  const { COSECRV, COSEKEYS, isCOSEPublicKeyEC2, isCOSEPublicKeyOKP, isCOSEPublicKeyRSA } = cose;
  const key = decodeCredentialPublicKey(bytes);
  const algorithm = key.get(COSEKEYS.alg) ?? 0;
  if (!PASSKEY_ALGORITHMS.includes(algorithm)) return 'algorithm';
  const isFit =
    (algorithm === -7 &&
      isCOSEPublicKeyEC2(key) &&
      key.get(COSEKEYS.crv) === COSECRV.P256 &&
      isPoint(key.get(COSEKEYS.x), key.get(COSEKEYS.y))) ||
    (algorithm === -8 &&
      isCOSEPublicKeyOKP(key) &&
      key.get(COSEKEYS.crv) === COSECRV.ED25519 &&
      isOfLargeOrder(key.get(COSEKEYS.x))) ||
    (algorithm === -257 && isCOSEPublicKeyRSA(key) && isRsaKey(key.get(COSEKEYS.n), key.get(COSEKEYS.e)));
  return isFit ? null : 'key';
}

/** Bytes of a coordinate of P-256, and of a point of Ed25519. */
const COORDINATE_BYTES = 32;

/** Whether it is a point of P-256 (SEC 1, 3.2.2.1). */
function isPoint(x: Uint8Array | undefined, y: Uint8Array | undefined): boolean {
  if (x?.length !== COORDINATE_BYTES || y?.length !== COORDINATE_BYTES) return false;
  const text = (part: Uint8Array): string => Buffer.from(part).toString('base64url');
  try {
    createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: text(x), y: text(y) }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The points of Ed25519 whose order is 1, 2, 4 or 8, without the bit of their sign, in both ways to write those that have
 * two: a signature for one fits any text (Chalkias, Garillot, Nikolaenko: Taming the many EdDSAs, table 1; libsodium's
 * ge25519_has_small_order).
 */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

function isOfLargeOrder(point: Uint8Array | undefined): boolean {
  if (point?.length !== COORDINATE_BYTES) return false;
  const unsigned = Buffer.from(point);
  unsigned.writeUInt8(unsigned.readUInt8(COORDINATE_BYTES - 1) & 0x7f, COORDINATE_BYTES - 1);
  return !SMALL_ORDER.has(unsigned.toString('hex'));
}

/** Exponents that authenticators have are 3 or 65537; with 1 every text is its own signature, and an even one has no secret. */
const RSA_EXPONENT = { least: 3n, most: 2n ** 32n } as const;

function isRsaKey(n: Uint8Array | undefined, e: Uint8Array | undefined): boolean {
  const [modulus, exponent] = [numberOf(n), numberOf(e)];
  const bits = modulus.toString(2).length;
  const isFitExponent = exponent >= RSA_EXPONENT.least && exponent <= RSA_EXPONENT.most;
  return bits >= RSA_BITS.least && bits <= RSA_BITS.most && isFitExponent && isOdd(modulus) && isOdd(exponent);
}

/** 0 for no bytes. */
function numberOf(bytes: Uint8Array | undefined): bigint {
  return BigInt(`0x0${Buffer.from(bytes ?? []).toString('hex')}`);
}

function isOdd(number: bigint): boolean {
  return number % 2n === 1n;
}
