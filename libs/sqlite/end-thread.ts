import type { Worker } from 'node:worker_threads';

/** Milliseconds in which a thread can finish a page and close its files. */
const PATIENCE_MS = 5_000;

/**
 * Resolves when a thread that is at its end, or was asked for it, is over. It is ended from outside only when that takes more
 * than five seconds: a thread that is cut off while it closes its SQLite files can take the whole program with it.
 */
export async function threadEnded(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return;
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  const late = setTimeout(() => void worker.terminate(), PATIENCE_MS);
  await exited;
  clearTimeout(late);
}
