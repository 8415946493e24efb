import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { LogReader } from '../event-store/index.ts';
import { trusted } from '../kernel/index.ts';
import { Hurry } from './follow-log.ts';
import { Doubts, keepTree } from './keep-tree.ts';
import type { FromTree, ToTree, TreeTask } from './messages.ts';

/** The log as the tree's thread reads it. */
export interface OpenedLog {
  readonly log: LogReader;
  /** A log that forgets nothing. */
  readonly whole: boolean;
}

/** The `nice` value of this thread, by which others go first. */
const NICE = 10;

/** Called by the entry file of the tree's thread: follows the log until it is told to close. */
export async function runTree(openLog: (source: unknown) => Promise<OpenedLog>): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('runTree is for a worker thread');
  const task = trusted<TreeTask>(workerData);
  stepBack();
  const tell = (message: FromTree): void => port.postMessage(message);
  const end = new AbortController();
  const hurry = new Hurry();
  const doubts = new Doubts();
  port.on('message', (message: ToTree) => {
    if (message.kind === 'close') end.abort();
    if (message.kind === 'doubt') doubts.raise(message.reason);
    hurry.ask();
  });
  const { log, whole } = await openLog(task.log);
  const { dir, againMs, known } = task;
  await keepTree({ dir, log, whole, tell, hurry, doubts, againMs, known, signal: end.signal });
  await log.close();
  port.close();
}

/**
 * Writers and answers go first. On Linux a priority belongs to one thread; elsewhere it would apply to the whole
 * program.
 */
function stepBack(): void {
  if (process.platform === 'linux') setPriority(0, NICE);
}
