import type { Database } from 'better-sqlite3';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import { type DEVICE_TYPES, deviceChangeOf } from './door/device-changes.ts';

type Id = { readonly id: Buffer };

/** Gives whether anything has changed. */
export function followSubscriptions(db: Database): (event: StoredOf<(typeof DEVICE_TYPES)[number]>) => boolean {
  const add = db.prepare(`
    INSERT INTO subscription (id, member, session, n, at, sealed) VALUES (@id, @member, @session, @n, @at, @sealed)
    ON CONFLICT (id) DO UPDATE SET
      session = excluded.session, n = excluded.n, at = excluded.at, sealed = excluded.sealed, ended = 0`);
  const dropPushes = db.prepare('DELETE FROM push WHERE subscription = ?');
  const dropPushed = db.prepare('DELETE FROM pushed WHERE push IN (SELECT id FROM push WHERE subscription = ?)');
  const drop = db.prepare('DELETE FROM subscription WHERE id = ?');
  const mute = db.prepare('UPDATE subscription SET ended = 1, sealed = NULL WHERE id = ?');
  const ofSession = db.prepare<[string], Id>('SELECT id FROM subscription WHERE session = ? AND ended = 0');
  const ofMember = db.prepare<[Buffer, string | null], Id>(
    'SELECT id FROM subscription WHERE member = ? AND session IS NOT ? AND ended = 0',
  );
  const allOf = db.prepare<[Buffer], Id>('SELECT id FROM subscription WHERE member = ?');
  const end = (subscriptions: readonly Id[], last: typeof drop): boolean => {
    for (const { id } of subscriptions) for (const one of [dropPushed, dropPushes, last]) one.run(id);
    return subscriptions.length > 0;
  };
  return (event) => {
    const change = deviceChangeOf(event);
    if (change === null) return false;
    const member = idBytes(event.data.memberId);
    switch (change.kind) {
      case 'added': {
        const { position: n, sealed } = event;
        const [id, at] = [idBytes(change.subscriptionId), Date.parse(event.occurredAt)];
        add.run({ id, member, session: change.sessionId, n, at, sealed });
        return true;
      }
      case 'removed':
        return end([{ id: idBytes(change.subscriptionId) }], drop);
      case 'session-ended':
        return end(ofSession.all(change.sessionId), mute);
      case 'sessions-ended':
        return end(ofMember.all(member, change.except), mute);
      case 'erased':
        return end(allOf.all(member), drop);
      default:
        return change satisfies never;
    }
  };
}
