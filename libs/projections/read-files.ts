import Database from 'better-sqlite3';
import { planOnce } from '../sqlite/index.ts';
import type { OpenFile } from './messages.ts';
import { dropFile } from './view-file.ts';

/** The serving thread's read-only connections, one a view. */
export class ReadFiles {
  readonly #open = new Map<string, { readonly file: string; readonly db: Database.Database }>();

  db(view: string): Database.Database {
    return this.#of(view).db;
  }

  file(view: string): string {
    return this.#of(view).file;
  }

  /** Opens the view's file in place of the one before, which is closed and, being another file, deleted. */
  open({ view, file }: OpenFile): void {
    const db = planOnce(new Database(file, { readonly: true, fileMustExist: true }));
    db.pragma('cache_size = -32768');
    db.pragma('mmap_size = 268435456');
    const before = this.#open.get(view);
    this.#open.set(view, { file, db });
    before?.db.close();
    if (before && before.file !== file) dropFile(before.file);
  }

  close(): void {
    for (const { db } of this.#open.values()) db.close();
    this.#open.clear();
  }

  #of(view: string): { readonly file: string; readonly db: Database.Database } {
    const open = this.#open.get(view);
    if (!open) throw new Error(`there is no open view ${view}`);
    return open;
  }
}
