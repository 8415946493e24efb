import { setTimeout as pause } from 'node:timers/promises';
import type { LogReader } from '../event-store/index.ts';
import { isAway } from '../event-store/index.ts';
import type { ComparedLog } from './compare-log.ts';
import { keepComparing } from './compare-pass.ts';
import type { FromTree } from './messages.ts';
import { mustHaveEnd } from './own-end.ts';
import type { TreeWriter } from './tree-writer.ts';

/** The events in one reading of the log: few enough for a core's cache, and gone before the collector sees them. */
const BATCH = 256;
/** The interval in milliseconds at which waiting callers hear of a tree that has not caught up. */
const TELL_MS = 50;
/** Milliseconds that the tree rests after catching up, so that it takes many events at once. */
const REST_MS = 100;
/** Milliseconds after which leaves are put on disk; a power loss costs the work of this time. */
const SYNC_MS = 10_000;
/** How long after a log that was away is asked again, in milliseconds. */
const ASK_AGAIN_MS = 500;

export interface TreeFollowing {
  readonly log: LogReader;
  readonly tree: TreeWriter;
  /** A log that forgets nothing: it must have every event that the tree has. */
  readonly whole: boolean;
  readonly tell: (message: FromTree) => void;
  /** Cuts a rest short. */
  readonly hurry: Hurry;
  /** Between two comparisons, in milliseconds; 30 seconds unless told. */
  readonly againMs?: number | undefined;
  /** After a rest: the first comparison is as slow as the later ones. */
  readonly resumes?: boolean;
  readonly signal: AbortSignal;
}

/** Wakes a resting thread, or skips its next rest. */
export class Hurry {
  #asked = false;
  #wake: (() => void) | undefined;

  ask(): void {
    this.#asked = true;
    this.#wake?.();
  }

  /** Resolves after so many milliseconds, or at once when somebody is in a hurry. */
  async rest(milliseconds: number): Promise<void> {
    if (!this.#asked) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = setTimeout(resolve, milliseconds);
      await promise;
      clearTimeout(timer);
      this.#wake = undefined;
    }
    this.#asked = false;
  }
}

/**
 * Lets the tree grow with the log, in order, until the signal aborts. Once it has caught up, everything kept before is
 * compared in the background, and later everything again and again: the hashes with the leaves, then the leaves with
 * the log. Throws TreeMismatch when they differ; from then on nothing is written.
 */
export async function followLog(following: TreeFollowing): Promise<void> {
  const { tree, signal } = following;
  const before = { size: tree.size, peaks: tree.peaks };
  if (before.size > 0 && !(await endIsOwn(following))) return;
  const stop = new AbortController();
  const ends = AbortSignal.any([signal, stop.signal]);
  let comparing: Promise<void> | undefined;
  let fault: unknown;
  const onCaughtUp = (): void => {
    const onFirst = (compared: ComparedLog): void => following.tell({ kind: 'compared', ...compared });
    comparing ??= keepComparing({ ...following, signal: ends }, before, onFirst).catch((error: unknown) => {
      fault = error;
      stop.abort();
    });
  };
  try {
    await grow(following, ends, onCaughtUp);
  } finally {
    stop.abort();
    await comparing;
  }
  if (fault !== undefined) throw fault;
}

async function grow(
  { log, tree, tell, hurry }: TreeFollowing,
  signal: AbortSignal,
  onCaughtUp: () => void,
): Promise<void> {
  let [synced, told] = [performance.now(), 0];
  let caughtUp = false;
  for await (const batch of log.subscribe({ after: tree.position, batchSize: BATCH, signal })) {
    tree.add(batch.events);
    const first = batch.caughtUp && !caughtUp;
    caughtUp ||= batch.caughtUp;
    const now = performance.now();
    if (batch.caughtUp || now - told > TELL_MS) {
      tell({ kind: 'grown', size: tree.size, position: batch.position, peaks: tree.peaks, caughtUp });
      told = now;
    }
    if (first || now - synced > SYNC_MS) {
      tree.sync();
      synced = now;
    }
    if (!batch.caughtUp) continue;
    onCaughtUp();
    await hurry.rest(REST_MS);
  }
}

/** Waits for a log that is away. False when the signal aborted meanwhile. */
async function endIsOwn({ log, tree, tell, signal }: TreeFollowing): Promise<boolean> {
  const last = tree.kept.leaf(tree.size - 1);
  for (let told = false; !signal.aborted; told = true) {
    try {
      await mustHaveEnd(log, last);
      return true;
    } catch (error) {
      if (!isAway(error)) throw error;
      if (!told) tell({ kind: 'problem', reason: `the log is away: ${error.message}` });
    }
    await pause(ASK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
