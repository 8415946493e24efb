import type { Role } from '../domain/member/member.events.ts';
import type { PostKind } from '../domain/post/post.events.ts';
import type { ReactionKind } from '../domain/reaction/reaction.events.ts';

/** Everybody in the demo is made up. */
export interface DemoMember {
  readonly handle: string;
  readonly displayName: string;
  readonly locale: string;
  readonly roles: readonly Role[];
  /** RFC 3339. */
  readonly joinedAt: string;
}

export interface DemoComment {
  /** Handle. */
  readonly by: string;
  /** `2015-10-06 09:12`, UTC. */
  readonly at: string;
  readonly body: string;
  readonly answers?: readonly DemoComment[];
  readonly edit?: { readonly at: string; readonly body: string };
  readonly removed?: { readonly at: string; readonly by: string; readonly reason: string | null };
  readonly reactions?: { readonly [Kind in ReactionKind]?: readonly string[] };
  readonly pinned?: true;
}

export interface DemoPost {
  readonly slug: string;
  readonly title: string;
  readonly kind: Extract<PostKind, 'article' | 'newsletter'>;
  readonly locale: string;
  /** Handle. */
  readonly by: string;
  /** `2015-10-06 09:00`, UTC. */
  readonly at: string;
  readonly tags: readonly string[];
  readonly excerpt: string;
  readonly body: string;
  readonly comments: readonly DemoComment[];
  /** When the discussion was closed, for one that no longer takes comments. */
  readonly closedAt?: string;
}
