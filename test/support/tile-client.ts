import { createHash } from 'node:crypto';

const WIDTH = 256;
const HASH = 32;

const nodeOf = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();

/** A client of C2SP tlog-tiles written from the specification alone: it gets tiles, and computes all else from them. */
export class TileClient {
  readonly #prefix: string;
  readonly #size: number;
  readonly #got = new Map<string, Buffer>();

  /** Reads the tree of this size, which a checkpoint said. */
  constructor(prefix: string, size: number) {
    this.#prefix = prefix;
    this.#size = size;
  }

  /** Every tile of hashes, in base64 by its path. */
  async all(): Promise<Readonly<Record<string, string>>> {
    for (let level = 0; WIDTH ** level <= this.#size; level += 1) {
      for (let at = 0; at < Math.floor(this.#size / WIDTH ** level); at += WIDTH) await this.#hash(level, at);
    }
    return Object.fromEntries([...this.#got].map(([path, bytes]) => [path, bytes.toString('base64')]));
  }

  leaf(index: number): Promise<Buffer> {
    return this.#hash(0, index);
  }

  root(): Promise<Buffer> {
    return this.#over(0, this.#size);
  }

  /** RFC 6962, 2.1.1: PATH(m, D[n]). */
  async inclusion(index: number, from = 0, to = this.#size): Promise<Buffer[]> {
    if (to - from === 1) return [];
    const middle = from + largestBelow(to - from);
    return index < middle
      ? [...(await this.inclusion(index, from, middle)), await this.#over(middle, to)]
      : [...(await this.inclusion(index, middle, to)), await this.#over(from, middle)];
  }

  /** All entries, out of the bundles. */
  async entries(): Promise<Buffer[]> {
    const entries: Buffer[] = [];
    for (let n = 0; n * WIDTH < this.#size; n += 1) {
      const bundle = await this.#get(pathOf('entries', n, Math.min(WIDTH, this.#size - n * WIDTH)));
      for (let at = 0; at < bundle.length; ) {
        const end = at + 2 + bundle.readUInt16BE(at);
        entries.push(bundle.subarray(at + 2, end));
        at = end;
      }
    }
    return entries;
  }

  /** RFC 6962, 2.1: MTH(D[from:to]); whole tiles are taken as the hash that stands for them a level above. */
  async #over(from: number, to: number): Promise<Buffer> {
    const width = to - from;
    for (let level = 5; level >= 0; level -= 1) {
      if (width === WIDTH ** level && from % width === 0) return this.#hash(level, from / width);
    }
    const middle = from + largestBelow(width);
    return nodeOf(await this.#over(from, middle), await this.#over(middle, to));
  }

  async #hash(level: number, at: number): Promise<Buffer> {
    const n = Math.floor(at / WIDTH);
    const all = Math.floor(this.#size / WIDTH ** level);
    const tile = await this.#get(pathOf(String(level), n, Math.min(WIDTH, all - n * WIDTH)));
    const start = (at % WIDTH) * HASH;
    return tile.subarray(start, start + HASH);
  }

  async #get(path: string): Promise<Buffer> {
    const known = this.#got.get(path);
    if (known !== undefined) return known;
    const answer = await fetch(`${this.#prefix}/${path}`);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    this.#got.set(path, bytes);
    return bytes;
  }
}

function largestBelow(count: number): number {
  let k = 1;
  while (k * 2 < count) k *= 2;
  return k;
}

function pathOf(level: string, n: number, width: number): string {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g) ?? [];
  const index = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${index}${width < WIDTH ? `.p/${width}` : ''}`;
}
