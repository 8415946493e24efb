import { setTimeout as pause } from 'node:timers/promises';
import { type HashText, hashBytes, hashText, leafText, TreeBuilder } from '../transparency/index.ts';
import type { KeptTree } from './kept-tree.ts';
import { TreeMismatch } from './tree-mismatch.ts';
import { WorkTime } from './work-time.ts';

/** The leaves compared without a pause. */
const STRETCH = 1_000;

export interface HashesToCompare {
  readonly kept: KeptTree;
  /** Of leaves. */
  readonly size: number;
  /** The peaks that the leaves must give: `TreeBuilder.peaks` of a tree of this size, as computed. */
  readonly peaks: HashText;
  /** The pauses for each time unit of work; 1 means half of a core. */
  readonly rest: number;
  readonly signal: AbortSignal;
}

/**
 * Makes every kept hash again from the kept leaves. 1,000 events take some milliseconds, so an alteration by a disk or
 * a person is known long before the whole log was read. Throws TreeMismatch that names the first event at which a wrong
 * hash is kept, and AbortError.
 */
export async function compareHashes({ kept, size, peaks, rest, signal }: HashesToCompare): Promise<void> {
  const builder = new TreeBuilder();
  const work = new WorkTime();
  for (let from = 0; from < size; from += STRETCH) {
    const other = otherHash(kept, builder, Math.min(STRETCH, size - from));
    if (other !== null) throw other;
    await pause(work.lap() * rest, undefined, { signal });
    work.restart();
  }
  if (builder.peaks() === peaks) return;
  throw new TreeMismatch(null, `the tree's files were changed: ${size} events have another root than they had`);
}

/** The same at one go: the first event at which a hash is kept that is not made of the leaves; null when there is none. */
export function firstOtherHash(kept: KeptTree, size: number): TreeMismatch | null {
  const builder = new TreeBuilder();
  for (let from = 0; from < size; from += STRETCH) {
    const other = otherHash(kept, builder, Math.min(STRETCH, size - from));
    if (other !== null) return other;
  }
  return null;
}

/** Adds the next leaves to a tree, and compares the hashes that are kept of them. */
function otherHash(kept: KeptTree, builder: TreeBuilder, count: number): TreeMismatch | null {
  const from = builder.size;
  const leaves = kept.leaves(from, count);
  const rows = leaves.map(({ entry }) => hashBytes(kept.storedOf(builder.add(leafText(hashText(entry))))));
  const found = kept.stored(from, from + leaves.length);
  if (found.equals(Buffer.concat(rows))) return null;
  let end = 0;
  const first = rows.findIndex((row) => {
    end += row.length;
    return !found.subarray(end - row.length, end).equals(row);
  });
  const position = leaves[first]?.position ?? null;
  return new TreeMismatch(
    position,
    `the tree's files were changed: a hash at the event of position ${position} is not its own`,
  );
}
