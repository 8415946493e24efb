import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LogReader } from '../event-store/index.ts';
import { StoreUnavailable, UnknownPosition } from '../event-store/index.ts';
import { compareHashes } from './compare-hashes.ts';
import { type ComparedLog, type ComparePace, compareLog } from './compare-log.ts';
import { TREE_FILES } from './tree-files.ts';
import type { TreeWriter } from './tree-writer.ts';

/**
 * After a start: some seconds of work at full pace, so that an alteration of a small log is known soon; then a tenth of
 * a core, a fortieth while others want it, and half a core for the hashes.
 */
export const AT_START = { free: 30_000, rest: 9, crowded: 39, hashesRest: 1 } as const;
/** Later rounds use a hundredth of a core. */
const BESIDE = { free: 0, rest: 99, crowded: 99, hashesRest: 99 } as const;
/** Between two comparisons, in milliseconds. */
export const AGAIN_MS = 30_000;

export interface ComparePass {
  readonly log: Pick<LogReader, 'readAll'>;
  readonly tree: TreeWriter;
  /** True for a log that deletes nothing: it must have every event of the tree. */
  readonly whole: boolean;
  /** Between two comparisons, in milliseconds; 30 seconds unless told. */
  readonly againMs?: number | undefined;
  /** After a rest the first comparison is no start's: it takes its time. */
  readonly resumes?: boolean;
  readonly signal: AbortSignal;
}

/** A tree as computed, whatever its files say later. */
export type TreeOfMemory = Pick<TreeWriter, 'size' | 'peaks'>;

/**
 * Compares the tree's files with the computed tree, and the log with them: first everything kept before, which
 * `onFirst` hears of, then everything again and again, so that a change under a running forum is found. Ends with the
 * signal. Throws TreeMismatch.
 */
export async function keepComparing(
  comparing: ComparePass,
  before: TreeOfMemory,
  onFirst: (compared: ComparedLog) => void,
): Promise<void> {
  const { tree, signal, againMs = AGAIN_MS, resumes = false } = comparing;
  const first = await unlessAway(comparing, () => compareOnce(comparing, before, resumes ? BESIDE : AT_START));
  if (first !== null) onFirst(first);
  while (!signal.aborted) {
    await pause(againMs, undefined, { signal }).catch(() => undefined);
    const now = { size: tree.size, peaks: tree.peaks };
    await unlessAway(comparing, () => compareOnce(comparing, now, BESIDE));
  }
}

/** A log that goes away meanwhile is compared later. */
async function unlessAway<T>({ signal }: ComparePass, compare: () => Promise<T>): Promise<T | null> {
  try {
    return signal.aborted ? null : await compare();
  } catch (error) {
    if (signal.aborted || error instanceof StoreUnavailable) return null;
    throw error;
  }
}

/** Compares everything once, from where the last comparison was cut off by a restart, and then the part before. */
async function compareOnce(
  { log, tree, whole, signal }: ComparePass,
  { size, peaks }: TreeOfMemory,
  pace: ComparePace & { readonly hashesRest: number },
): Promise<ComparedLog> {
  const { kept, dir } = tree;
  await compareHashes({ kept, size, peaks, rest: pace.hashesRest, signal });
  const start = reachedIn(dir, size);
  const options = { kept, whole, pace, signal, onReached: (index: number) => keepReached(dir, index) };
  const later = await compareLog(log, { ...options, from: start, size }).catch((error: unknown) => {
    // The database has scavenged the event where it was cut off.
    if (error instanceof UnknownPosition) return null;
    throw error;
  });
  const earlier = await compareLog(log, { ...options, from: 0, size: later === null ? size : start });
  keepReached(dir, 0);
  return { events: earlier.events + (later?.events ?? 0), missing: earlier.missing + (later?.missing ?? 0) };
}

/** The leaf that a cut-off comparison had reached; 0 without one. */
function reachedIn(dir: string, size: number): number {
  try {
    const index = Number(readFileSync(join(dir, TREE_FILES.compared), 'utf8'));
    return Number.isSafeInteger(index) && index > 0 && index < size ? index : 0;
  } catch {
    return 0;
  }
}

/** Only tells where to begin: a comparison always covers everything, so a lost or wrong file costs nothing. */
function keepReached(dir: string, index: number): void {
  try {
    writeFileSync(join(dir, TREE_FILES.compared), `${index}\n`, { mode: 0o600 });
  } catch {
    // Those who write important data report a disk without room.
  }
}
