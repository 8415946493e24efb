import type { Fact } from '../../../libs/kernel/index.ts';
import type { ImportSource } from '../post/post.events.ts';
import type { CommentDecided, CommentJudged } from './decision.events.ts';

/** An author who is no member: known from an import by name, and by e-mail so that the comment can be claimed. */
export interface SourceAuthor {
  readonly displayName: string;
  readonly email: string | null;
  readonly url: string | null;
}

/** Stream `comment-<commentId>`. `rootId` is the top-level comment above it (itself at depth 0). */
export type CommentPosted = Fact<
  'CommentPosted.v1',
  {
    readonly commentId: string;
    readonly postId: string;
    readonly parentId: string | null;
    readonly rootId: string;
    /** 0 for an answer to the post itself. */
    readonly depth: number;
    /** Null for an imported author. */
    readonly authorId: string | null;
    readonly source: ImportSource | null;
  },
  { readonly body: string; readonly author: SourceAuthor | null }
>;
export type CommentEdited = Fact<
  'CommentEdited.v1',
  { readonly commentId: string; readonly postId: string },
  { readonly body: string }
>;
/** Kept from readers until somebody decides; `reasons` names why (`awaiting-approval-in-source`). */
export type CommentHeld = Fact<
  'CommentHeld.v2',
  {
    readonly commentId: string;
    readonly postId: string;
    readonly reasons: readonly string[];
    /** Readers see its place in the thread, without author and text, since they see answers to it. */
    readonly keepsPlace: boolean;
  },
  null
>;
export type CommentRemoved = Fact<
  'CommentRemoved.v1',
  {
    readonly commentId: string;
    readonly postId: string;
    readonly by: 'author' | 'moderator';
    readonly reason: string | null;
  },
  null
>;
export type CommentRestored = Fact<'CommentRestored.v1', { readonly commentId: string; readonly postId: string }, null>;

export type CommentEvent =
  | CommentPosted
  | CommentEdited
  | CommentHeld
  | CommentRemoved
  | CommentRestored
  | CommentJudged
  | CommentDecided;
