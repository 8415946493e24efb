import type Database from 'better-sqlite3';

/**
 * The forms that a log's table may have. `old`: a row has a column of text for each part of the envelope. `new`: most of
 * it is packed into `body`. `both`: an old table that new rows were added to; its old rows stay as they are.
 */
export type LogLayout = 'old' | 'new' | 'both';

export function layoutOf(db: Database.Database): LogLayout {
  const columns = new Set(db.prepare<[], string>("SELECT name FROM pragma_table_info('events')").pluck().all());
  if (!columns.has('body')) return 'old';
  return columns.has('data') ? 'both' : 'new';
}
