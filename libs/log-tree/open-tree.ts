import { DomainError, type Position } from '../kernel/index.ts';
import { Waiters } from '../projections/waiters.ts';
import { leafHash, sameHash } from '../transparency/index.ts';
import { AlteredHashes, CheckedHashes } from './checked-hashes.ts';
import { CheckedTree } from './checked-tree.ts';
import { type EventsAround, type KeptLeaf, KeptTree } from './kept-tree.ts';
import type { FromTree } from './messages.ts';
import type { LogTree } from './port.ts';
import { NoRecord } from './record-file.ts';
import { TreeThread } from './tree-thread.ts';

export interface LogTreeOptions {
  /** Where the tree's files are; made when missing. */
  readonly dir: string;
  /** The entry file of the tree's thread, which calls `runTree`. */
  readonly worker: URL;
  /** Anything that can be sent to a thread; the entry file opens the log with it. */
  readonly log: unknown;
  /** Between two comparisons of log and tree, in milliseconds; 30 seconds unless told. */
  readonly againMs?: number | undefined;
  /** Milliseconds without a new event after which the thread ends, until there is one; 15 seconds unless told. */
  readonly restsAfterMs?: number | undefined;
  /** The thread begins once this resolves, or when somebody asks before; at once unless told. */
  readonly after?: Promise<void> | undefined;
  /** Told of what went wrong. */
  readonly onProblem?: (reason: string) => void;
  /** Told once, when log and tree are found not to tell the same. */
  readonly onMismatch?: (reason: string) => void;
  /** Told when the tree's files were found altered and were made anew from the log. */
  readonly onMended?: (reason: string) => void;
}

const ignore = (): void => undefined;

/** How long a read waits for the tree, in milliseconds. */
const PATIENCE_MS = 2_000;

/** Starts the tree's thread. Resolves at once: what is asked before the tree has read the log waits for it. */
export function openLogTree(options: LogTreeOptions): LogTree {
  return new ServedTree(options);
}

/** The tree's files, and the checked part of them. */
interface Opened {
  readonly kept: KeptTree;
  readonly hashes: CheckedHashes;
  readonly tree: CheckedTree;
}

class ServedTree implements LogTree {
  readonly #dir: string;
  readonly #onProblem: (reason: string) => void;
  readonly #onMismatch: (reason: string) => void;
  readonly #onMended: (reason: string) => void;
  readonly #thread: TreeThread;
  readonly #waiters = new Waiters();
  #files: Opened | undefined;
  #size = 0;
  #position: Position = -1n;
  /** Of the first event. */
  #first: Position | undefined;
  #trouble: string | null = null;
  /** The fault found in the files, until the tree's thread has tried to make them anew. */
  #suspicion: string | null = null;

  constructor(options: LogTreeOptions) {
    const { onProblem = ignore, onMismatch = ignore, onMended = ignore, ...thread } = options;
    this.#dir = thread.dir;
    this.#onProblem = onProblem;
    this.#onMismatch = onMismatch;
    this.#onMended = onMended;
    this.#thread = new TreeThread(thread, {
      heard: (message) => this.#heard(message),
      died: onProblem,
      isFree: () => this.trouble() === null && !this.#waiters.areThere,
    });
  }

  size(): number {
    return this.#size;
  }

  trouble(): string | null {
    return this.#trouble ?? this.#suspicion;
  }

  doubt(reason: string): void {
    if (this.#trouble === null) this.#stop(reason);
  }

  follow(position: Position): void {
    this.#thread.follow(position);
  }

  async reached(position: Position): Promise<number> {
    if (position > this.#position && this.trouble() === null) {
      this.#thread.send({ kind: 'hurry' });
      await this.#waiters.wait(position, PATIENCE_MS);
    }
    this.#mustBeWhole();
    if (position <= this.#position) return this.#size;
    throw new DomainError('not_caught_up', `The tree has not reached position ${position} yet.`, [], 1);
  }

  holds(position: Position): boolean {
    return position <= this.#position;
  }

  indexOf(position: Position): number | undefined {
    return this.#right(({ kept }) => {
      if (!this.#isCounted(kept)) return kept.indexOf(position, this.#size);
      return position > 0n && position <= this.#position ? Number(position) - 1 : undefined;
    });
  }

  around(position: Position): EventsAround {
    const kept = this.#files?.kept;
    return kept === undefined ? { floor: 0n, ceiling: undefined } : kept.around(position, this.#size);
  }

  leaf(index: number): KeptLeaf {
    if (index >= this.#size) throw new RangeError(`a tree of ${this.#size} events has no index ${index}`);
    return this.#right(({ kept, hashes }) => inTree(kept.leaf(index), index, hashes));
  }

  leaves(from: number, count: number): readonly KeptLeaf[] {
    const wanted = Math.min(count, this.#size - from);
    return this.#right(({ kept, hashes }) => {
      const leaves = kept.leaves(from, wanted);
      if (leaves.length < wanted) throw new NoRecord(from + leaves.length);
      return leaves.map((leaf, at) => inTree(leaf, from + at, hashes));
    });
  }

  root(size: number): Uint8Array {
    return this.#right(({ tree }) => tree.root(size));
  }

  inclusion(index: number, size: number): Uint8Array {
    return this.#right(({ tree }) => tree.inclusion(index, size));
  }

  consistency(from: number, to: number): readonly Uint8Array[] {
    return this.#right(({ tree }) => tree.consistency(from, to));
  }

  tile(wanted: { readonly level: number; readonly n: number; readonly width: number }): Uint8Array {
    return this.#right(({ tree }) => tree.tile(wanted));
  }

  async close(): Promise<void> {
    this.#waiters.giveUp();
    await this.#thread.close();
    this.#files?.kept.close();
    this.#files = undefined;
  }

  #heard(message: FromTree): void {
    switch (message.kind) {
      case 'opened':
        return this.#opens(message);
      case 'grown':
        this.#reaches(message);
        return this.#waiters.reached(message.position);
      case 'compared':
        return;
      case 'mended':
        return this.#mended(message.reason);
      case 'mismatch':
        return this.doubt(message.reason);
      case 'problem':
        return this.#onProblem(message.reason);
      default:
        return message satisfies never;
    }
  }

  /**
   * A restarted thread has cut unsynced leaves, or made other files, and read them: so they are opened and checked
   * again. One that rested finds them as they were.
   */
  #opens(message: Extract<FromTree, { kind: 'opened' }>): void {
    if (message.isAsKnown && this.#files !== undefined) return;
    this.#files?.kept.close();
    this.#files = undefined;
    const kept = new KeptTree(this.#dir);
    const hashes = new CheckedHashes(kept.read);
    this.#files = { kept, hashes, tree: new CheckedTree(hashes) };
    this.#suspicion = null;
    this.#first = undefined;
    this.#reaches(message);
    if (message.size === 0) this.#position = -1n;
  }

  #reaches({ size, position, peaks }: Extract<FromTree, { kind: 'opened' | 'grown' }>): void {
    this.#files?.hashes.trust(size, peaks);
    this.#size = size;
    this.#position = position;
  }

  /** Whether the events stand at positions 1, 2, 3 and so on: then a position gives its index. */
  #isCounted(kept: KeptTree): boolean {
    if (this.#size === 0 || this.#position !== BigInt(this.#size)) return false;
    this.#first ??= kept.leaf(0).position;
    return this.#first === 1n;
  }

  #stop(reason: string): void {
    this.#trouble = reason;
    const found = `the log and its tree do not tell the same: ${reason}`;
    this.#onProblem(`${found}; nothing is proven from now on`);
    this.#onMismatch(found);
    this.#waiters.giveUp();
  }

  #mended(reason: string): void {
    const found = `what the tree kept of the log was altered: ${reason}`;
    this.#onProblem(`${found}; it was made anew from the log, which is what was computed before; look at the disk`);
    this.#onMended(found);
  }

  /** Proves nothing until the tree's thread has made the files anew, or has found that the log differs. */
  #suspect(reason: string): void {
    if (this.trouble() !== null) return;
    this.#suspicion = reason;
    this.#thread.send({ kind: 'doubt', reason });
  }

  /** Gives a result made from checked hashes, or proves nothing from now on. */
  #right<Result>(make: (files: Opened) => Result): Result {
    const files = this.#opened();
    try {
      return make(files);
    } catch (error) {
      if (!(error instanceof AlteredHashes || error instanceof NoRecord)) throw error;
      const reason = `the tree's files were changed: ${error.message}`;
      this.#suspect(reason);
      throw mismatch(reason);
    }
  }

  #mustBeWhole(): void {
    const trouble = this.trouble();
    if (trouble !== null) throw mismatch(trouble);
  }

  #opened(): Opened {
    this.#mustBeWhole();
    if (this.#files !== undefined) return this.#files;
    throw new DomainError('not_caught_up', 'The tree has not been opened yet.', [], 1);
  }
}

/** Throws AlteredHashes for a leaf that is not in the tree. */
function inTree(leaf: KeptLeaf, index: number, hashes: CheckedHashes): KeptLeaf {
  if (sameHash(leafHash(leaf.entry), hashes.hash(0, index))) return leaf;
  throw new AlteredHashes(index, 1);
}

function mismatch(reason: string): DomainError {
  return new DomainError('tree_mismatch', `Nothing can be proven now: ${reason}.`);
}
