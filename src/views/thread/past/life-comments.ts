import { grown } from '../grown.ts';
import { fittingTime } from '../six-bytes.ts';
import { pathStep } from '../thread.schema.ts';

const FIRST_CAPACITY = 64;
const ID_BYTES = 16;
/** Of all columns together; an author's number takes about 100 more. */
const COMMENT_BYTES = 58;
const AUTHOR_BYTES = 100;

/** The part of a comment that never changes. */
export interface NewLifeComment {
  readonly n: bigint;
  readonly id: Uint8Array;
  /** Its place; -1 for none. */
  readonly parent: number;
  readonly depth: number;
  readonly author: Buffer | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/**
 * The comments of a thread, a column an array, in the order of the log: where each stands is its place. They are only ever
 * added to, so whoever looks at the first so many finds them as they were.
 */
export class LifeComments {
  count = 0;
  /** Ascending. */
  numbers = new BigInt64Array(FIRST_CAPACITY);
  /** Places, each before its own; -1 for none. */
  parents = new Int32Array(FIRST_CAPACITY);
  depths = new Uint16Array(FIRST_CAPACITY);
  /** As `authorOf` numbers them; -1 for those of no member. */
  authors = new Int32Array(FIRST_CAPACITY);
  /** Milliseconds since 1970, like the two that follow: when it was posted by its own clock, and when by what it answers. */
  created = new Float64Array(FIRST_CAPACITY);
  posted = new Float64Array(FIRST_CAPACITY);
  /** When the last of it happened. */
  last = new Float64Array(FIRST_CAPACITY);
  #ids = new Uint8Array(ID_BYTES * FIRST_CAPACITY);
  readonly #authorNumbers = new Map<string, number>();

  get bytes(): number {
    return COMMENT_BYTES * this.depths.length + AUTHOR_BYTES * this.#authorNumbers.size;
  }

  /** The comment's place. */
  add({ n, id, parent, depth, author, createdAt }: NewLifeComment): number {
    if (this.count === this.depths.length) this.#grow();
    const place = this.count;
    this.numbers[place] = n;
    this.parents[place] = parent;
    this.depths[place] = depth;
    this.authors[place] = author === null ? -1 : this.#numberOf(author);
    this.created[place] = createdAt;
    this.last[place] = Number.NEGATIVE_INFINITY;
    this.#ids.set(id, ID_BYTES * place);
    this.count += 1;
    return place;
  }

  /** Of a comment that a member claims. */
  setAuthor(place: number, author: Buffer | null): void {
    this.authors[place] = author === null ? -1 : this.#numberOf(author);
  }

  /** -1 for a number that is no comment's of this thread. */
  placeOf(n: bigint): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.numbers[middle] ?? 0n) < n) low = middle + 1;
      else high = middle;
    }
    return low < this.count && this.numbers[low] === n ? low : -1;
  }

  idOf(place: number): Buffer {
    return Buffer.from(this.#ids.subarray(ID_BYTES * place, ID_BYTES * (place + 1)));
  }

  /** The number among `authors` of whoever has this id; null for who wrote nothing here. */
  authorOf(id: Buffer): number | null {
    return this.#authorNumbers.get(id.toString('latin1')) ?? null;
  }

  /** The places of the comments above, from the top down. */
  above(place: number): readonly number[] {
    const above: number[] = [];
    for (let at = this.parents[place] ?? -1; at !== -1; at = this.parents[at] ?? -1) above.unshift(at);
    return above;
  }

  /** As in the view: what a thread reads in the order of. */
  pathOf(place: number): Buffer {
    return Buffer.concat([...this.above(place), place].map((at) => this.#step(at)));
  }

  /** Compares two comments as their paths do. */
  compare(one: number, other: number): number {
    let [a, b] = [one, other];
    while ((this.depths[a] ?? 0) > (this.depths[b] ?? 0)) a = this.parents[a] ?? -1;
    while ((this.depths[b] ?? 0) > (this.depths[a] ?? 0)) b = this.parents[b] ?? -1;
    // One stands below the other.
    if (a === b) return (this.depths[one] ?? 0) - (this.depths[other] ?? 0);
    while (this.parents[a] !== this.parents[b]) [a, b] = [this.parents[a] ?? -1, this.parents[b] ?? -1];
    return fittingTime(this.created[a] ?? 0) - fittingTime(this.created[b] ?? 0) || a - b;
  }

  #step(place: number): Buffer {
    return pathStep(this.created[place] ?? 0, this.numbers[place] ?? 0n);
  }

  #numberOf(author: Buffer): number {
    const id = author.toString('latin1');
    const number = this.#authorNumbers.get(id) ?? this.#authorNumbers.size;
    this.#authorNumbers.set(id, number);
    return number;
  }

  #grow(): void {
    const capacity = 2 * this.depths.length;
    this.numbers = grown(this.numbers, new BigInt64Array(capacity));
    this.parents = grown(this.parents, new Int32Array(capacity));
    this.depths = grown(this.depths, new Uint16Array(capacity));
    this.authors = grown(this.authors, new Int32Array(capacity));
    this.created = grown(this.created, new Float64Array(capacity));
    this.posted = grown(this.posted, new Float64Array(capacity));
    this.last = grown(this.last, new Float64Array(capacity));
    this.#ids = grown(this.#ids, new Uint8Array(ID_BYTES * capacity));
  }
}
