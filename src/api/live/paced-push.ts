/**
 * Calls `push` for what it is told of: as soon as the turn of the event loop is over, but no more often than once in `everyMs`
 * milliseconds, so that what comes quickly is collected.
 */
export class PacedPush {
  readonly #everyMs: number;
  readonly #push: () => void;
  #waiting: NodeJS.Timeout | undefined;
  #pushedAt = Number.NEGATIVE_INFINITY;

  constructor(everyMs: number, push: () => void) {
    this.#everyMs = everyMs;
    this.#push = push;
  }

  soon(): void {
    this.#waiting ??= setTimeout(
      () => {
        this.#waiting = undefined;
        this.#pushedAt = performance.now();
        this.#push();
      },
      Math.max(0, this.#pushedAt + this.#everyMs - performance.now()),
    );
  }

  close(): void {
    clearTimeout(this.#waiting);
  }
}
