import Database from 'better-sqlite3';
import { DomainError, type Position } from '../kernel/index.ts';
import { planOnce } from '../sqlite/index.ts';
import type { OpenFile } from './messages.ts';
import type { ViewState } from './port.ts';
import { tellPosition } from './statements.ts';
import { dropFile, sqliteCode } from './view-file.ts';

/** SQLite's cache of a file that is read, in KiB: for what its memory map does not show, such as pages that were just written. */
const CACHE = 8_192;
/** When a reader of a view that is being built may ask again, in seconds. */
const RETRY_AFTER_S = 2;

interface ReadFileOfView {
  readonly file: string;
  /** What was reported of it. */
  position: Position;
  /** Null until somebody asks: of each the process has 130 KiB, and many are never asked for. */
  db: Database.Database | null;
}

/** The serving thread's read-only connections, one a view that was asked for. */
export class ReadFiles {
  readonly #files = new Map<string, ReadFileOfView>();
  readonly #onMissing: (view: string) => void;

  /** `onMissing` hears of each look for a view whose file is not there any more. */
  constructor(onMissing: (view: string) => void = () => undefined) {
    this.#onMissing = onMissing;
  }

  db(view: string): Database.Database {
    const known = this.#of(view);
    known.db ??= opened(known);
    if (known.db !== null) return known.db;
    this.#onMissing(view);
    throw beingBuilt(view);
  }

  file(view: string): string {
    return this.#of(view).file;
  }

  has({ view, file }: OpenFile): boolean {
    return this.#files.get(view)?.file === file;
  }

  all(): readonly string[] {
    return [...this.#files.values()].map(({ file }) => file);
  }

  /** From now on the view is read from this file in place of the one before, which is closed and, being another file, deleted. */
  open({ view, file }: OpenFile): void {
    const before = this.#files.get(view);
    this.#files.set(view, { file, position: before?.file === file ? before.position : 0n, db: null });
    before?.db?.close();
    if (before && before.file !== file) dropFile(before.file);
  }

  /**
   * Tells the files the positions of their views. Gives the states that hold: a restarted projector begins at the
   * file's checkpoint, which may lie before a reported position.
   */
  told(state: readonly ViewState[]): readonly ViewState[] {
    return state.map((view) => {
      const known = this.#files.get(view.name);
      if (!known) return view;
      if (view.position > known.position) known.position = view.position;
      if (known.db !== null) tellPosition(known.db, known.position);
      return { ...view, position: known.position };
    });
  }

  /** Nothing of the view is shown until a file is opened again; all views' unless one is named. */
  close(view?: string): void {
    for (const [name, { db }] of this.#files) {
      if (view !== undefined && name !== view) continue;
      db?.close();
      this.#files.delete(name);
    }
  }

  #of(view: string): ReadFileOfView {
    const known = this.#files.get(view);
    if (known) return known;
    throw beingBuilt(view);
  }
}

function beingBuilt(view: string): DomainError {
  return new DomainError('not_caught_up', `The view ${view} is being built.`, [], RETRY_AFTER_S);
}

/** Null for a file that is not there any more: its projector found it damaged and has not said so yet, or somebody deleted it. */
function opened({ file, position }: ReadFileOfView): Database.Database | null {
  try {
    const db = planOnce(new Database(file, { readonly: true, fileMustExist: true }));
    db.pragma(`cache_size = -${CACHE}`);
    db.pragma('mmap_size = 1073741824');
    tellPosition(db, position);
    return db;
  } catch (error) {
    if (sqliteCode(error).startsWith('SQLITE_CANTOPEN')) return null;
    throw error;
  }
}
