import type { Views } from '../../../libs/projections/index.ts';
import { followedPosts, keptNotifications } from '../notifications/door/kept-of.ts';
import { titleOf } from '../post-list/door/titles.ts';

type Entry = Readonly<Record<string, unknown>>;

interface Owner {
  readonly views: Pick<Views, 'db'>;
  readonly memberId: string;
}

/** Stands for what has no event of its own: who comments follows. */
const BY_COMMENTING = 'FollowsByCommenting';

/**
 * What the member follows, mutes and ignores, and how it wants to be told; with the names of the posts. At the end stand the
 * discussions that it follows because it commented there.
 */
export async function* ownInbox(entries: AsyncIterable<Entry>, { views, memberId }: Owner): AsyncIterable<Entry> {
  const chosen = new Set<string>();
  const titles = (posts: readonly unknown[]) => posts.map((id) => titleOf(views, String(id))?.title ?? null);
  for await (const entry of entries) {
    const { what, postId, muted } = entry;
    if (typeof postId === 'string' && String(what).startsWith('DiscussionFollowed.')) chosen.add(postId);
    const posts = typeof postId === 'string' ? [postId] : Array.isArray(muted) ? muted : [];
    yield posts.length === 0 ? entry : { ...entry, posts: titles(posts) };
  }
  for (const postId of followedPosts(views, memberId)) {
    if (!chosen.has(postId)) yield { what: BY_COMMENTING, postId, posts: titles([postId]) };
  }
}

/** What the member was told of, with where it stands; what somebody wrote there is theirs. */
export async function* ownNotifications({ views, memberId }: Owner): AsyncIterable<Entry> {
  for (const { at, kind, postId, commentId, outcome } of keptNotifications(views, memberId)) {
    const post = postId === null ? null : (titleOf(views, postId)?.title ?? null);
    const path = commentId === null ? null : `/comments/${commentId}`;
    yield { at, kind, outcome, postId, post, commentId, path };
  }
}
