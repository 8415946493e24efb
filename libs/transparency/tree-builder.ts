import { EMPTY_ROOT, type HashText, hashBytes, hashText, nodeText } from './hashing.ts';
import { half, isOdd, isSize, levelOf } from './sizes.ts';
import { type HashReader, readAll, storedHashIndex } from './stored-hashes.ts';

/** A tree that grows leaf by leaf and keeps only the roots of its complete subtrees: one for each bit of its size. */
export class TreeBuilder {
  #size = 0;
  /** By level; entries that a smaller size left behind are never read. */
  readonly #subtrees: HashText[] = [];

  /** Goes on where a tree of this size ended. Throws RangeError for what is no size. */
  static at(size: number, read: HashReader): TreeBuilder {
    if (!isSize(size)) throw new RangeError(`${size} is no size of a tree.`);
    const builder = new TreeBuilder();
    const levels: number[] = [];
    for (let rest = size; rest > 0; rest -= 2 ** levelOf(rest)) levels.push(levelOf(rest));
    const indexes = levels.map((level) => storedHashIndex(level, Math.floor(size / 2 ** level) - 1));
    readAll(indexes, read).forEach((hash, at) => {
      builder.#subtrees[levels[at] ?? 0] = hashText(hash);
    });
    builder.#size = size;
    return builder;
  }

  get size(): number {
    return this.#size;
  }

  /** The roots of the complete subtrees that the tree consists of, the largest first, in a row. */
  peaks(): HashText {
    const whole = this.#subtrees.filter((_, level) => isOdd(Math.floor(this.#size / 2 ** level)));
    return whole.reverse().join('');
  }

  /** Adds the hash of the next leaf; gives the hashes that join the stored row: it and the subtrees it completes. */
  add(leaf: HashText): HashText {
    let added = leaf;
    let latest = leaf;
    let level = 0;
    for (let rest = this.#size; isOdd(rest); rest = half(rest)) {
      latest = nodeText(this.#subtrees[level] ?? '', latest);
      added += latest;
      level += 1;
    }
    this.#subtrees[level] = latest;
    this.#size += 1;
    return added;
  }

  /** The root over all leaves so far; more can be added. */
  root(): Uint8Array {
    let root: HashText | undefined;
    for (let [level, rest] = [0, this.#size]; rest > 0; [level, rest] = [level + 1, half(rest)]) {
      const subtree = this.#subtrees[level];
      if (isOdd(rest) && subtree !== undefined) root = root === undefined ? subtree : nodeText(subtree, root);
    }
    return root === undefined ? EMPTY_ROOT : hashBytes(root);
  }
}
