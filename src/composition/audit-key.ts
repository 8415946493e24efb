import { hkdfSync } from 'node:crypto';
import { logServerName } from '../../libs/event-store/index.ts';
import { newSigner, type Signer, signerKey } from '../../libs/transparency/index.ts';
import type { PublicAddress } from '../access/public-address.ts';
import type { Config } from '../config.ts';
import type { Secrets } from './secrets.ts';

const SEED_BYTES = 32;

/** The log's name in its checkpoints: the host that readers use, followed by `/colloquy`. */
export function originOf({ origin }: Pick<PublicAddress, 'origin'>): string {
  return `${new URL(origin).host}/colloquy`;
}

/**
 * The key that signs checkpoints: AUDIT_KEY, or one derived (HKDF, RFC 5869) from the secret that the forum keeps for
 * good, so that it is shared, backed up and restored with the secret. A log on a server has a key of its own, since its
 * positions are its own: a copy there is another log, and one key must never sign two. Throws like the secrets.
 */
export function auditSigner(
  { auditKey, eventStoreUrl }: Pick<Config, 'auditKey' | 'eventStoreUrl'>,
  secrets: Pick<Secrets, 'emailKey'>,
  origin: string,
): Signer {
  const kind = logServerName(eventStoreUrl) ?? 'sqlite';
  const seed =
    auditKey === null
      ? Buffer.from(hkdfSync('sha256', secrets.emailKey, '', `colloquy audit key, ${kind}`, SEED_BYTES))
      : Buffer.from(auditKey, 'base64');
  return newSigner(signerKey(origin, seed));
}
