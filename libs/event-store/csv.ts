import { canonicalJson } from '../kernel/index.ts';
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

/** A spreadsheet takes a cell that begins with one of these for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/u;

/** RFC 4180; with a byte order mark so that spreadsheets read it as UTF-8. */
export const EVENT_CSV_HEAD = `\ufeff${COLUMNS.join(',')}\r\n`;

/** An event's row; its data is the canonical JSON of its line, its sealed part is base64. */
export function eventCsvRow(event: RecordedEvent): string {
  const { sealed } = event;
  const cells = {
    ...event,
    data: canonicalJson(event.data),
    sealed: sealed === null ? '' : Buffer.from(sealed).toString('base64'),
  };
  return `${COLUMNS.map((column) => cellOf(cells[column])).join(',')}\r\n`;
}

function cellOf(value: string | bigint | null): string {
  const text = value === null ? '' : String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
