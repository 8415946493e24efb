import type { KeyStore } from '../vault/index.ts';
import { CopyRefused } from './copy-refused.ts';
import { KeyPrints } from './key-prints.ts';
import type { CopyOptions } from './port.ts';

type Steps = Pick<CopyOptions, 'onProgress' | 'signal'>;

/**
 * Brings the keys that a vault has not from another one, with what was destroyed there, and reads them back; gives how many
 * there are. Call it after the events are copied: a key is made before the first event that it seals, so none that they need
 * is missing then. What was destroyed in the target stays so. Throws CopyRefused.
 */
export async function copyKeys(source: KeyStore, target: KeyStore, steps: Steps): Promise<number> {
  const standing = await printsOf(target, steps);
  const brought = new KeyPrints();
  const size = await source.size();
  let count = 0;
  for await (const keys of source.all()) {
    steps.signal?.throwIfAborted();
    const missing = keys.filter((key) => !(standing.has(key) || standing.has({ id: key.id, key: null })));
    if (missing.length > 0) await target.add(missing);
    for (const key of missing) brought.add(key);
    count += keys.length;
    steps.onProgress?.('keys', size === null ? 0n : BigInt(count), BigInt(size ?? 1), count);
  }
  const lost = brought.count === 0 ? 0 : brought.missingIn(await printsOf(target, steps));
  if (lost === 0) return count;
  throw new CopyRefused(`${lost} keys did not arrive in the target’s vault as they were; run the copy again`);
}

async function printsOf(keys: KeyStore, { signal }: Steps): Promise<KeyPrints> {
  const prints = new KeyPrints();
  for await (const batch of keys.all()) {
    signal?.throwIfAborted();
    for (const key of batch) prints.add(key);
  }
  return prints;
}
