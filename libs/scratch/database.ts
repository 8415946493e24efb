import Database from 'better-sqlite3';

/** KiB of pages that are kept in memory. */
const CACHE = 4_096;

/** A nameless SQLite database, whose pages beyond its cache stand in a temporary file without a name, which ends with the process. */
export function scratchDatabase(): Database.Database {
  const db = new Database('');
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', `cache_size = -${CACHE}`]) db.pragma(pragma);
  db.exec('BEGIN');
  return db;
}
