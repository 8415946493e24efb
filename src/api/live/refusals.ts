/** A connection whose messages are refused more often in WITHIN_MS is closed: it does not listen to what it is told. */
export const MOST_REFUSALS = 1_000;
const WITHIN_MS = 60_000;

/** How often the messages of one connection were refused lately. */
export class Refusals {
  #since = Number.NEGATIVE_INFINITY;
  #count = 0;

  /** One more, at a moment in milliseconds of any clock; whether it is one too many. */
  add(now: number): boolean {
    if (now - this.#since > WITHIN_MS) {
      this.#since = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count > MOST_REFUSALS;
  }
}
