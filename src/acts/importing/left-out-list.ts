import { importReasonCode } from '../../../libs/words/index.ts';
import type { ImportLeftOut } from './import-job.ts';

const HEAD = ['what', 'code', 'reason', 'line', 'column', 'address'];

/** What an import leaves out, as CSV (RFC 4180): a line for each, and one that counts those whose places are not kept. */
export function leftOutList(leftOut: readonly ImportLeftOut[]): string {
  const rows = leftOut.flatMap(({ what, why, count, places }) => {
    const head = [what, importReasonCode(why), why];
    const each = places.map(({ line, column, address = '' }) => [...head, String(line), String(column), address]);
    const more = count - places.length;
    return more > 0 ? [...each, [...head, '', '', `${more} more`]] : each;
  });
  return [HEAD, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would calculate is marked as one. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
