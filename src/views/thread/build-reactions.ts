import type { Database } from 'better-sqlite3';
import { BulkInsert } from '../../../libs/projections/index.ts';
import { writeId } from '../ids.ts';
import { grown } from './grown.ts';

/** The reactions in memory, 34 bytes each, before they go to the file; the number keeps the key below exact. */
const MOST_KEPT = 2 ** 20;
const FIRST_CAPACITY = 1_024;
const ID_BYTES = 16;
const STAGED = ['member', 'post', 'comment', 'kind', 'given'];

export interface GivenReaction {
  readonly memberId: string;
  readonly post: number;
  /** The comment's number. */
  readonly comment: bigint;
  readonly kind: number;
  /** True when it was given, false when it was taken back. */
  readonly given: boolean;
}

/**
 * All reactions of a build, in the order of the log. Of a member's reactions of one kind to a comment the last one
 * counts. Rows are written in the order of their table, which costs a fifth of any other order.
 */
export class BuildReactions {
  readonly #db: Database;
  readonly #most: number;
  #capacity = FIRST_CAPACITY;
  #members = Buffer.alloc(FIRST_CAPACITY * ID_BYTES);
  #posts = new Uint32Array(FIRST_CAPACITY);
  #comments = new BigInt64Array(FIRST_CAPACITY);
  /** Twice the kind, plus one when it was given. */
  #words = new Uint8Array(FIRST_CAPACITY);
  #count = 0;
  /** The reactions that memory had no room for. */
  #staged: BulkInsert | null = null;

  constructor(db: Database, most = MOST_KEPT) {
    this.#db = db;
    this.#most = Math.min(most, MOST_KEPT);
  }

  add({ memberId, post, comment, kind, given }: GivenReaction): void {
    if (this.#count === this.#most) this.#stage();
    if (this.#count === this.#capacity) this.#grow();
    const at = this.#count;
    this.#count += 1;
    writeId(this.#members, memberId, at * ID_BYTES);
    this.#posts[at] = post;
    this.#comments[at] = comment;
    this.#words[at] = 2 * kind + (given ? 1 : 0);
  }

  write(): void {
    if (this.#staged) this.#writeStaged();
    else this.#writeKept();
  }

  #writeKept(): void {
    const insert = new BulkInsert(this.#db, 'reaction', ['member', 'post', 'comment', 'kind']);
    const order = this.#order();
    order.forEach((at, index) => {
      const next = order[index + 1];
      const isLast = next === undefined || this.#compare(at, next) !== 0;
      if (isLast && this.#isGiven(at)) insert.add(this.#rowOf(at));
    });
    insert.flush();
  }

  #writeStaged(): void {
    this.#stage();
    this.#db.exec(`
      INSERT INTO reaction (member, post, comment, kind)
      SELECT member, post, comment, kind FROM (
        SELECT member, post, comment, kind, given, max(rowid) FROM staged GROUP BY member, post, comment, kind
      ) WHERE given = 1;
      DROP TABLE staged;
    `);
    this.#staged = null;
  }

  #stage(): void {
    if (!this.#staged) this.#db.exec(`CREATE TABLE staged (${STAGED.join(', ')})`);
    this.#staged ??= new BulkInsert(this.#db, 'staged', STAGED);
    for (let at = 0; at < this.#count; at += 1) this.#staged.add([...this.#rowOf(at), this.#isGiven(at) ? 1 : 0]);
    this.#staged.flush();
    this.#count = 0;
  }

  /**
   * Sorts by the table's key, then by time. The sorting uses numbers that hold the beginning of a member's id and the
   * order of arrival.
   */
  #order(): Uint32Array {
    const keys = new Float64Array(this.#count);
    for (let at = 0; at < keys.length; at += 1) keys[at] = this.#beginning(at) * MOST_KEPT + at;
    keys.sort();
    const order = Uint32Array.from(keys, (key) => key % MOST_KEPT);
    for (let from = 0; from < order.length; ) {
      let to = from + 1;
      while (to < order.length && this.#beginning(order[to] ?? 0) === this.#beginning(order[from] ?? 0)) to += 1;
      if (to - from > 1) order.subarray(from, to).sort((a, b) => this.#compare(a, b) || a - b);
      from = to;
    }
    return order;
  }

  /** The first 32 bits of the member's id. */
  #beginning(at: number): number {
    return this.#members.readUInt32BE(at * ID_BYTES);
  }

  #compare(a: number, b: number): number {
    const beginnings = this.#beginning(a) - this.#beginning(b);
    if (beginnings !== 0) return beginnings;
    const members = this.#memberOf(a).compare(this.#memberOf(b));
    if (members !== 0) return members;
    const posts = (this.#posts[a] ?? 0) - (this.#posts[b] ?? 0);
    if (posts !== 0) return posts;
    const [one, other] = [this.#comments[a] ?? 0n, this.#comments[b] ?? 0n];
    if (one !== other) return one < other ? -1 : 1;
    return this.#kindOf(a) - this.#kindOf(b);
  }

  #rowOf(at: number): readonly unknown[] {
    return [this.#memberOf(at), this.#posts[at], this.#comments[at], this.#kindOf(at)];
  }

  #memberOf(at: number): Buffer {
    return this.#members.subarray(at * ID_BYTES, (at + 1) * ID_BYTES);
  }

  #kindOf(at: number): number {
    return (this.#words[at] ?? 0) >>> 1;
  }

  #isGiven(at: number): boolean {
    return ((this.#words[at] ?? 0) & 1) === 1;
  }

  #grow(): void {
    this.#capacity = Math.min(2 * this.#capacity, this.#most);
    this.#members = grown(this.#members, Buffer.alloc(this.#capacity * ID_BYTES));
    this.#posts = grown(this.#posts, new Uint32Array(this.#capacity));
    this.#comments = grown(this.#comments, new BigInt64Array(this.#capacity));
    this.#words = grown(this.#words, new Uint8Array(this.#capacity));
  }
}
