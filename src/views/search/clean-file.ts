import type { Database, Statement } from 'better-sqlite3';
import { FreePages } from './free-pages.ts';

/** Milliseconds that a commit waits for readers before it leaves an emptied page's former bytes in the write-ahead log until the next try. */
const PATIENCE_MS = 20;
/** What better-sqlite3 waits. */
const USUAL_PATIENCE_MS = 5_000;
/** Bytes of a file that is written anew within a second, and in memory meanwhile. */
const MOST_REWRITTEN = 64 * 1_024 * 1_024;

/** What was taken out of a file since it was last asked. */
export type Taken = 'nothing' | 'words' | 'erased words';

/**
 * Keeps words that were taken out from staying in the file. SQLite overwrites what a row leaves free, and the write-ahead log
 * is emptied after the commit. A page that was split may have a copy of a moved row in its gap: so a file is written anew
 * once nothing more is erased, as long as it is not too large for that.
 */
export class CleanFile {
  readonly #db: Database;
  readonly #taken: () => Taken;
  /** A crash may have come between a commit and what follows it. */
  #isClean = false;
  #hasGaps = false;
  readonly #free: FreePages;
  readonly #changes: Statement<[], number>;
  #changesBefore = -1;

  constructor(db: Database, taken: () => Taken) {
    db.pragma('secure_delete = ON');
    this.#db = db;
    this.#taken = taken;
    this.#free = new FreePages(db);
    this.#changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  }

  /** Called outside of a transaction; false when there is something left to do a second later. */
  settle(): boolean {
    const taken = this.#taken();
    if (taken !== 'nothing') this.#isClean = false;
    if (taken === 'erased words') this.#hasGaps = true;
    else if (this.#hasGaps && taken === 'nothing') this.#writeAnew();
    if (!this.#isClean) this.#isClean = this.#emptyWriteAheadLog();
    const isSmall = this.#giveBack();
    return this.#isClean && !this.#hasGaps && isSmall;
  }

  /** Once nothing more is written, since what is written next takes free pages first. */
  #giveBack(): boolean {
    const changes = this.#changes.get() ?? 0;
    const isQuiet = changes === this.#changesBefore;
    this.#changesBefore = changes;
    return !(isQuiet ? this.#free.giveBack() : this.#free.areMany());
  }

  #writeAnew(): void {
    const bytes = this.#db
      .prepare<[], number>('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
      .pluck()
      .get();
    if (bytes !== undefined && bytes <= MOST_REWRITTEN) this.#db.exec('VACUUM');
    this.#hasGaps = false;
    this.#isClean = false;
  }

  /** False while a reader holds an older state. */
  #emptyWriteAheadLog(): boolean {
    this.#db.pragma(`busy_timeout = ${PATIENCE_MS}`);
    const answer = this.#db.prepare<[], { readonly busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)').get();
    this.#db.pragma(`busy_timeout = ${USUAL_PATIENCE_MS}`);
    return answer?.busy === 0;
  }
}
