import { hash, randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { KEY_BYTES, KEY_ID_BYTES } from '../key-ids.ts';
import type { NewKey } from '../keys.ts';

const NUMBER_BYTES = 6;
const END_BYTES = KEY_ID_BYTES - NUMBER_BYTES;
/** Ids of before began with the time in milliseconds, or with anything: mostly with a greater number than any row will have. */
const NUMBERS_END = 2 ** 40;

/**
 * An id begins with the number of its row, in 6 bytes, by which it is found; what follows is made of the key, so that the row
 * needs no id. A key with another id, as those from another vault may have, has it in its row and in the index.
 */
export const KEYS_SCHEMA = `
    CREATE TABLE keys (number INTEGER PRIMARY KEY, id BLOB, key BLOB NOT NULL) STRICT;
    CREATE UNIQUE INDEX keys_by_id ON keys (id) WHERE id IS NOT NULL;`;
export const KEYS_VERSION = 2;

/** Of files that were made before: each row has its id. They stay as they are, so that the version of then can go on with them. */
export const KEYS_SCHEMA_BEFORE = `
    CREATE TABLE keys (number INTEGER PRIMARY KEY, id BLOB NOT NULL, key BLOB NOT NULL) STRICT;
    CREATE UNIQUE INDEX keys_by_id ON keys (id);`;
/** `PRAGMA user_version` of such files. */
const VERSION_BEFORE = 1;

/** Whether a row has all of its bytes. */
export const IS_WHOLE = `coalesce(length(id), ${KEY_ID_BYTES}) = ${KEY_ID_BYTES} AND length(key) = ${KEY_BYTES}`;

/** As it is stored: `id` is null where number and key tell it. */
export interface KeyRow {
  readonly number: number;
  readonly id: Buffer | null;
  /** A destroyed one is zeros, in a row without an id followed by the end of the id. */
  readonly key: Buffer;
}

/** What a row says of its key; null when it was destroyed. */
export function keyIn({ key }: Pick<KeyRow, 'key'>): Buffer | null {
  return key.length === KEY_BYTES && key.subarray(0, ZEROS.length).equals(ZEROS) ? null : key;
}

/** The id of a row's key. */
export function idIn({ number, id, key }: KeyRow): Buffer {
  return id ?? idOf(number, endTold(key));
}

const ZEROS = Buffer.alloc(KEY_BYTES - END_BYTES);
const NO_END = '\0'.repeat(END_BYTES);
const LABEL = 'colloquy key id ';
const hashed = Buffer.alloc(LABEL.length + KEY_BYTES, LABEL);

/** How the id of a key ends, a character for each byte: as texts they take a third of the time of bytes. */
function endOf(key: Uint8Array): string {
  hashed.set(key, LABEL.length);
  const end = hash('sha256', hashed.subarray(0, LABEL.length + key.length), 'binary').slice(0, END_BYTES);
  hashed.fill(0, LABEL.length);
  return end;
}

/** The same of what stands in a row without an id. */
function endTold(key: Buffer): string {
  return keyIn({ key }) === null ? key.toString('latin1', ZEROS.length) : endOf(key);
}

function endIn(id: Buffer): string {
  return id.toString('latin1', NUMBER_BYTES);
}

function idOf(number: number, end: string): Buffer {
  const id = Buffer.allocUnsafe(KEY_ID_BYTES);
  id.writeUIntBE(number, 0, NUMBER_BYTES);
  id.write(end, NUMBER_BYTES, 'latin1');
  return id;
}

/** The rows of an open file of keys. Every method throws SQLite's errors. */
export class KeyRows {
  readonly #isBefore: boolean;
  readonly #newest: Database.Statement<[], number>;
  readonly #ofNumber: Database.Statement<[number], Buffer>;
  readonly #ofIndex: Database.Statement<[Buffer], Buffer>;
  readonly #page: Database.Statement<[number, number, number], KeyRow>;
  readonly #insert: Database.Statement<[number, Buffer | null, Uint8Array]>;
  readonly #overwriteOfNumber: Database.Statement<[Buffer, number]>;
  readonly #overwriteOfIndex: Database.Statement<[Buffer, Buffer]>;

  constructor(db: Database.Database) {
    this.#isBefore = Number(db.pragma('user_version', { simple: true })) === VERSION_BEFORE;
    this.#newest = db.prepare<[], number>('SELECT coalesce(max(number), 0) FROM keys').pluck();
    this.#ofNumber = db.prepare<[number], Buffer>('SELECT key FROM keys WHERE number = ? AND id IS NULL').pluck();
    this.#ofIndex = db.prepare<[Buffer], Buffer>('SELECT key FROM keys INDEXED BY keys_by_id WHERE id = ?').pluck();
    this.#page = db.prepare(
      'SELECT number, id, key FROM keys WHERE number > ? AND number <= ? ORDER BY number LIMIT ?',
    );
    this.#insert = db.prepare('INSERT INTO keys (number, id, key) VALUES (?, ?, ?)');
    this.#overwriteOfNumber = db.prepare('UPDATE keys SET key = ? WHERE number = ?');
    this.#overwriteOfIndex = db.prepare('UPDATE keys INDEXED BY keys_by_id SET key = ? WHERE id = ?');
  }

  /** Rows are never removed, so this is their count. */
  newest(): number {
    return this.#newest.get() ?? 0;
  }

  /** At most so many rows of numbers above one and up to another one. */
  page(above: number, upTo: number, most: number): readonly KeyRow[] {
    return this.#page.all(above, upTo, most);
  }

  /** Null for a key that was destroyed, undefined for an id that no row has. */
  find(id: Buffer): Buffer | null | undefined {
    const key = this.#ofOwnNumber(id) ?? this.#ofIndex.get(id);
    return key && keyIn({ key });
  }

  /** Makes so many keys behind all others; within a transaction. */
  make(count: number): readonly NewKey[] {
    const next = this.newest() + 1;
    const random = randomBytes(count * KEY_BYTES);
    const made = Array.from({ length: count }, (_, at): NewKey => {
      const key = Buffer.from(random.subarray(at * KEY_BYTES, (at + 1) * KEY_BYTES));
      const id = idOf(next + at, endOf(key));
      this.#insert.run(next + at, this.#isBefore ? id : null, key);
      return { id, key };
    });
    random.fill(0);
    return made;
  }

  /** Adds a key of another vault behind all others, null for a destroyed one; within a transaction. */
  add(id: Buffer, key: Uint8Array | null): void {
    const number = this.newest() + 1;
    const end = key === null ? endIn(id) : endOf(key);
    const isOwn = !this.#isBefore && id.equals(idOf(number, end));
    this.#insert.run(number, isOwn ? null : id, key ?? destroyed(isOwn ? end : NO_END));
  }

  /** Overwrites a key in its place. */
  destroy(id: Buffer): void {
    if (this.#ofOwnNumber(id) === undefined) this.#overwriteOfIndex.run(destroyed(NO_END), id);
    else this.#overwriteOfNumber.run(destroyed(endIn(id)), numberIn(id));
  }

  /** The bytes in the row whose number and key tell the id. */
  #ofOwnNumber(id: Buffer): Buffer | undefined {
    const number = numberIn(id);
    const key = number < NUMBERS_END ? this.#ofNumber.get(number) : undefined;
    return key !== undefined && endTold(key) === endIn(id) ? key : undefined;
  }
}

function numberIn(id: Buffer): number {
  return id.readUIntBE(0, NUMBER_BYTES);
}

function destroyed(end: string): Buffer {
  return Buffer.concat([ZEROS, Buffer.from(end, 'latin1')]);
}
