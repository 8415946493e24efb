import { hash, randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { KEY_BYTES, KEY_ID_BYTES } from '../key-ids.ts';
import type { NewKey } from '../keys.ts';

const NUMBER_BYTES = 6;
const END_BYTES = KEY_ID_BYTES - NUMBER_BYTES;
/** Behind the key of a row without an id: how the end of its id begins, by which a key with damaged bytes is known when it is to be destroyed. */
const CHECK_BYTES = 2;
const OWN_BYTES = KEY_BYTES + CHECK_BYTES;
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
export const IS_WHOLE = `CASE WHEN id IS NULL THEN length(key) = ${OWN_BYTES} ELSE length(id) = ${KEY_ID_BYTES} AND length(key) = ${KEY_BYTES} END`;

/** As it is stored: `id` is null where number and key tell it. */
export interface KeyRow {
  readonly number: number;
  readonly id: Buffer | null;
  /** In a row without an id followed by the check. A destroyed one is zeros, in such a row followed by the end of the id. */
  readonly key: Buffer;
}

/** What a row says of its key; null when it was destroyed. One of another length is damaged. */
export function keyIn({ id, key }: Pick<KeyRow, 'id' | 'key'>): Buffer | null {
  if (isDestroyed(key)) return null;
  return id === null && key.length === OWN_BYTES ? key.subarray(0, KEY_BYTES) : key;
}

function isDestroyed(key: Buffer): boolean {
  return key.length >= KEY_BYTES && key.subarray(0, ZEROS.length).equals(ZEROS);
}

/** The id of a row's key. */
export function idIn({ number, id, key }: KeyRow): Buffer {
  return id ?? idOf(number, endTold(key));
}

const ZEROS = Buffer.alloc(KEY_BYTES - END_BYTES);
/** In a row with an id. */
const DESTROYED = Buffer.alloc(KEY_BYTES);
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
  return isDestroyed(key) ? key.toString('latin1', key.length - END_BYTES) : endOf(key.subarray(0, KEY_BYTES));
}

/** Whether a row without an id is that of the key whose id ends so, with bytes that are damaged: those of a whole one tell its own end. */
function isDamaged(key: Buffer, end: string): boolean {
  const check = key.toString('latin1', KEY_BYTES);
  return !isDestroyed(key) && check === end.slice(0, CHECK_BYTES) && check !== endTold(key).slice(0, CHECK_BYTES);
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
    const key = this.#ofOwnNumber(id);
    if (key !== undefined) return keyIn({ id: null, key });
    const other = this.#ofIndex.get(id);
    return other && keyIn({ id, key: other });
  }

  /** Makes so many keys behind all others; within a transaction. */
  make(count: number): readonly NewKey[] {
    const next = this.newest() + 1;
    const random = randomBytes(count * KEY_BYTES);
    const made = Array.from({ length: count }, (_, at): NewKey => {
      const key = Buffer.from(random.subarray(at * KEY_BYTES, (at + 1) * KEY_BYTES));
      const end = endOf(key);
      const id = idOf(next + at, end);
      if (this.#isBefore) this.#insert.run(next + at, id, key);
      else this.#insert.run(next + at, null, checked(key, end));
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
    if (isOwn) this.#insert.run(number, null, key === null ? destroyedOwn(end) : checked(key, end));
    else this.#insert.run(number, id, key ?? DESTROYED);
  }

  /** Overwrites a key in its place, also one whose bytes are damaged, since whoever mends them would have it. */
  destroy(id: Buffer): void {
    if (this.#ofOwnNumber(id) !== undefined) return this.#overwriteOwn(id);
    const { changes } = this.#overwriteOfIndex.run(DESTROYED, id);
    const other = changes === 0 ? this.#ofNumberIn(id) : undefined;
    if (other !== undefined && isDamaged(other, endIn(id))) this.#overwriteOwn(id);
  }

  #overwriteOwn(id: Buffer): void {
    this.#overwriteOfNumber.run(destroyedOwn(endIn(id)), numberIn(id));
  }

  /** The bytes in the row whose number and key tell the id. */
  #ofOwnNumber(id: Buffer): Buffer | undefined {
    const key = this.#ofNumberIn(id);
    return key !== undefined && endTold(key) === endIn(id) ? key : undefined;
  }

  /** The bytes in the row without an id whose number begins the id: of this key, or of another one that this vault made. */
  #ofNumberIn(id: Buffer): Buffer | undefined {
    const number = numberIn(id);
    return number < NUMBERS_END ? this.#ofNumber.get(number) : undefined;
  }
}

function numberIn(id: Buffer): number {
  return id.readUIntBE(0, NUMBER_BYTES);
}

/** In a row without an id. */
function checked(key: Uint8Array, end: string): Buffer {
  const row = Buffer.allocUnsafe(OWN_BYTES);
  row.set(key);
  row.write(end, KEY_BYTES, CHECK_BYTES, 'latin1');
  return row;
}

/** In a row without an id. */
function destroyedOwn(end: string): Buffer {
  const row = Buffer.alloc(OWN_BYTES);
  row.write(end, OWN_BYTES - END_BYTES, 'latin1');
  return row;
}
