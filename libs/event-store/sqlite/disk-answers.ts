import { spawnSync } from 'node:child_process';

/** The longest reading of the files in milliseconds, during which the thread waits. Unread files count as readable. */
const PATIENCE_MS = 5_000;
/** Milliseconds for which an answer is kept, since each request that meets the damage asks. */
const HOLDS_MS = 60_000;
const NO_ANSWER = 5;

const READ = `
const { openSync, readSync } = require('node:fs');
const bytes = Buffer.alloc(1_048_576);
for (const file of process.argv.slice(1)) {
  try {
    for (const handle = openSync(file); readSync(handle, bytes) > 0; );
  } catch ({ code }) {
    if (code === 'EIO' || code === 'ENXIO') process.exit(${NO_ANSWER});
  }
}`;

const known = new Map<string, { readonly answers: boolean; readonly until: number }>();

/**
 * Whether the disk gives all of a database's bytes. SQLite says "malformed" of an unreadable page as of a wrong one.
 * Another process reads, since closing a file here would release SQLite's locks on it (POSIX advisory locks).
 */
export function answers(file: string): boolean {
  const before = known.get(file);
  if (before !== undefined && before.until > performance.now()) return before.answers;
  const { status } = spawnSync(process.execPath, ['-e', READ, file, `${file}-wal`], {
    stdio: 'ignore',
    timeout: PATIENCE_MS,
  });
  const found = { answers: status !== NO_ANSWER, until: performance.now() + HOLDS_MS };
  known.set(file, found);
  return found.answers;
}
