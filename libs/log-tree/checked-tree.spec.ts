import { hash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkConsistency,
  checkInclusion,
  HASH_BYTES,
  type HashReader,
  hashesIn,
  hashText,
  leafHash,
  proveConsistency,
  proveInclusion,
  storedHashCount,
  storedHashIndex,
  TreeBuilder,
  treeRoot,
} from '../transparency/index.ts';
import { AlteredHashes, CheckedHashes } from './checked-hashes.ts';
import { CheckedTree } from './checked-tree.ts';

/** Leaves, so many that blocks of five levels lie over one another. */
const MOST = 1_100;
const builder = new TreeBuilder();
const peaks = [builder.peaks()];
const leaves = Array.from({ length: MOST }, (_, n) => leafHash(hash('sha256', `event ${n}`, 'buffer')));
const row = leaves.flatMap((leaf) => {
  const added = hashesIn(builder.add(hashText(leaf)));
  peaks.push(builder.peaks());
  return added;
});
const truth: HashReader = (indexes) => indexes.map((index) => row[index] ?? Buffer.of());

/** Stands for the file that anybody may have changed. */
let file: Buffer[];
let asked: number;
beforeEach(() => {
  file = row.map((one) => Buffer.from(one));
  asked = 0;
});
const read: HashReader = (indexes) => {
  asked += 1;
  return indexes.map((index) => file[index] ?? Buffer.of());
};
const bend = (index: number, bit = 0): void => {
  const one = file[index];
  one?.writeUInt8(one.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
};

/** Few blocks are kept, so that most trees forget some. */
function treeOf(size: number, blocks = 64): { tree: CheckedTree; hashes: CheckedHashes } {
  const hashes = new CheckedHashes(read, blocks);
  hashes.trust(size, peaks[size] ?? '');
  return { tree: new CheckedTree(hashes), hashes };
}

const proofOf = (index: number, size: number): Buffer =>
  Buffer.concat([leaves[index] ?? Buffer.of(), ...proveInclusion(index, size, truth)]);

/** The result: a right answer, or word of altered hashes; anything else fails. */
function rightOrRefused(answer: () => Uint8Array, right: Uint8Array): 'right' | 'refused' {
  try {
    expect(Buffer.from(answer())).toEqual(Buffer.from(right));
    return 'right';
  } catch (error) {
    if (error instanceof AlteredHashes) return 'refused';
    throw error;
  }
}

describe('proofs from checked hashes', () => {
  it('are those of the definition, for each leaf of each small tree', () => {
    for (let size = 1; size <= 70; size += 1) {
      const { tree } = treeOf(size);
      expect(Buffer.from(tree.root(size))).toEqual(Buffer.from(treeRoot(size, truth)));
      for (let index = 0; index < size; index += 1) {
        expect(Buffer.from(tree.inclusion(index, size))).toEqual(proofOf(index, size));
      }
    }
  });

  it('are those of the definition in larger trees, and in what these were before', () => {
    const { tree, hashes } = treeOf(0);
    expect(Buffer.from(tree.root(0))).toEqual(Buffer.from(treeRoot(0, truth)));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MOST }), fc.nat(), fc.nat(), (size, older, some) => {
        hashes.trust(size, peaks[size] ?? '');
        const from = 1 + (older % size);
        const index = some % from;
        expect(Buffer.from(tree.inclusion(index, from))).toEqual(proofOf(index, from));
        expect(tree.consistency(from, size).map((one) => Buffer.from(one))).toEqual(
          proveConsistency(from, size, truth).map((one) => Buffer.from(one)),
        );
        expect(Buffer.from(tree.root(from))).toEqual(Buffer.from(treeRoot(from, truth)));
      }),
    );
  });

  it('lead to the root', () => {
    const { tree } = treeOf(MOST);
    const flat = tree.inclusion(777, MOST);
    const [leaf = Buffer.of(), ...path] = Array.from({ length: flat.length / HASH_BYTES }, (_, at) =>
      flat.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
    );
    expect(checkInclusion({ index: 777, size: MOST, leaf, root: tree.root(MOST) }, path)).toBe(true);
    const [older, newer] = [900, MOST].map((size) => ({ size, root: tree.root(size) }));
    if (older === undefined || newer === undefined) throw new Error('there are two trees');
    expect(checkConsistency(older, newer, tree.consistency(900, MOST))).toBe(true);
  });

  it('give tiles', () => {
    const { tree } = treeOf(MOST);
    expect(tree.tile({ level: 0, n: 1, width: 256 })).toEqual(Buffer.concat(leaves.slice(256, 512)));
    expect(tree.tile({ level: 1, n: 0, width: 4 })).toEqual(
      Buffer.concat([0, 1, 2, 3].map((n) => row[storedHashIndex(8, n)] ?? Buffer.of())),
    );
    expect(() => tree.tile({ level: 1, n: 0, width: 5 })).toThrow(RangeError);
  });

  it.each([-1, 0.5, Number.NaN, MOST])('are none for index %p', (index) => {
    expect(() => treeOf(MOST).tree.inclusion(index, MOST)).toThrow(RangeError);
  });

  it.each([-1, 0.5, Number.NaN, MOST + 1])('are none for size %p', (size) => {
    expect(() => treeOf(MOST).tree.root(size)).toThrow(RangeError);
    expect(() => treeOf(MOST).tree.inclusion(0, size)).toThrow(RangeError);
  });
});

describe('hashes that are altered in the file', () => {
  it('before they were checked, are in no proof, whichever of them it is; a peak is not even read', () => {
    const size = 70;
    const ownPeaks = new Set([storedHashIndex(6, 0), storedHashIndex(2, 16), storedHashIndex(1, 34)]);
    for (let index = 0; index < storedHashCount(size); index += 1) {
      bend(index, index);
      const found = leaves.slice(0, size).map((_, leaf) => {
        const { tree } = treeOf(size);
        expect(Buffer.from(tree.root(size))).toEqual(Buffer.from(treeRoot(size, truth)));
        return rightOrRefused(() => tree.inclusion(leaf, size), proofOf(leaf, size));
      });
      expect({ index, isNoticed: found.includes('refused') }).toEqual({ index, isNoticed: !ownPeaks.has(index) });
      bend(index, index);
    }
  });

  it('after they were checked, change nothing, and are not even read', () => {
    const { tree, hashes } = treeOf(1_030);
    for (let index = 0; index < 1_030; index += 1) tree.inclusion(index, 1_030);
    for (const index of file.keys()) bend(index);
    asked = 0;
    for (let index = 0; index < 1_030; index += 1) {
      expect(Buffer.from(tree.inclusion(index, 1_030))).toEqual(proofOf(index, 1_030));
    }
    expect(asked).toBe(0);
    hashes.trust(MOST, peaks[MOST] ?? '');
    expect(rightOrRefused(() => tree.inclusion(5, MOST), proofOf(5, MOST))).toBe('right');
    expect(rightOrRefused(() => tree.inclusion(MOST - 3, MOST), proofOf(MOST - 3, MOST))).toBe('refused');
  });

  it('are found again as soon as they are right again', () => {
    bend(0);
    const { tree } = treeOf(MOST);
    expect(() => tree.inclusion(1, MOST)).toThrow('what is kept of events 1 to 2 is not what was signed');
    bend(0);
    expect(Buffer.from(tree.inclusion(1, MOST))).toEqual(proofOf(1, MOST));
  });

  it('are in no proof, root or tile, whenever they were altered and whatever was kept or forgotten before', () => {
    const place = fc.nat(file.length - 1);
    const step = fc.oneof(
      fc.record({ bent: place, bit: fc.nat(255) }),
      fc.record({ swapped: place, with: place }),
      fc.record({ index: fc.nat(MOST - 1), size: fc.integer({ min: 1, max: MOST }) }),
      fc.record({ index: fc.nat(MOST - 1), size: fc.constant(MOST) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (steps, blocks) => {
        file = row.map((one) => Buffer.from(one));
        const { tree } = treeOf(MOST, blocks);
        for (const one of steps) {
          if ('bent' in one) bend(one.bent, one.bit);
          else if ('swapped' in one) [file[one.swapped], file[one.with]] = [at(one.with), at(one.swapped)];
          else {
            const index = one.index % one.size;
            rightOrRefused(() => tree.inclusion(index, one.size), proofOf(index, one.size));
            rightOrRefused(() => tree.root(one.size), treeRoot(one.size, truth));
            rightOrRefused(
              () => Buffer.concat(tree.consistency(index, one.size)),
              Buffer.concat(proveConsistency(index, one.size, truth)),
            );
            rightOrRefused(
              () => tree.tile({ level: 0, n: index >> 8, width: 1 }),
              leaves[(index >> 8) << 8] ?? Buffer.of(),
            );
          }
        }
      }),
    );
  });

  it('that stand where others should, are in no proof', () => {
    [file[0], file[1]] = [at(1), at(0)];
    expect(() => treeOf(MOST).tree.inclusion(0, MOST)).toThrow(AlteredHashes);
  });

  it('that are cut off are in no proof', () => {
    file.length = 10;
    expect(() => treeOf(MOST).tree.inclusion(500, MOST)).toThrow(AlteredHashes);
  });
});

function at(index: number): Buffer {
  return file[index] ?? Buffer.of();
}
