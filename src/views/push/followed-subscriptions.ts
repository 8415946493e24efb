import type { Database } from 'better-sqlite3';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';

/** Who is told on which devices, and what ends that: a subscription ends with the session in which it was made. */
export const SUBSCRIPTION_TYPES = [
  'PushSubscribed.v1',
  'PushUnsubscribed.v1',
  'MemberSessionEnded.v1',
  'MemberSessionsEnded.v1',
  'MemberPasswordChanged.v1',
  'MemberSanctioned.v1',
  'MemberErased.v1',
] as const;

/** Gives whether anything has changed. */
export function followSubscriptions(db: Database): (event: StoredOf<(typeof SUBSCRIPTION_TYPES)[number]>) => boolean {
  const add = db.prepare(`
    INSERT INTO subscription (id, member, session, n, at, sealed) VALUES (@id, @member, @session, @n, @at, @sealed)
    ON CONFLICT (id) DO UPDATE SET session = excluded.session, n = excluded.n, at = excluded.at, sealed = excluded.sealed, ended = 0`);
  const dropPushes = db.prepare('DELETE FROM push WHERE subscription = ?');
  const dropPushed = db.prepare('DELETE FROM pushed WHERE push IN (SELECT id FROM push WHERE subscription = ?)');
  const drop = db.prepare('DELETE FROM subscription WHERE id = ?');
  const mute = db.prepare('UPDATE subscription SET ended = 1, sealed = NULL WHERE id = ?');
  const ofSession = db.prepare<[string], { readonly id: Buffer }>(
    'SELECT id FROM subscription WHERE session = ? AND ended = 0',
  );
  const ofMember = db.prepare<[Buffer, string | null], { readonly id: Buffer }>(
    'SELECT id FROM subscription WHERE member = ? AND session IS NOT ? AND ended = 0',
  );
  const allOf = db.prepare<[Buffer], { readonly id: Buffer }>('SELECT id FROM subscription WHERE member = ?');
  const end = (subscriptions: readonly { readonly id: Buffer }[], last = mute): boolean => {
    for (const { id } of subscriptions) for (const one of [dropPushed, dropPushes, last]) one.run(id);
    return subscriptions.length > 0;
  };
  return (event) => {
    const member = idBytes(event.data.memberId);
    switch (event.type) {
      case 'PushSubscribed.v1': {
        const { subscriptionId, sessionId: session } = event.data;
        const { position: n, sealed } = event;
        add.run({ id: idBytes(subscriptionId), member, session, n, at: Date.parse(event.occurredAt), sealed });
        return true;
      }
      case 'PushUnsubscribed.v1':
        return end([{ id: idBytes(event.data.subscriptionId) }], drop);
      case 'MemberSessionEnded.v1':
        return end(ofSession.all(event.data.sessionId));
      case 'MemberSessionsEnded.v1':
        return end(ofMember.all(member, event.data.except));
      case 'MemberSanctioned.v1':
        return event.data.kind === 'ban' && end(ofMember.all(member, null));
      case 'MemberPasswordChanged.v1':
        return end(ofMember.all(member, null));
      case 'MemberErased.v1':
        return end(allOf.all(member), drop);
      default:
        return event satisfies never;
    }
  };
}
