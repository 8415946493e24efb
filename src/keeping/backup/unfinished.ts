import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { syncAll } from './files.ts';

/** The file that stands in a data directory while a forum is brought into it. */
export const UNFINISHED = 'unfinished.json';

export type Bringing = 'restore' | 'log copy';

/** Marks a data directory as one that holds half a forum, until `finish`; a server does not start on it. */
export function beginBringing(dataDir: string, what: Bringing): void {
  const handle = openSync(join(dataDir, UNFINISHED), 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify({ unfinished: what })}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  syncAll(dataDir, []);
}

/** The work that has half filled a data directory, or null; an unreadable mark counts as a restore's. */
export function unfinishedIn(dataDir: string): Bringing | null {
  const file = join(dataDir, UNFINISHED);
  if (!existsSync(file)) return null;
  return readFileSync(file, 'utf8').includes('"log copy"') ? 'log copy' : 'restore';
}

/** Advice for somebody who would use a half filled data directory; null for a whole or empty one. */
export function unfinishedAdvice(dataDir: string): string | null {
  const what = unfinishedIn(dataDir);
  if (what === null) return null;
  return `${dataDir} holds half a forum: a ${what} was interrupted; run \`colloquy ${what}\` again, as it was`;
}

export function finishBringing(dataDir: string): void {
  rmSync(join(dataDir, UNFINISHED), { force: true });
  syncAll(dataDir, []);
}
