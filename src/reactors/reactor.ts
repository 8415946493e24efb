import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import { BEFORE_FIRST, OwnTurns, type Position } from '../../libs/kernel/index.ts';
import type { Projected, Views } from '../../libs/projections/index.ts';
import { LEASE_GRACE_MS } from '../../libs/words/index.ts';
import type { Lease } from './lease.ts';

/** What a look at the views gives. */
export interface WorkSeen<Item> {
  readonly due: readonly Item[];
  /** When something is due next, in milliseconds since 1970; null for nothing. */
  readonly nextAt: number | null;
  /** The newest lease in the log. */
  readonly lease: { readonly holder: string; readonly until: number } | null;
  /** Whether the log has still to name a task of this node. */
  readonly isNew: boolean;
}

/** The work of one kind of reactor. */
export interface Reacting<Item> {
  /** The items that are worked on side by side. */
  readonly atOnce: number;
  look(): Promise<WorkSeen<Item>>;
  /** Gives the position of what was recorded. `isClosing` tells whether the forum is about to end. */
  act(item: Item, isClosing: () => boolean): Promise<Position>;
  concerns(projected: readonly Projected[]): boolean;
}

export interface ReactorParts<Item> {
  readonly reacting: Reacting<Item>;
  readonly lease: Lease;
  readonly holder: string;
  readonly views: Pick<Views, 'ready' | 'reached' | 'onProjected'>;
  readonly leaseMs: number;
  readonly onProblem: (reason: string) => void;
}

/** The pause after a fault of the log or the views, in milliseconds. */
const FAULT_PAUSE_MS = 2_000;
/** How long the views may take to show what was recorded, in milliseconds. */
const SHOWN_WITHIN_MS = 30_000;
/** The longest sleep; timers take no more than 2^31 milliseconds. */
const LONGEST_SLEEP_MS = 3_600_000;

/**
 * Does what the forum does because something has happened, on one node at a time: it looks at a view, takes the lease
 * when something is due, and does that a few items at once, each of which begins in a turn of the event loop of its own. It wakes by commits of the view and by the time that the
 * view names, never to ask whether there is work.
 */
export class Reactor<Item> {
  readonly #parts: ReactorParts<Item>;
  readonly #unlisten: () => void;
  readonly #ended: Promise<void>;
  readonly #turns = new OwnTurns();
  #closing = false;
  readonly #toClose = Promise.withResolvers<void>();
  #woken = false;
  #told = '';
  #wake: () => void = () => undefined;

  constructor(parts: ReactorParts<Item>) {
    this.#parts = parts;
    this.#unlisten = parts.views.onProjected((projected) => {
      if (parts.reacting.concerns(projected)) this.#rouse();
    });
    this.#ended = this.#run();
  }

  /** Begins nothing more and waits for what is under way. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#toClose.resolve();
    this.#unlisten();
    this.#rouse();
    await this.#ended;
  }

  #rouse(): void {
    this.#woken = true;
    this.#wake();
  }

  async #run(): Promise<void> {
    // A forum whose log is away may be closed before its views have ever been ready.
    await Promise.race([this.#parts.views.ready().catch(() => undefined), this.#toClose.promise]);
    while (!this.#closing) {
      this.#woken = false;
      const pauseMs = await this.#turn().catch((error: unknown) => this.#problem(error));
      await this.#sleep(pauseMs);
      // The commit that wakes it has others who wait for their answers: a look may take the thread for some milliseconds.
      await nextTurn();
    }
  }

  /** The same problem is told once, until a turn has gone well. */
  #problem(error: unknown): number {
    const told = error instanceof Error ? error.message : String(error);
    if (told !== this.#told) this.#parts.onProblem(told);
    this.#told = told;
    return FAULT_PAUSE_MS;
  }

  /** One look and what follows from it. Gives the milliseconds until the next look; infinity for none of its own. */
  async #turn(): Promise<number> {
    const { reacting, lease, views } = this.#parts;
    // Everything that the holder before has recorded stands before this lease, so what is due after it is really due.
    if (lease.isHeld) await views.reached(lease.since, SHOWN_WITHIN_MS);
    const seen = await reacting.look();
    if (seen.due.length === 0 && !seen.isNew) return (seen.nextAt ?? Number.POSITIVE_INFINITY) - Date.now();
    if (lease.isHeld && !seen.isNew) return this.#actOn(seen.due);
    const freeAt = this.#freeAt(seen.lease);
    if (freeAt > Date.now()) return freeAt - Date.now();
    if (!(await lease.take())) return FAULT_PAUSE_MS;
    await views.reached(lease.newest, SHOWN_WITHIN_MS);
    return 0;
  }

  /** When the lease may be taken: at once, unless another node has it. */
  #freeAt(lease: WorkSeen<Item>['lease']): number {
    return lease === null || lease.holder === this.#parts.holder ? 0 : lease.until + LEASE_GRACE_MS;
  }

  /** A lease that another node has had meanwhile lets nothing new begin. */
  async #actOn(items: readonly Item[]): Promise<number> {
    const { reacting, lease, views } = this.#parts;
    await lease.keep();
    const { since } = lease;
    const goesOn = (): boolean => !this.#closing && lease.isHeld && lease.since === since;
    const limit = pLimit(reacting.atOnce);
    const act = async (item: Item): Promise<Position> => {
      await this.#turns.next();
      return goesOn() ? reacting.act(item, () => this.#closing) : BEFORE_FIRST;
    };
    const results = await this.#keepingLease(() => Promise.allSettled(items.map((item) => limit(act, item))));
    if (this.#closing) return 0;
    const fault = results.find((result) => result.status === 'rejected');
    if (fault !== undefined) throw fault.reason;
    const newest = results.map((result) => (result.status === 'fulfilled' ? result.value : BEFORE_FIRST));
    await views.reached(
      newest.reduce((most, one) => (one > most ? one : most)),
      SHOWN_WITHIN_MS,
    );
    this.#told = '';
    return 0;
  }

  async #keepingLease<Result>(work: () => Promise<Result>): Promise<Result> {
    const { lease, leaseMs } = this.#parts;
    const keeping = setInterval(() => void lease.keep().catch((error: unknown) => this.#problem(error)), leaseMs / 4);
    try {
      return await work();
    } finally {
      clearInterval(keeping);
    }
  }

  /** Ends when the time is over, and at once when somebody wakes it, or has since the turn began. */
  async #sleep(pauseMs: number): Promise<void> {
    if (this.#woken || this.#closing || pauseMs <= 0) return;
    await new Promise<void>((resolve) => {
      const timer =
        pauseMs === Number.POSITIVE_INFINITY ? undefined : setTimeout(resolve, Math.min(pauseMs, LONGEST_SLEEP_MS));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
