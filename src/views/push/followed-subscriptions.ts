import type { Database } from 'better-sqlite3';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import { DEVICE_TYPES, deviceChangeOf } from './door/device-changes.ts';

type Id = { readonly id: Buffer };

/** A device is told only in a session that was opened before. */
export const SUBSCRIPTION_TYPES = [...DEVICE_TYPES, 'MemberSessionOpened.v1'] as const;

/** Gives whether anything has changed. */
export function followSubscriptions(db: Database): (event: StoredOf<(typeof SUBSCRIPTION_TYPES)[number]>) => boolean {
  const add = db.prepare(`
    INSERT INTO subscription (id, member, session, n, at, sealed) VALUES (@id, @member, @session, @n, @at, @sealed)
    ON CONFLICT (id) DO UPDATE SET
      session = excluded.session, n = excluded.n, at = excluded.at, sealed = excluded.sealed, ended = 0`);
  const sessions = followSessions(db);
  const dropPushes = db.prepare('DELETE FROM push WHERE subscription = ?');
  const dropPushed = db.prepare('DELETE FROM pushed WHERE push IN (SELECT id FROM push WHERE subscription = ?)');
  const drop = db.prepare('DELETE FROM subscription WHERE id = ?');
  const mute = db.prepare('UPDATE subscription SET ended = 1, sealed = NULL WHERE id = ?');
  const ofSession = db.prepare<[string], Id>('SELECT id FROM subscription WHERE session = ? AND ended = 0');
  const ofMember = db.prepare<[Buffer, string | null], Id>(
    'SELECT id FROM subscription WHERE member = ? AND session IS NOT ? AND ended = 0',
  );
  const forgetReading = db.prepare('DELETE FROM reading WHERE member = ?');
  const allOf = db.prepare<[Buffer], Id>('SELECT id FROM subscription WHERE member = ?');
  const end = (subscriptions: readonly Id[], last: typeof drop): boolean => {
    for (const { id } of subscriptions) for (const one of [dropPushed, dropPushes, last]) one.run(id);
    return subscriptions.length > 0;
  };
  return (event) => {
    const member = idBytes(event.data.memberId);
    if (event.type === 'MemberSessionOpened.v1') {
      sessions.open(event.data, { member, at: Date.parse(event.occurredAt) });
      return false;
    }
    const change = deviceChangeOf(event);
    if (change === null) return false;
    switch (change.kind) {
      case 'added': {
        const { position: n, sealed } = event;
        const [id, at] = [idBytes(change.subscriptionId), Date.parse(event.occurredAt)];
        add.run({ id, member, session: change.sessionId, n, at, sealed });
        return sessions.goesOn(change.sessionId, member) || end([{ id }], mute);
      }
      case 'removed':
        return end([{ id: idBytes(change.subscriptionId) }], drop);
      case 'session-ended':
        sessions.end(change.sessionId);
        return end(ofSession.all(change.sessionId), mute);
      case 'sessions-ended':
        sessions.endAll(member, change.except);
        return end(ofMember.all(member, change.except), mute);
      case 'erased':
        sessions.endAll(member, null);
        forgetReading.run(member);
        return end(allOf.all(member), drop);
      default:
        return change satisfies never;
    }
  };
}

interface Sessions {
  open(
    of: { readonly sessionId: string; readonly expiresAt: string },
    by: { readonly member: Buffer; readonly at: number },
  ): void;
  end(sessionId: string): void;
  endAll(member: Buffer, except: string | null): void;
  goesOn(sessionId: string, member: Buffer): boolean;
}

/**
 * The sessions that nobody has ended, as of each position: a device is in a stream of its own, so it may be recorded after
 * the end of the session in which it was asked for, and then is never told.
 */
function followSessions(db: Database): Sessions {
  const open = db.prepare('INSERT OR IGNORE INTO session (id, member, expires_at) VALUES (?, ?, ?)');
  const forgetOver = db.prepare('DELETE FROM session WHERE expires_at <= ?');
  const end = db.prepare('DELETE FROM session WHERE id = ?');
  const endAll = db.prepare('DELETE FROM session WHERE member = ? AND id IS NOT ?');
  const find = db.prepare<[string, Buffer]>('SELECT 1 FROM session WHERE id = ? AND member = ?');
  return {
    open: ({ sessionId, expiresAt }, { member, at }) => {
      forgetOver.run(at);
      open.run(sessionId, member, Date.parse(expiresAt));
    },
    end: (sessionId) => end.run(sessionId),
    endAll: (member, except) => endAll.run(member, except),
    goesOn: (sessionId, member) => find.get(sessionId, member) !== undefined,
  };
}
