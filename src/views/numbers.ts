import type { Database, Statement } from 'better-sqlite3';
import { idBytes } from './ids.ts';
import { Recent } from './recent.ts';

const REMEMBERED = 25_000;

/** Small numbers in place of UUIDs, given in the order of first appearance; the newest are remembered. */
export class Numbers {
  readonly #remembered: Recent<number>;
  readonly #find: Statement<unknown[], { n: number }>;
  readonly #add: Statement<unknown[], { n: number }>;

  constructor(db: Database, table: 'post' | 'author', most = REMEMBERED) {
    this.#remembered = new Recent<number>(most);
    this.#find = db.prepare<unknown[], { n: number }>(`SELECT n FROM ${table} WHERE id = ?`);
    this.#add = db.prepare<unknown[], { n: number }>(`INSERT INTO ${table} (id) VALUES (?) RETURNING n`);
  }

  of(id: string): number {
    const known = this.#known(id);
    if (known !== null) return known;
    const added = this.#add.get(idBytes(id));
    if (!added) throw new Error(`${id} got no number`);
    return this.#remember(id, added.n);
  }

  #known(id: string): number | null {
    const remembered = this.#remembered.get(id);
    if (remembered !== undefined) return remembered;
    const found = this.#find.get(idBytes(id));
    return found ? this.#remember(id, found.n) : null;
  }

  #remember(id: string, n: number): number {
    this.#remembered.set(id, n);
    return n;
  }
}
