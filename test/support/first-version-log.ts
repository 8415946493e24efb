import Database from 'better-sqlite3';
import type { RecordedEvent } from '../../libs/event-store/index.ts';

/** The log's file as the first version made it, to the letter. */
const FIRST_VERSION = `
    CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      id BLOB NOT NULL,
      stream TEXT NOT NULL,
      revision INTEGER NOT NULL,
      type TEXT NOT NULL,
      recorded_at TEXT NOT NULL,
      occurred_at TEXT NOT NULL,
      actor TEXT NOT NULL,
      correlation_id TEXT NOT NULL,
      causation_id TEXT,
      data TEXT NOT NULL,
      sealed BLOB
    ) STRICT;
    CREATE UNIQUE INDEX events_by_id ON events (id);
    CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
    PRAGMA application_id = ${0x436c716c};
    PRAGMA user_version = 1;`;

/** Writes a log as the first version of the forum did. */
export function writeOldLog(file: string, events: Iterable<RecordedEvent>): void {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec(FIRST_VERSION);
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (const event of events) {
      const { position, stream, revision, type, recordedAt, occurredAt, actor, correlationId, causationId } = event;
      const id = Buffer.from(event.id.replaceAll('-', ''), 'hex');
      const head = [position, id, stream, revision, type, recordedAt, occurredAt, actor, correlationId, causationId];
      insert.run(...head, JSON.stringify(event.data), event.sealed);
    }
  })();
  db.close();
}
