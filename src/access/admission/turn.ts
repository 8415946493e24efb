/** Time and turns of the event loop; tests bring their own. */
export interface TurnClock {
  /** Milliseconds, never going back. */
  now(): number;
  /** Calls after everything that has arrived was heard. */
  soon(work: () => void): void;
  /** Calls after so many milliseconds; keeps no process alive. */
  after(milliseconds: number, work: () => void): void;
}

export const SYSTEM_CLOCK: TurnClock = {
  now: () => performance.now(),
  soon: (work) => void setImmediate(work),
  after: (milliseconds, work) => void setTimeout(work, milliseconds).unref(),
};

/** Milliseconds of a turn for work that begins on arrival; later arrivals wait for the next turn. */
const TURN_MS = 10;

/** One turn of the event loop, so that work that arrives together is not all done before anything else is heard. */
export class Turn {
  readonly #clock: TurnClock;
  #began: number | undefined;

  constructor(clock: TurnClock) {
    this.#clock = clock;
  }

  /** Whether this turn has used its time. */
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
