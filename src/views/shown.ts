import type { Projected } from '../../libs/projections/index.ts';
import { isMemberProjected } from './members/members.query-types.ts';
import { isPostProjected } from './post-list/post-list.query-types.ts';
import { isThreadProjected } from './thread/thread.query-types.ts';

/** One thing that an answer shows, and that may change: a post with its discussion, a member as readers see it. */
export type Shown = `post ${string}` | `member ${string}` | 'the list of posts';
export const LIST_OF_POSTS: Shown = 'the list of posts';
export const postShown = (id: string): Shown => `post ${id}`;
export const memberShown = (id: string): Shown => `member ${id}`;

/** The members who wrote these; imported authors are nobody's to change. */
export function authorsShown(written: readonly { readonly author: { readonly id: string | null } | null }[]): Shown[] {
  return written.flatMap(({ author }) => (author?.id ? [memberShown(author.id)] : []));
}

/** What is another one after a commit. */
export function changedIn({ view, changes }: Projected): readonly Shown[] {
  switch (view) {
    case 'thread':
      return changes.filter(isThreadProjected).map(({ postId }) => postShown(postId));
    case 'post-list': {
      const posts = changes.filter(isPostProjected).map(({ changedPostId }) => postShown(changedPostId));
      return posts.length === 0 ? [] : [...posts, LIST_OF_POSTS];
    }
    case 'members':
      return changes
        .filter(isMemberProjected)
        .filter(({ endedSessionId }) => endedSessionId === null)
        .map(({ memberId }) => memberShown(memberId));
    default:
      return [];
  }
}
