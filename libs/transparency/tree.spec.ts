import { hash } from 'node:crypto';
import fc from 'fast-check';
import {
  checkConsistency,
  checkInclusion,
  EMPTY_ROOT,
  type HashReader,
  hashBytes,
  hashesForLeaf,
  hashText,
  isNodeOver,
  leafHash,
  leafText,
  nodeHash,
  placeOfStoredHash,
  proveConsistency,
  proveInclusion,
  sameHash,
  storedHashCount,
  storedHashIndex,
  TreeBuilder,
  treeRoot,
} from './index.ts';

/** The inputs and roots of Certificate Transparency's reference implementation of RFC 6962. */
const RFC_INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const RFC_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definitions of RFC 6962, section 2.1, word for word and slow. */
const sha256 = (...parts: Uint8Array[]): Uint8Array => hash('sha256', Buffer.concat(parts), 'buffer');
const split = (size: number): number => {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
};
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return sha256(Buffer.of(0), only);
  const k = split(leaves.length);
  return sha256(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}
function path(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  if (m < k) return [...path(m, leaves.slice(0, k)), mth(leaves.slice(k))];
  return [...path(m - k, leaves.slice(k)), mth(leaves.slice(0, k))];
}
function subproof(m: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === leaves.length) return whole ? [] : [mth(leaves)];
  const k = split(leaves.length);
  if (m <= k) return [...subproof(m, leaves.slice(0, k), whole), mth(leaves.slice(k))];
  return [...subproof(m - k, leaves.slice(k), false), mth(leaves.slice(0, k))];
}

const hex = (hashes: readonly Uint8Array[]): string[] => hashes.map((one) => Buffer.from(one).toString('hex'));
const entries = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, n) => sha256(Buffer.from(`entry ${n}`)));

/** The row of stored hashes of a tree, and its reader. */
function stored(data: readonly Uint8Array[]): { row: Uint8Array[]; read: HashReader } {
  const row: Uint8Array[] = [];
  const read: HashReader = (indexes) =>
    indexes.map((index) => {
      const found = row[index];
      if (found === undefined) throw new Error(`No hash at ${index}.`);
      return found;
    });
  data.forEach((entry, n) => {
    expect(row.length).toBe(storedHashIndex(0, n));
    row.push(...hashesForLeaf(n, leafHash(entry), read));
  });
  return { row, read };
}

const SIZES = 70;
const data = entries(SIZES);
const roots = Array.from({ length: SIZES + 1 }, (_, size) => mth(data.slice(0, size)));
const rootAt = (size: number): Uint8Array => roots[size] ?? EMPTY_ROOT;
const leafAt = (index: number): Uint8Array => leafHash(data[index] ?? EMPTY_ROOT);
const { row, read } = stored(data);

it('gives the roots of the reference implementation of RFC 6962', () => {
  const inputs = RFC_INPUTS.map((input) => Buffer.from(input, 'hex'));
  const reader = stored(inputs).read;
  const builder = new TreeBuilder();
  const grown = inputs.map((input) => {
    builder.add(hashText(leafHash(input)));
    return builder.root();
  });
  expect(hex([new TreeBuilder().root(), ...grown])).toEqual(RFC_ROOTS);
  expect(hex(RFC_ROOTS.map((_, size) => treeRoot(size, reader)))).toEqual(RFC_ROOTS);
});

it('keeps each complete subtree where its index says', () => {
  for (let level = 0; level < 7; level += 1) {
    for (let n = 0; (n + 1) * 2 ** level <= SIZES; n += 1) {
      const subtree = mth(data.slice(n * 2 ** level, (n + 1) * 2 ** level));
      expect(hex([row[storedHashIndex(level, n)] ?? EMPTY_ROOT])).toEqual(hex([subtree]));
    }
  }
  expect(row.length).toBe(storedHashCount(SIZES));
});

it('finds the subtree of each stored hash again', () => {
  for (let index = 0; index < storedHashCount(SIZES); index += 1) {
    const { level, n } = placeOfStoredHash(index);
    expect(storedHashIndex(level, n)).toBe(index);
  }
  for (const [level, n] of [
    [0, 2 ** 40],
    [40, 0],
    [3, 2 ** 45 - 1],
    [51, 1],
  ] as const) {
    expect(placeOfStoredHash(storedHashIndex(level, n))).toEqual({ level, n });
  }
});

it('tells the roots of the complete subtrees, the largest first', () => {
  const builder = new TreeBuilder();
  for (let size = 0; size <= SIZES; size += 1) {
    const peaks: Uint8Array[] = [];
    for (let [left, end] = [size, 0]; left > 0; left = size - end) {
      const width = split(left + 1);
      peaks.push(mth(data.slice(end, end + width)));
      end += width;
    }
    expect(hashBytes(builder.peaks())).toEqual(Buffer.concat(peaks));
    builder.add(hashText(leafAt(size)));
  }
});

it('knows a node from every other one', () => {
  const [left, right] = [leafAt(0), leafAt(1)];
  const node = Buffer.from(nodeHash(left, right));
  expect(isNodeOver(node, left, right)).toBe(true);
  expect([isNodeOver(node, right, left), isNodeOver(node.subarray(1), left, right)]).toEqual([false, false]);
  for (let bit = 0; bit < 256; bit += 1) {
    const bent = Buffer.from(node);
    bent.writeUInt8(bent.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(isNodeOver(bent, left, right)).toBe(false);
  }
});

it('grows the same row and roots leaf by leaf, from wherever it goes on', () => {
  for (let from = 0; from < SIZES; from += 1) {
    const builder = TreeBuilder.at(from, read);
    const added = data.slice(from).map((entry) => {
      const hashes = builder.add(leafText(hashText(entry)));
      expect(hex([builder.root()])).toEqual(hex([rootAt(builder.size)]));
      return hashBytes(hashes);
    });
    expect(hex([Buffer.concat(added)])).toEqual(hex([Buffer.concat(row.slice(storedHashCount(from)))]));
  }
});

it('proves every leaf in every tree as the RFC defines it', () => {
  for (let size = 1; size <= SIZES; size += 1) {
    for (let index = 0; index < size; index += 1) {
      const proof = proveInclusion(index, size, read);
      expect(hex(proof)).toEqual(hex(path(index, data.slice(0, size))));
      expect(checkInclusion({ index, size, leaf: leafAt(index), root: rootAt(size) }, proof)).toBe(true);
    }
  }
});

it('proves every tree to begin with every smaller one as the RFC defines it', () => {
  for (let to = 1; to <= SIZES; to += 1) {
    for (let from = 1; from <= to; from += 1) {
      const proof = proveConsistency(from, to, read);
      expect(hex(proof)).toEqual(hex(subproof(from, data.slice(0, to), true)));
      const [older, newer] = [
        { size: from, root: rootAt(from) },
        { size: to, root: rootAt(to) },
      ];
      expect(checkConsistency(older, newer, proof)).toBe(true);
    }
    expect(proveConsistency(0, to, read)).toEqual([]);
    expect(checkConsistency({ size: 0, root: EMPTY_ROOT }, { size: to, root: rootAt(to) }, [])).toBe(true);
  }
});

it('accepts no proof of another leaf, index, size or root', () => {
  const size = fc.integer({ min: 1, max: SIZES });
  fc.assert(
    fc.property(size, size, fc.nat(SIZES), fc.nat(SIZES), (trueSize, otherSize, some, other) => {
      const [index, otherIndex] = [some % trueSize, other % SIZES];
      const proof = proveInclusion(index, trueSize, read);
      const claims: [number, number, number, number][] = [
        [otherIndex, trueSize, index, trueSize],
        [index, otherSize, index, trueSize],
        [index, trueSize, otherIndex, trueSize],
        [index, trueSize, index, otherSize],
      ];
      for (const [at, claimed, leafOf, rootOf] of claims) {
        const claim = { index: at, size: claimed, leaf: leafAt(leafOf), root: rootAt(rootOf) };
        // A true leaf and root may be claimed under a size whose path is the same; the root decides.
        const isTrue = sameHash(claim.leaf, leafAt(at)) && sameHash(claim.root, rootAt(trueSize)) && at === index;
        if (!isTrue) expect(checkInclusion(claim, proof)).toBe(false);
      }
    }),
  );
});

it('accepts no proof that was bent, cut, lengthened or reordered', () => {
  const bend = (hashes: readonly Uint8Array[], byte: number): Uint8Array[] =>
    hashes.map((one, at) => {
      const copy = Buffer.from(one);
      if (Math.floor(byte / 32) === at) copy[byte % 32] = (copy[byte % 32] ?? 0) ^ (1 << (byte % 8));
      return copy;
    });
  for (const [from, to] of [
    [1, 2],
    [3, 7],
    [4, 7],
    [6, 64],
    [32, 64],
    [33, 70],
  ] as const) {
    const [older, newer] = [
      { size: from, root: rootAt(from) },
      { size: to, root: rootAt(to) },
    ];
    const [consistency, inclusion] = [proveConsistency(from, to, read), proveInclusion(from, to, read)];
    const claim = { index: from, size: to, leaf: leafAt(from), root: rootAt(to) };
    const bentOf = (proof: readonly Uint8Array[]): Uint8Array[][] => [
      ...Array.from({ length: proof.length * 32 }, (_, byte) => bend(proof, byte)),
      proof.slice(1),
      proof.slice(0, -1),
      [...proof, EMPTY_ROOT],
      [EMPTY_ROOT, ...proof],
      ...(proof.length > 1 ? [proof.toReversed()] : []),
      [...proof.slice(0, -1), Buffer.alloc(31)],
    ];
    for (const bent of bentOf(consistency)) expect(checkConsistency(older, newer, bent)).toBe(false);
    for (const bent of bentOf(inclusion)) expect(checkInclusion(claim, bent)).toBe(false);
    expect(checkConsistency(newer, older, consistency)).toBe(false);
    expect(checkConsistency({ ...older, size: from + 0.5 }, newer, consistency)).toBe(false);
  }
});

it('accepts no consistency proof for a tree whose proofs have more or fewer hashes', () => {
  for (let to = 2; to <= 24; to += 1) {
    for (let from = 1; from < to; from += 1) {
      const proof = proveConsistency(from, to, read);
      const older = { size: from, root: rootAt(from) };
      for (let size = from + 1; size <= SIZES; size += 1) {
        if (proveConsistency(from, size, read).length === proof.length) continue;
        expect(checkConsistency(older, { size, root: rootAt(to) }, proof)).toBe(false);
      }
    }
  }
});

it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %p as a size or an index', (odd) => {
  expect(() => treeRoot(odd, read)).toThrow(RangeError);
  expect(() => proveInclusion(odd, SIZES, read)).toThrow(RangeError);
  expect(() => proveInclusion(0, odd, read)).toThrow(RangeError);
  expect(() => proveConsistency(odd, SIZES, read)).toThrow(RangeError);
  expect(() => proveConsistency(0, odd, read)).toThrow(RangeError);
  expect(() => TreeBuilder.at(odd, read)).toThrow(RangeError);
  expect(checkInclusion({ index: odd, size: SIZES, leaf: leafAt(0), root: rootAt(SIZES) }, [])).toBe(false);
  expect(checkConsistency({ size: odd, root: EMPTY_ROOT }, { size: SIZES, root: rootAt(SIZES) }, [])).toBe(false);
});

it('refuses ranges backwards and beyond the end', () => {
  expect(() => proveInclusion(SIZES, SIZES, read)).toThrow(`A tree of ${SIZES} leaves has no index ${SIZES}.`);
  expect(() => proveConsistency(8, 7, read)).toThrow('There is no tree of 7 leaves that begins with one of 8.');
  expect(() => treeRoot(SIZES + 100, read)).toThrow('No hash at');
});

it('computes with sizes beyond 32 bits', () => {
  const size = 2 ** 40 + 3;
  const asked: number[] = [];
  const zeros: HashReader = (indexes) => {
    asked.push(...indexes);
    return indexes.map(() => EMPTY_ROOT);
  };
  const proof = proveInclusion(2 ** 40 + 1, size, zeros);
  expect(proof).toHaveLength(3);
  expect(asked).toEqual([storedHashIndex(0, 2 ** 40), storedHashIndex(0, 2 ** 40 + 2), storedHashIndex(40, 0)]);
  expect(storedHashIndex(0, 2 ** 40)).toBe(2 ** 41 - 1);
});
