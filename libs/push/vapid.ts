import { createECDH, hkdfSync } from 'node:crypto';

/** The keys by which push services know who sends (RFC 8292), in base64url. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

const CURVE = 'prime256v1';
const KEY_BYTES = 32;
/** 128 bits more than the order of the curve has, so that the remainder favours no key (FIPS 186-5, A.2.1). */
const SEED_BYTES = 48;
/** The order of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The keys that follow from a secret (HKDF, RFC 5869): the same on every server that knows it. */
export function vapidKeysFrom(secret: string, purpose: string): VapidKeys {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', purpose, SEED_BYTES));
  const scalar = (BigInt(`0x${seed.toString('hex')}`) % (ORDER - 1n)) + 1n;
  return keysOf(Buffer.from(scalar.toString(16).padStart(2 * KEY_BYTES, '0'), 'hex'));
}

/** The keys of a private one in base64url; null where it is none. */
export function vapidKeysOf(privateKey: string): VapidKeys | null {
  const bytes = Buffer.from(privateKey, 'base64url');
  if (bytes.length !== KEY_BYTES || bytes.toString('base64url') !== privateKey) return null;
  const scalar = BigInt(`0x${bytes.toString('hex')}`);
  return scalar === 0n || scalar >= ORDER ? null : keysOf(bytes);
}

function keysOf(privateKey: Buffer): VapidKeys {
  const ecdh = createECDH(CURVE);
  ecdh.setPrivateKey(privateKey);
  return { publicKey: ecdh.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') };
}
