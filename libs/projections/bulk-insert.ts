import type { Database, Statement } from 'better-sqlite3';

/** The rows in one statement; more gain nothing. */
const ROWS = 32;

/**
 * Inserts rows in order, many with one statement, since a call of SQLite costs as much as a short row. Added rows are
 * in the table only after `flush`.
 */
export class BulkInsert {
  readonly #columns: number;
  readonly #many: Statement<unknown[]>;
  readonly #one: Statement<unknown[]>;
  readonly #values: unknown[];
  #rows = 0;

  constructor(db: Database, table: string, columns: readonly string[], otherwise: '' | 'OR IGNORE' = '') {
    const row = `(${columns.map(() => '?').join(', ')})`;
    const insert = `INSERT ${otherwise} INTO ${table} (${columns.join(', ')}) VALUES ${row}`;
    this.#columns = columns.length;
    this.#one = db.prepare(insert);
    this.#many = db.prepare(insert + `, ${row}`.repeat(ROWS - 1));
    this.#values = new Array(ROWS * columns.length).fill(null);
  }

  /** Rows that wait for the next statement. */
  get waiting(): number {
    return this.#rows;
  }

  /** Throws RangeError for a row with too few or too many values. */
  add(row: readonly unknown[]): void {
    if (row.length !== this.#columns) throw new RangeError(`${row.length} values for ${this.#columns} columns`);
    const start = this.#rows * this.#columns;
    for (let at = 0; at < row.length; at += 1) this.#values[start + at] = row[at];
    this.#rows += 1;
    if (this.#rows < ROWS) return;
    this.#rows = 0;
    this.#many.run(this.#values);
  }

  flush(): void {
    const rows = this.#rows;
    this.#rows = 0;
    for (let row = 0; row < rows; row += 1) {
      this.#one.run(this.#values.slice(row * this.#columns, (row + 1) * this.#columns));
    }
  }
}
