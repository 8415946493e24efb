import Database from 'better-sqlite3';
import { DomainError } from '../kernel/index.ts';
import { planOnce } from '../sqlite/index.ts';
import type { OpenFile } from './messages.ts';
import type { ViewState } from './port.ts';
import { tellPosition, toldPosition } from './statements.ts';
import { dropFile } from './view-file.ts';

/** SQLite's cache of a file that is read, in KiB: for what its memory map does not show, such as pages that were just written. */
const CACHE = 8_192;
/** When a reader of a view that is being built may ask again, in seconds. */
const RETRY_AFTER_S = 2;

/** The serving thread's read-only connections, one a view. */
export class ReadFiles {
  readonly #open = new Map<string, { readonly file: string; readonly db: Database.Database }>();

  db(view: string): Database.Database {
    return this.#of(view).db;
  }

  file(view: string): string {
    return this.#of(view).file;
  }

  has({ view, file }: OpenFile): boolean {
    return this.#open.get(view)?.file === file;
  }

  all(): readonly string[] {
    return [...this.#open.values()].map(({ file }) => file);
  }

  /** Opens the view's file in place of the one before, which is closed and, being another file, deleted. */
  open({ view, file }: OpenFile): void {
    const db = planOnce(new Database(file, { readonly: true, fileMustExist: true }));
    db.pragma(`cache_size = -${CACHE}`);
    db.pragma('mmap_size = 1073741824');
    const before = this.#open.get(view);
    if (before?.file === file) tellPosition(db, toldPosition(before.db));
    this.#open.set(view, { file, db });
    before?.db.close();
    if (before && before.file !== file) dropFile(before.file);
  }

  /**
   * Tells the open files the positions of their views. Gives the states that hold: a restarted projector begins at the
   * file's checkpoint, which may lie before a reported position.
   */
  told(state: readonly ViewState[]): readonly ViewState[] {
    return state.map((view) => {
      const open = this.#open.get(view.name);
      if (!open) return view;
      tellPosition(open.db, view.position);
      return { ...view, position: toldPosition(open.db) };
    });
  }

  /** Nothing of the view is shown until a file is opened again; all views' unless one is named. */
  close(view?: string): void {
    for (const [name, { db }] of this.#open) {
      if (view !== undefined && name !== view) continue;
      db.close();
      this.#open.delete(name);
    }
  }

  #of(view: string): { readonly file: string; readonly db: Database.Database } {
    const open = this.#open.get(view);
    if (open) return open;
    throw new DomainError('not_caught_up', `The view ${view} is being built.`, [], RETRY_AFTER_S);
  }
}
