import Database from 'better-sqlite3';
import type { Position } from '../kernel/index.ts';
import { digestOf } from './digest.ts';
import type { ViewDefinition } from './port.ts';
import type { LiveFile } from './verify-views.ts';
import { readCheckpoint } from './view-file.ts';

/** A file that a replay has built, for reading; whoever opened it closes it. */
export function openReplayed(file: string): Database.Database {
  return new Database(file, { readonly: true, fileMustExist: true });
}

/** The digest of a view's live file, with the position that it is of. */
export function digestLive(
  definition: ViewDefinition,
  { file, reached }: LiveFile,
): { readonly position: Position; readonly digest: string } {
  const db = openReplayed(file);
  try {
    db.exec('BEGIN');
    const { position } = readCheckpoint(db);
    return { position: position > reached ? position : reached, digest: digestOf(db, definition) };
  } finally {
    db.close();
  }
}
