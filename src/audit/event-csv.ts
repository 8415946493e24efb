import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { canonicalJson } from '../../libs/kernel/index.ts';

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
/** A spreadsheet takes what begins so for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/u;

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
export const EVENT_CSV_HEAD = `\ufeff${COLUMNS.join(',')}\r\n`;

/** An event's row; its data is the canonical JSON of its line, its sealed part base64. */
export function eventRow(event: RecordedEvent): string {
  const cells = {
    ...event,
    position: `${event.position}`,
    revision: `${event.revision}`,
    causationId: event.causationId ?? '',
    data: canonicalJson(event.data),
    sealed: event.sealed === null ? '' : Buffer.from(event.sealed).toString('base64'),
  };
  return `${COLUMNS.map((column) => cellOf(cells[column])).join(',')}\r\n`;
}

function cellOf(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
