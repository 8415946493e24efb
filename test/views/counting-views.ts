import { existsSync, writeFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../libs/projections/port.ts';

/** Counts events by stream, and tells which stream; cannot read `Bad.v1`, and ends its thread once at `Crash.v1`. */
function counting(name: string, version: number, eventTypes: readonly string[]): ViewDefinition<string> {
  return {
    name,
    version,
    eventTypes,
    schema: 'CREATE TABLE count (stream TEXT PRIMARY KEY, events INTEGER NOT NULL, last INTEGER NOT NULL)',
    digestQueries: ['SELECT * FROM count ORDER BY stream'],
    open: openCounting,
  };
}

function openCounting(db: Database): Projection<string> {
  const count = db.prepare(`
    INSERT INTO count VALUES (?, 1, ?) ON CONFLICT (stream) DO UPDATE SET events = events + 1, last = excluded.last`);
  return ({ type, stream, position, data }) => {
    if (type === 'Bad.v1') throw new Error('cannot be read');
    if (type === 'Crash.v1' && typeof data === 'string' && !existsSync(data)) {
      writeFileSync(data, 'once');
      process.exit(1);
    }
    count.run(stream, position);
    return stream;
  };
}

export const countingViews = [
  counting('careful', 2, ['Seen.v1', 'Crash.v1']),
  counting('eager', 2, ['Seen.v1', 'Bad.v1']),
];
