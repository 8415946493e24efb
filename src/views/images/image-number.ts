import type { Database } from 'better-sqlite3';
import { isUuid } from '../../../libs/kernel/index.ts';
import { statement } from '../../../libs/projections/index.ts';
import { idBytes } from '../ids.ts';

const numbered = statement<{ readonly n: string }>('SELECT CAST(n AS TEXT) AS n FROM image WHERE id = ?');

/** The position of the event that stored it; null for an image that is not kept. */
export function numberOfImage(db: Database, imageId: string): string | null {
  return isUuid(imageId) ? (numbered(db).get(idBytes(imageId))?.n ?? null) : null;
}
