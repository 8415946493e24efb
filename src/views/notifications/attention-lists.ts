import type { AttendedDiscussion, IgnoredMember, Page } from '../../../libs/client/index.ts';
import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT } from '../../../libs/vault/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idBytes, idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { readableTitleOf } from '../post-list/door/titles.ts';
import { attentionOf } from './attention.ts';
import { NO_BOUND } from './listed.ts';
import { type AttentionListPage, GetFollowed, GetIgnoredMembers, GetMuted } from './notifications.query-types.ts';

const NEEDS = { views: VIEWS, vault: VAULT } as const;

const followed = statement<{ readonly post: Buffer; readonly since: string }>(`
  SELECT post, CAST(since AS TEXT) AS since FROM follow INDEXED BY follow_since
  WHERE member = @member AND follows = 1 AND since < @before AND post NOT IN (SELECT unhex(value) FROM json_each(@muted))
  ORDER BY follow.since DESC LIMIT @limit`);

/** What members follow, mute and ignore, the newest first. */
export const attentionListQueries = [
  answering(GetFollowed, NEEDS, async ({ memberId, page: { limit, cursor }, muted }, { views, vault }) => {
    const before = cursor === null ? NO_BOUND : readNumberCursor(cursor, 'follows');
    const without = muted === 'told' ? [] : (await attentionOf(memberId, { views, vault })).muted;
    const wish = { member: idBytes(memberId), before, muted: hexOf(without), limit: limit + 1 };
    const rows = followed(views.db('notifications')).all(wish);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(({ post }) => discussionOf(views, idText(post))),
      next: last === undefined ? null : writeNumberCursor(BigInt(last.since), 'follows'),
    };
  }),
  answering(GetMuted, NEEDS, async ({ memberId, page }, parts) => {
    const { muted } = await attentionOf(memberId, parts);
    const { items, next } = pageOfNewest([...muted], page, 'mutes');
    return { items: items.map((id) => discussionOf(parts.views, id)), next };
  }),
  answering(
    GetIgnoredMembers,
    { ...NEEDS, directory: MemberDirectory },
    async ({ memberId, page }, { directory, ...parts }) => {
      const { ignored } = await attentionOf(memberId, parts);
      const { items, next } = pageOfNewest([...ignored], page, 'ignores');
      const authors = await directory.authors(items);
      return { items: items.map((id): IgnoredMember => ({ memberId: id, member: authors.get(id) ?? null })), next };
    },
  ),
];

function hexOf(ids: Iterable<string>): string {
  return JSON.stringify([...ids].map((id) => idBytes(id).toString('hex')));
}

/** The list grows at its end, so the number of older ones tells where to go on. */
function pageOfNewest(ids: readonly string[], { limit, cursor }: AttentionListPage, list: string): Page<string> {
  const older = cursor === null ? ids.length : Math.min(ids.length, Number(readNumberCursor(cursor, list)));
  const left = Math.max(0, older - limit);
  return {
    items: ids.slice(left, older).toReversed(),
    next: left === 0 ? null : writeNumberCursor(BigInt(left), list),
  };
}

function discussionOf(views: Pick<Views, 'db'>, postId: string): AttendedDiscussion {
  const post = readableTitleOf(views, postId, Date.now());
  return { postId, post: post && { id: postId, slug: post.slug, title: post.title } };
}
