import type { Worker } from 'node:worker_threads';
import { threadEnded } from './end-thread.ts';

export interface FollowingThreadOptions<Heard, Said> {
  /** `resumes`: after a rest, not at first or after a fault. */
  readonly start: (resumes: boolean) => Worker;
  /** What the thread is called in a report of its end. */
  readonly name: string;
  /** The message upon which the thread finishes what is under way, closes its files and ends. */
  readonly close: Said;
  readonly heard: (message: Heard) => void;
  readonly died: (reason: string) => void;
  /** How long after its death it is started again, in milliseconds. */
  readonly againMs: () => number;
  /** It begins with the first message or `wake`, not at once. */
  readonly waits?: boolean;
}

/**
 * A thread that follows something. When it dies it is started again, if it had come up once. While there is nothing to
 * follow it may rest: then there is no thread, and the next message, or a call of `wake`, starts another.
 */
export class FollowingThread<Heard, Said> {
  readonly #options: FollowingThreadOptions<Heard, Said>;
  /** Said while there was no thread to hear it. */
  readonly #unsaid: Said[] = [];
  #state: 'follows' | 'ending' | 'rests' | 'over' = 'follows';
  /** Undefined also between a death and the next start. */
  #worker: Worker | undefined;
  #cameUp = false;
  /** Woken while it was ending. */
  #isNeeded = false;
  #again: NodeJS.Timeout | undefined;

  constructor(options: FollowingThreadOptions<Heard, Said>) {
    this.#options = options;
    if (options.waits) this.#state = 'rests';
    else this.#start(false);
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  /** There is no thread, or soon will be none, until it is needed. */
  get isResting(): boolean {
    return this.#state === 'ending' || this.#state === 'rests';
  }

  send(message: Said): void {
    if (!this.isResting) return this.#worker?.postMessage(message);
    this.#unsaid.push(message);
    this.wake();
  }

  /** False when there is no thread that could. */
  rest(): boolean {
    if (this.#state !== 'follows' || this.#worker === undefined) return false;
    this.#state = 'ending';
    this.#isNeeded = false;
    this.#worker.postMessage(this.#options.close);
    return true;
  }

  wake(): void {
    if (this.#state === 'ending') this.#isNeeded = true;
    if (this.#state === 'rests') this.#start(this.#cameUp);
  }

  /** It is not started again. */
  giveUp(): void {
    this.#state = 'over';
    clearTimeout(this.#again);
  }

  /** Lets it finish what is under way, and ends it after 5 s at most. */
  async close(): Promise<void> {
    this.giveUp();
    const worker = this.#worker;
    if (worker === undefined) return;
    worker.postMessage(this.#options.close);
    await threadEnded(worker);
  }

  #start(resumes: boolean): void {
    const { start, heard, name } = this.#options;
    const worker = start(resumes);
    let fault: string | null = null;
    worker.on('message', (message: Heard) => {
      this.#cameUp = true;
      heard(message);
    });
    worker.on('error', (error) => {
      fault = `${name} failed: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on('exit', () => this.#exited(fault));
    this.#state = 'follows';
    this.#worker = worker;
    for (const message of this.#unsaid.splice(0)) worker.postMessage(message);
  }

  #exited(fault: string | null): void {
    this.#worker = undefined;
    if (this.#state === 'over') return;
    if (this.#state === 'ending' && fault === null) {
      this.#state = 'rests';
      if (this.#isNeeded) this.#start(true);
      return;
    }
    this.#state = 'follows';
    this.#options.died(fault ?? `${this.#options.name} ended`);
    // Whoever listens may have given it up.
    if (!this.#cameUp || this.isOver) return;
    this.#again = setTimeout(() => this.#start(false), this.#options.againMs());
  }
}
