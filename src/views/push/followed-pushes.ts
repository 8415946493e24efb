import type { Database } from 'better-sqlite3';
import { deriveId } from '../../../libs/kernel/index.ts';
import { PUSHING } from '../../../libs/words/index.ts';
import { idBytes, idText } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import { KEPT_FOR_MS } from './hidden-pushes.ts';

/** What makes pushes, and what becomes of them. */
export const PUSH_TYPES = [
  'DevicesTold.v1',
  'PushSettled.v1',
  'PushFailed.v1',
  'PushGivenUp.v1',
  'LeaseTaken.v1',
] as const;

type Followed = StoredOf<(typeof PUSH_TYPES)[number]>;

/** Gives whether anything has changed. The id of a push is made of its cause and the device, so every node finds the same. */
export function followPushes(db: Database): (event: Followed) => boolean {
  const devices = db.prepare<[Buffer], { readonly id: Buffer }>(
    'SELECT id FROM subscription WHERE member = ? AND ended = 0 ORDER BY id',
  );
  const add = db.prepare(`
    INSERT OR IGNORE INTO push (id, subscription, member, after, up_to, state, next_at, changed_at)
    VALUES (@id, @subscription, @member, @after, @upTo, 'waiting', @at, @at)`);
  const fail = db.prepare(
    "UPDATE push SET state = 'failed', attempts = ?, next_at = ?, reason = ?, changed_at = ? WHERE id = ?",
  );
  const giveUp = db.prepare(
    "UPDATE push SET state = 'given-up', next_at = NULL, reason = ?, changed_at = ? WHERE id = ?",
  );
  const lease = db.prepare('INSERT OR REPLACE INTO lease (one, holder, until) VALUES (1, ?, ?)');
  const settle = settlePushes(db);
  const prune = prunePushes(db);
  return (event) => {
    const at = Date.parse(event.recordedAt);
    switch (event.type) {
      case 'DevicesTold.v1': {
        const { memberId, after, upTo } = event.data;
        const member = idBytes(memberId);
        prune(at);
        const told = devices.all(member).map(({ id: subscription }) => {
          const id = idBytes(deriveId(event.id, idText(subscription)));
          return add.run({ id, subscription, member, after: BigInt(after), upTo: BigInt(upTo), at }).changes;
        });
        return told.length > 0;
      }
      case 'PushSettled.v1':
        return settle(event, at);
      case 'PushFailed.v1': {
        const { pushId, attempt, nextAt, reason } = event.data;
        return fail.run(attempt, Date.parse(nextAt), reason, at, idBytes(pushId)).changes > 0;
      }
      case 'PushGivenUp.v1':
        return giveUp.run(event.data.reason, at, idBytes(event.data.pushId)).changes > 0;
      case 'LeaseTaken.v1':
        if (event.data.reactor !== PUSHING) return false;
        lease.run(event.data.holder, Date.parse(event.data.until));
        return true;
      default:
        return event satisfies never;
    }
  };
}

/** A push that tells of what was hidden while it was under way is due again at once, to be withdrawn; what was read meanwhile is looked at. */
function settlePushes(db: Database): (event: StoredOf<'PushSettled.v1'>, at: number) => boolean {
  const settle = db.prepare(`
    UPDATE push SET state = @outcome, round = @round, attempts = 0, next_at = NULL, reason = NULL, changed_at = @at,
      reading = (SELECT n FROM reading WHERE reading.member = push.member AND n > push.after AND @outcome = 'sent')
    WHERE id = @id`);
  const forget = db.prepare('DELETE FROM pushed WHERE push = ?');
  const tell = db.prepare('INSERT OR IGNORE INTO pushed (comment, push, post) VALUES (?, ?, ?)');
  const again = db.prepare(`
    UPDATE push SET state = 'waiting', next_at = @at, reading = NULL WHERE id = @id AND EXISTS (
      SELECT 1 FROM pushed WHERE push = @id AND (comment IN (SELECT id FROM hidden) OR post IN (SELECT id FROM hidden)))`);
  return ({ data: { pushId, outcome, round, told } }, at) => {
    const id = idBytes(pushId);
    if (settle.run({ id, outcome, round: round + 1, at }).changes === 0) return false;
    forget.run(id);
    for (const { commentId, postId } of told) tell.run(idBytes(commentId), id, idBytes(postId));
    again.run({ id, at });
    return true;
  };
}

/** Forgets pushes that are long done with, by the times of the log, so that a rebuild forgets the same. */
function prunePushes(db: Database): (at: number) => void {
  const dropPushed = db.prepare(
    'DELETE FROM pushed WHERE push IN (SELECT id FROM push WHERE next_at IS NULL AND changed_at < ?)',
  );
  const drop = db.prepare('DELETE FROM push WHERE next_at IS NULL AND changed_at < ?');
  const dropHidden = db.prepare('DELETE FROM hidden WHERE at < ?');
  return (at) => {
    for (const one of [dropPushed, drop, dropHidden]) one.run(at - KEPT_FOR_MS);
  };
}
