import { closeSync, existsSync, fdatasyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HASH_BYTES, hashText, storedHashCount } from '../transparency/index.ts';
import { storedPart } from './kept-hashes.ts';
import { KeptTree } from './kept-tree.ts';
import { TREE_FILES } from './tree-files.ts';

/** Leaves whose hashes are read at a time. */
const STRETCH = 8_000;
const DRAFT = `${TREE_FILES.nodes}.new`;

/**
 * Where an earlier version has kept all hashes, takes those over that are kept now, and deletes its file. That version makes
 * its tree anew from the log where its file is missing. Throws the system's errors.
 */
export function leaveOutLowest(dir: string): void {
  const earlier = join(dir, TREE_FILES.allHashes);
  if (!existsSync(earlier)) return;
  const kept = new KeptTree(dir);
  const draft = openSync(join(dir, DRAFT), 'w', 0o600);
  try {
    for (const stretch of upperHashes(kept)) writeFileSync(draft, stretch);
    fdatasyncSync(draft);
  } finally {
    closeSync(draft);
    kept.close();
  }
  renameSync(join(dir, DRAFT), join(dir, TREE_FILES.nodes));
  rmSync(earlier);
}

function* upperHashes(kept: KeptTree): Generator<Buffer> {
  const size = kept.wholeSize();
  for (let from = 0; from < size; from += STRETCH) {
    const to = Math.min(from + STRETCH, size);
    const all = hashText(kept.stored(from, to));
    const rows: string[] = [];
    for (let leaf = from; leaf < to; leaf += 1) {
      const [start, end] = [leaf, leaf + 1].map((at) => (storedHashCount(at) - storedHashCount(from)) * HASH_BYTES);
      rows.push(storedPart(all.slice(start, end)));
    }
    yield Buffer.from(rows.join(''), 'latin1');
  }
}
