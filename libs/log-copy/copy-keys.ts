import type { KeyStore } from '../vault/index.ts';
import { CopyRefused } from './copy-refused.ts';
import { KeyPrints } from './key-prints.ts';
import type { CopyOptions } from './port.ts';

/**
 * Brings all keys of one vault to another, and reads them back there; gives how many. Call it after the events are copied:
 * a key is made before the first event that it seals, so none that they need is missing then. Throws CopyRefused.
 */
export async function copyKeys(
  source: KeyStore,
  target: KeyStore,
  { onProgress, signal }: Pick<CopyOptions, 'onProgress' | 'signal'>,
): Promise<number> {
  const prints = new KeyPrints();
  for await (const keys of source.all()) {
    signal?.throwIfAborted();
    await target.add(keys);
    for (const key of keys) prints.add(key);
    onProgress?.('keys', 0n, 1n, prints.count);
  }
  for await (const keys of target.all()) {
    signal?.throwIfAborted();
    for (const key of keys) prints.see(key);
  }
  const missing = prints.unseen();
  if (missing > 0) {
    throw new CopyRefused(
      `${missing} of ${prints.count} keys did not arrive in the target’s vault as they were; run the copy again`,
    );
  }
  return prints.count;
}
