import { ProofError } from './proof-error.ts';
import { isSize } from './sizes.ts';

/** A tile of C2SP tlog-tiles: up to 256 hashes of one level, or the entries below a tile of level 0. */
export interface Tile {
  /** 0 to 63; each level is eight of the tree's. */
  readonly level: number | 'entries';
  readonly n: number;
  /** 1 to 256; below 256 the tile is partial. */
  readonly width: number;
}

export const TILE_WIDTH = 256;
const LAST_LEVEL = 63;
const PATH = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/;

/** The path below the log's prefix: `tile/0/x001/x234/067`, a partial one with `.p/` and its width. */
export function tilePath({ level, n, width }: Tile): string {
  const groups: string[] = [];
  for (let rest = n; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1_000)) {
    groups.unshift(String(rest % 1_000).padStart(3, '0'));
  }
  const index = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${index}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** Reads a path in its one canonical form. @throws ProofError */
export function parseTilePath(path: string): Tile {
  const [, level = '', index = '', width] = path.length > 100 ? [] : (PATH.exec(path) ?? []);
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    n: Number(index.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  const known = level !== '' && (tile.level === 'entries' || tile.level <= LAST_LEVEL) && isSize(tile.n);
  if (!known || tile.width < 1 || tilePath(tile) !== path) throw new ProofError('This is no path of a tile.');
  return tile;
}

/** How wide a tile is in a tree of this size: 0 when the tree does not reach it, 256 when it is full. */
export function tileWidth({ level, n }: Omit<Tile, 'width'>, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level));
  return Math.min(Math.max(hashes - n * TILE_WIDTH, 0), TILE_WIDTH);
}

/** The bytes of a tile of hashes, 32 for each, from the hash of the n-th complete subtree of each level. The tree must reach it. */
export function readTile(
  { level, n, width }: Tile & { readonly level: number },
  hash: (level: number, n: number) => Uint8Array,
): Uint8Array {
  return Buffer.concat(Array.from({ length: width }, (_, at) => hash(8 * level, n * TILE_WIDTH + at)));
}

/** The bytes of a bundle of entries: each after its length in two bytes. An entry has at most 65,535 bytes. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** The entries of a bundle. @throws ProofError when it ends within one */
export function parseBundle(bundle: Uint8Array): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  for (let at = 0; at < bundle.length; ) {
    const start = at + 2;
    const end = start <= bundle.length ? start + view.getUint16(at) : Number.POSITIVE_INFINITY;
    if (end > bundle.length) throw new ProofError('The bundle ends within an entry.');
    entries.push(bundle.subarray(start, end));
    at = end;
  }
  return entries;
}
