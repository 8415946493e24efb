import type Database from 'better-sqlite3';

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/** An object in a database that its program did not make, or that is missing. */
export interface SchemaDifference {
  readonly type: string;
  /** For an operator: `trigger sly on events is not what the forum made`. */
  readonly words: string;
}

/** SQLite's own tables and indexes; a trigger or a view with such a name is not SQLite's. */
const OBJECTS = `
  SELECT type, name, tbl_name AS "table", coalesce(sql, '') AS sql FROM sqlite_schema
  WHERE NOT (type IN ('table', 'index') AND name LIKE 'sqlite\\_%' ESCAPE '\\') ORDER BY type DESC, name`;

/** The objects by the schema's text, made in memory once. */
const known = new Map<string, readonly SchemaObject[]>();

/**
 * The objects of a database that its program did not make (a trigger changes what is recorded, a view shows other
 * data), and the missing ones, in words; empty when there are none. `inMemory` opens an empty database, in which the
 * program's own schema is made. White space in the statements does not count. Throws SQLite's error.
 */
export function otherSchema(
  db: Database.Database,
  schema: string,
  inMemory: () => Database.Database,
): readonly SchemaDifference[] {
  const [found, own] = [objectsIn(db), ownObjects(schema, inMemory)];
  const isSame = (one: SchemaObject, other: SchemaObject): boolean =>
    one.type === other.type && one.name === other.name && one.table === other.table && one.sql === other.sql;
  const foreign = found.filter((one) => !own.some((other) => isSame(one, other)));
  const missing = own.filter(
    (one) => !found.some(({ type, name }) => type === one.type && name.toLowerCase() === one.name.toLowerCase()),
  );
  return [
    ...foreign.map((one) => ({ type: one.type, words: `${nameOf(one)} is not what the forum made` })),
    ...missing.map(({ type, name }) => ({ type, words: `${type} ${name} is missing` })),
  ];
}

function nameOf({ type, name, table }: SchemaObject): string {
  return name === table ? `${type} ${name}` : `${type} ${name} on ${table}`;
}

function ownObjects(schema: string, inMemory: () => Database.Database): readonly SchemaObject[] {
  const made = known.get(schema);
  if (made !== undefined) return made;
  const db = inMemory();
  try {
    db.exec(schema);
    const objects = objectsIn(db);
    known.set(schema, objects);
    return objects;
  } finally {
    db.close();
  }
}

function objectsIn(db: Database.Database): readonly SchemaObject[] {
  const rows = db.prepare<[], SchemaObject>(OBJECTS).all();
  return rows.map((row) => ({ ...row, sql: row.sql.replace(/\s+/g, ' ').trim() }));
}
