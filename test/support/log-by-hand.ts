import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { Packer } from '../../libs/event-store/sqlite/packed/packer.ts';
import { type EventRow, RowForm } from '../../libs/event-store/sqlite/packed/row-form.ts';
import { packRow, RowWriter } from '../../libs/event-store/sqlite/packed/row-writer.ts';

/** The event at a position of a log's file. Throws where none stands. */
export function eventByHand(db: Database.Database, position: bigint | number): RecordedEvent {
  const form = new RowForm(db);
  const one = db.prepare<[bigint], EventRow>(`SELECT ${form.columns} FROM events WHERE position = ?`);
  const row = one.raw().safeIntegers().get(BigInt(position));
  if (row === undefined) throw new Error(`no event stands at position ${position}`);
  return form.event(row);
}

/** All events of a log's file, those below the first position too. */
export function eventsByHand(db: Database.Database): readonly RecordedEvent[] {
  return [...eachByHand(db)];
}

/** The same, one after the other. */
export function* eachByHand(db: Database.Database): Iterable<RecordedEvent> {
  const form = new RowForm(db);
  const rows = db.prepare<[], EventRow>(`SELECT ${form.columns} FROM events ORDER BY position`).raw().safeIntegers();
  for (const row of rows.iterate()) yield form.event(row);
}

/** Changes an event as somebody with the file and this program could; its index entries follow. */
export function changeByHand(
  db: Database.Database,
  position: bigint | number,
  change: (event: RecordedEvent) => Partial<RecordedEvent>,
): void {
  const before = eventByHand(db, position);
  const event = { ...before, ...change(before) };
  const { form } = new RowWriter(db);
  const { names } = form;
  if (names === null) throw new Error('the log has no new rows');
  const { id, type, body, sealed } = packRow(event, new Packer(), names);
  db.prepare(
    'UPDATE events SET position = ?, id = ?, stream = ?, revision = ?, type = ?, body = ?, sealed = ? WHERE position = ?',
  ).run(event.position, id, form.keyToStore(event.stream), event.revision, type, body, sealed, BigInt(position));
}

/** Adds a copy of an event under an id of its own, with what is said otherwise. */
export function copyByHand(
  db: Database.Database,
  from: bigint | number,
  otherwise: Partial<RecordedEvent> & Pick<RecordedEvent, 'position'>,
): void {
  const event = { ...eventByHand(db, from), id: randomUUID(), ...otherwise };
  const writer = new RowWriter(db);
  writer.add(event, writer.form.keyToStore(event.stream));
}
