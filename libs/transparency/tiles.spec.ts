import fc from 'fast-check';
import {
  entryOf,
  formatBundle,
  hashesIn,
  hashText,
  leafHash,
  ProofError,
  parseBundle,
  parseTilePath,
  readTile,
  storedHashIndex,
  TreeBuilder,
  tilePath,
  tileWidth,
} from './index.ts';

it.each([
  [{ level: 0, n: 0, width: 256 }, 'tile/0/000'],
  [{ level: 0, n: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
  [{ level: 1, n: 1000, width: 17 }, 'tile/1/x001/000.p/17'],
  [{ level: 'entries', n: 273, width: 112 }, 'tile/entries/273.p/112'],
] as const)('writes %j as %s, and reads it', (tile, path) => {
  expect(tilePath(tile)).toBe(path);
  expect(parseTilePath(path)).toEqual(tile);
});

it.each([
  '',
  'tile/0/0',
  'tile/00/000',
  'tile/64/000',
  'tile/0/x000/000',
  'tile/0/001/000',
  'tile/0/x001',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/07',
  'tile/-1/000',
  'tile/0/x999/x999/x999/x999/x999/999',
  'tile/0/000/',
  '/tile/0/000',
  `tile/0/${'x001/'.repeat(50)}000`,
])('refuses %p', (path) => {
  expect(() => parseTilePath(path)).toThrow(ProofError);
});

it('reads no other path than the one it writes', () => {
  fc.assert(
    fc.property(fc.nat(63), fc.nat(2 ** 31 - 1), fc.integer({ min: 1, max: 256 }), (level, n, width) => {
      expect(parseTilePath(tilePath({ level, n, width }))).toEqual({ level, n, width });
    }),
  );
});

it('knows the tiles of a tree of 70,000 leaves and of 256', () => {
  const widths = (level: number | 'entries', ns: readonly number[], size: number): number[] =>
    ns.map((n) => tileWidth({ level, n }, size));
  expect(widths(0, [272, 273, 274], 70_000)).toEqual([256, 112, 0]);
  expect(widths('entries', [272, 273, 274], 70_000)).toEqual([256, 112, 0]);
  expect(widths(1, [0, 1, 2], 70_000)).toEqual([256, 17, 0]);
  expect(widths(2, [0, 1], 70_000)).toEqual([1, 0]);
  expect([...widths(0, [0, 1], 256), ...widths(1, [0], 256)]).toEqual([256, 0, 1]);
});

it('reads tiles from the stored hashes: leaves, and the roots of full tiles below', () => {
  const tree = new TreeBuilder();
  const leaves = Array.from({ length: 600 }, (_, n) => leafHash(entryOf(String(n))));
  const row = hashesIn(leaves.map((leaf) => tree.add(hashText(leaf))).join(''));
  const hash = (level: number, n: number): Uint8Array => row[storedHashIndex(level, n)] ?? Buffer.alloc(0);
  const first = new TreeBuilder();
  for (const leaf of leaves.slice(0, 256)) first.add(hashText(leaf));
  expect(readTile({ level: 0, n: 2, width: 88 }, hash)).toEqual(Buffer.concat(leaves.slice(512)));
  const above = readTile({ level: 1, n: 0, width: 2 }, hash);
  expect([above.length, above.subarray(0, 32)]).toEqual([64, Buffer.from(first.root())]);
});

it('takes bundles apart as they were made, and refuses what ends too early', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (entries) => {
      const bundle = formatBundle(entries);
      expect(parseBundle(bundle).map((entry) => [...entry])).toEqual(entries.map((entry) => [...entry]));
      if (bundle.length > 0) expect(() => parseBundle(Buffer.concat([bundle, Buffer.of(0)]))).toThrow(ProofError);
    }),
  );
});
