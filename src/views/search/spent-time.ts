/**
 * Processor time of this thread since it was made, in milliseconds: what others do on the machine is not counted. It is never more than what a
 * clock shows, which is asked for a hundredth of the time.
 */
export class SpentTime {
  readonly #start = { at: performance.now(), processor: processorTime() };
  /** As it was counted last. */
  #counted = { at: performance.now(), spent: 0 };

  /** Counted only where it may be much more than what was counted last. */
  spent(): number {
    const passed = performance.now() - this.#counted.at;
    return passed < EXACT_FROM ? this.#counted.spent + passed : this.#count();
  }

  isAtLeast(most: number): boolean {
    return this.#counted.spent + performance.now() - this.#counted.at >= most && this.#count() >= most;
  }

  #count(): number {
    const spent = processorTime() - this.#start.processor;
    this.#counted = { at: performance.now(), spent };
    return spent;
  }
}

/** Milliseconds of a clock that count as processor time: others seldom hold up a thread for less. */
const EXACT_FROM = 0.2;

/**
 * Milliseconds. Linux counts what a thread takes at the ticks of its clock, some milliseconds apart, unless it is asked for that of
 * the whole process: then it counts what the thread that asks has taken until now, for 2 microseconds.
 */
function processorTime(): number {
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
