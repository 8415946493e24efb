import type { LogEntry } from '../../../../../libs/client/index.ts';

/**
 * The columns of the file in their order, each with the part of an entry that it shows; together they show all of it.
 */
const COLUMNS: Readonly<
  Record<Exclude<keyof LogEntry, 'byPolicy' | 'unreadable'>, (entry: LogEntry) => string | null | undefined>
> = {
  position: ({ position }) => position,
  at: ({ at }) => at,
  kind: ({ kind }) => kind,
  action: ({ action }) => action,
  reason: ({ reason }) => reason,
  actor: ({ actor, byPolicy }) => (byPolicy ? 'policy' : actor?.handle),
  member: ({ member }) => member?.handle,
  commentId: ({ commentId }) => commentId,
  postId: ({ postId }) => postId,
  decisionId: ({ decisionId }) => decisionId,
  undone: ({ undone }) => (undone ? 'yes' : ''),
  correlationId: ({ correlationId }) => correlationId,
  note: ({ note }) => note,
};
/** A spreadsheet takes a cell that begins with one of these for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/u;

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
export async function* csvOf(pieces: AsyncIterable<readonly LogEntry[]>): AsyncGenerator<string> {
  yield `\ufeff${Object.keys(COLUMNS).join(',')}\r\n`;
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
  return `${Object.values(COLUMNS)
    .map((of) => cellOf(of(entry) ?? ''))
    .join(',')}\r\n`;
}

export function cellOf(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
