import { setPriority } from 'node:os';

/** On Linux a priority is a thread's own; elsewhere it would be the whole program's, and is left alone. */
export function yieldToOthers(): void {
  if (process.platform === 'linux') setPriority(0, 19);
}

/** The clock by which a pace is kept, in milliseconds. */
export interface PaceClock {
  readonly wall: () => number;
  /** The processor time used by the calling thread. */
  readonly cpu: () => number;
  /** Holds the calling thread up. */
  readonly sleep: (milliseconds: number) => void;
}

/** Milliseconds of work after which it checks whether others want the processor. */
const STRETCH = 5;
/** The share of its time waiting for a processor from which others count as wanting it too. */
const CROWDED = 0.1;
/** The pauses for each time unit of work then: a fortieth of a processor at most. */
const REST = 39;
/** So that a thread which is told to stop hears of it soon. */
const LONGEST_REST = 200;

/**
 * Lets a thread work without a pause while a processor is free, and rest most of the time while others want one. The
 * lowest priority alone does not do that: a thread that wakes up finds the processor taken until the scheduler's slice
 * is over, which is milliseconds, and a thread that never sleeps makes others wait at nearly each turn.
 */
export class Pace {
  readonly #clock: PaceClock;
  #wall: number;
  #cpu: number;

  constructor(clock: PaceClock = THREAD) {
    this.#clock = clock;
    this.#wall = clock.wall();
    this.#cpu = clock.cpu();
  }

  /** Called between pieces of work; rests when the last ones were held up by others. */
  rest(): void {
    const took = this.#clock.wall() - this.#wall;
    const worked = this.#clock.cpu() - this.#cpu;
    if (worked < STRETCH) return;
    if (took - worked > took * CROWDED) this.#clock.sleep(Math.min(worked * REST, LONGEST_REST));
    this.#wall = this.#clock.wall();
    this.#cpu = this.#clock.cpu();
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));
const THREAD: PaceClock = {
  wall: () => performance.now(),
  cpu: () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  },
  sleep: (milliseconds) => Atomics.wait(never, 0, 0, milliseconds),
};
