import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { NEWSLETTER_TASK } from '../../../libs/words/index.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';

export const ISSUE_TYPES = [
  'IssueBegun.v1',
  'IssueHandedOver.v1',
  'IssueStopped.v1',
  'IssueResumed.v1',
  'IssueFinished.v1',
  'LeaseTaken.v1',
] as const;

/**
 * `begun` is the position from which on new readers do not get the issue any more, and `last` the reader whom it was handed to
 * last. `issue_batch` has the positions of the events that cause its mails.
 */
export const ISSUE_SCHEMA = `
  CREATE TABLE issue (
    post BLOB PRIMARY KEY, state TEXT NOT NULL, begun INTEGER NOT NULL, last BLOB, handed INTEGER NOT NULL,
    sent INTEGER, unsent INTEGER, at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE issue_batch (cause INTEGER PRIMARY KEY, post BLOB NOT NULL);
  CREATE INDEX issue_batch_of ON issue_batch (post);
`;

/** Follows how issues go to their readers. Gives whether that has changed. */
export function followIssues(db: Database): (event: RecordedEvent) => boolean {
  const begin = db.prepare(
    "INSERT OR IGNORE INTO issue (post, state, begun, handed, at) VALUES (?, 'sending', ?, 0, ?)",
  );
  const batch = db.prepare('INSERT OR IGNORE INTO issue_batch (cause, post) VALUES (?, ?)');
  const handOver = db.prepare('UPDATE issue SET last = ?, handed = handed + ?, at = ? WHERE post = ?');
  const turn = db.prepare('UPDATE issue SET state = ?, at = ? WHERE post = ?');
  const finish = db.prepare("UPDATE issue SET state = 'finished', sent = ?, unsent = ?, at = ? WHERE post = ?");
  const lease = db.prepare('INSERT OR REPLACE INTO lease (reactor, holder, until) VALUES (?, ?, ?)');
  return (event) => {
    if (!isOneOf(event, ISSUE_TYPES)) return false;
    const at = Date.parse(event.recordedAt);
    switch (event.type) {
      case 'IssueBegun.v1':
        begin.run(idBytes(event.data.postId), event.position, at);
        return true;
      case 'IssueHandedOver.v1': {
        const [post, ids] = [idBytes(event.data.postId), event.data.subscriberIds];
        batch.run(event.position, post);
        handOver.run(idBytes(ids.at(-1) ?? ''), ids.length, at, post);
        return true;
      }
      case 'IssueStopped.v1':
        turn.run('stopped', at, idBytes(event.data.postId));
        return true;
      case 'IssueResumed.v1':
        turn.run('sending', at, idBytes(event.data.postId));
        return true;
      case 'IssueFinished.v1':
        finish.run(event.data.sent, event.data.unsent, at, idBytes(event.data.postId));
        return true;
      case 'LeaseTaken.v1':
        if (event.data.reactor !== NEWSLETTER_TASK) return false;
        lease.run(event.data.reactor, event.data.holder, Date.parse(event.data.until));
        return true;
      default:
        return event satisfies never;
    }
  };
}
