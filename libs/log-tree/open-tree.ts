import { DomainError, type Position } from '../kernel/index.ts';
import { Waiters } from '../projections/waiters.ts';
import {
  checkConsistency,
  checkInclusion,
  leafHash,
  proveConsistency,
  proveInclusion,
  readTile,
  treeRoot,
} from '../transparency/index.ts';
import { type KeptLeaf, KeptTree } from './kept-tree.ts';
import type { FromTree } from './messages.ts';
import type { LogTree } from './port.ts';
import { TreeThread } from './tree-thread.ts';

export interface LogTreeOptions {
  /** Where the tree's files are; made when missing. */
  readonly dir: string;
  /** The entry file of the tree's thread, which calls `runTree`. */
  readonly worker: URL;
  /** Anything that can be sent to a thread; the entry file opens the log with it. */
  readonly log: unknown;
  /** Told of what went wrong. */
  readonly onProblem?: (reason: string) => void;
}

/** How long a read waits for the tree, in milliseconds. */
const PATIENCE_MS = 2_000;

/** Starts the tree's thread. Resolves at once: what is asked before the tree has read the log waits for it. */
export function openLogTree(options: LogTreeOptions): LogTree {
  return new ServedTree(options);
}

class ServedTree implements LogTree {
  readonly #dir: string;
  readonly #onProblem: (reason: string) => void;
  readonly #thread: TreeThread;
  readonly #waiters = new Waiters();
  #kept: KeptTree | undefined;
  #size = 0;
  #position: Position = -1n;
  #trouble: string | null = null;
  #newest: { readonly size: number; readonly root: Uint8Array } | undefined;

  constructor({ dir, worker, log, onProblem = () => undefined }: LogTreeOptions) {
    this.#dir = dir;
    this.#onProblem = onProblem;
    this.#thread = new TreeThread(
      worker,
      { dir, log },
      { heard: (message) => this.#heard(message), died: (reason) => onProblem(reason) },
    );
  }

  size(): number {
    return this.#size;
  }

  trouble(): string | null {
    return this.#trouble;
  }

  doubt(reason: string): void {
    if (this.#trouble === null) this.#stop(reason);
  }

  async reached(position: Position): Promise<number> {
    if (position > this.#position && this.#trouble === null) {
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
    return this.#opened().indexOf(position, this.#size);
  }

  leaf(index: number): KeptLeaf {
    return this.#opened().leaf(this.#inside(index));
  }

  leaves(from: number, count: number): readonly KeptLeaf[] {
    return this.#opened().leaves(from, Math.min(count, this.#size - from));
  }

  /** The newest root is asked for with each proof. */
  root(size: number): Uint8Array {
    const kept = this.#opened();
    if (this.#newest?.size !== size) this.#newest = { size, root: treeRoot(size, kept.read) };
    return this.#newest.root;
  }

  /** Checked before it is given, since a file may have been changed where nobody looked. */
  inclusion(index: number, size: number): readonly Uint8Array[] {
    const { read } = this.#opened();
    const hashes = proveInclusion(index, size, read);
    const leaf = leafHash(this.leaf(index).entry);
    if (checkInclusion({ index, size, leaf, root: this.root(size) }, hashes)) return hashes;
    throw this.#damaged(this.leaf(index).position);
  }

  consistency(from: number, to: number): readonly Uint8Array[] {
    const { read } = this.#opened();
    const hashes = proveConsistency(from, to, read);
    if (checkConsistency({ size: from, root: this.root(from) }, { size: to, root: this.root(to) }, hashes))
      return hashes;
    throw this.#damaged(null);
  }

  tile(tile: { readonly level: number; readonly n: number; readonly width: number }): Uint8Array {
    return readTile(tile, this.#opened().read);
  }

  async close(): Promise<void> {
    this.#waiters.giveUp();
    await this.#thread.close();
    this.#kept?.close();
    this.#kept = undefined;
  }

  #heard(message: FromTree): void {
    switch (message.kind) {
      case 'opened':
        return this.#opens(message);
      case 'grown':
        this.#size = message.size;
        this.#position = message.position;
        return this.#waiters.reached(message.position);
      case 'compared':
        return;
      case 'mismatch':
        return this.doubt(message.reason);
      case 'problem':
        return this.#onProblem(message.reason);
      default:
        return message satisfies never;
    }
  }

  /** A thread that was started again has cut what was not on disk yet. */
  #opens({ size, position }: Extract<FromTree, { kind: 'opened' }>): void {
    this.#kept ??= new KeptTree(this.#dir);
    this.#size = size;
    this.#position = size === 0 ? -1n : position;
  }

  #stop(reason: string): void {
    this.#trouble = reason;
    this.#onProblem(`the log and its tree do not tell the same: ${reason}; nothing is proven from now on`);
    this.#waiters.giveUp();
  }

  #damaged(position: Position | null): DomainError {
    this.doubt(damage(position));
    return mismatch(damage(position));
  }

  #mustBeWhole(): void {
    if (this.#trouble !== null) throw mismatch(this.#trouble);
  }

  #opened(): KeptTree {
    this.#mustBeWhole();
    if (this.#kept !== undefined) return this.#kept;
    throw new DomainError('not_caught_up', 'The tree has not been opened yet.', [], 1);
  }

  #inside(index: number): number {
    if (index < this.#size) return index;
    throw new RangeError(`a tree of ${this.#size} events has no index ${index}`);
  }
}

function damage(position: Position | null): string {
  const where = position === null ? '' : ` near position ${position}`;
  return `the tree's files were changed${where}: what is kept there proves nothing`;
}

function mismatch(reason: string): DomainError {
  return new DomainError('tree_mismatch', `Nothing can be proven now: ${reason}.`);
}
