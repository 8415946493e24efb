import type { Database, Statement } from 'better-sqlite3';
import { BulkInsert } from '../../../libs/projections/index.ts';
import { grown } from './grown.ts';
import { KEPT_CHANGES } from './thread.schema.ts';

/** A step of a thread in the form for readers; `kind` is its place in CHANGES, `comment` the comment's number. */
export interface ToldStep {
  readonly position: bigint;
  readonly kind: number;
  readonly comment: bigint | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * The changes of all threads besides new comments since the last flush, only the newest of each thread. After each flush the file has the
 * newest KEPT_CHANGES of each; a reader who missed more reads the thread anew.
 */
export class KeptChanges {
  /** By the post's number. */
  #posts: PostChanges[] = [];
  readonly #count: Statement<unknown[], { readonly changes: number }>;
  readonly #added: BulkInsert;
  readonly #dropOldest: Statement<unknown[]>;
  #waiting = 0;

  constructor(db: Database) {
    this.#count = db.prepare('UPDATE post SET changes = changes + ? WHERE n = ? RETURNING changes');
    this.#added = new BulkInsert(db, 'thread_change', ['post', 'position', 'kind', 'comment', 'at']);
    this.#dropOldest = db.prepare(`
      DELETE FROM thread_change WHERE post = ? AND position IN
        (SELECT position FROM thread_change WHERE post = ? ORDER BY position LIMIT ?)`);
  }

  /** The most changes that the next flush writes. */
  get waiting(): number {
    return this.#waiting;
  }

  add(post: number, step: ToldStep): void {
    let changes = this.#posts[post];
    if (!changes) this.#posts[post] = changes = new PostChanges();
    const before = changes.kept;
    changes.add(step);
    this.#waiting += changes.kept - before;
  }

  flush(): void {
    this.#posts.forEach((changes, post) => {
      const all = this.#count.get(changes.total, post)?.changes ?? 0;
      const stored = Math.min(all - changes.total, KEPT_CHANGES);
      const added = changes.newest(KEPT_CHANGES);
      const over = stored + added.length - Math.min(all, KEPT_CHANGES);
      if (over > 0) this.#dropOldest.run(post, post, over);
      for (const { position, kind, comment, at } of added) this.#added.add([post, position, kind, comment, at]);
    });
    this.#added.flush();
    this.#posts = [];
    this.#waiting = 0;
  }
}

const FIRST_CAPACITY = 4;

/** Up to twice as many changes as are kept, an array for each column, and their number. */
class PostChanges {
  total = 0;
  kept = 0;
  #positions = new BigInt64Array(FIRST_CAPACITY);
  #comments = new BigInt64Array(FIRST_CAPACITY);
  #times = new Float64Array(FIRST_CAPACITY);
  #kinds = new Uint8Array(FIRST_CAPACITY);

  add({ position, kind, comment, at }: ToldStep): void {
    if (this.kept === this.#kinds.length) this.#makeRoom();
    this.#positions[this.kept] = position;
    this.#comments[this.kept] = comment ?? -1n;
    this.#times[this.kept] = at;
    this.#kinds[this.kept] = kind;
    this.kept += 1;
    this.total += 1;
  }

  newest(most: number): readonly ToldStep[] {
    const first = Math.max(0, this.kept - most);
    return Array.from({ length: this.kept - first }, (_, index) => this.#step(first + index));
  }

  #step(at: number): ToldStep {
    const comment = this.#comments[at] ?? -1n;
    return {
      position: this.#positions[at] ?? 0n,
      kind: this.#kinds[at] ?? 0,
      comment: comment === -1n ? null : comment,
      at: this.#times[at] ?? 0,
    };
  }

  /** Grows, or drops the older half. */
  #makeRoom(): void {
    const from = this.kept < 2 * KEPT_CHANGES ? 0 : KEPT_CHANGES;
    const capacity = from === 0 ? 2 * this.kept : this.kept;
    this.#positions = grown(this.#positions.subarray(from), new BigInt64Array(capacity));
    this.#comments = grown(this.#comments.subarray(from), new BigInt64Array(capacity));
    this.#times = grown(this.#times.subarray(from), new Float64Array(capacity));
    this.#kinds = grown(this.#kinds.subarray(from), new Uint8Array(capacity));
    this.kept -= from;
  }
}
