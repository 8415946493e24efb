import { commentNotFound } from '../../../libs/kernel/index.ts';
import { isEditor, isModerator } from '../../../libs/words/index.ts';
import { isPublic, type PostFacts, whyNotPublic } from '../post/post.facts.ts';
import type { Actor } from './comment.commands.ts';
import type { CommentFacts } from './comment.facts.ts';

/** The surroundings of a comment that determine who finds it. */
export interface Surroundings {
  /** The post that the comment stands under. */
  readonly post: PostFacts | null;
  /** True when the comment answers, at any level, a comment of which readers find no trace. */
  readonly belowHidden: boolean;
}

/**
 * Nobody adds to a comment that readers cannot find. Its author and editors are told that the post is not public; for
 * everybody else the comment does not exist. Moderators find comments below a hidden one.
 */
export function requireFindable(
  { authorId }: CommentFacts,
  { post, belowHidden }: Surroundings,
  by: Actor,
  now: string,
): void {
  if (belowHidden && !isModerator(by.roles)) throw commentNotFound();
  if (isPublic(post, now)) return;
  if (post === null || !(authorId === by.memberId || isEditor(by.roles))) throw commentNotFound();
  throw whyNotPublic(post);
}
