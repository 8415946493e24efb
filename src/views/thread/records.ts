/** Records in one block: of 16 numbers each, a block has 1 MiB. */
const BLOCK_BITS = 14;
const BLOCK = 2 ** BLOCK_BITS;
const MASK = BLOCK - 1;

/**
 * Records of `width` 32-bit numbers each, named by their place. The numbers of one thing lie together, so that memory
 * gives them at once. Blocks stay where they are, so growing copies nothing.
 */
export class Records {
  count = 0;
  readonly #width: number;
  readonly #blocks: Int32Array[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** Adds a record of zeros, and gives its place. */
  add(): number {
    const place = this.count;
    if ((place & MASK) === 0) this.#blocks.push(new Int32Array(BLOCK * this.#width));
    this.count += 1;
    return place;
  }

  get(place: number, field: number): number {
    return this.#blocks[place >>> BLOCK_BITS]?.[(place & MASK) * this.#width + field] ?? 0;
  }

  set(place: number, field: number, value: number): void {
    const block = this.#blocks[place >>> BLOCK_BITS];
    if (block) block[(place & MASK) * this.#width + field] = value;
  }

  /** The record's numbers themselves, not a copy. */
  row(place: number): Int32Array {
    const start = (place & MASK) * this.#width;
    return (this.#blocks[place >>> BLOCK_BITS] ?? new Int32Array()).subarray(start, start + this.#width);
  }
}
