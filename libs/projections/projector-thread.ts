import { Worker } from 'node:worker_threads';
import { stopThread, threadEnded } from '../sqlite/index.ts';
import type { FromBuilder, FromProjector, ProjectorTask, RunViews, ToProjector } from './messages.ts';

interface Place {
  readonly dir: string;
  readonly worker: URL;
  readonly log: unknown;
}

type OneOff<Task = ProjectorTask> = Task extends { readonly task: 'build' | 'verify' }
  ? Omit<Task, 'dir' | 'log'>
  : never;

type Running = { readonly task: 'run'; readonly views: RunViews };

/** A running projector's thread; when it dies it is started again after 100 to 1,000 ms, if it had started once. */
export class ProjectorThread {
  readonly #place: Place;
  readonly #views: RunViews;
  readonly #on: { readonly heard: (message: FromProjector) => void; readonly died: (reason: string) => void };
  #worker: Worker;
  #cameUp = false;
  #closing = false;
  #again: NodeJS.Timeout | undefined;

  constructor(
    place: Place,
    views: RunViews,
    on: { readonly heard: (message: FromProjector) => void; readonly died: (reason: string) => void },
  ) {
    this.#place = place;
    this.#views = views;
    this.#on = on;
    this.#worker = this.#start();
  }

  send(message: ToProjector): void {
    this.#worker.postMessage(message);
  }

  /** Lets it finish the batch under way, and ends it after 5 s at most. */
  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#again);
    const worker = this.#worker;
    worker.postMessage({ kind: 'close' } satisfies ToProjector);
    await threadEnded(worker);
  }

  #start(): Worker {
    const worker = new Worker(this.#place.worker, {
      workerData: workerData(this.#place, { task: 'run', views: this.#views }),
    });
    let reason = 'the projector ended';
    worker.on('message', (message: FromProjector) => {
      this.#cameUp = true;
      if (!this.#closing || message.kind === 'projected') this.#on.heard(message);
    });
    worker.on('error', (error) => {
      reason = `the projector failed: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on('exit', () => this.#exited(reason));
    return worker;
  }

  #exited(reason: string): void {
    if (this.#closing) return;
    this.#on.died(reason);
    if (!this.#cameUp) return;
    this.#again = setTimeout(
      () => {
        this.#worker = this.#start();
      },
      100 + Math.random() * 900,
    );
  }
}

/**
 * The MiB for young objects: a build's data lives for one batch, and with room for several the collector moves little
 * of it; more gains nothing.
 */
const YOUNG_MB = 24;

/** Runs a build or a verification in a thread of its own; rejects with the thread's error, or when the signal aborts. */
export function runTask(place: Place, task: OneOff, signal: AbortSignal): Promise<FromBuilder> {
  const worker = new Worker(place.worker, {
    workerData: workerData(place, task),
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const stop = (): void => void stopThread(worker);
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<FromBuilder>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`a ${task.task} ended without an answer`)));
  }).finally(() => signal.removeEventListener('abort', stop));
}

function workerData({ dir, log }: Place, task: OneOff | Running): ProjectorTask {
  return { dir, log, ...task };
}
