import type { CommitSignal } from './commit-signal.ts';

/** What a reader knew before it read: when either differs later, there is something new to read. */
export interface CommitMark {
  readonly commits: number;
  readonly dataVersion: number;
}

interface Waiter {
  readonly mark: CommitMark;
  readonly wake: () => void;
}

/**
 * Wakes readers of one thread after a commit: at once through the shared counter for commits of this process,
 * by a slow poll of SQLite's `data_version` for those of others. Without waiters no timer runs.
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

  /** Calls `wake` once, after the next commit since the mark; the answer cancels it. */
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

  /** Lets go of the shared counter's waiter too, which nothing but a notification ends. */
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

  /** Undefined when the file cannot be read: whoever is woken reads it, and hears of the fault. */
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
