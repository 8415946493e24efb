import type { TranslationLine } from '../../../../libs/client/index.ts';
import { idText } from '../../ids.ts';
import { moment } from '../../moment.ts';
import type { SameWords } from './same-words-history.ts';

/** Which text a translation was made from, and which one stands; a time is null for a comment as it was posted. */
export interface TextTimes {
  /** The id of what is translated, which is the comment's where it is one. */
  readonly text: Buffer;
  readonly comment: Buffer | null;
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

/** What is told of a translation of a text that says another thing since; nothing of others. */
export async function staleness(
  { text, comment, source, made, newest, changed }: TextTimes,
  sameWords: Pick<SameWords, 'of'>,
): Promise<Pick<TranslationLine, 'stale' | 'changedAt' | 'sourceAt'>> {
  const last = newest ?? 0;
  if (source === last) return {};
  const texts = { kind: comment === null ? 'post' : 'comment', id: idText(text), source, newest: last } as const;
  if (await sameWords.of(texts)) return {};
  return {
    stale: true,
    ...(changed !== null && { changedAt: moment(changed) }),
    ...(made !== null && { sourceAt: moment(made) }),
  };
}
