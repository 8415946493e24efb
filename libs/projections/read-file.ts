import Database from 'better-sqlite3';
import { planOnce } from '../sqlite/index.ts';

/** SQLite's cache, in KiB. */
const CACHE = 16_384;
/** Bytes of the file that are mapped unless told: all of nearly every file. */
const MAPPED = 1_073_741_824;

/**
 * The file of one view for a thread that reads it beside the serving one. After a swap the name is another, so it is passed
 * at each use; the file before is closed then. Throws SQLite's error for a file that is not there (any more).
 */
export class ReadFile {
  readonly #mapped: number;
  #open: { readonly file: string; readonly db: Database.Database } | null = null;

  /** `mapped`: bytes of the file that the process may count as its memory; what is not mapped is read as it is needed. */
  constructor({ mapped = MAPPED }: { readonly mapped?: number } = {}) {
    this.#mapped = mapped;
  }

  db(file: string): Database.Database {
    if (this.#open?.file === file) return this.#open.db;
    this.#open?.db.close();
    this.#open = null;
    const db = planOnce(new Database(file, { readonly: true, fileMustExist: true }));
    db.pragma(`cache_size = -${CACHE}`);
    db.pragma(`mmap_size = ${this.#mapped}`);
    this.#open = { file, db };
    return db;
  }
}
