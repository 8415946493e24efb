import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '../event-store/index.ts';
import { sameHash } from '../transparency/index.ts';
import type { KeptLeaf, KeptTree } from './kept-tree.ts';
import { leafOf } from './leaf-of.ts';
import type { LogReader } from './own-end.ts';
import { TreeMismatch } from './tree-mismatch.ts';

/** Events that are compared without a pause, and leaves that are read at once. */
const STRETCH = 1_000;
/** Events that are compared at full pace, some seconds of work: what a small log has altered is known soon after the start. */
export const AT_FULL_PACE = 30_000;
/** Pauses for each time unit of work after these: a tenth of a core at most. */
const REST = 9;

export interface ComparedLog {
  readonly events: number;
  /** Leaves whose events the log has no more: a database may forget (scavenge) them, and no proof breaks. */
  readonly missing: number;
}

export interface CompareOptions {
  readonly kept: Pick<KeptTree, 'leaves'>;
  /** Leaves to compare: those that were kept before. */
  readonly size: number;
  /** A log that forgets nothing: every leaf must have its event. */
  readonly whole: boolean;
  readonly signal: AbortSignal;
  /** Rests so many milliseconds after a stretch of work; a pause unless told. Throws AbortError. */
  readonly rest?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Reads the whole log beside all other work, a large one slowly, and compares each event with its leaf. Throws TreeMismatch that names the first
 * event which was altered, inserted or dropped; StoreUnavailable; and AbortError.
 */
export async function compareLog(log: Pick<LogReader, 'readAll'>, options: CompareOptions): Promise<ComparedLog> {
  const { signal, size, rest = pauseFor } = options;
  const walk = new Walk(options);
  let [events, started] = [0, performance.now()];
  for await (const event of log.readAll()) {
    if (walk.isOver) break;
    walk.take(event);
    events += 1;
    if (events % STRETCH !== 0) continue;
    const share = events < AT_FULL_PACE ? 0 : REST;
    await rest((performance.now() - started) * share, signal);
    started = performance.now();
  }
  signal.throwIfAborted();
  return { events: Math.min(events, size), missing: walk.rest() };
}

/** Of no milliseconds: whatever waits for the thread comes first. */
function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return pause(milliseconds, undefined, { signal });
}

/** The leaves in order, each taken when its event comes by. */
class Walk {
  readonly #options: CompareOptions;
  #page: readonly KeptLeaf[] = [];
  #from = 0;
  #at = 0;
  #missing = 0;

  constructor(options: CompareOptions) {
    this.#options = options;
  }

  get isOver(): boolean {
    return this.#at === this.#options.size;
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

  /** Leaves that have no event; all that are left over have none. */
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
