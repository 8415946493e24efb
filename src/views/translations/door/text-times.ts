import type { TranslationLine } from '../../../../libs/client/index.ts';
import { moment } from '../../moment.ts';

/** Which text a translation was made from, and which one stands; a time is null for a comment as it was posted. */
export interface TextTimes {
  readonly source: number;
  readonly made: number | null;
  readonly newest: number | null;
  readonly changed: number | null;
}

/** Rows with `text` (the id of what is translated) and `source`, by language, with these times. */
export function withTimes(rows: string): string {
  return `
    SELECT row.*,
      (SELECT at FROM text WHERE id = row.text AND revision = row.source) AS made,
      (SELECT max(revision) FROM text WHERE id = row.text) AS newest,
      (SELECT at FROM text WHERE id = row.text ORDER BY revision DESC LIMIT 1) AS changed
    FROM (${rows}) AS row ORDER BY row.language`;
}

/** What is told of a translation of a text that was changed since; nothing of others. */
export function staleness({
  source,
  made,
  newest,
  changed,
}: TextTimes): Pick<TranslationLine, 'stale' | 'changedAt' | 'sourceAt'> {
  if (source === (newest ?? 0)) return {};
  return {
    stale: true,
    ...(changed !== null && { changedAt: moment(changed) }),
    ...(made !== null && { sourceAt: moment(made) }),
  };
}
