import type { LogReader } from '../event-store/index.ts';
import { EMPTY_ROOT, hashesIn, nodeHash } from '../transparency/index.ts';
import { followLog, type Hurry } from './follow-log.ts';
import { readHead, type TreeHead } from './kept-tree.ts';
import { mendTree } from './mend-tree.ts';
import type { FromTree, KnownTree } from './messages.ts';
import { TreeMismatch } from './tree-mismatch.ts';
import { TreeWriter } from './tree-writer.ts';

/** The most repairs, so that a disk that alters the files again and again is not written to for ever. */
const MOST_MENDED = 5;

export interface KeepingTree {
  readonly dir: string;
  readonly log: LogReader;
  /** A log that forgets nothing. */
  readonly whole: boolean;
  readonly tell: (message: FromTree) => void;
  readonly hurry: Hurry;
  readonly doubts: Doubts;
  /** Between two comparisons of log and tree, in milliseconds; 30 seconds unless told. */
  readonly againMs?: number | undefined;
  /** After a rest: the tree as it was computed before. */
  readonly known?: KnownTree | undefined;
  readonly signal: AbortSignal;
}

/** The faults that readers of the tree's files found. */
export class Doubts {
  #stop = new AbortController();
  #reason: string | null = null;

  /** Aborts with the next doubt. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  raise(reason: string): void {
    this.#reason ??= reason;
    this.#stop.abort();
  }

  /** The doubt that was raised, once; null when none was. */
  take(): string | null {
    const reason = this.#reason;
    this.#reason = null;
    if (reason !== null) this.#stop = new AbortController();
    return reason;
  }
}

interface Found {
  readonly mismatch: TreeMismatch;
  /** The due state of the tree; null when it is not known. */
  readonly due: TreeHead | null;
}

/**
 * Lets the tree follow its log. When anything differs, the files are made anew if the log still gives the root computed
 * before: then the files were altered, and work continues. Ends with the signal, or when log and tree differ.
 */
export async function keepTree(keeping: KeepingTree): Promise<void> {
  const { tell, signal } = keeping;
  for (let mended = 0; ; mended += 1) {
    const found = await follow(mended === 0 ? keeping : { ...keeping, known: undefined });
    if (found === null) return;
    const { position, message: reason } = found.mismatch;
    const isMended = mended < MOST_MENDED && (await mend(keeping, found.due));
    if (signal.aborted) return;
    if (!isMended) return tell({ kind: 'mismatch', position, reason });
    tell({ kind: 'mended', reason });
  }
}

/** The fault found; null when the signal has aborted. */
async function follow(keeping: KeepingTree): Promise<Found | null> {
  const { dir, tell, doubts, known, signal } = keeping;
  let tree: TreeWriter | undefined;
  let isAsKnown = false;
  try {
    tree = new TreeWriter(dir);
    isAsKnown = known !== undefined && mustBeAsKnown(tree, known);
    tell({ kind: 'opened', size: tree.size, position: tree.position, peaks: tree.peaks, isAsKnown });
    await followLog({ ...keeping, tree, signal: AbortSignal.any([signal, doubts.signal]), resumes: isAsKnown });
    const doubt = doubts.take();
    return doubt === null || signal.aborted ? null : { mismatch: new TreeMismatch(null, doubt), due: tree.head };
  } catch (error) {
    if (!(error instanceof TreeMismatch)) throw error;
    if (known !== undefined && !isAsKnown) return { mismatch: error, due: headOf(known) };
    return { mismatch: error, due: tree === undefined ? readHead(dir) : tree.head };
  } finally {
    tree?.close();
  }
}

/** Throws TreeMismatch for files that somebody has changed during a rest. */
function mustBeAsKnown(tree: TreeWriter, known: KnownTree): true {
  if (tree.size === known.size && tree.peaks === known.peaks) return true;
  throw new TreeMismatch(null, `the tree's files were changed: they are not those of the ${known.size} events before`);
}

function headOf({ size, peaks }: KnownTree): TreeHead {
  const [smallest, ...larger] = hashesIn(peaks).toReversed();
  if (smallest === undefined) return { size, root: EMPTY_ROOT };
  return { size, root: larger.reduce((root, peak) => nodeHash(peak, root), smallest) };
}

/** False also when a disk without room, or a log that is away, allows no repair now. */
async function mend({ dir, log, signal }: KeepingTree, due: TreeHead | null): Promise<boolean> {
  if (due === null || due.size === 0) return false;
  try {
    return await mendTree({ dir, log, due, signal });
  } catch {
    return false;
  }
}
