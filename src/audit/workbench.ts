import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DomainError, programBeside } from '../../libs/kernel/index.ts';
import { stopThread, threadEnded } from '../../libs/sqlite/index.ts';
import type { FromWork, Work, WorkProgress, WorkResults, WorkTask } from './work.ts';

export interface WorkOptions {
  readonly onProgress?: (progress: WorkProgress) => void;
  readonly signal?: AbortSignal;
  /** The files that the work leaves are kept, in the directory that is told. */
  readonly keep?: (dir: string) => void;
}

/** No work takes longer, in milliseconds. */
const LONGEST_MS = 30 * 60_000;

/** Long readings of the log beside the live service, each in a thread of its own that yields to all others. */
export class Workbench {
  readonly #log: unknown;
  readonly #dir: string;
  readonly #workers = new Set<Worker>();
  #isClosed = false;

  /** Files that an earlier run of the program left in `dir` are deleted. */
  constructor(log: unknown, dir: string) {
    this.#log = log;
    this.#dir = dir;
    rmSync(dir, { recursive: true, force: true });
  }

  /** Throws the signal's reason when it aborts, what the thread says went wrong, and DomainError `shutting_down` after `close`. */
  async work<Kind extends keyof WorkResults>(
    work: Work & { readonly kind: Kind },
    { onProgress, signal, keep }: WorkOptions = {},
  ): Promise<WorkResults[Kind]> {
    if (this.#isClosed)
      throw new DomainError('shutting_down', 'The forum is about to end; ask once more when it is back.');
    const dir = join(this.#dir, randomUUID());
    mkdirSync(dir, { recursive: true });
    const worker = new Worker(programBeside(import.meta.url, 'workbench.worker'), {
      workerData: { ...work, log: this.#log, dir } satisfies WorkTask,
    });
    this.#workers.add(worker);
    const ends = AbortSignal.any([AbortSignal.timeout(LONGEST_MS), ...(signal ? [signal] : [])]);
    const stop = (): void => void stopThread(worker);
    ends.addEventListener('abort', stop, { once: true });
    let kept = false;
    try {
      const result = await answerOf<WorkResults[Kind]>(worker, onProgress);
      kept = keep !== undefined;
      keep?.(dir);
      return result;
    } catch (error) {
      ends.throwIfAborted();
      throw error;
    } finally {
      ends.removeEventListener('abort', stop);
      await threadEnded(worker);
      this.#workers.delete(worker);
      if (!kept) rmSync(dir, { recursive: true, force: true });
    }
  }

  /** A thread that does one work after another begins no further one. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#workers].map(stopThread));
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

function answerOf<Result>(worker: Worker, onProgress: WorkOptions['onProgress']): Promise<Result> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromWork & { readonly result?: Result }) => {
      switch (message.kind) {
        case 'progress':
          return onProgress?.(message.progress);
        case 'result':
          return resolve(message.result);
        case 'failed':
          return reject(new Error(message.reason));
        default:
          return message satisfies never;
      }
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the work ended without an answer')));
  });
}
