import { createSecretKey } from 'node:crypto';
import { encrypt } from '../gcm.ts';
import type { SealedIn } from '../port.ts';

/** Seals as programs did before version 2, for tests that read what they left. */
export function sealVersion1(
  plain: string,
  { keyId, key, nonce, at }: { keyId: string; key: Uint8Array; nonce: Uint8Array; at: SealedIn },
): Buffer {
  const { body, tag } = encrypt(plain, { key: createSecretKey(key), nonce, at });
  return Buffer.concat([Buffer.of(1), Buffer.from(keyId, 'hex'), nonce, body, tag]);
}
