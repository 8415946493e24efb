import type { Projected } from '../../libs/projections/index.ts';
import { membersChanges } from './members/members.query-types.ts';
import { postListChanges } from './post-list/post-list.query-types.ts';
import { threadChangesTold } from './thread/thread.query-types.ts';

/** A thing that an answer shows and that may change: a post with its discussion, or a member as readers see it. */
export type Shown = `post ${string}` | `member ${string}` | 'the list of posts';
export const LIST_OF_POSTS: Shown = 'the list of posts';
export const postShown = (id: string): Shown => `post ${id}`;
export const memberShown = (id: string): Shown => `member ${id}`;

/** The members who wrote these; an imported author never changes. */
export function authorsShown(written: readonly { readonly author: { readonly id: string | null } | null }[]): Shown[] {
  return written.flatMap(({ author }) => (author?.id ? [memberShown(author.id)] : []));
}

/** The things that a commit changed. */
export function changedIn(projected: Projected): readonly Shown[] {
  const told = [projected];
  const posts = postListChanges(told).map(({ changedPostId }) => postShown(changedPostId));
  const threads = threadChangesTold(told).flatMap((change) => ('postId' in change ? [postShown(change.postId)] : []));
  const members = membersChanges(told).filter(({ endedSessionId }) => endedSessionId === null);
  return [
    ...threads,
    ...posts,
    ...(posts.length === 0 ? [] : [LIST_OF_POSTS]),
    ...members.map(({ memberId }) => memberShown(memberId)),
  ];
}
