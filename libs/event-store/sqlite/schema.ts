import type { FileKind } from './database-file.ts';

/**
 * The bytes of the write-ahead log after which a commit itself moves them; mostly another thread has done so before.
 */
export const WAL_BYTES_KEPT = 67_108_864;

/** The log's file: its columns are the envelope. */
export const EVENT_LOG: FileKind = {
  name: 'event log',
  /** `Clql` */
  applicationId: 0x436c716c,
  version: 1,
  schema: `
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
    CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);`,
  newest: 'SELECT *, json_valid(data) AS whole FROM events ORDER BY position DESC LIMIT 1',
};

/** Settings of the writer's connection; `maxPages` (of 4 KiB) bounds the file. */
export function writerPragmas(maxPages: number | undefined): string[] {
  const pragmas = [`journal_size_limit = ${WAL_BYTES_KEPT}`];
  return maxPages === undefined ? pragmas : [...pragmas, `max_page_count = ${maxPages}`];
}
