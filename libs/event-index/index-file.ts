import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { RecordedEvent } from '../event-store/index.ts';
import { isUuid, type Position } from '../kernel/index.ts';
import { planOnce } from '../sqlite/index.ts';
import { kindOf } from './matching.ts';
import type { DayCount } from './port.ts';

const DAY_MS = 86_400_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS reached (
    one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL, last_id TEXT, last_position INTEGER
  );
  INSERT OR IGNORE INTO reached (one, position) VALUES (1, 0);
  CREATE TABLE IF NOT EXISTS name (n INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS event (
    position INTEGER PRIMARY KEY, kind INTEGER NOT NULL, type INTEGER NOT NULL, actor INTEGER NOT NULL,
    recorded INTEGER NOT NULL, correlation BLOB NOT NULL, causation BLOB
  );
  CREATE TABLE IF NOT EXISTS span (
    first INTEGER PRIMARY KEY, last INTEGER NOT NULL, oldest INTEGER NOT NULL, newest INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS day (
    day INTEGER, type INTEGER, events INTEGER NOT NULL, made INTEGER NOT NULL, lag INTEGER NOT NULL, most INTEGER NOT NULL,
    PRIMARY KEY (day, type)
  ) WITHOUT ROWID;`;

/**
 * Made once all rows of a new file are there, which is several times faster. Each index ends in the position by itself.
 */
const INDEXES = `
  CREATE INDEX IF NOT EXISTS event_kind ON event (kind);
  CREATE INDEX IF NOT EXISTS event_type ON event (type);
  CREATE INDEX IF NOT EXISTS event_actor ON event (actor);
  CREATE INDEX IF NOT EXISTS event_correlation ON event (correlation);
  CREATE INDEX IF NOT EXISTS event_causation ON event (causation) WHERE causation IS NOT NULL;`;

const INSERT = `INSERT INTO event (position, kind, type, actor, recorded, correlation, causation) VALUES (?, ?, ?, ?, ?, ?, ?)`;
const COUNT = `
  INSERT INTO day (day, type, events, made, lag, most) VALUES (@day, @type, @events, @made, @lag, @most)
  ON CONFLICT (day, type) DO UPDATE SET events = events + excluded.events, made = made + excluded.made,
    lag = lag + excluded.lag, most = max(most, excluded.most)`;

export interface Reached {
  readonly position: Position;
  readonly last: { readonly id: string; readonly position: Position } | null;
}

interface Tally {
  readonly day: number;
  readonly type: number;
  events: number;
  made: number;
  lag: number;
  most: number;
}

/** The index's own file: only the keys by which events are found. It is derived, and may be deleted at any time. */
export class IndexFile {
  readonly db: Database.Database;
  readonly #names = new Map<string, number>();

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.db = planOnce(new Database(file));
    this.db.pragma('journal_mode = WAL');
    this.db.pragma('synchronous = OFF');
    this.db.pragma('cache_size = -32768');
    this.db.exec(SCHEMA);
    for (const { n, text } of this.db.prepare<[], { n: number; text: string }>('SELECT n, text FROM name').all()) {
      this.#names.set(text, n);
    }
  }

  reached(): Reached {
    const row = this.db
      .prepare<[], { position: bigint; last_id: string | null; last_position: bigint | null }>('SELECT * FROM reached')
      .safeIntegers()
      .get();
    const { position = 0n, last_id: id = null, last_position: at = null } = row ?? {};
    return { position, last: id === null || at === null ? null : { id, position: at } };
  }

  /** The number of a type, an actor or a kind of stream; undefined when no event has it. */
  known(name: string): number | undefined {
    return this.#names.get(name);
  }

  add(events: readonly RecordedEvent[], position: Position): void {
    this.db.transaction(() => {
      const tallies = new Map<string, Tally>();
      const insert = this.db.prepare(INSERT);
      for (const event of events) {
        const recorded = Date.parse(event.recordedAt);
        const type = this.#name(event.type);
        const causation = event.causationId === null ? null : compact(event.causationId);
        const names = [this.#name(kindOf(event.stream)), type, this.#name(event.actor)];
        insert.run(event.position, ...names, recorded, compact(event.correlationId), causation);
        tally(tallies, event, { recorded, type });
      }
      for (const one of tallies.values()) this.db.prepare(COUNT).run(one);
      this.#addSpan(events);
      const last = events.at(-1);
      if (last === undefined) this.db.prepare('UPDATE reached SET position = ?').run(position);
      else {
        const reach = this.db.prepare('UPDATE reached SET position = ?, last_id = ?, last_position = ?');
        reach.run(position, last.id, last.position);
      }
    })();
  }

  makeIndexes(): void {
    this.db.exec(INDEXES);
  }

  days(): readonly DayCount[] {
    const rows = this.db
      .prepare<[], Omit<Tally, 'type'> & { type: string }>(
        'SELECT day, name.text AS type, events, made, lag, most FROM day JOIN name ON name.n = day.type ORDER BY day, type',
      )
      .all();
    return rows.map(({ day, type, events, made, lag, most }) => ({
      day: new Date(day * DAY_MS).toISOString().slice(0, 10),
      type,
      events,
      lag: { events: made, sumMs: lag, mostMs: most },
    }));
  }

  close(): void {
    this.db.close();
  }

  #name(text: string): number {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const n = Number(this.db.prepare('INSERT INTO name (text) VALUES (?)').run(text).lastInsertRowid);
    this.#names.set(text, n);
    return n;
  }

  /** Records the first and last time of a batch, so that a time is found without a look at each event. */
  #addSpan(events: readonly RecordedEvent[]): void {
    const [first, last] = [events.at(0), events.at(-1)];
    if (first === undefined || last === undefined) return;
    const [oldest, newest] = events.reduce(
      ([least, most], { recordedAt }) => {
        const at = Date.parse(recordedAt);
        return [Math.min(least, at), Math.max(most, at)];
      },
      [Number.POSITIVE_INFINITY, 0],
    );
    const add = this.db.prepare('INSERT INTO span (first, last, oldest, newest) VALUES (?, ?, ?, ?)');
    add.run(first.position, last.position, oldest, newest);
  }
}

/** A UUID as its 16 bytes; any other text unchanged. */
export function compact(id: string): Buffer | string {
  return isUuid(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id;
}

export function dropIndexFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

function tally(
  tallies: Map<string, Tally>,
  event: RecordedEvent,
  { recorded, type }: { readonly recorded: number; readonly type: number },
): void {
  const day = Math.floor(recorded / DAY_MS);
  const key = `${day} ${type}`;
  const known = tallies.get(key) ?? { day, type, events: 0, made: 0, lag: 0, most: 0 };
  known.events += 1;
  if (!event.actor.startsWith('import:')) {
    const lag = Math.max(0, recorded - Date.parse(event.occurredAt));
    known.made += 1;
    known.lag += lag;
    known.most = Math.max(known.most, lag);
  }
  tallies.set(key, known);
}
