/** Milliseconds of work after which everybody else is heard. */
const SLICE_MS = 10;

/** A long piece of work in slices: between two of them the event loop turns. */
export class Slices {
  #since = performance.now();
  #turning: Promise<void> | null = null;

  /** Does a step at once, or in a later turn when the slice is used up; steps may wait side by side. */
  async run<Result>(step: () => Result): Promise<Result> {
    while (performance.now() - this.#since >= SLICE_MS) {
      this.#turning ??= new Promise<void>((resolve) => void setImmediate(resolve)).then(() => {
        this.#since = performance.now();
        this.#turning = null;
      });
      await this.#turning;
    }
    return step();
  }
}
