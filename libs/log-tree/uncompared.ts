import { parseCheckpoint, parseNote } from '../transparency/index.ts';
import { readCheckpoints, type UnreadableLine, unreadableLines } from './keep-checkpoints.ts';
import { hasUnreadableHead, readHead } from './kept-tree.ts';
import { TREE_FILES } from './tree-files.ts';

/** The remains of a log's tree before a start, read before anything is written. */
export interface KeptBefore {
  /** Events in the tree; 0 when there was none. */
  readonly tree: number;
  /** Events under the largest signed checkpoint; 0 when there was none, or one of the empty log alone. */
  readonly signed: number;
  /** The parts that cannot be read: `tree/head.json`, `line 3 of tree/checkpoints`. */
  readonly unreadable: readonly string[];
  /** The unreadable parts that no power loss explains: they were altered, or the disk has failed. */
  readonly altered: readonly string[];
}

/** Reads a tree's folder, which need not be there. Throws the system's errors. */
export function keptBefore(dir: string): KeptBefore {
  const sizes = readCheckpoints(dir).map(({ note }) => parseCheckpoint(parseNote(note).text).size);
  const lines = unreadableLines(dir);
  const named = (of: readonly UnreadableLine[]): readonly string[] =>
    of.map(({ number }) => `line ${number} of tree/${TREE_FILES.checkpoints}`);
  const head = hasUnreadableHead(dir) ? [`tree/${TREE_FILES.head}`] : [];
  return {
    tree: readHead(dir)?.size ?? 0,
    signed: Math.max(0, ...sizes),
    unreadable: [...head, ...named(lines)],
    altered: [...head, ...named(lines.filter(({ isTorn }) => !isTorn))],
  };
}

/** The kept parts that cannot be read, in words for an operator; null when all can. A power loss may tear the last line. */
export function unreadableKept({ unreadable }: Pick<KeptBefore, 'unreadable'>): string | null {
  if (unreadable.length === 0) return null;
  const named = unreadable.slice(0, MOST_NAMED).join(', ');
  const more = unreadable.length > MOST_NAMED ? ` and ${unreadable.length - MOST_NAMED} more` : '';
  return `cannot be read, so the log is not compared with what it said: ${named}${more}`;
}

const MOST_NAMED = 5;

/** The log, as a start finds it. */
export interface FoundLog {
  /** Of its newest event; 0n for an empty one. */
  readonly head: bigint;
  /** Whether it records a change of its key, and so names its key. */
  readonly tellsKey: boolean;
}

/**
 * The missing means to compare a log and its key at a start, in words for an operator; null when tree and checkpoint
 * exist, and for an empty log.
 */
export function uncompared(
  { tree, signed }: Pick<KeptBefore, 'tree' | 'signed'>,
  { head, tellsKey }: FoundLog,
): string | null {
  if (head === 0n || (tree > 0 && signed > 0)) return null;
  const said = uncomparedLog({ tree, signed });
  return signed > 0 || tellsKey ? said : `${said}; ${KEY_UNKNOWN}`;
}

const KEY_UNKNOWN =
  "which key the log was signed with is not known here: compare GET /api/v1/audit/key with another node's, or with one that an auditor kept";

function uncomparedLog({ tree, signed }: Pick<KeptBefore, 'tree' | 'signed'>): string {
  if (tree > 0) return 'nothing signed was kept of the log: it is compared with its tree alone';
  if (signed > 0) return `the tree is made anew: the log is compared with a checkpoint of ${signed} events alone`;
  return 'nothing was kept of the log, neither tree nor signed checkpoint: an earlier state cannot be compared';
}
