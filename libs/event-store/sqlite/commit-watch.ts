import type { CommitSignal } from './commit-signal.ts';

/** A reader's knowledge before a read: when either value differs later, there is something new. */
export interface CommitMark {
  readonly commits: number;
  readonly dataVersion: number;
}

interface Waiter {
  readonly mark: CommitMark;
  readonly wake: () => void;
}

/**
 * Wakes the readers of one thread after a commit: at once through the shared counter for this process's commits, by a
 * slow poll of SQLite's `data_version` for others. Without waiters no timer runs.
 */
export class CommitWatch {
  readonly #commits: Int32Array<SharedArrayBuffer>;
  readonly #dataVersion: () => number;
  readonly #pollMs: number;
  readonly #waiters = new Set<Waiter>();
  #timer: NodeJS.Timeout | undefined;
  #listening = false;

  constructor(signal: CommitSignal, dataVersion: () => number, pollMs: number) {
    this.#commits = signal.commits;
    this.#dataVersion = dataVersion;
    this.#pollMs = pollMs;
  }

  /** Taken before a read, so that no commit can fall between the read and the wait. */
  mark(): CommitMark {
    return { commits: Atomics.load(this.#commits, 0), dataVersion: this.#dataVersion() };
  }

  /** Calls `wake` once, after the next commit since the mark; the result cancels it. */
  wait(mark: CommitMark, wake: () => void): () => void {
    const waiter: Waiter = { mark, wake };
    this.#waiters.add(waiter);
    this.#timer ??= setInterval(() => this.#poll(), this.#pollMs);
    this.#listen(mark.commits);
    return () => {
      this.#waiters.delete(waiter);
      this.#rest();
    };
  }

  /** Also releases the shared counter's waiter, which only a notification ends. */
  close(): void {
    this.#waiters.clear();
    this.#rest();
    if (this.#listening) Atomics.notify(this.#commits, 0);
  }

  #listen(commits: number): void {
    if (this.#listening) return;
    const answer = Atomics.waitAsync(this.#commits, 0, commits);
    if (!answer.async) {
      queueMicrotask(() => this.#wakeAll());
      return;
    }
    this.#listening = true;
    void answer.value.then(() => {
      this.#listening = false;
      this.#wakeAll();
    });
  }

  #poll(): void {
    const now = this.#markOrFault();
    for (const waiter of this.#waiters) {
      const { mark } = waiter;
      if (now?.dataVersion !== mark.dataVersion || now.commits !== mark.commits) this.#wake(waiter);
    }
  }

  /** Undefined when the file cannot be read: the woken reader reads it and meets the fault. */
  #markOrFault(): CommitMark | undefined {
    try {
      return this.mark();
    } catch {
      return undefined;
    }
  }

  #wakeAll(): void {
    for (const waiter of this.#waiters) this.#wake(waiter);
  }

  #wake(waiter: Waiter): void {
    this.#waiters.delete(waiter);
    this.#rest();
    waiter.wake();
  }

  #rest(): void {
    if (this.#waiters.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
