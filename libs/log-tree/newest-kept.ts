import { noteState, type Verifier } from '../transparency/index.ts';
import { type KeptCheckpoint, numberedCheckpoints } from './keep-checkpoints.ts';
import { TREE_FILES } from './tree-files.ts';

/** The kept checkpoints, from the newest back to the first whose key is known. */
export interface NewestKept {
  /** Signed by one of the keys; null when there is none, or another key's is newer. */
  readonly whole: KeptCheckpoint | null;
  /** Of none of the keys; null when one of theirs is newer. */
  readonly other: KeptCheckpoint | null;
  /** The numbers, from 1, of newer lines that the keys have signed and that were altered since. */
  readonly damaged: readonly number[];
}

/** Reads a tree's folder, which need not be there. Throws the system's errors. */
export function newestKept(dir: string, keys: readonly Verifier[]): NewestKept {
  const damaged: number[] = [];
  for (const { line, kept } of numberedCheckpoints(dir).toReversed()) {
    const state = noteState(kept.note, keys);
    if (state === 'whole') return { whole: kept, other: null, damaged };
    if (state === 'other') return { whole: null, other: kept, damaged };
    damaged.push(line);
  }
  return { whole: null, other: null, damaged };
}

/** For an operator; null without damage. */
export function damagedKept({ damaged }: Pick<NewestKept, 'damaged'>): string | null {
  const [newest, ...more] = damaged;
  if (newest === undefined) return null;
  const others = more.length === 0 ? '' : `, and ${more.length} before it`;
  return `a checkpoint in tree/${TREE_FILES.checkpoints} is damaged, line ${newest}${others}: its signature does not fit it, so the log is not compared with it`;
}
