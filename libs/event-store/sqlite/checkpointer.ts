import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import type { CheckpointerData, ToCheckpointer } from './checkpointer.worker.ts';

const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? './checkpointer.worker.ts' : './checkpointer.worker.js',
  import.meta.url,
);

/** Events after which the write-ahead log is moved into the file: about 12,000 pages of it in a big log. */
const EVENTS = 4_096;

/**
 * Keeps the write-ahead log short without holding up commits: a thread of its own moves the bulk of it, and the writer
 * only what was added meanwhile, after which the write-ahead log begins anew. The thread is started when there is first
 * something to do; without it the writer's own setting bounds the write-ahead log.
 */
export class Checkpointer {
  readonly #db: Database.Database;
  readonly #data: CheckpointerData;
  #worker: Worker | null = null;
  #events = 0;
  #isUnderWay = false;
  #isAlive = true;

  /** `db` is the writer's connection. */
  constructor(db: Database.Database, data: CheckpointerData) {
    this.#db = db;
    this.#data = data;
  }

  /** Called after each commit. */
  committed(events: number): void {
    this.#events += events;
    if (this.#events < EVENTS || this.#isUnderWay || !this.#isAlive) return;
    this.#events = 0;
    this.#isUnderWay = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage('checkpoint' satisfies ToCheckpointer);
  }

  /** Waits for a checkpoint under way, and lets go of the file. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null || !this.#isAlive) return;
    const exited = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close' satisfies ToCheckpointer);
    await exited;
  }

  #start(): Worker {
    const worker = new Worker(PROGRAM, { workerData: this.#data, execArgv: [], name: 'log-checkpoint' });
    worker.on('message', (moved: boolean) => {
      this.#isUnderWay = false;
      if (moved) this.#moveRest();
    });
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      this.#isAlive = false;
    });
    return worker;
  }

  /** What a full disk refuses now is tried again the next time. */
  #moveRest(): void {
    try {
      if (this.#db.open) this.#db.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      return;
    }
  }
}
