/** The least share of passing time that counts as work, since a remote read is a load elsewhere. */
const LEAST_SHARE = 0.1;

/**
 * Measures this thread's work by processor time, so that other work on the machine does not lengthen the pauses that
 * bound it.
 */
export class WorkTime {
  #cpu = process.threadCpuUsage();
  #started = performance.now();

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
  }
}
