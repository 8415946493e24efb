import { parseCheckpoint, parseNote } from '../transparency/index.ts';
import { readCheckpoints } from './keep-checkpoints.ts';
import { readHead } from './kept-tree.ts';

/** What was kept of a log before a start, read before anything is written. */
export interface KeptBefore {
  /** Events in the tree; 0 when there was none. */
  readonly tree: number;
  /** Events under the largest signed checkpoint; 0 when there was none, or one of the empty log alone. */
  readonly signed: number;
}

/** Reads a tree's folder, which need not be there. Throws the system's errors. */
export function keptBefore(dir: string): KeptBefore {
  const sizes = readCheckpoints(dir).map(({ note }) => parseCheckpoint(parseNote(note).text).size);
  return { tree: readHead(dir)?.size ?? 0, signed: Math.max(0, ...sizes) };
}

/** What a start cannot compare a log with, in words for an operator; null when tree and checkpoint are there, and for an empty log. */
export function uncompared({ tree, signed }: KeptBefore, head: bigint): string | null {
  if (head === 0n || (tree > 0 && signed > 0)) return null;
  if (tree > 0) return 'nothing signed was kept of the log: it is compared with its tree alone';
  if (signed > 0) return `the tree is made anew: the log is compared with a checkpoint of ${signed} events alone`;
  return 'nothing was kept of the log, neither tree nor signed checkpoint: an earlier state cannot be compared';
}
