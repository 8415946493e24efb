/** Milliseconds of work after which everybody else is heard. */
const SLICE_MS = 10;

/** A long piece of work in slices: between two of them the event loop turns. */
export class Slices {
  #since = performance.now();
  #turning: Promise<void> | null = null;

  /** Does a step at once, or in a later turn when the slice is used up; steps may wait side by side. */
  async run<Result>(step: () => Result): Promise<Result> {
    // Between this check and the step nothing else may be done: each waiting step checks for itself.
    while (this.#isUsedUp()) await this.#turn();
    return step();
  }

  /** Before a piece of work that is no single step; of those that wait side by side, all may begin in the same turn. */
  async pause(): Promise<void> {
    while (this.#isUsedUp()) await this.#turn();
  }

  /** Runs all steps of a sequence; gives its final value. */
  async drain<Result>(steps: Iterator<unknown, Result>): Promise<Result> {
    for (;;) {
      while (this.#isUsedUp()) await this.#turn();
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  #isUsedUp(): boolean {
    return performance.now() - this.#since >= SLICE_MS;
  }

  #turn(): Promise<void> {
    this.#turning ??= new Promise<void>((resolve) => void setImmediate(resolve)).then(() => {
      this.#since = performance.now();
      this.#turning = null;
    });
    return this.#turning;
  }
}

/** The same as `Slices.drain` at one stretch: for a short piece of work, or in a thread that serves nobody else. */
export function atOnce<Result>(steps: Iterator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
