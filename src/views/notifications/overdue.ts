import type { Database } from 'better-sqlite3';
import { reading, statement, type Views } from '../../../libs/projections/index.ts';
import { CALLING } from '../../../libs/words/index.ts';
import { idBytes, idText } from '../ids.ts';
import { moderatorIds } from '../members/door/moderators.ts';
import { longestWaiting, stillWaits, type WaitingCase } from '../moderation-queue/door/longest-waiting.ts';
import { moment } from '../moment.ts';
import type { StoredOf } from '../stored.ts';
import type { CallingWork, NotificationsProjected } from './notifications.query-types.ts';
import type { PendingMails } from './pending-mails.ts';

export const OVERDUE_TYPES = ['QueueOverdue.v1', 'CommentDecided.v1', 'CommentRemoved.v1', 'CommentErased.v1'] as const;

const HOUR_MS = 3_600_000;
/** Those who are told of one call. */
const MOST_CALLED = 200;

/** Tells those whom a call names, and remembers when what it was about had its decision. */
export function tellOfQueue(
  db: Database,
  mails: PendingMails,
): (event: StoredOf<(typeof OVERDUE_TYPES)[number]>) => readonly NotificationsProjected[] {
  const add = db.prepare("INSERT OR IGNORE INTO told (member, n, kind, at) VALUES (?, ?, 'queue', ?)");
  const call = db.prepare('INSERT OR REPLACE INTO overdue (one, comment, since, at, ended) VALUES (1, ?, ?, ?, NULL)');
  const end = db.prepare('UPDATE overdue SET ended = ? WHERE comment = ? AND ended IS NULL');
  return (event) => {
    const at = Date.parse(event.recordedAt);
    const comment = idBytes(event.data.commentId);
    if (event.type !== 'QueueOverdue.v1') {
      end.run(at, comment);
      return [];
    }
    const { memberIds, since } = event.data;
    call.run(comment, Date.parse(since), at);
    for (const memberId of memberIds) {
      add.run(idBytes(memberId), event.position, at);
      mails.pend(idBytes(memberId), 'queue', event);
    }
    return [{ members: memberIds, postId: null }];
  };
}

interface CallRow {
  readonly comment: Buffer;
  readonly since: number;
  readonly at: number;
  readonly ended: number | null;
}

const lastCall = statement<CallRow>('SELECT comment, since, at, ended FROM overdue');
const lease = statement<{ readonly holder: string; readonly until: number }>(
  'SELECT holder, until FROM lease WHERE reactor = ?',
);

/**
 * The comment that is to call those who moderate. While the one that called last still waits, it has called for all; what
 * crossed the promise meanwhile calls nobody again.
 */
export function callingWork(
  { now, hours }: { readonly now: number; readonly hours: number | null },
  views: Pick<Views, 'db'>,
): CallingWork {
  const seen = reading(views.db('notifications'), (db) => ({
    call: lastCall(db).get(),
    lease: lease(db).get(CALLING) ?? null,
  }));
  const found = hours === null ? null : nextOverdue(seen.call, hours * HOUR_MS, views);
  if (found === null || hours === null) return { due: [], nextAt: null, lease: seen.lease };
  const crossesAt = found.since + hours * HOUR_MS;
  if (crossesAt > now) return { due: [], nextAt: crossesAt, lease: seen.lease };
  const { commentId } = found;
  const due = { commentId, since: moment(found.since), hours, memberIds: moderatorIds(views, MOST_CALLED) };
  return { due: [due], nextAt: null, lease: seen.lease };
}

function nextOverdue(call: CallRow | undefined, promiseMs: number, views: Pick<Views, 'db'>): WaitingCase | null {
  if (call === undefined) return longestWaiting(views, 0);
  const called = { commentId: idText(call.comment), since: call.since };
  if (call.ended === null && stillWaits(views, called)) return null;
  return longestWaiting(views, (call.ended ?? call.at) - promiseMs);
}
