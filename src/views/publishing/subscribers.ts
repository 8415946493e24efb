import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { idBytes } from '../ids.ts';
import { isOneOf, type StoredOf } from '../stored.ts';

export const SUBSCRIBER_TYPES = [
  'SubscriptionAsked.v1',
  'SubscriptionConfirmed.v1',
  'SubscriptionEnded.v1',
  'KeyDestroyed.v1',
] as const;

/**
 * `subscriber` has those who get the newsletter, by the question that counts and until when its link held, since the position `since`.
 * `subscription_ask` has the questions whose address is to be destroyed from `expires_at` on.
 */
export const SUBSCRIBER_SCHEMA = `
  CREATE TABLE subscriber (id BLOB PRIMARY KEY, ask BLOB NOT NULL, expires_at INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE subscription_ask (id BLOB PRIMARY KEY, subscriber BLOB NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX subscription_ask_ends ON subscription_ask (expires_at);
  CREATE INDEX subscription_ask_of ON subscription_ask (subscriber);
`;

const STREAM = /^subscriber-(.{36})$/;

interface AskRow {
  readonly expires_at: number;
}

/** Follows who asked for the newsletter. Gives whether that has changed. */
export function followSubscribers(db: Database): (event: RecordedEvent) => boolean {
  const add = db.prepare('INSERT OR IGNORE INTO subscription_ask (id, subscriber, expires_at) VALUES (?, ?, ?)');
  const confirm = confirmAsk(db);
  const over = db.prepare('UPDATE subscription_ask SET expires_at = ? WHERE subscriber = ?');
  const last = db.prepare(
    'INSERT OR IGNORE INTO subscription_ask (id, subscriber, expires_at) SELECT ask, id, ? FROM subscriber WHERE id = ?',
  );
  const remove = db.prepare('DELETE FROM subscriber WHERE id = ?');
  const forget = db.prepare('DELETE FROM subscription_ask WHERE subscriber = ? AND expires_at <= ?');
  return (event) => {
    if (!isOneOf(event, SUBSCRIBER_TYPES)) return false;
    switch (event.type) {
      case 'SubscriptionAsked.v1': {
        const { askId, subscriberId, expiresAt } = event.data;
        add.run(idBytes(askId), idBytes(subscriberId), Date.parse(expiresAt));
        return true;
      }
      case 'SubscriptionConfirmed.v1':
        confirm(event);
        return true;
      case 'SubscriptionEnded.v1': {
        const [id, at] = [idBytes(event.data.subscriberId), Date.parse(event.occurredAt)];
        over.run(at, id);
        last.run(at, id);
        remove.run(id);
        return true;
      }
      case 'KeyDestroyed.v1': {
        const subscriberId = STREAM.exec(event.data.stream)?.[1];
        if (subscriberId === undefined) return false;
        return forget.run(idBytes(subscriberId), Date.parse(event.occurredAt)).changes > 0;
      }
      default:
        return event satisfies never;
    }
  };
}

/** The question that counted before is kept until its link has run out, as the others are. */
function confirmAsk(db: Database): (event: StoredOf<'SubscriptionConfirmed.v1'>) => void {
  const read = db.prepare<[Buffer], AskRow>('SELECT expires_at FROM subscription_ask WHERE id = ?');
  const drop = db.prepare('DELETE FROM subscription_ask WHERE id = ?');
  const before = db.prepare(
    'INSERT OR IGNORE INTO subscription_ask (id, subscriber, expires_at) SELECT ask, id, expires_at FROM subscriber WHERE id = ?',
  );
  const write = db.prepare(`
    INSERT INTO subscriber (id, ask, expires_at, since) VALUES (@id, @ask, @expiresAt, @since)
    ON CONFLICT (id) DO UPDATE SET ask = @ask, expires_at = @expiresAt`);
  return ({ data, position }) => {
    const [id, ask] = [idBytes(data.subscriberId), idBytes(data.askId)];
    const expiresAt = read.get(ask)?.expires_at ?? 0;
    before.run(id);
    drop.run(ask);
    write.run({ id, ask, expiresAt, since: position });
  };
}
