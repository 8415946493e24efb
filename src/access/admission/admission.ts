import { DomainError } from '../../../libs/kernel/index.ts';
import { Lane, type Pass, type Source } from './lane.ts';
import { SYSTEM_CLOCK, Turn, type TurnClock } from './turn.ts';

export interface LaneRule {
  /** Works that may be under way at once. */
  readonly slots: number;
  /** Works that waited and are begun in one turn of the event loop: between two turns everything else is heard. */
  readonly perTurn: number;
  /** How long one may wait, as a share of the time within which answers are due. */
  readonly patience: number;
}

/** Kinds of work, each with its own room, so that a flood of one leaves the others theirs. */
export const LANES = {
  /** Pages made on the main thread: one a turn, since one may take some ten milliseconds. */
  pages: { slots: 4, perTurn: 1, patience: 0.7 },
  /** What the API reads. */
  reads: { slots: 64, perTurn: 8, patience: 0.7 },
  /** What is recorded: these wait for the disk together. */
  writes: { slots: 256, perTurn: 16, patience: 0.7 },
  /** Passwords are hashed by the four threads of the pool, and keep nobody else waiting. */
  'sign-ins': { slots: 4, perTurn: 4, patience: 5 },
  /** Files made of the log: under way until the reader has them. */
  exports: { slots: 8, perTurn: 1, patience: 0.7 },
  /** Live connections that come: a forum that restarts is asked for all of them at once. */
  live: { slots: 64, perTurn: 64, patience: 15 },
  /** What live readers have missed: one answer may be of megabytes. After a restart all readers ask for it at once. */
  'catch-ups': { slots: 4, perTurn: 4, patience: 15 },
} as const satisfies Record<string, LaneRule>;

export type LaneName = keyof typeof LANES;
export const LANE_NAMES: readonly LaneName[] = ['pages', 'reads', 'writes', 'sign-ins', 'exports', 'live', 'catch-ups'];

/** Seconds after which to ask again; a full forum has room again as soon as it has answered what waits. */
const RETRY_SECONDS = 2;

/** What /metrics tells of a lane. */
export interface LaneState {
  readonly underWay: number;
  readonly waiting: number;
  readonly refused: number;
}

/**
 * How much work is taken on at once: each kind has slots and a queue, and who would wait too long is refused, so that what
 * is accepted is answered in time. Shared by HTTP, live and pages; no setting turns it off.
 */
export class Admission {
  readonly #lanes: ReadonlyMap<LaneName, Lane>;

  /** `answerWithinMs`: milliseconds within which what is accepted should be answered. */
  constructor(answerWithinMs: number, clock: TurnClock = SYSTEM_CLOCK) {
    const turn = new Turn(clock);
    const made = LANE_NAMES.map((name): [LaneName, Lane] => {
      const { slots, perTurn, patience } = LANES[name];
      return [name, new Lane({ slots, perTurn, patienceMs: patience * answerWithinMs, turn, clock, refusal })];
    });
    this.#lanes = new Map(made);
  }

  /**
   * A pass at once, or as soon as there is room; whoever got it leaves when the work is done. A `source` that closes waits
   * no longer. Throws, or rejects with, DomainError overloaded.
   */
  enter(name: LaneName, source?: Source): Pass | Promise<Pass> {
    return this.#lane(name).enter(source);
  }

  /** Does the work as soon as there is room. Rejects with DomainError overloaded, and as the work does. */
  async run<Result>(name: LaneName, work: () => Promise<Result>, source?: Source): Promise<Result> {
    const pass = await this.enter(name, source);
    try {
      return await work();
    } finally {
      pass.leave();
    }
  }

  state(name: LaneName): LaneState {
    return this.#lane(name);
  }

  #lane(name: LaneName): Lane {
    const lane = this.#lanes.get(name);
    if (lane === undefined) throw new Error(`there is no lane ${name}`);
    return lane;
  }
}

function refusal(): DomainError {
  return new DomainError('overloaded', 'The forum has more to do than it can; ask again soon.', [], RETRY_SECONDS);
}
