import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { anyEvents } from '../../../../test/support/any-events.ts';
import { writeOldLog } from '../../../../test/support/first-version-log.ts';
import { eventLine } from '../../line.ts';
import type { RecordedEvent } from '../../port.ts';
import { openSqliteEventReader, openSqliteEventStore } from '../event-store.ts';
import { openSqliteLogImport } from '../log-import.ts';
import { RowsTogether } from '../rows.ts';
import { EVENT_LOG } from '../schema.ts';
import { strangeRows } from '../strange-rows.ts';
import { type EventRow, RowForm } from './row-form.ts';
import { RowWriter } from './row-writer.ts';

/** Of files, each of which is opened many times; and of tables in memory. */
const FILES = process.env.COLLOQUY_LONG === undefined ? 5 : 100;
const TABLES = process.env.COLLOQUY_LONG === undefined ? 200 : 5_000;

/** Its data has the same JSON text as zero, and other bytes in a packed row. */
const MINUS_ZERO: RecordedEvent = {
  id: '00000000-0000-4000-8000-000000000001',
  stream: 'policy',
  type: 'PolicyChanged.v1',
  recordedAt: '2026-11-26T20:00:00.000Z',
  occurredAt: '2026-11-26T20:00:00.000Z',
  actor: 'policy',
  correlationId: '00000000-0000-4000-8000-000000000001',
  causationId: null,
  data: -0,
  sealed: null,
  position: 1n,
  revision: 0n,
};

/** A line as it is hashed, and the data's fields in their order. */
const told = (event: RecordedEvent): string => `${eventLine(event)} ${JSON.stringify(event.data)}`;

async function linesIn(file: string): Promise<readonly string[]> {
  const log = openSqliteEventReader({ file });
  const [together, alone, streams]: string[][] = [[], [], []];
  for await (const event of log.readAll()) together?.push(told(event));
  for await (const event of log.readAll({ stretchBytes: 1 })) {
    alone?.push(told(event));
    expect(log.sealedAt(event.position)).toEqual(event.sealed);
    for await (const own of log.readStream(event.stream)) streams?.push(told(own));
  }
  expect(log.sealedAt(BigInt(together?.length ?? 0) + 1n)).toBeNull();
  await log.close();
  expect(alone).toEqual(together);
  expect(streams).toEqual(together);
  expect(await strangeRows(file, async () => undefined)).toEqual([]);
  return together ?? [];
}

it('any event has the same line in an old log, in one that was made ready for new rows, and in a new one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'colloquy-rows-'));
  let run = 0;
  const property = fc.asyncProperty(anyEvents, anyEvents, async (old, later) => {
    run += 1;
    const [first, second] = [join(folder, `${run}-old.db`), join(folder, `${run}-new.db`)];
    const lines = old.map(told);
    writeOldLog(first, old);
    if (old.length > 0) expect(await linesIn(first)).toEqual(lines);
    await (await openSqliteEventStore({ file: first })).close();
    expect(await linesIn(first)).toEqual(lines);
    const taken = new Set(old.flatMap(({ id, stream }) => [id, stream]));
    const added = later
      .filter(({ id, stream }) => !taken.has(id) && !taken.has(stream))
      .map((event, place) => ({ ...event, position: BigInt(old.length + place) + 1n }));
    await add(first, added);
    await add(second, [...old, ...added]);
    const all = [...lines, ...added.map(told)];
    expect(await linesIn(first)).toEqual(all);
    expect(await linesIn(second)).toEqual(all);
  });
  await fc.assert(property, { numRuns: FILES, examples: [[[], [MINUS_ZERO]]] });
  rmSync(folder, { recursive: true });
}, 120_000);

it('any event is read from its packed row as it was, by itself and among others', () => {
  const property = fc.property(anyEvents, (events) => {
    const db = new Database(':memory:');
    db.exec(EVENT_LOG.schema);
    const writer = new RowWriter(db);
    for (const event of events) writer.add(event, writer.form.keyToStore(event.stream));
    expect(db.prepare('SELECT DISTINCT typeof(type) FROM events').pluck().all()).not.toContain('real');
    const form = new RowForm(db);
    const alone = db.prepare<[], EventRow>(`SELECT ${form.columns} FROM events ORDER BY position`);
    const read = alone.raw().safeIntegers().all();
    expect(read.map((row) => told(form.event(row)))).toEqual(events.map(told));
    const together = new RowsTogether(db, form).read(0n, BigInt(events.length), events.length);
    expect(together.map(({ event }) => told(event))).toEqual(events.map(told));
    db.close();
  });
  fc.assert(property, { numRuns: TABLES });
});

async function add(file: string, events: readonly RecordedEvent[]): Promise<void> {
  const log = openSqliteLogImport({ file, positions: 'kept' });
  await log.add(events);
  await log.close();
}
