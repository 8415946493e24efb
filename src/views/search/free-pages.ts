import type { Database, Statement } from 'better-sqlite3';

/** Pages that are given back at one go: some milliseconds. */
const AT_ONCE = 512;
/** Fewer free pages than this, and than so small a share of the file, are left for what is written next. */
const LEAST = 16;
const LEAST_SHARE = 1 / 64;

/** The pages of a file that got free, as they do whenever FTS5 merges parts of its index: the last ones of the file move there, and it gets smaller. */
export class FreePages {
  readonly #db: Database;
  readonly #count: Statement<[], { readonly free: number; readonly all: number }>;
  /** A file that was made without room for notes of which page refers to which cannot move any. */
  readonly #canMove: boolean;

  constructor(db: Database) {
    this.#db = db;
    this.#canMove = db.pragma('auto_vacuum', { simple: true }) === INCREMENTAL;
    this.#count = db.prepare(
      'SELECT freelist_count AS free, page_count AS "all" FROM pragma_freelist_count, pragma_page_count',
    );
  }

  /** Whether there are so many that it is worth while. */
  areMany(): boolean {
    if (!this.#canMove) return false;
    const { free, all } = this.#count.get() ?? { free: 0, all: 0 };
    return free >= Math.max(LEAST, all * LEAST_SHARE);
  }

  /** Gives some of them back, if they are many; true when there are more. */
  giveBack(): boolean {
    if (!this.areMany()) return false;
    this.#db.pragma(`incremental_vacuum(${AT_ONCE})`);
    return this.areMany();
  }
}

/** SQLite's number of that mode. */
const INCREMENTAL = 2;
