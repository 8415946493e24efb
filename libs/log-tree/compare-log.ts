import { setTimeout as pause } from 'node:timers/promises';
import type { LogReader, RecordedEvent } from '../event-store/index.ts';
import { sameHash } from '../transparency/index.ts';
import type { KeptLeaf, KeptTree } from './kept-tree.ts';
import { leafOf } from './leaf-of.ts';
import { TreeMismatch } from './tree-mismatch.ts';
import { WorkTime } from './work-time.ts';

/** Events that are compared without a pause, and leaves that are read at once. */
const STRETCH = 1_000;
/** How fast a log is read that is compared. */
export interface ComparePace {
  /** Events that are compared without a pause. */
  readonly free: number;
  /** Pauses for each time unit of work after these. */
  readonly rest: number;
  /** The same while others want the processor. */
  readonly crowded: number;
}

export interface ComparedLog {
  readonly events: number;
  /** Leaves whose events the log no longer has: a database may scavenge them, and no proof breaks. */
  readonly missing: number;
}

export interface CompareOptions {
  readonly kept: Pick<KeptTree, 'leaves'>;
  /** The first leaf to compare, and the one behind the last. */
  readonly from: number;
  readonly size: number;
  readonly pace: ComparePace;
  /** Called sometimes, and at the end, with the leaf up to which log and tree agree. */
  readonly onReached?: (index: number) => void;
  /** True for a log that deletes nothing: every leaf must have its event. */
  readonly whole: boolean;
  readonly signal: AbortSignal;
  /** Rests so many milliseconds after a stretch of work; a pause unless told. Throws AbortError. */
  readonly rest?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly work?: Pick<WorkTime, 'lap' | 'restart' | 'isCrowded'>;
}

/**
 * Reads the log beside all other work, and compares each event with its leaf. Throws TreeMismatch that names the first
 * altered, inserted or dropped event; StoreUnavailable; and AbortError.
 */
export async function compareLog(log: Pick<LogReader, 'readAll'>, options: CompareOptions): Promise<ComparedLog> {
  const { kept, from, signal, size, pace, onReached, rest = pauseFor, work = new WorkTime() } = options;
  const walk = new Walk(options);
  const [last] = from > 0 && from < size ? kept.leaves(from - 1, 1) : [];
  let events = 0;
  for await (const event of log.readAll(last === undefined ? {} : { after: last.position })) {
    if (walk.isOver) break;
    walk.take(event);
    events += 1;
    if (events % STRETCH !== 0) continue;
    onReached?.(walk.at);
    const pauses = events < pace.free ? 0 : work.isCrowded ? pace.crowded : pace.rest;
    await rest(work.lap() * pauses, signal);
    work.restart();
  }
  signal.throwIfAborted();
  const missing = walk.rest();
  onReached?.(size);
  return { events: Math.min(events, size - from), missing };
}

/** A pause of no milliseconds still lets all waiting work of the thread go first. */
function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return pause(milliseconds, undefined, { signal });
}

/** The leaves in order, each taken when its event comes. */
class Walk {
  readonly #options: CompareOptions;
  #page: readonly KeptLeaf[] = [];
  #from: number;
  #at: number;
  #missing = 0;

  constructor(options: CompareOptions) {
    this.#options = options;
    this.#from = options.from;
    this.#at = options.from;
  }

  /** The next leaf. */
  get at(): number {
    return this.#at;
  }

  get isOver(): boolean {
    return this.#at >= this.#options.size;
  }

  take(event: RecordedEvent): void {
    let leaf = this.#leaf();
    for (; leaf !== undefined && leaf.position < event.position; leaf = this.#leaf()) this.#miss(leaf);
    if (leaf === undefined) return;
    const { position } = event;
    if (leaf.position > position) {
      throw new TreeMismatch(position, `the log has an event at position ${position} that the tree does not know`);
    }
    if (!sameHash(leafOf(event).entry, leaf.entry)) {
      throw new TreeMismatch(position, `the event at position ${position} was altered since it was recorded`);
    }
    this.#at += 1;
  }

  /** The leaves without an event; all remaining ones have none. */
  rest(): number {
    for (let leaf = this.#leaf(); leaf !== undefined; leaf = this.#leaf()) this.#miss(leaf);
    return this.#missing;
  }

  #miss({ position }: KeptLeaf): void {
    if (this.#options.whole)
      throw new TreeMismatch(position, `the event at position ${position} is missing in the log`);
    this.#missing += 1;
    this.#at += 1;
  }

  #leaf(): KeptLeaf | undefined {
    const { kept, size } = this.#options;
    if (this.#at >= size) return undefined;
    if (this.#at >= this.#from + this.#page.length) {
      this.#from = this.#at;
      this.#page = kept.leaves(this.#at, Math.min(STRETCH, size - this.#at));
    }
    return this.#page[this.#at - this.#from];
  }
}
