import { parentPort, receiveMessageOnPort, type Worker } from 'node:worker_threads';

/** Milliseconds in which a thread can finish a page and close its files. */
const PATIENCE_MS = 5_000;

/**
 * Resolves when a thread that is ending, or was asked to end, is over. It is ended from outside only after five
 * seconds: a thread that is cut off while it closes its SQLite files can take the whole program with it.
 */
export async function threadEnded(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return;
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  const late = setTimeout(() => void worker.terminate(), PATIENCE_MS);
  await exited;
  clearTimeout(late);
}

/**
 * Ends a thread that listens for 'stop', or calls `stopIfAsked` at each of its steps and receives no other message;
 * resolves when it is over.
 */
export function stopThread(worker: Worker): Promise<void> {
  worker.postMessage('stop');
  return threadEnded(worker);
}

/**
 * Called in a thread at each step of a long work: throws once the thread was asked to stop, so that it closes its files
 * by itself. Costs about a microsecond, and needs no turn of the event loop.
 */
export function stopIfAsked(): void {
  if (parentPort !== null && receiveMessageOnPort(parentPort) !== undefined) throw new Error('it was asked to stop');
}
