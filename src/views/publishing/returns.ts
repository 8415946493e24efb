import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';

export const RETURN_TYPES = ['IssueReturned.v1', 'SubscriptionEnded.v1'] as const;

/** What came of an issue at its readers: what came back, and who left before the next one. */
export const RETURN_SCHEMA = `
  CREATE TABLE issue_return (
    post BLOB NOT NULL, because TEXT NOT NULL, subscriber BLOB NOT NULL, PRIMARY KEY (post, because, subscriber)
  ) WITHOUT ROWID;
`;

/** Comes before what forgets a subscriber that left. Gives whether anything has changed. */
export function followReturns(db: Database): (event: RecordedEvent) => boolean {
  const add = db.prepare('INSERT OR IGNORE INTO issue_return (post, because, subscriber) VALUES (?, ?, ?)');
  // The issue that the reader got last: readers get one in the order of their ids.
  const left = db.prepare(`
    INSERT OR IGNORE INTO issue_return (post, because, subscriber)
    SELECT issue.post, 'left', subscriber.id FROM subscriber JOIN issue
      ON issue.begun > subscriber.since AND (issue.state = 'finished' OR issue.last >= subscriber.id)
    WHERE subscriber.id = ? ORDER BY issue.begun DESC LIMIT 1`);
  return (event) => {
    if (!isOneOf(event, RETURN_TYPES)) return false;
    switch (event.type) {
      case 'IssueReturned.v1': {
        const { postId, because, subscriberId } = event.data;
        return add.run(idBytes(postId), because, idBytes(subscriberId)).changes > 0;
      }
      case 'SubscriptionEnded.v1':
        return event.data.because === 'left' && left.run(idBytes(event.data.subscriberId)).changes > 0;
      default:
        return event satisfies never;
    }
  };
}
