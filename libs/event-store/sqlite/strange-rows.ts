import { openForReading } from './database-file.ts';
import { toUnavailable } from './faults.ts';
import { EVENT_LOG } from './schema.ts';

/** The rows that are checked before other work gets a turn, and the most rows that are named. */
const STRETCH = 500;
const MOST_NAMED = 5;

/**
 * Rows that the forum never wrote so, in words: rows below the first position, which readers of the log skip, and
 * events whose stored text differs from the forum's text of the same contents (a repeated key, white space). `rest` is
 * awaited between two stretches. Throws StoreUnavailable, and the error of `rest`.
 */
export async function strangeRows(file: string, rest: () => Promise<unknown>): Promise<readonly string[]> {
  const db = openForReading(EVENT_LOG, file, 5_000, 'read');
  try {
    const below = db.prepare<[], number>('SELECT position FROM events WHERE position < 1 ORDER BY position').pluck();
    const found = below.all().map((position) => `an event stands at position ${position}, and a log begins with 1`);
    const texts = db.prepare<[number, number], { position: number; data: string }>(
      'SELECT position, data FROM events WHERE position > ? ORDER BY position LIMIT ?',
    );
    for (let [after, rows] = [0, texts.all(0, STRETCH)]; rows.length > 0; rows = texts.all(after, STRETCH)) {
      for (const { position, data } of rows) {
        if (!isOwnText(data))
          found.push(`the event at position ${position} is stored as another text than was written`);
        after = position;
      }
      await rest();
    }
    const more = found.length - MOST_NAMED;
    return more > 0 ? [...found.slice(0, MOST_NAMED), `${more} more rows like these`] : found;
  } catch (error) {
    throw toUnavailable(error, file);
  } finally {
    db.close();
  }
}

/** True also for a text that cannot be read, which is reported elsewhere. */
function isOwnText(data: string): boolean {
  try {
    return JSON.stringify(JSON.parse(data)) === data;
  } catch {
    return true;
  }
}
