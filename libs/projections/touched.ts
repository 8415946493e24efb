import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../event-store/index.ts';
import { trusted } from '../kernel/index.ts';
import type { FoldedLog, ViewDefinition } from './port.ts';
import { openViewForWriting } from './view-file.ts';

/** One row of a view's table that an event has added, changed (as it is afterwards) or removed (as it was). */
export interface TouchedRow {
  readonly table: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** By column, as SQL literals of 200 characters at most. */
  readonly row: Readonly<Record<string, string>>;
}

/** Rows that are told of one event. */
const MOST_ROWS = 200;
const MOST_CHARACTERS = 200;

/**
 * The effect of a view's own projection for one event, in a file built up to right before it. The file holds the event
 * afterwards. Throws the projection's error.
 */
export function rowsTouched(
  definition: ViewDefinition,
  file: string,
  { event, log }: { readonly event: RecordedEvent; readonly log: FoldedLog },
): readonly TouchedRow[] {
  const db = openViewForWriting(file, definition);
  try {
    watchTables(db);
    const project = definition.open(db, log);
    project(event);
    project.flush?.();
    return db
      .prepare<[number], { name: string; change: TouchedRow['change']; row: string }>(
        'SELECT name, change, row FROM touched ORDER BY rowid LIMIT ?',
      )
      .all(MOST_ROWS)
      .map(({ name, change, row }) => ({
        table: name,
        change,
        row: trusted<Readonly<Record<string, string>>>(JSON.parse(row)),
      }));
  } finally {
    db.close();
  }
}

/** Triggers that live as long as the connection note every row. */
function watchTables(db: Database): void {
  db.exec('CREATE TEMP TABLE touched (name TEXT, change TEXT, row TEXT)');
  for (const table of tablesOf(db)) {
    const columns = db.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`).all();
    for (const [change, when, side] of [
      ['added', 'INSERT', 'NEW'],
      ['changed', 'UPDATE', 'NEW'],
      ['removed', 'DELETE', 'OLD'],
    ] as const) {
      const cells = columns.map(({ name }) => `'${name}', substr(quote(${side}."${name}"), 1, ${MOST_CHARACTERS})`);
      db.exec(`CREATE TEMP TRIGGER touched_${table}_${change} AFTER ${when} ON main."${table}" BEGIN
        INSERT INTO touched VALUES ('${table}', '${change}', json_object(${cells.join(', ')})); END`);
    }
  }
}

/** Tables of rows; a full-text index's own tables would repeat the same. */
function tablesOf(db: Database): readonly string[] {
  const all = db
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
    .all();
  const virtual = all.filter(({ sql }) => /^CREATE VIRTUAL/i.test(sql)).map(({ name }) => name);
  return all
    .map(({ name }) => name)
    .filter((name) => name !== 'checkpoint' && !name.startsWith('sqlite_'))
    .filter((name) => !virtual.some((one) => name === one || name.startsWith(`${one}_`)));
}
