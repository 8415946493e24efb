import type { Database, Statement } from 'better-sqlite3';
import { idBytes } from '../ids.ts';

const MOST_REMEMBERED = 50_000;

/** Small numbers in place of UUIDs, given in the order in which they first appear; the latest are remembered. */
export class Numbers {
  readonly #remembered = new Map<string, bigint>();
  readonly #find: Statement<unknown[], { n: bigint }>;
  readonly #add: Statement<unknown[], { n: bigint }>;

  constructor(db: Database, table: 'post' | 'author') {
    this.#find = db.prepare<unknown[], { n: bigint }>(`SELECT n FROM ${table} WHERE id = ?`).safeIntegers();
    this.#add = db.prepare<unknown[], { n: bigint }>(`INSERT INTO ${table} (id) VALUES (?) RETURNING n`).safeIntegers();
  }

  of(id: string): bigint {
    const known = this.known(id);
    if (known !== null) return known;
    const added = this.#add.get(idBytes(id));
    if (!added) throw new Error(`${id} got no number`);
    return this.#remember(id, added.n);
  }

  /** Null for an id that has not appeared. */
  known(id: string): bigint | null {
    const remembered = this.#remembered.get(id);
    if (remembered !== undefined) return remembered;
    const found = this.#find.get(idBytes(id));
    return found ? this.#remember(id, found.n) : null;
  }

  #remember(id: string, n: bigint): bigint {
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(id, n);
    return n;
  }
}
