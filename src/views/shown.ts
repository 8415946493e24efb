import type { Projected } from '../../libs/projections/index.ts';
import { membersChanges } from './members/members.query-types.ts';
import { postListChanges } from './post-list/post-list.query-types.ts';
import { searchChanges } from './search/search.query-types.ts';
import { threadChangesTold } from './thread/thread.query-types.ts';
import { translationsChanges } from './translations/translations.query-types.ts';

/**
 * A thing that an answer shows and that may change: a post with its discussion, that discussion as it stood at a position of
 * the log, a member as readers see it, all posts, all comments, or the words by which texts are found.
 */
export type Shown =
  | `post ${string}`
  | `past ${string}`
  | `member ${string}`
  | 'the list of posts'
  | 'all comments'
  | 'found words';
export const LIST_OF_POSTS: Shown = 'the list of posts';
/** The comments under whatever post. */
export const ALL_COMMENTS: Shown = 'all comments';
/** Of whatever text. */
export const FOUND_WORDS: Shown = 'found words';
export const postShown = (id: string): Shown => `post ${id}`;
export const pastShown = (postId: string): Shown => `past ${postId}`;
export const memberShown = (id: string): Shown => `member ${id}`;

/** The members who wrote these; an imported author never changes. */
export function authorsShown(
  written: readonly {
    readonly author: { readonly id: string | null } | null;
    /** Comments name those who translated them too. */
    readonly translations?: readonly { readonly by: { readonly id: string } | null }[];
  }[],
): Shown[] {
  return written.flatMap(({ author, translations = [] }) => [
    ...(author?.id ? [memberShown(author.id)] : []),
    ...translations.flatMap(({ by }) => (by === null ? [] : [memberShown(by.id)])),
  ]);
}

/** The things that a commit changed. */
export function changedIn(projected: Projected): readonly Shown[] {
  const told = [projected];
  const posts = postListChanges(told).flatMap(({ changedPostId: id }) => [postShown(id), pastShown(id)]);
  const translated = translationsChanges(told).map(({ translatedPostId: id }) => postShown(id));
  const threads = threadChangesTold(told).flatMap((change) => {
    if (!('postId' in change)) return [];
    return change.isOnlyMore ? [postShown(change.postId)] : [postShown(change.postId), pastShown(change.postId)];
  });
  const members = membersChanges(told).filter(({ endedSessionId }) => endedSessionId === null);
  return [
    ...threads,
    ...translated,
    ...(threads.length === 0 ? [] : [ALL_COMMENTS]),
    ...posts,
    ...(posts.length === 0 ? [] : [LIST_OF_POSTS]),
    ...(searchChanges(told).length === 0 ? [] : [FOUND_WORDS]),
    ...members.map(({ memberId }) => memberShown(memberId)),
  ];
}
