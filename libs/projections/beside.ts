import Database from 'better-sqlite3';
import type { Position } from '../kernel/index.ts';
import { followsIfThere } from './own-log.ts';
import type { LogReader, ViewDefinition } from './port.ts';
import { liveFile, NotVerifiable } from './verify-views.ts';
import { readCheckpoint } from './view-file.ts';

/** A view's file that another process may be writing, for one that only reads it. */
export interface ViewBeside {
  readonly db: Database.Database;
  /** All events up to it are in the view; later ones may be. */
  readonly position: Position;
}

/** Null where there is no file of the view's version that can be read, where it follows another log, and where its log cannot be asked. */
export async function openBeside(definition: ViewDefinition, dir: string, log: LogReader): Promise<ViewBeside | null> {
  const db = opened(definition, dir);
  if (db === null) return null;
  try {
    const checkpoint = readCheckpoint(db);
    if ((await followsIfThere(log, checkpoint)) === true) return { db, position: checkpoint.position };
  } catch {
    // Whoever asks reads the log instead, which says what is wrong with it.
  }
  db.close();
  return null;
}

function opened(definition: ViewDefinition, dir: string): Database.Database | null {
  try {
    return new Database(liveFile(dir, definition), { readonly: true, fileMustExist: true });
  } catch (error) {
    if (error instanceof NotVerifiable || error instanceof Database.SqliteError) return null;
    throw error;
  }
}
