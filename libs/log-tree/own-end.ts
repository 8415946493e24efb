import { type LogReader, UnknownPosition } from '../event-store/index.ts';
import { sameHash } from '../transparency/index.ts';
import type { KeptLeaf } from './kept-tree.ts';
import { leafOf } from './leaf-of.ts';
import { TreeMismatch } from './tree-mismatch.ts';

/** Throws TreeMismatch unless the log has the tree's last event where the tree saw it. Throws StoreUnavailable. */
export async function mustHaveEnd(log: LogReader, { position, entry }: KeptLeaf): Promise<void> {
  const head = await log.head();
  if (head < position) {
    const reason = `the log is shorter than its tree: it ends at position ${head}, and the tree knows events up to ${position}`;
    throw new TreeMismatch(head, reason);
  }
  if (!(await holds(log, { position, entry }))) {
    throw new TreeMismatch(position, `the event at position ${position} is not the one that the tree has`);
  }
}

async function holds(log: LogReader, { position, entry }: KeptLeaf): Promise<boolean> {
  try {
    for await (const event of log.readAll({ from: position, limit: 1 })) {
      return event.position === position && sameHash(leafOf(event).entry, entry);
    }
    return true;
  } catch (error) {
    if (error instanceof UnknownPosition) return false;
    throw error;
  }
}
