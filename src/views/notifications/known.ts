import type { Database } from 'better-sqlite3';
import { idBytes } from '../ids.ts';

/** SQL: the number by which comments name a post or a member; null for one that has nothing to do with any comment. */
export const numberOf = (id: string): string => `SELECT n FROM known WHERE id = ${id}`;

/** SQL: who wrote a comment, by its id; null for nobody's, and for an erased member's. */
export const AUTHOR_OF_COMMENT =
  'SELECT a.id AS author FROM comment c LEFT JOIN known a ON a.n = c.author WHERE c.id = ?';

/** The most that are remembered. */
const REMEMBERED = 8_192;

/** The id of a post or a member, and its number in `known`. */
export interface KnownNumber {
  readonly id: Buffer;
  readonly n: number;
}

/** The numbers of posts and writers; those that comments came with a short time ago are remembered. */
export class KnownNumbers {
  readonly #remembered = new Map<string, KnownNumber>();
  readonly #add;
  readonly #find;

  constructor(db: Database) {
    this.#add = db.prepare('INSERT OR IGNORE INTO known (id) VALUES (?)');
    this.#find = db.prepare<[Buffer], number>('SELECT n FROM known WHERE id = ?').pluck();
  }

  /** One that has none gets the next. */
  of(id: string): KnownNumber {
    const remembered = this.#remembered.get(id);
    if (remembered !== undefined) return remembered;
    const bytes = idBytes(id);
    this.#add.run(bytes);
    const n = this.#find.get(bytes);
    if (n === undefined) throw new Error(`${id} got no number`);
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
    const known = { id: bytes, n };
    this.#remembered.set(id, known);
    return known;
  }

  /** An erased member has no number any more. */
  forget(id: string): void {
    this.#remembered.delete(id);
  }
}

/** Who wrote a comment; of the comments that were posted last, `REMEMBERED` at least are remembered. */
export class AuthorsOfComments {
  #remembered = new Map<string, Buffer | null>();
  #earlier = new Map<string, Buffer | null>();
  readonly #find;

  constructor(db: Database) {
    this.#find = db.prepare<[Buffer], { readonly author: Buffer | null }>(AUTHOR_OF_COMMENT);
  }

  of(commentId: string): Buffer | null {
    const known = this.#remembered.get(commentId) ?? this.#earlier.get(commentId);
    return known === undefined ? (this.#find.get(idBytes(commentId))?.author ?? null) : known;
  }

  remember(commentId: string, author: Buffer | null): void {
    if (this.#remembered.size >= REMEMBERED) {
      this.#earlier = this.#remembered;
      this.#remembered = new Map();
    }
    this.#remembered.set(commentId, author);
  }

  /** Another has written it now. */
  forget(commentId: string): void {
    this.#remembered.delete(commentId);
    this.#earlier.delete(commentId);
  }

  /** Where rows have no author any more. */
  clear(): void {
    this.#remembered.clear();
    this.#earlier.clear();
  }
}
