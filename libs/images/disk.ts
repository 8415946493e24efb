import { open } from 'node:fs/promises';
import { codeOf } from '../kernel/index.ts';

/** What a folder holds outlives a power loss from then on. */
export async function synced(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}
