import { CSV_MARK, canonicalJson, csvRow } from '../kernel/index.ts';
import type { RecordedEvent } from './port.ts';

/** The columns of the CSV: the members of an event's line. */
const COLUMNS = [
  'position',
  'stream',
  'revision',
  'id',
  'type',
  'recordedAt',
  'occurredAt',
  'actor',
  'correlationId',
  'causationId',
  'data',
  'sealed',
] as const;

/** RFC 4180; with a byte order mark so that spreadsheets read it as UTF-8. */
export const EVENT_CSV_HEAD = CSV_MARK + csvRow(COLUMNS);

/** An event's row; its data is the canonical JSON of its line, its sealed part is base64. */
export function eventCsvRow(event: RecordedEvent): string {
  const { sealed } = event;
  const cells = {
    ...event,
    data: canonicalJson(event.data),
    sealed: sealed === null ? '' : Buffer.from(sealed).toString('base64'),
  };
  return csvRow(COLUMNS.map((column) => cells[column]));
}
