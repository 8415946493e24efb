import { readFileSync } from 'node:fs';

/** The least share of passing time that counts as work, since a remote read is a load elsewhere. */
const LEAST_SHARE = 0.1;
/** The share of passing time that is spent waiting for a processor, from which others count as wanting it too. */
const CROWDED = 0.1;

/**
 * Measures this thread's work by processor time, so that other work on the machine does not lengthen the pauses that
 * bound it.
 */
export class WorkTime {
  readonly #waited: () => number;
  #cpu = process.threadCpuUsage();
  #started = performance.now();
  #waitedBefore: number;

  /** `waited` tells how many milliseconds this thread has waited for a processor; the system does, unless told. */
  constructor(waited: () => number = waitedForProcessor) {
    this.#waited = waited;
    this.#waitedBefore = waited();
  }

  /** Whether others want the processor, going by what has passed since the last call of `lap` or `restart`. */
  get isCrowded(): boolean {
    return this.#waited() - this.#waitedBefore > CROWDED * (performance.now() - this.#started);
  }

  /** Milliseconds since the last call, or since the beginning. */
  lap(): number {
    const { user, system } = process.threadCpuUsage(this.#cpu);
    const passed = performance.now() - this.#started;
    this.#cpu = process.threadCpuUsage();
    this.#started = performance.now();
    return Math.max((user + system) / 1_000, passed * LEAST_SHARE);
  }

  /** Leaves out what has passed since the last call. */
  restart(): void {
    this.#cpu = process.threadCpuUsage();
    this.#started = performance.now();
    this.#waitedBefore = this.#waited();
  }
}

/** Milliseconds since the thread began; 0 where the system does not tell. */
function waitedForProcessor(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
