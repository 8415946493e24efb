import { Command } from '../../../libs/kernel/index.ts';
import type { RuleName, StatedLanguage } from '../../../libs/words/index.ts';
import type { Actor } from '../member/actor.ts';
import type { ImportSource } from '../post/post.events.ts';
import type { SourceAuthor } from './comment.events.ts';
import type { DecisionCommand } from './decision.commands.ts';

export type { Actor };

/** The limits of the forum's settings; never wider than those of the rules. */
export interface CommentLimits {
  /** Characters. */
  readonly maxLength: number;
  /** Depth of the deepest answer. */
  readonly maxDepth: number;
  /** Edits of one comment. */
  readonly maxEdits: number;
  /** Minutes after its posting within which a comment can be edited; for ever unless given. */
  readonly editWindowMinutes?: number | null;
  /** Days after a post's publication within which it is discussed; for ever unless given. */
  readonly closeAfterDays?: number | null;
}

/** A comment that is still to be posted. */
export interface CommentWish {
  readonly commentId: string;
  readonly postId: string;
  readonly parentId: string | null;
  readonly body: string;
  /** The language that the text tells; absent for none. */
  readonly language?: string;
}

export class PostComment extends Command<
  CommentWish & {
    readonly by: Actor;
    /** The members whom the text mentions; none unless given. */
    readonly mentions?: readonly string[];
    /** The rules' own limits unless given. */
    readonly limits?: CommentLimits;
  }
> {
  readonly type = 'PostComment';
}

/** A guest's comment, once the holder of the address has confirmed it. */
export class PostGuestComment extends Command<
  CommentWish & {
    readonly author: SourceAuthor;
    /** The member who gave the same address: their sanctions hold for the guest too. Null for none. */
    readonly memberId: string | null;
    readonly by: Actor;
    /** The rules of the policy about those who arrive that caught it when it was sent. */
    readonly heldBy?: readonly RuleName[];
    /** The rules' own limits unless given. */
    readonly limits?: CommentLimits;
  }
> {
  readonly type = 'PostGuestComment';
}

/** A comment brought from another system. Its time is the source's, and no limit of depth or discussion applies. */
export class ImportComment extends Command<
  CommentWish & {
    readonly author: SourceAuthor;
    readonly source: ImportSource;
    /** True when the comment waits for approval in the source; it then arrives held. */
    readonly held: boolean;
    /** True for a held comment with answers that readers see; they then see its place too. */
    readonly keepsPlace: boolean;
  }
> {
  readonly type = 'ImportComment';
}

/**
 * Keeps the place of a comment that is not imported (spam, trash, missing) but has an imported answer. Nothing of the
 * comment itself is kept.
 */
export class ImportPlaceholder extends Command<
  Omit<CommentWish, 'body' | 'language'> & {
    readonly source: ImportSource;
  }
> {
  readonly type = 'ImportPlaceholder';
}

/** `revision` is the newest that the writer has seen. */
export class EditComment extends Command<
  Pick<CommentWish, 'commentId' | 'body' | 'language'> & {
    readonly revision: number;
    readonly by: Actor;
    /** The members whom the text mentions; none unless given. */
    readonly mentions?: readonly string[];
    /** The rules' own limits unless given. */
    readonly limits?: CommentLimits;
  }
> {
  readonly type = 'EditComment';
}

/** By its author or a moderator; it stays for texts to come. */
export class SetCommentLanguage extends Command<{
  readonly commentId: string;
  readonly language: StatedLanguage;
  readonly by: Actor;
}> {
  readonly type = 'SetCommentLanguage';
}

/** By the member who confirmed `email`; the comment's own address must be the same. */
export class ClaimComment extends Command<{
  readonly commentId: string;
  readonly email: string;
  readonly by: Actor;
}> {
  readonly type = 'ClaimComment';
}

/** By its author; a moderator's removal is a decision. */
export class RemoveComment extends Command<{
  readonly commentId: string;
  readonly reason: string | null;
  readonly by: Actor;
}> {
  readonly type = 'RemoveComment';
}

/** A part of an erasure; nothing of the comment can be read after it. */
export class EraseComment extends Command<{ readonly commentId: string; readonly erasureId: string }> {
  readonly type = 'EraseComment';
}

export type CommentCommand =
  | PostComment
  | PostGuestComment
  | ImportComment
  | ImportPlaceholder
  | EditComment
  | SetCommentLanguage
  | ClaimComment
  | RemoveComment
  | DecisionCommand;
