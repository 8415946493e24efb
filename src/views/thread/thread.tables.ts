import type { CommentPosted } from '../../domain/comment/comment.events.ts';

/** Where a comment stands in its thread; what else its tables need to find it is theirs. */
export interface TreePlace {
  readonly n: bigint;
  readonly post: number;
  readonly author: number | null;
  /** Hidden comments among itself and those above. */
  readonly shadow: number;
}

export interface NewCommentRow
  extends Pick<CommentPosted['data'], 'commentId' | 'authorId' | 'depth'>,
    Pick<TreePlace, 'n' | 'post' | 'author'> {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly revision: bigint;
  readonly sealed: Uint8Array | null;
}

/** What an event leaves on the comment's row. */
export interface RowMark {
  readonly revision: bigint;
  readonly position: bigint;
}

export interface Edit extends RowMark {
  readonly at: number;
  readonly sealed: Uint8Array | null;
}

/** A member's reaction, its kind as its place in REACTION_KINDS, given or taken back. */
export interface Reaction {
  readonly memberId: string;
  readonly kind: number;
  readonly given: boolean;
}

/** How many comments went into the shadows or came out of them, and what readers see more or less of. */
export interface Shaded {
  readonly comments: number;
  readonly shown: number;
  readonly visible: number;
}

/**
 * The comments of all threads with what is counted for each, as the fold needs them: in a live file, or in the memory of
 * a build. Both leave the same rows.
 */
export interface ThreadTables<P extends TreePlace> {
  /** Throws when the comment was not posted: the log has it before all that follows upon it. */
  place(commentId: string): P;
  add(comment: NewCommentRow, parent: P | null): P;
  edit(place: P, edit: Edit): void;
  /** The status as a number of STATUS. */
  status(place: P): { readonly status: number; readonly hidden: boolean };
  setStatus(place: P, status: number, mark: RowMark): void;
  /** An event that readers do not see has changed the comment's stream. */
  setRevision(place: P, revision: bigint): void;
  /** Hides the comment with all below it, or shows it again. */
  shade(place: P, hidden: boolean): Shaded;
  /** Whether no reader ever saw the text that stands there now. */
  isUnseen(place: P): boolean;
  /** Says that of a text that has just been written. */
  setUnseen(place: P, unseen: boolean): void;
  /** Readers have seen the texts that are visible there and below, in no shadow. */
  sight(place: P): void;
  isBy(place: P, memberId: string): boolean;
  setReaction(place: P, reaction: Reaction): void;
  countReaction(place: P, kind: number, by: { readonly count: number; readonly score: number }): void;
  /** Counts towards the comment that this one answers, when it answers one. */
  countAnswer(place: P, by: number): void;
  /** Called before each commit: writes what was only counted so far. */
  flush(): void;
}
