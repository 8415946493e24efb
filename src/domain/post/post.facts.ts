import { DomainError, type Fold, unreachable } from '../../../libs/kernel/index.ts';
import { isEditor, type Role } from '../../../libs/words/index.ts';
import type { PostEdited, PostEvent } from './post.events.ts';

/** The facts about a post that other rules may use. */
export interface PostFacts {
  slug: string;
  /** The slug under which it was published. */
  firstSlug: string;
  publishAt: string;
  /** The revision of the newest title and text. */
  textRevision: number;
  withdrawn: boolean;
  /** Null for an author who is no member. */
  authorId: string | null;
}

export const postFacts: Fold<PostFacts | null, PostEvent> = {
  initial: () => null,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'PostPublished.v1':
        return {
          slug: fact.data.slug,
          firstSlug: fact.data.slug,
          publishAt: fact.data.publishAt,
          textRevision: Number(fact.envelope.revision),
          withdrawn: false,
          authorId: fact.data.authorId,
        };
      case 'PostEdited.v1':
        if (state !== null && fact.data.publishAt !== undefined) state.publishAt = fact.data.publishAt;
        if (state !== null && fact.data.slug !== undefined) state.slug = fact.data.slug;
        if (state !== null && isOtherText(fact.data)) state.textRevision = Number(fact.envelope.revision);
        return state;
      case 'PostWithdrawn.v1':
        if (state !== null) state.withdrawn = true;
        return state;
      case 'PostBroughtBack.v1':
        if (state !== null) state.withdrawn = false;
        return state;
      case 'PostNameLost.v1':
      case 'PostAddressesKept.v2':
      case 'PageAddressed.v1':
        return state;
      default:
        return unreachable(fact);
    }
  },
};

/** Whether an edit is of what people read of the post, and not of its tags, address or time alone. */
export function isOtherText({ title, body }: PostEdited['data']): boolean {
  return title !== undefined || body !== undefined;
}

/** Readers see a post from its moment of publishing on, unless it is withdrawn. */
export function isPublic(post: PostFacts | null, now: string): boolean {
  return post !== null && !post.withdrawn && Date.parse(post.publishAt) <= Date.parse(now);
}

/** Nothing is added under a post that readers cannot see. Only editors, who see it, are told why. */
export function requirePublicPost(post: PostFacts | null, roles: readonly Role[], now: string): void {
  if (isPublic(post, now)) return;
  if (post === null || !isEditor(roles)) throw new DomainError('post_not_found', 'There is no such post.');
  throw whyNotPublic(post);
}

/** The reason, for those who may know of a post that readers cannot see. */
export function whyNotPublic({ withdrawn }: PostFacts): DomainError {
  return withdrawn
    ? new DomainError('post_withdrawn', 'This post was withdrawn; nothing is added to its discussion.')
    : new DomainError('discussion_closed', 'The discussion opens when the post is published.');
}
