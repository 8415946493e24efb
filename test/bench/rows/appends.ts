import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type EventStore, type NewEvent, openSqliteEventStore } from '../../../libs/event-store/index.ts';
import { Packer } from '../../../libs/event-store/sqlite/packed/packer.ts';
import { packRow, RowWriter } from '../../../libs/event-store/sqlite/packed/row-writer.ts';
import { EVENT_LOG } from '../../../libs/event-store/sqlite/schema.ts';
import { alternate, seconds } from '../measure.ts';
import { atLeast, type Measured, type Row } from '../row.ts';
import { newId } from '../sample.ts';

const WAITING = 64;

/** Appends to the log by 64 callers, each waiting for its own; against 64 rows a transaction in a plain loop. */
export const appends: Row = {
  name: 'appends',
  what: `durable appends, ${WAITING} waiting`,
  against: `bare better-sqlite3 loop, same rows, FULL, groups of ${WAITING}`,
  unit: 'events/s',
  bound: atLeast(0.5),
  run: async (options) => {
    const count = options.quick ? 12_800 : 64_000;
    const compared = await alternate(
      options.rounds,
      () => inScratch((dir) => ours(dir, count)),
      () => inScratch(async (dir) => base(dir, count)),
    );
    return { ...compared, notes: { events: count } } satisfies Measured;
  },
};

interface Sample {
  readonly stream: string;
  readonly event: NewEvent;
}

/** Events as a posted comment makes them: 250 bytes of data, 400 bytes sealed. */
function samples(count: number): readonly Sample[] {
  const sealed = randomBytes(400);
  const actor = newId();
  return Array.from({ length: count }, () => {
    const commentId = newId();
    const data = {
      commentId,
      postId: newId(),
      parentId: null,
      rootId: commentId,
      depth: 0,
      authorId: actor,
      source: null,
    };
    const occurredAt = new Date().toISOString();
    const correlationId = newId();
    const envelope = { occurredAt, actor, correlationId, causationId: null };
    return {
      stream: `comment-${commentId}`,
      event: { id: newId(), type: 'CommentPosted.v1', data, sealed, ...envelope },
    };
  });
}

async function ours(dir: string, count: number): Promise<number> {
  const store = await openSqliteEventStore({ file: join(dir, 'log.db') });
  const took = await appendAll(store, count);
  await store.close();
  return count / took;
}

/** Seconds that so many durable appends took, by callers that each wait for their own. */
export function appendAll(store: EventStore, count: number): Promise<number> {
  const work = samples(count);
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let at = next++; at < work.length; at = next++) {
      const sample = work[at];
      if (sample !== undefined) await store.append(sample.stream, [sample.event], 'no-stream');
    }
  };
  return seconds(async () => {
    await Promise.all(Array.from({ length: WAITING }, caller));
  });
}

/** The log's own table, its settings of SQLite and its packed rows, stored without a log. */
function base(dir: string, count: number): number {
  const db = new Database(join(dir, 'rows.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 4096');
  db.exec(EVENT_LOG.schema);
  const { form } = new RowWriter(db);
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
  const [packer, names] = [new Packer(), form.names];
  if (names === null) throw new Error('the log has no rows of the newest form');
  const rows = samples(count).map(({ stream, event }, at) => {
    const place = { stream, position: BigInt(at) + 1n, revision: 0n, recordedAt: event.occurredAt };
    const { id, type, body, sealed } = packRow({ ...event, ...place }, packer, names);
    return [at + 1, id, form.keyToStore(stream), 0, type, Buffer.from(body), sealed];
  });
  const group = db.transaction((from: number) => {
    for (const row of rows.slice(from, from + WAITING)) insert.run(...row);
  });
  const started = process.hrtime.bigint();
  for (let from = 0; from < rows.length; from += WAITING) group(from);
  const took = Number(process.hrtime.bigint() - started) / 1e9;
  db.close();
  return count / took;
}

/** Gives the work a directory of its own, which goes away with it. */
export async function inScratch<Result>(work: (dir: string) => Promise<Result>): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'colloquy-bench-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
