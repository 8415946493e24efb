import { DomainError } from '../../../libs/kernel/index.ts';
import { Lane, type Pass, type Source } from './lane.ts';
import { SYSTEM_CLOCK, Turn, type TurnClock } from './turn.ts';

export interface LaneRule {
  /** The works that may be under way at once. */
  readonly slots: number;
  /** Of these, so many at most are of one network, so that works that take long leave the others some. */
  readonly perNetwork: number;
  /** The waiting works that are begun in one turn of the event loop; between two turns everything else is heard. */
  readonly perTurn: number;
  /** The longest wait, as a share of the time within which answers are due. */
  readonly patience: number;
}

/** The kinds of work, each with its own room, so that a flood of one leaves the others theirs; within one, networks take turns. */
export const LANES = {
  /** Pages made on the main thread: one a turn, since one may take some ten milliseconds. */
  pages: { slots: 8, perNetwork: 4, perTurn: 1, patience: 0.7 },
  /** Reads of the API. */
  reads: { slots: 64, perNetwork: 48, perTurn: 8, patience: 0.7 },
  /** Images and other files that are sent as they are: a page may show hundreds. */
  files: { slots: 64, perNetwork: 48, perTurn: 8, patience: 0.7 },
  /** Writes; they wait for the disk together. */
  writes: { slots: 256, perNetwork: 192, perTurn: 16, patience: 0.7 },
  /** Passwords are hashed by the four threads of the pool, and keep nobody else waiting. */
  'sign-ins': { slots: 4, perNetwork: 3, perTurn: 4, patience: 5 },
  /** Exports of the log, under way until the reader has all of it. */
  exports: { slots: 8, perNetwork: 4, perTurn: 1, patience: 0.7 },
  /** New live connections. After a restart all readers connect at once. */
  live: { slots: 64, perNetwork: 64, perTurn: 64, patience: 15 },
  /**
   * Changes that live readers have missed; one answer may be megabytes long. After a restart all readers ask at once.
   */
  'catch-ups': { slots: 4, perNetwork: 4, perTurn: 4, patience: 15 },
} as const satisfies Record<string, LaneRule>;

export type LaneName = keyof typeof LANES;
export const LANE_NAMES: readonly LaneName[] = [
  'pages',
  'reads',
  'files',
  'writes',
  'sign-ins',
  'exports',
  'live',
  'catch-ups',
];

/** Seconds after which a client asks again; a full forum has room again as soon as it has answered what waits. */
const RETRY_SECONDS = 2;

/** The figures of a lane for /metrics. */
export interface LaneState {
  readonly underWay: number;
  readonly waiting: number;
  readonly refused: number;
}

/**
 * Limits how much work is taken on at once. Each kind of work has slots and a queue, and work that would wait too long
 * is refused, so that accepted work is answered in time. HTTP, live and pages share it; no setting turns it off.
 */
export class Admission {
  readonly #lanes: ReadonlyMap<LaneName, Lane>;

  readonly #asked: () => void;

  /**
   * `answerWithinMs` is the time in milliseconds within which accepted work should be answered; `asked` is called with
   * whatever is asked for, before there is room.
   */
  constructor(answerWithinMs: number, clock: TurnClock = SYSTEM_CLOCK, asked: () => void = () => undefined) {
    this.#asked = asked;
    const turn = new Turn(clock);
    const made = LANE_NAMES.map((name): [LaneName, Lane] => {
      const { patience, ...rule } = LANES[name];
      return [name, new Lane({ ...rule, patienceMs: patience * answerWithinMs, turn, clock, refusal })];
    });
    this.#lanes = new Map(made);
  }

  /**
   * Gives a pass at once, or as soon as there is room; its holder leaves when the work is done. A `source` that closes
   * stops waiting; `network` is whose work it is. Throws, or rejects with, DomainError overloaded.
   */
  enter(name: LaneName, source?: Source, network?: string): Pass | Promise<Pass> {
    this.#asked();
    return this.#lane(name).enter(source, network);
  }

  /** Does the work as soon as there is room. Rejects with DomainError overloaded, and with the work's own error. */
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
