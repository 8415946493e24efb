import { eventLine, lineWithoutPosition, openSqliteEventStore } from '../../libs/event-store/index.ts';

/** The canonical lines of a log that nobody writes to, in order; without positions where logs differ in them. */
export async function logLines(dataDir: string, positions: 'with' | 'without' = 'with'): Promise<string[]> {
  const log = await openSqliteEventStore({ file: `${dataDir}/log.db`, readOnly: true });
  const lineOf = positions === 'with' ? eventLine : lineWithoutPosition;
  const lines: string[] = [];
  try {
    for await (const event of log.readAll()) lines.push(lineOf(event));
    return lines;
  } finally {
    await log.close();
  }
}
