import type { LogEntry } from '../../../../../libs/client/index.ts';

const COLUMNS = [
  'position',
  'at',
  'kind',
  'action',
  'reason',
  'actor',
  'member',
  'commentId',
  'postId',
  'decisionId',
  'undone',
  'correlationId',
  'note',
] as const;
/** A spreadsheet takes what begins so for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/u;

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
export async function* csvOf(pieces: AsyncIterable<readonly LogEntry[]>): AsyncGenerator<string> {
  yield `\ufeff${COLUMNS.join(',')}\r\n`;
  for await (const entries of pieces) yield entries.map(lineOf).join('');
}

/** One array, an entry a line. */
export async function* jsonOf(pieces: AsyncIterable<readonly LogEntry[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const entries of pieces) {
    for (const entry of entries) {
      yield `${before}${JSON.stringify(entry)}`;
      before = ',\n';
    }
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

function lineOf(entry: LogEntry): string {
  const { actor, member, byPolicy, undone } = entry;
  const cells = {
    ...entry,
    actor: byPolicy ? 'policy' : actor?.handle,
    member: member?.handle,
    undone: undone ? 'yes' : '',
  };
  return `${COLUMNS.map((column) => cellOf(cells[column] ?? '')).join(',')}\r\n`;
}

export function cellOf(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
