import type { Database } from 'better-sqlite3';
import { mailWayOf, type NotificationWays, wholeWays } from '../../../libs/words/index.ts';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import type { NotificationsProjected } from './notifications.query-types.ts';
import { MAIL_OF_MEMBER, PUSH_OF_MEMBER } from './pending-mails.ts';

/** What members choose, until they are no more. */
export const CHOICE_TYPES = [
  'DiscussionFollowed.v1',
  'DiscussionUnfollowed.v1',
  'MutesChanged.v1',
  'IgnoresChanged.v1',
  'NotificationsChosen.v1',
  'NotificationsRead.v1',
  'MemberErased.v1',
] as const;

type Choice = StoredOf<(typeof CHOICE_TYPES)[number]>;

const OF_MEMBER = [
  'mentioned',
  'report',
  'reported_translation',
  'told',
  'follow',
  'choice',
  'pending',
  'device',
] as const;

export function followChoices(db: Database): (event: Choice) => readonly NotificationsProjected[] {
  const follow = db.prepare(`
    INSERT INTO follow (member, post, follows, since, mail, push)
    VALUES (@member, @post, @follows, @since, (${MAIL_OF_MEMBER}), (${PUSH_OF_MEMBER}))
    ON CONFLICT (member, post) DO UPDATE SET follows = excluded.follows, since = excluded.since`);
  const remail = db.prepare('UPDATE follow SET mail = ?, push = ? WHERE member = ?');
  const choose = db.prepare(`
    INSERT INTO choice (member, ways, follow_own, quiet) VALUES (?, ?, ?, ?)
    ON CONFLICT (member) DO UPDATE SET ways = excluded.ways, follow_own = excluded.follow_own, quiet = excluded.quiet`);
  const mute = setting(db, 'muted');
  const ignore = setting(db, 'ignored');
  const read = setting(db, 'read_up_to');
  // Answers to what an erased member wrote tell nobody, and nobody gets the number.
  const disown = db.prepare('UPDATE known SET id = NULL WHERE id = ?');
  const forget = [disown, ...OF_MEMBER.map((table) => db.prepare(`DELETE FROM ${table} WHERE member = ?`))];
  return (event) => {
    const member = idBytes(event.data.memberId);
    switch (event.type) {
      case 'DiscussionFollowed.v1':
        follow.run({ member, post: idBytes(event.data.postId), follows: 1, since: event.position });
        break;
      case 'DiscussionUnfollowed.v1':
        follow.run({ member, post: idBytes(event.data.postId), follows: 0, since: event.position });
        break;
      case 'MutesChanged.v1':
        mute.run(member, event.sealed);
        break;
      case 'IgnoresChanged.v1':
        ignore.run(member, event.sealed);
        break;
      case 'NotificationsChosen.v1':
        choose.run(member, JSON.stringify(event.data.ways), event.data.followOwn ? 1 : 0, event.sealed);
        remail.run(...aboutFollowed(wholeWays(event.data.ways)), member);
        break;
      case 'NotificationsRead.v1':
        read.run(member, BigInt(event.data.upTo));
        break;
      case 'MemberErased.v1':
        for (const one of forget) one.run(member);
        break;
      default:
        event satisfies never;
    }
    return [{ members: [event.data.memberId], postId: null }];
  };
}

/** The mail about followed discussions, and whether pushes are wanted. */
function aboutFollowed(ways: NotificationWays): readonly [string | null, number] {
  return [mailWayOf(ways, 'followed'), ways.followed.includes('push') ? 1 : 0];
}

function setting(db: Database, column: 'muted' | 'ignored' | 'read_up_to') {
  return db.prepare(`
    INSERT INTO choice (member, ${column}) VALUES (?, ?)
    ON CONFLICT (member) DO UPDATE SET ${column} = excluded.${column}`);
}
