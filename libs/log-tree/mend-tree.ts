import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LogReader, RecordedEvent } from '../event-store/index.ts';
import { sameHash } from '../transparency/index.ts';
import { readHead, type TreeHead } from './kept-tree.ts';
import { TREE_FILES } from './tree-files.ts';
import { TreeWriter } from './tree-writer.ts';

/** The folder for the new files before they replace the altered ones. */
const DRAFT = 'anew';
/** The suffix of an altered file, for an inquiry. */
const ALTERED = '.altered';
/** Events that join the tree at once. */
const BATCH = 256;

export interface Mending {
  readonly dir: string;
  readonly log: Pick<LogReader, 'readAll'>;
  /** The root computed for the tree, independent of the altered files. */
  readonly due: TreeHead;
  readonly signal: AbortSignal;
}

/**
 * Makes the files of a tree anew from the log. They replace the altered ones only when they give the expected root;
 * otherwise the log has changed, and the answer is false. Throws reading and writing errors.
 */
export async function mendTree({ dir, log, due, signal }: Mending): Promise<boolean> {
  const draft = join(dir, DRAFT);
  rmSync(draft, { recursive: true, force: true });
  try {
    await fill(draft, { log, due, signal });
    const made = readHead(draft);
    if (made === null || made.size !== due.size || !sameHash(made.root, due.root)) return false;
    for (const name of [TREE_FILES.leaves, TREE_FILES.nodes]) {
      if (existsSync(join(dir, name))) renameSync(join(dir, name), join(dir, `${name}${ALTERED}`));
    }
    for (const name of [TREE_FILES.leaves, TREE_FILES.nodes, TREE_FILES.head]) {
      renameSync(join(draft, name), join(dir, name));
    }
    return true;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function fill(dir: string, { log, due, signal }: Omit<Mending, 'dir'>): Promise<void> {
  const tree = new TreeWriter(dir);
  try {
    let batch: RecordedEvent[] = [];
    for await (const event of log.readAll({ limit: due.size })) {
      batch.push(event);
      if (batch.length < BATCH) continue;
      signal.throwIfAborted();
      tree.add(batch);
      batch = [];
    }
    tree.add(batch);
  } finally {
    tree.close();
  }
}
