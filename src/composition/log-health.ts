import type { LogHealth } from '../api/http/controllers/health.controller.ts';
import { probeDisk } from './disk-probe.ts';
import type { ObservedStore } from './observed-store.ts';
import type { WaitingLog } from './opened-log.ts';

export interface LogHealthSources {
  readonly dataDir: string;
  /** Asks a log server whether it answers; null when the log is a file in DATA_DIR. */
  readonly ask: (() => Promise<void>) | null;
  /** Null when the log is no file. */
  readonly waiting: (() => WaitingLog) | null;
}

/**
 * The health of a log. A server is asked, unless this node is open for reading alone. A file is healthy when its last
 * append succeeded, or DATA_DIR takes a file of some size again, and the file takes the waiting writes.
 */
export class ObservedLogHealth implements LogHealth {
  readonly #store: ObservedStore;
  readonly #dataDir: string;
  readonly #ask: (() => Promise<void>) | null;
  readonly #waiting: (() => WaitingLog) | null;

  constructor(store: ObservedStore, { dataDir, ask, waiting }: LogHealthSources) {
    this.#store = store;
    this.#dataDir = dataDir;
    this.#ask = ask;
    this.#waiting = waiting;
  }

  async trouble(): Promise<string | null> {
    return this.#ask === null ? this.#troubleWithFile() : this.#troubleWithServer(this.#ask);
  }

  async #troubleWithServer(ask: () => Promise<void>): Promise<string | null> {
    const { failure } = this.#store;
    if (failure?.reason === 'read-only') return failure.message;
    try {
      await ask();
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #troubleWithFile(): string | null {
    const { failure } = this.#store;
    if (failure === null) return this.#waiting?.().trouble ?? null;
    const passing = failure.reason === 'disk-full' || failure.reason === 'io';
    if (passing && probeDisk(this.#dataDir) === null) return this.#waiting?.().trouble ?? null;
    return failure.message;
  }
}
