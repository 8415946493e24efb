import Database from 'better-sqlite3';
import { planOnce } from '../sqlite/index.ts';

/** KiB of SQLite's cache, and bytes of the file that are mapped. */
const [CACHE, MAPPED] = [16_384, 1_073_741_824];

/**
 * The file of one view for a thread that reads it beside the serving one. After a swap the name is another, so it is passed
 * at each use; the file before is closed then. Throws SQLite's error for a file that is not there (any more).
 */
export class ReadFile {
  #open: { readonly file: string; readonly db: Database.Database } | null = null;

  db(file: string): Database.Database {
    if (this.#open?.file === file) return this.#open.db;
    this.#open?.db.close();
    this.#open = null;
    const db = planOnce(new Database(file, { readonly: true, fileMustExist: true }));
    db.pragma(`cache_size = -${CACHE}`);
    db.pragma(`mmap_size = ${MAPPED}`);
    this.#open = { file, db };
    return db;
  }
}
