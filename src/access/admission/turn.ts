/** Time and turns of the event loop; tests have their own. */
export interface TurnClock {
  /** Milliseconds, never going back. */
  now(): number;
  /** After what has arrived was heard. */
  soon(work: () => void): void;
  /** After so many milliseconds; keeps no process alive. */
  after(milliseconds: number, work: () => void): void;
}

export const SYSTEM_CLOCK: TurnClock = {
  now: () => performance.now(),
  soon: (work) => void setImmediate(work),
  after: (milliseconds, work) => void setTimeout(work, milliseconds).unref(),
};

/** What is begun as it arrives may take so many milliseconds of a turn; what arrives later waits for the next. */
const TURN_MS = 10;

/** One turn of the event loop: what arrives together is not all done before anything else is heard. */
export class Turn {
  readonly #clock: TurnClock;
  #began: number | undefined;

  constructor(clock: TurnClock) {
    this.#clock = clock;
  }

  /** Whether this turn has had its share. */
  isSpent(): boolean {
    const now = this.#clock.now();
    if (this.#began !== undefined) return now - this.#began > TURN_MS;
    this.#began = now;
    this.#clock.soon(() => {
      this.#began = undefined;
    });
    return false;
  }
}
