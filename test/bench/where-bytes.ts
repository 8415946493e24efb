/**
 * `node test/bench/where-bytes.ts DATA_DIR COMMENTS`: where the bytes of a comment go in a data folder of a forum that
 * has ended, by file, table and index, and by column.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

interface Part {
  readonly name: string;
  readonly bytes: number;
  readonly unused: number;
  readonly rows: number;
}

const [dataDir = 'data', count = '1'] = process.argv.slice(2);
const comments = Number(count);
const each = (bytes: number): string => (bytes / comments).toFixed(1).padStart(8);

const INTEGER = `CASE WHEN ? < 2 THEN 0 WHEN ? < 128 THEN 1 WHEN ? < 32768 THEN 2 WHEN ? < 8388608 THEN 3
  WHEN ? < 2147483648 THEN 4 WHEN ? < 140737488355328 THEN 6 ELSE 8 END`;

for (const file of filesIn(dataDir)) {
  const { size } = statSync(join(dataDir, file));
  console.log(`${each(size)}  ${file}`);
  if (file.endsWith('.db') && size > 0) partsOf(join(dataDir, file));
}

function filesIn(dir: string): readonly string[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(join(dir, '/').length)).sort();
}

/** Pages by `dbstat`, https://www.sqlite.org/dbstat.html; contents as SQLite stores them, without the rows' heads. */
function partsOf(file: string): void {
  const db = new Database(file, { readonly: true });
  const parts = db.prepare<[], Part>(`
    SELECT name, sum(pgsize) AS bytes, sum(unused) AS unused, sum(ncell) AS rows FROM dbstat GROUP BY name ORDER BY bytes DESC`);
  for (const { name, bytes, unused, rows } of parts.all()) {
    if (bytes / comments < 1) continue;
    console.log(`${each(bytes)}    ${name}: ${rows} rows, of it unused ${each(unused).trim()}`);
    for (const [column, stored] of columnsOf(db, name)) console.log(`${each(stored)}      ${column}`);
  }
  db.close();
}

/** Empty for an index. Integers take as many bytes as they need: one, two, three, four, six or eight. */
function columnsOf(db: Database.Database, table: string): readonly (readonly [string, number])[] {
  const isTable = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table);
  if (isTable === undefined || table.startsWith('sqlite_')) return [];
  const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
  return columns.map((column) => {
    const bytes = `CASE typeof("${column}") WHEN 'integer' THEN ${INTEGER.replaceAll('?', `abs("${column}")`)}
      WHEN 'real' THEN 8 ELSE coalesce(octet_length("${column}"), 0) END`;
    return [column, db.prepare<[], number>(`SELECT coalesce(sum(${bytes}), 0) FROM "${table}"`).pluck().get() ?? 0];
  });
}
