import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { USUAL_MAIL_DAYS } from '../../../libs/words/index.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';

const DAY_MS = 86_400_000;
const LINK_STREAM = 'link-';

/** What the mails of a forum are kept and forgotten by. */
export const PRUNE_TYPES = ['SiteChanged.v1', 'LinkRequested.v1', 'KeyDestroyed.v1'] as const;

/** Forgets mails that are long done with, by the times of the log, so that a rebuild forgets the same. */
export function pruneMails(db: Database): (event: RecordedEvent) => void {
  const state = db.prepare<[], { days: number; day: number }>('SELECT days, day FROM pruning');
  const keep = db.prepare('INSERT OR REPLACE INTO pruning (only, days, day) VALUES (1, ?, ?)');
  const forget = db.prepare('DELETE FROM mail WHERE next_at IS NULL AND changed_at < ?');
  const addLink = db.prepare('INSERT OR IGNORE INTO link (id, expires_at) VALUES (?, ?)');
  const dropLink = db.prepare('DELETE FROM link WHERE id = ?');
  return (event) => {
    const at = Date.parse(event.recordedAt);
    const today = Math.floor(at / DAY_MS);
    const { days, day } = state.get() ?? { days: USUAL_MAIL_DAYS, day: 0 };
    const changed = isOneOf(event, PRUNE_TYPES) ? event : null;
    if (changed?.type === 'LinkRequested.v1')
      addLink.run(idBytes(changed.data.linkId), Date.parse(changed.data.expiresAt));
    if (changed?.type === 'KeyDestroyed.v1' && changed.data.stream.startsWith(LINK_STREAM))
      dropLink.run(idBytes(changed.data.stream.slice(LINK_STREAM.length)));
    const kept = (changed?.type === 'SiteChanged.v1' ? changed.data.mailDays : undefined) ?? days;
    if (kept === days && today <= day) return;
    forget.run(at - kept * DAY_MS);
    keep.run(kept, Math.max(today, day));
  };
}
