import { Worker } from 'node:worker_threads';
import { threadEnded } from '../sqlite/index.ts';
import type { FromTree, ToTree, TreeTask } from './messages.ts';

interface Listening {
  readonly heard: (message: FromTree) => void;
  readonly died: (reason: string) => void;
}

/** The tree's thread; when it dies it is started again after a second, if it had started once. */
export class TreeThread {
  readonly #entry: URL;
  readonly #task: TreeTask;
  readonly #on: Listening;
  #worker: Worker;
  #cameUp = false;
  #over = false;
  #again: NodeJS.Timeout | undefined;

  constructor(entry: URL, task: TreeTask, on: Listening) {
    this.#entry = entry;
    this.#task = task;
    this.#on = on;
    this.#worker = this.#start();
  }

  send(message: ToTree): void {
    this.#worker.postMessage(message);
  }

  /** Lets it put its leaves on disk, and ends it after 5 s at most. */
  async close(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#again);
    const worker = this.#worker;
    worker.postMessage({ kind: 'close' } satisfies ToTree);
    await threadEnded(worker);
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { workerData: this.#task });
    let reason = "the tree's thread ended";
    worker.on('message', (message: FromTree) => {
      this.#cameUp = true;
      if (message.kind === 'mismatch') this.#over = true;
      this.#on.heard(message);
    });
    worker.on('error', (error) => {
      reason = `the tree's thread failed: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on('exit', () => this.#exited(reason));
    return worker;
  }

  #exited(reason: string): void {
    if (this.#over) return;
    this.#on.died(reason);
    if (!this.#cameUp) return;
    this.#again = setTimeout(() => {
      this.#worker = this.#start();
    }, 1_000);
  }
}
