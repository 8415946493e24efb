import { MessagePort, Worker, type WorkerOptions, workerData } from 'node:worker_threads';
import { isRecord } from '../kernel/index.ts';

/** Where bin/run-program.cjs leaves the threads that it began, with the port at which each waits, by the addresses of their programs. */
const BEGUN = Symbol.for('colloquy.begunThreads');

/**
 * A thread of this program for this task: one that was begun while the main program was still read, which takes as long as a thread
 * does to begin, or else a new one.
 */
export function threadFor(program: URL, task: unknown, options: Omit<WorkerOptions, 'workerData'>): Worker {
  const begun = takeBegun(program);
  if (begun === null) return new Worker(program, { ...options, workerData: task });
  begun.worker.ref();
  begun.port.postMessage(task);
  return begun.worker;
}

/** What this thread is for. One that was begun before anybody knew hears of it at a port that it was given. */
export async function taskOfThread<Task>(): Promise<Task> {
  const port: unknown = workerData;
  if (!(port instanceof MessagePort)) return workerData;
  return new Promise((resolve) => {
    port.once('message', (task: Task) => {
      port.close();
      resolve(task);
    });
  });
}

/** Each is given once. */
function takeBegun(program: URL): { readonly worker: Worker; readonly port: MessagePort } | null {
  const all: unknown = Reflect.get(globalThis, BEGUN);
  if (!(all instanceof Map)) return null;
  const begun: unknown = all.get(program.href);
  all.delete(program.href);
  if (!isRecord(begun) || !(begun.worker instanceof Worker) || !(begun.port instanceof MessagePort)) return null;
  return { worker: begun.worker, port: begun.port };
}
