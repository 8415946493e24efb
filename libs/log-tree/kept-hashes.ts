import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  HASH_BYTES,
  type HashReader,
  type HashText,
  hashBytes,
  hashText,
  leafText,
  nodeText,
  placeOfStoredHash,
  storedHashCount,
  storedHashIndex,
} from '../transparency/index.ts';
import { RecordFile } from './record-file.ts';
import { TREE_FILES } from './tree-files.ts';

/** The lowest level whose hashes are stored: those below follow from 8 leaves at most, in some microseconds. */
const LOWEST = 3;

/** Where a folder has its hashes, and from which level on. */
export interface HashesFile {
  readonly name: string;
  readonly lowest: number;
}

/** An earlier version's file counts where there is one: that version has written last. */
export function hashesFileIn(dir: string): HashesFile {
  const isEarlier = existsSync(join(dir, TREE_FILES.allHashes));
  return isEarlier ? { name: TREE_FILES.allHashes, lowest: 0 } : { name: TREE_FILES.nodes, lowest: LOWEST };
}

/** How many hashes such a file has of a tree of this size. */
export function storedCount(size: number, { lowest }: Pick<HashesFile, 'lowest'> = { lowest: LOWEST }): number {
  return storedHashCount(Math.floor(size / 2 ** lowest));
}

/** The part that such a file has of the hashes that a leaf adds to the row (`TreeBuilder.add`). */
export function storedPart(added: HashText, { lowest }: Pick<HashesFile, 'lowest'> = { lowest: LOWEST }): HashText {
  return added.slice(lowest * HASH_BYTES);
}

/** The hashes of a tree's complete subtrees: stored ones, and those below, which are made of the leaves' entries. */
export class KeptHashes {
  readonly #file: HashesFile;
  readonly #records: RecordFile;
  readonly #entry: (index: number) => Uint8Array;
  /** The hashes below one stored one that were made last, by their numbers in a heap. */
  #made: (HashText | undefined)[] = [];
  #madeBelow = -1;

  /** `entry` gives that of a leaf, and throws NoRecord behind the end. Throws the system's error when there is no file. */
  constructor(dir: string, entry: (index: number) => Uint8Array) {
    this.#file = hashesFileIn(dir);
    this.#records = new RecordFile(join(dir, this.#file.name), HASH_BYTES);
    this.#entry = entry;
  }

  /** How many of so many leaves have all of their stored hashes. */
  wholeSize(leaves: number): number {
    const stored = this.#records.whole();
    const group = 2 ** this.#file.lowest;
    let size = Math.min(leaves, (stored + 1) * group - 1);
    while (storedCount(size, this.#file) > stored) size -= 1;
    return size;
  }

  /** Throws NoRecord behind the end. */
  readonly read: HashReader = (indexes) =>
    indexes.map((index) => {
      const { level, n } = placeOfStoredHash(index);
      const above = level - this.#file.lowest;
      return above < 0 ? this.#below(level, n) : this.#records.at(storedHashIndex(above, n));
    });

  /** See `KeptTree.storedOf`. */
  storedOf(added: HashText): HashText {
    return storedPart(added, this.#file);
  }

  /** See `KeptTree.stored`. */
  stored(from: number, to: number): Buffer {
    const [first, end] = [storedCount(from, this.#file), storedCount(to, this.#file)];
    return Buffer.concat(this.#records.range(first, end - first));
  }

  close(): void {
    this.#records.close();
  }

  /** A subtree's hash below the lowest stored level. */
  #below(level: number, n: number): Uint8Array {
    const inGroup = 2 ** (this.#file.lowest - level);
    const group = Math.floor(n / inGroup);
    if (this.#madeBelow !== group) this.#made = [];
    this.#madeBelow = group;
    return hashBytes(this.#madeOf(level, n, inGroup + (n % inGroup)));
  }

  /** As texts, which take a third of the time. */
  #madeOf(level: number, n: number, place: number): HashText {
    const known = this.#made[place];
    if (known !== undefined) return known;
    const below = level - 1;
    const made =
      level === 0
        ? leafText(hashText(this.#entry(n)))
        : nodeText(this.#madeOf(below, 2 * n, 2 * place), this.#madeOf(below, 2 * n + 1, 2 * place + 1));
    this.#made[place] = made;
    return made;
  }
}
