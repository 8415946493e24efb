import { open } from 'node:fs/promises';
import { codeOf } from '../kernel/index.ts';

/** Makes the contents of a folder survive a power loss. */
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
