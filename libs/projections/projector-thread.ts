import { Worker } from 'node:worker_threads';
import { FollowingThread, stopThread, threadFor } from '../sqlite/index.ts';
import type { FromBuilder, FromProjector, ProjectorTask, RunViews, ToProjector } from './messages.ts';

interface Place {
  readonly dir: string;
  readonly worker: URL;
  readonly log: unknown;
}

type OneOff<Task = ProjectorTask> = Task extends { readonly task: 'build' | 'verify' }
  ? Omit<Task, 'dir' | 'log'>
  : never;

type Running = Extract<ProjectorTask, { task: 'run' }>;

interface Listening {
  readonly heard: (message: FromProjector) => void;
  readonly died: (reason: string) => void;
}

/**
 * A running projector's thread; when it dies it is started again after 100 to 1,000 ms, if it had started once. `waits`: it begins
 * with a call of `wake`.
 */
export function projectorThread(
  place: Place,
  { views, waits }: { readonly views: RunViews; readonly waits: boolean },
  { heard, died }: Listening,
): FollowingThread<FromProjector, ToProjector> {
  const thread: FollowingThread<FromProjector, ToProjector> = new FollowingThread({
    start: (resumes) => {
      return threadFor(place.worker, workerData(place, { task: 'run', views, resumes }), { name: 'projector' });
    },
    name: 'the projector',
    close: { kind: 'close' },
    heard: (message) => {
      if (!thread.isOver || message.kind === 'projected') heard(message);
    },
    died,
    againMs: () => 100 + Math.random() * 900,
    waits,
  });
  return thread;
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

function workerData({ dir, log }: Place, task: OneOff | Omit<Running, 'dir' | 'log'>): ProjectorTask {
  return { dir, log, ...task };
}
