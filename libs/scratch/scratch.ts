import type Database from 'better-sqlite3';
import { scratchDatabase } from './database.ts';

/**
 * The memory of a long task with a bound, however much it holds: a nameless SQLite database, whose pages beyond its
 * cache stand in a temporary file that has no name and ends with the process.
 */
export class Scratch {
  readonly #db = scratchDatabase();
  #tables = 0;

  /** A new, empty map. */
  map(): ScratchMap {
    return new ScratchMap(this.#db, this.#name());
  }

  /** New, empty lists. */
  lists(): ScratchLists {
    return new ScratchLists(this.#db, this.#name());
  }

  /** Everything in it is gone. */
  close(): void {
    this.#db.close();
  }

  #name(): string {
    this.#tables += 1;
    return `t${this.#tables}`;
  }
}

/** Texts by key; keys that are numbers are kept in half the room. */
export class ScratchMap {
  readonly #get: Database.Statement<[string | number], string>;
  readonly #add: Database.Statement<[string | number, string]>;
  readonly #set: Database.Statement<[string | number, string]>;

  constructor(db: Database.Database, table: string) {
    db.exec(`CREATE TABLE ${table} (key ANY PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`);
    this.#get = db.prepare<[string | number], string>(`SELECT value FROM ${table} WHERE key = ?`).pluck();
    this.#add = db.prepare(`INSERT OR IGNORE INTO ${table} VALUES (?, ?)`);
    this.#set = db.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?)`);
  }

  get(key: string | number): string | undefined {
    return this.#get.get(key);
  }

  set(key: string | number, value: string): void {
    this.#set.run(key, value);
  }

  /** False when the key is there already; its value then stays. */
  add(key: string | number, value: string): boolean {
    return this.#add.run(key, value).changes === 1;
  }
}

/** Texts in the order in which they came, by key. */
export class ScratchLists {
  readonly #of: Database.Statement<[string, number], string>;
  readonly #add: Database.Statement<[string, string]>;

  constructor(db: Database.Database, table: string) {
    db.exec(`
      CREATE TABLE ${table} (at INTEGER PRIMARY KEY, key TEXT NOT NULL, value TEXT NOT NULL) STRICT;
      CREATE INDEX ${table}_by_key ON ${table} (key, at)`);
    this.#of = db
      .prepare<[string, number], string>(`SELECT value FROM ${table} WHERE key = ? ORDER BY at LIMIT ?`)
      .pluck();
    this.#add = db.prepare(`INSERT INTO ${table} (key, value) VALUES (?, ?)`);
  }

  add(key: string, value: string): void {
    this.#add.run(key, value);
  }

  /** The first `most` of the key's. */
  of(key: string, most: number): readonly string[] {
    return this.#of.all(key, most);
  }
}
