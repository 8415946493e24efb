import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { eventLine, type RecordedEvent } from '../event-store/index.ts';
import {
  EMPTY_ROOT,
  entryText,
  HASH_BYTES,
  type HashText,
  hashBytes,
  leafText,
  sameHash,
  TreeBuilder,
  toBase64,
} from '../transparency/index.ts';
import { firstOtherHash } from './compare-hashes.ts';
import { leaveOutLowest } from './earlier-hashes.ts';
import { storedCount, storedPart } from './kept-hashes.ts';
import { KeptTree, LEAF_BYTES, POSITION_BYTES, readHead, type TreeHead } from './kept-tree.ts';
import { TREE_FILES } from './tree-files.ts';
import { TreeMismatch } from './tree-mismatch.ts';

/** The format of the folder; raised whenever an older program could not read it any more. */
const FORMAT = 1;

/**
 * A tree's folder, opened by its only writer. Everything that the head counts was on disk; a power loss may have torn
 * the rest, which is cut and made again from the log.
 */
export class TreeWriter {
  readonly kept: KeptTree;
  readonly dir: string;
  readonly #leaves: number;
  readonly #hashes: number;
  readonly #builder: TreeBuilder;
  /** A head with more leaves than could be read: the remade leaves must give the same root. */
  #due: TreeHead | null;
  #synced: number;
  #failed = false;

  /** Makes the folder when there is none. Throws TreeMismatch when what stands in it was changed, and the system's errors. */
  constructor(dir: string) {
    this.dir = dir;
    mkdirSync(dir, { recursive: true });
    this.#leaves = openSync(join(dir, TREE_FILES.leaves), 'a+', 0o600);
    leaveOutLowest(dir);
    this.#hashes = openSync(join(dir, TREE_FILES.nodes), 'a+', 0o600);
    this.kept = new KeptTree(dir);
    const head = readHead(dir) ?? { size: 0, root: EMPTY_ROOT };
    const size = Math.min(head.size, this.kept.wholeSize());
    this.#due = size < head.size ? head : null;
    this.#builder = TreeBuilder.at(size, this.kept.read);
    if (this.#due === null && !sameHash(this.#builder.root(), head.root)) throw changed(this.kept, size);
    ftruncateSync(this.#leaves, size * LEAF_BYTES);
    ftruncateSync(this.#hashes, storedCount(size) * HASH_BYTES);
    this.#synced = this.#due === null ? size : -1;
  }

  get size(): number {
    return this.#builder.size;
  }

  /** Of the last event in the tree; 0n for an empty one. */
  get position(): bigint {
    return this.size === 0 ? 0n : this.kept.leaf(this.size - 1).position;
  }

  /** The roots of the complete subtrees, as they were computed or were found right at the start: `TreeBuilder.peaks`. */
  get peaks(): HashText {
    return this.#builder.peaks();
  }

  /** The due state of the tree, as computed or as found right at the start; its present files do not count. */
  get head(): TreeHead {
    return this.#due ?? { size: this.size, root: this.#builder.root() };
  }

  /** True when there are leaves that a power loss could take. */
  get isUnsynced(): boolean {
    return this.#synced !== this.size;
  }

  /** Adds the leaves of the next events; readers find them when it returns. Throws TreeMismatch for a tail that is not as it was. */
  add(events: readonly RecordedEvent[]): void {
    if (events.length === 0) return;
    const leaves = Buffer.allocUnsafe(events.length * LEAF_BYTES);
    let hashes = '';
    for (const [at, event] of events.entries()) {
      const entry = entryText(eventLine(event));
      leaves.writeBigUInt64BE(event.position, at * LEAF_BYTES);
      leaves.write(entry, at * LEAF_BYTES + POSITION_BYTES, 'latin1');
      hashes += storedPart(this.#builder.add(leafText(entry)));
      if (this.size === this.#due?.size) this.#mustBeAsDue(this.#due, event.position);
    }
    this.#onDisk(() => {
      writeAll(this.#hashes, hashBytes(hashes));
      writeAll(this.#leaves, leaves);
    });
  }

  /** Puts all leaves on disk, and then writes the head. */
  sync(): void {
    if (!this.isUnsynced || this.#due !== null) return;
    this.#onDisk(() => {
      fdatasyncSync(this.#hashes);
      fdatasyncSync(this.#leaves);
      this.#writeHead();
    });
    this.#synced = this.size;
  }

  /** After a fault the head stays as it was, since a second sync would skip what the first one lost. */
  close(): void {
    if (!this.#failed) this.sync();
    this.kept.close();
    closeSync(this.#leaves);
    closeSync(this.#hashes);
  }

  #onDisk(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }

  #writeHead(): void {
    const head = { format: FORMAT, size: this.size, root: toBase64(this.#builder.root()) };
    const [draft, file] = [join(this.dir, `${TREE_FILES.head}.new`), join(this.dir, TREE_FILES.head)];
    writeFileSync(draft, `${JSON.stringify(head)}\n`, { mode: 0o600, flush: true });
    renameSync(draft, file);
  }

  #mustBeAsDue({ root, size }: TreeHead, position: bigint): void {
    if (!sameHash(this.#builder.root(), root)) {
      throw new TreeMismatch(position, `the log up to position ${position} is not what the tree had of ${size} events`);
    }
    this.#due = null;
  }
}

function changed(kept: KeptTree, size: number): TreeMismatch {
  const reason = `the tree's files were changed: ${size} events have another root than its head says`;
  return firstOtherHash(kept, size) ?? new TreeMismatch(null, reason);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
