import { existsSync, writeFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../libs/projections/port.ts';
import { waitForFile } from './wait-for-file.ts';

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

const careful = counting('careful', 2, ['Seen.v1', 'Crash.v1']);
const eager = counting('eager', 2, ['Seen.v1', 'Bad.v1']);

export const countingViews = [careful, eager];

/** The next version of `careful`: it remembers the first event of each stream too, and waits at `Gate.v1` for a file. */
const nextCareful: ViewDefinition<string> = {
  ...careful,
  version: 3,
  eventTypes: ['Seen.v1', 'Gate.v1'],
  schema:
    'CREATE TABLE count (stream TEXT PRIMARY KEY, events INTEGER NOT NULL, last INTEGER NOT NULL, first INTEGER NOT NULL)',
  open: (db) => {
    const count = db.prepare(`
      INSERT INTO count VALUES (?, 1, ?, ?)
      ON CONFLICT (stream) DO UPDATE SET events = events + 1, last = excluded.last`);
    return ({ type, stream, position, data }) => {
      if (type === 'Gate.v1') waitForFile(String(data));
      else count.run(stream, position, position);
      return stream;
    };
  },
};

/** After an upgrade whose queries cannot read the tables of before. */
export const changedViews = [nextCareful, eager];

/** After one whose queries can. */
export const renewedViews = [{ ...nextCareful, previous: careful }, eager];
