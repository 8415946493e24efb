import { Worker } from 'node:worker_threads';
import type { Rehearsal } from '../../libs/client/index.ts';
import { DomainError, programBeside, shuttingDown } from '../../libs/kernel/index.ts';
import { stopThread, threadEnded } from '../../libs/sqlite/index.ts';
import type { FromRehearsal, JudgedSoFar, RehearsalLog, RehearsalTask } from './messages.ts';
import type { RehearsalOrder } from './rehearse.ts';

const WORKER = programBeside(import.meta.url, 'rehearsal.worker');

/** Rehearsals beside the live service: each in a thread of its own, one at a time. */
export class Rehearsals {
  readonly #log: RehearsalLog;
  #running: Worker | null = null;
  #isClosing = false;

  constructor(log: RehearsalLog) {
    this.#log = log;
  }

  /**
   * Throws DomainError `invalid` for a malformed policy or period, `conflict` while another rehearsal is under way,
   * `shutting_down` once this is closed; the signal's reason when it aborts.
   */
  async run(
    wish: RehearsalOrder,
    {
      onProgress,
      signal,
    }: { readonly onProgress?: (progress: JudgedSoFar) => void; readonly signal?: AbortSignal } = {},
  ): Promise<Rehearsal> {
    if (this.#isClosing) throw shuttingDown();
    if (this.#running !== null) {
      throw new DomainError('conflict', 'Another rehearsal is under way; try again when it is over.', [], 10);
    }
    const worker = new Worker(WORKER, { workerData: { log: this.#log, wish } satisfies RehearsalTask });
    this.#running = worker;
    const stop = (): void => void stopThread(worker);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await this.#answer(worker, onProgress);
    } catch (error) {
      signal?.throwIfAborted();
      throw this.#isClosing ? shuttingDown() : error;
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#running = null;
      await threadEnded(worker);
    }
  }

  /** Ends the one under way, which has let go of the log when this resolves; none begins after it. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#running) await stopThread(this.#running);
  }

  #answer(worker: Worker, onProgress?: (progress: JudgedSoFar) => void): Promise<Rehearsal> {
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromRehearsal) => {
        switch (message.kind) {
          case 'progress':
            return onProgress?.(message);
          case 'result':
            return resolve(message.result);
          case 'refused':
            return reject(new DomainError(message.code, message.detail, message.errors));
          case 'failed':
            return reject(new Error(message.reason));
          default:
            return message satisfies never;
        }
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the rehearsal ended without an answer')));
    });
  }
}
