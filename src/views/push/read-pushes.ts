import type { Database } from 'better-sqlite3';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import { KEPT_FOR_MS } from './hidden-pushes.ts';

/** What tells that a member has read something; in a visit it is sealed which discussion that was, and how far. */
export const READING_TYPES = ['NotificationsRead.v1', 'VisitKept.v1'] as const;

/** A push that stands on a device is to be looked at again once its member has read anything. Gives whether one is. */
export function followReading(db: Database): (event: StoredOf<(typeof READING_TYPES)[number]>) => boolean {
  const keep = db.prepare(`
    INSERT OR REPLACE INTO reading (member, n, at) SELECT @member, @n, @at
    WHERE EXISTS (SELECT 1 FROM subscription WHERE member = @member AND ended = 0)`);
  const forget = db.prepare('DELETE FROM reading WHERE at < ?');
  const look = db.prepare(`
    UPDATE push SET reading = @n WHERE member = @member AND state = 'sent' AND changed_at >= @since`);
  return (event) => {
    const [member, n, at] = [idBytes(event.data.memberId), event.position, Date.parse(event.recordedAt)];
    keep.run({ member, n, at });
    forget.run(at - KEPT_FOR_MS);
    return look.run({ member, n, since: at - KEPT_FOR_MS }).changes > 0;
  };
}
