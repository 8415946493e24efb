/** Of the time that passes, so much counts as work at least: what is read from afar is a load there. */
const LEAST_SHARE = 0.1;

/**
 * Measures the work of this thread by the processor's time, so that a machine with much else to do does not stretch the pauses by which
 * work is bounded.
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
