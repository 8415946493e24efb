import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { trusted } from '../../../libs/kernel/index.ts';
import {
  CALLING,
  MAIL_WAYS,
  mailWayOf,
  type NotificationKind,
  type NotificationWays,
  TELLING,
  type ToldWay,
  USUAL_WAYS,
  wholeWays,
} from '../../../libs/words/index.ts';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import type { Adding } from './adding.ts';
import type { NotificationsProjected } from './notifications.query-types.ts';

export const PENDING_TYPES = ['MemberTold.v1', 'DevicesTold.v1', 'LeaseTaken.v1'] as const;

/** The member's mail about followed discussions: the one that comes first. Null for none, and for who has chosen nothing. */
export const MAIL_OF_MEMBER = `SELECT CASE ${MAIL_WAYS.map(
  (way) => `WHEN instr(ways ->> '$.followed', '"${way}"') > 0 THEN '${way}'`,
).join(' ')} END FROM choice WHERE member = @member`;

/** Whether the member wants pushes about followed discussions. Null for who has chosen nothing. */
export const PUSH_OF_MEMBER = `SELECT instr(ways ->> '$.followed', '"push"') > 0 FROM choice WHERE member = @member`;

/** Who is to get a mail or a push, from which event on. */
export interface PendingMails {
  /** `hasOwnMail`: what happened has a mail of its own, so that no other tells it. */
  pend(member: Buffer, kind: NotificationKind, event: RecordedEvent, hasOwnMail?: boolean): void;
  /** Those who follow the discussion and want to be told of it, the author aside. */
  pendFollowers(comment: { readonly post: Buffer; readonly author: Buffer | null }, event: RecordedEvent): void;
  /** What was pended since the position is of something that nobody sees. */
  takeBack(since: bigint): void;
  follow(event: StoredOf<(typeof PENDING_TYPES)[number]>): readonly NotificationsProjected[];
  /** Whether anything was pended since this was last asked. */
  changed(): boolean;
}

export function pendMails(db: Database, adding: Pick<Adding, 'flushTold'>): PendingMails {
  const rows = pendingRows(db);
  let hasChanged = false;
  let begun = rows.lease.get(TELLING) !== undefined;
  const waysOf = (member: Buffer, kind: NotificationKind): readonly ToldWay[] => {
    const json = rows.ways.get(member)?.ways ?? null;
    const ways = json === null ? USUAL_WAYS : wholeWays(trusted<Partial<NotificationWays>>(JSON.parse(json)));
    const mail = mailWayOf(ways, kind);
    const pushes = ways[kind].includes('push') && rows.hasDevice.get(member) !== undefined;
    return [...(mail === null ? [] : [mail]), ...(pushes ? (['push'] as const) : [])];
  };
  return {
    pend: (member, kind, event, hasOwnMail = false) => {
      for (const way of begun ? waysOf(member, kind) : []) {
        if (hasOwnMail && way !== 'push') continue;
        rows.add.run({ member, way, n: event.position, at: Date.parse(event.recordedAt) });
        hasChanged = true;
      }
    },
    pendFollowers: ({ post, author }, event) => {
      if (!begun) return;
      adding.flushTold();
      const at = Date.parse(event.recordedAt);
      for (const followers of [rows.addFollowers, rows.addPushed]) {
        if (followers.run({ post, author, n: event.position, at }).changes > 0) hasChanged = true;
      }
    },
    takeBack: (since) => {
      rows.takeBack.run(since);
    },
    follow: (event) => {
      if (event.type === 'LeaseTaken.v1') {
        const { reactor, holder, until } = event.data;
        if (reactor !== TELLING && reactor !== CALLING) return [];
        rows.take.run(reactor, holder, Date.parse(until));
        begun ||= reactor === TELLING;
      } else {
        const { memberId, upTo } = event.data;
        const way: ToldWay = event.type === 'DevicesTold.v1' ? 'push' : event.data.way;
        const told = { member: idBytes(memberId), way, upTo: BigInt(upTo) };
        rows.done.run(told);
        // The rest came while this was written, after the time of the digest: it waits for the next one.
        rows.goOn.run({ ...told, at: Date.parse(event.recordedAt) });
      }
      hasChanged = true;
      return [{ members: [], postId: null }];
    },
    changed: () => {
      const changed = hasChanged;
      hasChanged = false;
      return changed;
    },
  };
}

function pendingRows(db: Database) {
  return {
    lease: db.prepare<[string], unknown>('SELECT 1 FROM lease WHERE reactor = ?'),
    take: db.prepare('INSERT OR REPLACE INTO lease (reactor, holder, until) VALUES (?, ?, ?)'),
    ways: db.prepare<[Buffer], { readonly ways: string | null }>('SELECT ways FROM choice WHERE member = ?'),
    add: db.prepare(`
      INSERT INTO pending (member, way, since, at, newest) VALUES (@member, @way, @n, @at, @n)
      ON CONFLICT (member, way) DO UPDATE SET newest = excluded.newest`),
    addFollowers: db.prepare(`
      INSERT INTO pending (member, way, since, at, newest)
      SELECT member, mail, @n, @at, @n FROM follow INDEXED BY follow_mail
      WHERE post = @post AND mail IS NOT NULL AND follows = 1 AND member IS NOT @author
      ON CONFLICT (member, way) DO UPDATE SET newest = excluded.newest`),
    addPushed: db.prepare(`
      INSERT INTO pending (member, way, since, at, newest)
      SELECT member, 'push', @n, @at, @n FROM follow INDEXED BY follow_push
      WHERE post = @post AND push = 1 AND follows = 1 AND member IS NOT @author
        AND EXISTS (SELECT 1 FROM device WHERE device.member = follow.member)
      ON CONFLICT (member, way) DO UPDATE SET newest = excluded.newest`),
    hasDevice: db.prepare<[Buffer], unknown>('SELECT 1 FROM device WHERE member = ? LIMIT 1'),
    takeBack: db.prepare('DELETE FROM pending WHERE since >= ?'),
    done: db.prepare('DELETE FROM pending WHERE member = @member AND way = @way AND newest <= @upTo'),
    goOn: db.prepare(
      'UPDATE pending SET since = @upTo + 1, at = @at WHERE member = @member AND way = @way AND since <= @upTo',
    ),
  };
}
