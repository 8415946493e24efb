import { setTimeout as pause } from 'node:timers/promises';
import {
  HASH_BYTES,
  type HashText,
  hashBytes,
  hashText,
  leafText,
  storedHashCount,
  TreeBuilder,
} from '../transparency/index.ts';
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
 * a person is known long before the whole log was read. Throws TreeMismatch that names the first event below a wrong
 * hash, and AbortError.
 */
export async function compareHashes({ kept, size, peaks, rest, signal }: HashesToCompare): Promise<void> {
  const builder = new TreeBuilder();
  const work = new WorkTime();
  for (let from = 0; from < size; from += STRETCH) {
    const leaves = kept.leaves(from, Math.min(STRETCH, size - from));
    const places = [storedHashCount(from), storedHashCount(from + leaves.length)] as const;
    const made = hashBytes(leaves.map(({ entry }) => builder.add(leafText(hashText(entry)))).join(''));
    const found = kept.hashes(places[0], places[1] - places[0]);
    if (!found.equals(made)) throw differing(found, made, { kept, from });
    await pause(work.lap() * rest, undefined, { signal });
    work.restart();
  }
  if (builder.peaks() === peaks) return;
  throw new TreeMismatch(null, `the tree's files were changed: ${size} events have another root than they had`);
}

/**
 * The first leaf whose row of hashes, its own and those of the subtrees that it completes, differs from the computed
 * one.
 */
function differing(found: Buffer, made: Buffer, { kept, from }: { kept: KeptTree; from: number }): TreeMismatch {
  let index = from;
  const first = storedHashCount(from);
  const isAsMade = (at: number): boolean => {
    const end = (storedHashCount(at + 1) - first) * HASH_BYTES;
    return end <= found.length && found.subarray(0, end).equals(made.subarray(0, end));
  };
  while (isAsMade(index)) index += 1;
  const { position } = kept.leaf(index);
  return new TreeMismatch(
    position,
    `the tree's files were changed: a hash at the event of position ${position} is not its own`,
  );
}
