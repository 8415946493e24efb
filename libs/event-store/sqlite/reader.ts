import type Database from 'better-sqlite3';
import type { Position } from '../../kernel/index.ts';
import { type EventFilter, LogGap, type RecordedEvent, StoreUnavailable } from '../port.ts';
import { leaveOpen, openForReading } from './database-file.ts';
import { toUnavailable } from './faults.ts';
import { condition } from './filter.ts';
import { listedPositions } from './listed-positions.ts';
import { type EventRow, RowForm } from './packed/row-form.ts';
import { type ReadEvent, RowsTogether, readEvent } from './rows.ts';
import { EVENT_LOG } from './schema.ts';

/** The most positions that one filtered read scans, so that a rare type does not hold up the thread. */
const WINDOW = 8_192n;
/** The most listed positions that one page looks at. */
const LOOKS = 1_024;
/** Text and sealed bytes after which a page ends early: 8 MiB. */
const PAGE_BYTES = 8_388_608;
/**
 * The rows fetched at a time, since one by one each costs twice as much. The first few tell the length of the next
 * ones.
 */
const FIRST_ROWS = 16;
const MOST_ROWS = 128;

/** The position of a log's first event. */
const FIRST = 1n;

/** Events in order, and the position that the read has reached, past filtered events. */
export interface SqlitePage {
  readonly events: RecordedEvent[];
  readonly position: Position;
}

/** The bounds of one page: positions after `after` up to and with `until` (backwards: from before it down to it). */
export interface PageSpan {
  readonly after: Position;
  readonly until: Position;
  readonly limit: number;
  /** The page ends with the event that reaches so many bytes, and no later row is fetched. */
  readonly stretchBytes?: number;
}

export type ReadPage = (span: PageSpan) => SqlitePage;

/** Whether a position is read later than another. */
type Past = (position: bigint, place: bigint) => boolean;

/** The way to fetch a page's rows from a place on, and to find the place after a row. */
interface Rows {
  readonly from: bigint;
  readonly limit: number;
  /** Fetches one by one where a stretch has a limit of bytes. */
  readonly fetch: (from: bigint, limit: number) => Iterable<ReadEvent>;
  readonly after: (event: RecordedEvent) => bigint;
  readonly stretchBytes?: number | undefined;
}

/** A read-only connection of the calling thread; no transaction outlives a call. */
export class SqliteReader {
  readonly #db: Database.Database;
  readonly #file: string;
  readonly #form: RowForm;
  readonly #head: Database.Statement<[], bigint>;
  readonly #next: Database.Statement<[bigint], bigint | null>;
  readonly #before: Database.Statement<[bigint], bigint | null>;
  readonly #version: Database.Statement<[], number>;
  readonly #count: Database.Statement<unknown[], bigint>;
  readonly #stream: Database.Statement<unknown[], EventRow>;
  readonly #sealed: Database.Statement<[bigint], Buffer | null>;
  /** Of upward reads of all events, made once: many of them read a single event. */
  #upwards: Database.Statement<unknown[], EventRow> | undefined;
  #together: RowsTogether | undefined;
  #fetched = 0;
  #closed = false;
  #isLeft = false;

  constructor(file: string, busyTimeoutMs: number, torn: 'refused' | 'read' = 'refused') {
    this.#file = file;
    this.#db = openForReading(EVENT_LOG, file, busyTimeoutMs, torn);
    this.#form = this.#guard(() => new RowForm(this.#db));
    this.#head = this.#db.prepare<[], bigint>('SELECT coalesce(max(position), 0) FROM events').pluck().safeIntegers();
    this.#count = this.#db
      .prepare<unknown[], bigint>('SELECT count(*) FROM events WHERE position > ? AND position <= ?')
      .pluck()
      .safeIntegers();
    this.#next = this.#db
      .prepare<[bigint], bigint | null>('SELECT min(position) FROM events WHERE position > ?')
      .pluck()
      .safeIntegers();
    this.#before = this.#db
      .prepare<[bigint], bigint | null>('SELECT max(position) FROM events WHERE position < ?')
      .pluck()
      .safeIntegers();
    this.#version = this.#db.prepare<[], number>('PRAGMA data_version').pluck();
    this.#sealed = this.#db
      .prepare<[bigint], Buffer | null>(`SELECT ${this.#form.sealed} FROM events WHERE position = ?`)
      .pluck();
    this.#stream = this.#rows(
      `SELECT ${this.#form.columns} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    );
  }

  /** Events fetched from the file so far. */
  get read(): number {
    return this.#fetched;
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  head(): Position {
    return this.#guard(() => this.#head.get() ?? 0n);
  }

  dataVersion(): number {
    return this.#guard(() => this.#version.get() ?? 0);
  }

  /**
   * Throws LogGap when the event right after `after` is missing; otherwise gives the position, up to `until`, before
   * which none is missing.
   */
  wholeUntil(after: Position, until: Position): Position {
    return this.#guard(() => {
      if (this.#count.get(after, until) === until - after) return until;
      const first = this.#firstMissing(after, until);
      if (first === after + 1n) throw new LogGap(this.#file, first);
      return first - 1n;
    });
  }

  /** Halves the span until one position is left; this is rare. */
  #firstMissing(after: Position, until: Position): Position {
    let [low, high] = [after, until];
    while (high - low > 1n) {
      const middle = (low + high) / 2n;
      if (this.#count.get(low, middle) === middle - low) low = middle;
      else high = middle;
    }
    return high;
  }

  /**
   * Events of one stream; `whole` when none stand after them. Throws StoreUnavailable for an event that the log never
   * recorded.
   */
  streamPage(stream: string, from: bigint, limit: number): { events: RecordedEvent[]; whole: boolean } {
    const page = this.#guard(() => {
      const key = this.#form.keyOf(stream);
      const fetch = (next: bigint, most: number): ReadEvent[] => this.#read(this.#stream.all(key, next, most));
      return this.#take({ from, limit, fetch, after: revisionAfter });
    });
    for (const { position } of page.events) if (position < FIRST) throw strayEvent(this.#file, stream, position);
    return page;
  }

  /** Null for an event without a sealed part, and where there is no event. */
  sealedAt(position: Position): Uint8Array | null {
    return this.#guard(() => this.#sealed.get(position) ?? null);
  }

  /** A function that reads pages upwards; the filter is compiled once. */
  forwards(filter: EventFilter | undefined): ReadPage {
    const { sql, values } = condition(filter, this.#form.layout);
    const text = `SELECT ${this.#form.columns} FROM events WHERE position > ? AND position <= ?${sql} ORDER BY position LIMIT ?`;
    const statement = this.#guard(() =>
      filter === undefined ? (this.#upwards ??= this.#rows(text)) : this.#rows(text),
    );
    return ({ after, until, limit, stretchBytes }) => {
      const end = filter === undefined ? until : smaller(until, after + WINDOW);
      const fetch = (from: bigint, most: number): Iterable<ReadEvent> => {
        if (stretchBytes !== undefined) return this.#readEach(statement.iterate(from, end, ...values, most));
        if (filter !== undefined || most <= FIRST_ROWS) return this.#read(statement.all(from, end, ...values, most));
        this.#together ??= new RowsTogether(this.#db, this.#form);
        return this.#together.read(from, end, most);
      };
      return this.#guard(() => {
        const page = this.#page({ from: after, limit, fetch, after: positionOf, stretchBytes }, end);
        return page.position === until || page.events.length > 0
          ? page
          : { ...page, position: this.#overGap(end, until) };
      });
    };
  }

  /** A function that reads pages downwards from before `after`. */
  backwards(filter: EventFilter | undefined): ReadPage {
    const { sql, values } = condition(filter, this.#form.layout);
    const text = `SELECT ${this.#form.columns} FROM events WHERE position < ? AND position >= ?${sql} ORDER BY position DESC LIMIT ?`;
    const statement = this.#guard(() => this.#rows(text));
    return ({ after, until, limit, stretchBytes }) => {
      const end = filter === undefined ? until : larger(until, after - WINDOW);
      const fetch = (from: bigint, most: number): Iterable<ReadEvent> =>
        this.#readEach(statement[stretchBytes === undefined ? 'all' : 'iterate'](from, end, ...values, most));
      return this.#guard(() => {
        const page = this.#page({ from: after, limit, fetch, after: positionOf, stretchBytes }, end);
        return page.position === until || page.events.length > 0
          ? page
          : { ...page, position: this.#underGap(end, until) };
      });
    };
  }

  /** Like `forwards` or `backwards`, but only for present events: rare streams are found by the index of streams. */
  ofNow(filter: EventFilter | undefined, direction: 'forwards' | 'backwards'): ReadPage {
    const listed = this.#guard(() => listedPositions({ db: this.#db, form: this.#form }, filter));
    if (listed === null) return this[direction](filter);
    return direction === 'forwards'
      ? this.#listed(filter, listed, (one, place) => one > place)
      : this.#listed(filter, listed.toReversed(), (one, place) => one < place);
  }

  #listed(filter: EventFilter | undefined, positions: readonly bigint[], isPast: Past): ReadPage {
    const { sql, values } = condition(filter, this.#form.layout);
    const statement = this.#guard(() =>
      this.#rows(`SELECT ${this.#form.columns} FROM events WHERE position = ?${sql}`),
    );
    return ({ after, until, limit, stretchBytes }) => {
      const first = positions.findIndex((position) => isPast(position, after));
      const left =
        first < 0 ? [] : positions.slice(first, first + LOOKS).filter((position) => !isPast(position, until));
      const end = left.length === LOOKS ? (left.at(-1) ?? until) : until;
      const form = this.#form;
      const fetch = function* (from: bigint, most: number): Iterable<ReadEvent> {
        let taken = 0;
        for (const position of left) {
          if (taken === most) break;
          const row = isPast(position, from) ? statement.get(position, ...values) : undefined;
          if (row === undefined) continue;
          yield readEvent(form, row);
          taken += 1;
        }
      };
      return this.#guard(() => this.#page({ from: after, limit, fetch, after: positionOf, stretchBytes }, end));
    };
  }

  /** The last position after this one without an event: an altered log may have a gap wider than a window. */
  #overGap(position: Position, until: Position): Position {
    const next = this.#next.get(position);
    return next === undefined || next === null ? until : smaller(until, larger(position, next - 1n));
  }

  /** Like `#overGap`, downwards: the first position of the gap below this one. */
  #underGap(position: Position, until: Position): Position {
    const next = this.#before.get(position);
    return next === undefined || next === null ? until : larger(until, smaller(position, next + 1n));
  }

  /** Used after a fault of the disk: while it is open, the writer's end does not move the file. */
  leaveOpen(): void {
    this.#isLeft = true;
    leaveOpen(this.#db);
  }

  close(): void {
    this.#closed = true;
    if (!this.#isLeft) this.#db.close();
  }

  #rows(sql: string): Database.Statement<unknown[], EventRow> {
    return this.#db.prepare<unknown[], EventRow>(sql).raw().safeIntegers();
  }

  #read(rows: readonly EventRow[]): ReadEvent[] {
    return rows.map((row) => readEvent(this.#form, row));
  }

  *#readEach(rows: Iterable<EventRow>): Iterable<ReadEvent> {
    for (const row of rows) yield readEvent(this.#form, row);
  }

  #page(rows: Rows, end: Position): SqlitePage {
    const { events, whole } = this.#take(rows);
    const last = events.at(-1);
    return { events, position: whole || last === undefined ? end : last.position };
  }

  /** The events of the rows, until the page is big enough; `whole` when there were fewer than asked for. */
  #take({ from, limit, fetch, after, stretchBytes = Infinity }: Rows): { events: RecordedEvent[]; whole: boolean } {
    const events: RecordedEvent[] = [];
    let next = from;
    let bytes = 0;
    let whole = false;
    const enough = Math.min(PAGE_BYTES, stretchBytes);
    while (!whole && events.length < limit && bytes < enough) {
      const most = Math.min(limit - events.length, rowsWithin(PAGE_BYTES - bytes, bytes / events.length));
      const before = events.length;
      for (const { event, bytes: more } of fetch(next, most)) {
        events.push(event);
        bytes += more;
        next = after(event);
        if (bytes >= stretchBytes) break;
      }
      whole = events.length - before < most && bytes < stretchBytes;
    }
    this.#fetched += events.length;
    return { events, whole };
  }

  #guard<T>(read: () => T): T {
    if (this.#closed) throw new StoreUnavailable('closed', `${this.#file}: the log is closed`);
    try {
      return read();
    } catch (error) {
      throw toUnavailable(error, this.#file);
    }
  }
}

/** The number of rows that fit into so many bytes; their average is NaN before the first. */
function rowsWithin(bytes: number, average: number): number {
  return Number.isNaN(average) ? FIRST_ROWS : Math.min(MOST_ROWS, Math.ceil(bytes / Math.max(1, average)));
}

/** Whoever folds the stream would act on it, while no view knows it. */
function strayEvent(file: string, stream: string, position: bigint): StoreUnavailable {
  const advice = 'Stop the forum, keep a copy of the file, see `colloquy verify`, and restore the newest backup.';
  const found = `${file}: ${stream} has an event at position ${position}, and a log begins with ${FIRST}`;
  return new StoreUnavailable('corrupt', `${found}. ${advice}`);
}

function positionOf({ position }: RecordedEvent): bigint {
  return position;
}

function revisionAfter({ revision }: RecordedEvent): bigint {
  return revision + 1n;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
