import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { DomainError, programBeside } from '../../libs/kernel/index.ts';
import { stopThread } from '../../libs/sqlite/index.ts';
import type { ExportPiece, ExportTask, ToExport } from './export.worker.ts';

/** Exports under way at once. */
const MOST_AT_ONCE = 3;

/** Whole files of events, each made in a thread of its own as fast as it is read, never held in memory. */
export class Exports {
  readonly #log: unknown;
  readonly #running = new Set<Worker>();

  constructor(log: unknown) {
    this.#log = log;
  }

  /** Throws DomainError conflict while too many are under way. */
  stream(task: Omit<ExportTask, 'log'>): Readable {
    if (this.#running.size >= MOST_AT_ONCE) {
      throw new DomainError('conflict', `${MOST_AT_ONCE} exports are under way; try again when one is over.`, [], 10);
    }
    const worker = new Worker(programBeside(import.meta.url, 'export.worker'), {
      workerData: { ...task, log: this.#log } satisfies ExportTask,
    });
    this.#running.add(worker);
    const stream = new Readable({
      read: () => worker.postMessage('more' satisfies ToExport),
      destroy: (error, done) => {
        void stopThread(worker);
        done(error);
      },
    });
    worker.on('message', (piece: ExportPiece) => stream.push(piece));
    worker.on('error', (error) => stream.destroy(error));
    worker.on('exit', () => {
      this.#running.delete(worker);
      if (!stream.readableEnded && !stream.destroyed) stream.push(null);
    });
    return stream;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map(stopThread));
  }
}
